/*
 * Extensions of CRLs and of revoked entries (RFC 5280 5.2, 5.3), as OpenSSL's
 * crl_cb, setup_idp and crl_set_issuers decode them. An extension that appears
 * twice or does not fit its shape counts as absent: OpenSSL marks such a CRL
 * invalid and never looks at the mark. One that OpenSSL can read and we cannot
 * must not count as absent: the CRL is refused.
 *
 * The freshest-CRL extension is noted, not decoded: deltas are found among the
 * CRLs at hand.
 */
#include "x509/crl_extension.h"

#include "base/der.h"
#include "x509/field.h"

#include "dicomtls.h"

#define REMOVE_FROM_CRL 8 /* CRLReason, RFC 5280 5.3.1 */

/* 1: content is what is inside; 0: absent; DICOMTLS_E_FORMAT. */
static int
get(const struct dt_crl *crl, struct dt_span oid, const struct dt_shape *shape,
    struct dt_span *content)
{
	enum dt_extension_state state = dt_extension_get(
	    crl->extensions, crl->extension_count, oid, shape, content);

	if (state == DT_EXTENSION_IN_PIECES)
		return DICOMTLS_E_FORMAT;
	return state == DT_EXTENSION_PRESENT;
}

/* ---- issuing distribution point ---- */

static bool
take_true(struct dt_span *in, uint8_t number)
{
	struct dt_der flag;

	return dt_der_take(in, (uint8_t)(DT_DER_CONTEXT | number), &flag) &&
	       flag.content.data[0] != 0;
}

/* An empty list of reasons stands for all of them here, unlike in a
 * distribution point, where it stands for none. */
static void
decode_some_reasons(struct dt_crl *crl, struct dt_span content)
{
	crl->flags |= DT_CRL_REASONS;
	if (content.size > 1)
		crl->reasons = dt_der_flags(content) & DT_ALL_REASONS;
}

/* At most one of the three may be set (RFC 5280 5.2.5). */
static void
check_contradiction(struct dt_crl *crl)
{
	uint32_t only = crl->flags & (DT_CRL_ONLY_USER | DT_CRL_ONLY_CA |
					 DT_CRL_ONLY_ATTRIBUTE);

	if (only != 0 && (only & (only - 1)) != 0)
		crl->flags |= DT_CRL_IDP_CONTRADICTION;
}

static int
decode_issuing_point(struct dt_crl *crl)
{
	struct dt_span in;
	struct dt_der part;
	int rc = get(crl, dt_oid_issuing_point, &dt_shape_issuing_point, &in);

	crl->reasons = DT_ALL_REASONS;
	if (rc <= 0)
		return rc;
	crl->flags |= DT_CRL_IDP;
	/* A relative name that cannot be made whole stays, and meets none. */
	if (dt_der_take(&in, DT_DER_CONTEXT_CONSTRUCTED, &part) &&
	    !dt_point_name_decode(
		&crl->arena, &crl->point, part.content, &crl->issuer) &&
	    crl->point.kind != DT_POINT_BROKEN)
		return DICOMTLS_E_NOMEM;
	if (take_true(&in, 1))
		crl->flags |= DT_CRL_ONLY_USER;
	if (take_true(&in, 2))
		crl->flags |= DT_CRL_ONLY_CA;
	if (dt_der_take(&in, DT_DER_CONTEXT | 3, &part))
		decode_some_reasons(crl, part.content);
	if (take_true(&in, 4))
		crl->flags |= DT_CRL_INDIRECT;
	if (take_true(&in, 5))
		crl->flags |= DT_CRL_ONLY_ATTRIBUTE;
	check_contradiction(crl);
	return 0;
}

/* ---- criticality ---- */

static bool
is_handled(struct dt_span oid)
{
	return dt_span_equal(oid, dt_oid_issuing_point) ||
	       dt_span_equal(oid, dt_oid_authority_key_id) ||
	       dt_span_equal(oid, dt_oid_delta_crl);
}

/* Stops at the first unhandled one, as the reference does: a freshest-CRL
 * extension behind it is not noted. */
static void
decode_criticality(struct dt_crl *crl)
{
	for (size_t i = 0; i < crl->extension_count; i++) {
		const struct dt_extension *e = &crl->extensions[i];

		if (dt_span_equal(e->oid, dt_oid_freshest_crl))
			crl->flags |= DT_CRL_FRESHEST;
		if (e->critical && !is_handled(e->oid)) {
			crl->flags |= DT_CRL_CRITICAL;
			return;
		}
	}
}

static int
decode_authority(struct dt_crl *crl)
{
	struct dt_span content;
	int rc = get(
	    crl, dt_oid_authority_key_id, &dt_shape_authority_key_id, &content);

	if (rc <= 0)
		return rc;
	return dt_akid_decode(&crl->arena, &crl->akid, content)
		   ? 0
		   : DICOMTLS_E_NOMEM;
}

