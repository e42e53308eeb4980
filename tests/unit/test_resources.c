#include "x509/resources.h"

#include "base/der.h"

#include <criterion/criterion.h>

#define BYTES(text) dt_span(text, sizeof(text) - 1)

/* 10.0.32.0/20, 10.0.64.0/24, 10.1.0.0/16, 10.2.48.0-10.2.64.255, 10.3.0.0/16:
 * the first example of RFC 3779 appendix B. */
#define P_10_0_32 "\x03\x04\x04\x0a\x00\x20"
#define P_10_0_64 "\x03\x04\x00\x0a\x00\x40"
#define P_10_1 "\x03\x03\x00\x0a\x01"
#define R_10_2                                                                 \
	"\x30\x0c"                                                             \
	"\x03\x04\x04\x0a\x02\x30"                                             \
	"\x03\x04\x00\x0a\x02\x40"
#define P_10_3 "\x03\x03\x00\x0a\x03"
#define EXAMPLE P_10_0_32 P_10_0_64 P_10_1 R_10_2 P_10_3

static struct dt_resource_set
addresses(struct dt_span list, int size)
{
	return (struct dt_resource_set){ list, size };
}

static struct dt_resource_set
numbers(struct dt_span list)
{
	return (struct dt_resource_set){ list, DT_AS_NUMBERS };
}

Test(resources, canonical_address_lists)
{
	const struct {
		const char *what;
		struct dt_span list;
		int size;
		bool canonical;
	} rows[] = {
		{ "the example of RFC 3779", BYTES(EXAMPLE), 4, true },
		{ "everything", BYTES("\x03\x01\x00"), 4, true },
		{ "nothing", BYTES(""), 4, false },
		{ "descending", BYTES(P_10_1 P_10_0_64), 4, false },
		{ "twice", BYTES(P_10_1 P_10_1), 4, false },
		{ "one within the other", BYTES("\x03\x02\x00\x0a" P_10_1), 4,
		    false },
		/* 10.0.0.0/16 ends where 10.1.0.0/16 begins. */
		{ "adjacent", BYTES("\x03\x03\x00\x0a\x00" P_10_1), 4, false },
		{ "not quite adjacent",
		    BYTES("\x30\x0c\x03\x03\x00\x0a\x00"
			  "\x03\x05\x00\x0a\x00\xff\xfe" P_10_1),
		    4, true },
		{ "inverted",
		    BYTES("\x30\x0a\x03\x03\x00\x0a\x03\x03\x03\x00\x0a\x01"),
		    4, false },
		/* 10.0.0.0-10.1.255.255 is 10.0.0.0/15. */
		{ "a prefix written as a range",
		    BYTES("\x30\x0a\x03\x03\x00\x0a\x00\x03\x03\x00\x0a\x01"),
		    4, false },
		{ "one address written as a range",
		    BYTES("\x30\x0e\x03\x05\x00\x0a\x00\x00\x01"
			  "\x03\x05\x00\x0a\x00\x00\x01"),
		    4, false },
		{ "everything written as a range",
		    BYTES("\x30\x06\x03\x01\x00\x03\x01\x00"), 4, false },
		/* 10.1.0.0-10.2.255.255: as many as a prefix, badly placed. */
		{ "a range that is no prefix",
		    BYTES("\x30\x0a\x03\x03\x00\x0a\x01\x03\x03\x00\x0a\x02"),
		    4, true },
		{ "five octets alone",
		    BYTES("\x03\x06\x00\x0a\x01\x02\x03\x04"), 4, true },
		{ "five octets in company",
		    BYTES(P_10_1 "\x03\x06\x00\x0b\x01\x02\x03\x04"), 4,
		    false },
		{ "five octets in a range",
		    BYTES("\x30\x0d\x03\x03\x00\x0a\x01"
			  "\x03\x06\x00\x0b\x01\x02\x03\x04"),
		    4, false },
		{ "unknown family, one prefix", BYTES(P_10_1), 0, true },
		{ "unknown family, two prefixes",
		    BYTES("\x03\x01\x00\x03\x01\x00"), 0, false },
		{ "unknown family, range",
		    BYTES("\x30\x06\x03\x01\x00\x03\x01\x00"), 0, false },
		/* 2001::/16 and 2002::-2003:: with a gap of one address. */
		{ "IPv6",
		    BYTES("\x03\x03\x00\x20\x01"
			  "\x30\x17\x03\x11\x00\x20\x02\x00\x00\x00\x00\x00\x00"
			  "\x00\x00\x00\x00\x00\x00\x00\x01"
			  "\x03\x02\x00\x21"),
		    16, true },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct dt_resource_set set =
		    addresses(rows[i].list, rows[i].size);

		cr_expect_eq(dt_resource_set_is_canonical(&set),
		    rows[i].canonical, "%s", rows[i].what);
	}
}

