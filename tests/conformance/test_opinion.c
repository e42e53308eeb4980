/*
 * The second opinion over the project's own cases: the events before it are
 * the same with and without, it accepts nothing that was refused, and it does
 * find something. A plain program that speaks TAP, so that sanitizers and
 * valgrind see GnuTLS judge every path of the cases.
 *
 * Usage: test_opinion [FILE...]; without one, the cases in $srcdir.
 */
#include "ours.h"
#include "source.h"

#include <dicomtls.h>

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>

struct figures {
	unsigned long cases;
	unsigned long added;   /* verifications with more events */
	unsigned long changed; /* with others before them */
	unsigned long accepted;
};

/* The events, without the result behind them. */
static struct dt_span
events_of(const struct trace *trace)
{
	struct dt_span lines = trace_lines(trace);
	size_t size = lines.size > 0 ? lines.size - 1 : 0;

	while (size > 0 && lines.data[size - 1] != '\n')
		size--;
	return dt_span(lines.data, size);
}

static bool
starts_with(struct dt_span all, struct dt_span start)
{
	return all.size >= start.size &&
	       dt_span_equal(dt_span(all.data, start.size), start);
}

static void
count(const char *id, const struct trace *plain, const struct trace *asked,
    struct figures *figures)
{
	struct dt_span before = events_of(plain), after = events_of(asked);

	figures->added += after.size > before.size;
	figures->accepted += trace_accepts(asked) && !trace_accepts(plain);
	if (starts_with(after, before))
		return;
	figures->changed++;
	printf("# %s: other events\n", id);
}

static int
judge_case(const struct case_data *data, enum override override,
    struct figures *figures, struct dt_message *message)
{
	struct case_data with = *data;
	struct trace plain = { 0 }, asked = { 0 };
	int error;

	with.flags |= DICOMTLS_F_GNUTLS_OPINION;
	trace_begin(&plain, data->id, override);
	trace_begin(&asked, data->id, override);
	error = ours_replay(data, &plain, message);
	if (error == 0)
		error = ours_replay(&with, &asked, message);
	if (error == 0)
		count(data->id, &plain, &asked, figures);
	figures->cases++;
	trace_clear(&plain);
	trace_clear(&asked);
	return error;
}

static int
judge_all(struct case_source *source, struct figures *figures)
{
	const struct case_data *data;
	int found;

	while ((found = case_source_next(source, &data)) > 0)
		for (int i = 0; i < OVERRIDES && found > 0; i++)
			if (judge_case(data, (enum override)i, figures,
				&source->message) < 0)
				return -1;
	return found;
}

/* What would be found: an event that is another one, and one that is gone. */
static bool
finds_a_change(void)
{
	struct trace plain = { 0 }, other = { 0 }, shorter = { 0 };
	struct figures figures = { 0 };

	trace_begin(&plain, "planted", OVERRIDE_NONE);
	trace_begin(&other, "planted", OVERRIDE_NONE);
	trace_begin(&shorter, "planted", OVERRIDE_NONE);
	trace_event(&plain, 0, 0, 26);
	trace_event(&other, 0, 0, 10);
	trace_result(&plain, 0, 26);
	trace_result(&other, 0, 10);
	trace_result(&shorter, 1, 0);
	count("planted", &plain, &other, &figures);
	count("planted", &plain, &shorter, &figures);
	trace_clear(&plain);
	trace_clear(&other);
	trace_clear(&shorter);
	return figures.changed == 2 && figures.accepted == 1;
}

static int
add_own_cases(struct case_source *source)
{
	const char *srcdir = getenv("srcdir");
	char pattern[512];
	glob_t found;
	int failed;

	snprintf(pattern, sizeof(pattern), "%s/tests/conformance/cases/*.cases",
	    srcdir == NULL ? "." : srcdir);
	failed = glob(pattern, 0, NULL, &found);
	for (size_t i = 0; failed == 0 && i < found.gl_pathc; i++)
		failed = case_source_add(source, found.gl_pathv[i]);
	globfree(&found);
	return failed;
}

static unsigned number;

static void
tell(bool ok, const char *name)
{
	printf("%sok %u - %s\n", ok ? "" : "not ", ++number, name);
}

int
main(int argc, char **argv)
{
	struct case_source source = { 0 };
	struct figures figures = { 0 };
	int failed = argc < 2 ? add_own_cases(&source) : 0;

	for (int i = 1; i < argc && failed == 0; i++)
		failed = case_source_add(&source, argv[i]);
	if (failed != 0 || judge_all(&source, &figures) < 0) {
		printf("Bail out! %s\n", source.message.text);
		case_source_clear(&source);
		return 1;
	}
	case_source_clear(&source);
	printf("1..4\n# %lu verifications, %lu with more events\n",
	    figures.cases, figures.added);
	tell(figures.changed == 0, "the events before it are the same");
	tell(figures.accepted == 0, "it accepts nothing that was refused");
	tell(figures.added > 0 || argc > 1, "it finds something in some cases");
	tell(finds_a_change(), "a change would be found");
	return 0;
}
