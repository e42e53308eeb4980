/*
 * The vocabulary of names and times.
 */
#include "names.h"

#include "base/der.h"

#include <arpa/inet.h>
#include <time.h>

static const char *const hosts[] = {
	"example.com",
	"example.com",
	"www.example.com",
	"www.example.com",
	"a.www.example.com",
	"WWW.EXAMPLE.COM",
	"example.com.",
	".example.com",
	"*.example.com",
	"w*.example.com",
	"*w.example.com",
	"w*w.example.com",
	"*.*.example.com",
	"*",
	"*.com",
	"www.*.com",
	"*.",
	"a*b*.example.com",
	"xn--bcher-kva.example.com",
	"*.xn--bcher-kva.example.com",
	"xn--*.example.com",
	"foo_bar.example.com",
	"example..com",
	"..",
	"-a.example.com",
	"a-.example.com",
	"192.0.2.1",
	"localhost",
	"com",
	"www.example.org",
	"www.example.com\xc3\xbc",
	"www example.com",
	".",
	"wwwexample.com",
	"_www.example.com",
	"www.example.com-",
	"example",
	"*.example",
	"1.2.3",
	"a.b.c.d.example.com",
	"*.*",
	"www-.example.com",
};

static const char *const emails[] = {
	"a@example.com",
	"a@example.com",
	"A@example.com",
	"a@EXAMPLE.com",
	"b@example.com",
	"a@www.example.com",
	"@example.com",
	"a@",
	"@",
	"a",
	"example.com",
	".example.com",
	"a@b@example.com",
	"a@.example.com",
	"\"a\"@example.com",
	"\"a@b\"@example.com",
	"a@example.com.",
	"\xc3\xbc@example.com",
	"a@xn--bcher-kva.example.com",
};

static const char *const ips[] = { "192.0.2.1", "192.0.2.1", "192.0.2.2",
	"10.0.0.1", "2001:db8::1", "2001:db8::2", "::ffff:192.0.2.1",
	"0.0.0.0" };

static const char *const uris[] = { "http://example.com/",
	"http://www.example.com/crl", "http://www.example.com:8080/",
	"https://WWW.EXAMPLE.com", "http://user@example.com/", "http://",
	"http://[2001:db8::1]/", "urn:example", "//example.com", "example.com",
	"http:/example.com", "http://example.com?a", "http://.example.com/",
	"://example.com", "http://192.0.2.1/", "ldap:///CN=x", "http://:80/",
	"http://example.com:", "x://example.com#/" };

static const char *const words[] = { "Root", "Root", "CA 1", "CA 2", "Leaf",
	"root", "CA  1", " CA 1 ", "ca 1", "Leaf\tX", "", " ", "T\xc3\xbcv",
	"T\xfcv", "a\\,b+\"c\";<>#", "#x", "A, B", "\x01\x7f" };

static const char *const attributes[] = { "2.5.4.3", "2.5.4.3", "2.5.4.3",
	"2.5.4.10", "2.5.4.11", "2.5.4.6", "2.5.4.7", "2.5.4.8", "2.5.4.5",
	"1.2.840.113549.1.9.1", "0.9.2342.19200300.100.1.25",
	"0.9.2342.19200300.100.1.1", "2.5.4.41", "1.2.3.4", "2.5.4.97" };

static const uint8_t string_tags[] = { DT_DER_UTF8_STRING, DT_DER_UTF8_STRING,
	DT_DER_PRINTABLE_STRING, DT_DER_PRINTABLE_STRING, DT_DER_IA5_STRING,
	DT_DER_T61_STRING, DT_DER_BMP_STRING, DT_DER_UNIVERSAL_STRING,
	DT_DER_VISIBLE_STRING, DT_DER_NUMERIC_STRING, DT_DER_OCTET_STRING,
	DT_DER_INTEGER };

static const char *const policies[] = { "2.5.29.32.0", "1.3.6.1.4.1.5.1",
	"1.3.6.1.4.1.5.1", "1.3.6.1.4.1.5.2", "1.3.6.1.4.1.5.3", "1.2.3" };

