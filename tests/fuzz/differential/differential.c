/*
 * differential: draws verification cases, puts each to our library and to
 * OpenSSL in this process, and writes down, shrunk, those that differ.
 *
 *	differential [--seed=N] [--count=N] [--seconds=S] [--jobs=N]
 *	    [--first=N] [--output-dir=DIR]
 *	    [--as-is | --flips | --every-bit=WHICH | --forms]
 *	    [--plant=ERROR] [--lax] FILE...|-
 *
 * The files hold the cases to start from. A case depends on them, the seed and
 * its number: --first=N --count=N+1 draws one alone. With --as-is they are
 * compared unchanged, each once. With --flips those that the reference accepts
 * are changed, nothing is signed again, and what became of them is counted.
 * Likewise, but each change once, --every-bit turns over the bits of all
 * objects, or of signatures and times alone (WHICH: all, signatures), and
 * --forms writes signatures in other ways.
 * To show that differences are found, --plant spoils our traces where they
 * have this error number, and --lax has us accept everything. Exit status 0 no
 * difference outside the closed classes, 1 some, or a case that we alone
 * accept, 2 wrong usage, 3 it could not run, 77 there is no OpenSSL 3.0 to
 * compare with.
 */
#include "conformance/reference.h"
#include "flips.h"
#include "forms.h"
#include "keys.h"
#include "work.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <sys/stat.h>

static const struct option options[] = {
	{ "seed", required_argument, NULL, 's' },
	{ "count", required_argument, NULL, 'c' },
	{ "first", required_argument, NULL, 'f' },
	{ "seconds", required_argument, NULL, 't' },
	{ "jobs", required_argument, NULL, 'j' },
	{ "output-dir", required_argument, NULL, 'o' },
	{ "as-is", no_argument, NULL, 'A' + WORK_AS_IS },
	{ "flips", no_argument, NULL, 'A' + WORK_FLIPS },
	{ "every-bit", required_argument, NULL, 'A' + WORK_BITS },
	{ "forms", no_argument, NULL, 'A' + WORK_FORMS },
	{ "lax", no_argument, NULL, 'l' },
	{ "plant", required_argument, NULL, 'p' },
	{ NULL, 0, NULL, 0 },
};

/* What changes are called; a bit is a bit. */
static const char *
bit_name(unsigned kind)
{
	return kind == 0 ? "one bit turned over" : NULL;
}

static const tally_name_fn names[] = { [WORK_FLIPS] = flips_name,
	[WORK_BITS] = bit_name,
	[WORK_FORMS] = forms_name };

static int
usage(const char *program)
{
	fprintf(stderr,
	    "usage: %s [--seed=N] [--count=N] [--seconds=S] [--jobs=N]\n"
	    "           [--first=N] [--output-dir=DIR]\n"
	    "           [--as-is | --flips | --every-bit=all|signatures | "
	    "--forms]\n"
	    "           [--plant=ERROR] [--lax]\n"
	    "           FILE...|-\n",
	    program);
	return 2;
}

static int
fail(const char *program, const char *reason)
{
	fprintf(stderr, "%s: %s\n", program, reason);
	return 3;
}

static bool
parse_number(const char *text, uint64_t most, uint64_t *value)
{
	char *end;
	errno = 0;
	*value = strtoull(text, &end, 10);
	return errno == 0 && end != text && *end == '\0' && *value <= most;
}

static bool
read_options(struct work *work, int argc, char **argv)
{
	uint64_t value = 0;
	int option;
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (option > 'A' && option <= 'A' + WORK_FORMS) {
			work->mode = (enum work_mode)(option - 'A');
			work->all_bits = optarg && strcmp(optarg, "all") == 0;
			continue;
		}
		if (option == 'l')
			work->lax = true;
		if (option == 'o')
			work->output = optarg;
		if (option == 'l' || option == 'o')
			continue;
		if (option == '?' ||
		    !parse_number(
			optarg, option == 'j' ? MAX_JOBS : UINT64_MAX, &value))
			return false;
		if (option == 's')
			work->seed = value;
		if (option == 'p')
			work->planted = (int)value;
		if (option == 'f')
			work->first = value;
		if (option == 'c')
			work->count = value;
		if (option == 't')
			work->seconds = (unsigned)value;
		if (option == 'j')
			work->jobs = (unsigned)value;
	}
	return optind < argc && work->jobs > 0;
}

/* Where each case comes once, there are only so many. */
static int
limit_count(struct work *work)
{
	uint64_t count = UINT64_MAX;
	if (work->mode == WORK_AS_IS)
		count = work->seeds.count;
	if (work->mode == WORK_FORMS)
		count = forms_count(&work->seeds);
	if (work->mode == WORK_BITS) {
		if (!bits_find(&work->bits, &work->seeds, work->all_bits))
			return -1;
		count = work->bits.total;
	}
	if (work->count > count)
		work->count = count;
	return 0;
}

static int
load(struct work *work, int argc, char **argv)
{
	struct case_source source = { 0 };
	int result = 0;
	for (int i = optind; i < argc && result == 0; i++)
		result = case_source_add(&source, argv[i]);
	if (result == 0)
		result =
		    seeds_load(&work->seeds, &source, work->mode == WORK_DRAW);
	if (work->mode >= WORK_FLIPS)
		flips_keep_accepted(&work->seeds);
	if (result == 0 && work->seeds.count > 0)
		result = limit_count(work);
	if (result < 0)
		fail(argv[0], source.message.text);
	else if (work->seeds.count == 0)
		result = fail(argv[0], "no case to start from");
	case_source_clear(&source);
	return result == 0 ? 0 : -1;
}

int
main(int argc, char **argv)
{
	struct work work = { .count = UINT64_MAX, .jobs = 1 };
	const char *missing = reference_missing();
	int status = 3;
	if (!read_options(&work, argc, argv))
		return usage(argv[0]);
	if (missing) {
		fprintf(stderr, "%s: %s\n", argv[0], missing);
		return 77;
	}
	if (work.output && mkdir(work.output, 0777) < 0 && errno != EEXIST)
		return fail(argv[0], strerror(errno));
	if (!keys_load())
		return fail(argv[0], "OpenSSL does not take the keys");
	work.findings = findings_new();
	if (!work.findings || load(&work, argc, argv) < 0)
		goto out;
	if (work_run(&work) < 0) {
		fail(argv[0], strerror(errno));
		goto out;
	}
	if (work.mode >= WORK_FLIPS) {
		printf("%zu accepted cases to start from\n", work.seeds.count);
		tally_print(&work.findings->tally, names[work.mode], stdout);
		putchar('\n');
	}
	findings_print(work.findings, stdout);
	status =
	    work.findings->different > 0 || work.findings->accepted_alone > 0;
out:
	bits_clear(&work.bits);
	seeds_clear(&work.seeds);
	keys_clear();
	return status;
}
