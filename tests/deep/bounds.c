/*
 * bounds: what an attacker can make us do, as a table: the attack, the limit
 * that stops it, how it ended, time beside OpenSSL's in the same process, and
 * the most memory that it took.
 *
 *	bounds [OPTION...] [PATTERN...]
 *
 *	--quick    small sizes
 *	--json     an object in each line
 *	--tap      for make check
 *	--list     names of the attacks, nothing is done
 *	--plant    claims another end of each attack, to see that it is found
 *
 * PATTERN selects attacks by name as the shell does; none: all of them.
 *
 * How an attack ends, that OpenSSL does not end it otherwise where we accept,
 * the most memory, and that nothing stays behind are asserted. Times are not:
 * "ours" and "OpenSSL" are process CPU time in milliseconds, the least of some
 * runs, "double" is our time over that for half the input.
 *
 * Exit status: 0 passed, 1 failed, 2 usage, 3 it could not run.
 */
#include "deep/bounds_report.h"
#include "support/heap.h"

#include <fnmatch.h>
#include <getopt.h>
#include <stdio.h>

static const struct bounds_row *const groups[] = { bounds_keys, bounds_chains,
	bounds_sizes, bounds_nesting, bounds_names, bounds_files, bounds_tls,
	bounds_dicom };
#define GROUPS (sizeof(groups) / sizeof(groups[0]))

struct settings {
	enum bounds_form form;
	bool quick, list, plant;
	bool counts; /* memory can be seen */
	char *const *patterns;
	int count;
	struct mint_dir dir;
};

static bool
is_selected(const struct settings *settings, const char *attack)
{
	for (int i = 0; i < settings->count; i++)
		if (fnmatch(settings->patterns[i], attack, 0) == 0)
			return true;
	return settings->count == 0;
}

static bool
ends_as(const struct bounds_outcome *a, const struct bounds_outcome *b)
{
	return a->end == b->end && a->number == b->number;
}

/* A refusal may be for another reason only where we do not judge at all. */
static bool
is_more_permissive(
    const struct bounds_outcome *ours, const struct bounds_outcome *theirs)
{
	return (ours->end == BOUNDS_ACCEPTED || ours->end == BOUNDS_REFUSED) &&
	       !ends_as(ours, theirs);
}

static const char *
find_fault(const struct bounds_row *row, const struct bounds_result *result,
    const struct settings *settings)
{
	struct bounds_outcome wanted = row->wanted;

	wanted.number += settings->plant;
	if (!ends_as(&result->ours.outcome, &wanted))
		return "it ended otherwise";
	if (result->theirs.seconds > 0 &&
	    is_more_permissive(&result->ours.outcome, &result->theirs.outcome))
		return "OpenSSL judges otherwise";
	if (!settings->counts)
		return NULL;
	if ((size_t)result->ours.peak >
	    row->times * result->octets + row->more * (size_t)1024)
		return "it takes more memory than it may";
	return result->ours.leaks ? "it leaves memory behind" : NULL;
}

static void
explain(const struct bounds_row *row, const struct bounds_result *result)
{
	char wanted[BOUNDS_TEXT], ours[BOUNDS_TEXT], theirs[BOUNDS_TEXT];

	bounds_outcome_text(&row->wanted, wanted);
	bounds_outcome_text(&result->ours.outcome, ours);
	bounds_outcome_text(&result->theirs.outcome, theirs);
	fprintf(stderr,
	    "bounds: %s: %s instead of %s, OpenSSL: %s; %ld octets of %zu\n",
	    row->attack, ours, wanted,
	    result->theirs.seconds > 0 ? theirs : "not asked",
	    result->ours.peak,
	    row->times * result->octets + row->more * (size_t)1024);
}

/* 1: it is as it has to be; 0: it is not; -1: it could not be done. */
static int
run(const struct bounds_row *row, const struct settings *settings)
{
	const unsigned size = settings->quick ? row->quick : row->size;
	struct bounds_result result;
	const char *wrong;

	if (!bounds_measure(row, size, &settings->dir, &result)) {
		fprintf(stderr, "bounds: %s could not be done\n", row->attack);
		return -1;
	}
	wrong = find_fault(row, &result, settings);
	bounds_report(settings->form, row, &result, wrong);
	if (wrong != NULL && !settings->plant)
		explain(row, &result);
	return wrong == NULL;
}

static unsigned
count_selected(const struct settings *settings)
{
	unsigned count = 0;

	for (size_t g = 0; g < GROUPS; g++)
		for (const struct bounds_row *row = groups[g];
		     row->attack != NULL; row++)
			count += is_selected(settings, row->attack);
	return count;
}

static int
run_all(const struct settings *settings)
{
	const unsigned total = count_selected(settings);
	unsigned ended[2] = { 0, 0 };

	if (!settings->list)
		bounds_report_begin(settings->form);
	for (size_t g = 0; g < GROUPS; g++)
		for (const struct bounds_row *row = groups[g];
		     row->attack != NULL; row++) {
			int good;

			if (!is_selected(settings, row->attack))
				continue;
			if (settings->list) {
				puts(row->attack);
				continue;
			}
			bounds_progress(
			    row->attack, ended[0] + ended[1] + 1, total);
			good = run(row, settings);
			if (good < 0)
				return 3;
			ended[good]++;
		}
	if (!settings->list)
		bounds_report_end(settings->form, ended[1], ended[0]);
	return total == 0 ? 2 : ended[0] > 0;
}

static const struct option options[] = {
	{ "quick", no_argument, NULL, 'q' },
	{ "json", no_argument, NULL, 'j' },
	{ "tap", no_argument, NULL, 't' },
	{ "list", no_argument, NULL, 'l' },
	{ "plant", no_argument, NULL, 'p' },
	{ NULL, 0, NULL, 0 },
};

static bool
parse_options(int argc, char **argv, struct settings *settings)
{
	int c;

	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (c == '?')
			return false;
		if (c == 'q')
			settings->quick = true;
		else if (c == 'j')
			settings->form = BOUNDS_JSON;
		else if (c == 't')
			settings->form = BOUNDS_TAP;
		else if (c == 'l')
			settings->list = true;
		else
			settings->plant = true;
	}
	settings->patterns = argv + optind;
	settings->count = argc - optind;
	return true;
}

int
main(int argc, char **argv)
{
	struct settings settings = { .counts = heap_take_over() };
	int status;

	if (!parse_options(argc, argv, &settings)) {
		fprintf(stderr,
		    "usage: %s [--quick] [--json] [--tap] [--list] [--plant] "
		    "[PATTERN...]\n",
		    argv[0]);
		return 2;
	}
	if (mint_dir_make(&settings.dir) < 0) {
		fprintf(stderr, "bounds: no temporary directory\n");
		return 3;
	}
	status = run_all(&settings);
	mint_dir_remove(&settings.dir);
	return status;
}
