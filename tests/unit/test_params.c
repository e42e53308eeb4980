#include "verify/params.h"

#include "compat/trust.h"

#include <criterion/criterion.h>

static struct dicomtls_params *params;

static void
setup(void)
{
	cr_assert_eq(dicomtls_params_new(&params), 0);
}

static void
teardown(void)
{
	dicomtls_params_free(params);
}

TestSuite(params, .init = setup, .fini = teardown);

Test(params, ask_for_nothing_at_first)
{
	cr_expect_eq(params->purpose, DICOMTLS_PURPOSE_NONE);
	cr_expect_eq(params->depth, 100);
	cr_expect_eq(params->auth_level, -1);
	cr_expect_eq(params->flags, DICOMTLS_F_TRUSTED_FIRST);
	cr_expect_not(params->has_time);
}

Test(params, purpose_brings_its_trust)
{
	cr_assert_eq(
	    dicomtls_params_set_purpose(params, DICOMTLS_PURPOSE_SSL_CLIENT),
	    0);
	cr_expect_eq(params->trust, DT_TRUST_SSL_CLIENT);
	cr_expect_eq(
	    dicomtls_params_set_purpose(params, 99), DICOMTLS_E_INVALID);
	cr_expect_eq(params->purpose, DICOMTLS_PURPOSE_SSL_CLIENT);
}

Test(params, unknown_flags_are_refused)
{
	cr_expect_eq(
	    dicomtls_params_set_flags(params, 0x1), DICOMTLS_E_INVALID);
	cr_expect_eq(
	    dicomtls_params_set_flags(params, 0x80000000u), DICOMTLS_E_INVALID);
	cr_expect_eq(
	    dicomtls_params_set_host_flags(params, 0x40), DICOMTLS_E_INVALID);
	cr_expect_eq(
	    dicomtls_params_set_flags(params, DICOMTLS_F_PARTIAL_CHAIN), 0);
}

Test(params, policy_requirements_switch_the_check_on)
{
	cr_assert_eq(
	    dicomtls_params_set_flags(params, DICOMTLS_F_EXPLICIT_POLICY), 0);
	cr_expect(dt_params_has(params, DICOMTLS_F_POLICY_CHECK));
}

/* 1.2.840.113549: 2a 86 48 86 f7 0d (X.690 8.19). */
Test(params, policies_are_kept_as_octets_in_the_order_added)
{
	static const uint8_t rsadsi[] = { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d };
	struct dicomtls_params *copy;

	cr_assert_eq(dicomtls_params_add_policy(params, "1.2.840.113549"), 0);
	cr_assert_eq(dicomtls_params_add_policy(params, "2.5.29.32.0"), 0);
	cr_assert_eq(dicomtls_params_add_policy(params, "1.2.840.113549"), 0);
	cr_assert_eq(dicomtls_params_copy(&copy, params), 0);
	dicomtls_params_free(params);
	params = copy;
	cr_assert_eq(params->policies.count, 3);
	for (size_t i = 0; i < 3; i += 2)
		cr_expect(dt_span_equal(
		    params->policies.oids[i], dt_span(rsadsi, sizeof(rsadsi))));
	cr_expect_not(dt_params_has(params, DICOMTLS_F_POLICY_CHECK));
}

Test(params, addresses_are_parsed)
{
	cr_assert_eq(dicomtls_params_set_ip(params, "192.0.2.7"), 0);
	cr_expect_eq(params->ip_size, 4);
	cr_assert_eq(dicomtls_params_set_ip(params, "2001:db8::1"), 0);
	cr_expect_eq(params->ip_size, 16);
	cr_expect_eq(
	    dicomtls_params_set_ip(params, "pacs"), DICOMTLS_E_INVALID);
	cr_expect_eq(dicomtls_params_set_ip(params, NULL), DICOMTLS_E_INVALID);
}

Test(params, wrong_values_are_refused)
{
	cr_expect_eq(dicomtls_params_set_depth(params, -1), DICOMTLS_E_INVALID);
	cr_expect_eq(
	    dicomtls_params_set_auth_level(params, -1), DICOMTLS_E_INVALID);
	cr_expect_eq(dicomtls_params_add_host(params, ""), DICOMTLS_E_INVALID);
	cr_expect_eq(
	    dicomtls_params_add_policy(params, "1.2.x"), DICOMTLS_E_INVALID);
	cr_expect_eq(dicomtls_params_new(NULL), DICOMTLS_E_INVALID);
}

