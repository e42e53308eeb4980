/* What is said, and what there is no memory to say. Criterion runs each test in
 * a process of its own, so that nothing is lost yet when it begins. */
#include "tools/output.h"

#include <criterion/criterion.h>

#include <stdlib.h>
#include <string.h>

static char *written;
static size_t size;

static void
put(struct dt_buffer *text)
{
	FILE *out = open_memstream(&written, &size);

	output_put(text, out);
	fclose(out);
}

Test(output, writes_the_text_and_clears_it)
{
	struct dt_buffer text = { 0 };

	dt_buffer_text(&text, "a line\n");
	put(&text);
	cr_expect_str_eq(written, "a line\n");
	cr_expect_eq(dt_buffer_size(&text), 0);
	cr_expect_not(output_is_lost());
	free(written);
}

Test(output, writes_nothing_of_a_text_that_is_not_whole)
{
	struct dt_buffer text = { 0 };

	dt_buffer_text(&text, "half a li");
	text.failed = true;
	put(&text);
	cr_expect_eq(size, 0);
	cr_expect(output_is_lost());
	free(written);
}

Test(output, remembers_what_was_lost)
{
	struct dt_buffer text = { 0 };

	output_lose();
	dt_buffer_text(&text, "whole\n");
	put(&text);
	cr_expect_str_eq(written, "whole\n");
	cr_expect(output_is_lost());
	free(written);
}

Test(output, a_text_that_is_missing_is_lost)
{
	cr_expect_str_eq(output_text("there"), "there");
	cr_expect_not(output_is_lost());
	cr_expect_str_eq(output_text(NULL), "");
	cr_expect(output_is_lost());
}
