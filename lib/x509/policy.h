/*
 * What a certificate says about policies (RFC 5280 4.2.1.4, 4.2.1.5,
 * 4.2.1.11, 4.2.1.14), decoded once and shaped for the policy graph: policies
 * and mappings in one sorted list.
 */
#ifndef DICOMTLS_X509_POLICY_H
#define DICOMTLS_X509_POLICY_H

#include "base/span.h"

struct dt_cert;

/* One policy other than anyPolicy: listed, or mapped from anyPolicy. */
struct dt_policy {
	struct dt_span oid;
	struct dt_span *expected; /* what it is mapped to: sorted, distinct,
				   * borrowed from dt_policies.expected */
	size_t expected_count;	  /* 0: not mapped */

	/* Not listed, and named by exactly one mapping. Where the next
	 * certificate's anyPolicy has to stand in for it, the reference
	 * carries it on under its own OID and not under the one it is mapped
	 * to (it has the flag MAPPED_ANY but not MAPPED). */
	bool carried_unmapped;
};

struct dt_policies {
	bool is_listed; /* certificatePolicies with one policy at least */
	bool has_any;	/* anyPolicy is among them */
	struct dt_policy *items; /* sorted by OID, distinct */
	size_t count;
	struct dt_span *expected; /* what items are mapped to */

	/* Skip counts, -1: none. */
	long require_explicit;
	long inhibit_mapping;
	long inhibit_any;
};

extern const struct dt_span dt_oid_any_policy; /* 2.5.29.32.0 */

/* Decodes the four extensions of cert. What is wrong with them sets
 * DT_CERT_INVALID_POLICY; 0 or DICOMTLS_E_NOMEM. */
int dt_policies_decode(struct dt_cert *cert);

/* The policy with this OID, NULL if there is none. */
const struct dt_policy *dt_policies_find(
    const struct dt_policies *policies, struct dt_span oid);

#endif
