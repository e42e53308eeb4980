#include "compat/gnutls_status.h"

#include "dicomtls.h"

#include <criterion/criterion.h>
#include <gnutls/gnutls.h>

/* The only code of status; -1 if there is not exactly one. */
static int
only_code(unsigned status)
{
	int code = -1;

	return dicomtls_status_codes(status, &code, 1) == 1 ? code : -1;
}

Test(gnutls_status, no_bits_are_no_codes)
{
	int code = -1;

	cr_expect_eq(dicomtls_status_codes(0, &code, 1), 0);
	cr_expect_eq(code, -1);
}

Test(gnutls_status, particular_bits_have_their_numbers)
{
	const unsigned invalid = GNUTLS_CERT_INVALID;

	cr_expect_eq(only_code(invalid | GNUTLS_CERT_SIGNER_NOT_FOUND), 20);
	cr_expect_eq(only_code(invalid | GNUTLS_CERT_EXPIRED), 10);
	cr_expect_eq(only_code(invalid | GNUTLS_CERT_NOT_ACTIVATED), 9);
	cr_expect_eq(only_code(invalid | GNUTLS_CERT_REVOKED), 23);
	cr_expect_eq(only_code(invalid | GNUTLS_CERT_SIGNATURE_FAILURE), 7);
	cr_expect_eq(only_code(invalid | GNUTLS_CERT_PURPOSE_MISMATCH), 26);
	cr_expect_eq(
	    only_code(invalid | GNUTLS_CERT_UNKNOWN_CRIT_EXTENSIONS), 34);
	cr_expect_eq(only_code(invalid | GNUTLS_CERT_UNEXPECTED_OWNER), 62);
	cr_expect_eq(
	    only_code(invalid | GNUTLS_CERT_SIGNER_CONSTRAINTS_FAILURE), 25);
}

Test(gnutls_status, signer_without_ca_right_is_one_finding)
{
	cr_expect_eq(only_code(GNUTLS_CERT_SIGNER_NOT_CA), 79);
	cr_expect_eq(only_code(GNUTLS_CERT_SIGNER_NOT_CA |
			       GNUTLS_CERT_SIGNER_CONSTRAINTS_FAILURE),
	    79);
}

Test(gnutls_status, bits_without_a_number_are_unspecified)
{
	int codes[2];

	cr_expect_eq(only_code(GNUTLS_CERT_INVALID), 1);
	cr_expect_eq(only_code(GNUTLS_CERT_MISSING_OCSP_STATUS), 1);
	cr_expect_eq(only_code(1u << 31), 1);
	cr_assert_eq(
	    dicomtls_status_codes(GNUTLS_CERT_EXPIRED | 1u << 31, codes, 2), 2);
	cr_expect_eq(codes[0], 10);
	cr_expect_eq(codes[1], 1);
}

Test(gnutls_status, counts_what_does_not_fit)
{
	int codes[2] = { -1, -1 };
	const unsigned status = GNUTLS_CERT_EXPIRED |
				GNUTLS_CERT_PURPOSE_MISMATCH |
				GNUTLS_CERT_SIGNER_NOT_FOUND;

	cr_expect_eq(dicomtls_status_codes(status, codes, 1), 3);
	cr_expect_eq(codes[0], 26, "the purpose tells most");
	cr_expect_eq(codes[1], -1, "nothing is written past the room");
	cr_expect_eq(dicomtls_status_codes(status, NULL, 0), 3);
}

/* GnuTLS blames the certificate below for much that OpenSSL reports about its
 * issuer, and for nothing else there. */
Test(gnutls_status, a_failure_explains_the_bits_that_mean_it)
{
	cr_expect(dt_status_is_explained(10, 10, 0));
	cr_expect(dt_status_is_explained(10, 14, 0), "no well-formed date");
	cr_expect_not(
	    dt_status_is_explained(10, 10, 1), "the issuer's dates are others");
	cr_expect_not(dt_status_is_explained(10, 9, 0));
	cr_expect(dt_status_is_explained(25, 47, 0), "name constraints");
	cr_expect_not(dt_status_is_explained(25, 47, 1));
	cr_expect(dt_status_is_explained(25, 25, 7), "of the whole path");
	cr_expect(dt_status_is_explained(68, 67, 1), "the issuer's key");
	cr_expect_not(dt_status_is_explained(68, 67, 2));
	cr_expect_not(dt_status_is_explained(23, 3, 0));
}

Test(gnutls_status, any_failure_explains_the_general_bit)
{
	cr_expect(dt_status_is_explained(1, 94, 0));
	cr_expect_not(dt_status_is_explained(1, 94, 1));
}