Test(params, there_have_to_be_some)
{
	struct dicomtls_params *copy = params;

	cr_expect_eq(dicomtls_params_copy(&copy, NULL), DICOMTLS_E_INVALID);
	cr_expect_eq(copy, params);
	cr_expect_eq(dicomtls_params_copy(NULL, params), DICOMTLS_E_INVALID);
	cr_expect_eq(dicomtls_params_set_purpose(NULL, 1), DICOMTLS_E_INVALID);
	cr_expect_eq(dicomtls_params_set_flags(NULL, 0), DICOMTLS_E_INVALID);
	cr_expect_eq(dicomtls_params_clear_flags(NULL, 0), DICOMTLS_E_INVALID);
	cr_expect_eq(dicomtls_params_set_time(NULL, 0), DICOMTLS_E_INVALID);
	cr_expect_eq(dicomtls_params_set_depth(NULL, 1), DICOMTLS_E_INVALID);
	cr_expect_eq(
	    dicomtls_params_set_auth_level(NULL, 1), DICOMTLS_E_INVALID);
	cr_expect_eq(dicomtls_params_add_host(NULL, "a"), DICOMTLS_E_INVALID);
	cr_expect_eq(
	    dicomtls_params_set_host_flags(NULL, 0), DICOMTLS_E_INVALID);
	cr_expect_eq(
	    dicomtls_params_set_email(NULL, "a@b"), DICOMTLS_E_INVALID);
	cr_expect_eq(dicomtls_params_set_ip(NULL, "::1"), DICOMTLS_E_INVALID);
	cr_expect_eq(
	    dicomtls_params_add_policy(NULL, "1.2"), DICOMTLS_E_INVALID);
	cr_expect_eq(
	    dicomtls_params_add_crl_file(NULL, "a"), DICOMTLS_E_INVALID);
	cr_expect_eq(
	    dicomtls_params_add_crl_der(NULL, "", 0), DICOMTLS_E_INVALID);
	dicomtls_params_free(NULL);
}

Test(params, a_value_has_to_be_given)
{
	cr_expect_eq(
	    dicomtls_params_add_host(params, NULL), DICOMTLS_E_INVALID);
	cr_expect_eq(
	    dicomtls_params_set_email(params, NULL), DICOMTLS_E_INVALID);
	cr_expect_eq(dicomtls_params_set_email(params, ""), DICOMTLS_E_INVALID);
	cr_expect_eq(
	    dicomtls_params_add_policy(params, NULL), DICOMTLS_E_INVALID);
	cr_expect_eq(
	    dicomtls_params_add_crl_file(params, NULL), DICOMTLS_E_INVALID);
	cr_expect_eq(
	    dicomtls_params_add_crl_der(params, NULL, 0), DICOMTLS_E_INVALID);
	cr_expect_eq(params->hosts.count, 0);
	cr_expect_null(params->email);
	cr_expect_eq(params->policies.count, 0);
	cr_expect_eq(params->crls.count, 0);
}

Test(params, flags_are_cleared_one_by_one)
{
	cr_assert_eq(dicomtls_params_set_flags(
			 params, DICOMTLS_F_CRL_CHECK | DICOMTLS_F_USE_DELTAS),
	    0);
	cr_expect_eq(dicomtls_params_clear_flags(params, 0x80000000u),
	    DICOMTLS_E_INVALID);
	cr_assert_eq(dicomtls_params_clear_flags(params,
			 DICOMTLS_F_TRUSTED_FIRST | DICOMTLS_F_USE_DELTAS),
	    0);
	cr_expect_eq(params->flags, DICOMTLS_F_CRL_CHECK);
}

Test(params, a_copy_owns_its_strings)
{
	struct dicomtls_params *copy;

	cr_assert_eq(dicomtls_params_add_host(params, "pacs.example"), 0);
	cr_assert_eq(dicomtls_params_set_email(params, "a@b.example"), 0);
	cr_assert_eq(dicomtls_params_copy(&copy, params), 0);
	cr_expect_eq(copy->hosts.count, 1);
	cr_expect_neq(copy->hosts.items[0], params->hosts.items[0]);
	cr_expect_str_eq(copy->hosts.items[0], "pacs.example");
	cr_expect_str_eq(copy->email, "a@b.example");
	dicomtls_params_free(copy);
}

Test(params, share_a_signature_cache_with_their_copies)
{
	struct dicomtls_signature_cache *cache;
	struct dicomtls_params *copy;

	cr_expect_null(params->signatures);
	cr_assert_eq(dicomtls_signature_cache_new(&cache, 8), 0);
	cr_assert_eq(dicomtls_params_set_signature_cache(params, cache), 0);
	/* Again: it is not released in between. */
	cr_assert_eq(dicomtls_params_set_signature_cache(params, cache), 0);
	dicomtls_signature_cache_free(cache);
	cr_assert_eq(dicomtls_params_copy(&copy, params), 0);
	cr_expect_eq(copy->signatures, params->signatures);
	cr_assert_eq(dicomtls_params_set_signature_cache(params, NULL), 0);
	cr_expect_null(params->signatures);
	cr_expect_eq(copy->signatures, cache);
	dicomtls_params_free(copy);
	cr_expect_eq(dicomtls_params_set_signature_cache(NULL, NULL),
	    DICOMTLS_E_INVALID);
}
