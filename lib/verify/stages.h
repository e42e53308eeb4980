/*
 * The stages of a verification, in the reference's order (OpenSSL's
 * verify_chain), and one of our own at the end. Each judges the whole path and
 * reports as it goes.
 */
#ifndef DICOMTLS_VERIFY_STAGES_H
#define DICOMTLS_VERIFY_STAGES_H

#include "verify/verify.h"

/* check_extensions.c: RFC 5280 6.1.4 (h)-(o), CA bits, purposes, lengths. */
enum dt_outcome dt_check_extensions(struct dt_verify *v);
/* check_level.c: strength of keys and digests. */
enum dt_outcome dt_check_leaf_key_level(struct dt_verify *v);
enum dt_outcome dt_check_levels(struct dt_verify *v);
/* check_identity.c: host, e-mail and address of the peer. */
enum dt_outcome dt_check_identity(struct dt_verify *v);
/* check_revocation.c: CRLs. */
enum dt_outcome dt_check_revocation(struct dt_verify *v);
/* check_signatures.c: keys, signatures and dates, anchor first. */
enum dt_outcome dt_check_keys(struct dt_verify *v);
enum dt_outcome dt_check_signatures(struct dt_verify *v);
/* check_names.c: name constraints, names of proxy certificates. */
enum dt_outcome dt_check_names(struct dt_verify *v);
/* check_suiteb.c: algorithms, levels of security (RFC 5759, RFC 6460). */
enum dt_outcome dt_check_suiteb(struct dt_verify *v);
/* check_resources.c: IP addresses and AS numbers (RFC 3779). */
enum dt_outcome dt_check_resources(struct dt_verify *v);
/* check_policy.c: RFC 5280 6.1.2-6.1.5, policies. */
enum dt_outcome dt_check_policy(struct dt_verify *v);
/* check_opinion.c: what GnuTLS finds beyond all that, if asked. */
enum dt_outcome dt_check_opinion(struct dt_verify *v);

/* Runs them all. */
enum dt_outcome dt_stages_run(struct dt_verify *v);

#endif
