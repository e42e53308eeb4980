#include "base/der.h"

#include "base/limits.h"

#include <criterion/criterion.h>

#define BYTES(...)                                                             \
	dt_span((const uint8_t[]){ __VA_ARGS__ },                              \
	    sizeof((const uint8_t[]){ __VA_ARGS__ }))

Test(der, next_takes_one_element)
{
	struct dt_span in = BYTES(0x02, 0x01, 0x05, 0x05, 0x00);
	struct dt_der e;

	cr_assert(dt_der_next(&in, &e));
	cr_expect_eq(e.tag, DT_DER_INTEGER);
	cr_expect_eq(e.content.size, 1);
	cr_expect_eq(e.whole.size, 3);
	cr_expect_eq(in.size, 2);
	cr_expect(dt_der_take(&in, DT_DER_NULL, &e));
	cr_expect_not(dt_der_next(&in, &e), "nothing is left");
}

Test(der, next_refuses_what_reaches_past_the_end)
{
	struct dt_span in = BYTES(0x04, 0x03, 0x01, 0x02);
	struct dt_der e;

	cr_expect_not(dt_der_next(&in, &e));
	cr_expect_eq(in.size, 4, "input is unchanged");
}

/* X.690 8.1.3.6: the end-of-contents octets that close the element are not
 * those of an element within it. */
Test(der, next_finds_the_end_of_indefinite_length)
{
	struct dt_span in = BYTES(0x30, 0x80, 0x30, 0x80, 0x05, 0x00, 0x00,
	    0x00, 0x04, 0x02, 0x00, 0x00, 0x00, 0x00, 0x05, 0x00);
	struct dt_der e;

	cr_assert(dt_der_next(&in, &e));
	cr_expect_eq(e.tag, DT_DER_SEQUENCE);
	cr_expect_eq(e.content.size, 10);
	cr_expect_eq(e.whole.size, 14);
	cr_expect_eq(in.size, 2);
}

Test(der, next_refuses_indefinite_length_without_end)
{
	struct dt_span open = BYTES(0x30, 0x80, 0x05, 0x00, 0x00);
	struct dt_span inner = BYTES(0x30, 0x80, 0x30, 0x80, 0x00, 0x00);
	struct dt_span long_inside = BYTES(0x30, 0x80, 0x04, 0x03, 0x00, 0x00);
	struct dt_span primitive = BYTES(0x04, 0x80, 0x00, 0x00);
	struct dt_der e;

	cr_expect_not(dt_der_next(&open, &e));
	cr_expect_not(dt_der_next(&inner, &e));
	cr_expect_not(dt_der_next(&long_inside, &e));
	cr_expect_not(dt_der_next(&primitive, &e));
}

Test(der, end_of_contents_is_no_element)
{
	struct dt_span in = BYTES(0x00, 0x00, 0x05, 0x00);
	struct dt_der e;

	cr_expect_not(dt_der_next(&in, &e));
}

Test(der, lengths_and_tags_may_have_more_octets_than_needed)
{
	struct dt_span length = BYTES(0x04, 0x83, 0x00, 0x00, 0x01, 0x55);
	struct dt_span tag = BYTES(0x1f, 0x02, 0x01, 0x05);
	struct dt_span padded = BYTES(0xbf, 0x80, 0x03, 0x00);
	struct dt_span other = BYTES(0x1f, 0x1f, 0x00);
	struct dt_span huge = BYTES(0x1f, 0x88, 0x80, 0x80, 0x80, 0x00, 0x00);
	struct dt_der e;

	cr_assert(dt_der_take(&length, DT_DER_OCTET_STRING, &e));
	cr_expect_eq(e.content.size, 1);
	cr_assert(dt_der_take(&tag, DT_DER_INTEGER, &e));
	cr_expect_eq(e.content.size, 1);
	cr_expect(dt_der_take(&padded, DT_DER_CONTEXT_CONSTRUCTED | 3, &e));
	cr_assert(dt_der_next(&other, &e));
	cr_expect_eq(e.tag, 0, "a number above 30");
	cr_expect_not(dt_der_next(&huge, &e), "a number above 2^31 - 1");
}

