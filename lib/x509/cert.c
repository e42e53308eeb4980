/*
 * Certificate (RFC 5280 4.1) from DER to spans, and its life. Which fields
 * are checked while parsing follows OpenSSL's d2i_X509; what extensions mean
 * is decoded in extension.c, what names compare to in name.c.
 */
#include "x509/cert.h"

#include "base/der.h"
#include "base/limits.h"
#include "x509/field.h"
#include "x509/shape.h"
#include "x509/signature.h"

#include "dicomtls.h"

#include <stddef.h>
#include <stdlib.h>

/* Octets lost between pieces of one block. */
#define ALIGNMENT sizeof(max_align_t)

/* State of one parse: what is left of the element being read. */
struct parser {
	struct dt_cert *cert;
	struct dt_span in;
	struct dt_message *message;
	const char *field; /* named when the parse fails */
};

static int
malformed(struct parser *p)
{
	dt_message_set(p->message, "certificate: %s is malformed", p->field);
	return DICOMTLS_E_FORMAT;
}

static bool
take(struct parser *p, const char *field, uint8_t tag, struct dt_der *out)
{
	p->field = field;
	return dt_der_take(&p->in, tag, out);
}

static bool
take_algorithm(struct parser *p, const char *field, struct dt_span *whole)
{
	p->field = field;
	return dt_field_algorithm(&p->in, whole);
}

static bool
take_bit_string(struct parser *p, const char *field, uint8_t tag,
    struct dt_span *bits, unsigned *unused)
{
	p->field = field;
	return dt_field_bit_string(&p->in, tag, bits, unused);
}

static bool
take_version(struct parser *p)
{
	struct dt_der outer, number;

	p->cert->version = 0;
	if (!dt_der_peek(p->in, DT_DER_CONTEXT_CONSTRUCTED))
		return true;
	if (!take(p, "version", DT_DER_CONTEXT_CONSTRUCTED, &outer) ||
	    !dt_der_take(&outer.content, DT_DER_INTEGER, &number) ||
	    outer.content.size > 0 || !dt_der_is_integer(number.content))
		return false;
	if (!dt_der_long(number.content, &p->cert->version))
		p->cert->version = -1;
	return true;
}

static bool
take_serial(struct parser *p)
{
	struct dt_der serial;

	if (!take(p, "serial number", DT_DER_INTEGER, &serial) ||
	    !dt_der_is_integer(serial.content))
		return false;
	p->cert->serial = serial.content;
	return true;
}

static int
take_name(struct parser *p, const char *field, struct dt_name *name)
{
	struct dt_der element;
	int rc = DICOMTLS_E_FORMAT;

	p->field = field;
	if (dt_der_take_list(&p->in, DT_DER_SEQUENCE, &element))
		rc = dt_name_take(&p->cert->arena, name, element.whole);
	return rc == DICOMTLS_E_FORMAT ? malformed(p) : rc;
}

/* Anchors are issued to themselves: one comparison form serves both names. */
static int
take_subject(struct parser *p)
{
	const struct dt_name *issuer = &p->cert->issuer;
	struct dt_span rest = p->in;
	struct dt_der element;

	if (!dt_der_take_list(&rest, DT_DER_SEQUENCE, &element) ||
	    !dt_span_equal(element.whole, issuer->der))
		return take_name(p, "subject", &p->cert->subject);
	p->in = rest;
	p->cert->subject = *issuer;
	return 0;
}

static bool
take_validity(struct parser *p)
{
	struct dt_der validity;

	return take(p, "validity", DT_DER_SEQUENCE, &validity) &&
	       dt_field_time(&validity.content, &p->cert->not_before) &&
	       dt_field_time(&validity.content, &p->cert->not_after) &&
	       validity.content.size == 0;
}

/* Whether the key can be used is dt_key_decode's answer, not a matter of
 * parsing: only the frame is checked. */
static bool
take_public_key(struct parser *p)
{
	struct dt_der spki;
	struct dt_span in, algorithm, bits;
	unsigned unused;

	if (!take(p, "public key", DT_DER_SEQUENCE, &spki))
		return false;
	in = spki.content;
	if (!dt_field_algorithm(&in, &algorithm) ||
	    !dt_field_bit_string(&in, DT_DER_BIT_STRING, &bits, &unused) ||
	    in.size > 0)
		return false;
	p->cert->spki = spki.whole;
	return true;
}

static bool
take_unique_id(struct parser *p, const char *field, uint8_t number)
{
	struct dt_span bits;
	unsigned unused;
	uint8_t tag = (uint8_t)(DT_DER_CONTEXT | number);

	return !dt_der_peek(p->in, tag) ||
	       take_bit_string(p, field, tag, &bits, &unused);
}

