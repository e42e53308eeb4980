/*
 * bench: our library against OpenSSL, GnuTLS and itself, by turns in this
 * process.
 *
 *	bench [OPTION...] [ROW...]
 *
 *	--quick        smaller sizes, fewer rounds
 *	--limit=N      no size above N (at least 200)
 *	--rounds=N     rounds of a row (31)
 *	--seconds=S    after which a row starts no further round (4)
 *	--keys=FOLDER  keeps the keys there, for the next run to have the same
 *	--json         an object in each line
 *	--list         names of the rows, nothing is measured
 *	--strict       a goal missed is a failure
 *	--count        every row once, for callgrind (make bench-count)
 *	--plant=N      spoils our verdicts, to see that it is found
 *
 * ROW is a name of --list or a pattern as the shell has them; none: all rows.
 * A line is
 *
 *	bench NAME ours US THEY US ratio R goal G ok|SHORT UNIT
 *
 * with medians of process CPU time in microseconds and the median of the
 * rounds' ratios; doc/performance.md says what the rows are.
 *
 * Exit status: see enum bench_status in compare.h.
 */
#include "bench/growth.h"
#include "bench/report.h"
#include "tools/mint_key.h"

#include <fnmatch.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

static const struct bench_settings normal = {
	.rounds = 31, .seconds = 4, .limit = UINT_MAX
};
static const struct bench_settings quick = {
	.rounds = 7, .seconds = 0.5, .limit = 1000
};

struct selection {
	char *const *patterns; /* none: everything */
	int count;
	bool list;
};

static bool
is_selected(const struct selection *selection, const char *name)
{
	for (int i = 0; i < selection->count; i++)
		if (fnmatch(selection->patterns[i], name, 0) == 0)
			return true;
	return selection->count == 0;
}

static enum bench_status
worse(enum bench_status a, enum bench_status b)
{
	static const int rank[] = { [BENCH_GOOD] = 0,
		[BENCH_SHORT] = 1,
		[BENCH_DIFFERS] = 2,
		[BENCH_USAGE] = 3,
		[BENCH_BROKEN] = 4 };

	return rank[a] > rank[b] ? a : b;
}

static unsigned
total(void)
{
	return bench_row_count + bench_growth_count;
}

static void
name_of(unsigned index, const struct bench_settings *settings,
    char label[BENCH_LABEL])
{
	if (index < bench_row_count)
		bench_row_label(label, &bench_rows[index], settings);
	else
		snprintf(label, BENCH_LABEL, "%s",
		    bench_growths[index - bench_row_count].name);
}

static enum bench_status
run(unsigned index, const struct bench_settings *settings)
{
	if (index < bench_row_count)
		return bench_compare(&bench_rows[index], settings);
	if (settings->count)
		return BENCH_GOOD;
	return bench_grow(&bench_growths[index - bench_row_count], settings);
}

static enum bench_status
run_all(
    const struct bench_settings *settings, const struct selection *selection)
{
	enum bench_status worst = BENCH_GOOD;
	bool any = false;

	for (unsigned i = 0; i < total() && worst != BENCH_BROKEN; i++) {
		char label[BENCH_LABEL];

		name_of(i, settings, label);
		if (!is_selected(selection, label))
			continue;
		any = true;
		if (selection->list) {
			puts(label);
			continue;
		}
		bench_progress(label, i + 1, total());
		worst = worse(worst, run(i, settings));
	}
	bench_progress(NULL, 0, 0);
	if (any)
		return worst;
	fprintf(stderr, "bench: there is no such row, see --list\n");
	return BENCH_USAGE;
}

static bool
parse_number(const char *text, unsigned long least, unsigned *value)
{
	char *end;
	unsigned long number = strtoul(text, &end, 10);

	if (end == text || *end != '\0' || number < least || number > 10000000)
		return false;
	*value = (unsigned)number;
	return true;
}

static const struct option options[] = {
	{ "quick", no_argument, NULL, 'q' },
	{ "limit", required_argument, NULL, 'm' },
	{ "rounds", required_argument, NULL, 'r' },
	{ "seconds", required_argument, NULL, 's' },
	{ "keys", required_argument, NULL, 'k' },
	{ "json", no_argument, NULL, 'j' },
	{ "list", no_argument, NULL, 'l' },
	{ "strict", no_argument, NULL, 'S' },
	{ "count", no_argument, NULL, 'c' },
	{ "plant", required_argument, NULL, 'p' },
	{ NULL, 0, NULL, 0 },
};

static bool
take_number(int c, struct bench_settings *settings)
{
	unsigned number = 0;
	bool ok =
	    parse_number(optarg, c == 'm' ? BENCH_LEAST_LIMIT : 1, &number);

	if (c == 'm')
		settings->limit = number;
	else if (c == 'r')
		settings->rounds = number;
	else if (c == 's')
		settings->seconds = number;
	else
		settings->spoilt = (int)number;
	return ok;
}

static bool
parse_options(int argc, char **argv, struct bench_settings *settings,
    struct selection *selection)
{
	bool ok = true;
	int c;

	while (ok && (c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (c == 'q')
			*settings = quick;
		else if (c == 'k')
			mint_keys_keep(optarg);
		else if (c == 'j')
			settings->json = true;
		else if (c == 'l')
			selection->list = true;
		else if (c == 'S')
			settings->strict = true;
		else if (c == 'c')
			settings->count = true;
		else
			ok = c != '?' && take_number(c, settings);
	}
	selection->patterns = argv + optind;
	selection->count = argc - optind;
	return ok;
}

int
main(int argc, char **argv)
{
	struct bench_settings settings = normal;
	struct selection selection = { 0 };
	enum bench_status status;
	struct mint_dir dir;

	if (!parse_options(argc, argv, &settings, &selection)) {
		fprintf(stderr,
		    "usage: %s [--quick] [--limit=N] [--rounds=N] "
		    "[--seconds=S]\n"
		    "           [--keys=FOLDER] [--json] [--list] [--strict] "
		    "[--count] "
		    "[--plant=N] [ROW...]\n",
		    argv[0]);
		return BENCH_USAGE;
	}
	if (mint_dir_make(&dir) < 0) {
		fprintf(stderr, "bench: no temporary directory\n");
		return BENCH_BROKEN;
	}
	settings.dir = &dir;
	if (!selection.list && !settings.count)
		bench_report_begin(settings.json);
	status = run_all(&settings, &selection);
	mint_dir_remove(&dir);
	return (int)status;
}