Test(der, lists_may_lack_the_constructed_bit)
{
	struct dt_span primitive = BYTES(0x10, 0x00);
	struct dt_span list = primitive, set = BYTES(0x31, 0x00);
	struct dt_der e;

	cr_expect(dt_der_take_list(&list, DT_DER_SEQUENCE, &e));
	cr_expect_not(dt_der_take_list(&set, DT_DER_SEQUENCE, &e));
	cr_expect(dt_der_take_list(&set, DT_DER_SET, &e));
	cr_expect_not(dt_der_take(&primitive, DT_DER_SEQUENCE, &e));
}

Test(der, next_refuses_lengths_that_overflow)
{
	struct dt_span in = BYTES(
	    0x30, 0x88, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0);
	struct dt_der e;

	cr_expect_not(dt_der_next(&in, &e));
}

Test(der, next_refuses_lengths_that_are_cut_off)
{
	struct dt_span in = BYTES(0x31, 0xc0);
	struct dt_span two = BYTES(0x31, 0x82, 0x00);
	struct dt_der e;

	cr_expect_not(dt_der_next(&in, &e));
	cr_expect_not(dt_der_next(&two, &e));
}

/* X.690 8.1.3: the same 200 octets under each form of length that holds it,
 * whole and without the last octet. */
Test(der, lengths_of_each_form_end_where_they_say)
{
	static const uint8_t forms[][5] = { { 0x81, 200 }, { 0x82, 0, 200 },
		{ 0x83, 0, 0, 200 }, { 0x84, 0, 0, 0, 200 } };
	uint8_t bytes[6 + 200] = { 0 };
	struct dt_der e;

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		struct dt_span in = dt_span(bytes, 3 + i + 200);

		bytes[0] = DT_DER_OCTET_STRING;
		memcpy(bytes + 1, forms[i], sizeof(forms[i]));
		in.size--;
		cr_expect_not(dt_der_next(&in, &e), "%zu: cut off", i);
		in.size++;
		cr_assert(dt_der_next(&in, &e), "%zu", i);
		cr_expect_eq(e.tag, DT_DER_OCTET_STRING);
		cr_expect_eq(e.content.size, 200);
		cr_expect_eq(e.content.data, bytes + 3 + i);
		cr_expect_eq(in.size, 0);
	}
}

Test(der, next_refuses_a_header_that_is_not_all_there)
{
	static const uint8_t header[] = { 0x30, 0x82, 0x00 };
	struct dt_der e;

	for (size_t size = 0; size <= sizeof(header); size++) {
		struct dt_span in = dt_span(header, size);

		cr_expect_not(dt_der_next(&in, &e), "%zu octets", size);
		cr_expect_eq(in.size, size);
	}
}

Test(der, integers_must_be_minimal)
{
	cr_expect(dt_der_is_integer(BYTES(0x00)));
	cr_expect(dt_der_is_integer(BYTES(0x00, 0x80)));
	cr_expect(dt_der_is_integer(BYTES(0xff, 0x7f)));
	cr_expect_not(dt_der_is_integer(BYTES(0x00, 0x7f)));
	cr_expect_not(dt_der_is_integer(BYTES(0xff, 0x80)));
	cr_expect_not(dt_der_is_integer(dt_span("", 0)));
}

Test(der, long_keeps_the_sign_and_refuses_nine_octets)
{
	long v;

	cr_assert(dt_der_long(BYTES(0xff), &v));
	cr_expect_eq(v, -1);
	cr_assert(dt_der_long(BYTES(0x12, 0x34), &v));
	cr_expect_eq(v, 0x1234);
	cr_expect_not(dt_der_long(BYTES(1, 2, 3, 4, 5, 6, 7, 8, 9), &v));
	cr_expect_not(dt_der_long(BYTES(0x00, 0x7f), &v));
}

/* OpenSSL's x_int64.c. */
Test(der, int32_has_a_zero_without_octets_and_four_of_them_at_most)
{
	int32_t v = 1;

	cr_assert(dt_der_int32(dt_span("", 0), &v));
	cr_expect_eq(v, 0);
	cr_assert(dt_der_int32(BYTES(0x80, 0, 0, 0), &v));
	cr_expect_eq(v, INT32_MIN);
	cr_assert(dt_der_int32(BYTES(0x7f, 0xff, 0xff, 0xff), &v));
	cr_expect_eq(v, INT32_MAX);
	cr_expect_not(dt_der_int32(BYTES(0x00, 0x80, 0, 0, 0), &v));
	cr_expect_not(dt_der_int32(BYTES(0xff, 0x7f, 0, 0, 0), &v));
	cr_expect_not(dt_der_int32(BYTES(0x00, 0x01), &v));
}

