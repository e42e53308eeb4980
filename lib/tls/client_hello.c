/* A client's offer beside ours; see client_hello.h. */
#include "tls/client_hello.h"

#include "base/buffer.h"
#include "base/reader.h"

#include <stdio.h>

enum { RECORD_HANDSHAKE = 22, CLIENT_HELLO = 1 };

/* RFC 8446 4.2. */
enum {
	EXTENSION_GROUPS = 10,
	EXTENSION_SIGNATURES = 13,
	EXTENSION_VERSIONS = 43
};

/* Alerts. */
enum { HANDSHAKE_FAILURE = 40, PROTOCOL_VERSION = 70 };

/* Shown of a list. */
#define SHOWN 3

/* The number at a place of a list. */
static uint16_t
at(struct dt_span list, size_t i)
{
	return (uint16_t)(list.data[2 * i] << 8 | list.data[2 * i + 1]);
}

/* Drafts and GREASE (RFC 8701) are among them. */
static void
read_versions(struct dt_client_hello *hello, struct dt_span versions)
{
	hello->lowest = TLS_V1_3;
	hello->highest = 0;
	for (size_t i = 0; i < versions.size / 2; i++) {
		int version = at(versions, i);

		if (version < TLS_V1_0 || version > TLS_V1_3)
			continue;
		if (version < hello->lowest)
			hello->lowest = version;
		if (version > hello->highest)
			hello->highest = version;
	}
}

static void
take_extension(
    struct dt_client_hello *hello, unsigned type, struct dt_span body)
{
	struct dt_reader r = dt_reader(body);

	if (type == EXTENSION_VERSIONS)
		read_versions(hello, dt_read_span(&r, dt_read_u8(&r)));
	else if (type == EXTENSION_GROUPS)
		hello->groups = dt_read_span(&r, dt_read_be16(&r));
	else if (type == EXTENSION_SIGNATURES)
		hello->signatures = dt_read_span(&r, dt_read_be16(&r));
}

bool
dt_client_hello_parse(struct dt_client_hello *hello, struct dt_span message)
{
	struct dt_reader r = dt_reader(message);
	struct dt_client_hello read = { .lowest = TLS_V1_0 };

	/* Before TLS 1.3 a client has all versions up to this one. */
	read.highest = dt_read_be16(&r);
	dt_read_skip(&r, 32);		  /* random */
	dt_read_skip(&r, dt_read_u8(&r)); /* session */
	read.suites = dt_read_span(&r, dt_read_be16(&r));
	dt_read_skip(&r, dt_read_u8(&r)); /* compression */
	if (dt_reader_left(&r) > 0)
		dt_read_skip(&r, 2); /* length of the extensions */
	while (!dt_reader_failed(&r) && dt_reader_left(&r) > 0) {
		unsigned type = dt_read_be16(&r);
		struct dt_span body = dt_read_span(&r, dt_read_be16(&r));

		if (!dt_reader_failed(&r))
			take_extension(&read, type, body);
	}
	if (dt_reader_failed(&r))
		return false;
	*hello = read;
	return true;
}

typedef bool (*allows_fn)(const struct dt_profile *profile, uint16_t number);

static bool
allows_suite(const struct dt_profile *profile, uint16_t suite)
{
	return dt_suite_by_number(suite) != NULL &&
	       dt_profile_allows(profile, suite);
}

static bool
shares(const struct dt_profile *profile, struct dt_span list, allows_fn allows)
{
	for (size_t i = 0; i < list.size / 2; i++)
		if (allows(profile, at(list, i)))
			return true;
	return false;
}

static const char *
suite_name(uint16_t number)
{
	const struct dt_suite *suite = dt_suite_by_number(number);

	return suite == NULL ? NULL : suite->name;
}

static const char *
find_name(const struct dt_named *table, size_t count, uint16_t number)
{
	for (size_t i = 0; i < count; i++)
		if (table[i].number == number)
			return table[i].name;
	return NULL;
}

static const char *
group_name(uint16_t number)
{
	return find_name(dt_groups, dt_group_count, number);
}

static const char *
signature_name(uint16_t number)
{
	return find_name(dt_signatures, dt_signature_count, number);
}

/* What must be shared, in the order of looking. */
static const struct {
	const char *what;
	size_t offset;
	allows_fn allows;
	const char *(*name)(uint16_t number);
} lists[] = {
	{ "cipher suite", offsetof(struct dt_client_hello, suites),
	    allows_suite, suite_name },
	{ "group", offsetof(struct dt_client_hello, groups),
	    dt_profile_allows_group, group_name },
	{ "signature algorithm", offsetof(struct dt_client_hello, signatures),
	    dt_profile_allows_signature, signature_name },
};

