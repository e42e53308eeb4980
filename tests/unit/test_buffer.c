#include "base/buffer.h"

#include <criterion/criterion.h>

#include <stdio.h>
#include <stdlib.h>

static struct dt_buffer buffer;

static void
teardown(void)
{
	dt_buffer_clear(&buffer);
}

TestSuite(buffer, .fini = teardown);

static void
expect(const char *text)
{
	struct dt_span span = dt_buffer_span(&buffer);

	cr_expect_eq(span.size, strlen(text));
	cr_expect_eq(memcmp(span.data, text, span.size), 0, "'%.*s'",
	    (int)span.size, (const char *)span.data);
}

Test(buffer, formatted_text_of_any_length_is_appended)
{
	char wanted[400] = "";

	for (int width = 1; width < 20; width++) {
		char part[32];

		cr_assert_eq(dt_buffer_printf(&buffer, "%*d,", width, 7), 0);
		snprintf(part, sizeof(part), "%*d,", width, 7);
		strcat(wanted, part);
		expect(wanted);
	}
}

/* The NUL of formatted text is not part of it, and needs room all the same. */
Test(buffer, formatted_text_that_just_fits_is_whole)
{
	for (int length = 60; length < 70; length++) {
		char *text;

		cr_assert_eq(dt_buffer_printf(&buffer, "%*s", length, "x"), 0);
		cr_expect_eq(dt_buffer_size(&buffer), (size_t)length);
		text = dt_buffer_take_text(&buffer);
		cr_assert_not_null(text);
		cr_expect_eq(strlen(text), (size_t)length);
		cr_expect_eq(text[length - 1], 'x');
		free(text);
	}
}

Test(buffer, what_is_consumed_makes_room)
{
	for (int i = 0; i < 1000; i++) {
		cr_assert_eq(dt_buffer_text(&buffer, "0123456789"), 0);
		dt_buffer_consume(&buffer, i == 0 ? 7 : 10);
		expect("789");
	}
	cr_expect_leq(buffer.room, 64, "%zu", buffer.room);
}

Test(buffer, a_size_that_cannot_be_is_a_failure_that_is_remembered)
{
	cr_assert_eq(dt_buffer_text(&buffer, "abc"), 0);
	cr_expect_null(dt_buffer_reserve(&buffer, SIZE_MAX - 1));
	cr_expect(dt_buffer_failed(&buffer));
	expect("abc");
	cr_expect_null(dt_buffer_take_text(&buffer));
}
