/*
 * Signatures that were found valid, remembered: whether a signature is valid
 * depends on nothing but the key, the algorithm, the signed octets and the
 * signature, so that it need not be computed twice. What does depend on time,
 * on the question or on the path is not here.
 *
 * Only valid ones are remembered, each as a SHA-256 over all four; nobody can
 * have a forged one taken for valid, nor push others out with it.
 */
#ifndef DICOMTLS_X509_SIGNATURE_CACHE_H
#define DICOMTLS_X509_SIGNATURE_CACHE_H

#include "x509/signature.h"

#include "dicomtls.h"

#define DT_SHA256_SIZE 32

/* A signed object: certificate or CRL. */
struct dt_signed {
	struct dt_span algorithm; /* outer AlgorithmIdentifier, whole element */
	struct dt_span data;	  /* the signed part */
	struct dt_span bits;	  /* of the signature's BIT STRING */
	unsigned unused;	  /* bits of it */
};

/*
 * The cache of the process, for those who make params anew for every peer. The
 * first caller says how many entries it has and it stays until the process
 * ends; who asks for another number gets a cache for himself. One reference,
 * or DICOMTLS_E_*.
 */
int dt_signature_cache_share(
    struct dicomtls_signature_cache **cache, unsigned entries);

/* What an object and the key it is verified with are known by. */
void dt_signature_cache_key(
    uint8_t *out, const struct dt_key *key, const struct dt_signed *object);

/* dt_signature_verify is VALID. cache may be NULL: nothing is remembered. */
bool dt_signature_cache_verify(struct dicomtls_signature_cache *cache,
    const struct dt_key *key, const struct dt_signed *object);

#endif
