#include "tls/client_hello.h"

#include "base/buffer.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* A ClientHello under construction: RFC 8446 4.1.2. */
struct offer {
	int legacy;
	uint16_t versions[4]; /* 0 ends; empty: no extension */
	uint16_t suites[6];
	uint16_t groups[4];
	uint16_t signatures[4];
};

static void
put_list(struct dt_buffer *out, const uint16_t *list, bool short_size)
{
	size_t n = 0;

	while (list[n] != 0)
		n++;
	if (short_size)
		dt_buffer_byte(out, (uint8_t)(2 * n));
	else
		dt_buffer_be16(out, (uint16_t)(2 * n));
	for (size_t i = 0; i < n; i++)
		dt_buffer_be16(out, list[i]);
}

static void
put_extension(struct dt_buffer *out, uint16_t type, const uint16_t *list)
{
	struct dt_buffer body = { 0 };

	if (list[0] == 0)
		return;
	put_list(&body, list, type == 43);
	dt_buffer_be16(out, type);
	dt_buffer_be16(out, (uint16_t)dt_buffer_size(&body));
	dt_buffer_append(out, body.data, dt_buffer_size(&body));
	dt_buffer_clear(&body);
}

static void
write_message(const struct offer *offer, struct dt_buffer *out)
{
	static const uint8_t random[32];
	struct dt_buffer extensions = { 0 };

	dt_buffer_be16(out, (uint16_t)offer->legacy);
	dt_buffer_append(out, random, sizeof(random));
	dt_buffer_byte(out, 0);
	put_list(out, offer->suites, false);
	dt_buffer_append(out, "\1", 2);
	put_extension(&extensions, 10, offer->groups);
	put_extension(&extensions, 13, offer->signatures);
	put_extension(&extensions, 43, offer->versions);
	if (dt_buffer_size(&extensions) > 0) {
		dt_buffer_be16(out, (uint16_t)dt_buffer_size(&extensions));
		dt_buffer_append(
		    out, extensions.data, dt_buffer_size(&extensions));
	}
	dt_buffer_clear(&extensions);
}

/* In records of at most so many octets. */
static void
write_records(const struct offer *offer, size_t most, struct dt_buffer *out)
{
	struct dt_buffer handshake = { 0 };
	struct dt_buffer message = { 0 };

	write_message(offer, &message);
	dt_buffer_append(&handshake, "\1", 2);
	dt_buffer_be16(&handshake, (uint16_t)dt_buffer_size(&message));
	dt_buffer_append(&handshake, message.data, dt_buffer_size(&message));
	while (dt_buffer_size(&handshake) > 0) {
		struct dt_span held = dt_buffer_span(&handshake);
		size_t size = held.size < most ? held.size : most;

		dt_buffer_append(out, "\x16\3\1", 3);
		dt_buffer_be16(out, (uint16_t)size);
		dt_buffer_append(out, held.data, size);
		dt_buffer_consume(&handshake, size);
	}
	dt_buffer_clear(&message);
	dt_buffer_clear(&handshake);
}

static struct dt_message why;

static int
explain_in(const struct offer *offer, const char *profile, size_t most)
{
	const struct tls_config config = { .auth_level = -1,
		.profile = profile };
	struct dt_buffer records = { 0 };
	struct dt_profile resolved;
	int alert;

	why.text[0] = '\0';
	cr_assert_eq(dt_profile_resolve(&resolved, &config, NULL), 0);
	write_records(offer, most, &records);
	alert =
	    dt_client_hello_explain(&resolved, dt_buffer_span(&records), &why);
	dt_buffer_clear(&records);
	return alert;
}

static int
explain(const struct offer *offer, const char *profile)
{
	return explain_in(offer, profile, 16384);
}

static const struct offer good = { .legacy = TLS_V1_2,
	.versions = { 0x0304, 0x0303 },
	.suites = { 0x1301, 0xc02b },
	.groups = { 0x0017 },
	.signatures = { 0x0403 } };

Test(client_hello, old_versions_are_told)
{
	const struct offer offer = { .legacy = TLS_V1_1, .suites = { 0x002f } };

	cr_expect_eq(explain(&offer, "bcp195-8996"), 70);
	cr_expect_str_eq(why.text, "no TLS version in common: the peer has up "
				   "to TLS 1.1, this end TLS 1.2 to 1.3");
}

Test(client_hello, new_versions_are_told_to_an_old_profile)
{
	static const uint16_t versions[] = { 0x0304, 0 };
	struct offer offer = good;

	memcpy(offer.versions, versions, sizeof(versions));

	cr_expect_eq(explain(&offer, "bcp195-ex"), 70);
	cr_expect_str_eq(why.text, "no TLS version in common: the peer has TLS "
				   "1.3, this end TLS 1.2");
}

