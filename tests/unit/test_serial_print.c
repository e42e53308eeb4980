#include "compat/serial_print.h"

#include "base/buffer.h"

#include <criterion/criterion.h>

static void
expect(const char *content, size_t size, const char *want)
{
	struct dt_buffer out = { 0 };
	struct dt_span text;

	cr_assert_eq(dt_serial_print(dt_span(content, size), &out), 0);
	text = dt_buffer_span(&out);
	cr_expect(dt_span_equal(text, dt_span(want, strlen(want))), "%s: %.*s",
	    want, (int)text.size, (const char *)text.data);
	dt_buffer_clear(&out);
}

#define EXPECT(content, want) expect(content, sizeof(content) - 1, want)

Test(serial_print, what_fits_a_long_is_decimal_and_hexadecimal)
{
	EXPECT("\x12\x34", "4660 (0x1234)");
	EXPECT("\0", "0 (0x0)");
	EXPECT("\0\x80", "128 (0x80)");
	EXPECT("\x7f\xff\xff\xff\xff\xff\xff\xff",
	    "9223372036854775807 (0x7fffffffffffffff)");
}

Test(serial_print, negative_numbers_have_a_sign)
{
	EXPECT("\xfe", "-2 (-0x2)");
	EXPECT("\xff\x00", "-256 (-0x100)");
	EXPECT(
	    "\x80\0\0\0\0\0\0\0", "-9223372036854775808 (-0x8000000000000000)");
}

Test(serial_print, the_rest_is_octets)
{
	EXPECT("\0\xae\x8a\x75\x37\x56\x03\xc4\x45", "ae:8a:75:37:56:03:c4:45");
	EXPECT("\1\2\3\4\5\6\7\x08\x09", "01:02:03:04:05:06:07:08:09");
}

Test(serial_print, octets_of_negative_numbers_are_the_magnitude)
{
	EXPECT("\xff", " (Negative)01");
	EXPECT("\xfe\xff\xff\xff\xff\xff\xff\xff\xff",
	    " (Negative)01:00:00:00:00:00:00:00:01");
	EXPECT("\xfe\0\0\0\0\0\0\0\0", " (Negative)02:00:00:00:00:00:00:00:00");
	EXPECT("\xff\x7f\xff\xff\xff\xff\xff\xff\xff",
	    " (Negative)80:00:00:00:00:00:00:01");
}

Test(serial_print, nothing_is_printed_as_nothing)
{
	EXPECT("", "");
}