Test(der, oid_text_and_back)
{
	struct dt_span oid = BYTES(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1);
	uint8_t back[16];
	char text[64];

	cr_assert(dt_der_oid_text(oid, text, sizeof(text)));
	cr_expect_str_eq(text, "1.2.840.113549.1.1");
	cr_expect_eq(dt_der_oid_from_text(text, back, sizeof(back)), oid.size);
	cr_expect_arr_eq(back, oid.data, oid.size);
	cr_expect_eq(dt_der_oid_from_text("1.2.", back, sizeof(back)), 0);
	cr_expect_eq(dt_der_oid_from_text("3.2", back, sizeof(back)), 0);
	cr_expect_not(dt_der_oid_text(oid, text, 5), "does not fit");
}

/* 2^64 as an arc, and as the first subidentifier, which holds two. */
Test(der, oid_text_has_arcs_of_any_size)
{
	struct dt_span arc = BYTES(0x2a, 0x82, 0x80, 0x80, 0x80, 0x80, 0x80,
	    0x80, 0x80, 0x80, 0x00, 0x05);
	struct dt_span first = BYTES(
	    0x82, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00, 0x00);
	char text[64];

	cr_assert(dt_der_oid_text(arc, text, sizeof(text)));
	cr_expect_str_eq(text, "1.2.18446744073709551616.5");
	cr_assert(dt_der_oid_text(first, text, sizeof(text)));
	cr_expect_str_eq(text, "2.18446744073709551536.0");
	cr_expect_not(dt_der_oid_text(arc, text, 26), "does not fit");
	cr_expect(dt_der_oid_text(arc, text, 27));
}

/* Its first subidentifier is 10^9; 80 of it belong to the first arc. */
Test(der, oid_text_takes_the_first_arc_from_a_number_of_any_size)
{
	struct dt_span first = BYTES(0x83, 0xdc, 0xeb, 0x94, 0x00);
	struct dt_span small = BYTES(0x27), least = BYTES(0x50);
	char text[64];

	cr_assert(dt_der_oid_text(first, text, sizeof(text)));
	cr_expect_str_eq(text, "2.999999920");
	cr_assert(dt_der_oid_text(small, text, sizeof(text)));
	cr_expect_str_eq(text, "0.39");
	cr_assert(dt_der_oid_text(least, text, sizeof(text)));
	cr_expect_str_eq(text, "2.0");
}

Test(der, oid_text_needs_an_oid_and_room)
{
	struct dt_span arc = BYTES(
	    0x2a, 0x82, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00);
	static uint8_t longest[DT_MAX_OID_SIZE + 1];
	char text[4 * sizeof(longest)];

	cr_expect_not(dt_der_oid_text(BYTES(0x80, 0x01), text, 64), "padded");
	cr_expect_not(dt_der_oid_text(BYTES(0x81), text, 64), "cut off");
	cr_expect_not(dt_der_oid_text(arc, text, 1));
	cr_expect_not(dt_der_oid_text(arc, text, 4), "no room for its third");
	cr_expect_not(dt_der_oid_text(arc, text, 8), "nor for all of it");
	memset(longest, 1, sizeof(longest));
	cr_expect_not(dt_der_oid_text(
	    dt_span(longest, sizeof(longest)), text, sizeof(text)));
	cr_expect(dt_der_oid_text(
	    dt_span(longest, sizeof(longest) - 1), text, sizeof(text)));
}

