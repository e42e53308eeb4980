/*
 * Each subcommand of dicomtls with each of its allocations failing in turn, in
 * our code and in every library: it ends with one of the documented statuses
 * and says why, or as if nothing had been; it says nothing else than it does
 * otherwise, accepts nobody it refuses otherwise, leaves no memory, and no half
 * file. Where a library ends the process, the place is printed.
 *
 * Usage: command_no_memory [STEP [PATTERN [FIRST]]]: every STEPth allocation
 * from the FIRST on of the plays whose names match. A plain program that speaks
 * TAP.
 */
#include "faults/play.h"

#include "load/tell.h"

#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What became of a play with allocations failing. */
struct figures {
	unsigned long failures;
	unsigned long errors;	/* a status that says so, and a reason */
	unsigned long unharmed; /* as without a failure */
	unsigned long died;	/* in a library */
	unsigned long crashes;	/* in our code, or it hangs */
	unsigned long refused;	/* for what could not be verified without */
	unsigned long misnamed; /* by the library whose call failed */
	unsigned long silent;	/* a status without a reason */
	unsigned long untrue;	/* success, or another fault than there is */
	unsigned long leaks;
	unsigned long lost;   /* blocks, by libraries, in calls that failed */
	unsigned long halves; /* files */
};

/* Where libraries ended the process. */
enum { PLACES = 64 };
static struct {
	char place[128];
	unsigned long count;
} places[PLACES];

static void
note_place(const char *place)
{
	size_t i = 0;

	while (i < PLACES - 1 && places[i].count > 0 &&
	       strcmp(places[i].place, place) != 0)
		i++;
	memcpy(places[i].place, place, sizeof(places[i].place));
	places[i].count++;
}

/* As comments, which TAP passes over. */
static void
show_text(const char *text)
{
	while (*text != '\0') {
		size_t size = strcspn(text, "\n");

		printf("#   %.*s\n", (int)size, text);
		text += size;
		text += *text == '\n';
	}
}

static void
show(const struct play *play, size_t nth, const char *what,
    const struct outcome *got)
{
	printf("# %s, allocation %zu (%s): %s, status %d, signal %d %s\n",
	    play->name, nth, got->asked, what, got->status, got->died_of,
	    got->place);
	show_text(got->out);
	show_text(got->err);
}

static bool
names_memory(const struct outcome *got)
{
	return strcasestr(got->err, "memory") != NULL ||
	       strcasestr(got->out, "memory") != NULL ||
	       strcasestr(got->out, "OUT_OF_MEM") != NULL;
}

/* It ended by itself. */
static void
judge_end(const struct play *play, size_t nth, const struct outcome *want,
    const struct outcome *got, struct figures *figures)
{
	bool same = play_says_the_same(play, want, got);

	if (got->status == want->status &&
	    (same || (play->overrides &&
			 play_tells_of_another_failure(want, got)))) {
		figures->unharmed++;
	} else if (got->status == 0 || got->status > 3 ||
		   (got->status == 2 && want->status != 2)) {
		figures->untrue++;
		show(play, nth, "untrue", got);
	} else if (names_memory(got)) {
		figures->errors++;
	} else if (got->status == 1) {
		figures->refused++;
	} else if (!got->asked_by_us) {
		figures->misnamed++;
	} else {
		figures->silent++;
		show(play, nth, "silent", got);
	}
}

/* Something is left: again, to see whose it is. What this allocation is the
 * reason for is left each time; a thread that is met in the middle of its work
 * when the process ends is not. */
static void
judge_rest(const struct play *play, size_t nth, const struct outcome *want,
    struct figures *figures)
{
	enum { TIMES = 3 };
	bool by_us = true;

	for (int i = 0; i < TIMES && by_us; i++) {
		struct outcome got;

		play_run(play, nth, true, &got);
		by_us =
		    got.left > want->left && got.left_by_us > want->left_by_us;
		if (!by_us && got.left > want->left)
			figures->lost += (unsigned long)(got.left - want->left);
		if (by_us && i == TIMES - 1) {
			figures->leaks++;
			show(play, nth, "leaks", &got);
		}
		outcome_clear(&got);
	}
}

/* False: the allocation did not come. */
static bool
fail_at(const struct play *play, size_t nth, const struct outcome *want,
    struct figures *figures)
{
	struct outcome got;
	bool failed;

	play_run(play, nth, false, &got);
	failed = got.failed;
	figures->failures += failed;
	if (failed && got.died_of == 0) {
		judge_end(play, nth, want, &got, figures);
		if (got.left > want->left)
			judge_rest(play, nth, want, figures);
	} else if (failed && (got.ours || got.place[0] == '\0')) {
		figures->crashes++;
		show(play, nth, "dies, not in a library", &got);
	} else if (failed) {
		figures->died++;
		note_place(got.place);
	}
	if (!play_left_whole_files(play, &got)) {
		figures->halves++;
		show(play, nth, "half a file", &got);
	}
	outcome_clear(&got);
	return failed;
}

static void
fail_all(const struct play *play, size_t step, size_t first)
{
	struct figures f = { 0 };
	struct outcome want;
	size_t nth = first;

	play_run(play, 0, true, &want);
	tell(want.died_of == 0 && want.status == play->status,
	    "%s: ends with %d while there is memory", play->name, want.status);
	for (; fail_at(play, nth, &want, &f); nth += step)
		progress(play->name, nth, 0);
	tell(f.failures > 0 && f.crashes == 0,
	    "%s: %lu allocations fail: %lu unharmed, %lu say so, %lu refuse, "
	    "%lu fail by a library's other reason, %lu end in a library",
	    play->name, f.failures, f.unharmed, f.errors, f.refused, f.misnamed,
	    f.died);
	tell(f.untrue == 0, "%s: nothing untrue is said", play->name);
	tell(f.silent == 0, "%s: want of memory is named", play->name);
	tell(f.leaks == 0, "%s: nothing leaks (libraries lose %lu blocks)",
	    play->name, f.lost);
	tell(f.halves == 0, "%s: no file is half", play->name);
	outcome_clear(&want);
}

int
main(int argc, char **argv)
{
	const size_t step = argc > 1 ? strtoul(argv[1], NULL, 10) : 97;
	const char *pattern = argc > 2 ? argv[2] : "*";
	const size_t first = argc > 3 ? strtoul(argv[3], NULL, 10) : 1;
	const struct play *play;

	if (step == 0 || !starve_prepare()) {
		printf("1..0 # SKIP malloc cannot be replaced here\n");
		return 0;
	}
	if (!plays_prepare()) {
		printf("Bail out! files cannot be made\n");
		return 1;
	}
	for (size_t i = 0; (play = play_at(i)) != NULL; i++)
		if (fnmatch(pattern, play->name, 0) == 0)
			fail_all(play, step * play->every, first);
	for (size_t i = 0; i < PLACES && places[i].count > 0; i++)
		printf("# ended in %s: %lu times\n", places[i].place,
		    places[i].count);
	tell(
	    plays_end_well(), "the SCP is there to the end, with no half file");
	plays_clean_up();
	return tell_end();
}
