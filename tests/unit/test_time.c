#include "x509/time.h"

#include "base/der.h"

#include <criterion/criterion.h>

static struct dt_time
utc_time(const char *text)
{
	return (struct dt_time){ DT_DER_UTC_TIME, dt_span(text, strlen(text)) };
}

static struct dt_time
generalized_time(const char *text)
{
	return (struct dt_time){ DT_DER_GENERALIZED_TIME,
		dt_span(text, strlen(text)) };
}

static bool
is_strict(struct dt_time time)
{
	struct dt_utc utc;

	return dt_time_parse_rfc5280(time, &utc);
}

static bool
is_readable(struct dt_time time)
{
	struct dt_utc utc;

	return dt_time_parse(time, &utc);
}

/* Seconds of a time read by the wide rule, INT64_MIN if it is none. */
static int64_t
seconds_of(struct dt_time time)
{
	struct dt_utc utc;

	return dt_time_parse(time, &utc) ? dt_utc_seconds(&utc) : INT64_MIN;
}

Test(time, fixed_form_gives_all_fields)
{
	struct dt_utc utc;

	cr_assert(dt_time_parse_rfc5280(utc_time("200601213135Z"), &utc));
	cr_expect_eq(utc.year, 2020);
	cr_expect_eq(utc.month, 6);
	cr_expect_eq(utc.day, 1);
	cr_expect_eq(utc.hour, 21);
	cr_expect_eq(utc.minute, 31);
	cr_expect_eq(utc.second, 35);
}

Test(time, two_digit_years_span_1950_to_2049)
{
	struct dt_utc utc;

	cr_assert(dt_time_parse_rfc5280(utc_time("500101000000Z"), &utc));
	cr_expect_eq(utc.year, 1950);
	cr_assert(dt_time_parse_rfc5280(utc_time("491231235959Z"), &utc));
	cr_expect_eq(utc.year, 2049);
}

Test(time, seconds_since_1970)
{
	static const struct {
		const char *text;
		int64_t seconds;
	} cases[] = {
		{ "19700101000000Z", 0 },
		{ "19691231235959Z", -1 },
		{ "20000229120000Z", 951825600 },
		{ "20261123111213Z", 1795432333 },
		{ "99991231235959Z", 253402300799 },
		{ "19000101000000Z", -2208988800 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int64_t seconds = 0;

		cr_assert(
		    dt_time_seconds(generalized_time(cases[i].text), &seconds));
		cr_expect_eq(seconds, cases[i].seconds, "%s", cases[i].text);
	}
}

Test(time, fixed_form_refuses_everything_else)
{
	static const char *const refused[] = { "", "2006012131Z",
		"200601213135", "200601213135z", "200601213135+0000",
		"2006012131355Z", "200601213135ZZ", "20060121313 Z",
		"200001213135Z", "201301213135Z", "200600213135Z",
		"200631213135Z", "210229213135Z", "200601243135Z",
		"200601216035Z", "200601213160Z", "20200601213135Z" };

	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
		cr_expect_not(
		    is_strict(utc_time(refused[i])), "%s", refused[i]);
	cr_expect(is_strict(generalized_time("20200601213135Z")));
	cr_expect_not(is_strict(generalized_time("20200601213135.5Z")));
	cr_expect_not(is_strict(generalized_time("200601213135Z")));
}

Test(time, leap_days_follow_the_gregorian_rule)
{
	cr_expect(is_strict(generalized_time("20000229000000Z")));
	cr_expect_not(is_strict(generalized_time("21000229000000Z")));
	cr_expect(is_strict(utc_time("240229000000Z")));
}

Test(time, wide_form_takes_offsets_and_missing_seconds)
{
	cr_expect_eq(seconds_of(generalized_time("197001010000Z")), 0);
	cr_expect_eq(seconds_of(utc_time("7001010000Z")), 0);
	cr_expect_eq(seconds_of(utc_time("700101010000+0100")), 0);
	cr_expect_eq(seconds_of(utc_time("691231230000-0100")), 0);
	cr_expect_eq(seconds_of(utc_time("7001010130+0130")), 0);
	cr_expect_eq(seconds_of(generalized_time("19691231233000-0030")), 0);
	cr_expect_eq(
	    seconds_of(generalized_time("20000301003000+0100")), 951867000);
}

Test(time, wide_form_passes_over_fractions_of_generalized_times)
{
	cr_expect_eq(seconds_of(generalized_time("19700101000001.999Z")), 1);
	cr_expect_not(is_readable(generalized_time("19700101000001.Z")));
	cr_expect_not(is_readable(generalized_time("19700101000001.5")));
	cr_expect_not(is_readable(generalized_time("197001010000.5Z")));
	cr_expect_not(is_readable(utc_time("700101000001.5Z")));
}

Test(time, wide_form_still_refuses)
{
	cr_expect_not(is_readable(utc_time("700101000000")), "no zone");
	cr_expect_not(is_readable(utc_time("700101000000+1300")));
	cr_expect_not(is_readable(utc_time("700101000000+0160")));
	cr_expect_not(is_readable(utc_time("700101000000+01")));
	cr_expect_not(is_readable(utc_time("700101000000+01000")));
	cr_expect_not(is_readable(utc_time("700101000000Z0")));
	cr_expect_not(is_readable(utc_time("70010100Z")));
	cr_expect_not(is_readable(generalized_time("18991231000000+0100")),
	    "OpenSSL shifts times of 1900 to 9999 only");
	cr_expect(is_readable(generalized_time("18991231000000Z")));
}

Test(time, other_types_are_no_times)
{
	struct dt_time time = { DT_DER_IA5_STRING,
		dt_span("700101000000Z", 13) };

	cr_expect_not(is_readable(time));
	cr_expect_not(is_strict(time));
}
