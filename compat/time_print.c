/*
 * Times as OpenSSL prints them (ASN1_TIME_print): in UTC, with the fraction of
 * a second as it was encoded. GMT is said of times encoded with an offset too,
 * for they have been converted.
 */
#include "compat/time_print.h"

#include "base/buffer.h"
#include "base/der.h"
#include "dicomtls.h"

#include <string.h>

/* The point and its digits in a GeneralizedTime; empty if there are none.
 * The time has been parsed. */
static struct dt_span
find_fraction(struct dt_time time)
{
	const size_t point = sizeof("YYYYMMDDHHMMSS") - 1;
	size_t end = point + 1;

	if (time.tag != DT_DER_GENERALIZED_TIME || time.text.size <= end ||
	    time.text.data[point] != '.')
		return dt_span("", 0);
	while (end < time.text.size && time.text.data[end] >= '0' &&
	       time.text.data[end] <= '9')
		end++;
	return dt_span(time.text.data + point, end - point);
}

/* Two digits, pad in front of a single one. */
static char *
put_pair(char *at, int number, char pad)
{
	*at++ = number < 10 ? pad : (char)('0' + number / 10);
	*at++ = (char)('0' + number % 10);
	return at;
}

/* "Jun  1 21:31:35" */
static void
print_moment(const struct dt_utc *utc, struct dt_buffer *out)
{
	static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May",
		"Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	char text[16], *at = stpcpy(text, months[utc->month - 1]);

	*at++ = ' ';
	at = put_pair(at, utc->day, ' ');
	*at++ = ' ';
	at = put_pair(at, utc->hour, '0');
	*at++ = ':';
	at = put_pair(at, utc->minute, '0');
	*at++ = ':';
	at = put_pair(at, utc->second, '0');
	dt_buffer_append(out, text, (size_t)(at - text));
}

/* Conversion to UTC may leave the four digits. */
static void
print_year(int year, struct dt_buffer *out)
{
	char text[4];

	if (year < 1000 || year > 9999) {
		dt_buffer_printf(out, "%d", year);
		return;
	}
	put_pair(put_pair(text, year / 100, '0'), year % 100, '0');
	dt_buffer_append(out, text, sizeof(text));
}

int
dt_time_print(struct dt_time time, struct dt_buffer *out)
{
	struct dt_span fraction;
	struct dt_utc utc;

	if (!dt_time_parse(time, &utc))
		return dt_buffer_text(out, "Bad time value");
	fraction = find_fraction(time);
	print_moment(&utc, out);
	dt_buffer_append(out, fraction.data, fraction.size);
	dt_buffer_byte(out, ' ');
	print_year(utc.year, out);
	dt_buffer_text(out, " GMT");
	return dt_buffer_failed(out) ? DICOMTLS_E_NOMEM : 0;
}