const char *
draw_policy(struct draw *d)
{
	return DRAW_ONE(d, policies);
}

const char *
draw_host(struct draw *d)
{
	return DRAW_ONE(d, hosts);
}

const char *
draw_email(struct draw *d)
{
	return DRAW_ONE(d, emails);
}

const char *
draw_ip(struct draw *d)
{
	return DRAW_ONE(d, ips);
}

/* Characters of that many octets. */
static struct node *
wide_string(struct draw *d, uint8_t tag, const char *text, size_t width)
{
	size_t count = strlen(text);
	uint8_t *octets = draw_alloc(d, count * width);
	for (size_t i = 0; i < count; i++)
		octets[i * width + width - 1] = (uint8_t)text[i];
	return tree_bytes(d, tag, octets, count * width);
}

struct node *
draw_string(struct draw *d, const char *text)
{
	uint8_t tag = DRAW_ONE(d, string_tags);
	if (tag == DT_DER_BMP_STRING)
		return wide_string(d, tag, text, 2);
	if (tag == DT_DER_UNIVERSAL_STRING)
		return wide_string(d, tag, text, 4);
	return tree_text(d, tag, text);
}

static struct node *
attribute(struct draw *d)
{
	const char *type = DRAW_ONE(d, attributes);
	const char *text = DRAW_ONE(d, words);
	if (draw_chance(d, 15))
		text = draw_host(d);
	else if (type[0] == '1' ? draw_chance(d, 80) : draw_chance(d, 5))
		text = draw_email(d);
	return tree_of(
	    d, DT_DER_SEQUENCE, tree_oid(d, type), draw_string(d, text), NULL);
}

struct node *
draw_rdn(struct draw *d)
{
	struct node *rdn = tree_of(d, DT_DER_SET, attribute(d), NULL);
	while (draw_chance(d, 12))
		tree_append(rdn, attribute(d));
	return rdn;
}

struct node *
common_name(struct draw *d, const char *text)
{
	return tree_of(d, DT_DER_SEQUENCE,
	    tree_of(d, DT_DER_SET,
		tree_of(d, DT_DER_SEQUENCE, tree_oid(d, "2.5.4.3"),
		    tree_text(d, DT_DER_UTF8_STRING, text), NULL),
		NULL),
	    NULL);
}

struct node *
draw_name(struct draw *d)
{
	struct node *name = draw_chance(d, 50)
				? common_name(d, DRAW_ONE(d, words))
				: tree_of(d, DT_DER_SEQUENCE, NULL);
	while (draw_chance(d, 40))
		tree_append(name, draw_rdn(d));
	return name;
}

static struct node *
address(struct draw *d, bool constraint)
{
	static const uint8_t masks[] = { 0xff, 0xff, 0xff, 0xfe, 0xf0, 0,
		0x7f };
	uint8_t octets[33] = { 0 };
	const char *text = draw_ip(d);
	size_t size = strchr(text, ':') ? 16 : 4;
	inet_pton(size == 16 ? AF_INET6 : AF_INET, text, octets);
	if (constraint) {
		for (size_t i = 0; i < size; i++)
			octets[size + i] = i == 0 ? 0xff : DRAW_ONE(d, masks);
		size *= 2;
	}
	if (draw_chance(d, 4))
		size = draw_below(d, sizeof(octets));
	return tree_bytes(d, DT_DER_CONTEXT | 7, octets, size);
}

/* SmtpUTF8Mailbox, the one of RFC 8398, among others. */
static struct node *
other_name(struct draw *d)
{
	static const char *const types[] = { "1.3.6.1.5.5.7.8.9",
		"1.3.6.1.5.5.7.8.9", "1.3.6.1.5.5.7.8.7",
		"1.3.6.1.4.1.311.20.2.3" };
	struct node *value =
	    draw_chance(d, 80) ? tree_text(d, DT_DER_UTF8_STRING, draw_email(d))
			       : draw_string(d, draw_email(d));
	return tree_of(d, DT_DER_CONTEXT_CONSTRUCTED,
	    tree_oid(d, DRAW_ONE(d, types)),
	    tree_of(d, DT_DER_CONTEXT_CONSTRUCTED, value, NULL), NULL);
}

