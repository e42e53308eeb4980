/*
 * Interpreter and tables of ASN.1 structures; see shape.h. Clauses: RFC 5280
 * 4.2.1, 5.2, 5.3, RFC 3779 2.2.3 and 3.2.3, RFC 3820 3.8.
 */
#include "x509/shape.h"

#include "base/der.h"
#include "base/limits.h"
#include "x509/name.h"
#include "x509/text.h"

#include <stdlib.h>

#define CTX(n) (DT_DER_CONTEXT | (n))
#define CTXC(n) (DT_DER_CONTEXT_CONSTRUCTED | (n))
#define LEAF(t, k)                                                             \
	{                                                                      \
		.tag = (t), .kind = DT_SHAPE_##k                               \
	}
#define OPTIONAL(t, k)                                                         \
	{                                                                      \
		.tag = (t), .kind = DT_SHAPE_##k, .optional = true             \
	}
#define WITH(t, k, p)                                                          \
	{                                                                      \
		.tag = (t), .kind = DT_SHAPE_##k, .parts = (p)                 \
	}
#define OPTIONAL_WITH(t, k, p)                                                 \
	{                                                                      \
		.tag = (t), .kind = DT_SHAPE_##k, .optional = true,            \
		.parts = (p)                                                   \
	}

static const struct dt_shape any_explicit[] = { LEAF(0, ANY), DT_SHAPE_END };
static const struct dt_shape other_name[] = { LEAF(DT_DER_OID, OID),
	WITH(CTXC(0), FIELDS, any_explicit), DT_SHAPE_END };
static const struct dt_shape directory_strings[] = {
	LEAF(DT_DER_UTF8_STRING, ANY), LEAF(DT_DER_PRINTABLE_STRING, ANY),
	LEAF(DT_DER_T61_STRING, ANY), LEAF(DT_DER_BMP_STRING, ANY),
	LEAF(DT_DER_UNIVERSAL_STRING, ANY), DT_SHAPE_END
};
static const struct dt_shape directory_string[] = {
	WITH(0, CHOICE, directory_strings), DT_SHAPE_END
};
static const struct dt_shape edi_party[] = { OPTIONAL_WITH(CTXC(0), FIELDS,
						 directory_string),
	WITH(CTXC(1), FIELDS, directory_string), DT_SHAPE_END };
static const struct dt_shape name_kinds[] = { WITH(CTXC(0), FIELDS, other_name),
	LEAF(CTX(1), ANY), LEAF(CTX(2), ANY), LEAF(CTXC(3), ANY),
	LEAF(CTXC(4), NAME), WITH(CTXC(5), FIELDS, edi_party),
	LEAF(CTX(6), ANY), LEAF(CTX(7), ANY), LEAF(CTX(8), OID), DT_SHAPE_END };
static const struct dt_shape general_name[] = { WITH(0, CHOICE, name_kinds),
	DT_SHAPE_END };
const struct dt_shape dt_shape_general_names =
    WITH(DT_DER_SEQUENCE, LIST, general_name);

static const struct dt_shape basic_constraints[] = { OPTIONAL(DT_DER_BOOLEAN,
							 BOOLEAN),
	OPTIONAL(DT_DER_INTEGER, INTEGER), DT_SHAPE_END };
const struct dt_shape dt_shape_basic_constraints =
    WITH(DT_DER_SEQUENCE, FIELDS, basic_constraints);

const struct dt_shape dt_shape_bit_string = LEAF(DT_DER_BIT_STRING, BIT_STRING);
const struct dt_shape dt_shape_integer = LEAF(DT_DER_INTEGER, INTEGER);
const struct dt_shape dt_shape_enumerated = LEAF(DT_DER_ENUMERATED, INTEGER);
const struct dt_shape dt_shape_octet_string = LEAF(DT_DER_OCTET_STRING, ANY);

static const struct dt_shape oid[] = { LEAF(DT_DER_OID, OID), DT_SHAPE_END };
const struct dt_shape dt_shape_oids = WITH(DT_DER_SEQUENCE, LIST, oid);