int
dt_crl_decode_extensions(struct dt_crl *crl)
{
	int rc = decode_issuing_point(crl);

	if (rc == 0)
		rc = decode_authority(crl);
	if (rc < 0)
		return rc;
	(void)get(crl, dt_oid_crl_number, &dt_shape_integer, &crl->number);
	(void)get(crl, dt_oid_delta_crl, &dt_shape_integer, &crl->base_number);
	decode_criticality(crl);
	return 0;
}

/* ---- entries ---- */

/* More than these take memory of their own. */
#define FEW 4

struct entry_extensions {
	struct dt_extension few[FEW];
	struct dt_arena arena; /* of the list, if that is not few */
	struct dt_extension *list;
	size_t count;
};

static int
read_extensions(struct entry_extensions *in, struct dt_span list)
{
	struct dt_span rest = list;

	in->arena = (struct dt_arena){ 0 };
	in->list = in->few;
	for (in->count = 0; rest.size > 0 && in->count < FEW; in->count++)
		if (!dt_field_extension(&rest, &in->few[in->count]))
			return DICOMTLS_E_FORMAT;
	return rest.size == 0 ? 0
			      : dt_field_extensions(
				    &in->arena, list, &in->list, &in->count);
}

/* The entries from here on are of the CRL's issuer, or of names. */
static int
begin_issuer(struct dt_crl *crl, uint32_t from, const struct dt_span *names)
{
	struct dt_crl_issuer *issuer =
	    dt_arena_array(&crl->arena, 1, sizeof(*issuer));

	if (issuer == NULL)
		return DICOMTLS_E_NOMEM;
	issuer->from = from;
	issuer->is_own = names == NULL;
	if (names != NULL &&
	    !dt_name_list_decode(&crl->arena, &issuer->names, *names))
		return DICOMTLS_E_NOMEM;
	return dt_array_push(&crl->issuers, issuer);
}

/* An entry whose issuer or reason cannot be decoded ends the walk: from there
 * on there is neither, and what is critical goes unnoticed
 * (crl_set_issuers). */
static int
stop(struct dt_crl_decoder *decoder, uint32_t from)
{
	decoder->stopped = true;
	return decoder->crl->issuers.count == 0
		   ? 0
		   : begin_issuer(decoder->crl, from, NULL);
}

/* RFC 5280 5.3.3: an issuer holds for this entry and those that follow. */
static int
decode_issuer(struct dt_crl_decoder *decoder, const struct entry_extensions *in)
{
	struct dt_span names;
	enum dt_extension_state state = dt_extension_get(in->list, in->count,
	    dt_oid_certificate_issuer, &dt_shape_general_names, &names);

	if (state == DT_EXTENSION_IN_PIECES)
		return DICOMTLS_E_FORMAT;
	if (state == DT_EXTENSION_INVALID)
		return stop(decoder, decoder->place);
	return state == DT_EXTENSION_PRESENT
		   ? begin_issuer(decoder->crl, decoder->place, &names)
		   : 0;
}

/* ASN1_ENUMERATED_get puts the number into an int: bits above are lost, and
 * one that does not fit a long is -1. */
static bool
is_removal(struct dt_span reason)
{
	long value;

	return dt_der_long(reason, &value) &&
	       (uint32_t)value == REMOVE_FROM_CRL;
}

static int
decode_reason(struct dt_crl_decoder *decoder, const struct entry_extensions *in,
    bool *removed)
{
	struct dt_span reason;
	enum dt_extension_state state = dt_extension_get(in->list, in->count,
	    dt_oid_crl_reason, &dt_shape_enumerated, &reason);

	*removed = state == DT_EXTENSION_PRESENT && is_removal(reason);
	return state == DT_EXTENSION_INVALID ? stop(decoder, decoder->place + 1)
					     : 0;
}

static bool
has_unhandled(const struct entry_extensions *in)
{
	for (size_t i = 0; i < in->count; i++)
		if (in->list[i].critical &&
		    !dt_span_equal(in->list[i].oid, dt_oid_certificate_issuer))
			return true;
	return false;
}

static int
decode_entry(struct dt_crl_decoder *decoder, const struct entry_extensions *in,
    bool *removed)
{
	int rc = decode_issuer(decoder, in);

	if (rc < 0 || decoder->stopped)
		return rc;
	rc = decode_reason(decoder, in, removed);
	if (rc == 0 && !decoder->stopped && has_unhandled(in))
		decoder->crl->flags |= DT_CRL_CRITICAL;
	return rc;
}

int
dt_crl_decode_entry(
    struct dt_crl_decoder *decoder, struct dt_span extensions, bool *removed)
{
	struct entry_extensions in;
	int rc;

	*removed = false;
	if (extensions.size == 0)
		return 0;
	rc = read_extensions(&in, extensions);
	if (rc == 0 && !decoder->stopped)
		rc = decode_entry(decoder, &in, removed);
	dt_arena_clear(&in.arena);
	return rc;
}