static struct node *
text_name(struct draw *d, uint8_t number, const char *text)
{
	size_t size = strlen(text);
	struct node *name =
	    tree_text(d, (uint8_t)(DT_DER_CONTEXT | number), text);
	if (draw_chance(d, 3)) { /* a NUL at the end or inside */
		uint8_t *octets = draw_alloc(d, size + 2);
		memcpy(octets, text, size);
		octets[size + 1] = 'x';
		name->content = dt_span(octets, size + 1 + draw_below(d, 2));
	}
	return name;
}

struct node *
draw_general_name(struct draw *d, bool constraint)
{
	switch (draw_below(d, 16)) {
	default:
		return text_name(d, 2, draw_host(d));
	case 0:
	case 1:
	case 2:
		return text_name(d, 1, draw_email(d));
	case 3:
	case 4:
		return address(d, constraint);
	case 5:
	case 6:
		return tree_of(
		    d, DT_DER_CONTEXT_CONSTRUCTED | 4, draw_name(d), NULL);
	case 7:
	case 8:
		return text_name(d, 6,
		    constraint && draw_chance(d, 80) ? draw_host(d)
						     : DRAW_ONE(d, uris));
	case 9:
		return other_name(d);
	case 10:
		return draw_chance(d, 50)
			   ? tree_bytes(
				 d, DT_DER_CONTEXT | 8, "\x2a\x03\x04", 3)
			   : tree_of(d, DT_DER_CONTEXT_CONSTRUCTED | 5,
				 tree_of(d, DT_DER_CONTEXT_CONSTRUCTED | 1,
				     draw_string(d, "party"), NULL),
				 NULL);
	}
}

struct node *
draw_general_names(struct draw *d)
{
	struct node *names = tree_of(d, DT_DER_SEQUENCE, NULL);
	while (draw_chance(d, names->child ? 40 : 95))
		tree_append(names, draw_general_name(d, false));
	return names;
}

struct node *
exact_time(struct draw *d, int64_t moment)
{
	time_t seconds = (time_t)moment;
	struct tm t;
	char text[32];
	gmtime_r(&seconds, &t);
	bool utc = t.tm_year >= 50 && t.tm_year < 150;
	strftime(
	    text, sizeof(text), utc ? "%y%m%d%H%M%SZ" : "%Y%m%d%H%M%SZ", &t);
	return tree_text(
	    d, utc ? DT_DER_UTC_TIME : DT_DER_GENERALIZED_TIME, text);
}

struct node *
draw_time(struct draw *d, int64_t moment)
{
	static const int64_t distances[] = { 0, 1, -1, 2, 3600, -3600, 86400,
		-86400, 31536000, -31536000, 315360000, -315360000, 3000000000,
		-3000000000 };
	static const char *const odd[] = { "2026010100Z", "202601010000Z",
		"20260101000000.5Z", "20260101000000+0100", "260101000000+0000",
		"2601010000Z", "260101000000", "20260101000000", "",
		"20261301000000Z", "20260230000000Z", "260101240000Z",
		"260101000060Z", "99991231235959Z", "00000101000000Z",
		"500101000000Z", "491231235959Z", "260101000000Z ",
		"2601010000-0100", "20240229000000Z", "20230229000000Z" };
	if (draw_chance(d, 25))
		return tree_text(d,
		    draw_chance(d, 50) ? DT_DER_UTC_TIME
				       : DT_DER_GENERALIZED_TIME,
		    DRAW_ONE(d, odd));
	struct node *node = exact_time(d, moment + DRAW_ONE(d, distances));
	if (draw_chance(d, 5))
		node->tag ^= DT_DER_UTC_TIME ^ DT_DER_GENERALIZED_TIME;
	return node;
}
