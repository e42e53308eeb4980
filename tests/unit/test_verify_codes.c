#include "compat/verify_codes.h"

#include "dicomtls.h"

#include <criterion/criterion.h>
#include <limits.h>

Test(verify_codes, documented_rows_have_their_numbers_texts_and_alerts)
{
	/* Alerts as measured against OpenSSL 3.0.22; texts from the manual of
	 * X509_STORE_CTX_get_error. */
	static const struct {
		int error, l_number, alert, dicom_error;
		const char *stem, *text;
	} rows[] = {
		{ 0, 0, 0, 0, "OK", "ok" },
		{ 1, 1, 80, 127, "UNSPECIFIED",
		    "unspecified certificate verification error" },
		{ 7, 7, 51, 165, "CERT_SIGNATURE_FAILURE",
		    "certificate signature failure" },
		{ 10, 10, 45, 168, "CERT_HAS_EXPIRED",
		    "certificate has expired" },
		{ 18, 18, 48, 176, "DEPTH_ZERO_SELF_SIGNED_CERT",
		    "self-signed certificate" },
		{ 23, 23, 44, 181, "CERT_REVOKED", "certificate revoked" },
		{ 24, 79, 46, 127, "NO_ISSUER_PUBLIC_KEY",
		    "issuer certificate doesn't have a public key" },
		{ 26, 26, 43, 184, "INVALID_PURPOSE",
		    "unsuitable certificate purpose" },
		{ 32, 32, 46, 190, "KEYUSAGE_NO_CERTSIGN",
		    "key usage does not include certificate signing" },
		{ 33, 33, 48, 127, "UNABLE_TO_GET_CRL_ISSUER",
		    "unable to get CRL issuer certificate" },
		{ 50, 50, 40, 191, "APPLICATION_VERIFICATION",
		    "application verification failure" },
		{ 62, 62, 42, 127, "HOSTNAME_MISMATCH", "hostname mismatch" },
		{ 79, 24, 48, 182, "INVALID_CA", "invalid CA certificate" },
		{ 94, 94, 42, 127, "EC_KEY_EXPLICIT_PARAMS",
		    "Certificate public key has explicit ECC parameters" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int error = rows[i].error;

		cr_expect_eq(dicomtls_code_l_number(error), rows[i].l_number,
		    "%d: L_ number", error);
		cr_expect_eq(dicomtls_code_alert(error), rows[i].alert,
		    "%d: alert", error);
		cr_expect_eq(dt_code_dicom_error(error), rows[i].dicom_error,
		    "%d: DICOM error", error);
		cr_expect_str_eq(dicomtls_code_name(error), rows[i].stem);
		cr_expect_str_eq(dicomtls_code_text(error), rows[i].text);
	}
}

Test(verify_codes, four_pairs_are_swapped_and_nothing_else)
{
	static const int pairs[][2] = { { 24, 79 }, { 65, 69 }, { 66, 70 },
		{ 67, 72 } };
	unsigned different = 0;

	for (unsigned i = 0; dicomtls_code_at(i) >= 0; i++)
		if (dicomtls_code_l_number((int)i) != (int)i)
			different++;
	cr_expect_eq(different, 8);
	for (size_t i = 0; i < 4; i++) {
		cr_expect_eq(dicomtls_code_l_number(pairs[i][0]), pairs[i][1]);
		cr_expect_eq(dicomtls_code_l_number(pairs[i][1]), pairs[i][0]);
	}
}

Test(verify_codes, contract_numbers_translate_both_ways)
{
	for (unsigned i = 0; dicomtls_code_at(i) >= 0; i++)
		cr_expect_eq(
		    dicomtls_code_from_l_number(dicomtls_code_l_number((int)i)),
		    (int)i);
}

Test(verify_codes, dicom_errors_follow_from_contract_numbers)
{
	for (int i = 1; dicomtls_code_at((unsigned)i) >= 0; i++) {
		int l = dicomtls_code_l_number(i);
		int want = l >= 2 && l <= 32 ? 158 + l : l == 50 ? 191 : 127;

		cr_expect_eq(dt_code_dicom_error(i), want, "%d", i);
	}
}

Test(verify_codes, table_has_all_95_codes)
{
	cr_expect_eq(dicomtls_code_at(0), 0);
	cr_expect_eq(dicomtls_code_at(94), 94);
	cr_expect_eq(dicomtls_code_at(95), DICOMTLS_E_INVALID);
	cr_expect_eq(dicomtls_code_at(UINT_MAX), DICOMTLS_E_INVALID);
	for (int i = 0; i < 95; i++)
		cr_assert_not_null(dicomtls_code_name(i), "%d", i);
}

Test(verify_codes, unknown_numbers_are_answered_like_unspecified)
{
	static const int unknown[] = { -1, 95, INT_MAX, INT_MIN };

	for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++) {
		cr_expect_str_eq(dicomtls_code_name(unknown[i]), "UNSPECIFIED");
		cr_expect_eq(dicomtls_code_l_number(unknown[i]), 1);
		cr_expect_eq(dicomtls_code_from_l_number(unknown[i]), 1);
		cr_expect_eq(dicomtls_code_alert(unknown[i]), 80);
		cr_expect_eq(dt_code_dicom_error(unknown[i]), 127);
	}
}

Test(verify_codes, find_takes_numbers_stems_and_prefixed_names)
{
	cr_expect_eq(dicomtls_code_find("26"), 26);
	cr_expect_eq(dicomtls_code_find("0"), 0);
	cr_expect_eq(dicomtls_code_find("INVALID_PURPOSE"), 26);
	cr_expect_eq(dicomtls_code_find("invalid_purpose"), 26);
	cr_expect_eq(dicomtls_code_find("X509_V_ERR_INVALID_PURPOSE"), 26);
	cr_expect_eq(dicomtls_code_find("L_X509_V_ERR_INVALID_CA"), 79);
	cr_expect_eq(dicomtls_code_find("DICOMTLS_V_ERR_INVALID_CA"), 79);
	cr_expect_eq(
	    dicomtls_code_find("X509_V_ERR_ERROR_IN_CERT_NOT_AFTER_FIELD"), 14);
	cr_expect_eq(dicomtls_code_find("X509_V_OK"), 0);
}

Test(verify_codes, find_refuses_what_names_no_code)
{
	static const char *const unknown[] = { "", "95", "-1", "26x", "+26",
		" 26", "4294967322", "99999999999999999999", "INVALID",
		"X509_V_ERR_", "X509_V_ERR_X509_V_ERR_INVALID_CA" };

	for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++)
		cr_expect_eq(dicomtls_code_find(unknown[i]), DICOMTLS_E_INVALID,
		    "%s", unknown[i]);
	cr_expect_eq(dicomtls_code_find(NULL), DICOMTLS_E_INVALID);
}

Test(verify_codes, failures_have_texts_of_their_own)
{
	for (int e = DICOMTLS_E_PROFILE; e <= 0; e++) {
		cr_expect_str_neq(dicomtls_strerror(e), "unknown error");
		for (int other = DICOMTLS_E_PROFILE; other < e; other++)
			cr_expect_str_neq(
			    dicomtls_strerror(e), dicomtls_strerror(other));
	}
	cr_expect_str_eq(dicomtls_strerror(1), "unknown error");
	cr_expect_str_eq(
	    dicomtls_strerror(DICOMTLS_E_PROFILE - 1), "unknown error");
	cr_expect_str_eq(dicomtls_strerror(INT_MIN), "unknown error");
}
