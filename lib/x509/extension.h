/* Extensions of a certificate (RFC 5280 4.2): the undecoded list and the OIDs
 * that the engine knows. */
#ifndef DICOMTLS_X509_EXTENSION_H
#define DICOMTLS_X509_EXTENSION_H

#include "base/span.h"
#include "x509/shape.h"

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
    dt_oid_as_ids, dt_oid_ns_cert_type, dt_oid_ocsp_no_check, dt_oid_crl_number,
    dt_oid_crl_reason, dt_oid_delta_crl, dt_oid_issuing_point,
    dt_oid_certificate_issuer;

enum dt_extension_state {
	DT_EXTENSION_IN_PIECES = -2, /* OpenSSL reads it, we do not */
	DT_EXTENSION_INVALID = -1,   /* twice, or not of its shape */
	DT_EXTENSION_ABSENT = 0,
	DT_EXTENSION_PRESENT = 1
};

/* Finds an extension and checks its shape (X509V3_get_d2i): content receives
 * what is inside its outer element if it is there once and fits. */
enum dt_extension_state dt_extension_get(const struct dt_extension *list,
    size_t count, struct dt_span oid, const struct dt_shape *shape,
    struct dt_span *content);

/* Decodes what OpenSSL caches (flags, usages, identifiers) into cert, whose
 * extension list, names and key are already set. */
void dt_extensions_decode(struct dt_cert *cert);

#endif
