/*
 * Which public keys are decoded, beside OpenSSL: each key below as it is, with
 * each of its octets changed, and with each of its elements left out, doubled,
 * emptied or changed in some other way. Both decode the same ones, and tell
 * the same size and strength.
 */
#include "x509/key.h"

#include "base/buffer.h"
#include "base/der.h"

#include "tests/unit/der_text.h"
#include "tests/unit/key_samples.h"

#include <criterion/criterion.h>
#include <gmp.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#define SPKI(algorithm, key) "30{30{" algorithm "}03{00" key "}}"
#define DH "06{2a864886f70d010301}"
#define DHX "06{2a8648ce3e0201}"
#define DSA "06{2a8648ce380401}"

/* As large as a prime for a strength of 80 bits. */
#define P128 "ffffffffffffffffffffffffffffffff"
#define P1024 "00" P128 P128 P128 P128 P128 P128 P128 P128

/* p = 23 and q = 11, whose group of squares 2 generates; the key is 4. */
static const char *const small_keys[] = {
	SPKI(DH "30{02{17}02{02}}", "02{04}"),
	SPKI(DH "30{02{17}02{02}02{08}}", "02{04}"),
	SPKI(DH "30{02{17}02{02}02{ff}}", "02{04}"),
	SPKI(DH "30{02{17}02{02}02{00ffffffff}}", "02{04}"),
	SPKI(DH "30{02{" P1024 "}02{02}02{00}}", "02{04}"),
	SPKI(DH "30{02{" P1024 "}02{02}02{00a0}}", "02{04}"),
	SPKI(DHX "30{02{17}02{02}02{0b}}", "02{04}"),
	SPKI(DHX "30{02{17}02{02}02{0b}02{02}}", "02{04}"),
	SPKI(DHX "30{02{17}02{02}02{0b}02{02}30{03{00aabb}02{07}}}", "02{04}"),
	SPKI(DHX "30{02{17}02{02}02{0b}30{03{00aabb}02{07}}}", "02{04}"),
	SPKI(DSA "30{02{17}02{0b}02{02}}", "02{04}"),
	SPKI(DSA "30{02{17}02{0b}02{02}}", "02{fc}"),
	SPKI(DSA, "02{04}"),
};

#define SAMPLE(name)                                                           \
	{                                                                      \
		name, sizeof(name)                                             \
	}

static const struct dt_span samples[] = { SAMPLE(dsa_key), SAMPLE(ed25519_key),
	SAMPLE(ed448_key), SAMPLE(k256_key), SAMPLE(p256_key),
	SAMPLE(p256_compressed_key), SAMPLE(p256_explicit_key),
	SAMPLE(p256_hybrid_key), SAMPLE(pss_key), SAMPLE(rsa_key),
	SAMPLE(rsa_masked_key), SAMPLE(x25519_key) };

static unsigned decoded, refused;

/* Other versions may decode other keys. */
static void
compare_with_openssl_3_0(void)
{
	if (OPENSSL_version_major() != 3 || OPENSSL_version_minor() != 0)
		cr_skip_test("OpenSSL at hand is not 3.0");
}

/* X509_PUBKEY_get0 sees bits that are not used as 0, dt_key_decode wants them
 * to be; what else they do is a matter of certificates. */
static bool
has_unused_bits(struct dt_span spki)
{
	struct dt_der outer, element;

	return dt_der_next(&spki, &outer) &&
	       dt_der_next(&outer.content, &element) &&
	       dt_der_next(&outer.content, &element) &&
	       element.content.size > 0 && element.content.data[0] != 0;
}

static void
judge(struct dt_span spki)
{
	const uint8_t *at = spki.data;
	X509_PUBKEY *read = d2i_X509_PUBKEY(NULL, &at, (long)spki.size);
	EVP_PKEY *theirs = NULL;
	struct dt_key ours;

	if (read != NULL && at == spki.data + spki.size)
		theirs = X509_PUBKEY_get0(read);
	dt_key_decode(&ours, spki);
	cr_expect_eq(ours.type != DT_KEY_UNKNOWN, theirs != NULL,
	    "decoded by us: %d, by OpenSSL: %d", ours.type != DT_KEY_UNKNOWN,
	    theirs != NULL);
	if (ours.type != DT_KEY_UNKNOWN && theirs != NULL) {
		cr_expect_eq(ours.size_bits, EVP_PKEY_get_bits(theirs));
		cr_expect_eq(
		    ours.security_bits, EVP_PKEY_get_security_bits(theirs));
	}
	*(theirs != NULL ? &decoded : &refused) += 1;
	X509_PUBKEY_free(read);
	ERR_clear_error();
}