static const struct dt_shape algorithm[] = { LEAF(DT_DER_OID, OID),
	OPTIONAL(0, ANY), DT_SHAPE_END };
static const struct dt_shape algorithms[] = {
	WITH(DT_DER_SEQUENCE, FIELDS, algorithm), DT_SHAPE_END
};
static const struct dt_shape cert_aux[] = { OPTIONAL_WITH(
						DT_DER_SEQUENCE, LIST, oid),
	OPTIONAL_WITH(CTXC(0), LIST, oid), OPTIONAL(DT_DER_UTF8_STRING, ANY),
	OPTIONAL(DT_DER_OCTET_STRING, ANY),
	OPTIONAL_WITH(CTXC(1), LIST, algorithms), DT_SHAPE_END };
const struct dt_shape dt_shape_cert_aux =
    WITH(DT_DER_SEQUENCE, FIELDS, cert_aux);

static const struct dt_shape authority_key_id[] = { OPTIONAL(CTX(0), ANY),
	OPTIONAL_WITH(CTXC(1), LIST, general_name), OPTIONAL(CTX(2), INTEGER),
	DT_SHAPE_END };
const struct dt_shape dt_shape_authority_key_id =
    WITH(DT_DER_SEQUENCE, FIELDS, authority_key_id);

static const struct dt_shape subtree[] = { WITH(0, CHOICE, name_kinds),
	OPTIONAL(CTX(0), INTEGER), OPTIONAL(CTX(1), INTEGER), DT_SHAPE_END };
static const struct dt_shape subtrees[] = {
	WITH(DT_DER_SEQUENCE, FIELDS, subtree), DT_SHAPE_END
};
static const struct dt_shape name_constraints[] = { OPTIONAL_WITH(CTXC(0), LIST,
							subtrees),
	OPTIONAL_WITH(CTXC(1), LIST, subtrees), DT_SHAPE_END };
const struct dt_shape dt_shape_name_constraints =
    WITH(DT_DER_SEQUENCE, FIELDS, name_constraints);

static const struct dt_shape attribute[] = { LEAF(DT_DER_OID, OID),
	LEAF(0, ATTRIBUTE), DT_SHAPE_END };
static const struct dt_shape attributes[] = {
	WITH(DT_DER_SEQUENCE, FIELDS, attribute), DT_SHAPE_END
};
static const struct dt_shape point_names[] = { WITH(
						   CTXC(0), LIST, general_name),
	WITH(CTXC(1), LIST, attributes), DT_SHAPE_END };
static const struct dt_shape point_name[] = { WITH(0, CHOICE, point_names),
	DT_SHAPE_END };
static const struct dt_shape point[] = { OPTIONAL_WITH(
					     CTXC(0), FIELDS, point_name),
	OPTIONAL(CTX(1), BIT_STRING),
	OPTIONAL_WITH(CTXC(2), LIST, general_name), DT_SHAPE_END };
static const struct dt_shape points[] = { WITH(DT_DER_SEQUENCE, FIELDS, point),
	DT_SHAPE_END };
const struct dt_shape dt_shape_distribution_points =
    WITH(DT_DER_SEQUENCE, LIST, points);

static const struct dt_shape issuing_point[] = {
	OPTIONAL_WITH(CTXC(0), FIELDS, point_name), OPTIONAL(CTX(1), BOOLEAN),
	OPTIONAL(CTX(2), BOOLEAN), OPTIONAL(CTX(3), BIT_STRING),
	OPTIONAL(CTX(4), BOOLEAN), OPTIONAL(CTX(5), BOOLEAN), DT_SHAPE_END
};
const struct dt_shape dt_shape_issuing_point =
    WITH(DT_DER_SEQUENCE, FIELDS, issuing_point);

static const struct dt_shape proxy_policy[] = { LEAF(DT_DER_OID, OID),
	OPTIONAL(DT_DER_OCTET_STRING, ANY), DT_SHAPE_END };
