/* Hellos against rules that GnuTLS does not have; see hello_rules.h. */
#include "tls/hello_rules.h"

#include "base/limits.h"
#include "base/reader.h"

#include <gnutls/gnutls.h>

#define EXTENSION_SERVER_NAME 0
#define EXTENSION_EARLY_DATA 42
#define EXTENSION_KEY_SHARE 51
#define HOST_NAME 0
#define BITS 8
#define RANDOM_SIZE 32
#define SUITES_1_3 0x13 /* first octet, RFC 8446 B.4 */

static struct dt_reader
skip_to_suites(struct dt_span message)
{
	struct dt_reader r = dt_reader(message);

	dt_read_skip(&r, 2 + RANDOM_SIZE);
	dt_read_skip(&r, dt_read_u8(&r)); /* session */
	return r;
}

static struct dt_reader
skip_to_compression(struct dt_span message)
{
	struct dt_reader r = skip_to_suites(message);

	dt_read_skip(&r, dt_read_be16(&r));
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

/* Unset where it is not there. */
static struct dt_span
find_extension(struct dt_reader r, unsigned wanted)
{
	while (!dt_reader_failed(&r) && dt_reader_left(&r) > 0) {
		const unsigned type = dt_read_be16(&r);
		const struct dt_span body = dt_read_span(&r, dt_read_be16(&r));

		if (type == wanted)
			return body;
	}
	return dt_span(NULL, 0);
}

static bool
has_extension(struct dt_reader r, unsigned wanted)
{
	return dt_span_is_set(find_extension(r, wanted));
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

static bool
has_suite(struct dt_reader r, unsigned wanted)
{
	while (dt_reader_left(&r) >= 2)
		if (dt_read_be16(&r) == wanted)
			return true;
	return false;
}

int
dt_hello_check_again(struct dt_span message, unsigned suite)
{
	struct dt_reader r = skip_to_suites(message);
	const struct dt_span suites = dt_read_span(&r, dt_read_be16(&r));

	dt_read_skip(&r, dt_read_u8(&r)); /* compression */
	dt_read_skip(&r, 2);		  /* length of the extensions */
	return dt_reader_failed(&r) ||
		       (has_suite(dt_reader(suites), suite) &&
			   !has_extension(r, EXTENSION_EARLY_DATA))
		   ? 0
		   : GNUTLS_E_RECEIVED_ILLEGAL_PARAMETER;
}

unsigned
dt_server_hello_suite(struct dt_span message)
{
	struct dt_reader r = skip_to_suites(message);

	return dt_read_be16(&r);
}

static void
keep_groups(struct dt_own_hello *own, struct dt_span key_share)
{
	struct dt_reader r = dt_reader(key_share);

	own->group_count = 0;
	dt_read_skip(&r, 2); /* length of the shares */
	while (!dt_reader_failed(&r) && dt_reader_left(&r) > 0 &&
	       own->group_count < sizeof(own->groups) / sizeof(uint16_t)) {
		own->groups[own->group_count++] = dt_read_be16(&r);
		dt_read_skip(&r, dt_read_be16(&r));
	}
}

void
dt_own_hello_keep(struct dt_own_hello *own, struct dt_span message)
{
	struct dt_reader r = dt_reader(message);
	struct dt_span session;

	dt_read_skip(&r, 2 + RANDOM_SIZE);
	session = dt_read_span(&r, dt_read_u8(&r));
	if (session.size > sizeof(own->session))
		return;
	own->session_size = session.size;
	if (session.size > 0)
		memcpy(own->session, session.data, session.size);
	r = skip_to_compression(message);
	dt_read_skip(&r, dt_read_u8(&r));
	dt_read_skip(&r, 2); /* length of the extensions */
	keep_groups(own, find_extension(r, EXTENSION_KEY_SHARE));
}

/* GnuTLS looks for the mark only where it sees the older version. */
static bool
is_downgraded(struct dt_span random)
{
	static const uint8_t mark[] = { 'D', 'O', 'W', 'N', 'G', 'R', 'D', 0 };
	const size_t size = sizeof(mark);

	return memcmp(random.data + random.size - size, mark, size) == 0;
}

int
dt_server_hello_check(
    struct dt_span message, const struct dt_own_hello *own, bool tls13)
{
	const struct dt_span session = dt_span(own->session, own->session_size);
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

int
dt_retry_check(struct dt_span message, const struct dt_own_hello *own)
{
	struct dt_reader r = skip_to_suites(message);
	unsigned group;

	dt_read_skip(&r, 2 + 1); /* suite, compression */
	dt_read_skip(&r, 2);	 /* length of the extensions */
	r = dt_reader(find_extension(r, EXTENSION_KEY_SHARE));
	group = dt_read_be16(&r);
	for (size_t i = 0; i < own->group_count; i++)
		if (own->groups[i] == group)
			return GNUTLS_E_RECEIVED_ILLEGAL_PARAMETER;
	return 0;
}
