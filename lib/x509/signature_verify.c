/*
 * Verifies one signature, as OpenSSL's ASN1_item_verify_ctx does.
 *
 * DSA, ECDSA and EdDSA go to GnuTLS with its own judgement of algorithms
 * switched off: security levels are the engine's business. Keys are handed
 * over as numbers, so that encodings GnuTLS does not take do not matter. RSA
 * is put together from GMP and nettle's digests: GnuTLS has neither RIPEMD-160
 * nor PSS with SHA-1, with all salt lengths or with masks made with another
 * digest than the message's.
 *
 * Unsupported: curves GnuTLS does not have or a policy switched off, SM2.
 */
#include "x509/signature.h"

#include "base/der.h"
#include "base/limits.h"
#include "x509/signature_algorithm.h"

#include <gmp.h>
#include <gnutls/abstract.h>

/* One verification. */
struct job {
	const struct dt_key *key;
	enum dt_digest digest;
	struct dt_span parameters; /* of the algorithm identifier */
	struct dt_span data;
	struct dt_span bits;
};

static const unsigned verify_flags =
    GNUTLS_VERIFY_ALLOW_BROKEN | GNUTLS_VERIFY_ALLOW_SIGN_WITH_SHA1;

struct sign_row {
	enum dt_digest digest;
	gnutls_sign_algorithm_t dsa;
	gnutls_sign_algorithm_t ecdsa;
};

static const struct sign_row sign_rows[] = {
	{ DT_DIGEST_SHA1, GNUTLS_SIGN_DSA_SHA1, GNUTLS_SIGN_ECDSA_SHA1 },
	{ DT_DIGEST_SHA224, GNUTLS_SIGN_DSA_SHA224, GNUTLS_SIGN_ECDSA_SHA224 },
	{ DT_DIGEST_SHA256, GNUTLS_SIGN_DSA_SHA256, GNUTLS_SIGN_ECDSA_SHA256 },
	{ DT_DIGEST_SHA384, 0, GNUTLS_SIGN_ECDSA_SHA384 },
	{ DT_DIGEST_SHA512, 0, GNUTLS_SIGN_ECDSA_SHA512 },
};

static gnutls_sign_algorithm_t
find_sign(const struct job *job)
{
	for (size_t i = 0; i < sizeof(sign_rows) / sizeof(sign_rows[0]); i++) {
		const struct sign_row *row = &sign_rows[i];

		if (row->digest == job->digest)
			return job->key->type == DT_KEY_DSA ? row->dsa
							    : row->ecdsa;
	}
	return GNUTLS_SIGN_UNKNOWN;
}

static gnutls_datum_t
datum(struct dt_span bytes)
{
	return (gnutls_datum_t){ (unsigned char *)(uintptr_t)bytes.data,
		(unsigned)bytes.size };
}

/* pubkey holds the key, imported is what the import returned. */
static enum dt_signature_verdict
judge(const struct job *job, gnutls_pubkey_t pubkey, int imported,
    gnutls_sign_algorithm_t sign)
{
	gnutls_datum_t data = datum(job->data), bits = datum(job->bits);

	if (imported < 0 || sign == GNUTLS_SIGN_UNKNOWN)
		return DT_SIGNATURE_UNSUPPORTED;
	return gnutls_pubkey_verify_data2(
		   pubkey, sign, verify_flags, &data, &bits) >= 0
		   ? DT_SIGNATURE_VALID
		   : DT_SIGNATURE_INVALID;
}

static bool
is_odd(struct dt_span number)
{
	return number.size > 0 && (number.data[number.size - 1] & 1) != 0;
}

/* a < b as unsigned numbers without leading zeros. */
static bool
is_below(struct dt_span a, struct dt_span b)
{
	if (a.size != b.size)
		return a.size < b.size;
	return memcmp(a.data, b.data, a.size) < 0;
}

/* rsa_ossl_public_decrypt: limits on the cost, and an odd modulus above the
 * exponent. */
static bool
is_usable_rsa(const struct dt_key *key)
{
	struct dt_span n = key->numbers[0], e = key->numbers[1];

	return dt_key_is_affordable(key) && is_odd(n) && is_below(e, n);
}

/* RSAVP1 (RFC 8017 5.2.2) with the modulus' number of octets, or false. A
 * signature shorter than the modulus is taken as padded, as OpenSSL does. */
