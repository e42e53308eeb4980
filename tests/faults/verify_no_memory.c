/*
 * Verification with each allocation failing in turn: no crash, no leak, no
 * certificate accepted that is refused while there is memory, and no verify
 * function that accepts everything left in the belief that all is well. The
 * finding may be another one: as in OpenSSL, an extension that there is no
 * memory to decode counts as broken.
 *
 * Usage: verify_no_memory EVERY [FILE...]: every EVERYth of the cases in the
 * files, by default the project's own. A plain program that speaks TAP.
 */
#include "conformance/ours.h"
#include "conformance/source.h"
#include "support/heap.h"

#include <dicomtls.h>

#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct figures {
	unsigned long cases;
	unsigned long failures; /* allocations that failed */
	unsigned long errors;	/* calls that said so */
	unsigned long refused;
	unsigned long unharmed;
	unsigned long told;	/* accepted in spite of other findings */
	unsigned long accepted; /* wrongly */
	unsigned long hidden;	/* findings */
	unsigned long leaks;
};

/* An event whose ok is 0. */
static bool
has_findings(const struct trace *trace)
{
	struct dt_span lines = trace_lines(trace);

	return memmem(lines.data, lines.size, " ok=0 ", 6) != NULL;
}

/* What an allocation that failed led to. */
static void
judge(const struct trace *want, const struct trace *got, int error,
    struct figures *figures)
{
	if (error != 0) {
		figures->errors++;
	} else if (dt_span_equal(trace_lines(want), trace_lines(got))) {
		figures->unharmed++;
	} else if (!trace_accepts(got)) {
		figures->refused++;
	} else if (!trace_accepts(want)) {
		figures->accepted++;
		printf("# %s is accepted\n", want->id);
	} else if (has_findings(want) && !has_findings(got)) {
		figures->hidden++;
		printf("# %s: the findings are kept back\n", want->id);
	} else {
		figures->told++;
	}
}

/* The traces keep their room, so that the tests themselves have memory. */
static bool
fail_at(const struct case_data *data, const struct trace *want, size_t nth,
    struct figures *figures)
{
	struct trace got = { 0 };
	struct dt_message message;
	long live;
	bool failed;
	int error;

	trace_begin(&got, data->id, want->override);
	dt_buffer_reserve(&got.lines, 65536);
	live = heap_blocks();
	heap_fail_at(nth);
	error = ours_replay(data, &got, &message);
	failed = heap_fail_no_more();
	if (heap_blocks() != live) {
		figures->leaks++;
		printf("# %s: %ld blocks left after allocation %zu\n", data->id,
		    heap_blocks() - live, nth);
	}
	if (failed) {
		figures->failures++;
		judge(want, &got, error, figures);
	}
	trace_clear(&got);
	return failed;
}

static int
judge_case(const struct case_data *data, enum override override,
    struct figures *figures, struct dt_message *message)
{
	struct trace want = { 0 };
	size_t nth = 1;
	int error;

	trace_begin(&want, data->id, override);
	error = ours_replay(data, &want, message);
	while (error == 0 && fail_at(data, &want, nth, figures))
		nth++;
	trace_clear(&want);
	return error;
}

static int
judge_all(
    struct case_source *source, unsigned long every, struct figures *figures)
{
	const struct case_data *data;
	unsigned long number = 0;
	int found;

	while ((found = case_source_next(source, &data)) > 0) {
		if (number++ % every != 0)
			continue;
		figures->cases++;
		if (isatty(2))
			fprintf(stderr, "\r%lu cases, %lu failures",
			    figures->cases, figures->failures);
		if (judge_case(data, OVERRIDE_NONE, figures, &source->message) <
			0 ||
		    judge_case(data, OVERRIDE_ALL, figures, &source->message) <
			0)
			return -1;
	}
	return found;
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

static int number, bad;

static void
tell(bool ok, const char *name)
{
	bad += !ok;
	printf("%sok %d - %s\n", ok ? "" : "not ", ++number, name);
}

int
main(int argc, char **argv)
{
	const unsigned long every = argc > 1 ? strtoul(argv[1], NULL, 10) : 100;
	struct case_source source = { 0 };
	struct figures f = { 0 };
	int failed;

	if (every == 0 || !heap_take_over()) {
		printf("1..0 # SKIP malloc cannot be replaced here\n");
		return 0;
	}
	setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
	failed = argc < 3 ? add_own_cases(&source) : 0;
	for (int i = 2; i < argc && failed == 0; i++)
		failed = case_source_add(&source, argv[i]);
	if (failed != 0 || judge_all(&source, every, &f) < 0) {
		printf("Bail out! %s\n", source.message.text);
		return 1;
	}
	case_source_clear(&source);
	printf("1..4\n# %lu cases, %lu allocations failed: %lu errors, "
	       "%lu refused, %lu unharmed, %lu with other findings\n",
	    f.cases, f.failures, f.errors, f.refused, f.unharmed, f.told);
	tell(
	    f.failures > 0 && f.errors > 0, "allocations fail, and it is said");
	tell(f.accepted == 0, "nothing is accepted for want of memory");
	tell(f.hidden == 0, "what is found is told for want of memory too");
	tell(f.leaks == 0, "nothing leaks");
	return bad == 0 ? 0 : 1;
}
