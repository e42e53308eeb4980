#include "x509/signature.h"

#include "tests/unit/key_samples.h"
#include "x509/digest.h"

#include <criterion/criterion.h>

#define SAMPLE(name)                                                           \
	{                                                                      \
		name, sizeof(name)                                             \
	}
#define PKCS1 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01
#define SHA256_PARAMETERS                                                      \
	0x30, 0x0b, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04,      \
	    0x02, 0x01
#define MGF1_SHA256 0x30, 0x18, 0x06, 0x09, PKCS1, 0x08, SHA256_PARAMETERS

/* AlgorithmIdentifiers, written from RFC 4055, 5758, 8410. */
static const uint8_t md5_rsa[] = { 0x30, 0x0b, 0x06, 0x09, PKCS1, 0x04 };
static const uint8_t sha1_rsa[] = { 0x30, 0x0b, 0x06, 0x09, PKCS1, 0x05 };
static const uint8_t sha256_rsa[] = { 0x30, 0x0d, 0x06, 0x09, PKCS1, 0x0b, 0x05,
	0x00 };
static const uint8_t sha512_rsa[] = { 0x30, 0x0b, 0x06, 0x09, PKCS1, 0x0d };
static const uint8_t md2_rsa[] = { 0x30, 0x0b, 0x06, 0x09, PKCS1, 0x02 };
static const uint8_t pss_sha1[] = { 0x30, 0x0d, 0x06, 0x09, PKCS1, 0x0a, 0x30,
	0x00 };
static const uint8_t pss_bare[] = { 0x30, 0x0b, 0x06, 0x09, PKCS1, 0x0a };
static const uint8_t pss_sha256[] = { 0x30, 0x3d, 0x06, 0x09, PKCS1, 0x0a, 0x30,
	0x30, 0xa0, 0x0d, SHA256_PARAMETERS, 0xa1, 0x1a, MGF1_SHA256, 0xa2,
	0x03, 0x02, 0x01, 0x20 };
static const uint8_t pss_sha256_salt5[] = { 0x30, 0x3d, 0x06, 0x09, PKCS1, 0x0a,
	0x30, 0x30, 0xa0, 0x0d, SHA256_PARAMETERS, 0xa1, 0x1a, MGF1_SHA256,
	0xa2, 0x03, 0x02, 0x01, 0x05 };
static const uint8_t dsa_sha256[] = { 0x30, 0x0b, 0x06, 0x09, 0x60, 0x86, 0x48,
	0x01, 0x65, 0x03, 0x04, 0x03, 0x02 };
static const uint8_t ecdsa_sha256[] = { 0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86,
	0x48, 0xce, 0x3d, 0x04, 0x03, 0x02 };
static const uint8_t ecdsa_sha384[] = { 0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86,
	0x48, 0xce, 0x3d, 0x04, 0x03, 0x03 };
static const uint8_t ed25519[] = { 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70 };
static const uint8_t ed448[] = { 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x71 };
static const uint8_t unknown[] = { 0x30, 0x04, 0x06, 0x02, 0x2a, 0x03 };

static const uint8_t pss_sha256_mask_sha1[] = { 0x30, 0x1c, 0x06, 0x09, PKCS1,
	0x0a, 0x30, 0x0f, 0xa0, 0x0d, SHA256_PARAMETERS };

struct sample {
	const char *name;
	struct dt_span key, algorithm, bits;
};

