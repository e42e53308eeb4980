/* The cache of verified signatures: what it finds, what it must not find, and
 * what it forgets first. */
#include "x509/signature_cache.h"

#include "base/limits.h"
#include "tests/unit/key_samples.h"

#include <criterion/criterion.h>

#define SPAN(bytes) dt_span(bytes, sizeof(bytes))

/* AlgorithmIdentifiers of RFC 4055 and RFC 5758. */
static const uint8_t sha256_rsa[] = { 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48,
	0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b, 0x05, 0x00 };
static const uint8_t ecdsa_sha256[] = { 0x30, 0x0a, 0x06, 0x08, 0x2a, 0x86,
	0x48, 0xce, 0x3d, 0x04, 0x03, 0x02 };
static const uint8_t ed25519[] = { 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70 };

static struct dicomtls_signature_cache *cache;
static struct dt_key rsa, p256, edwards;
static struct dt_signed by_rsa, by_p256, by_edwards;

static struct dt_signed
abc(struct dt_span algorithm, struct dt_span bits)
{
	return (struct dt_signed){ algorithm, dt_span("abc", 3), bits, 0 };
}

static void
setup(void)
{
	dt_key_decode(&rsa, SPAN(rsa_key));
	dt_key_decode(&p256, SPAN(p256_key));
	dt_key_decode(&edwards, SPAN(ed25519_key));
	by_rsa = abc(SPAN(sha256_rsa), SPAN(rsa_sha256_signature));
	by_p256 = abc(SPAN(ecdsa_sha256), SPAN(p256_sha256_signature));
	by_edwards = abc(SPAN(ed25519), SPAN(ed25519_signature));
	cr_assert_eq(dicomtls_signature_cache_new(&cache, 100), 0);
}

static void
teardown(void)
{
	dicomtls_signature_cache_free(cache);
}

TestSuite(signature_cache, .init = setup, .fini = teardown);

static void
expect_counts(uint64_t found, uint64_t computed)
{
	uint64_t f, c;

	dicomtls_signature_cache_counts(cache, &f, &c);
	cr_expect_eq(f, found, "%lu found", (unsigned long)f);
	cr_expect_eq(c, computed, "%lu computed", (unsigned long)c);
}

static void
resize(unsigned entries)
{
	dicomtls_signature_cache_free(cache);
	cr_assert_eq(dicomtls_signature_cache_new(&cache, entries), 0);
}

static bool
rsa_is_valid(void)
{
	return dt_signature_cache_verify(cache, &rsa, &by_rsa);
}

static bool
p256_is_valid(void)
{
	return dt_signature_cache_verify(cache, &p256, &by_p256);
}

static bool
edwards_is_valid(void)
{
	return dt_signature_cache_verify(cache, &edwards, &by_edwards);
}

Test(signature_cache, finds_a_signature_that_was_valid)
{
	cr_expect(rsa_is_valid());
	expect_counts(0, 1);
	cr_expect(rsa_is_valid());
	expect_counts(1, 1);
}

Test(signature_cache, computes_an_invalid_one_every_time)
{
	by_rsa.data = dt_span("abd", 3);
	cr_expect_not(rsa_is_valid());
	cr_expect_not(rsa_is_valid());
	expect_counts(0, 2);
}

Test(signature_cache, finds_nothing_for_another_key_of_the_same_kind)
{
	cr_expect(rsa_is_valid());
	dt_key_decode(&rsa, SPAN(rsa_masked_key));
	cr_expect_not(rsa_is_valid());
	expect_counts(0, 2);
}

Test(signature_cache, finds_nothing_when_one_bit_is_another)
{
	uint8_t bits[sizeof(rsa_sha256_signature)];

	cr_expect(rsa_is_valid());
	memcpy(bits, rsa_sha256_signature, sizeof(bits));
	bits[0] ^= 1;
	by_rsa.bits = SPAN(bits);
	cr_expect_not(rsa_is_valid());
	by_rsa.bits = SPAN(rsa_sha256_signature);
	by_rsa.unused = 1;
	cr_expect_not(rsa_is_valid());
	by_rsa.unused = 0;
	by_rsa.algorithm = dt_span(sha256_rsa, sizeof(sha256_rsa) - 1);
	cr_expect_not(rsa_is_valid());
	expect_counts(0, 4);
}

