/*
 * Extensions (RFC 5280 4.2, RFC 3779, RFC 3820, Netscape): decodes what
 * OpenSSL's ossl_x509v3_cache_extensions decodes, in its order. An extension
 * that appears twice or does not fit its shape makes the certificate
 * DT_CERT_INVALID; nothing here judges a certificate.
 */
#include "x509/extension.h"

#include "base/der.h"
#include "x509/cert.h"
#include "x509/shape.h"
#include "x509/signature.h"

#include "dicomtls.h"

#include <limits.h>

#define OID(name, ...)                                                         \
	static const uint8_t name##_bytes[] = { __VA_ARGS__ };                 \
	const struct dt_span name = { name##_bytes, sizeof(name##_bytes) }

/* id-ce, 2.5.29 */
OID(dt_oid_subject_key_id, 0x55, 0x1d, 0x0e);
OID(dt_oid_key_usage, 0x55, 0x1d, 0x0f);
OID(dt_oid_subject_alt_name, 0x55, 0x1d, 0x11);
OID(dt_oid_issuer_alt_name, 0x55, 0x1d, 0x12);
OID(dt_oid_basic_constraints, 0x55, 0x1d, 0x13);
OID(dt_oid_crl_number, 0x55, 0x1d, 0x14);
OID(dt_oid_crl_reason, 0x55, 0x1d, 0x15);
OID(dt_oid_delta_crl, 0x55, 0x1d, 0x1b);
OID(dt_oid_issuing_point, 0x55, 0x1d, 0x1c);
OID(dt_oid_certificate_issuer, 0x55, 0x1d, 0x1d);
OID(dt_oid_name_constraints, 0x55, 0x1d, 0x1e);
OID(dt_oid_crl_distribution_points, 0x55, 0x1d, 0x1f);
OID(dt_oid_policies, 0x55, 0x1d, 0x20);
OID(dt_oid_policy_mappings, 0x55, 0x1d, 0x21);
OID(dt_oid_authority_key_id, 0x55, 0x1d, 0x23);
OID(dt_oid_policy_constraints, 0x55, 0x1d, 0x24);
OID(dt_oid_ext_key_usage, 0x55, 0x1d, 0x25);
OID(dt_oid_freshest_crl, 0x55, 0x1d, 0x2e);
OID(dt_oid_inhibit_any_policy, 0x55, 0x1d, 0x36);
/* id-pe, 1.3.6.1.5.5.7.1 */
OID(dt_oid_ip_addr_blocks, 0x2b, 6, 1, 5, 5, 7, 1, 7);
OID(dt_oid_as_ids, 0x2b, 6, 1, 5, 5, 7, 1, 8);
OID(dt_oid_proxy_cert_info, 0x2b, 6, 1, 5, 5, 7, 1, 14);
/* id-pkix-ocsp-nocheck, 1.3.6.1.5.5.7.48.1.5 */
OID(dt_oid_ocsp_no_check, 0x2b, 6, 1, 5, 5, 7, 0x30, 1, 5);
/* 2.16.840.1.113730.1.1 */
OID(dt_oid_ns_cert_type, 0x60, 0x86, 0x48, 1, 0x86, 0xf8, 0x42, 1, 1);

/* Extended key usages, id-kp is 1.3.6.1.5.5.7.3. */
OID(eku_server_auth, 0x2b, 6, 1, 5, 5, 7, 3, 1);
OID(eku_client_auth, 0x2b, 6, 1, 5, 5, 7, 3, 2);
OID(eku_code_sign, 0x2b, 6, 1, 5, 5, 7, 3, 3);
OID(eku_email_protect, 0x2b, 6, 1, 5, 5, 7, 3, 4);
OID(eku_time_stamp, 0x2b, 6, 1, 5, 5, 7, 3, 8);
OID(eku_ocsp_sign, 0x2b, 6, 1, 5, 5, 7, 3, 9);
OID(eku_dvcs, 0x2b, 6, 1, 5, 5, 7, 3, 10);
OID(eku_any, 0x55, 0x1d, 0x25, 0);
OID(eku_ms_sgc, 0x2b, 6, 1, 4, 1, 0x82, 0x37, 10, 3, 3);
OID(eku_ns_sgc, 0x60, 0x86, 0x48, 1, 0x86, 0xf8, 0x42, 4, 1);

static const struct {
	const struct dt_span *oid;
	uint32_t bit;
} extended_usages[] = {
	{ &eku_server_auth, DT_XKU_SSL_SERVER },
	{ &eku_client_auth, DT_XKU_SSL_CLIENT },
	{ &eku_code_sign, DT_XKU_CODE_SIGN },
	{ &eku_email_protect, DT_XKU_SMIME },
	{ &eku_time_stamp, DT_XKU_TIMESTAMP },
	{ &eku_ocsp_sign, DT_XKU_OCSP_SIGN },
	{ &eku_dvcs, DT_XKU_DVCS },
	{ &eku_any, DT_XKU_ANYEKU },
	{ &eku_ms_sgc, DT_XKU_SGC },
	{ &eku_ns_sgc, DT_XKU_SGC },
};

/* Extensions that verification handles: others, if critical, set
 * DT_CERT_CRITICAL (X509_supported_extension). A critical key identifier is
 * not among them. */
static const struct {
	const struct dt_span *oid;
	uint32_t flag_if_critical;
} supported[] = {
	{ &dt_oid_ns_cert_type, 0 },
	{ &dt_oid_key_usage, 0 },
	{ &dt_oid_subject_alt_name, DT_CERT_SAN_CRITICAL },
	{ &dt_oid_basic_constraints, DT_CERT_BCONS_CRITICAL },
	{ &dt_oid_policies, 0 },
	{ &dt_oid_crl_distribution_points, 0 },
	{ &dt_oid_ext_key_usage, 0 },
	{ &dt_oid_ip_addr_blocks, 0 },
	{ &dt_oid_as_ids, 0 },
	{ &dt_oid_ocsp_no_check, 0 },
	{ &dt_oid_policy_constraints, 0 },
	{ &dt_oid_proxy_cert_info, 0 },
	{ &dt_oid_name_constraints, 0 },
	{ &dt_oid_policy_mappings, 0 },
	{ &dt_oid_inhibit_any_policy, 0 },
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

enum dt_extension_state
dt_extension_get(const struct dt_extension *list, size_t count,
    struct dt_span oid, const struct dt_shape *shape, struct dt_span *content)
{
	const struct dt_extension *found = NULL;

	for (size_t i = 0; i < count; i++) {
		if (!dt_span_equal(list[i].oid, oid))
			continue;
		if (found != NULL)
			return DT_EXTENSION_INVALID;
		found = &list[i];
	}
	if (found == NULL)
		return DT_EXTENSION_ABSENT;
	if (dt_shape_fits(shape, found->value, content))
		return DT_EXTENSION_PRESENT;
	return dt_shape_fits_in_pieces(shape, found->value)
		   ? DT_EXTENSION_IN_PIECES
		   : DT_EXTENSION_INVALID;
}

/* True and the contents of an extension that is there. One that is there but
 * cannot be decoded makes the certificate invalid. */
static bool
get(struct dt_cert *cert, struct dt_span oid, const struct dt_shape *shape,
    struct dt_span *content)
{
	enum dt_extension_state state = dt_extension_get(
	    cert->extensions, cert->extension_count, oid, shape, content);

	if (state < 0)
		cert->flags |= DT_CERT_INVALID;
	if (state == DT_EXTENSION_IN_PIECES)
		cert->in_pieces = true;
	return state == DT_EXTENSION_PRESENT;
}

/* ASN1_INTEGER_get: what does not fit a long is -1. */
static long
integer_or_minus_one(struct dt_span content)
{
	long value;

	return dt_der_long(content, &value) ? value : -1;
}

static void
decode_basic_constraints(struct dt_cert *cert)
{
	struct dt_span in;
	struct dt_der part;

	cert->pathlen = -1;
	if (!get(cert, dt_oid_basic_constraints, &dt_shape_basic_constraints,
		&in))
		return;
	cert->flags |= DT_CERT_BCONS;
	if (dt_der_take(&in, DT_DER_BOOLEAN, &part) &&
	    part.content.data[0] != 0)
		cert->flags |= DT_CERT_CA;
	if (!dt_der_take(&in, DT_DER_INTEGER, &part))
		return;
	if ((part.content.data[0] & 0x80) != 0)
		cert->flags |= DT_CERT_INVALID;
	else
		cert->pathlen = integer_or_minus_one(part.content);
}

static void
decode_proxy_cert_info(struct dt_cert *cert)
{
	struct dt_span in;
	struct dt_der part;

	cert->proxy_pathlen = -1;
	if (!get(cert, dt_oid_proxy_cert_info, &dt_shape_proxy_cert_info, &in))
		return;
	cert->flags |= DT_CERT_PROXY;
	if ((cert->flags & DT_CERT_CA) != 0 ||
	    dt_cert_find_extension(cert, dt_oid_subject_alt_name) != NULL ||
	    dt_cert_find_extension(cert, dt_oid_issuer_alt_name) != NULL)
		cert->flags |= DT_CERT_INVALID;
	if (dt_der_take(&in, DT_DER_INTEGER, &part))
		cert->proxy_pathlen = integer_or_minus_one(part.content);
}

static void
decode_key_usage(struct dt_cert *cert)
{
	struct dt_span content;

	if (!get(cert, dt_oid_key_usage, &dt_shape_bit_string, &content))
		return;
	cert->flags |= DT_CERT_KUSAGE;
	cert->kusage = dt_der_flags(content);
	/* RFC 5280 4.2.1.3: at least one bit is set. */
	if (cert->kusage == 0)
		cert->flags |= DT_CERT_INVALID;
}

static void
decode_ext_key_usage(struct dt_cert *cert)
{
	struct dt_span in;
	struct dt_der oid;

	if (!get(cert, dt_oid_ext_key_usage, &dt_shape_oids, &in))
		return;
	cert->flags |= DT_CERT_XKUSAGE;
	while (dt_der_next(&in, &oid))
		for (size_t i = 0; i < COUNT(extended_usages); i++)
			if (dt_span_equal(oid.content, *extended_usages[i].oid))
				cert->xkusage |= extended_usages[i].bit;
}

static void
decode_ns_cert_type(struct dt_cert *cert)
{
	struct dt_span content;

	if (!get(cert, dt_oid_ns_cert_type, &dt_shape_bit_string, &content))
		return;
	cert->flags |= DT_CERT_NSCERT;
	cert->nscert = dt_der_flags(content) & 0xff;
}

static void
decode_key_identifiers(struct dt_cert *cert)
{
	struct dt_span content;

	(void)get(
	    cert, dt_oid_subject_key_id, &dt_shape_octet_string, &cert->skid);
	if (get(cert, dt_oid_authority_key_id, &dt_shape_authority_key_id,
		&content) &&
	    !dt_akid_decode(&cert->arena, &cert->akid, content))
		cert->flags |= DT_CERT_INVALID;
}

/* Self-signed is a guess from names and identifiers; the signature is not
 * tried. */
static void
decode_self_issued(struct dt_cert *cert)
{
	if (dt_name_compare(&cert->subject, &cert->issuer) != 0)
		return;
	cert->flags |= DT_CERT_SELF_ISSUED;
	if (dt_akid_matches(&cert->akid, cert) &&
	    dt_signature_matches_key(cert->signature_algorithm_tbs, &cert->key))
		cert->flags |= DT_CERT_SELF_SIGNED;
}

static void
decode_distribution_points(struct dt_cert *cert)
{
	struct dt_span content;

	if (get(cert, dt_oid_crl_distribution_points,
		&dt_shape_distribution_points, &content) &&
	    !dt_distribution_points_decode(
		&cert->arena, &cert->points, content, &cert->issuer))
		cert->flags |= DT_CERT_INVALID;
}

static void
decode_names(struct dt_cert *cert)
{
	struct dt_span content;

	cert->has_san = get(
	    cert, dt_oid_subject_alt_name, &dt_shape_general_names, &cert->san);
	cert->has_name_constraints = get(cert, dt_oid_name_constraints,
	    &dt_shape_name_constraints, &content);
	if (cert->has_name_constraints &&
	    dt_subtrees_parse(&cert->arena, &cert->name_constraints, content) <
		0)
		cert->flags |= DT_CERT_INVALID;
}

static void
decode_resources(struct dt_cert *cert)
{
	(void)get(cert, dt_oid_ip_addr_blocks, &dt_shape_ip_addr_blocks,
	    &cert->address_blocks);
	(void)get(cert, dt_oid_as_ids, &dt_shape_as_ids, &cert->as_ids);
}

static bool
find_supported(struct dt_span oid, uint32_t *flag)
{
	for (size_t i = 0; i < COUNT(supported); i++) {
		if (!dt_span_equal(oid, *supported[i].oid))
			continue;
		*flag = supported[i].flag_if_critical;
		return true;
	}
	return false;
}

/* Stops at the first unhandled one, as the reference does: the flags of later
 * ones are not set then. */
static void
decode_criticality(struct dt_cert *cert)
{
	for (size_t i = 0; i < cert->extension_count; i++) {
		const struct dt_extension *e = &cert->extensions[i];
		uint32_t flag;

		if (dt_span_equal(e->oid, dt_oid_freshest_crl))
			cert->flags |= DT_CERT_FRESHEST;
		if (!e->critical)
			continue;
		if (!find_supported(e->oid, &flag)) {
			cert->flags |= DT_CERT_CRITICAL;
			return;
		}
		cert->flags |= flag;
	}
}

void
dt_extensions_decode(struct dt_cert *cert)
{
	if (cert->version == 0)
		cert->flags |= DT_CERT_V1;
	decode_basic_constraints(cert);
	decode_proxy_cert_info(cert);
	decode_key_usage(cert);
	decode_ext_key_usage(cert);
	decode_ns_cert_type(cert);
	decode_key_identifiers(cert);
	decode_self_issued(cert);
	decode_names(cert);
	decode_distribution_points(cert);
	decode_resources(cert);
	decode_criticality(cert);
}
