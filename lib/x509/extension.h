/* Extensions of a certificate (RFC 5280 4.2): the undecoded list and the OIDs
 * that the engine knows. */
#ifndef DICOMTLS_X509_EXTENSION_H
#define DICOMTLS_X509_EXTENSION_H

#include "base/span.h"

struct dt_cert;
struct dt_shape;

struct dt_extension {
	struct dt_span oid; /* contents octets */
	bool critical;
	struct dt_span value; /* contents of the OCTET STRING */
};

/* Contents octets of the OIDs of RFC 5280, RFC 3779, RFC 3820, Netscape. */
extern const struct dt_span dt_oid_basic_constraints, dt_oid_key_usage,
    dt_oid_ext_key_usage, dt_oid_subject_key_id, dt_oid_authority_key_id,
    dt_oid_subject_alt_name, dt_oid_issuer_alt_name, dt_oid_name_constraints,
    dt_oid_policies, dt_oid_policy_mappings, dt_oid_policy_constraints,
    dt_oid_inhibit_any_policy, dt_oid_crl_distribution_points,
    dt_oid_freshest_crl, dt_oid_proxy_cert_info, dt_oid_ip_addr_blocks,
    dt_oid_as_ids, dt_oid_ns_cert_type, dt_oid_ocsp_no_check;

/* Contents of an extension that is there once and fits its shape: 1. Absent:
 * 0. Twice or misshapen: DICOMTLS_E_FORMAT. (X509_get_ext_d2i) */
int dt_extension_get(const struct dt_cert *cert, struct dt_span oid,
    const struct dt_shape *shape, struct dt_span *content);

/* Decodes what OpenSSL caches (flags, usages, identifiers) into cert, whose
 * extension list, names and key are already set. */
void dt_extensions_decode(struct dt_cert *cert);

#endif
