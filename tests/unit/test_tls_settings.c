/* L_SSL_CTX_CREATE as settings. */
#include "ltdic/tls_settings.h"

#include <criterion/criterion.h>
#include <stddef.h>

static struct dt_tls_settings settings;

static L_INT
read_settings(const L_SSL_CTX_CREATE *create)
{
	dt_tls_settings_clear(&settings);
	return dt_tls_settings_read(&settings, create);
}

Test(tls_settings, nothing_given_means_the_documented_defaults)
{
	cr_expect_eq(read_settings(NULL), DICOM_SUCCESS);
	cr_expect_eq(settings.depth, 100);
	cr_expect_eq(settings.verify_mode, L_SSL_VERIFY_NONE);
	cr_expect_eq(settings.auth_level, -1);
	cr_expect_null(settings.ca_file);
	cr_expect_eq(settings.min_version, 0);
	cr_expect_eq(settings.max_version, 0);
}

Test(tls_settings, a_field_counts_only_with_its_flag)
{
	L_SSL_CTX_CREATE create = { .uStructSize = sizeof(create),
		.nMethodTypeSSL = TYPE_SSLV2_METHOD,
		.uVerifyMode = 0xFF,
		.nVerifyDepth = -5 };

	cr_expect_eq(read_settings(&create), DICOM_SUCCESS);
	cr_expect_eq(settings.depth, 100);
}

Test(tls_settings, every_field_is_taken)
{
	L_SSL_CTX_CREATE create = { .uStructSize = sizeof(create),
		.uFlags = FLAG_SSL_CTX_CREATE_ALL,
		.nMethodTypeSSL = TYPE_TLS_METHOD,
		.pszCAfile = (L_TCHAR *)"ca.pem",
		.uVerifyMode = L_SSL_VERIFY_PEER,
		.nVerifyDepth = 2,
		.nOptions = L_SSL_OP_NO_TLSv1_2 };

	cr_expect_eq(read_settings(&create), DICOM_SUCCESS);
	cr_expect_str_eq(settings.ca_file, "ca.pem");
	cr_expect_eq(settings.verify_mode, L_SSL_VERIFY_PEER);
	cr_expect_eq(settings.depth, 2);
	cr_expect_eq(settings.min_version, TLS_V1_3);
	dt_tls_settings_clear(&settings);
}

/* One wrong field, and the documented number that points at it. */
static const struct {
	const char *name;
	L_SSL_CTX_CREATE create;
	L_INT error;
} wrong[] = {
	{ "SSL 2",
	    { .uFlags = FLAG_SSL_CTX_CREATE_METHOD_TYPE,
		.nMethodTypeSSL = TYPE_SSLV2_METHOD },
	    192 },
	{ "SSL 3",
	    { .uFlags = FLAG_SSL_CTX_CREATE_METHOD_TYPE,
		.nMethodTypeSSL = TYPE_SSLV3_METHOD },
	    192 },
	{ "no method",
	    { .uFlags = FLAG_SSL_CTX_CREATE_METHOD_TYPE, .nMethodTypeSSL = 6 },
	    192 },
	{ "unknown flag", { .uFlags = 0x20 }, 192 },
	{ "negative depth",
	    { .uFlags = FLAG_SSL_CTX_CREATE_VERIFY_DEPTH, .nVerifyDepth = -1 },
	    193 },
	{ "unknown mode",
	    { .uFlags = FLAG_SSL_CTX_CREATE_VERIFY_MODE, .uVerifyMode = 8 },
	    194 },
	{ "no file", { .uFlags = FLAG_SSL_CTX_CREATE_CAFILE }, 195 },
	{ "no version left",
	    { .uFlags = FLAG_SSL_CTX_CREATE_METHOD_TYPE |
			FLAG_SSL_CTX_CREATE_OPTIONS,
		.nMethodTypeSSL = TYPE_TLSV1_METHOD,
		.nOptions = L_SSL_OP_NO_TLSv1 },
	    196 },
};

Test(tls_settings, a_wrong_field_has_its_own_error)
{
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		L_SSL_CTX_CREATE create = wrong[i].create;

		create.uStructSize = sizeof(create);
		cr_expect_eq(read_settings(&create), wrong[i].error, "%s",
		    wrong[i].name);
	}
}

Test(tls_settings, a_prefix_of_the_struct_is_read_no_further)
{
	L_SSL_CTX_CREATE create = { .uStructSize = offsetof(
					L_SSL_CTX_CREATE, nVerifyDepth),
		.uFlags = FLAG_SSL_CTX_CREATE_VERIFY_MODE,
		.uVerifyMode = L_SSL_VERIFY_PEER };

	cr_expect_eq(read_settings(&create), DICOM_SUCCESS);
	cr_expect_eq(settings.verify_mode, L_SSL_VERIFY_PEER);
	create.uFlags |= FLAG_SSL_CTX_CREATE_VERIFY_DEPTH;
	cr_expect_eq(read_settings(&create), DICOM_ERROR_TLS_INVALID_CTX);
	create.uStructSize = 0;
	cr_expect_eq(read_settings(&create), DICOM_ERROR_INVALID_STRUCT_SIZE);
	create.uStructSize = sizeof(create) + 1;
	cr_expect_eq(read_settings(&create), DICOM_ERROR_INVALID_STRUCT_SIZE);
}

Test(tls_settings, a_copy_owns_its_text)
{
	L_SSL_CTX_CREATE create = { .uStructSize = sizeof(create),
		.uFlags = FLAG_SSL_CTX_CREATE_CAFILE,
		.pszCAfile = (L_TCHAR *)"ca.pem" };
	const char *const files[] = { "ca.crl", NULL };
	const struct dt_questions asked = { .flags = DICOMTLS_F_CRL_CHECK,
		.crl_files = files };
	struct dt_tls_settings copy;

	cr_assert_eq(read_settings(&create), DICOM_SUCCESS);
	cr_assert_eq(dt_questions_copy(&settings.questions, &asked), 0);
	cr_assert(dt_tls_settings_copy(&copy, &settings));
	cr_expect_neq(copy.ca_file, settings.ca_file);
	cr_expect_neq(copy.questions.crl_files, settings.questions.crl_files);
	dt_tls_settings_clear(&settings);
	cr_expect_str_eq(copy.ca_file, "ca.pem");
	cr_expect_eq(copy.questions.flags, DICOMTLS_F_CRL_CHECK);
	cr_expect_str_eq(copy.questions.crl_files[0], "ca.crl");
	dt_tls_settings_clear(&copy);
}
