#include "x509/strength.h"

#include "tests/unit/key_samples.h"
#include "tools/mint.h"

#include <criterion/criterion.h>
#include <string.h>

static const struct mint_spec root = { .subject = { { "CN", "Root", 0 } } };

/* As PS3.15 B.13 has it. */
static const struct dt_strength strict = { 2048, 256, 128, false };
/* As RFC 9325 has it. */
static const struct dt_strength lenient = { 2048, 224, 128, true };
static const struct dt_strength nothing = { 0 };

static struct dt_message why;

static bool
spec_suffices(const struct dt_strength *strength, const struct mint_spec *spec)
{
	struct dt_buffer der = { 0 };
	struct dt_cert *cert;
	bool enough;

	why.text[0] = '\0';
	cr_assert_eq(mint_certificate(spec, MINT_DER, &der), 0);
	cr_assert_eq(dt_cert_parse(&cert, dt_buffer_span(&der), NULL, NULL), 0);
	enough = dt_strength_suffices(strength, cert, &why);
	dt_cert_free(cert);
	dt_buffer_clear(&der);
	return enough;
}

static bool
suffices(const struct dt_strength *strength, const char *key,
    const char *digest, bool self_signed)
{
	const struct mint_spec spec = { .subject = { { "CN", "Leaf", 0 } },
		.issuer = self_signed ? NULL : &root,
		.key = key,
		.digest = digest };

	return spec_suffices(strength, &spec);
}

/* The same for a leaf with this SubjectPublicKeyInfo. */
static bool
key_suffices(
    const struct dt_strength *strength, const uint8_t *key, size_t size)
{
	const struct mint_spec spec = { .subject = { { "CN", "Leaf", 0 } },
		.issuer = &root,
		.public_key = dt_span(key, size) };

	return spec_suffices(strength, &spec);
}

Test(strength, asks_for_the_bits_of_rsa)
{
	cr_expect(suffices(&strict, "rsa2048", NULL, false));
	cr_expect_not(suffices(&strict, "rsa2040", NULL, false));
	cr_expect_str_eq(
	    why.text, "its RSA key has 2040 bits, 2048 are needed");
}

Test(strength, asks_for_the_bits_of_a_curve)
{
	cr_expect(suffices(&strict, "p256", NULL, false));
	cr_expect(suffices(&lenient, "p224", NULL, false));
	cr_expect_not(suffices(&strict, "p224", NULL, false));
	cr_expect_str_eq(
	    why.text, "its elliptic curve key has 224 bits, 256 are needed");
}

Test(strength, takes_edwards_curves_where_the_profile_does)
{
	cr_expect(suffices(&lenient, "ed25519", NULL, false));
	cr_expect_not(suffices(&strict, "ed25519", NULL, false));
	cr_expect_not_null(strstr(why.text, "kind of key"));
	cr_expect(key_suffices(&lenient, ed448_key, sizeof(ed448_key)));
	cr_expect_not(key_suffices(&strict, ed448_key, sizeof(ed448_key)));
}

/* X25519 makes no signatures (RFC 7748); DSA is in neither profile. */
Test(strength, takes_no_other_kind_of_key)
{
	cr_expect_not(key_suffices(&lenient, x25519_key, sizeof(x25519_key)));
	cr_expect_not(key_suffices(&lenient, dsa_key, sizeof(dsa_key)));
	cr_expect_not_null(strstr(why.text, "kind of key"));
}

Test(strength, asks_for_the_bits_of_rsa_whatever_its_padding)
{
	cr_expect_not(key_suffices(&strict, pss_key, sizeof(pss_key)));
	cr_expect_str_eq(
	    why.text, "its RSA key has 1024 bits, 2048 are needed");
}

Test(strength, asks_for_sha256)
{
	cr_expect(suffices(&strict, "p256", "sha256", false));
	cr_expect_not(suffices(&strict, "p256", "sha1", false));
	cr_expect_not_null(strstr(why.text, "weaker than SHA-256"));
}

Test(strength, passes_over_the_signature_of_a_self_signed_certificate)
{
	cr_expect(suffices(&strict, "p256", "sha1", true));
}

Test(strength, of_nothing_asks_for_nothing)
{
	cr_expect(suffices(&nothing, "rsa1024", "sha1", false));
}
