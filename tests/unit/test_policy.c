/* Decoding of the policy extensions. What is wrong in a certificate is known
 * from RFC 5280 4.2.1; where OpenSSL takes more or less, the test says so. */
#include "x509/cert.h"

#include "dicomtls.h"

#include <criterion/criterion.h>

#include <stdio.h>

#define BYTES(...)                                                             \
	dt_span(((const uint8_t[]){ __VA_ARGS__ }),                            \
	    sizeof((const uint8_t[]){ __VA_ARGS__ }))

/* OBJECT IDENTIFIER 1.2.n as an element, and anyPolicy. */
#define OID(n) 6, 2, 0x2a, (n)
#define ANY 6, 4, 0x55, 0x1d, 0x20, 0
#define LISTED(n) 0x30, 4, OID(n)
#define LISTED_ANY 0x30, 6, ANY
#define MAPPED(a, b) 0x30, 8, OID(a), OID(b)

static struct dt_extension extensions[4];
static struct dt_cert cert;

static void
teardown(void)
{
	dt_arena_clear(&cert.arena);
}

TestSuite(policy, .fini = teardown);

static void
extend(struct dt_span oid, struct dt_span value)
{
	extensions[cert.extension_count++] =
	    (struct dt_extension){ oid, false, value };
	cert.extensions = extensions;
}

static bool
decode(void)
{
	dt_arena_clear(&cert.arena);
	cert.policies = (struct dt_policies){ 0 };
	cert.flags = 0;
	cr_assert_eq(dt_policies_decode(&cert), 0);
	cert.extension_count = 0;
	return (cert.flags & DT_CERT_INVALID_POLICY) == 0;
}

static const struct dt_policy *
policy(uint8_t n)
{
	uint8_t oid[] = { 0x2a, n };

	return dt_policies_find(&cert.policies, dt_span(oid, sizeof(oid)));
}

Test(policy, nothing_is_said_without_extensions)
{
	cr_assert(decode());
	cr_expect_not(cert.policies.is_listed);
	cr_expect_eq(cert.policies.require_explicit, -1);
	cr_expect_eq(cert.policies.inhibit_mapping, -1);
	cr_expect_eq(cert.policies.inhibit_any, -1);
}

Test(policy, listed_policies_are_found)
{
	extend(
	    dt_oid_policies, BYTES(0x30, 20, LISTED(3), LISTED(1), LISTED_ANY));
	cr_assert(decode());
	cr_expect(cert.policies.is_listed);
	cr_expect(cert.policies.has_any);
	cr_expect_eq(cert.policies.count, 2);
	cr_expect_not_null(policy(1));
	cr_expect_not_null(policy(3));
	cr_expect_null(policy(2));
}

Test(policy, no_policy_is_listed_twice)
{
	extend(
	    dt_oid_policies, BYTES(0x30, 18, LISTED(3), LISTED(1), LISTED(3)));
	cr_expect_not(decode());
	extend(dt_oid_policies, BYTES(0x30, 16, LISTED_ANY, LISTED_ANY));
	cr_expect_not(decode());
}

/* RFC 5280 has SIZE (1..MAX); OpenSSL takes it as if it were absent. */
Test(policy, an_empty_list_is_no_list)
{
	extend(dt_oid_policies, BYTES(0x30, 0));
	cr_assert(decode());
	cr_expect_not(cert.policies.is_listed);
}

Test(policy, an_extension_occurs_once)
{
	struct dt_span list = BYTES(0x30, 6, LISTED(1));

	extend(dt_oid_policies, list);
	extend(dt_oid_policies, list);
	cr_expect_not(decode());
}

Test(policy, mappings_belong_to_their_policy_each_once)
{
	const struct dt_policy *p;

	extend(dt_oid_policies, BYTES(0x30, 12, LISTED(1), LISTED(2)));
	extend(dt_oid_policy_mappings,
	    BYTES(0x30, 30, MAPPED(1, 9), MAPPED(1, 8), MAPPED(1, 9)));
	cr_assert(decode());
	p = policy(1);
	cr_assert_not_null(p);
	cr_assert_eq(p->expected_count, 2);
	cr_expect_eq(p->expected[0].data[1], 8);
	cr_expect_eq(p->expected[1].data[1], 9);
	cr_expect_not(p->carried_unmapped);
	cr_expect_eq(policy(2)->expected_count, 0);
}

Test(policy, an_unlisted_one_is_mapped_only_from_any_policy)
{
	struct dt_span maps = BYTES(0x30, 10, MAPPED(5, 9));

	extend(dt_oid_policies, BYTES(0x30, 6, LISTED(1)));
	extend(dt_oid_policy_mappings, maps);
	cr_assert(decode());
	cr_expect_null(policy(5));
	extend(dt_oid_policies, BYTES(0x30, 8, LISTED_ANY));
	extend(dt_oid_policy_mappings, maps);
	cr_assert(decode());
	cr_assert_not_null(policy(5));
	cr_expect_eq(policy(5)->expected_count, 1);
}

/* OpenSSL's policy_cache_set_mapping: the second mapping of a policy finds
 * what the first has made, even if it says the same. */
