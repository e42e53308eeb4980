#include "x509/key.h"

#include "tests/unit/key_samples.h"

#include <criterion/criterion.h>

#define SAMPLE(name)                                                           \
	{                                                                      \
		name, sizeof(name)                                             \
	}

static struct dt_key
decode(struct dt_span spki)
{
	struct dt_key key;

	dt_key_decode(&key, spki);
	return key;
}

/* Strengths are those of SP 800-57 part 1 table 2 and RFC 8032. */
Test(key, types_sizes_and_strengths)
{
	static const struct {
		const char *name;
		struct dt_span spki;
		enum dt_key_type type;
		int bits, security;
	} rows[] = {
		{ "rsa", SAMPLE(rsa_key), DT_KEY_RSA, 1024, 80 },
		{ "pss", SAMPLE(pss_key), DT_KEY_RSA_PSS, 1024, 80 },
		{ "dsa", SAMPLE(dsa_key), DT_KEY_DSA, 1024, 80 },
		{ "p256", SAMPLE(p256_key), DT_KEY_EC, 256, 128 },
		{ "compressed", SAMPLE(p256_compressed_key), DT_KEY_EC, 256,
		    128 },
		{ "hybrid", SAMPLE(p256_hybrid_key), DT_KEY_EC, 256, 128 },
		{ "explicit", SAMPLE(p256_explicit_key), DT_KEY_EC, 256, 128 },
		{ "secp256k1", SAMPLE(k256_key), DT_KEY_EC, 256, 128 },
		{ "ed25519", SAMPLE(ed25519_key), DT_KEY_ED25519, 256, 128 },
		{ "ed448", SAMPLE(ed448_key), DT_KEY_ED448, 456, 224 },
		{ "x25519", SAMPLE(x25519_key), DT_KEY_X25519, 253, 128 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct dt_key key = decode(rows[i].spki);

		cr_expect_eq(key.type, rows[i].type, "%s", rows[i].name);
		cr_expect_eq(key.size_bits, rows[i].bits, "%s: %d bits",
		    rows[i].name, key.size_bits);
		cr_expect_eq(key.security_bits, rows[i].security, "%s: %d",
		    rows[i].name, key.security_bits);
	}
}

Test(key, explicit_parameters_are_recognised)
{
	struct dt_key named = decode(dt_span(p256_key, sizeof(p256_key)));
	struct dt_key spelled =
	    decode(dt_span(p256_explicit_key, sizeof(p256_explicit_key)));

	cr_assert_not_null(named.curve);
	cr_expect_str_eq(named.curve->name, "prime256v1");
	cr_expect_not(named.explicit_curve);
	cr_expect_eq(spelled.curve, named.curve);
	cr_expect(spelled.explicit_curve);
}

Test(key, pss_parameters_bind_the_key)
{
	struct dt_key key = decode(dt_span(pss_key, sizeof(pss_key)));

	cr_expect(key.restricted);
	cr_expect_eq(key.pss.digest, DT_DIGEST_SHA256);
	cr_expect_eq(key.pss.mask_digest, DT_DIGEST_SHA256);
	cr_expect_eq(key.pss.salt_size, 32);
}

/* One flipped bit of a coordinate leaves the curve. */
Test(key, points_off_the_curve_are_refused)
{
	uint8_t spki[sizeof(p256_key)];

	memcpy(spki, p256_key, sizeof(spki));
	spki[sizeof(spki) - 1] ^= 1;
	cr_expect_eq(decode(dt_span(spki, sizeof(spki))).type, DT_KEY_UNKNOWN);
}

/* The octet before the two coordinates: 6 and 7 carry the parity of y. */
Test(key, hybrid_points_must_carry_the_right_parity)
{
	uint8_t spki[sizeof(p256_hybrid_key)];

	memcpy(spki, p256_hybrid_key, sizeof(spki));
	spki[sizeof(spki) - 65] ^= 1;
	cr_expect_eq(decode(dt_span(spki, sizeof(spki))).type, DT_KEY_UNKNOWN);
}

Test(key, truncated_keys_are_refused)
{
	for (size_t size = 0; size < sizeof(rsa_key); size++)
		cr_expect_eq(decode(dt_span(rsa_key, size)).type,
		    DT_KEY_UNKNOWN, "%zu octets", size);
}

/* RFC 8410 3: parameters must be absent, the key is 32 octets. */
Test(key, edwards_keys_have_one_size_and_no_parameters)
{
	static const uint8_t with_null[] = { 0x30, 0x0b, 0x30, 0x07, 0x06, 0x03,
		0x2b, 0x65, 0x70, 0x05, 0x00, 0x03, 0x00 };
	uint8_t spki[sizeof(ed25519_key)];

	cr_expect_eq(
	    decode(dt_span(with_null, sizeof(with_null))).type, DT_KEY_UNKNOWN);
	memcpy(spki, ed25519_key, sizeof(spki));
	spki[1]--;
	spki[10]--; /* length of the BIT STRING */
	cr_expect_eq(
	    decode(dt_span(spki, sizeof(spki) - 1)).type, DT_KEY_UNKNOWN);
}

/* RFC 5480 2.1.1 forbids implicitCurve; infinity is a point. */
Test(key, implicit_curves_are_refused)
{
	static const uint8_t implicit[] = { 0x30, 0x11, 0x30, 0x0b, 0x06, 0x07,
		0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x05, 0x00, 0x03,
		0x02, 0x00, 0x00 };
	static const uint8_t infinity[] = { 0x30, 0x19, 0x30, 0x13, 0x06, 0x07,
		0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
		0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x02, 0x00,
		0x00 };

	cr_expect_eq(
	    decode(dt_span(implicit, sizeof(implicit))).type, DT_KEY_UNKNOWN);
	cr_expect_eq(
	    decode(dt_span(infinity, sizeof(infinity))).type, DT_KEY_EC);
}

/* GOST R 34.10-2001: no provider of the reference has it. */
Test(key, unknown_algorithms_are_refused)
{
	static const uint8_t gost[] = { 0x30, 0x0e, 0x30, 0x08, 0x06, 0x06,
		0x2a, 0x85, 0x03, 0x02, 0x02, 0x13, 0x03, 0x02, 0x00, 0x00 };

	cr_expect_eq(decode(dt_span(gost, sizeof(gost))).type, DT_KEY_UNKNOWN);
}

/* An RSA key with a modulus of this size, all bits set. */
static struct dt_key
rsa_of_bits(int bits)
{
	static const uint8_t front[] = { 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86,
		0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00 };
	static uint8_t spki[4096];
	size_t n = (size_t)(bits + 7) / 8 + 1, at = 0;
	size_t sizes[] = { sizeof(front) + n + 16, n + 12, n + 7, n };
	static const uint8_t tags[] = { 0x30, 0x03, 0x30, 0x02 };

	for (size_t i = 0; i < 4; i++) {
		spki[at++] = tags[i];
		spki[at++] = 0x82;
		spki[at++] = (uint8_t)(sizes[i] >> 8);
		spki[at++] = (uint8_t)sizes[i];
		if (i == 0) {
			memcpy(spki + at, front, sizeof(front));
			at += sizeof(front);
		}
		if (i == 1)
			spki[at++] = 0;
	}
	spki[at++] = 0;
	memset(spki + at, 0xff, n - 1);
	if (bits % 8 != 0)
		spki[at] = (uint8_t)((1u << bits % 8) - 1);
	at += n - 1;
	memcpy(spki + at, "\x02\x01\x03", 3);
	return decode(dt_span(spki, at + 3));
}

/* SP 800-56B revision 2, table 4 of appendix D, and FIPS 140-2 IG 7.5. */
Test(key, rsa_strength_follows_the_standards)
{
	static const int rows[][2] = { { 2048, 112 }, { 3072, 128 },
		{ 4096, 152 }, { 6144, 176 }, { 7680, 192 }, { 8192, 200 },
		{ 15360, 256 } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct dt_key key = rsa_of_bits(rows[i][0]);

		cr_expect_eq(key.size_bits, rows[i][0], "%d", key.size_bits);
		cr_expect_eq(key.security_bits, rows[i][1], "%d: %d",
		    rows[i][0], key.security_bits);
	}
	cr_expect_lt(rsa_of_bits(1023).security_bits, 112);
	cr_expect_eq(rsa_of_bits(9).security_bits, 0);
}

Test(key, number_bits_ignores_leading_zeros)
{
	cr_expect_eq(dt_number_bits(dt_span("\x00\x00\x01\xff", 4)), 9);
	cr_expect_eq(dt_number_bits(dt_span("\x00", 1)), 0);
	cr_expect_eq(dt_number_bits(dt_span("", 0)), 0);
}

/* OPENSSL_RSA_MAX_MODULUS_BITS and, above OPENSSL_RSA_SMALL_MODULUS_BITS,
 * OPENSSL_RSA_MAX_PUBEXP_BITS. */
Test(key, what_a_verification_may_cost_is_limited)
{
	static const uint8_t number[384] = { 0xff };
	static const struct {
		enum dt_key_type type;
		int modulus;
		size_t exponent; /* octets */
		bool affordable;
	} rows[] = {
		{ DT_KEY_RSA, 2048, 3, true },
		{ DT_KEY_RSA, 3072, 384, true },
		{ DT_KEY_RSA, 3073, 8, true },
		{ DT_KEY_RSA, 3073, 9, false },
		{ DT_KEY_RSA, 16384, 8, true },
		{ DT_KEY_RSA, 16385, 3, false },
		{ DT_KEY_RSA_PSS, 16385, 3, false },
		{ DT_KEY_RSA_PSS, 3073, 9, false },
		{ DT_KEY_EC, 256, 0, true },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct dt_key key = { .type = rows[i].type,
			.size_bits = rows[i].modulus,
			.numbers[1] = { number, rows[i].exponent } };

		cr_expect_eq(dt_key_is_affordable(&key), rows[i].affordable,
		    "row %zu", i);
	}
}