static const struct sample valid[] = {
	{ "rsa sha256", SAMPLE(rsa_key), SAMPLE(sha256_rsa),
	    SAMPLE(rsa_sha256_signature) },
	{ "rsa md5", SAMPLE(rsa_key), SAMPLE(md5_rsa),
	    SAMPLE(rsa_md5_signature) },
	{ "pss sha1", SAMPLE(rsa_key), SAMPLE(pss_sha1),
	    SAMPLE(rsa_pss_sha1_signature) },
	{ "pss salt 5", SAMPLE(rsa_key), SAMPLE(pss_sha256_salt5),
	    SAMPLE(rsa_pss_sha256_5_signature) },
	{ "pss key", SAMPLE(pss_key), SAMPLE(pss_sha256),
	    SAMPLE(pss_sha256_signature) },
	{ "dsa", SAMPLE(dsa_key), SAMPLE(dsa_sha256),
	    SAMPLE(dsa_sha256_signature) },
	{ "ecdsa", SAMPLE(p256_key), SAMPLE(ecdsa_sha256),
	    SAMPLE(p256_sha256_signature) },
	{ "compressed", SAMPLE(p256_compressed_key), SAMPLE(ecdsa_sha256),
	    SAMPLE(p256_sha256_signature) },
	{ "explicit", SAMPLE(p256_explicit_key), SAMPLE(ecdsa_sha256),
	    SAMPLE(p256_sha256_signature) },
	{ "ed25519", SAMPLE(ed25519_key), SAMPLE(ed25519),
	    SAMPLE(ed25519_signature) },
	{ "ed448", SAMPLE(ed448_key), SAMPLE(ed448), SAMPLE(ed448_signature) },
	{ "pss other mask", SAMPLE(rsa_masked_key),
	    SAMPLE(pss_sha256_mask_sha1), SAMPLE(rsa_masked_signature) },
};

static enum dt_signature_verdict
verify(const struct sample *s, const char *text, unsigned unused)
{
	struct dt_key key;

	dt_key_decode(&key, s->key);
	return dt_signature_verify(
	    &key, s->algorithm, dt_span(text, strlen(text)), s->bits, unused);
}

Test(signature, valid_ones_are_accepted)
{
	for (size_t i = 0; i < sizeof(valid) / sizeof(valid[0]); i++)
		cr_expect_eq(verify(&valid[i], "abc", 0), DT_SIGNATURE_VALID,
		    "%s", valid[i].name);
}

Test(signature, other_data_is_refused)
{
	for (size_t i = 0; i < sizeof(valid) / sizeof(valid[0]); i++)
		cr_expect_eq(verify(&valid[i], "abd", 0), DT_SIGNATURE_INVALID,
		    "%s", valid[i].name);
}

Test(signature, changed_bits_are_refused)
{
	for (size_t i = 0; i < sizeof(valid) / sizeof(valid[0]); i++) {
		struct sample s = valid[i];
		uint8_t bits[256];

		memcpy(bits, s.bits.data, s.bits.size);
		bits[s.bits.size - 1] ^= 1;
		s.bits.data = bits;
		cr_expect_eq(
		    verify(&s, "abc", 0), DT_SIGNATURE_INVALID, "%s", s.name);
		s.bits.size--;
		cr_expect_eq(verify(&s, "abc", 0), DT_SIGNATURE_INVALID,
		    "%s, short", s.name);
	}
}

Test(signature, unused_bits_are_refused)
{
	cr_expect_neq(verify(&valid[0], "abc", 1), DT_SIGNATURE_VALID);
}

Test(signature, algorithm_must_belong_to_the_key)
{
	struct sample s = valid[0];

	s.algorithm = dt_span(ecdsa_sha256, sizeof(ecdsa_sha256));
	cr_expect_eq(verify(&s, "abc", 0), DT_SIGNATURE_UNSUPPORTED);
	s.algorithm = dt_span(sha512_rsa, sizeof(sha512_rsa));
	cr_expect_eq(verify(&s, "abc", 0), DT_SIGNATURE_INVALID, "digest");
	s.algorithm = dt_span(unknown, sizeof(unknown));
	cr_expect_eq(verify(&s, "abc", 0), DT_SIGNATURE_UNSUPPORTED);
	s.algorithm = dt_span("", 0);
	cr_expect_eq(verify(&s, "abc", 0), DT_SIGNATURE_UNSUPPORTED);
}

Test(signature, curve_without_arithmetic_is_unsupported)
{
	const struct sample s = { "secp256k1", SAMPLE(k256_key),
		SAMPLE(ecdsa_sha256), SAMPLE(k256_sha256_signature) };

	cr_expect_eq(verify(&s, "abc", 0), DT_SIGNATURE_UNSUPPORTED);
}

/* RFC 4055 3.1: the key asks for SHA-256 and at least 32 octets of salt; RSA
 * keys without parameters ask for nothing, but the salt has the length the
 * signature's parameters give. */
