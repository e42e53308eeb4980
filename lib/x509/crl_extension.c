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

#include <stdlib.h>

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

	if ((only & (only - 1)) != 0)
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
	    !dt_point_name_decode(&crl->point, part.content, &crl->issuer) &&
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
	return dt_akid_decode(&crl->akid, content) ? 0 : DICOMTLS_E_NOMEM;
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

struct entry_extensions {
	struct dt_extension *list;
	size_t count;
};

/* RFC 5280 5.3.3: an issuer holds for this entry and those that follow. */
static int
decode_issuer(struct dt_crl_decoder *decoder, const struct entry_extensions *in)
{
	struct dt_span names;
	struct dt_name_list *issuer;
	int rc = DICOMTLS_E_NOMEM;
	enum dt_extension_state state = dt_extension_get(in->list, in->count,
	    dt_oid_certificate_issuer, &dt_shape_general_names, &names);

	if (state == DT_EXTENSION_IN_PIECES)
		return DICOMTLS_E_FORMAT;
	decoder->stopped = state == DT_EXTENSION_INVALID;
	if (state != DT_EXTENSION_PRESENT)
		return 0;
	issuer = calloc(1, sizeof(*issuer));
	if (issuer == NULL)
		return rc;
	if (!dt_name_list_decode(issuer, names) ||
	    (rc = dt_array_push(&decoder->crl->issuers, issuer)) < 0) {
		dt_name_list_clear(issuer);
		free(issuer);
		return rc;
	}
	decoder->issuer = issuer;
	return 0;
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

static void
decode_reason(struct dt_crl_decoder *decoder, struct dt_crl_entry *entry,
    const struct entry_extensions *in)
{
	struct dt_span reason;
	enum dt_extension_state state = dt_extension_get(in->list, in->count,
	    dt_oid_crl_reason, &dt_shape_enumerated, &reason);

	decoder->stopped = state == DT_EXTENSION_INVALID;
	entry->removed = state == DT_EXTENSION_PRESENT && is_removal(reason);
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

/*
 * An entry whose issuer or reason cannot be decoded ends the walk: the entries
 * behind it have neither, and what is critical there goes unnoticed
 * (crl_set_issuers).
 */
static int
decode_entry(struct dt_crl_decoder *decoder, struct dt_crl_entry *entry,
    const struct entry_extensions *in)
{
	int rc = decode_issuer(decoder, in);

	if (rc < 0 || decoder->stopped)
		return rc;
	entry->issuer = decoder->issuer;
	decode_reason(decoder, entry, in);
	if (!decoder->stopped && has_unhandled(in))
		decoder->crl->flags |= DT_CRL_CRITICAL;
	return 0;
}

int
dt_crl_decode_entry(struct dt_crl_decoder *decoder, struct dt_crl_entry *entry,
    struct dt_span extensions)
{
	struct entry_extensions in = { 0 };
	int rc = dt_field_extensions(extensions, &in.list, &in.count);

	if (rc == 0 && !decoder->stopped)
		rc = decode_entry(decoder, entry, &in);
	free(in.list);
	return rc;
}
