/* RSASSA-PSS: parameters and the encoding they describe; see pss.h. */
#include "x509/pss.h"

#include "base/der.h"
#include "base/limits.h"

#include <nettle/nettle-meta.h>
#include <nettle/pss-mgf1.h>

static const uint8_t oid_mgf1[] = { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1,
	8 };

/* AlgorithmIdentifier, alone in its bytes; its parameters may be unset. */
static bool
read_algorithm(
    struct dt_span in, struct dt_span *oid, struct dt_span *parameters)
{
	struct dt_der sequence, id, rest;

	if (!dt_der_take(&in, DT_DER_SEQUENCE, &sequence) || in.size != 0 ||
	    !dt_der_take(&sequence.content, DT_DER_OID, &id) ||
	    !dt_der_is_oid(id.content))
		return false;
	*oid = id.content;
	*parameters = dt_span(NULL, 0);
	if (sequence.content.size == 0)
		return true;
	if (!dt_der_next(&sequence.content, &rest) || !dt_der_is_any(&rest))
		return false;
	*parameters = rest.whole;
	return sequence.content.size == 0;
}

static bool
read_digest(struct dt_span in, enum dt_digest *digest)
{
	struct dt_span oid, ignored;

	if (!read_algorithm(in, &oid, &ignored))
		return false;
	*digest = dt_digest_find(oid);
	return *digest != DT_DIGEST_NONE;
}

static bool
read_mask(struct dt_span in, enum dt_digest *digest)
{
	struct dt_span oid, hash;

	return read_algorithm(in, &oid, &hash) &&
	       dt_span_equal(oid, dt_span(oid_mgf1, sizeof(oid_mgf1))) &&
	       read_digest(hash, digest);
}

/* OpenSSL puts ASN1_INTEGER_get, which answers -1 for what does not fit a
 * long, into an int: a salt length of 2^32 + 32 means 32. */
static bool
read_int(struct dt_span in, int *value)
{
	struct dt_der e;
	long full;

	if (!dt_der_take(&in, DT_DER_INTEGER, &e) || in.size != 0 ||
	    !dt_der_is_integer(e.content))
		return false;
	*value = dt_der_long(e.content, &full) ? (int)(int32_t)full : -1;
	return true;
}

/* Takes the optional element [number]; an absent one leaves field unset. */
static bool
take_field(struct dt_span *in, unsigned number, struct dt_span *field)
{
	uint8_t tag = (uint8_t)(DT_DER_CONTEXT_CONSTRUCTED | number);
	struct dt_der e;

	*field = dt_span(NULL, 0);
	if (!dt_der_peek(*in, tag))
		return true;
	if (!dt_der_next(in, &e))
		return false;
	*field = e.content;
	return true;
}

bool
dt_pss_decode(struct dt_pss *pss, struct dt_span parameters)
{
	struct dt_pss found = { DT_DIGEST_SHA1, DT_DIGEST_SHA1, 20, 1 };
	struct dt_span field[4];
	struct dt_der sequence;

	if (!dt_der_take(&parameters, DT_DER_SEQUENCE, &sequence) ||
	    parameters.size != 0)
		return false;
	for (unsigned i = 0; i < 4; i++) {
		if (!take_field(&sequence.content, i, &field[i]))
			return false;
	}
	if (sequence.content.size != 0 ||
	    (field[0].data && !read_digest(field[0], &found.digest)) ||
	    (field[1].data && !read_mask(field[1], &found.mask_digest)) ||
	    (field[2].data && !read_int(field[2], &found.salt_size)) ||
	    (field[3].data && !read_int(field[3], &found.trailer)))
		return false;
	*pss = found;
	return true;
}

bool
dt_pss_is_sound(const struct dt_pss *pss)
{
	return pss->salt_size >= 0 && pss->trailer == 1;
}

/* Room for the state of any digest. */
union state {
	uint64_t align;
	uint8_t bytes[512];
};

static bool
is_usable(const struct nettle_hash *hash)
{
	return hash != NULL && hash->context_size <= sizeof(union state) &&
	       hash->digest_size <= DT_DIGEST_MAX_SIZE;
}

/* RFC 8017 B.2.1, over the octets of seed. */
static void
make_mask(const struct nettle_hash *hash, struct dt_span seed,
    struct dt_span db, uint8_t *mask)
{
	union state state;

	hash->init(&state);
	hash->update(&state, seed.size, seed.data);
	pss_mgf1(&state, hash, db.size, mask);
}

/* Steps 12 and 13: the digest of eight zeros, the message's digest, salt. */
static bool
hash_matches(const struct nettle_hash *hash, const uint8_t *digest,
    struct dt_span salt, const uint8_t *expected)
{
	static const uint8_t zeros[8];
	uint8_t found[DT_DIGEST_MAX_SIZE];
	union state state;

	hash->init(&state);
	hash->update(&state, sizeof(zeros), zeros);
	hash->update(&state, hash->digest_size, digest);
	hash->update(&state, salt.size, salt.data);
	hash->digest(&state, hash->digest_size, found);
	return memcmp(found, expected, hash->digest_size) == 0;
}

/* Zeros, then 1, then the salt; at is the place of the 1. */
static bool
is_padded(const uint8_t *db, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (db[i] != 0)
			return false;
	return db[at] == 1;
}

bool
dt_pss_encodes(const struct dt_pss *pss, struct dt_span em, unsigned spare_bits,
    const uint8_t *digest)
{
	const struct nettle_hash *hash = dt_digest_hash(pss->digest);
	const struct nettle_hash *mask_hash = dt_digest_hash(pss->mask_digest);
	uint8_t data[DT_MAX_RSA_MODULUS_BITS / 8];
	size_t salt = (size_t)pss->salt_size;
	struct dt_span db, seed;

	if (!is_usable(hash) || !is_usable(mask_hash) ||
	    em.size > sizeof(data) || em.size < hash->digest_size + 2 ||
	    salt > em.size - hash->digest_size - 2 ||
	    em.data[em.size - 1] != 0xbc || em.data[0] >> (8 - spare_bits) != 0)
		return false;
	db = dt_span(em.data, em.size - hash->digest_size - 1);
	seed = dt_span(em.data + db.size, hash->digest_size);
	make_mask(mask_hash, seed, db, data);
	for (size_t i = 0; i < db.size; i++)
		data[i] ^= db.data[i];
	data[0] &= (uint8_t)(0xff >> spare_bits);
	return is_padded(data, db.size - salt - 1) &&
	       hash_matches(hash, digest, dt_span(data + db.size - salt, salt),
		   seed.data);
}