/* RFC 8701. */
Test(client_hello, grease_is_no_version)
{
	static const uint16_t versions[] = { 0x3a3a, 0x0302, 0 };
	struct offer offer = good;

	memcpy(offer.versions, versions, sizeof(versions));

	cr_expect_eq(explain(&offer, "bcp195-8996"), 70);
	cr_expect_not_null(
	    strstr(why.text, "peer has TLS 1.1,"), "%s", why.text);
}

Test(client_hello, suites_are_told_by_name_or_number)
{
	static const uint16_t suites[] = { 0x002f, 0x0a0a, 0x000a, 0x0035,
		0x00ff, 0 };
	struct offer offer = good;

	memcpy(offer.suites, suites, sizeof(suites));

	cr_expect_eq(explain(&offer, "bcp195-8996"), 40);
	cr_expect_str_eq(why.text,
	    "no cipher suite in common: the peer offers "
	    "TLS_RSA_WITH_AES_128_CBC_SHA, 0x0a0a, "
	    "TLS_RSA_WITH_3DES_EDE_CBC_SHA and 2 more, and none is enabled "
	    "here");
}

Test(client_hello, groups_are_told)
{
	static const uint16_t groups[] = { 0x001d, 0 };
	struct offer offer = good;

	memcpy(offer.groups, groups, sizeof(groups));

	cr_expect_eq(explain(&offer, "bcp195-8996-mod"), 40);
	cr_expect_str_eq(why.text, "no group in common: the peer offers "
				   "X25519, and none is enabled here");
}

Test(client_hello, signature_algorithms_are_told)
{
	static const uint16_t signatures[] = { 0x0201, 0x0203, 0 };
	struct offer offer = good;

	memcpy(offer.signatures, signatures, sizeof(signatures));

	cr_expect_eq(explain(&offer, "bcp195-8996"), 40);
	cr_expect_str_eq(why.text,
	    "no signature algorithm in common: the peer offers RSA-SHA1, "
	    "ECDSA-SHA1, and none is enabled here");
}

Test(client_hello, otherwise_the_certificate_does_not_fit)
{
	const struct offer offer = good;

	cr_expect_eq(explain(&offer, "bcp195-8996"), 40);
	cr_expect_not_null(strstr(why.text, "our certificate"));
}

/* A client of TLS 1.2 need not name groups. */
Test(client_hello, absent_lists_are_not_empty_ones)
{
	const struct offer offer = { .legacy = TLS_V1_2, .suites = { 0xc02b } };

	cr_expect_eq(explain(&offer, "bcp195-8996"), 40);
	cr_expect_not_null(strstr(why.text, "our certificate"));
}

Test(client_hello, may_come_in_many_records)
{
	static const uint16_t groups[] = { 0x001d, 0 };
	struct offer offer = good;

	memcpy(offer.groups, groups, sizeof(groups));

	cr_expect_eq(explain_in(&offer, "bcp195-8996-mod", 7), 40);
	cr_expect_not_null(strstr(why.text, "X25519"));
}

/* Cut after every octet: nothing is told, and nothing is read beyond. */
Test(client_hello, a_cut_one_tells_nothing)
{
	const struct offer offer = good;
	const struct tls_config config = { .auth_level = -1 };
	struct dt_buffer records = { 0 };
	struct dt_profile profile;

	cr_assert_eq(dt_profile_resolve(&profile, &config, NULL), 0);
	write_records(&offer, 16384, &records);
	for (size_t size = 0; size < dt_buffer_size(&records); size++) {
		uint8_t *cut = malloc(size + 1);

		cr_assert(cut != NULL && records.data != NULL);
		memcpy(cut, records.data, size);
		cr_expect_eq(
		    dt_client_hello_explain(&profile, dt_span(cut, size), &why),
		    -1, "%zu", size);
		free(cut);
	}
	dt_buffer_clear(&records);
}

/* The length of an extension or list that goes beyond the message. */
Test(client_hello, a_malformed_one_is_none)
{
	const struct offer offer = good;
	struct dt_buffer message = { 0 };
	struct dt_client_hello hello = { .highest = 7 };

	write_message(&offer, &message);
	message.data[35] = 0xff; /* of the suites */
	cr_expect_not(dt_client_hello_parse(&hello, dt_buffer_span(&message)));
	cr_expect_eq(hello.highest, 7, "untouched");
	dt_buffer_clear(&message);
}
