#include "x509/name.h"

#include "base/der.h"
#include "base/limits.h"
#include "dicomtls.h"

#include <criterion/criterion.h>
#include <stdlib.h>

/* A name of up to four attributes, each in an RDN of its own unless joined to
 * the one before. */
struct attribute {
	uint8_t type; /* last arc below 2.5.4 */
	uint8_t tag;
	const char *value;
	size_t size;
	bool joined;
};

#define ATTRIBUTE(type, tag, text)                                             \
	{                                                                      \
		type, tag, text, sizeof(text) - 1, false                       \
	}
#define JOINED(type, tag, text)                                                \
	{                                                                      \
		type, tag, text, sizeof(text) - 1, true                        \
	}

struct sample {
	struct dt_name name;
	uint8_t der[512];
	uint8_t canonical[1536];
	int error;
};

static size_t
put_pair(uint8_t *at, const struct attribute *a)
{
	const uint8_t head[] = { 0x30, (uint8_t)(7 + a->size), 0x06, 3, 0x55,
		0x04, a->type, a->tag, (uint8_t)a->size };

	memcpy(at, head, sizeof(head));
	memcpy(at + sizeof(head), a->value, a->size);
	return sizeof(head) + a->size;
}

static void
make(struct sample *s, const struct attribute *attributes, size_t count)
{
	size_t at = 2, set = 2;

	memset(s, 0, sizeof(*s));
	for (size_t i = 0; i < count; i++) {
		if (!attributes[i].joined) {
			set = at;
			at += 2;
		}
		at += put_pair(s->der + at, &attributes[i]);
		s->der[set] = 0x31;
		s->der[set + 1] = (uint8_t)(at - set - 2);
	}
	s->der[0] = 0x30;
	s->der[1] = (uint8_t)(at - 2);
	s->error = dt_name_parse(&s->name, dt_span(s->der, at), s->canonical);
}

/* Compares two names of one attribute. */
static int
compare(struct attribute a, struct attribute b)
{
	struct sample x, y;

	make(&x, &a, 1);
	make(&y, &b, 1);
	cr_assert_eq(x.error, 0);
	cr_assert_eq(y.error, 0);
	return dt_name_compare(&x.name, &y.name);
}

static int
parse_one(uint8_t tag, const char *value, size_t size)
{
	struct sample s;
	struct attribute a = { 3, tag, value, size, false };

	make(&s, &a, 1);
	return s.error;
}

#define CN(tag, text) ((struct attribute)ATTRIBUTE(3, tag, text))
#define ACCEPTS(tag, text) (parse_one(tag, text, sizeof(text) - 1) == 0)

Test(name, comparison_ignores_case_and_blanks)
{
	cr_expect_eq(
	    compare(CN(0x13, " Test \t\n Client "), CN(0x13, "test client")),
	    0);
	cr_expect_neq(
	    compare(CN(0x13, "testclient"), CN(0x13, "test client")), 0);
	cr_expect_eq(compare(CN(0x13, "   "), CN(0x13, "")), 0);
}

Test(name, comparison_ignores_the_string_type)
{
	cr_expect_eq(compare(CN(0x13, "Ab"), CN(0x0c, "aB")), 0);
	cr_expect_eq(compare(CN(0x16, "ab"), CN(0x1e, "\0A\0b")), 0);
	cr_expect_eq(compare(CN(0x14, "\xfc"), CN(0x0c, "\xc3\xbc")), 0);
	cr_expect_eq(
	    compare(CN(0x1c, "\0\1\xf6\0"), CN(0x0c, "\xf0\x9f\x98\x80")), 0);
	cr_expect_eq(
	    compare(CN(0x1e, "\x20\xac"), CN(0x0c, "\xe2\x82\xac")), 0);
}

Test(name, letters_beyond_ascii_keep_their_case)
{
	cr_expect_neq(compare(CN(0x0c, "\xc3\x9c"), CN(0x0c, "\xc3\xbc")), 0);
}

Test(name, numeric_strings_are_not_converted)
{
	cr_expect_neq(compare(CN(0x12, "12"), CN(0x13, "12")), 0);
	cr_expect_neq(compare(CN(0x12, "1  2"), CN(0x12, "1 2")), 0);
}

Test(name, unused_bits_do_not_count)
{
	cr_expect_eq(compare(CN(0x03, "\4\xaf"), CN(0x03, "\4\xa0")), 0);
	cr_expect_neq(compare(CN(0x03, "\4\xa0"), CN(0x03, "\3\xa0")), 0);
	cr_expect(!ACCEPTS(0x03, "\x08\xa0"));
	cr_expect(!ACCEPTS(0x03, ""));
}