static const struct dt_shape proxy_cert_info[] = { OPTIONAL(
						       DT_DER_INTEGER, INTEGER),
	WITH(DT_DER_SEQUENCE, FIELDS, proxy_policy), DT_SHAPE_END };
const struct dt_shape dt_shape_proxy_cert_info =
    WITH(DT_DER_SEQUENCE, FIELDS, proxy_cert_info);

static const struct dt_shape address_range[] = { LEAF(DT_DER_BIT_STRING,
						     BIT_STRING),
	LEAF(DT_DER_BIT_STRING, BIT_STRING), DT_SHAPE_END };
static const struct dt_shape address_kinds[] = { LEAF(DT_DER_BIT_STRING,
						     BIT_STRING),
	WITH(DT_DER_SEQUENCE, FIELDS, address_range), DT_SHAPE_END };
static const struct dt_shape address[] = { WITH(0, CHOICE, address_kinds),
	DT_SHAPE_END };
static const struct dt_shape address_choices[] = { LEAF(DT_DER_NULL, NULL),
	WITH(DT_DER_SEQUENCE, LIST, address), DT_SHAPE_END };
static const struct dt_shape family[] = { LEAF(DT_DER_OCTET_STRING, ANY),
	WITH(0, CHOICE, address_choices), DT_SHAPE_END };
static const struct dt_shape families[] = {
	WITH(DT_DER_SEQUENCE, FIELDS, family), DT_SHAPE_END
};
const struct dt_shape dt_shape_ip_addr_blocks =
    WITH(DT_DER_SEQUENCE, LIST, families);

static const struct dt_shape as_range[] = { LEAF(DT_DER_INTEGER, INTEGER),
	LEAF(DT_DER_INTEGER, INTEGER), DT_SHAPE_END };
static const struct dt_shape as_kinds[] = { LEAF(DT_DER_INTEGER, INTEGER),
	WITH(DT_DER_SEQUENCE, FIELDS, as_range), DT_SHAPE_END };
static const struct dt_shape as_item[] = { WITH(0, CHOICE, as_kinds),
	DT_SHAPE_END };
static const struct dt_shape as_choices[] = { LEAF(DT_DER_NULL, NULL),
	WITH(DT_DER_SEQUENCE, LIST, as_item), DT_SHAPE_END };
static const struct dt_shape as_choice[] = { WITH(0, CHOICE, as_choices),
	DT_SHAPE_END };
static const struct dt_shape as_ids[] = { OPTIONAL_WITH(
					      CTXC(0), FIELDS, as_choice),
	OPTIONAL_WITH(CTXC(1), FIELDS, as_choice), DT_SHAPE_END };
const struct dt_shape dt_shape_as_ids = WITH(DT_DER_SEQUENCE, FIELDS, as_ids);

/* RFC 5280 4.2.1.4. DisplayText may be of any length. */
static const struct dt_shape qualifier[] = { LEAF(DT_DER_OID, OID),
	LEAF(0, ANY), DT_SHAPE_END };
static const struct dt_shape qualifiers[] = {
	WITH(DT_DER_SEQUENCE, FIELDS, qualifier), DT_SHAPE_END
};
static const struct dt_shape policy[] = { LEAF(DT_DER_OID, OID),
	OPTIONAL_WITH(DT_DER_SEQUENCE, LIST, qualifiers), DT_SHAPE_END };
static const struct dt_shape policies[] = {
	WITH(DT_DER_SEQUENCE, FIELDS, policy), DT_SHAPE_END
};
const struct dt_shape dt_shape_policies = WITH(DT_DER_SEQUENCE, LIST, policies);
const struct dt_shape dt_shape_cps_uri = LEAF(DT_DER_IA5_STRING, ANY);

static const struct dt_shape display_texts[] = { LEAF(DT_DER_IA5_STRING, ANY),
	LEAF(DT_DER_VISIBLE_STRING, ANY), LEAF(DT_DER_BMP_STRING, ANY),
	LEAF(DT_DER_UTF8_STRING, ANY), DT_SHAPE_END };
static const struct dt_shape integers[] = { LEAF(DT_DER_INTEGER, INTEGER),
	DT_SHAPE_END };