/* X.660: three roots, and forty arcs under the first two. */
Test(der, oid_from_text_refuses_what_is_none)
{
	static const char *const wrong[] = { "", "1", ".1", "1.", "1.x", "1.2x",
		"1.2.x", "1..2", "3.1", "0.40", "1.40",
		"1.2.18446744073709551616", "2.18446744073709551600",
		"18446744073709551616.1", "-1.2" };
	uint8_t back[16];

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		cr_expect_eq(dt_der_oid_from_text(wrong[i], back, sizeof(back)),
		    0, "%s", wrong[i]);
	cr_expect_eq(dt_der_oid_from_text("1.39", back, sizeof(back)), 1);
	cr_expect_eq(back[0], 79);
	cr_expect_eq(dt_der_oid_from_text("2.40", back, sizeof(back)), 1);
	cr_expect_eq(back[0], 120);
	cr_expect_eq(dt_der_oid_from_text("1.2", back, 0), 0, "no room");
	cr_expect_eq(dt_der_oid_from_text("1.2.128", back, 2), 0);
	cr_expect_eq(dt_der_oid_from_text("1.2.128", back, 3), 3);
}

Test(der, any_must_fit_its_type)
{
	static const struct {
		uint8_t bytes[6];
		bool good;
	} rows[] = {
		{ { 0x05, 0x00 }, true },
		{ { 0x05, 0x01, 0x00 }, false },
		{ { 0x01, 0x01, 0xff }, true },
		{ { 0x01, 0x02, 0xff, 0xff }, false },
		{ { 0x02, 0x02, 0x00, 0x01 }, false },
		{ { 0x03, 0x00 }, false },
		{ { 0x03, 0x02, 0x08, 0x00 }, false },
		{ { 0x06, 0x01, 0x80 }, false },
		{ { 0x1e, 0x01, 0x41 }, false },
		{ { 0x30, 0x02, 0x05, 0x01 }, true },
		{ { 0x13, 0x01, 0x00 }, true },
		{ { 0x31, 0x00 }, true },
		{ { 0xa2, 0x00 }, true },
		{ { 0x82, 0x00 }, true },
		{ { 0x10, 0x00 }, false },
		{ { 0x11, 0x00 }, false },
		{ { 0x22, 0x03, 0x02, 0x01, 0x01 }, false },
		{ { 0x2c, 0x03, 0x0c, 0x01, 0x41 }, false },
		{ { 0x26, 0x00 }, false },
		{ { 0x80, 0x00 }, true },
		{ { 0xa0, 0x00 }, true },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct dt_span in = dt_span(rows[i].bytes, 6);
		struct dt_der e;

		cr_assert(dt_der_next(&in, &e), "row %zu", i);
		cr_expect_eq(dt_der_is_any(&e), rows[i].good, "row %zu", i);
	}
}

Test(der, flags_are_two_octets_with_the_first_low)
{
	static const struct {
		uint8_t content[4];
		size_t size;
		unsigned flags;
	} rows[] = {
		{ { 0x00 }, 1, 0 },
		{ { 0x00, 0x86 }, 2, 0x86 },
		{ { 0x07, 0x03, 0x80 }, 3, 0x8003 },
		{ { 0x04, 0xff }, 2, 0xf0 },
		{ { 0x00, 0x01, 0x02, 0x03 }, 4, 0x0201 },
		{ { 0x08, 0xff }, 2, 0 },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cr_expect_eq(
		    dt_der_flags(dt_span(rows[i].content, rows[i].size)),
		    rows[i].flags, "row %zu", i);
}

Test(der, integers_are_ordered_as_numbers)
{
	/* -256, -129, -128, -1, 0, 1, 127, 128, 255, 256 */
	static const struct {
		uint8_t content[2];
		size_t size;
	} numbers[] = { { { 0xff, 0x00 }, 2 }, { { 0xff, 0x7f }, 2 },
		{ { 0x80 }, 1 }, { { 0xff }, 1 }, { { 0x00 }, 1 },
		{ { 0x01 }, 1 }, { { 0x7f }, 1 }, { { 0x00, 0x80 }, 2 },
		{ { 0x00, 0xff }, 2 }, { { 0x01, 0x00 }, 2 } };
	const size_t count = sizeof(numbers) / sizeof(numbers[0]);

	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < count; j++) {
			int order = dt_der_integer_compare(
			    dt_span(numbers[i].content, numbers[i].size),
			    dt_span(numbers[j].content, numbers[j].size));

			cr_expect_eq((order > 0) - (order < 0),
			    (i > j) - (i < j), "%zu, %zu", i, j);
		}
	}
}
