#include "compat/name_print.h"

#include "base/buffer.h"
#include "base/der.h"
#include "x509/name.h"

#include "tests/unit/der_text.h"

#include <criterion/criterion.h>
#include <stdlib.h>

/* Text of a name with one attribute in one RDN; the caller compares at once,
 * the next call reuses the memory. */
static const char *
print_der(const uint8_t *der, size_t size)
{
	static char text[2048];
	uint8_t *canonical = malloc(dt_name_canonical_room(size));
	struct dt_buffer out = { 0 };
	struct dt_name name;
	struct dt_span span;

	cr_assert_eq(dt_name_parse(&name, dt_span(der, size), canonical), 0);
	cr_assert_eq(dt_name_print(&name, &out), 0);
	span = dt_buffer_span(&out);
	cr_assert_lt(span.size, sizeof(text));
	memcpy(text, span.data, span.size);
	text[span.size] = '\0';
	dt_buffer_clear(&out);
	free(canonical);
	return text;
}

/* The same for a commonName of up to 100 octets. */
static const char *
print_cn(uint8_t tag, const char *value, size_t size)
{
	uint8_t der[128] = { 0x30, (uint8_t)(size + 11), 0x31,
		(uint8_t)(size + 9), 0x30, (uint8_t)(size + 7), 6, 3, 0x55, 4,
		3, tag, (uint8_t)size };

	memcpy(der + 13, value, size);
	return print_der(der, size + 13);
}

#define CN(tag, value) print_cn(tag, value, sizeof(value) - 1)
#define DER(...)                                                               \
	print_der((const uint8_t[]){ __VA_ARGS__ },                            \
	    sizeof((const uint8_t[]){ __VA_ARGS__ }))

Test(name_print, plain_values_stand_as_they_are)
{
	cr_expect_str_eq(CN(0x13, "Test Client"), "CN = Test Client");
	cr_expect_str_eq(CN(0x16, "a=b/c?*@:'"), "CN = a=b/c?*@:'");
	cr_expect_str_eq(CN(0x12, "12 34"), "CN = 12 34");
	cr_expect_str_eq(CN(0x13, ""), "CN = ");
}

Test(name_print, separators_are_quoted_and_quotes_escaped)
{
	cr_expect_str_eq(CN(0x13, "LEAD Technologies, Inc."),
	    "CN = \"LEAD Technologies, Inc.\"");
	cr_expect_str_eq(CN(0x13, "a+b"), "CN = \"a+b\"");
	cr_expect_str_eq(CN(0x13, "<a;b>"), "CN = \"<a;b>\"");
	cr_expect_str_eq(CN(0x13, "a\"b"), "CN = a\\\"b");
	cr_expect_str_eq(CN(0x13, "a\\b"), "CN = a\\\\b");
	cr_expect_str_eq(CN(0x13, "a\\,b"), "CN = \"a\\\\,b\"");
}

Test(name_print, blanks_and_number_signs_are_quoted_at_the_ends)
{
	cr_expect_str_eq(CN(0x13, " a"), "CN = \" a\"");
	cr_expect_str_eq(CN(0x13, "a "), "CN = \"a \"");
	cr_expect_str_eq(CN(0x13, " "), "CN = \" \"");
	cr_expect_str_eq(CN(0x13, "#1"), "CN = \"#1\"");
	cr_expect_str_eq(CN(0x13, "1#"), "CN = 1#");
	cr_expect_str_eq(CN(0x13, "#"), "CN = #", "last wins over first");
}

Test(name_print, control_characters_cannot_break_the_line)
{
	cr_expect_str_eq(CN(0x13, "a\nb\0c\x7f"), "CN = a\\0Ab\\00c\\7F");
}

Test(name_print, characters_beyond_ascii_are_utf8_in_hexadecimal)
{
	cr_expect_str_eq(CN(0x0c, "\xc3\xbc"), "CN = \\C3\\BC");
	cr_expect_str_eq(CN(0x14, "\xfc"), "CN = \\C3\\BC");
	cr_expect_str_eq(CN(0x1e, "\0A\x20\xac"), "CN = A\\E2\\82\\AC");
	cr_expect_str_eq(
	    CN(0x1c, "\0\1\xf4\x28\0\0\0,"), "CN = \"\\F0\\9F\\90\\A8,\"");
}

Test(name_print, values_that_are_no_strings_are_dumped)
{
	cr_expect_str_eq(CN(0x03, "\4\xff"), "CN = #030204F0");
	cr_expect_str_eq(CN(0x03, "\7"), "CN = #030100");
	cr_expect_str_eq(CN(0x08, "ab"), "CN = #08026162");
	cr_expect_str_eq(CN(0x30, "\5\0"), "CN = #30020500");
}

/* RFC 2253 2.4; X.690 8.1.3.5 for the length. */
Test(name_print, a_dump_has_the_length_in_as_many_octets_as_it_needs)
{
	static const struct {
		unsigned octets;
		const char *text;
	} rows[] = { { 0x7e, "CN = #037F00AA" }, { 0x7f, "CN = #03818000AA" },
		{ 0xfe, "CN = #0381FF00AA" }, { 0xff, "CN = #0382010000AA" } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char text[640] = "30{31{30{06{550403}03{00";
		struct dt_buffer der;
		const char *printed;

		for (unsigned n = 0; n < rows[i].octets; n++)
			strcat(text, "aa");
		der = der_from_text(strcat(text, "}}}}"));
		printed = print_der(der.data + der.start, dt_buffer_size(&der));
		cr_expect_eq(
		    strncmp(printed, rows[i].text, strlen(rows[i].text)), 0,
		    "%s", printed);
		cr_expect_eq(strlen(printed),
		    strlen(rows[i].text) + 2 * (rows[i].octets - 1));
		dt_buffer_clear(&der);
	}
}

Test(name_print, joined_attributes_have_a_plus)
{
	cr_expect_str_eq(
	    DER(0x30, 35, 0x31, 11, 0x30, 9, 6, 3, 0x55, 4, 6, 0x13, 2, 'U',
		'S', 0x31, 20, 0x30, 8, 6, 3, 0x55, 4, 11, 0x13, 1, 'y', 0x30,
		8, 6, 3, 0x55, 4, 3, 0x13, 1, 'x'),
	    "C = US, OU = y + CN = x");
}

Test(name_print, unknown_types_are_dotted_and_cut)
{
	uint8_t der[128] = { 0x30, 76, 0x31, 74, 0x30, 72, 6, 67, 0x2a };
	char want[100] = "1.2";

	cr_expect_str_eq(
	    DER(0x30, 12, 0x31, 10, 0x30, 8, 6, 3, 0x2a, 3, 4, 0x13, 1, 'x'),
	    "1.2.3.4 = x");
	/* 66 arcs of one digit: 3 + 132 characters, of which 79 are shown. */
	memset(der + 9, 1, 66);
	der[75] = 0x13;
	der[76] = 1;
	der[77] = 'x';
	for (size_t i = 3; i < 79; i += 2)
		memcpy(want + i, ".1", 2);
	memcpy(want + 79, " = x", sizeof(" = x"));
	cr_expect_str_eq(print_der(der, 78), want);
}

Test(name_print, empty_name_is_an_empty_line)
{
	cr_expect_str_eq(DER(0x30, 0), "");
	cr_expect_str_eq(DER(0x30, 2, 0x31, 0), "");
}