static const struct dt_shape notice_reference[] = { WITH(0, CHOICE,
							display_texts),
	WITH(DT_DER_SEQUENCE, LIST, integers), DT_SHAPE_END };
static const struct dt_shape user_notice[] = { OPTIONAL_WITH(DT_DER_SEQUENCE,
						   FIELDS, notice_reference),
	OPTIONAL_WITH(0, CHOICE, display_texts), DT_SHAPE_END };
const struct dt_shape dt_shape_user_notice =
    WITH(DT_DER_SEQUENCE, FIELDS, user_notice);

static const struct dt_shape mapping[] = { LEAF(DT_DER_OID, OID),
	LEAF(DT_DER_OID, OID), DT_SHAPE_END };
static const struct dt_shape mappings[] = {
	WITH(DT_DER_SEQUENCE, FIELDS, mapping), DT_SHAPE_END
};
const struct dt_shape dt_shape_policy_mappings =
    WITH(DT_DER_SEQUENCE, LIST, mappings);

static const struct dt_shape policy_constraints[] = { OPTIONAL(CTX(0), INTEGER),
	OPTIONAL(CTX(1), INTEGER), DT_SHAPE_END };
const struct dt_shape dt_shape_policy_constraints =
    WITH(DT_DER_SEQUENCE, FIELDS, policy_constraints);

/* RFC 5280 4.1.2.4, for names that dt_name_parse does not read. */
static const struct dt_shape rdns[] = { WITH(DT_DER_SET, LIST, attributes),
	DT_SHAPE_END };
static const struct dt_shape name = WITH(DT_DER_SEQUENCE, LIST, rdns);

/* One walk over a value. */
struct walk {
	unsigned depth;
	bool pieces; /* strings may be in pieces (X.690 8.7.3.2), as in BER */
};

static bool fits(const struct dt_shape *shape, const struct dt_der *element,
    struct walk walk);

static struct walk
deeper(struct walk walk)
{
	walk.depth++;
	return walk;
}

static bool
is_end(const struct dt_shape *shape)
{
	return shape->tag == 0xff;
}

static bool
is_string(const struct dt_shape *shape)
{
	return shape->kind == DT_SHAPE_BIT_STRING ||
	       (shape->kind == DT_SHAPE_ANY && shape->tag != 0 &&
		   (shape->tag & 0x20) == 0);
}

/* A CHOICE starts with the tag of one of its parts. The constructed bit of a
 * list does not count. */
static bool
has_tag(const struct dt_shape *shape, uint8_t tag, struct walk walk)
{
	if (shape->kind == DT_SHAPE_CHOICE) {
		for (const struct dt_shape *p = shape->parts; !is_end(p); p++)
			if (has_tag(p, tag, walk))
				return true;
		return false;
	}
	if (shape->kind == DT_SHAPE_LIST)
		tag |= 0x20;
	if (walk.pieces && is_string(shape))
		tag &= 0xdf;
	return shape->tag == 0 || shape->tag == tag;
}

static bool
fits_fields(const struct dt_shape *part, struct dt_span in, struct walk walk)
{
	struct dt_span rest = in;
	struct dt_der element;

	for (; !is_end(part); part++) {
		if (!dt_der_next(&rest, &element) ||
		    !has_tag(part, element.tag, walk)) {
			if (!part->optional)
				return false;
			rest = in;
			continue;
		}
		if (!fits(part, &element, walk))
			return false;
		in = rest;
	}
	return in.size == 0;
}

static bool
fits_list(const struct dt_shape *part, struct dt_span in, struct walk walk)
{
	struct dt_der element;

	while (in.size > 0)
		if (!dt_der_next(&in, &element) ||
		    !has_tag(part, element.tag, walk) ||
		    !fits(part, &element, walk))
			return false;
	return true;
}

