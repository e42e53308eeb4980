#include "conformance/trace.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static void
expect_lines(const struct trace *trace, const char *text)
{
	struct dt_span lines = trace_lines(trace);
	cr_expect(dt_span_equal(lines, dt_span(text, strlen(text))),
	    "got \"%.*s\"", (int)lines.size, (const char *)lines.data);
}

Test(trace, is_printed_in_the_format_of_the_vectors)
{
	struct trace trace = { 0 };
	struct case_object object = { .section = CASE_TRUSTED, .index = 2 };
	char *text = NULL;
	size_t size = 0;
	FILE *stream = open_memstream(&text, &size);

	trace_begin(&trace, "s/a", OVERRIDE_NONE);
	trace_parse_error(&trace, &object);
	trace_event(&trace, 1, 0, 20);
	trace_result(&trace, 0, 20);
	trace_print(&trace, stream);
	fclose(stream);
	cr_expect_str_eq(text,
	    "case s/a\n  parse-error trusted index=2\n"
	    "  depth=1 ok=0 error=20\n  result=0 error=20\n\n");
	free(text);
	trace_clear(&trace);
}

Test(trace, answers_for_the_callback_by_override_mode)
{
	static const struct {
		enum override override;
		int answers[3]; /* to ok=0, ok=0, ok=2 */
	} rows[] = {
		{ OVERRIDE_NONE, { 0, 0, 2 } },
		{ OVERRIDE_ALL, { 1, 1, 1 } },
		{ OVERRIDE_FIRST, { 1, 0, 2 } },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct trace trace = { 0 };
		trace_begin(&trace, "s/a", rows[i].override);
		const char *name = override_name(rows[i].override);
		cr_expect_eq(trace_event(&trace, 0, 0, 10), rows[i].answers[0],
		    "%s", name);
		cr_expect_eq(trace_event(&trace, 0, 0, 62), rows[i].answers[1],
		    "%s", name);
		cr_expect_eq(trace_event(&trace, 0, 2, 62), rows[i].answers[2],
		    "%s", name);
		trace_clear(&trace);
	}
}

Test(trace, accepts_only_by_its_last_line)
{
	struct trace trace = { 0 };

	trace_begin(&trace, "s/a", OVERRIDE_NONE);
	cr_expect_not(trace_accepts(&trace));
	trace_result(&trace, 1, 0);
	cr_expect(trace_accepts(&trace));
	trace_result(&trace, 0, 10);
	cr_expect_not(trace_accepts(&trace));
	trace_begin(&trace, "s/a", OVERRIDE_NONE);
	trace_result(&trace, -1, 1);
	cr_expect_not(trace_accepts(&trace));
	trace_begin(&trace, "s/a", OVERRIDE_NONE);
	trace_result_parse(&trace);
	cr_expect_not(trace_accepts(&trace));
	trace_clear(&trace);
}

Test(trace, reads_back_one_after_the_other_and_refuses_other_text)
{
	char text[] = "case s/a\n  result=parse\n\ncase s/b\n"
		      "  result=1 error=0\n\nwords\n";
	FILE *stream = fmemopen(text, sizeof(text) - 1, "r");
	struct trace trace = { 0 };

	cr_assert_eq(trace_read(&trace, stream), 1);
	cr_expect_str_eq(trace.id, "s/a");
	expect_lines(&trace, "  result=parse\n");
	cr_assert_eq(trace_read(&trace, stream), 1);
	cr_expect_str_eq(trace.id, "s/b");
	expect_lines(&trace, "  result=1 error=0\n");
	cr_expect_eq(trace_read(&trace, stream), -1);
	fclose(stream);
	trace_clear(&trace);
}

Test(trace, cut_short_is_not_a_trace)
{
	char text[] = "case s/a\n  result=1 error=0\n";
	FILE *stream = fmemopen(text, sizeof(text) - 1, "r");
	struct trace trace = { 0 };

	cr_expect_eq(trace_read(&trace, stream), -1);
	fclose(stream);
	trace_clear(&trace);
}