static int
take_extensions(struct parser *p)
{
	const uint8_t tag = DT_DER_CONTEXT_CONSTRUCTED | 3;
	struct dt_der outer, list;
	int rc;

	if (!dt_der_peek(p->in, tag))
		return 0;
	if (!take(p, "extensions", tag, &outer) ||
	    !dt_der_take_list(&outer.content, DT_DER_SEQUENCE, &list) ||
	    outer.content.size > 0)
		return malformed(p);
	rc = dt_field_extensions(&p->cert->arena, list.content,
	    &p->cert->extensions, &p->cert->extension_count);
	return rc == DICOMTLS_E_FORMAT ? malformed(p) : rc;
}

static int
parse_tbs(struct parser *p)
{
	struct dt_cert *cert = p->cert;
	int rc;

	if (!take_version(p) || !take_serial(p) ||
	    !take_algorithm(
		p, "signature algorithm", &cert->signature_algorithm_tbs))
		return malformed(p);
	rc = take_name(p, "issuer", &cert->issuer);
	if (rc < 0)
		return rc;
	if (!take_validity(p))
		return malformed(p);
	rc = take_subject(p);
	if (rc < 0)
		return rc;
	if (!take_public_key(p) || !take_unique_id(p, "issuer unique ID", 1) ||
	    !take_unique_id(p, "subject unique ID", 2))
		return malformed(p);
	rc = take_extensions(p);
	if (rc < 0)
		return rc;
	p->field = "end of the signed part";
	return p->in.size == 0 ? 0 : malformed(p);
}

/* OpenSSL clears the unused bits of the key (c2i_ASN1_BIT_STRING) before it
 * decodes it. The frame has been checked. */
static int
decode_key(struct dt_cert *cert)
{
	struct dt_span spki = cert->spki, bits;
	struct dt_der outer, algorithm, key;
	unsigned unused;

	if (!dt_der_next(&spki, &outer) ||
	    !dt_der_next(&outer.content, &algorithm) ||
	    !dt_der_next(&outer.content, &key) ||
	    !dt_der_bit_string(key.content, &bits, &unused))
		return DICOMTLS_E_FORMAT;
	spki = cert->spki;
	if (unused != 0 && bits.size > 0) {
		size_t start = (size_t)(bits.data - spki.data);
		uint8_t *masked = dt_arena_octets(&cert->arena, spki.size);

		if (masked == NULL)
			return DICOMTLS_E_NOMEM;
		memcpy(masked, spki.data, spki.size);
		masked[start - 1] = 0;
		masked[start + bits.size - 1] &= (uint8_t)(0xff << unused);
		spki.data = masked;
	}
	dt_key_decode(&cert->key, spki);
	return 0;
}

static int
parse(struct dt_cert *cert, struct dt_span der, struct dt_message *message)
{
	struct parser outer = { cert, der, message, "certificate" };
	struct parser tbs = outer;
	struct dt_der whole, signed_part;
	int rc;

	if (!take(&outer, "certificate", DT_DER_SEQUENCE, &whole))
		return malformed(&outer);
	cert->der = whole.whole;
	outer.in = whole.content;
	if (!take(&outer, "signed part", DT_DER_SEQUENCE, &signed_part))
		return malformed(&outer);
	cert->tbs = signed_part.whole;
	tbs.in = signed_part.content;
	rc = parse_tbs(&tbs);
	if (rc < 0)
		return rc;
	if (!take_algorithm(
		&outer, "signature algorithm", &cert->signature_algorithm) ||
	    !take_bit_string(&outer, "signature", DT_DER_BIT_STRING,
		&cert->signature, &cert->signature_unused_bits) ||
	    outer.in.size > 0)
		return malformed(&outer);
	rc = decode_key(cert);
	if (rc < 0)
		return rc;
	dt_extensions_decode(cert);
	/* OpenSSL would read it; an undecodable extension could pass where a
	 * decoded one does not. */
	if (cert->in_pieces) {
		dt_message_set(message,
		    "certificate: an extension has a string in pieces");
		return DICOMTLS_E_FORMAT;
	}
	return dt_policies_decode(cert);
}

/*
 * X509_CERT_AUX ::= SEQUENCE { trust SEQUENCE OF OID OPTIONAL,
 *   reject [0] SEQUENCE OF OID OPTIONAL, alias UTF8String OPTIONAL,
 *   keyid OCTET STRING OPTIONAL, other [1] SEQUENCE OF Algorithm OPTIONAL }
 */
static bool
parse_aux(struct dt_cert_aux *aux, struct dt_span in)
{
	struct dt_der part;

	if (!dt_der_next(&in, &part) || in.size > 0 ||
	    !dt_shape_fits(&dt_shape_cert_aux, part.whole, &in))
		return false;
	if (dt_der_take_list(&in, DT_DER_SEQUENCE, &part)) {
		aux->has_trust = true;
		aux->trust = part.content;
	}
	if (dt_der_take_list(&in, DT_DER_CONTEXT_CONSTRUCTED, &part)) {
		aux->has_reject = true;
		aux->reject = part.content;
	}
	return true;
}

