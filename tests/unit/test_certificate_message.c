#include "tls/certificate_message.h"

#include "dicomtls.h"

#include <criterion/criterion.h>

#define BYTES(...)                                                             \
	dt_span((const uint8_t[]){ __VA_ARGS__ },                              \
	    sizeof((const uint8_t[]){ __VA_ARGS__ }))

static struct dt_certificate_list list;

static int
parse(struct dt_span message, bool tls13)
{
	list.count = 77;
	return dt_certificate_message_parse(&list, message, tls13);
}

Test(certificate_message, tls12_list_in_order)
{
	cr_assert_eq(
	    parse(BYTES(0, 0, 9, 0, 0, 2, 'a', 'b', 0, 0, 1, 'c'), false), 0);
	cr_assert_eq(list.count, 2);
	cr_expect_eq(list.items[0].size, 2);
	cr_expect_arr_eq(list.items[0].data, "ab", 2);
	cr_expect_eq(list.items[1].size, 1);
	cr_expect_eq(list.items[1].data[0], 'c');
}

Test(certificate_message, tls13_entries_carry_extensions)
{
	cr_assert_eq(parse(BYTES(0, 0, 0, 15, 0, 0, 1, 'a', 0, 3, 9, 9, 9, 0, 0,
			       1, 'b', 0, 0),
			 true),
	    0);
	cr_assert_eq(list.count, 2);
	cr_expect_eq(list.items[0].data[0], 'a');
	cr_expect_eq(list.items[1].data[0], 'b');
}

Test(certificate_message, empty_lists_are_lists)
{
	cr_expect_eq(parse(BYTES(0, 0, 0), false), 0);
	cr_expect_eq(list.count, 0);
	cr_expect_eq(parse(BYTES(0, 0, 0, 0), true), 0);
	cr_expect_eq(list.count, 0);
}

Test(certificate_message, every_truncation_is_refused)
{
	static const uint8_t old[] = { 0, 0, 9, 0, 0, 2, 'a', 'b', 0, 0, 1,
		'c' };
	static const uint8_t new[] = { 0, 0, 0, 15, 0, 0, 1, 'a', 0, 3, 9, 9, 9,
		0, 0, 1, 'b', 0, 0 };

	for (size_t n = 0; n < sizeof(old); n++)
		cr_expect_eq(parse(dt_span(old, n), false), DICOMTLS_E_FORMAT,
		    "TLS 1.2, %zu bytes", n);
	for (size_t n = 0; n < sizeof(new); n++)
		cr_expect_eq(parse(dt_span(new, n), true), DICOMTLS_E_FORMAT,
		    "TLS 1.3, %zu bytes", n);
	cr_expect_eq(list.count, 77, "untouched");
}

Test(certificate_message, inner_lengths_stay_inside)
{
	cr_expect_eq(
	    parse(BYTES(0, 0, 4, 0, 0, 2, 'a'), false), DICOMTLS_E_FORMAT);
	cr_expect_eq(parse(BYTES(0, 0, 0, 6, 0, 0, 1, 'a', 0, 1), true),
	    DICOMTLS_E_FORMAT);
	cr_expect_eq(
	    parse(BYTES(0, 0, 2, 0xff, 0xff), false), DICOMTLS_E_FORMAT);
}

Test(certificate_message, trailing_bytes_are_refused)
{
	cr_expect_eq(
	    parse(BYTES(0, 0, 4, 0, 0, 1, 'a', 0), false), DICOMTLS_E_FORMAT);
}

Test(certificate_message, empty_certificates_are_refused)
{
	cr_expect_eq(parse(BYTES(0, 0, 3, 0, 0, 0), false), DICOMTLS_E_FORMAT);
}

Test(certificate_message, a_request_context_is_refused)
{
	cr_expect_eq(parse(BYTES(1, 7, 0, 0, 0), true), DICOMTLS_E_FORMAT);
}

Test(certificate_message, too_many_certificates_are_over_the_limit)
{
	static uint8_t bytes[3 + 4 * (DT_MAX_CHAIN + 1)];
	size_t body = sizeof(bytes) - 3;

	bytes[1] = (uint8_t)(body >> 8);
	bytes[2] = (uint8_t)body;
	for (size_t i = 3; i < sizeof(bytes); i += 4)
		bytes[i + 2] = 1;
	cr_expect_eq(
	    parse(dt_span(bytes, sizeof(bytes)), false), DICOMTLS_E_LIMIT);
	body -= 4;
	bytes[1] = (uint8_t)(body >> 8);
	bytes[2] = (uint8_t)body;
	cr_expect_eq(parse(dt_span(bytes, body + 3), false), 0);
	cr_expect_eq(list.count, DT_MAX_CHAIN);
}

Test(certificate_message, a_huge_message_is_over_the_limit)
{
	static uint8_t bytes[DT_MAX_CERTIFICATE_MESSAGE + 1];

	cr_expect_eq(
	    parse(dt_span(bytes, sizeof(bytes)), false), DICOMTLS_E_LIMIT);
}
