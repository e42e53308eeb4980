/* Hellos against rules that GnuTLS does not have; see hello_rules.h. */
#include "tls/hello_rules.h"

#include "base/reader.h"
#include "tls/extension_place.h"
#include "tls/hello_form.h"

#include <gnutls/gnutls.h>

/* Extensions, RFC 8446 4.2. */
#define GROUPS 10 /* supported_groups */
#define PRE_SHARED_KEY 41
#define EARLY_DATA 42
#define PSK_KEY_EXCHANGE_MODES 45
#define SUPPORTED_VERSIONS 43
#define KEY_SHARE 51
#define RENEGOTIATION_INFO 0xff01

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

static struct dt_reader
skip_to_extensions(struct dt_span message)
{
	struct dt_reader r = skip_to_compression(message);

	dt_read_skip(&r, dt_read_u8(&r));
	dt_read_skip(&r, 2); /* length of the extensions */
	return r;
}

/* False at the end, and where one is cut. */
static bool
next_extension(struct dt_reader *r, unsigned *type, struct dt_span *body)
{
	if (dt_reader_left(r) == 0)
		return false;
	*type = dt_read_be16(r);
	*body = dt_read_span(r, dt_read_be16(r));
	return !dt_reader_failed(r);
}

/* Unset where it is not there. */
static struct dt_span
find_extension(struct dt_reader r, unsigned wanted)
{
	struct dt_span body;
	unsigned type;

	while (next_extension(&r, &type, &body))
		if (type == wanted)
			return body;
	return dt_span(NULL, 0);
}

static int
check_forms(struct dt_span message, enum dt_hello_version version)
{
	struct dt_reader r = skip_to_extensions(message);
	struct dt_span body;
	unsigned type;
	int e = 0;

	while (e == 0 && next_extension(&r, &type, &body))
		e = dt_hello_form(version, type, body);
	return e;
}

int
dt_hello_check(struct dt_span message)
{
	struct dt_reader r = skip_to_compression(message);
	int e;

	dt_read_skip(&r, dt_read_u8(&r));
	e = dt_extension_places(DT_IN_CLIENT_HELLO, r);
	return e != 0 ? e : check_forms(message, DT_HELLO_ANY);
}

static bool
has_extension(struct dt_span message, unsigned wanted)
{
	return dt_span_is_set(
	    find_extension(skip_to_extensions(message), wanted));
}

int
dt_hello_check_1_2(struct dt_span message, bool elliptic)
{
	if (elliptic && !has_extension(message, GROUPS))
		return GNUTLS_E_ECC_NO_SUPPORTED_CURVES;
	if (has_extension(message, PRE_SHARED_KEY) &&
	    !has_extension(message, PSK_KEY_EXCHANGE_MODES))
		return GNUTLS_E_UNWANTED_ALGORITHM;
	return check_forms(message, DT_HELLO_1_2);
}

/* The list in an extension whose whole body it is. */
static struct dt_span
find_list(struct dt_span message, unsigned type)
{
	struct dt_reader r = skip_to_extensions(message);

	r = dt_reader(find_extension(r, type));
	return dt_read_span(&r, dt_read_be16(&r));
}

/* A set of numbers: lists may be long, and are not searched for each of the
 * others. */
struct set {
	uint8_t bits[(UINT16_MAX + 1) / 8];
};

static struct set
set_of(struct dt_span list)
{
	struct set set = { { 0 } };
	struct dt_reader r = dt_reader(list);

	while (dt_reader_left(&r) >= 2) {
		const unsigned number = dt_read_be16(&r);

		set.bits[number / 8] |= (uint8_t)(1u << number % 8);
	}
	return set;
}

static bool
has_number(const struct set *set, unsigned number)
{
	return (set->bits[number / 8] >> number % 8 & 1) != 0;
}

/* Each of a group that is among those supported; count: of them. */
static int
check_shares(struct dt_span message, unsigned *count)
{
	const struct set groups = set_of(find_list(message, GROUPS));
	struct dt_reader r = dt_reader(find_list(message, KEY_SHARE));

	for (*count = 0; dt_reader_left(&r) > 0; ++*count) {
		const unsigned group = dt_read_be16(&r);

		dt_read_skip(&r, dt_read_be16(&r));
		if (dt_reader_failed(&r))
			return 0;
		if (!has_number(&groups, group))
			return GNUTLS_E_RECEIVED_ILLEGAL_PARAMETER;
	}
	return 0;
}

int
dt_hello_check_1_3(struct dt_span message)
{
	struct dt_reader r = skip_to_compression(message);
	const unsigned methods = dt_read_u8(&r);
	unsigned shares;
	int e;

	if (!dt_reader_failed(&r) && methods != 1)
		return GNUTLS_E_RECEIVED_ILLEGAL_PARAMETER;
	e = check_forms(message, DT_HELLO_1_3);
	return e != 0 ? e : check_shares(message, &shares);
}

int
dt_hello_check_again(struct dt_span message, unsigned suite)
{
	struct dt_reader r = skip_to_suites(message);
	const struct set suites = set_of(dt_read_span(&r, dt_read_be16(&r)));
	unsigned shares;

	if (dt_reader_failed(&r))
		return 0;
	check_shares(message, &shares);
	return has_number(&suites, suite) && shares <= 1 &&
		       !has_extension(message, EARLY_DATA)
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
keep_groups(struct dt_own_hello *own, struct dt_span shares)
{
	struct dt_reader r = dt_reader(shares);

	own->group_count = 0;
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
	keep_groups(own, find_list(message, KEY_SHARE));
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
	if (tls13)
		return dt_span_is_set(find_extension(r, KEY_SHARE))
			   ? 0
			   : GNUTLS_E_MISSING_EXTENSION;
	return dt_span_is_set(find_extension(r, RENEGOTIATION_INFO))
		   ? 0
		   : GNUTLS_E_SAFE_RENEGOTIATION_FAILED;
}

/* Extensions of a ServerHello or HelloRetryRequest, their length first. */
static struct dt_reader
skip_to_answers(struct dt_span message)
{
	struct dt_reader r = skip_to_suites(message);

	dt_read_skip(&r, 2 + 1); /* suite, compression */
	return r;
}

/* TLS 1.3 is what selects a version (RFC 8446 4.2.1). */
int
dt_server_hello_places(struct dt_span message)
{
	struct dt_reader answers = skip_to_answers(message), r = answers;

	dt_read_skip(&r, 2); /* length of the extensions */
	return dt_extension_places(
	    dt_span_is_set(find_extension(r, SUPPORTED_VERSIONS))
		? DT_IN_SERVER_HELLO_1_3
		: DT_IN_SERVER_HELLO_1_2,
	    answers);
}

int
dt_retry_check(struct dt_span message, const struct dt_own_hello *own)
{
	struct dt_reader answers = skip_to_answers(message), r = answers;
	unsigned group;

	dt_read_skip(&r, 2); /* length of the extensions */
	r = dt_reader(find_extension(r, KEY_SHARE));
	group = dt_read_be16(&r);
	for (size_t i = 0; i < own->group_count; i++)
		if (own->groups[i] == group)
			return GNUTLS_E_RECEIVED_ILLEGAL_PARAMETER;
	return dt_extension_places(DT_IN_RETRY_REQUEST, answers);
}