/* The Name of a GeneralName stands inside an explicit tag. */
static bool
fits_name(const struct dt_der *element, struct walk walk)
{
	struct dt_span in = element->content;
	struct dt_name parsed;
	struct dt_der inner;
	uint8_t *canonical;
	bool ok;

	if (!dt_der_take_list(&in, DT_DER_SEQUENCE, &inner) || in.size != 0)
		return false;
	canonical = malloc(dt_name_canonical_room(inner.whole.size));
	ok = canonical != NULL &&
	     dt_name_parse(&parsed, inner.whole, canonical) == 0;
	free(canonical);
	if (ok || !walk.pieces)
		return ok;
	ok = fits(&name, &inner, walk);
	walk.pieces = false;
	return ok && !fits(&name, &inner, walk);
}

/* What OpenSSL's asn1_collect puts together: it asks no piece for its type. */
static bool
are_pieces(struct dt_span in, unsigned nesting)
{
	struct dt_der piece;

	while (in.size > 0)
		if (!dt_der_next(&in, &piece) ||
		    ((piece.tag & 0x20) != 0 &&
			(nesting == DT_MAX_STRING_NEST ||
			    !are_pieces(piece.content, nesting + 1))))
			return false;
	return true;
}

/* Of the open types, universal strings may be in pieces. */
static bool
may_be_in_pieces(const struct dt_shape *shape, uint8_t tag, struct walk walk)
{
	if (!walk.pieces || (tag & 0x20) == 0)
		return false;
	return is_string(shape) ||
	       ((tag & 0xc0) == 0 && tag != DT_DER_SEQUENCE &&
		   tag != DT_DER_SET);
}

static bool
fits_primitive(const struct dt_shape *shape, const struct dt_der *element,
    struct walk walk)
{
	struct dt_span content = element->content, bits;
	unsigned unused;

	switch (shape->kind) {
	case DT_SHAPE_BOOLEAN:
		return content.size == 1;
	case DT_SHAPE_INTEGER:
		return dt_der_is_integer(content);
	case DT_SHAPE_OID:
		return dt_der_is_oid(content);
	case DT_SHAPE_NULL:
		return content.size == 0;
	default:
		break;
	}
	if (may_be_in_pieces(shape, element->tag, walk))
		return are_pieces(content, 0);
	if (shape->kind == DT_SHAPE_BIT_STRING)
		return dt_der_bit_string(content, &bits, &unused);
	return (shape->kind != DT_SHAPE_ATTRIBUTE ||
		   dt_text_form(element->tag) != DT_TEXT_REFUSED) &&
	       dt_der_is_any(element);
}

static bool
fits_choice(
    const struct dt_shape *part, const struct dt_der *element, struct walk walk)
{
	for (; !is_end(part); part++)
		if (has_tag(part, element->tag, walk))
			return fits(part, element, walk);
	return false;
}

static bool
fits(const struct dt_shape *shape, const struct dt_der *element,
    struct walk walk)
{
	if (walk.depth > DT_MAX_DER_DEPTH)
		return false;
	switch (shape->kind) {
	case DT_SHAPE_NAME:
		return fits_name(element, deeper(walk));
	case DT_SHAPE_FIELDS:
		return fits_fields(
		    shape->parts, element->content, deeper(walk));
	case DT_SHAPE_LIST:
		return fits_list(shape->parts, element->content, deeper(walk));
	case DT_SHAPE_CHOICE:
		return fits_choice(shape->parts, element, deeper(walk));
	default:
		return fits_primitive(shape, element, walk);
	}
}

static bool
fits_first(const struct dt_shape *shape, struct dt_span der,
    struct dt_span *element, struct walk walk)
{
	struct dt_der first;

	if (!dt_der_next(&der, &first) || !has_tag(shape, first.tag, walk) ||
	    !fits(shape, &first, walk))
		return false;
	if (element != NULL)
		*element = first.content;
	return true;
}

bool
dt_shape_fits(
    const struct dt_shape *shape, struct dt_span der, struct dt_span *element)
{
	return fits_first(shape, der, element, (struct walk){ 0, false });
}

bool
dt_shape_fits_in_pieces(const struct dt_shape *shape, struct dt_span der)
{
	return fits_first(shape, der, NULL, (struct walk){ 0, true });
}
