/*
 * Trusted certificates, found by subject, CRLs, found by issuer, and
 * intermediates in the order they were added (X509_STORE). Complete before it
 * is shared, then read-only.
 */
#ifndef DICOMTLS_VERIFY_STORE_H
#define DICOMTLS_VERIFY_STORE_H

#include "base/array.h"
#include "base/groups.h"
#include "base/message.h"
#include "x509/cert.h"
#include "x509/crl.h"

/* Objects in the order they were added, none of them twice. */
struct dt_shelf {
	struct dt_array all;
	struct dt_groups by_name;
	struct dt_groups by_identity;
};

struct dicomtls_store {
	unsigned refs;
	struct dt_shelf trusted; /* of struct dt_cert */
	struct dt_array untrusted;
	struct dt_shelf crls; /* of struct dt_crl */
	struct dt_message message;
};

/* The anchors (struct dt_cert) with this subject, in the order they were added.
 * store may be NULL. */
struct dt_run dt_store_find(
    const struct dicomtls_store *store, const struct dt_name *subject);

/* The CRLs (struct dt_crl) of this issuer, likewise. */
struct dt_run dt_store_find_crls(
    const struct dicomtls_store *store, const struct dt_name *issuer);

#endif
