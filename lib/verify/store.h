/*
 * Trusted certificates, sorted by subject, CRLs, sorted by issuer, and
 * intermediates in the order they were added (X509_STORE). Complete before it
 * is shared, then read-only.
 */
#ifndef DICOMTLS_VERIFY_STORE_H
#define DICOMTLS_VERIFY_STORE_H

#include "base/array.h"
#include "base/message.h"
#include "x509/cert.h"
#include "x509/crl.h"

struct dicomtls_store {
	unsigned refs;
	struct dt_array trusted; /* of struct dt_cert *, sorted by subject;
				  * equal subjects in the order of adding */
	struct dt_array untrusted;
	struct dt_array crls; /* of struct dt_crl *, sorted by issuer; equal
			       * issuers in the order of adding */
	struct dt_message message;
};

/* The run of anchors with this subject: index of the first and their count.
 * store may be NULL. */
size_t dt_store_find(const struct dicomtls_store *store,
    const struct dt_name *subject, size_t *count);

/* The run of CRLs of this issuer, likewise. */
size_t dt_store_find_crls(const struct dicomtls_store *store,
    const struct dt_name *issuer, size_t *count);

static inline struct dt_cert *
dt_store_trusted(const struct dicomtls_store *store, size_t index)
{
	return store->trusted.items[index];
}

#endif