Test(policy, one_mapping_from_any_policy_differs_from_two)
{
	struct dt_span any = BYTES(0x30, 8, LISTED_ANY);

	extend(dt_oid_policies, any);
	extend(dt_oid_policy_mappings, BYTES(0x30, 10, MAPPED(5, 9)));
	cr_assert(decode());
	cr_expect(policy(5)->carried_unmapped);
	extend(dt_oid_policies, any);
	extend(dt_oid_policy_mappings,
	    BYTES(0x30, 20, MAPPED(5, 9), MAPPED(5, 9)));
	cr_assert(decode());
	cr_expect_not(policy(5)->carried_unmapped);
	cr_expect_eq(policy(5)->expected_count, 1);
}

Test(policy, nothing_is_mapped_to_or_from_any_policy)
{
	struct dt_span list = BYTES(0x30, 6, LISTED(1));

	extend(dt_oid_policies, list);
	extend(dt_oid_policy_mappings, BYTES(0x30, 12, 0x30, 10, ANY, OID(1)));
	cr_expect_not(decode());
	extend(dt_oid_policies, list);
	extend(dt_oid_policy_mappings, BYTES(0x30, 12, 0x30, 10, OID(1), ANY));
	cr_expect_not(decode());
	extend(dt_oid_policies, list);
	extend(dt_oid_policy_mappings, BYTES(0x30, 0));
	cr_expect_not(decode());
}

/* policy_cache_new returns before it looks at them. */
Test(policy, mappings_and_inhibit_any_need_policies)
{
	extend(dt_oid_policy_mappings, BYTES(0x30, 0));
	extend(dt_oid_inhibit_any_policy, BYTES(4, 0));
	cr_expect(decode());
}

Test(policy, skip_counts_are_read)
{
	extend(dt_oid_policies, BYTES(0x30, 6, LISTED(1)));
	extend(
	    dt_oid_policy_constraints, BYTES(0x30, 6, 0x80, 1, 3, 0x81, 1, 4));
	extend(dt_oid_inhibit_any_policy, BYTES(2, 1, 5));
	cr_assert(decode());
	cr_expect_eq(cert.policies.require_explicit, 3);
	cr_expect_eq(cert.policies.inhibit_mapping, 4);
	cr_expect_eq(cert.policies.inhibit_any, 5);
}

/* ASN1_INTEGER_get answers -1, which stands for "absent". */
Test(policy, a_skip_count_beyond_a_long_is_none)
{
	extend(dt_oid_policy_constraints,
	    BYTES(0x30, 11, 0x80, 9, 0, 0x80, 0, 0, 0, 0, 0, 0, 0));
	cr_assert(decode());
	cr_expect_eq(cert.policies.require_explicit, -1);
}

Test(policy, constraints_are_not_empty_and_not_negative)
{
	static const uint8_t rows[][8] = {
		{ 2, 0x30, 0 },
		{ 5, 0x30, 3, 0x80, 1, 0xff },
		{ 5, 0x30, 3, 0x81, 1, 0x80 },
		{ 4, 0x30, 2, 0x80, 0 },
		{ 5, 0x30, 3, 0x82, 1, 0 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		extend(dt_oid_policy_constraints,
		    dt_span(rows[i] + 1, rows[i][0]));
		cr_expect_not(decode(), "row %zu", i);
	}
}

/* id-qt-cps takes an IA5String, id-qt-unotice a UserNotice, any other OID any
 * value that is what its tag says. */
#define CPS 6, 8, 0x2b, 6, 1, 5, 5, 7, 2, 1
#define UNOTICE 6, 8, 0x2b, 6, 1, 5, 5, 7, 2, 2

Test(policy, qualifiers_have_the_form_their_oid_demands)
{
	static const struct {
		uint8_t qualifier[24]; /* contents, after their size */
		bool fits;
	} rows[] = {
		{ { 13, CPS, 0x16, 1, 'u' }, true },
		{ { 13, CPS, 0x0c, 1, 'u' }, false },
		{ { 10, CPS }, false },
		{ { 12, UNOTICE, 0x30, 0 }, true },
		{ { 15, UNOTICE, 0x30, 3, 0x0c, 1, 't' }, true },
		{ { 15, UNOTICE, 0x30, 3, 0x13, 1, 't' }, false },
		{ { 15, UNOTICE, 0x30, 3, 0x1e, 1, 't' }, false },
		{ { 20, UNOTICE, 0x30, 8, 0x30, 6, 0x1a, 1, 'o', 0x30, 1, 0 },
		    false },
		{ { 19, UNOTICE, 0x30, 7, 0x30, 5, 0x1a, 1, 'o', 0x30, 0 },
		    true },
		{ { 12, UNOTICE, 0x0c, 0 }, false },
		{ { 6, OID(9), 5, 0 }, true },
		{ { 7, OID(9), 5, 1, 0 }, false },
		{ { 6, OID(9), 0x10, 0 }, false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		uint8_t size = rows[i].qualifier[0];
		uint8_t value[40] = { 0x30, (uint8_t)(size + 10), 0x30,
			(uint8_t)(size + 8), OID(1), 0x30, (uint8_t)(size + 2),
			0x30, size };

		memcpy(value + 12, rows[i].qualifier + 1, size);
		extend(dt_oid_policies, dt_span(value, size + 12u));
		cr_expect_eq(decode(), rows[i].fits, "row %zu", i);
	}
}