static bool
recover(const struct dt_key *key, struct dt_span bits, uint8_t *out)
{
	struct dt_span n_octets = key->numbers[0], e_octets = key->numbers[1];
	mpz_t n, e, s;
	bool good;

	mpz_inits(n, e, s, NULL);
	mpz_import(n, n_octets.size, 1, 1, 0, 0, n_octets.data);
	mpz_import(e, e_octets.size, 1, 1, 0, 0, e_octets.data);
	mpz_import(s, bits.size, 1, 1, 0, 0, bits.data);
	good = mpz_cmp(s, n) < 0;
	if (good) {
		size_t used;

		mpz_powm(s, s, e, n);
		used = (mpz_sizeinbase(s, 2) + 7) / 8;
		memset(out, 0, n_octets.size);
		mpz_export(out + n_octets.size - used, NULL, 1, 1, 0, 0, s);
	}
	mpz_clears(n, e, s, NULL);
	return good;
}

/* DigestInfo (RFC 8017 A.2.4) with NULL parameters, which OpenSSL insists on;
 * 19 octets are enough in front of any digest. */
#define MAX_DIGEST_INFO (19 + DT_DIGEST_MAX_SIZE)

static size_t
make_digest_info(const struct job *job, uint8_t *out)
{
	struct dt_span oid = dt_digest_oid(job->digest);
	uint8_t size = (uint8_t)dt_digest_size(job->digest);
	uint8_t head = (uint8_t)(oid.size + 4);
	const uint8_t sequences[] = { DT_DER_SEQUENCE,
		(uint8_t)(head + 2 + 2 + size), DT_DER_SEQUENCE, head,
		DT_DER_OID, (uint8_t)oid.size };
	const uint8_t rest[] = { DT_DER_NULL, 0, DT_DER_OCTET_STRING, size };
	uint8_t *at = out;

	memcpy(at, sequences, sizeof(sequences));
	at += sizeof(sequences);
	memcpy(at, oid.data, oid.size);
	at += oid.size;
	memcpy(at, rest, sizeof(rest));
	at += sizeof(rest);
	(void)dt_digest_compute(job->digest, job->data, at);
	return (size_t)(at - out) + size;
}

/* EMSA-PKCS1-v1_5 (RFC 8017 9.2): 0, 1, at least eight octets of padding, 0,
 * DigestInfo. */
static bool
is_pkcs1_encoded(struct dt_span em, struct dt_span info)
{
	size_t pad = em.size - info.size - 1;

	if (em.size < info.size + 11 || em.data[0] != 0 || em.data[1] != 1 ||
	    em.data[pad] != 0)
		return false;
	for (size_t i = 2; i < pad; i++)
		if (em.data[i] != 0xff)
			return false;
	return memcmp(em.data + pad + 1, info.data, info.size) == 0;
}

static enum dt_signature_verdict
verify_rsa(const struct job *job, gnutls_pubkey_t pubkey)
{
	uint8_t info[MAX_DIGEST_INFO], em[DT_MAX_RSA_MODULUS_BITS / 8];
	size_t size = job->key->numbers[0].size, used;

	(void)pubkey;
	if (!is_usable_rsa(job->key) || job->bits.size != size)
		return DT_SIGNATURE_INVALID;
	if (dt_digest_hash(job->digest) == NULL)
		return DT_SIGNATURE_UNSUPPORTED;
	used = make_digest_info(job, info);
	return recover(job->key, job->bits, em) &&
		       is_pkcs1_encoded(dt_span(em, size), dt_span(info, used))
		   ? DT_SIGNATURE_VALID
		   : DT_SIGNATURE_INVALID;
}

/* The encoded message has one bit less than the modulus, so that it may have
 * one octet less too. */
static bool
pss_matches(const struct job *job, const struct dt_pss *pss)
{
	uint8_t digest[DT_DIGEST_MAX_SIZE], em[DT_MAX_RSA_MODULUS_BITS / 8];
	size_t size = job->key->numbers[0].size;
	unsigned spare =
	    (unsigned)(size * 8) + 1 - (unsigned)job->key->size_bits;
	size_t lead = spare / 8;

	return dt_digest_compute(pss->digest, job->data, digest) &&
	       recover(job->key, job->bits, em) && (lead == 0 || em[0] == 0) &&
	       dt_pss_encodes(
		   pss, dt_span(em + lead, size - lead), spare % 8, digest);
}

/* The parameters of a key bind its signatures (RFC 4055 3.1; rsa_sig.c of
 * OpenSSL's default provider). */
