/*
 * Times as OpenSSL prints them (ASN1_TIME_print): in UTC, with the fraction of
 * a second as it was encoded. GMT is said of times encoded with an offset too,
 * for they have been converted.
 */
#include "compat/time_print.h"

#include "base/buffer.h"
#include "base/der.h"
#include "dicomtls.h"

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
static void
put_pair(struct dt_buffer *out, int number, char pad)
{
	const char digits[] = { number < 10 ? pad : (char)('0' + number / 10),
		(char)('0' + number % 10) };

	dt_buffer_append(out, digits, sizeof(digits));
}

/* Conversion to UTC may leave the four digits. */
static void
put_year(struct dt_buffer *out, int year)
{
	if (year < 1000 || year > 9999) {
		dt_buffer_printf(out, "%d", year);
		return;
	}
	put_pair(out, year / 100, '0');
	put_pair(out, year % 100, '0');
}

int
dt_time_print(struct dt_time time, struct dt_buffer *out)
{
	static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May",
		"Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	struct dt_span fraction;
	struct dt_utc utc;

	if (!dt_time_parse(time, &utc))
		return dt_buffer_text(out, "Bad time value");
	fraction = find_fraction(time);
	dt_buffer_text(out, months[utc.month - 1]);
	dt_buffer_byte(out, ' ');
	put_pair(out, utc.day, ' ');
	dt_buffer_byte(out, ' ');
	put_pair(out, utc.hour, '0');
	dt_buffer_byte(out, ':');
	put_pair(out, utc.minute, '0');
	dt_buffer_byte(out, ':');
	put_pair(out, utc.second, '0');
	dt_buffer_append(out, fraction.data, fraction.size);
	dt_buffer_byte(out, ' ');
	put_year(out, utc.year);
	dt_buffer_text(out, " GMT");
	return dt_buffer_failed(out) ? DICOMTLS_E_NOMEM : 0;
}
