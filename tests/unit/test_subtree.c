#include "x509/subtree.h"

#include "dicomtls.h"

#include <criterion/criterion.h>

#define SPAN(text) dt_span(text, sizeof(text) - 1)

/* The two lists of a NameConstraints, each a row of GeneralSubtree. */
#define PERMITTED(size, list) "\xa0" size list
#define EXCLUDED(size, list) "\xa1" size list
#define DNS_A                                                                  \
	"\x30\x03\x82\x01"                                                     \
	"a"
#define DNS_B                                                                  \
	"\x30\x03\x82\x01"                                                     \
	"b"

static struct dt_arena arena;
static struct dt_subtrees subtrees;

static int
parse(struct dt_span content)
{
	return dt_subtrees_parse(&arena, &subtrees, content);
}

static bool
reads(size_t index, enum dt_general_name_type type, struct dt_span value)
{
	const struct dt_general_name *base = &subtrees.items[index].base;

	return base->type == type && dt_span_equal(base->value, value);
}

static void
teardown(void)
{
	dt_arena_clear(&arena);
}

TestSuite(subtree, .fini = teardown);

Test(subtree, permitted_ones_come_first)
{
	cr_assert_eq(
	    parse(SPAN(PERMITTED("\x0a", DNS_A DNS_B) EXCLUDED("\x05", DNS_B))),
	    0);
	cr_expect_eq(subtrees.permitted, 2);
	cr_expect_eq(subtrees.excluded, 1);
	cr_expect(reads(0, DT_GN_DNS, SPAN("a")));
	cr_expect(reads(1, DT_GN_DNS, SPAN("b")));
	cr_expect(reads(2, DT_GN_DNS, SPAN("b")));
}

Test(subtree, either_list_may_be_absent)
{
	cr_assert_eq(parse(SPAN("")), 0);
	cr_expect_eq(subtrees.permitted + subtrees.excluded, 0);
	dt_arena_clear(&arena);
	cr_assert_eq(parse(SPAN(EXCLUDED("\x05", DNS_A))), 0);
	cr_expect_eq(subtrees.permitted, 0);
	cr_expect_eq(subtrees.excluded, 1);
}

/* RFC 5280 4.2.1.10: minimum MUST be zero, maximum MUST be absent. */
Test(subtree, only_a_minimum_of_zero_is_no_limit)
{
	static const struct {
		struct dt_span der;
		bool bounded;
	} rows[] = {
		{ { (const uint8_t *)"\xa0\x05\x30\x03\x82\x01"
				     "a",
		      7 },
		    false },
		{ { (const uint8_t *)"\xa0\x08\x30\x06\x82\x01"
				     "a\x80\x01\x00",
		      10 },
		    false },
		{ { (const uint8_t *)"\xa0\x08\x30\x06\x82\x01"
				     "a\x80\x01\x01",
		      10 },
		    true },
		{ { (const uint8_t *)"\xa0\x08\x30\x06\x82\x01"
				     "a\x81\x01\x00",
		      10 },
		    true },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		cr_assert_eq(parse(rows[i].der), 0);
		cr_expect_eq(
		    subtrees.items[0].bounded, rows[i].bounded, "row %zu", i);
		dt_arena_clear(&arena);
	}
}

/* C=DE as PrintableString, its comparison form as UTF8String in lower case. */
Test(subtree, directory_names_are_kept_in_comparison_form)
{
	cr_assert_eq(parse(SPAN("\xa0\x13\x30\x11\xa4\x0f\x30\x0d\x31\x0b\x30"
				"\x09\x06\x03\x55\x04\x06\x13\x02"
				"DE")),
	    0);
	cr_expect(reads(0, DT_GN_DIRECTORY,
	    SPAN("\x31\x0b\x30\x09\x06\x03\x55\x04\x06\x0c\x02"
		 "de")));
}

Test(subtree, a_name_that_cannot_be_compared_is_refused)
{
	cr_expect_eq(parse(SPAN("\xa0\x12\x30\x10\xa4\x0e\x30\x0c\x31\x0a\x30"
				"\x08\x06\x03\x55\x04\x06\x1e\x01"
				"D")),
	    DICOMTLS_E_FORMAT);
	cr_expect_null(subtrees.items);
}

/* RFC 8398 6: rfc822Name subtrees are for mailboxes in UTF-8 too. */
Test(subtree, a_mail_domain_is_decoded_once)
{
	cr_assert_eq(parse(SPAN(PERMITTED("\x16", "\x30\x14\x81\x12"
						  "xn--bcher-kva.test"))),
	    0);
	cr_assert_eq(subtrees.permitted, 1);
	cr_expect(reads(0, DT_GN_EMAIL, SPAN("xn--bcher-kva.test")));
	cr_expect(dt_span_equal(subtrees.items[0].unicode, SPAN("b\xc3\xbc"
								"cher.test")));
}

Test(subtree, a_mail_domain_that_cannot_be_decoded_is_unset)
{
	cr_assert_eq(parse(SPAN(PERMITTED("\x0b", "\x30\x09\x81\x07"
						  "xn--a_b"))),
	    0);
	cr_assert_eq(subtrees.permitted, 1);
	cr_expect_not(dt_span_is_set(subtrees.items[0].unicode));
}