static bool
key_allows(const struct dt_key *key, const struct dt_pss *pss)
{
	return !key->restricted ||
	       (key->pss.digest == pss->digest &&
		   key->pss.mask_digest == pss->mask_digest &&
		   key->pss.salt_size >= 0 &&
		   pss->salt_size >= key->pss.salt_size);
}

static enum dt_signature_verdict
verify_pss(const struct job *job, gnutls_pubkey_t pubkey)
{
	struct dt_pss pss;

	(void)pubkey;
	if (!is_usable_rsa(job->key) ||
	    job->bits.size > job->key->numbers[0].size ||
	    !dt_pss_decode(&pss, job->parameters) || !dt_pss_is_sound(&pss) ||
	    !key_allows(job->key, &pss))
		return DT_SIGNATURE_INVALID;
	if (dt_digest_hash(pss.digest) == NULL ||
	    dt_digest_hash(pss.mask_digest) == NULL)
		return DT_SIGNATURE_UNSUPPORTED;
	return pss_matches(job, &pss) ? DT_SIGNATURE_VALID
				      : DT_SIGNATURE_INVALID;
}

/* Length in the fewest octets (X.690 10.1); longer forms are BER. */
static bool
has_short_header(const struct dt_der *e)
{
	size_t header = e->whole.size - e->content.size;

	return header == (e->content.size < 0x80 ? 2u : 3u) &&
	       e->content.size <= 0xff;
}

static bool
take_positive(struct dt_span *in)
{
	struct dt_der e;

	return dt_der_take(in, DT_DER_INTEGER, &e) && has_short_header(&e) &&
	       dt_der_is_integer(e.content) && (e.content.data[0] & 0x80) == 0;
}

/* Dss-Sig-Value, Ecdsa-Sig-Value: OpenSSL wants the octets it would have
 * written itself. Both numbers are below an order of at most 521 bits. */
static bool
is_der_pair(struct dt_span in)
{
	struct dt_span pair;
	struct dt_der sequence;

	if (!dt_der_take(&in, DT_DER_SEQUENCE, &sequence) || in.size != 0 ||
	    !has_short_header(&sequence))
		return false;
	pair = sequence.content;
	return take_positive(&pair) && take_positive(&pair) && pair.size == 0;
}

/* ossl_dsa_do_verify: subgroups of FIPS 186-3 sizes only. An even p has no
 * Montgomery form, and 0 would be divided by. */
static bool
is_usable_dsa(const struct dt_key *key)
{
	int q = dt_number_bits(key->numbers[1]);

	return is_odd(key->numbers[0]) && key->numbers[3].size > 0 &&
	       (q == 160 || q == 224 || q == 256) &&
	       key->size_bits <= DT_MAX_DSA_MODULUS_BITS;
}

/* What a negative number is short of zero. */
static void
negate(struct dt_span number, uint8_t *out)
{
	unsigned carry = 1;

	for (size_t i = number.size; i > 0; i--, carry >>= 8) {
		carry += number.data[i - 1] ^ 0xffu;
		out[i - 1] = (uint8_t)(carry & 0xff);
	}
}

/* OpenSSL takes a negative y, but the arithmetic behind it drops the sign. */
static enum dt_signature_verdict
verify_dsa(const struct job *job, gnutls_pubkey_t pubkey)
{
	struct dt_span y = job->key->numbers[3];
	uint8_t magnitude[DT_MAX_DSA_MODULUS_BITS / 8 + 1];
	gnutls_datum_t n[4];

	if (!is_usable_dsa(job->key) || !is_der_pair(job->bits) ||
	    (job->key->negative && y.size > sizeof(magnitude)))
		return DT_SIGNATURE_INVALID;
	for (size_t i = 0; i < 4; i++)
		n[i] = datum(job->key->numbers[i]);
	if (job->key->negative) {
		negate(y, magnitude);
		n[3].data = magnitude;
	}
	return judge(job, pubkey,
	    gnutls_pubkey_import_dsa_raw(pubkey, &n[0], &n[1], &n[2], &n[3]),
	    find_sign(job));
}

/* Coordinates of the curves GnuTLS has: at most 66 octets each. */
#define MAX_FIELD_SIZE 66

