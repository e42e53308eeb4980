/*
 * Times of certificates and CRLs (RFC 5280 4.1.2.5): which texts OpenSSL reads
 * and which instant they mean. Two rules: the RFC's fixed form, which decides
 * about validity (X509_cmp_time), and the wider one of X.680 with which times
 * are printed (ASN1_TIME_to_tm).
 *
 * Fractions of a second are passed over. Leap seconds do not exist.
 */
#include "x509/time.h"

#include "base/der.h"

#define SECONDS_PER_DAY 86400

static bool
is_digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

static bool
is_leap_year(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int
days_in_month(int year, int month)
{
	static const uint8_t days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };

	return month == 2 && is_leap_year(year) ? 29 : days[month - 1];
}

/* Takes two digits that make a number from low to high. */
static bool
take_pair(struct dt_span *in, int low, int high, int *value)
{
	int number;

	if (in->size < 2 || !is_digit(in->data[0]) || !is_digit(in->data[1]))
		return false;
	number = (in->data[0] - '0') * 10 + (in->data[1] - '0');
	if (number < low || number > high)
		return false;
	*value = number;
	in->data += 2;
	in->size -= 2;
	return true;
}

static bool
take_byte(struct dt_span *in, uint8_t byte)
{
	if (in->size == 0 || in->data[0] != byte)
		return false;
	in->data++;
	in->size--;
	return true;
}

/* RFC 5280 4.1.2.5.1: two digits below 50 belong to this century. */
static bool
take_year(struct dt_span *in, uint8_t tag, int *year)
{
	int century = 0;
	int rest;

	if (tag == DT_DER_GENERALIZED_TIME && !take_pair(in, 0, 99, &century))
		return false;
	if (!take_pair(in, 0, 99, &rest))
		return false;
	if (tag == DT_DER_UTC_TIME)
		century = rest < 50 ? 20 : 19;
	*year = century * 100 + rest;
	return true;
}

/* Date, hours and minutes: what every form starts with. */
static bool
take_minutes(struct dt_span *in, uint8_t tag, struct dt_utc *utc)
{
	return take_year(in, tag, &utc->year) &&
	       take_pair(in, 1, 12, &utc->month) &&
	       take_pair(
		   in, 1, days_in_month(utc->year, utc->month), &utc->day) &&
	       take_pair(in, 0, 23, &utc->hour) &&
	       take_pair(in, 0, 59, &utc->minute);
}

/* Seconds may be missing; only a GeneralizedTime with seconds may have a
 * fraction, of at least one digit. */
static bool
take_seconds(struct dt_span *in, uint8_t tag, int *second)
{
	if (in->size > 0 && !is_digit(in->data[0])) {
		*second = 0;
		return true;
	}
	if (!take_pair(in, 0, 59, second))
		return false;
	if (tag != DT_DER_GENERALIZED_TIME || !take_byte(in, '.'))
		return true;
	if (in->size == 0 || !is_digit(in->data[0]))
		return false;
	while (in->size > 0 && is_digit(in->data[0])) {
		in->data++;
		in->size--;
	}
	return true;
}

/* Z, or hours (OpenSSL: at most 12) and minutes from UTC: local time is ahead
 * of UTC by *offset seconds. */
static bool
take_zone(struct dt_span *in, int *offset)
{
	int sign, hours, minutes;

	*offset = 0;
	if (take_byte(in, 'Z'))
		return true;
	if (take_byte(in, '+'))
		sign = 1;
	else if (take_byte(in, '-'))
		sign = -1;
	else
		return false;
	if (!take_pair(in, 0, 12, &hours) || !take_pair(in, 0, 59, &minutes))
		return false;
	*offset = sign * (hours * 3600 + minutes * 60);
	return true;
}

/* Days from 1970-01-01, proleptic Gregorian; years start in March so that the
 * leap day is the last one. */
static int64_t
days_from_date(int year, int month, int day)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t m = month <= 2 ? month + 9 : month - 3;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t year_of_era = y - era * 400;

	return era * 146097 + year_of_era * 365 + year_of_era / 4 -
	       year_of_era / 100 + (153 * m + 2) / 5 + day - 1 - 719468;
}

/* Moves a time by less than a day. OpenSSL (OPENSSL_gmtime_adj) does not do
 * it outside the years 1900 to 9999. */
static bool
shift(struct dt_utc *utc, int seconds)
{
	int rest = utc->hour * 3600 + utc->minute * 60 + utc->second + seconds;

	if (rest < 0) {
		rest += SECONDS_PER_DAY;
		if (--utc->day == 0) {
			if (--utc->month == 0) {
				utc->month = 12;
				utc->year--;
			}
			utc->day = days_in_month(utc->year, utc->month);
		}
	} else if (rest >= SECONDS_PER_DAY) {
		rest -= SECONDS_PER_DAY;
		if (++utc->day > days_in_month(utc->year, utc->month)) {
			utc->day = 1;
			if (++utc->month > 12) {
				utc->month = 1;
				utc->year++;
			}
		}
	}
	utc->hour = rest / 3600;
	utc->minute = rest / 60 % 60;
	utc->second = rest % 60;
	return utc->year >= 1900 && utc->year <= 9999;
}

static bool
is_time(struct dt_time time)
{
	return time.tag == DT_DER_UTC_TIME ||
	       time.tag == DT_DER_GENERALIZED_TIME;
}

bool
dt_time_parse_rfc5280(struct dt_time time, struct dt_utc *utc)
{
	struct dt_span in = time.text;
	struct dt_utc result = { 0 };

	if (!is_time(time) || !take_minutes(&in, time.tag, &result) ||
	    !take_pair(&in, 0, 59, &result.second) || !take_byte(&in, 'Z') ||
	    in.size != 0)
		return false;
	*utc = result;
	return true;
}

bool
dt_time_parse(struct dt_time time, struct dt_utc *utc)
{
	struct dt_span in = time.text;
	struct dt_utc result = { 0 };
	int offset;

	if (!is_time(time) || !take_minutes(&in, time.tag, &result) ||
	    !take_seconds(&in, time.tag, &result.second) ||
	    !take_zone(&in, &offset) || in.size != 0)
		return false;
	if (offset != 0 && !shift(&result, -offset))
		return false;
	*utc = result;
	return true;
}

int64_t
dt_utc_seconds(const struct dt_utc *utc)
{
	return days_from_date(utc->year, utc->month, utc->day) *
		   SECONDS_PER_DAY +
	       utc->hour * 3600 + utc->minute * 60 + utc->second;
}

bool
dt_time_seconds(struct dt_time time, int64_t *seconds)
{
	struct dt_utc utc;

	if (!dt_time_parse_rfc5280(time, &utc))
		return false;
	*seconds = dt_utc_seconds(&utc);
	return true;
}
