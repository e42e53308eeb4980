/*
 * Time of a certificate field (RFC 5280 4.1.2.5): a UTCTime or
 * GeneralizedTime, kept as it was encoded. Whether it is a legal time is
 * judged when it is compared, as in OpenSSL.
 */
#ifndef DICOMTLS_X509_TIME_H
#define DICOMTLS_X509_TIME_H

#include "base/span.h"

struct dt_time {
	uint8_t tag; /* DT_DER_UTC_TIME or DT_DER_GENERALIZED_TIME */
	struct dt_span text;
};

/* Broken-down UTC. */
struct dt_utc {
	int year;  /* full, 1950 or 2026 */
	int month; /* 1..12 */
	int day;   /* 1..31 */
	int hour;
	int minute;
	int second;
};

/* Strict RFC 5280 form: YYMMDDHHMMSSZ or YYYYMMDDHHMMSSZ. */
bool dt_time_parse_rfc5280(struct dt_time time, struct dt_utc *utc);

/* All forms X.690 BER allows and OpenSSL reads: seconds may be missing,
 * fractions and offsets may be present (an offset is applied). */
bool dt_time_parse(struct dt_time time, struct dt_utc *utc);

/* Seconds since 1970-01-01 UTC. */
int64_t dt_utc_seconds(const struct dt_utc *utc);

/* Sets *seconds for a time in RFC 5280 form; false if it is not. */
bool dt_time_seconds(struct dt_time time, int64_t *seconds);

#endif