Test(signature, pss_parameters_must_agree)
{
	struct sample s = valid[4];

	s.algorithm = dt_span(pss_sha1, sizeof(pss_sha1));
	cr_expect_eq(verify(&s, "abc", 0), DT_SIGNATURE_INVALID);
	s.algorithm = dt_span(pss_sha256_salt5, sizeof(pss_sha256_salt5));
	cr_expect_eq(verify(&s, "abc", 0), DT_SIGNATURE_INVALID);
	s.algorithm = dt_span(pss_bare, sizeof(pss_bare));
	cr_expect_eq(verify(&s, "abc", 0), DT_SIGNATURE_INVALID);
	s = valid[3];
	s.algorithm = dt_span(pss_sha256, sizeof(pss_sha256));
	cr_expect_eq(verify(&s, "abc", 0), DT_SIGNATURE_INVALID);
}

/* OpenSSL wants the DER it would write: a leading zero octet in r is not. */
Test(signature, padded_integers_are_refused)
{
	struct sample s = valid[6];
	uint8_t bits[128];

	memcpy(bits, s.bits.data, 2);
	bits[1]++;
	bits[2] = 0x02;
	bits[3] = (uint8_t)(s.bits.data[3] + 1);
	bits[4] = 0x00;
	memcpy(bits + 5, s.bits.data + 4, s.bits.size - 4);
	s.bits = dt_span(bits, s.bits.size + 1);
	cr_expect_eq(verify(&s, "abc", 0), DT_SIGNATURE_INVALID);
}

/* X.690 10.1: 0x81 in front of a length below 128 is BER, not DER. */
Test(signature, long_lengths_are_refused)
{
	struct sample s = valid[6];
	uint8_t bits[128];

	bits[0] = 0x30;
	bits[1] = 0x81;
	memcpy(bits + 2, s.bits.data + 1, s.bits.size - 1);
	s.bits = dt_span(bits, s.bits.size + 1);
	cr_expect_eq(verify(&s, "abc", 0), DT_SIGNATURE_INVALID);
}

/* Neither may end in a division by zero. */
Test(signature, degenerate_dsa_keys_verify_nothing)
{
	struct sample s = valid[5];
	struct dt_key key;

	dt_key_decode(&key, s.key);
	cr_assert_eq(key.type, DT_KEY_DSA);
	for (size_t i = 0; i < 4; i += 3) {
		struct dt_key broken = key;

		broken.numbers[i] = dt_span("", 0);
		cr_expect_eq(dt_signature_verify(&broken, s.algorithm,
				 dt_span("abc", 3), s.bits, 0),
		    DT_SIGNATURE_INVALID, "number %zu", i);
	}
}

Test(signature, limits_stop_costly_keys)
{
	static uint8_t n[16392 / 8];
	struct dt_key key = { .type = DT_KEY_RSA, .size_bits = 16392 };
	struct dt_span algorithm = dt_span(sha256_rsa, sizeof(sha256_rsa));

	memset(n, 0xff, sizeof(n));
	key.numbers[0] = dt_span(n, sizeof(n));
	key.numbers[1] = dt_span("\x03", 1);
	cr_expect_eq(dt_signature_verify(&key, algorithm, dt_span("abc", 3),
			 dt_span(n, sizeof(n)), 0),
	    DT_SIGNATURE_INVALID);
	key.size_bits = 3080;
	key.numbers[0] = dt_span(n, 3080 / 8);
	key.numbers[1] = dt_span(n, 9);
	cr_expect_eq(dt_signature_verify(&key, algorithm, dt_span("abc", 3),
			 dt_span(n, 3080 / 8), 0),
	    DT_SIGNATURE_INVALID);
}