static size_t
foresee_extensions(struct dt_span in)
{
	struct dt_der list, item;
	size_t count = 0;

	if (dt_der_next(&in, &list))
		while (dt_der_next(&list.content, &item))
			count++;
	return count * sizeof(struct dt_extension);
}

/*
 * Memory for what nearly every certificate has: its octets, the comparison
 * forms of its names, which are seldom longer than the names, and its list of
 * extensions. A first look that finds no fault; what it does not foresee takes
 * further blocks.
 */
static size_t
foresee(struct dt_span der)
{
	size_t room = der.size, sequences = 0;
	struct dt_span rest = der, issuer = { NULL, 0 };
	struct dt_der whole, tbs, part;

	if (!dt_der_next(&rest, &whole) || !dt_der_next(&whole.content, &tbs))
		return room;
	while (dt_der_next(&tbs.content, &part)) {
		/* The algorithm, the issuer, the validity, the subject. */
		sequences += part.tag == DT_DER_SEQUENCE;
		if (part.tag == DT_DER_SEQUENCE && sequences % 2 == 0 &&
		    !dt_span_equal(part.content, issuer)) {
			room += part.content.size;
			issuer = part.content;
		}
		if (part.tag == (DT_DER_CONTEXT_CONSTRUCTED | 3))
			room += foresee_extensions(part.content);
	}
	return room;
}

/* Copies the bytes first: the spans must outlive the caller's buffer. */
static int
new_cert(struct dt_cert **cert, struct dt_span der, struct dt_message *message)
{
	size_t room = foresee(der) + ALIGNMENT;
	struct dt_cert *c = malloc(sizeof(*c) + room);
	int rc = DICOMTLS_E_NOMEM;
	uint8_t *bytes;

	if (c == NULL)
		return rc;
	*c = (struct dt_cert){ 0 };
	dt_arena_init(&c->arena, c + 1, room);
	bytes = dt_arena_octets(&c->arena, der.size);
	if (bytes == NULL)
		goto out;
	if (der.size > 0)
		memcpy(bytes, der.data, der.size);
	rc = parse(c, dt_span(bytes, der.size), message);
	if (rc < 0)
		goto out;
	*cert = c;
	c = NULL;
out:
	dt_cert_free(c);
	return rc;
}

static int
trailing(struct dt_cert *cert, struct dt_message *message)
{
	dt_message_set(message, "certificate: data follows its end");
	dt_cert_free(cert);
	return DICOMTLS_E_FORMAT;
}

int
dt_cert_parse(struct dt_cert **cert, struct dt_span der, size_t *consumed,
    struct dt_message *message)
{
	struct dt_cert *c;
	int rc = new_cert(&c, der, message);

	if (rc < 0)
		return rc;
	if (consumed != NULL)
		*consumed = c->der.size;
	else if (c->der.size != der.size)
		return trailing(c, message);
	*cert = c;
	return 0;
}

int
dt_cert_parse_aux(
    struct dt_cert **cert, struct dt_span der, struct dt_message *message)
{
	struct dt_span rest;
	struct dt_cert *c;
	int rc = new_cert(&c, der, message);

	if (rc < 0)
		return rc;
	rest = dt_span(c->der.data + c->der.size, der.size - c->der.size);
	if (rest.size > 0 && !parse_aux(&c->aux, rest))
		return trailing(c, message);
	*cert = c;
	return 0;
}

void
dt_cert_free(struct dt_cert *cert)
{
	if (cert == NULL)
		return;
	dt_arena_clear(&cert->arena);
	free(cert);
}

static bool
same_signature(const struct dt_cert *a, const struct dt_cert *b)
{
	size_t size = a->signature.size;
	unsigned unused = a->signature_unused_bits;

	if (size != b->signature.size || unused != b->signature_unused_bits)
		return false;
	if (size == 0)
		return true;
	return memcmp(a->signature.data, b->signature.data, size - 1) == 0 &&
	       a->signature.data[size - 1] >> unused ==
		   b->signature.data[size - 1] >> unused;
}

bool
dt_cert_equal(const struct dt_cert *a, const struct dt_cert *b)
{
	return dt_span_equal(a->tbs, b->tbs) && same_signature(a, b) &&
	       dt_signature_algorithms_agree(
		   a->signature_algorithm, b->signature_algorithm);
}

const struct dt_extension *
dt_cert_find_extension(const struct dt_cert *cert, struct dt_span oid)
{
	for (size_t i = 0; i < cert->extension_count; i++)
		if (dt_span_equal(cert->extensions[i].oid, oid))
			return &cert->extensions[i];
	return NULL;
}

bool
dt_cert_has_alt_name(const struct dt_cert *cert, enum dt_general_name_type type)
{
	struct dt_span list = cert->san;
	struct dt_general_name name;

	while (dt_general_name_next(&list, &name))
		if (name.type == type)
			return true;
	return false;
}