static void
show_list(struct dt_span list, const char *(*name_of)(uint16_t number),
    char *text, size_t room)
{
	size_t count = list.size / 2;

	*text = '\0';
	for (size_t i = 0; i < count && i < SHOWN; i++) {
		const char *name = name_of(at(list, i));
		size_t used = strlen(text);

		if (name != NULL)
			snprintf(text + used, room - used, "%s%s",
			    i > 0 ? ", " : "", name);
		else
			snprintf(text + used, room - used, "%s0x%04x",
			    i > 0 ? ", " : "", at(list, i));
	}
	if (count > SHOWN)
		snprintf(text + strlen(text), room - strlen(text),
		    " and %zu more", count - SHOWN);
}

/* "TLS 1.2", "TLS 1.2 to 1.3"; from 1.0 on, which a client that does not list
 * its versions may mean: "up to TLS 1.2". */
static const char *
show_versions(int lowest, int highest, char *text, size_t room)
{
	if (lowest == highest)
		snprintf(text, room, "TLS 1.%d", highest - TLS_V1_0);
	else if (lowest <= TLS_V1_0)
		snprintf(text, room, "up to TLS 1.%d", highest - TLS_V1_0);
	else
		snprintf(text, room, "TLS 1.%d to 1.%d", lowest - TLS_V1_0,
		    highest - TLS_V1_0);
	return text;
}

static bool
explain_version(const struct dt_profile *profile,
    const struct dt_client_hello *hello, struct dt_message *why)
{
	char theirs[48], ours[48];

	if (hello->highest >= profile->min_version &&
	    hello->lowest <= profile->max_version)
		return false;
	dt_message_set(why,
	    "no TLS version in common: the peer has %s, this end %s",
	    show_versions(
		hello->lowest, hello->highest, theirs, sizeof(theirs)),
	    show_versions(profile->min_version, profile->max_version, ours,
		sizeof(ours)));
	return true;
}

/* A client of TLS 1.2 need not name groups or signature algorithms. */
static bool
explain_list(const struct dt_profile *profile,
    const struct dt_client_hello *hello, size_t which, struct dt_message *why)
{
	struct dt_span list;
	char shown[160];

	memcpy(&list, (const char *)hello + lists[which].offset, sizeof(list));
	if (!dt_span_is_set(list) || shares(profile, list, lists[which].allows))
		return false;
	show_list(list, lists[which].name, shown, sizeof(shown));
	dt_message_set(why,
	    "no %s in common: the peer offers %s, and none is enabled here",
	    lists[which].what, shown);
	return true;
}

static int
explain(const struct dt_profile *profile, const struct dt_client_hello *hello,
    struct dt_message *why)
{
	if (explain_version(profile, hello, why))
		return PROTOCOL_VERSION;
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		if (explain_list(profile, hello, i, why))
			return HANDSHAKE_FAILURE;
	dt_message_set(why,
	    "the peer and this end have versions, cipher suites, groups and "
	    "signature algorithms in common, but none that fits the key of "
	    "our certificate");
	return HANDSHAKE_FAILURE;
}

/* The payload of the first handshake records, as far as it is there. */
static void
join_records(struct dt_span records, struct dt_buffer *out)
{
	struct dt_reader r = dt_reader(records);

	while (dt_reader_left(&r) > 5) {
		unsigned type = dt_read_u8(&r);
		size_t size;
		struct dt_span payload;

		dt_read_skip(&r, 2);
		size = dt_read_be16(&r);
		if (size > dt_reader_left(&r))
			size = dt_reader_left(&r);
		payload = dt_read_span(&r, size);
		if (type != RECORD_HANDSHAKE)
			return;
		dt_buffer_append(out, payload.data, payload.size);
	}
}

static bool
find_hello(struct dt_span handshake, struct dt_client_hello *hello)
{
	struct dt_reader r = dt_reader(handshake);
	unsigned type = dt_read_u8(&r);
	size_t size = (size_t)dt_read_u8(&r) << 16;
	struct dt_span message;

	size |= dt_read_be16(&r);
	message = dt_read_span(&r, size);
	return !dt_reader_failed(&r) && type == CLIENT_HELLO &&
	       dt_client_hello_parse(hello, message);
}

int
dt_client_hello_explain(const struct dt_profile *profile,
    struct dt_span records, struct dt_message *why)
{
	struct dt_buffer handshake = { 0 };
	struct dt_client_hello hello;
	int alert = -1;

	join_records(records, &handshake);
	if (find_hello(dt_buffer_span(&handshake), &hello))
		alert = explain(profile, &hello, why);
	dt_buffer_clear(&handshake);
	return alert;
}