/* Half the digest; OpenSSL's values for broken ones. */
Test(signature, info_tells_the_strength)
{
	static const struct {
		struct dt_span algorithm;
		bool known;
		int digest;
		int security;
	} rows[] = {
		{ SAMPLE(md2_rsa), false, DT_DIGEST_MD2, -1 },
		{ SAMPLE(md5_rsa), true, DT_DIGEST_MD5, 39 },
		{ SAMPLE(sha1_rsa), true, DT_DIGEST_SHA1, 63 },
		{ SAMPLE(sha256_rsa), true, DT_DIGEST_SHA256, 128 },
		{ SAMPLE(ecdsa_sha384), true, DT_DIGEST_SHA384, 192 },
		{ SAMPLE(pss_sha1), true, DT_DIGEST_SHA1, 64 },
		{ SAMPLE(pss_sha256), true, DT_DIGEST_SHA256, 128 },
		{ SAMPLE(pss_bare), false, DT_DIGEST_NONE, -1 },
		{ SAMPLE(ed25519), true, DT_DIGEST_NONE, 128 },
		{ SAMPLE(ed448), true, DT_DIGEST_NONE, 224 },
		{ SAMPLE(unknown), false, DT_DIGEST_NONE, -1 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct dt_signature_info info;

		dt_signature_info(&info, rows[i].algorithm);
		cr_expect_eq(info.known, rows[i].known, "row %zu", i);
		cr_expect_eq(info.digest, rows[i].digest, "row %zu", i);
		cr_expect_eq(info.security_bits, rows[i].security,
		    "row %zu: %d", i, info.security_bits);
	}
}

Test(signature, matches_key_by_type)
{
	struct dt_key rsa, pss, ec;

	dt_key_decode(&rsa, dt_span(rsa_key, sizeof(rsa_key)));
	dt_key_decode(&pss, dt_span(pss_key, sizeof(pss_key)));
	dt_key_decode(&ec, dt_span(p256_key, sizeof(p256_key)));
	cr_expect(dt_signature_matches_key(
	    dt_span(pss_sha256, sizeof(pss_sha256)), &rsa));
	cr_expect(dt_signature_matches_key(
	    dt_span(pss_sha256, sizeof(pss_sha256)), &pss));
	cr_expect_not(dt_signature_matches_key(
	    dt_span(sha256_rsa, sizeof(sha256_rsa)), &pss));
	cr_expect_not(dt_signature_matches_key(
	    dt_span(sha256_rsa, sizeof(sha256_rsa)), &ec));
	cr_expect_not(
	    dt_signature_matches_key(dt_span(unknown, sizeof(unknown)), &ec));
}

/* X509_ALGOR_cmp; rows made for it and compared with OpenSSL 3.0. */
Test(signature, algorithms_agree_by_value)
{
#define BYTES(text) dt_span(text, sizeof(text) - 1)
#define EC "\x06\x08\x2a\x86\x48\xce\x3d\x04\x03\x02"
	const struct {
		const char *what;
		struct dt_span a, b;
		bool agree;
	} rows[] = {
		{ "long length", BYTES("\x30\x0a" EC), BYTES("\x30\x81\x0a" EC),
		    true },
		{ "NULL or nothing", BYTES("\x30\x0a" EC),
		    BYTES("\x30\x0c" EC "\x05\x00"), false },
		{ "NULL with a long length", BYTES("\x30\x0c" EC "\x05\x00"),
		    BYTES("\x30\x0d" EC "\x05\x81\x00"), true },
		{ "other type", BYTES("\x30\x0c" EC "\x05\x00"),
		    BYTES("\x30\x0c" EC "\x04\x00"), false },
		{ "other value", BYTES("\x30\x0d" EC "\x02\x01\x01"),
		    BYTES("\x30\x0d" EC "\x02\x01\x02"), false },
		{ "unused bits", BYTES("\x30\x0e" EC "\x03\x02\x04\xf5"),
		    BYTES("\x30\x0e" EC "\x03\x02\x03\xf0"), true },
		{ "bits", BYTES("\x30\x0e" EC "\x03\x02\x04\xf5"),
		    BYTES("\x30\x0e" EC "\x03\x02\x04\xe5"), false },
		{ "no bits", BYTES("\x30\x0d" EC "\x03\x01\x00"),
		    BYTES("\x30\x0d" EC "\x03\x01\x04"), true },
		{ "structure with a long length",
		    BYTES("\x30\x0c" EC "\x30\x00"),
		    BYTES("\x30\x0d" EC "\x30\x81\x00"), false },
		{ "tag of its own with a long length",
		    BYTES("\x30\x0c" EC "\x80\x00"),
		    BYTES("\x30\x0d" EC "\x80\x81\x00"), false },
	};
#undef EC

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		cr_expect_eq(
		    dt_signature_algorithms_agree(rows[i].a, rows[i].b),
		    rows[i].agree, "%s", rows[i].what);
		cr_expect_eq(
		    dt_signature_algorithms_agree(rows[i].b, rows[i].a),
		    rows[i].agree, "%s, exchanged", rows[i].what);
	}
}
