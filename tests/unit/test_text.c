#include "x509/text.h"

#include "base/der.h"

#include <criterion/criterion.h>

#define NONE 0xffffffffu

/* The only character of a string, or NONE. */
static uint32_t
only(enum dt_text_form form, const char *bytes, size_t size)
{
	struct dt_span in = dt_span(bytes, size);
	uint32_t c;

	return dt_text_next(&in, form, &c) && in.size == 0 ? c : NONE;
}

#define ONLY(form, text) only(form, text, sizeof(text) - 1)

Test(text, strings_become_characters)
{
	cr_expect_eq(ONLY(DT_TEXT_LATIN1, "\xfc"), 0xfc);
	cr_expect_eq(ONLY(DT_TEXT_NUMERIC, "1"), '1');
	cr_expect_eq(ONLY(DT_TEXT_UCS2, "\x20\xac"), 0x20ac);
	cr_expect_eq(ONLY(DT_TEXT_UCS4, "\0\1\xf6\0"), 0x1f600);
	cr_expect_eq(ONLY(DT_TEXT_UTF8, "A"), 'A');
	cr_expect_eq(ONLY(DT_TEXT_UTF8, "\xc3\xbc"), 0xfc);
	cr_expect_eq(ONLY(DT_TEXT_UTF8, "\xe2\x82\xac"), 0x20ac);
	cr_expect_eq(ONLY(DT_TEXT_UTF8, "\xf0\x9f\x98\x80"), 0x1f600);
}

Test(text, malformed_strings_end)
{
	cr_expect_eq(ONLY(DT_TEXT_UTF8, ""), NONE);
	cr_expect_eq(ONLY(DT_TEXT_LATIN1, ""), NONE);
	cr_expect_eq(ONLY(DT_TEXT_UTF8, "\xc1\xbf"), NONE);
	cr_expect_eq(ONLY(DT_TEXT_UTF8, "\xf8\x88\x80\x80"), NONE);
	cr_expect_eq(ONLY(DT_TEXT_UTF8, "\xc3\x28"), NONE);
	cr_expect_eq(ONLY(DT_TEXT_UCS2, "\xdf\xff"), NONE);
	cr_expect_eq(ONLY(DT_TEXT_UCS2, "a"), NONE);
	cr_expect_eq(ONLY(DT_TEXT_UCS4, "\xff\xff\xff\xff"), NONE);
}

Test(text, utf8_is_written_in_the_shortest_form)
{
	static const struct {
		uint32_t character;
		const char *utf8;
	} cases[] = { { 0x7f, "\x7f" }, { 0x80, "\xc2\x80" },
		{ 0x7ff, "\xdf\xbf" }, { 0x800, "\xe0\xa0\x80" },
		{ 0xffff, "\xef\xbf\xbf" }, { 0x10000, "\xf0\x90\x80\x80" },
		{ 0x10ffff, "\xf4\x8f\xbf\xbf" } };

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint8_t bytes[5] = { 0 };
		uint8_t *end = dt_text_put_utf8(bytes, cases[i].character);

		cr_expect_eq((size_t)(end - bytes), strlen(cases[i].utf8));
		cr_expect_str_eq((char *)bytes, cases[i].utf8);
	}
}

Test(text, forms_follow_the_type)
{
	cr_expect_eq(dt_text_form(DT_DER_UTF8_STRING), DT_TEXT_UTF8);
	cr_expect_eq(dt_text_form(DT_DER_T61_STRING), DT_TEXT_LATIN1);
	cr_expect_eq(dt_text_form(DT_DER_NUMERIC_STRING), DT_TEXT_NUMERIC);
	cr_expect_eq(dt_text_form(DT_DER_SEQUENCE), DT_TEXT_OPAQUE);
	cr_expect_eq(dt_text_form(DT_DER_VISIBLE_STRING), DT_TEXT_REFUSED);
	cr_expect_eq(dt_text_form(DT_DER_OCTET_STRING), DT_TEXT_REFUSED);
	cr_expect_eq(dt_text_form(0xff), DT_TEXT_REFUSED);
}
