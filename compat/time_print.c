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
	dt_buffer_printf(out, "%s %2d %02d:%02d:%02d", months[utc.month - 1],
	    utc.day, utc.hour, utc.minute, utc.second);
	dt_buffer_append(out, fraction.data, fraction.size);
	dt_buffer_printf(out, " %d GMT", utc.year);
	return dt_buffer_failed(out) ? DICOMTLS_E_NOMEM : 0;
}