Test(name, shorter_form_comes_first)
{
	cr_expect_lt(compare(CN(0x13, "z"), CN(0x13, "aa")), 0);
	cr_expect_gt(compare(CN(0x13, "aa"), CN(0x13, "z")), 0);
	cr_expect_lt(compare(CN(0x13, "a"), CN(0x13, "b")), 0);
}

Test(name, canonical_form_is_the_contents_in_utf8)
{
	static const uint8_t want[] = { 0x31, 11, 0x30, 9, 0x06, 3, 0x55, 4, 3,
		0x0c, 2, 'a', 'b' };
	struct attribute a = CN(0x13, "AB");
	struct sample s;

	make(&s, &a, 1);
	cr_assert_eq(s.name.canonical.size, sizeof(want));
	cr_expect_arr_eq(s.name.canonical.data, want, sizeof(want));
}

Test(name, order_inside_a_set_does_not_count_and_between_sets_does)
{
	const struct attribute set1[] = { ATTRIBUTE(3, 0x13, "x"),
		JOINED(11, 0x13, "y"), JOINED(3, 0x13, "longer") };
	const struct attribute set2[] = { ATTRIBUTE(11, 0x13, "Y"),
		JOINED(3, 0x13, "Longer"), JOINED(3, 0x13, "X") };
	const struct attribute list1[] = { ATTRIBUTE(3, 0x13, "x"),
		ATTRIBUTE(11, 0x13, "y") };
	const struct attribute list2[] = { ATTRIBUTE(11, 0x13, "y"),
		ATTRIBUTE(3, 0x13, "x") };
	struct sample a, b;

	make(&a, set1, 3);
	make(&b, set2, 3);
	cr_assert_eq(a.error, 0);
	cr_expect_eq(dt_name_compare(&a.name, &b.name), 0);
	make(&a, list1, 2);
	make(&b, list2, 2);
	cr_expect_neq(dt_name_compare(&a.name, &b.name), 0);
}

Test(name, entries_come_in_encoded_order_with_their_set)
{
	const struct attribute list[] = { ATTRIBUTE(6, 0x13, "US"),
		ATTRIBUTE(11, 0x13, "y"), JOINED(3, 0x0c, "x") };
	static const size_t sets[] = { 0, 1, 1 };
	struct dt_name_entry entry;
	struct dt_name_iter iter;
	struct sample s;

	make(&s, list, 3);
	cr_assert_eq(s.error, 0);
	cr_expect_eq(s.name.entry_count, 3);
	iter = dt_name_iter(&s.name);
	for (size_t i = 0; i < 3; i++) {
		cr_assert(dt_name_next(&iter, &entry));
		cr_expect_eq(entry.oid.data[2], list[i].type);
		cr_expect_eq(entry.tag, list[i].tag);
		cr_expect_eq(entry.value.size, list[i].size);
		cr_expect_eq(entry.set, sets[i]);
	}
	cr_expect_not(dt_name_next(&iter, &entry));
}

Test(name, empty_name_is_a_name)
{
	struct dt_name_entry entry;
	struct dt_name_iter iter;
	struct sample s;

	make(&s, NULL, 0);
	cr_assert_eq(s.error, 0);
	cr_expect_eq(s.name.canonical.size, 0);
	cr_expect_eq(s.name.entry_count, 0);
	cr_expect_eq(dt_name_compare(&s.name, &s.name), 0);
	iter = dt_name_iter(&s.name);
	cr_expect_not(dt_name_next(&iter, &entry));
}

Test(name, accepts_the_types_of_asn1_printable_only)
{
	static const uint8_t accepted[] = { 0x07, 0x08, 0x09, 0x0b, 0x0c, 0x0d,
		0x0e, 0x0f, 0x12, 0x13, 0x14, 0x16, 0x1d };
	static const uint8_t refused[] = { 0x01, 0x02, 0x04, 0x05, 0x06, 0x0a,
		0x10, 0x11, 0x31, 0x15, 0x17, 0x18, 0x19, 0x1a, 0x1b, 0x2c,
		0x80, 0xa0 };

	for (size_t i = 0; i < sizeof(accepted); i++)
		cr_expect_eq(
		    parse_one(accepted[i], "a", 1), 0, "tag %02x", accepted[i]);
	for (size_t i = 0; i < sizeof(refused); i++)
		cr_expect_eq(parse_one(refused[i], "a", 1), DICOMTLS_E_FORMAT,
		    "tag %02x", refused[i]);
	cr_expect(ACCEPTS(0x30, "\x05\0"));
}

