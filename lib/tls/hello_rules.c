/* Hellos against rules that GnuTLS does not have; see hello_rules.h. */
#include "tls/hello_rules.h"

#include "base/limits.h"
#include "base/reader.h"

#include <gnutls/gnutls.h>

#define EXTENSION_SERVER_NAME 0
#define EXTENSION_KEY_SHARE 51
#define HOST_NAME 0
#define BITS 8
#define RANDOM_SIZE 32
#define SUITES_1_3 0x13 /* first octet, RFC 8446 B.4 */

static struct dt_reader
skip_to_compression(struct dt_span message)
{
	struct dt_reader r = dt_reader(message);

	dt_read_skip(&r, 2 + 32);	    /* version, random */
	dt_read_skip(&r, dt_read_u8(&r));   /* session */
	dt_read_skip(&r, dt_read_be16(&r)); /* suites */
	return r;
}

/* One host name, no more (OpenSSL tls_parse_ctos_server_name). */
static int
check_server_names(struct dt_span body)
{
	struct dt_reader r = dt_reader(body);
	struct dt_reader names = dt_reader(dt_read_span(&r, dt_read_be16(&r)));
	const unsigned kind = dt_read_u8(&names);
	const struct dt_span name = dt_read_span(&names, dt_read_be16(&names));

	if (dt_reader_failed(&names) || dt_reader_left(&names) > 0 ||
	    dt_reader_left(&r) > 0 || kind != HOST_NAME)
		return GNUTLS_E_UNEXPECTED_PACKET_LENGTH;
	return name.size <= DT_MAX_SERVER_NAME ? 0 : GNUTLS_E_UNRECOGNIZED_NAME;
}

int
dt_hello_check(struct dt_span message)
{
	uint8_t seen[(UINT16_MAX + 1) / BITS] = { 0 };
	struct dt_reader r = skip_to_compression(message);

	dt_read_skip(&r, dt_read_u8(&r));
	dt_read_skip(&r, 2); /* length of the extensions */
	while (!dt_reader_failed(&r) && dt_reader_left(&r) > 0) {
		const unsigned type = dt_read_be16(&r);
		const struct dt_span body = dt_read_span(&r, dt_read_be16(&r));
		const uint8_t bit = (uint8_t)(1u << type % BITS);
		int e = 0;

		if (dt_reader_failed(&r))
			break;
		if ((seen[type / BITS] & bit) != 0)
			return GNUTLS_E_RECEIVED_ILLEGAL_PARAMETER;
		seen[type / BITS] |= bit;
		if (type == EXTENSION_SERVER_NAME)
			e = check_server_names(body);
		if (e != 0)
			return e;
	}
	return 0;
}

int
dt_hello_check_1_3(struct dt_span message)
{
	struct dt_reader r = skip_to_compression(message);
	const unsigned methods = dt_read_u8(&r);

	return dt_reader_failed(&r) || methods == 1
		   ? 0
		   : GNUTLS_E_RECEIVED_ILLEGAL_PARAMETER;
}

struct dt_span
dt_hello_session(struct dt_span message)
{
	struct dt_reader r = dt_reader(message);
	struct dt_span session;

	dt_read_skip(&r, 2 + RANDOM_SIZE);
	session = dt_read_span(&r, dt_read_u8(&r));
	return dt_reader_failed(&r) ? dt_span(NULL, 0) : session;
}

/* GnuTLS looks for the mark only where it sees the older version. */
static bool
is_downgraded(struct dt_span random)
{
	static const uint8_t mark[] = { 'D', 'O', 'W', 'N', 'G', 'R', 'D', 0 };
	const size_t size = sizeof(mark);

	return memcmp(random.data + random.size - size, mark, size) == 0;
}

static bool
has_extension(struct dt_reader r, unsigned wanted)
{
	while (dt_reader_left(&r) > 0) {
		const unsigned type = dt_read_be16(&r);

		dt_read_skip(&r, dt_read_be16(&r));
		if (type == wanted)
			return true;
	}
	return false;
}

int
dt_server_hello_check(
    struct dt_span message, struct dt_span session, bool tls13)
{
	struct dt_reader r = dt_reader(message);
	struct dt_span random, echo;
	unsigned suite;
	bool good;

	dt_read_skip(&r, 2); /* version */
	random = dt_read_span(&r, RANDOM_SIZE);
	echo = dt_read_span(&r, dt_read_u8(&r));
	suite = dt_read_be16(&r);
	dt_read_skip(&r, 1); /* compression */
	if (dt_reader_failed(&r))
		return 0; /* GnuTLS's to refuse */
	good = tls13 ? suite >> 8 == SUITES_1_3 && dt_span_equal(echo, session)
		     : !is_downgraded(random);
	if (!good)
		return GNUTLS_E_RECEIVED_ILLEGAL_PARAMETER;
	dt_read_skip(&r, 2); /* length of the extensions */
	return !tls13 || has_extension(r, EXTENSION_KEY_SHARE)
		   ? 0
		   : GNUTLS_E_MISSING_EXTENSION;
}
