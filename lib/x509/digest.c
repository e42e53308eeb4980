/*
 * The table of digests; see digest.h. Old digests are listed because a path
 * is judged by the strength of its signatures even where none can be
 * verified.
 */
#include "x509/digest.h"

#include <nettle/nettle-meta.h>

struct entry {
	struct dt_span oid;
	int size;
	const struct nettle_hash *hash;
};

#define OID(text)                                                              \
	{                                                                      \
		(const uint8_t *)(text), sizeof(text) - 1                      \
	}
#define RSADSI "\x2a\x86\x48\x86\xf7\x0d\x02"	      /* 1.2.840.113549.2 */
#define NIST "\x60\x86\x48\x01\x65\x03\x04\x02"	      /* 2.16.840.1.101.3.4.2 */
#define BLAKE2 "\x2b\x06\x01\x04\x01\x8d\x3a\x0c\x02" /* 1.3.6.1.4.1.1722.. */

static const struct entry table[DT_DIGEST_COUNT] = {
	[DT_DIGEST_MD4] = { OID(RSADSI "\x04"), 16, NULL },
	[DT_DIGEST_MD5] = { OID(RSADSI "\x05"), 16, &nettle_md5 },
	[DT_DIGEST_RIPEMD160] = { OID("\x2b\x24\x03\x02\x01"), 20,
	    &nettle_ripemd160 },
	[DT_DIGEST_SHA1] = { OID("\x2b\x0e\x03\x02\x1a"), 20, &nettle_sha1 },
	[DT_DIGEST_SHA224] = { OID(NIST "\x04"), 28, &nettle_sha224 },
	[DT_DIGEST_SHA256] = { OID(NIST "\x01"), 32, &nettle_sha256 },
	[DT_DIGEST_SHA384] = { OID(NIST "\x02"), 48, &nettle_sha384 },
	[DT_DIGEST_SHA512] = { OID(NIST "\x03"), 64, &nettle_sha512 },
	[DT_DIGEST_SHA512_224] = { OID(NIST "\x05"), 28, &nettle_sha512_224 },
	[DT_DIGEST_SHA512_256] = { OID(NIST "\x06"), 32, &nettle_sha512_256 },
	[DT_DIGEST_SHA3_224] = { OID(NIST "\x07"), 28, &nettle_sha3_224 },
	[DT_DIGEST_SHA3_256] = { OID(NIST "\x08"), 32, &nettle_sha3_256 },
	[DT_DIGEST_SHA3_384] = { OID(NIST "\x09"), 48, &nettle_sha3_384 },
	[DT_DIGEST_SHA3_512] = { OID(NIST "\x0a"), 64, &nettle_sha3_512 },
	[DT_DIGEST_SHAKE128] = { OID(NIST "\x0b"), 16, NULL },
	[DT_DIGEST_SHAKE256] = { OID(NIST "\x0c"), 32, NULL },
	[DT_DIGEST_BLAKE2B512] = { OID(BLAKE2 "\x01\x10"), 64, NULL },
	[DT_DIGEST_BLAKE2S256] = { OID(BLAKE2 "\x02\x08"), 32, NULL },
	[DT_DIGEST_SM3] = { OID("\x2a\x81\x1c\xcf\x55\x01\x83\x11"), 32, NULL },
	[DT_DIGEST_WHIRLPOOL] = { OID("\x28\xcf\x06\x03\x00\x37"), 64, NULL },
};

#define PKCS1 "\x2a\x86\x48\x86\xf7\x0d\x01\x01" /* 1.2.840.113549.1.1 */
#define NIST_RSA "\x60\x86\x48\x01\x65\x03\x04\x03"

/* OpenSSL also knows a digest by the name of the RSA signature made with it
 * (EVP_add_digest). */
static const struct {
	struct dt_span oid;
	enum dt_digest digest;
} aliases[] = {
	{ OID(PKCS1 "\x03"), DT_DIGEST_MD4 },
	{ OID(PKCS1 "\x04"), DT_DIGEST_MD5 },
	{ OID(PKCS1 "\x05"), DT_DIGEST_SHA1 },
	{ OID("\x2b\x0e\x03\x02\x1d"), DT_DIGEST_SHA1 },
	{ OID(PKCS1 "\x0b"), DT_DIGEST_SHA256 },
	{ OID(PKCS1 "\x0c"), DT_DIGEST_SHA384 },
	{ OID(PKCS1 "\x0d"), DT_DIGEST_SHA512 },
	{ OID(PKCS1 "\x0e"), DT_DIGEST_SHA224 },
	{ OID(PKCS1 "\x0f"), DT_DIGEST_SHA512_224 },
	{ OID(PKCS1 "\x10"), DT_DIGEST_SHA512_256 },
	{ OID(NIST_RSA "\x0d"), DT_DIGEST_SHA3_224 },
	{ OID(NIST_RSA "\x0e"), DT_DIGEST_SHA3_256 },
	{ OID(NIST_RSA "\x0f"), DT_DIGEST_SHA3_384 },
	{ OID(NIST_RSA "\x10"), DT_DIGEST_SHA3_512 },
	{ OID("\x2b\x24\x03\x03\x01\x02"), DT_DIGEST_RIPEMD160 },
	{ OID("\x2a\x81\x1c\xcf\x55\x01\x83\x78"), DT_DIGEST_SM3 },
};

enum dt_digest
dt_digest_find(struct dt_span oid)
{
	for (int i = DT_DIGEST_NONE + 1; i < DT_DIGEST_COUNT; i++) {
		if (table[i].size != 0 && dt_span_equal(table[i].oid, oid))
			return (enum dt_digest)i;
	}
	for (size_t i = 0; i < sizeof(aliases) / sizeof(aliases[0]); i++) {
		if (dt_span_equal(aliases[i].oid, oid))
			return aliases[i].digest;
	}
	return DT_DIGEST_NONE;
}

struct dt_span
dt_digest_oid(enum dt_digest digest)
{
	return table[digest].oid;
}

int
dt_digest_size(enum dt_digest digest)
{
	return table[digest].size;
}

const struct nettle_hash *
dt_digest_hash(enum dt_digest digest)
{
	return table[digest].hash;
}

/* Room for the state of any of them. */
union state {
	uint64_t align;
	uint8_t bytes[512];
};

bool
dt_digest_compute(enum dt_digest digest, struct dt_span data, uint8_t *out)
{
	const struct nettle_hash *hash = table[digest].hash;
	union state state;

	if (hash == NULL || hash->context_size > sizeof(state) ||
	    hash->digest_size > DT_DIGEST_MAX_SIZE)
		return false;
	hash->init(&state);
	hash->update(&state, data.size, data.data);
	hash->digest(&state, hash->digest_size, out);
	return true;
}