static enum dt_signature_verdict
verify_ecdsa(const struct job *job, gnutls_pubkey_t pubkey)
{
	static const struct {
		const char *name;
		gnutls_ecc_curve_t id;
	} curves[] = { { "prime192v1", GNUTLS_ECC_CURVE_SECP192R1 },
		{ "secp224r1", GNUTLS_ECC_CURVE_SECP224R1 },
		{ "prime256v1", GNUTLS_ECC_CURVE_SECP256R1 },
		{ "secp384r1", GNUTLS_ECC_CURVE_SECP384R1 },
		{ "secp521r1", GNUTLS_ECC_CURVE_SECP521R1 } };
	const struct dt_curve *curve = job->key->curve;
	gnutls_ecc_curve_t id = GNUTLS_ECC_CURVE_INVALID;
	uint8_t xy[2 * MAX_FIELD_SIZE];
	gnutls_datum_t x, y;
	size_t size;

	for (size_t i = 0; curve && i < sizeof(curves) / sizeof(*curves); i++) {
		if (strcmp(curves[i].name, curve->name) == 0)
			id = curves[i].id;
	}
	if (id == GNUTLS_ECC_CURVE_INVALID ||
	    !dt_curve_affine(curve, job->key->point, xy))
		return DT_SIGNATURE_UNSUPPORTED;
	if (!is_der_pair(job->bits))
		return DT_SIGNATURE_INVALID;
	size = dt_curve_field_size(curve);
	x = datum(dt_span(xy, size));
	y = datum(dt_span(xy + size, size));
	return judge(job, pubkey,
	    gnutls_pubkey_import_ecc_raw(pubkey, id, &x, &y), find_sign(job));
}

/* RFC 8032 5.1.7, 5.2.7: two numbers of the size of the key. S is below the
 * order, so the last octet is 0 with Ed448: nettle does not look at it. */
static bool
is_eddsa_signature(const struct job *job)
{
	size_t size = job->bits.size;

	return size == 2 * job->key->point.size &&
	       (job->key->type != DT_KEY_ED448 ||
		   job->bits.data[size - 1] == 0);
}

static enum dt_signature_verdict
verify_eddsa(const struct job *job, gnutls_pubkey_t pubkey)
{
	bool small = job->key->type == DT_KEY_ED25519;
	gnutls_datum_t x = datum(job->key->point);
	int imported = gnutls_pubkey_import_ecc_raw(pubkey,
	    small ? GNUTLS_ECC_CURVE_ED25519 : GNUTLS_ECC_CURVE_ED448, &x,
	    NULL);

	if (!is_eddsa_signature(job))
		return DT_SIGNATURE_INVALID;
	return judge(job, pubkey, imported,
	    small ? GNUTLS_SIGN_EDDSA_ED25519 : GNUTLS_SIGN_EDDSA_ED448);
}

/* By key type of the algorithm. */
static enum dt_signature_verdict (*const verifiers[])(
    const struct job *, gnutls_pubkey_t) = {
	[DT_KEY_RSA] = verify_rsa,
	[DT_KEY_RSA_PSS] = verify_pss,
	[DT_KEY_DSA] = verify_dsa,
	[DT_KEY_EC] = verify_ecdsa,
	[DT_KEY_ED25519] = verify_eddsa,
	[DT_KEY_ED448] = verify_eddsa,
};

enum dt_signature_verdict
dt_signature_verify(const struct dt_key *key, struct dt_span algorithm,
    struct dt_span data, struct dt_span bits, unsigned unused)
{
	const struct dt_signature_algorithm *found;
	struct job job = { .key = key, .data = data, .bits = bits };
	enum dt_signature_verdict verdict;
	gnutls_pubkey_t pubkey;

	found = dt_signature_algorithm_find(algorithm, &job.parameters);
	if (found == NULL || unused != 0 ||
	    !dt_signature_matches_key(algorithm, key) ||
	    found->key >= sizeof(verifiers) / sizeof(verifiers[0]) ||
	    verifiers[found->key] == NULL || data.size > UINT32_MAX)
		return DT_SIGNATURE_UNSUPPORTED;
	job.digest = found->digest;
	/* ecdsa-with-Recommended, -Specified: EVP_DigestVerifyInit falls back
	 * on the default digest of EC keys. */
	if (found->key == DT_KEY_EC && found->digest == DT_DIGEST_NONE)
		job.digest = DT_DIGEST_SHA256;
	if (gnutls_pubkey_init(&pubkey) < 0)
		return DT_SIGNATURE_UNSUPPORTED;
	verdict = verifiers[found->key](&job, pubkey);
	gnutls_pubkey_deinit(pubkey);
	return verdict;
}