/* The same octets in a row, cut elsewhere. */
Test(signature_cache, fields_cannot_run_into_each_other)
{
	static const uint8_t octets[] = "abcdefgh";
	struct dt_key key = { .spki = dt_span(octets, 3) };
	struct dt_signed object = { dt_span(octets + 3, 2), dt_span("", 0),
		dt_span(octets + 5, 3), 0 };
	uint8_t first[DT_SHA256_SIZE], second[DT_SHA256_SIZE];

	dt_signature_cache_key(first, &key, &object);
	key.spki = dt_span(octets, 2);
	object.algorithm = dt_span(octets + 2, 3);
	dt_signature_cache_key(second, &key, &object);
	cr_expect_arr_neq(first, second, sizeof(first));
	object.algorithm = dt_span(octets + 2, 4);
	object.bits = dt_span(octets + 6, 2);
	dt_signature_cache_key(first, &key, &object);
	cr_expect_arr_neq(first, second, sizeof(first));
}

Test(signature_cache, of_one_entry_knows_the_last_one)
{
	resize(1);
	cr_expect(rsa_is_valid());
	cr_expect(rsa_is_valid());
	expect_counts(1, 1);
	cr_expect(edwards_is_valid());
	cr_expect(rsa_is_valid());
	expect_counts(1, 3);
}

Test(signature_cache, forgets_the_one_used_longest_ago)
{
	resize(2);
	cr_expect(rsa_is_valid());
	cr_expect(edwards_is_valid());
	cr_expect(rsa_is_valid());
	cr_expect(p256_is_valid());
	expect_counts(1, 3);
	cr_expect(rsa_is_valid());
	expect_counts(2, 3);
	cr_expect(edwards_is_valid());
	expect_counts(2, 4);
}

Test(signature_cache, without_entries_remembers_nothing)
{
	resize(0);
	cr_expect(rsa_is_valid());
	cr_expect(rsa_is_valid());
	expect_counts(0, 0);
	by_rsa.data = dt_span("abd", 3);
	cr_expect_not(rsa_is_valid());
}

Test(signature_cache, is_not_needed)
{
	cr_expect(dt_signature_cache_verify(NULL, &rsa, &by_rsa));
	cr_expect_not(dt_signature_cache_verify(NULL, &p256, &by_rsa));
}

Test(signature_cache, refuses_senseless_sizes)
{
	struct dicomtls_signature_cache *none = NULL;

	cr_expect_eq(dicomtls_signature_cache_new(NULL, 1), DICOMTLS_E_INVALID);
	cr_expect_eq(
	    dicomtls_signature_cache_new(&none, DT_MAX_SIGNATURE_CACHE + 1),
	    DICOMTLS_E_LIMIT);
	cr_expect_null(none);
	resize(DT_MAX_SIGNATURE_CACHE);
	cr_expect(rsa_is_valid());
}

Test(signature_cache, the_process_has_one_for_each_that_asks_for_its_size)
{
	struct dicomtls_signature_cache *first, *second, *other, *none;

	cr_assert_eq(dt_signature_cache_share(&first, 64), 0);
	cr_assert_eq(dt_signature_cache_share(&second, 64), 0);
	cr_assert_eq(dt_signature_cache_share(&other, 32), 0);
	cr_assert_eq(dt_signature_cache_share(&none, 0), 0);
	cr_expect_eq(first, second);
	cr_expect_neq(first, other);
	cr_expect_neq(first, none);
	dicomtls_signature_cache_free(first);
	dicomtls_signature_cache_free(other);
	dicomtls_signature_cache_free(none);
	cr_expect(dt_signature_cache_verify(second, &rsa, &by_rsa));
	dicomtls_signature_cache_free(second);
	cr_expect_eq(
	    dt_signature_cache_share(&other, DT_MAX_SIGNATURE_CACHE), 0);
	dicomtls_signature_cache_free(other);
	cr_expect_eq(
	    dt_signature_cache_share(&other, DT_MAX_SIGNATURE_CACHE + 1),
	    DICOMTLS_E_LIMIT);
}