static void
judge_each_octet_changed(struct dt_span spki)
{
	struct dt_buffer copy = { 0 };

	for (size_t i = 0; i < spki.size; i++) {
		static const uint8_t changes[] = { 0x01, 0x02, 0x20, 0x80,
			0xff };

		for (size_t c = 0; c < sizeof(changes); c++) {
			dt_buffer_append(&copy, spki.data, spki.size);
			copy.data[copy.start + i] ^= changes[c];
			if (!has_unused_bits(dt_buffer_span(&copy)))
				judge(dt_buffer_span(&copy));
			dt_buffer_clear(&copy);
		}
	}
}

enum change { LEAVE_OUT, DOUBLE, RETAG, EMPTY, ENLARGE, CHANGES };

struct copying {
	int left; /* elements before the one that is changed */
	enum change change;
};

static void copy_elements(
    struct copying *c, struct dt_buffer *out, struct dt_span in);

static void
put_element(struct dt_buffer *out, uint8_t tag, struct dt_span content)
{
	dt_buffer_byte(out, tag);
	der_put_length(out, content.size);
	dt_buffer_append(out, content.data, content.size);
}

/* What stands in a BIT STRING behind its first octet may be elements too. */
static void
copy_element(struct copying *c, struct dt_buffer *out, struct dt_der *e)
{
	bool is_changed = c->left-- == 0;
	struct dt_buffer inner = { 0 };
	struct dt_span rest = e->content;
	struct dt_der first;

	if (e->tag == DT_DER_BIT_STRING && rest.size > 0) {
		dt_buffer_append(&inner, rest.data, 1);
		rest = dt_span(rest.data + 1, rest.size - 1);
		if (dt_der_take(&rest, DT_DER_SEQUENCE, &first) ||
		    dt_der_take(&rest, DT_DER_INTEGER, &first))
			rest =
			    dt_span(e->content.data + 1, e->content.size - 1);
	}
	if ((e->tag & 0x20) != 0 || e->tag == DT_DER_BIT_STRING)
		copy_elements(c, &inner, rest);
	else
		dt_buffer_append(&inner, rest.data, rest.size);
	if (!is_changed || c->change == DOUBLE)
		put_element(out, e->tag, dt_buffer_span(&inner));
	if (is_changed && c->change == DOUBLE)
		put_element(out, e->tag, dt_buffer_span(&inner));
	if (is_changed && c->change == RETAG)
		put_element(out, 0x0c, dt_buffer_span(&inner));
	if (is_changed && c->change == EMPTY)
		put_element(out, e->tag, dt_span(NULL, 0));
	if (is_changed && c->change == ENLARGE)
		put_element(out, e->tag, dt_span("\1\2\3\4\5\6\7\b\t", 9));
	dt_buffer_clear(&inner);
}

static void
copy_elements(struct copying *c, struct dt_buffer *out, struct dt_span in)
{
	struct dt_der element;

	while (dt_der_next(&in, &element))
		copy_element(c, out, &element);
	dt_buffer_append(out, in.data, in.size);
}

static void
judge_each_element_changed(struct dt_span spki)
{
	for (enum change change = LEAVE_OUT; change < CHANGES; change++) {
		struct copying c = { .left = -1, .change = change };

		for (int i = 0; c.left < 0; i++) {
			struct dt_buffer copy = { 0 };

			c.left = i;
			copy_elements(&c, &copy, spki);
			if (c.left < 0)
				judge(dt_buffer_span(&copy));
			dt_buffer_clear(&copy);
		}
	}
}

Test(key_decoding, keys_of_each_kind_are_judged_as_openssl_does)
{
	compare_with_openssl_3_0();
	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++)
		judge(samples[i]);
	cr_expect_eq(decoded, sizeof(samples) / sizeof(samples[0]));
	cr_expect_eq(refused, 0);
}

