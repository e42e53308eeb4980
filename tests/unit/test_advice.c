#include "tools/advice.h"

#include "dicomtls.h"

#include <criterion/criterion.h>

Test(advice, has_an_answer_for_every_number)
{
	int error;

	for (unsigned i = 0; (error = dicomtls_code_at(i)) >= 0; i++)
		cr_expect_gt(strlen(advice_for_error(error)), 0, "%d", error);
	cr_expect_gt(strlen(advice_for_error(-1)), 0);
}

/* Revocation has many ways to fail, and each is mended elsewhere. */
Test(advice, tells_the_failures_of_revocation_apart)
{
	static const int errors[] = { 3, 8, 11, 12, 23, 35, 36, 44, 54 };
	const size_t count = sizeof(errors) / sizeof(errors[0]);

	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k <= i; k++)
			cr_expect_str_neq(advice_for_error(errors[i]),
			    advice_for_error(k == i ? -1 : errors[k]),
			    "%d and %d", errors[i], k == i ? -1 : errors[k]);
}

Test(advice, tells_of_every_alert_that_a_refused_certificate_causes)
{
	const char *unknown = advice_for_alert(255);
	int error;

	for (unsigned i = 1; (error = dicomtls_code_at(i)) >= 0; i++) {
		int alert = dicomtls_code_alert(error);

		cr_expect_str_neq(advice_for_alert(alert), unknown,
		    "alert %d of %d", alert, error);
		cr_expect_str_neq(advice_alert_name(alert),
		    advice_alert_name(255), "alert %d", alert);
	}
}

Test(advice, names_the_purpose_for_alert_43)
{
	cr_expect(strstr(advice_for_alert(43), "clientAuth") != NULL);
	cr_expect_str_eq(advice_alert_name(43), "unsupported_certificate");
}
