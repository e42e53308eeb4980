#include "compat/time_print.h"

#include "base/buffer.h"
#include "base/der.h"

#include <criterion/criterion.h>

static void
expect(uint8_t tag, const char *encoded, const char *want)
{
	struct dt_buffer out = { 0 };
	struct dt_time time = { tag, dt_span(encoded, strlen(encoded)) };
	struct dt_span text;

	cr_assert_eq(dt_time_print(time, &out), 0);
	text = dt_buffer_span(&out);
	cr_expect(dt_span_equal(text, dt_span(want, strlen(want))), "%s: %.*s",
	    encoded, (int)text.size, (const char *)text.data);
	dt_buffer_clear(&out);
}

#define EXPECT_UTC(encoded, want) expect(DT_DER_UTC_TIME, encoded, want)
#define EXPECT_GENERALIZED(encoded, want)                                      \
	expect(DT_DER_GENERALIZED_TIME, encoded, want)

Test(time_print, days_are_padded_with_a_blank)
{
	EXPECT_UTC("200601213135Z", "Jun  1 21:31:35 2020 GMT");
	EXPECT_UTC("300530213135Z", "May 30 21:31:35 2030 GMT");
	EXPECT_GENERALIZED("20491231235959Z", "Dec 31 23:59:59 2049 GMT");
}

Test(time_print, offsets_are_applied)
{
	EXPECT_UTC("200101000000+0100", "Dec 31 23:00:00 2019 GMT");
	EXPECT_GENERALIZED("20200101000000-0500", "Jan  1 05:00:00 2020 GMT");
}

Test(time_print, fractions_are_kept)
{
	EXPECT_GENERALIZED("20200101000000.5Z", "Jan  1 00:00:00.5 2020 GMT");
	EXPECT_GENERALIZED(
	    "20200101000000.123Z", "Jan  1 00:00:00.123 2020 GMT");
}

Test(time_print, missing_seconds_are_zero)
{
	EXPECT_UTC("2006012131Z", "Jun  1 21:31:00 2020 GMT");
}

Test(time_print, what_is_no_time_is_said_to_be_bad)
{
	EXPECT_UTC("201301000000Z", "Bad time value");
	EXPECT_UTC("200101000000", "Bad time value");
	EXPECT_UTC("", "Bad time value");
	expect(DT_DER_IA5_STRING, "200601213135Z", "Bad time value");
}
