#include "tools/json.h"

#include <criterion/criterion.h>

#include <stdlib.h>

/* The line that an object with one text member becomes. */
static char *
line_of(const char *value)
{
	struct json json;
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	cr_assert_not_null(out);
	json_begin(&json, "e");
	json_text(&json, "v", value);
	json_end(&json, out);
	fclose(out);
	return text;
}

static void
expect_line(const char *value, const char *expected)
{
	char *text = line_of(value);

	cr_expect_str_eq(text, expected);
	free(text);
}

Test(json, escapes_what_must_be)
{
	expect_line("a\"b\\c\n\t\x01",
	    "{\"event\":\"e\",\"v\":\"a\\\"b\\\\c\\n\\u0009\\u0001\"}\n");
}

Test(json, leaves_good_utf8_alone)
{
	expect_line("\xc3\xa4 \xe2\x82\xac \xf0\x9f\x98\x80",
	    "{\"event\":\"e\",\"v\":\"\xc3\xa4 \xe2\x82\xac "
	    "\xf0\x9f\x98\x80\"}\n");
}

Test(json, replaces_what_is_not_utf8)
{
	static const char *const bad[] = { "\xff", "\xc0", "\xed\xa0", "\xe2",
		"\xf4\x90", "\x80" };

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		char *text = line_of(bad[i]);

		cr_expect(strstr(text, "\\ufffd") != NULL, "case %zu", i);
		for (const char *at = text; *at != '\0'; at++)
			cr_expect((*at & 0x80) == 0, "case %zu", i);
		free(text);
	}
}

Test(json, knows_null_numbers_and_truth)
{
	struct json json;
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);

	json_begin(&json, "e");
	json_text(&json, "a", NULL);
	json_number(&json, "b", -1);
	json_bool(&json, "c", true);
	json_end(&json, out);
	fclose(out);
	cr_expect_str_eq(
	    text, "{\"event\":\"e\",\"a\":null,\"b\":-1,\"c\":true}\n");
	free(text);
}