Test(resources, canonical_number_lists)
{
	const struct {
		const char *what;
		struct dt_span list;
		bool canonical;
	} rows[] = {
		{ "one", BYTES("\x02\x01\x05"), true },
		{ "nothing", BYTES(""), false },
		{ "a gap of one", BYTES("\x02\x01\x05\x02\x01\x07"), true },
		{ "neighbours", BYTES("\x02\x01\x05\x02\x01\x06"), false },
		{ "127 and 128", BYTES("\x02\x01\x7f\x02\x02\x00\x80"), false },
		{ "255 and 256", BYTES("\x02\x02\x00\xff\x02\x02\x01\x00"),
		    false },
		{ "255 and 257", BYTES("\x02\x02\x00\xff\x02\x02\x01\x01"),
		    true },
		{ "-1 and 0", BYTES("\x02\x01\xff\x02\x01\x00"), false },
		{ "-129 and -128", BYTES("\x02\x02\xff\x7f\x02\x01\x80"),
		    false },
		{ "-129 and -127", BYTES("\x02\x02\xff\x7f\x02\x01\x81"),
		    true },
		{ "0 and -2", BYTES("\x02\x01\x00\x02\x01\xfe"), false },
		{ "2^64 - 1 and 2^64",
		    BYTES("\x02\x09\x00\xff\xff\xff\xff\xff\xff\xff\xff"
			  "\x02\x09\x01\x00\x00\x00\x00\x00\x00\x00\x00"),
		    false },
		{ "2^64 - 1 and 2^64 + 1",
		    BYTES("\x02\x09\x00\xff\xff\xff\xff\xff\xff\xff\xff"
			  "\x02\x09\x01\x00\x00\x00\x00\x00\x00\x00\x01"),
		    true },
		{ "a range of one", BYTES("\x30\x06\x02\x01\x05\x02\x01\x05"),
		    true },
		{ "inverted", BYTES("\x30\x06\x02\x01\x06\x02\x01\x05"),
		    false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct dt_resource_set set = numbers(rows[i].list);

		cr_expect_eq(dt_resource_set_is_canonical(&set),
		    rows[i].canonical, "%s", rows[i].what);
	}
}

Test(resources, parent_contains_child_within_one_of_its_ranges)
{
	const struct {
		const char *what;
		struct dt_span parent, child;
		bool contained;
	} rows[] = {
		{ "itself", BYTES(EXAMPLE), BYTES(EXAMPLE), true },
		{ "a part of it", BYTES(EXAMPLE), BYTES(P_10_0_64 P_10_3),
		    true },
		{ "a part of a range", BYTES(EXAMPLE),
		    BYTES("\x03\x04\x00\x0a\x02\x3f"), true },
		{ "nothing", BYTES(EXAMPLE), BYTES(""), true },
		{ "more at the lower end", BYTES(R_10_2),
		    BYTES("\x30\x0c\x03\x04\x04\x0a\x02\x20"
			  "\x03\x04\x00\x0a\x02\x40"),
		    false },
		{ "more at the upper end", BYTES(R_10_2),
		    BYTES("\x30\x0c\x03\x04\x04\x0a\x02\x30"
			  "\x03\x04\x00\x0a\x02\x41"),
		    false },
		{ "over a gap", BYTES(P_10_1 P_10_3),
		    BYTES("\x30\x0a\x03\x03\x00\x0a\x01\x03\x03\x00\x0a\x03"),
		    false },
		{ "of nothing", BYTES(""), BYTES(P_10_1), false },
		{ "too many octets", BYTES("\x03\x01\x00"),
		    BYTES("\x03\x06\x00\x0a\x01\x02\x03\x04"), false },
		{ "of too many octets",
		    BYTES("\x03\x06\x00\x0a\x01\x02\x03\x04"), BYTES(P_10_1),
		    false },
		/* The walk does not go back (v3_addr.c, addr_contains). */
		{ "descending", BYTES(P_10_1 P_10_3), BYTES(P_10_3 P_10_1),
		    false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct dt_resource_set parent = addresses(rows[i].parent, 4);
		struct dt_resource_set child = addresses(rows[i].child, 4);

		cr_expect_eq(dt_resource_set_contains(&parent, &child),
		    rows[i].contained, "%s", rows[i].what);
	}
}

Test(resources, numbers_are_contained_by_value)
{
	struct dt_resource_set parent =
	    numbers(BYTES("\x30\x07\x02\x01\x80\x02\x02\x01\x00"));
	struct dt_resource_set inside =
	    numbers(BYTES("\x02\x01\x80\x02\x01\x00\x02\x02\x01\x00"));
	struct dt_resource_set below = numbers(BYTES("\x02\x02\xff\x7f"));
	struct dt_resource_set above = numbers(BYTES("\x02\x02\x01\x01"));

	cr_expect(dt_resource_set_contains(&parent, &inside));
	cr_expect_not(dt_resource_set_contains(&parent, &below));
	cr_expect_not(dt_resource_set_contains(&parent, &above));
}

/* RFC 3779 2.1.2: bits beyond the prefix are no part of it. */
Test(resources, unused_bits_do_not_count)
{
	struct dt_resource_set clean = addresses(BYTES(P_10_0_32), 4);
	struct dt_resource_set dirty =
	    addresses(BYTES("\x03\x04\x04\x0a\x00\x2f"), 4);

	cr_expect(dt_resource_set_contains(&clean, &dirty));
	cr_expect(dt_resource_set_contains(&dirty, &clean));
}

#define INHERIT "\x05\x00"
#define FAMILY4 "\x30\x06\x04\x02\x00\x01" INHERIT
#define FAMILY4_UNICAST "\x30\x07\x04\x03\x00\x01\x01" INHERIT
#define FAMILY6 "\x30\x06\x04\x02\x00\x02" INHERIT
#define FAMILY_SHORT "\x30\x05\x04\x01\x00" INHERIT

Test(resources, families_are_ordered_by_key)
{
	const struct {
		const char *what;
		struct dt_span blocks;
		bool canonical;
	} rows[] = {
		{ "none", BYTES(""), true },
		{ "a SAFI behind none, IPv6 last",
		    BYTES(FAMILY4 FAMILY4_UNICAST FAMILY6), true },
		{ "a SAFI before none", BYTES(FAMILY4_UNICAST FAMILY4), false },
		{ "IPv6 first", BYTES(FAMILY6 FAMILY4_UNICAST), false },
		{ "twice", BYTES(FAMILY4 FAMILY4), false },
		{ "a short key alone, inheriting", BYTES(FAMILY_SHORT), true },
		{ "a short key alone with addresses",
		    BYTES("\x30\x0a\x04\x01\x00\x30\x05" P_10_1), false },
		{ "a short key in company", BYTES(FAMILY_SHORT FAMILY4),
		    false },
		{ "a list that is not canonical",
		    BYTES("\x30\x06\x04\x02\x00\x01\x30\x00"), false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		cr_expect_eq(dt_address_blocks_are_canonical(rows[i].blocks),
		    rows[i].canonical, "%s", rows[i].what);
}

Test(resources, family_is_read_with_its_address_size)
{
	const struct {
		struct dt_span block;
		int size;
		bool sound;
	} rows[] = {
		{ BYTES("\x30\x0b\x04\x02\x00\x01\x30\x05" P_10_1), 4, true },
		{ BYTES("\x30\x0c\x04\x03\x00\x02\x01\x30\x05" P_10_1), 16,
		    true },
		{ BYTES("\x30\x0b\x04\x02\x00\x03\x30\x05" P_10_1), 0, true },
		{ BYTES("\x30\x0b\x04\x02\x01\x01\x30\x05" P_10_1), 0, true },
		{ BYTES("\x30\x0d\x04\x04\x00\x01\x01\x01\x30\x05" P_10_1), 4,
		    false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct dt_span blocks = rows[i].block;
		struct dt_address_family family;

		cr_assert(dt_address_family_next(&blocks, &family));
		cr_expect_eq(family.addresses.set.address_size, rows[i].size,
		    "row %zu", i);
		cr_expect_eq(dt_address_family_is_sound(&family), rows[i].sound,
		    "row %zu", i);
		cr_expect_not(family.addresses.inherits);
		cr_expect(
		    dt_span_equal(family.addresses.set.list, BYTES(P_10_1)));
		cr_expect_not(dt_address_family_next(&blocks, &family));
	}
}

Test(resources, numbers_and_domains_are_told_apart)
{
	struct dt_as_ids ids;

	dt_as_ids_read(
	    &ids, BYTES("\xa0\x02" INHERIT "\xa1\x05\x30\x03\x02\x01\x05"));
	cr_expect(ids.numbers.inherits);
	cr_expect_not(dt_span_is_set(ids.numbers.set.list));
	cr_expect_not(ids.domains.inherits);
	cr_expect(dt_span_equal(ids.domains.set.list, BYTES("\x02\x01\x05")));
	cr_expect(dt_as_ids_are_canonical(&ids));

	dt_as_ids_read(&ids, BYTES("\xa1\x02\x30\x00"));
	cr_expect_not(ids.numbers.inherits);
	cr_expect_not(dt_span_is_set(ids.numbers.set.list));
	cr_expect_not(dt_as_ids_are_canonical(&ids));
}