Test(name, refuses_broken_strings)
{
	cr_expect(!ACCEPTS(0x1e, "abc"), "odd length");
	cr_expect(!ACCEPTS(0x1e, "\xd8\0"), "surrogate");
	cr_expect(!ACCEPTS(0x1c, "abc"), "not a multiple of four");
	cr_expect(!ACCEPTS(0x1c, "\0\x11\0\0"), "beyond Unicode");
	cr_expect(!ACCEPTS(0x0c, "\x80"), "continuation first");
	cr_expect(!ACCEPTS(0x0c, "\xc0\x80"), "not the shortest form");
	cr_expect(!ACCEPTS(0x0c, "\xe0\x80\x80"), "not the shortest form");
	cr_expect(!ACCEPTS(0x0c, "\xed\xa0\x80"), "surrogate");
	cr_expect(!ACCEPTS(0x0c, "\xf4\x90\x80\x80"), "beyond Unicode");
	cr_expect(!ACCEPTS(0x0c, "\xe2\x82"), "cut off");
	cr_expect(!ACCEPTS(0x0c, "\xff"), "never in UTF-8");
	cr_expect(ACCEPTS(0x13, "\xff*"), "alphabets are not checked");
}

Test(name, refuses_what_is_not_a_name)
{
	static const struct {
		const char *what;
		uint8_t der[16];
		size_t size;
	} cases[] = {
		{ "nothing", { 0 }, 0 },
		{ "a set", { 0x31, 0 }, 2 },
		{ "trailing byte", { 0x30, 0, 0 }, 3 },
		{ "no set inside", { 0x30, 2, 0x30, 0 }, 4 },
		{ "empty pair", { 0x30, 4, 0x31, 2, 0x30, 0 }, 6 },
		{ "no value", { 0x30, 9, 0x31, 7, 0x30, 5, 6, 3, 0x55, 4, 3 },
		    11 },
		{ "broken OID",
		    { 0x30, 11, 0x31, 9, 0x30, 7, 6, 3, 0x55, 4, 0x83, 12, 0 },
		    13 },
		{ "third member",
		    { 0x30, 13, 0x31, 11, 0x30, 9, 6, 3, 0x55, 4, 3, 12, 0, 5,
			0 },
		    15 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint8_t canonical[64];
		struct dt_name name;

		cr_expect_eq(
		    dt_name_parse(
			&name, dt_span(cases[i].der, cases[i].size), canonical),
		    DICOMTLS_E_FORMAT, "%s", cases[i].what);
	}
}

Test(name, empty_sets_leave_no_trace)
{
	static const uint8_t der[] = { 0x30, 2, 0x31, 0 };
	uint8_t canonical[sizeof(der) * 3];
	struct dt_name name;

	cr_assert_eq(
	    dt_name_parse(&name, dt_span(der, sizeof(der)), canonical), 0);
	cr_expect_eq(name.canonical.size, 0);
	cr_expect_eq(name.entry_count, 0);
}

Test(name, long_latin_strings_fit_the_room)
{
	enum { SIZE = 60000 };
	static const uint8_t head[] = { 0x30, 0x82, (SIZE + 16) >> 8,
		(SIZE + 16) & 0xff, 0x31, 0x82, (SIZE + 12) >> 8,
		(SIZE + 12) & 0xff, 0x30, 0x82, (SIZE + 8) >> 8,
		(SIZE + 8) & 0xff, 6, 2, 0x55, 4, 0x14, 0x82, SIZE >> 8,
		SIZE & 0xff };
	uint8_t *der = malloc(sizeof(head) + SIZE);
	size_t size = sizeof(head) + SIZE;
	uint8_t *canonical = malloc(dt_name_canonical_room(size));
	struct dt_name name;

	cr_assert(der != NULL && canonical != NULL);
	memcpy(der, head, sizeof(head));
	memset(der + sizeof(head), 0xff, SIZE);
	cr_assert_eq(dt_name_parse(&name, dt_span(der, size), canonical), 0);
	cr_expect_gt(name.canonical.size, 2 * SIZE);
	cr_expect_leq(name.canonical.size, dt_name_canonical_room(size));
	free(canonical);
	free(der);
}

Test(name, names_over_the_limit_are_refused)
{
	static uint8_t der[DT_MAX_NAME_SIZE + 1] = { 0x30, 0x83, 0x0f, 0xff,
		0xfc };
	uint8_t canonical[1];
	struct dt_name name;

	cr_expect_eq(dt_name_parse(&name, dt_span(der, sizeof(der)), canonical),
	    DICOMTLS_E_FORMAT);
}
