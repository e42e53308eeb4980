/*
 * Message digests: those OpenSSL knows by OID, with their sizes, and how we
 * compute those that its default provider verifies signatures with.
 */
#ifndef DICOMTLS_X509_DIGEST_H
#define DICOMTLS_X509_DIGEST_H

#include "base/span.h"

struct nettle_hash;

enum dt_digest {
	DT_DIGEST_NONE = 0,
	DT_DIGEST_MD2,
	DT_DIGEST_MD4,
	DT_DIGEST_MD5,
	DT_DIGEST_MDC2,
	DT_DIGEST_RIPEMD160,
	DT_DIGEST_SHA0,
	DT_DIGEST_SHA1,
	DT_DIGEST_SHA224,
	DT_DIGEST_SHA256,
	DT_DIGEST_SHA384,
	DT_DIGEST_SHA512,
	DT_DIGEST_SHA512_224,
	DT_DIGEST_SHA512_256,
	DT_DIGEST_SHA3_224,
	DT_DIGEST_SHA3_256,
	DT_DIGEST_SHA3_384,
	DT_DIGEST_SHA3_512,
	DT_DIGEST_SHAKE128,
	DT_DIGEST_SHAKE256,
	DT_DIGEST_BLAKE2B512,
	DT_DIGEST_BLAKE2S256,
	DT_DIGEST_SM3,
	DT_DIGEST_WHIRLPOOL,
	DT_DIGEST_GOST94,
	DT_DIGEST_COUNT
};

/* oid: contents octets; DT_DIGEST_NONE if EVP_get_digestbyobj has none. */
enum dt_digest dt_digest_find(struct dt_span oid);

/* Contents octets; for a digest that dt_digest_find answers. */
struct dt_span dt_digest_oid(enum dt_digest digest);

/* Octets; 0 for a digest OpenSSL is built without. */
int dt_digest_size(enum dt_digest digest);

/* NULL where signatures with this digest cannot be verified. */
const struct nettle_hash *dt_digest_hash(enum dt_digest digest);

#define DT_DIGEST_MAX_SIZE 64

/* Digest of data; hash->digest_size octets, at most DT_DIGEST_MAX_SIZE. */
bool dt_digest_compute(
    enum dt_digest digest, struct dt_span data, uint8_t *out);

#endif
