/* The index of revoked entries: all that is in it is found, and nothing else,
 * whatever the numbers and their order. */
#include "x509/crl_entries.h"

#include "tests/unit/der_text.h"

#include "dicomtls.h"

#include <stdio.h>
#include <stdlib.h>

#define CA NAME("CA")

/* The number of an entry, as hexadecimal text of its serial number. */
typedef void (*serial_fn)(unsigned i, char text[48]);

static void
ascending(unsigned i, char text[48])
{
	snprintf(text, 48, "40%06x", i);
}

static void
descending(unsigned i, char text[48])
{
	snprintf(text, 48, "40%06x", 0xffffff - i);
}

static void
one_start(unsigned i, char text[48])
{
	snprintf(text, 48, "40ffffffffffffffffffffffffffffff%08x", i);
}

static void
one_end(unsigned i, char text[48])
{
	snprintf(text, 48, "40%06xffffffffffffffffffffffffffffffff", i);
}

static void
growing(unsigned i, char text[48])
{
	size_t octets = 1 + i % 20;

	snprintf(text, 48, "%02x", 1 + i / 20);
	for (size_t at = 1; at < octets; at++)
		snprintf(text + 2 * at, 48 - 2 * at, "00");
}

static const serial_fn patterns[] = { ascending, descending, one_start, one_end,
	growing };

/* A CRL with so many entries; every fifth one is removed. */
static struct dt_crl *
make(serial_fn serial, unsigned count)
{
	struct dt_buffer entries = { 0 }, whole = { 0 }, der;
	struct dt_crl *crl;
	char number[48], *text;

	for (unsigned i = 0; i < count; i++) {
		serial(i, number);
		dt_buffer_printf(&entries, ENTRY("%s", "%s"), number,
		    i % 5 == 0 ? REASON("08") : "");
	}
	text = dt_buffer_take_text(&entries);
	dt_buffer_printf(&whole, CRL(CA, "%s", ""), text);
	free(text);
	text = dt_buffer_take_text(&whole);
	cr_assert_not_null(text);
	der = der_from_text(text);
	free(text);
	cr_assert_eq(dt_crl_adopt(&crl, &der, NULL), 0);
	cr_expect_eq(dt_buffer_size(&der), 0);
	return crl;
}

static enum dt_crl_answer
ask(const struct dt_crl *crl, const char *serial)
{
	struct dt_buffer number = der_from_text(serial);
	enum dt_crl_answer answer =
	    dt_crl_find(crl, dt_buffer_span(&number), &crl->issuer);

	dt_buffer_clear(&number);
	return answer;
}

/* As many as to need several sizes of the table. */
static const unsigned counts[] = { 1, 2, 3, 4, 5, 8, 9, 33, 500 };

Test(crl_entries, all_are_found_and_nothing_else)
{
	for (size_t p = 0; p < sizeof(patterns) / sizeof(patterns[0]); p++) {
		for (size_t c = 0; c < sizeof(counts) / sizeof(counts[0]);
		     c++) {
			struct dt_crl *crl = make(patterns[p], counts[c]);
			char serial[48];

			cr_expect_eq(crl->entry_count, counts[c]);
			for (unsigned i = 0; i < 2 * counts[c]; i++) {
				patterns[p](i, serial);
				cr_expect_eq(ask(crl, serial),
				    i >= counts[c] ? DT_CRL_ABSENT
				    : i % 5 == 0   ? DT_CRL_REMOVED
						   : DT_CRL_REVOKED,
				    "%s of %u", serial, counts[c]);
			}
			dt_crl_free(crl);
		}
	}
}

static void
one_number(unsigned i, char text[48])
{
	(void)i;
	snprintf(text, 48, "40");
}

static void
expect_walk(serial_fn serial)
{
	struct dt_crl *crl = make(serial, 100);
	struct dt_span left = crl->revoked;
	struct dt_crl_entry entry;
	char text[48];

	for (unsigned i = 0; i < 100; i++) {
		struct dt_buffer number;

		cr_assert(dt_crl_next(crl, &left, &entry));
		serial(i, text);
		number = der_from_text(text);
		cr_expect(dt_span_equal(entry.serial, dt_buffer_span(&number)));
		cr_expect_eq(entry.removed, i % 5 == 0);
		dt_buffer_clear(&number);
	}
	cr_expect_not(dt_crl_next(crl, &left, &entry));
	dt_crl_free(crl);
}

Test(crl_entries, a_walk_keeps_the_order_of_the_encoding)
{
	expect_walk(descending);
	expect_walk(one_number);
}

Test(crl_entries, a_list_without_entries_has_no_answer)
{
	struct dt_buffer der = der_from_text(CRL(CA, "", ""));
	struct dt_crl *crl;
	struct dt_span left;
	struct dt_crl_entry entry;

	cr_assert_eq(dt_crl_parse(&crl, dt_buffer_span(&der), NULL, NULL), 0);
	left = crl->revoked;
	cr_expect_eq(ask(crl, "05"), DT_CRL_ABSENT);
	cr_expect_not(dt_crl_next(crl, &left, &entry));
	dt_crl_free(crl);
	dt_buffer_clear(&der);
}

Test(crl_entries, what_is_no_crl_is_not_taken_over)
{
	struct dt_buffer der =
	    der_from_text(CRL(CA, ENTRY("0005", ""), "") "05{}");
	size_t size = dt_buffer_size(&der);
	struct dt_crl *crl;

	cr_expect_eq(dt_crl_adopt(&crl, &der, NULL), DICOMTLS_E_FORMAT);
	cr_expect_eq(dt_buffer_size(&der), size);
	dt_buffer_clear(&der);
}

Test(crl_entries, malformed_entries_are_refused)
{
	static const char *const refused[] = { "", "05{}", "30{}", "30{02{05}}",
		"30{02{}17{'250201000000Z'}}", "30{02{0005}17{}}",
		"30{02{05}17{}05{}}", "30{02{05}17{}30{}05{}}" };

	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		struct dt_buffer der = der_from_text(refused[i]);
		struct dt_span list = dt_buffer_span(&der);
		struct dt_crl_item item;

		cr_expect_not(dt_crl_take_item(&list, &item), "%s", refused[i]);
		dt_buffer_clear(&der);
	}
}
