#include "tools/store_status.h"

#include <criterion/criterion.h>
#include <string.h>

/* PS3.4 table B.2-1. */
Test(store_status, statuses_of_the_storage_service_are_known)
{
	cr_expect_eq(store_status_outcome(0x0000), STORE_DONE);
	cr_expect_eq(store_status_outcome(0xb000), STORE_WARNING);
	cr_expect_eq(store_status_outcome(0xb006), STORE_WARNING);
	cr_expect_eq(store_status_outcome(0xb007), STORE_WARNING);
	cr_expect_not_null(strstr(store_status_text(0xb006), "discarded"));
	for (unsigned low = 0; low < 0x100; low++) {
		uint16_t resources = (uint16_t)(0xa700 | low);
		uint16_t mismatch = (uint16_t)(0xa900 | low);

		cr_expect_eq(store_status_outcome(resources), STORE_FAILED);
		cr_expect_str_eq(
		    store_status_text(resources), "out of resources");
		cr_expect_eq(store_status_outcome(mismatch), STORE_FAILED);
		cr_expect_not_null(
		    strstr(store_status_text(mismatch), "does not match"));
	}
	cr_expect_eq(store_status_outcome(0xcfff), STORE_FAILED);
	cr_expect_not_null(strstr(store_status_text(0xc123), "not understood"));
}

Test(store_status, any_b_is_a_warning)
{
	for (unsigned low = 0; low < 0x1000; low++)
		cr_expect_eq(store_status_outcome((uint16_t)(0xb000 | low)),
		    STORE_WARNING);
}

Test(store_status, general_failures_are_told_apart)
{
	cr_expect_str_eq(store_status_text(0x0110), "processing failed");
	cr_expect_not_null(strstr(store_status_text(0x0117), "instance UID"));
	cr_expect_not_null(strstr(store_status_text(0x0122), "SOP class"));
	cr_expect_str_eq(store_status_text(0x0124), "not authorized");
}

/* 0xff00 is pending, which C-STORE has not. */
Test(store_status, what_nobody_knows_is_a_failure)
{
	static const uint16_t strange[] = { 0x0002, 0x0115, 0x7000, 0xa800,
		0xff00, 0xffff };

	for (size_t i = 0; i < sizeof(strange) / sizeof(strange[0]); i++) {
		cr_expect_eq(store_status_outcome(strange[i]), STORE_FAILED);
		cr_expect_str_eq(store_status_text(strange[i]),
		    "a status that DICOM does not define");
	}
}