/* The base point of a named curve, in this form. */
static void
judge_base_point(const struct dt_curve *curve, uint8_t form)
{
	size_t size = dt_curve_field_size(curve), used;
	uint8_t octets[2 * 72 + 2] = { 0, form };
	struct dt_buffer algorithm = { 0 }, spki = { 0 };
	const char *text[] = { curve->x, curve->y };

	for (size_t i = 0; i < 2; i++) {
		mpz_t n;

		mpz_init_set_str(n, text[i], 16);
		used = (mpz_sizeinbase(n, 2) + 7) / 8;
		mpz_export(
		    octets + 2 + (i + 1) * size - used, NULL, 1, 1, 0, 0, n);
		mpz_clear(n);
	}
	der_append(&algorithm, "06{2a8648ce3d0201}");
	put_element(&algorithm, DT_DER_OID, curve->oid);
	put_element(&spki, DT_DER_SEQUENCE, dt_buffer_span(&algorithm));
	put_element(&spki, DT_DER_BIT_STRING,
	    dt_span(octets, 2 + (form < 4 ? size : 2 * size)));
	dt_buffer_clear(&algorithm);
	put_element(&algorithm, DT_DER_SEQUENCE, dt_buffer_span(&spki));
	judge(dt_buffer_span(&algorithm));
	dt_buffer_clear(&algorithm);
	dt_buffer_clear(&spki);
}

Test(key_decoding, points_of_all_curves_are_judged_as_openssl_does)
{
	compare_with_openssl_3_0();
	for (size_t i = 0; i < dt_curve_count; i++)
		for (uint8_t form = 1; form < 8; form++)
			judge_base_point(&dt_curves[i], form);
	cr_expect_eq(decoded, dt_curve_count * 4);
	cr_expect_eq(refused, dt_curve_count * 3);
}

/* y^2 = x^3 + x over p elements with a base point, and a key. */
static void
judge_small_curve(uint8_t p, const uint8_t *base, const uint8_t *key)
{
	char text[160];
	struct dt_buffer spki;

	snprintf(text, sizeof(text),
	    SPKI("06{2a8648ce3d0201}30{02{01}30{06{2a8648ce3d0101}02{%02x}}"
		 "30{04{01}04{00}}04{%02x%02x%s}02{11}}",
		"%02x%02x%s"),
	    p, base[0], base[1], base[0] < 4 ? "" : "02", key[0], key[1],
	    key[0] < 4 ? "" : "02");
	spki = der_from_text(text);
	judge(dt_buffer_span(&spki));
	dt_buffer_clear(&spki);
}

/* 13 and 17 are 1 mod 4, 15, 19 and 23 are 3 mod 4. 15 is no prime; of those
 * that are none and 1 mod 4 OpenSSL takes some roots, and we take none. */
Test(key_decoding, points_of_small_curves_are_judged_as_openssl_does)
{
	static const uint8_t fields[] = { 13, 15, 17, 19, 23 };

	compare_with_openssl_3_0();
	for (size_t i = 0; i < sizeof(fields); i++) {
		for (unsigned n = 0; n < 8 * 32; n++) {
			const uint8_t point[] = { (uint8_t)(n >> 5), n & 31 };

			judge_small_curve(fields[i], point, point);
		}
	}
	cr_expect_gt(decoded, 0);
	cr_expect_gt(refused, 0);
}

Test(key_decoding, small_numbers_are_judged_as_openssl_does)
{
	compare_with_openssl_3_0();
	for (size_t i = 0; i < sizeof(small_keys) / sizeof(small_keys[0]);
	     i++) {
		struct dt_buffer spki = der_from_text(small_keys[i]);

		judge(dt_buffer_span(&spki));
		judge_each_element_changed(dt_buffer_span(&spki));
		judge_each_octet_changed(dt_buffer_span(&spki));
		dt_buffer_clear(&spki);
	}
	cr_expect_gt(decoded, 0);
	cr_expect_gt(refused, 0);
}

Test(key_decoding, changed_elements_are_judged_as_openssl_does)
{
	compare_with_openssl_3_0();
	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++)
		judge_each_element_changed(samples[i]);
	cr_expect_gt(decoded, 0);
	cr_expect_gt(refused, 0);
}

Test(key_decoding, changed_octets_are_judged_as_openssl_does)
{
	compare_with_openssl_3_0();
	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++)
		judge_each_octet_changed(samples[i]);
	cr_expect_gt(decoded, 0);
	cr_expect_gt(refused, 0);
}
