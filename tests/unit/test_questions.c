#include "verify/questions.h"

#include "base/limits.h"
#include "verify/params.h"
#include "verify/store.h"

#include <criterion/criterion.h>

static struct dicomtls_store *store;
static struct dicomtls_params *params;

static void
setup(void)
{
	cr_assert_eq(dicomtls_store_new(&store), 0);
	cr_assert_eq(dicomtls_params_new(&params), 0);
}

static void
teardown(void)
{
	dicomtls_store_free(store);
	dicomtls_params_free(params);
}

TestSuite(questions, .init = setup, .fini = teardown);

Test(questions, a_copy_has_text_of_its_own)
{
	char policy[] = "1.2.3";
	const char *const policies[] = { policy, "2.5.29.32.0", NULL };
	const struct dt_questions from = { DICOMTLS_F_POLICY_CHECK,
		DICOMTLS_HOST_NO_WILDCARDS, policies, NULL, 0 };
	struct dt_questions copy;

	cr_assert_eq(dt_questions_copy(&copy, &from), 0);
	policy[0] = '7';
	cr_expect_eq(copy.flags, DICOMTLS_F_POLICY_CHECK);
	cr_expect_eq(copy.host_flags, DICOMTLS_HOST_NO_WILDCARDS);
	cr_expect_str_eq(copy.policies[0], "1.2.3");
	cr_expect_str_eq(copy.policies[1], "2.5.29.32.0");
	cr_expect_null(copy.policies[2]);
	cr_assert_not_null(copy.crl_files);
	cr_expect_null(copy.crl_files[0]);
	dt_questions_clear(&copy);
	cr_expect_null(copy.policies);
}

Test(questions, reach_the_params)
{
	const char *const policies[] = { "1.2.3", NULL };
	const struct dt_questions questions = { DICOMTLS_F_X509_STRICT,
		DICOMTLS_HOST_NO_WILDCARDS, policies, NULL, 0 };

	cr_assert_eq(dt_questions_put(&questions, store, params, NULL), 0);
	cr_expect_eq(params->flags,
	    (uint32_t)(DICOMTLS_F_X509_STRICT | DICOMTLS_F_TRUSTED_FIRST));
	cr_expect_eq(params->host_flags, DICOMTLS_HOST_NO_WILDCARDS);
	cr_expect_eq(params->policies.count, 1);
}

Test(questions, nothing_asked_changes_nothing)
{
	const struct dt_questions nothing = { 0 };

	cr_assert_eq(dt_questions_put(&nothing, store, params, NULL), 0);
	cr_expect_eq(params->flags, (uint32_t)DICOMTLS_F_TRUSTED_FIRST);
}

Test(questions, what_cannot_be_asked_is_named)
{
	const char *const policies[] = { "1.2.3", "x", NULL };
	const char *const files[] = { "/nonexistent/list.crl", NULL };
	struct dt_questions questions = { 0, 0, policies, NULL, 0 };
	struct dt_message why = { "" };

	cr_expect_eq(dt_questions_put(&questions, store, params, &why),
	    DICOMTLS_E_INVALID);
	cr_expect(strstr(why.text, "'x'") != NULL, "%s", why.text);
	questions = (struct dt_questions){ .crl_files = files };
	cr_expect_eq(
	    dt_questions_put(&questions, store, params, &why), DICOMTLS_E_IO);
	cr_expect(strstr(why.text, files[0]) != NULL, "%s", why.text);
	questions.flags = DICOMTLS_F_EXTENDED_CRL_SUPPORT;
	why.text[0] = '\0';
	cr_expect_eq(
	    dt_questions_put(&questions, store, params, &why), DICOMTLS_E_IO);
	cr_expect(strstr(why.text, files[0]) != NULL, "%s", why.text);
	questions = (struct dt_questions){ .flags = 1u << 31 };
	cr_expect_eq(dt_questions_put(&questions, store, params, &why),
	    DICOMTLS_E_INVALID);
}

Test(questions, of_one_process_share_a_signature_cache)
{
	const struct dt_questions questions = { .signatures = 16 };
	struct dicomtls_signature_cache *first;

	cr_assert_eq(dt_questions_put(&questions, store, params, NULL), 0);
	first = params->signatures;
	cr_expect_not_null(first);
	cr_assert_eq(dt_questions_put(&questions, store, params, NULL), 0);
	cr_expect_eq(params->signatures, first);
}

Test(questions, name_a_signature_cache_that_is_too_large)
{
	const struct dt_questions questions = {
		.signatures = DT_MAX_SIGNATURE_CACHE + 1
	};
	struct dt_message why = { "" };

	cr_expect_eq(dt_questions_put(&questions, store, params, &why),
	    DICOMTLS_E_LIMIT);
	cr_expect(strstr(why.text, "signatures") != NULL, "%s", why.text);
}
