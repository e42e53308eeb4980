#include "tools/failure.h"

#include <criterion/criterion.h>
#include <string.h>

static char text[512];

static void
reject(L_UCHAR outcome, L_UCHAR source, L_UCHAR reason)
{
	failure_of_rejection(outcome, source, reason, text, sizeof(text));
}

static void
expect(const char *words)
{
	cr_expect_not_null(strstr(text, words), "%s", text);
}

/* PS3.8 table 9-21: the meaning of a reason depends on its source. */
Test(failure, tells_every_reason_of_a_rejection)
{
	static const struct {
		L_UCHAR source, reason;
		const char *words;
	} rows[] = {
		{ 1, 1, "no reason" },
		{ 1, 2, "application context name" },
		{ 1, 3, "calling AE title" },
		{ 1, 7, "called AE title" },
		{ 2, 1, "no reason" },
		{ 2, 2, "version of the protocol" },
		{ 3, 1, "congested" },
		{ 3, 2, "as many associations" },
		{ 1, 4, "none of PS3.8" },
		{ 3, 7, "none of PS3.8" },
		{ 9, 1, "unknown source" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		reject(1, rows[i].source, rows[i].reason);
		expect(rows[i].words);
	}
}

Test(failure, tells_result_and_source_of_a_rejection)
{
	reject(1, 1, 1);
	expect("rejected the association permanently, its application did");
	expect("(result 1, source 1, reason 1)");
	reject(2, 3, 1);
	expect("for the moment, its protocol layer (presentation) did");
	reject(7, 2, 1);
	expect("in a way of its own, its protocol layer (ACSE) did");
}

/* PS3.8 9.3.8. */
Test(failure, tells_source_and_reason_of_an_abort)
{
	static const char *const reasons[] = { "no reason", "unknown type",
		"out of turn", "none of PS3.8", "unknown PDU parameter",
		"out of place", "invalid value" };

	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++) {
		failure_of_abort(2, (L_UCHAR)i, text, sizeof(text));
		expect("its protocol layer did");
		expect(reasons[i]);
	}
	failure_of_abort(0, 5, text, sizeof(text));
	expect("its application did: it gives no reason");
	expect("(source 0, reason 5)");
	failure_of_abort(1, 0, text, sizeof(text));
	expect("an unknown source");
}

Test(failure, has_advice_for_what_has_a_remedy)
{
	static const L_INT codes[] = { DICOM_ERROR_NET_CONNECTION_REFUSED,
		DICOM_ERROR_NET_TIME_OUT, DICOM_ERROR_NET_CONNECTION_RESET,
		DICOM_ERROR_NET_CONNECTION_ABORTED, DICOM_ERROR_BAD_SECURE_MODE,
		DICOM_ERROR_NET_HOST_NOT_FOUND };

	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		cr_expect_not_null(failure_advice(codes[i]), "%d", codes[i]);
	cr_expect_null(failure_advice(DICOM_SUCCESS));
	cr_expect_null(failure_advice(-1));
}

Test(failure, names_want_of_memory_and_nothing_else)
{
	cr_expect_str_eq(failure_reason(DICOM_ERROR_MEMORY), ": no memory");
	cr_expect_str_eq(failure_reason(DICOM_ERROR_NET_TIME_OUT), "");
}
