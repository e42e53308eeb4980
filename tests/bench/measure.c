/*
 * Rounds and medians; see measure.h. After a first use to warm up, one run
 * tells allocations, memory, and how many runs make a round long enough for the
 * clock.
 */
#include "config.h"

#include "bench/measure.h"

#include "bench/allocations.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#ifdef HAVE_VALGRIND_CALLGRIND_H
#include <valgrind/callgrind.h>
#endif

#define MAX_ROUNDS 101
#define MIN_ROUNDS 3
#define ROUND_SECONDS 0.004
/* A run that takes longer needs no other to warm up. */
#define WARM_SECONDS 0.3

struct entry {
	const struct bench_side *side;
	void *state;
	unsigned runs; /* in a round */
	double times[MAX_ROUNDS];
};

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool
run(const struct entry *entry, struct bench_verdict *verdict)
{
	*verdict = (struct bench_verdict){ 1, 0 };
	return entry->side->run(entry->state, verdict);
}

/* The clock is asked around all of them, where nothing has to be undone: to ask
 * it costs a system call. Negative if a run failed. */
static double
time_together(const struct entry *entry)
{
	struct bench_verdict ignored;
	double start = now();

	for (unsigned i = 0; i < entry->runs; i++)
		if (!run(entry, &ignored))
			return -1;
	return now() - start;
}

static double
time_apart(const struct entry *entry)
{
	struct bench_verdict ignored;
	double sum = 0;

	for (unsigned i = 0; i < entry->runs; i++) {
		double start = now();
		bool ok = run(entry, &ignored);

		sum += now() - start;
		entry->side->undo(entry->state);
		if (!ok)
			return -1;
	}
	return sum;
}

static bool
time_round(struct entry *entry, unsigned round)
{
	double all = entry->side->undo != NULL ? time_apart(entry)
					       : time_together(entry);

	entry->times[round] = all / entry->runs;
	return all >= 0;
}

/* Seconds; negative if it failed. */
static double
try_once(struct entry *entry, struct bench_result *result, size_t i)
{
	size_t count = bench_allocations();
	size_t before = bench_heap();
	double start = now();
	bool ok = run(entry, &result->verdict[i]);
	double seconds = now() - start;
	size_t after = bench_heap();

	result->allocations[i] = bench_allocations() - count;
	if (entry->side->undo != NULL) {
		result->heap[i] = after > before ? after - before : 0;
		entry->side->undo(entry->state);
	}
	return ok ? seconds : -1;
}

static bool
warm_up(struct entry *entry, struct bench_result *result, size_t i)
{
	double seconds = try_once(entry, result, i);

	if (seconds >= 0 && seconds < WARM_SECONDS)
		seconds = try_once(entry, result, i);
	entry->runs = seconds > ROUND_SECONDS
			  ? 1
			  : (unsigned)(ROUND_SECONDS / (seconds + 1e-7)) + 1;
	return seconds >= 0;
}

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a;
	double y = *(const double *)b;

	return (x > y) - (x < y);
}

static double
median(double *values, size_t n)
{
	qsort(values, n, sizeof(*values), by_value);
	return n % 2 == 1 ? values[n / 2]
			  : (values[n / 2 - 1] + values[n / 2]) / 2;
}

static void
summarize(struct entry *entries, size_t sides, struct bench_result *result)
{
	double ratios[MAX_ROUNDS];

	if (sides == BENCH_SIDES) {
		for (size_t r = 0; r < result->rounds; r++)
			ratios[r] = entries[BENCH_OURS].times[r] /
				    entries[BENCH_THEIRS].times[r];
		result->ratio = median(ratios, result->rounds);
	}
	for (size_t i = 0; i < sides; i++)
		result->seconds[i] = median(entries[i].times, result->rounds);
}

static bool
run_rounds(const struct bench_task *task, struct entry *entries, size_t sides,
    struct bench_result *result)
{
	double end = now() + task->seconds;

	while (result->rounds < task->rounds && result->rounds < MAX_ROUNDS &&
	       (result->rounds < MIN_ROUNDS || now() < end)) {
		for (size_t turn = 0; turn < sides; turn++) {
			size_t i = (turn + result->rounds) % sides;

			if (!time_round(&entries[i], result->rounds))
				return false;
		}
		result->rounds++;
	}
	summarize(entries, sides, result);
	return true;
}

static size_t
count_sides(const struct bench_task *task)
{
	return task->sides[BENCH_THEIRS] != NULL ? BENCH_SIDES : 1;
}

static bool
open_sides(const struct bench_task *task, struct entry *entries)
{
	bool ok = true;

	for (size_t i = 0; ok && i < count_sides(task); i++) {
		entries[i].side = task->sides[i];
		entries[i].state = task->sides[i]->open(task->inputs[i]);
		ok = entries[i].state != NULL;
	}
	return ok;
}

static void
close_sides(const struct bench_task *task, struct entry *entries)
{
	for (size_t i = 0; i < count_sides(task); i++)
		task->sides[i]->close(entries[i].state);
	free(entries);
}

bool
bench_measure(const struct bench_task *task, struct bench_result *result)
{
	struct entry *entries = calloc(BENCH_SIDES, sizeof(*entries));
	size_t sides = count_sides(task);
	bool ok;

	*result = (struct bench_result){ 0 };
	if (entries == NULL)
		return false;
	ok = open_sides(task, entries);
	for (size_t i = 0; ok && i < sides; i++)
		ok = warm_up(&entries[i], result, i);
	ok = ok && run_rounds(task, entries, sides, result);
	close_sides(task, entries);
	return ok;
}

#ifdef HAVE_VALGRIND_CALLGRIND_H
static bool
count_side(const struct entry *entry, const char *label)
{
	struct bench_verdict ignored;
	char text[96];
	bool ok = run(entry, &ignored);

	if (entry->side->undo != NULL)
		entry->side->undo(entry->state);
	snprintf(text, sizeof(text), "%s %s", label, entry->side->name);
	CALLGRIND_START_INSTRUMENTATION;
	CALLGRIND_ZERO_STATS;
	ok = ok && run(entry, &ignored);
	CALLGRIND_DUMP_STATS_AT(text);
	CALLGRIND_STOP_INSTRUMENTATION;
	if (entry->side->undo != NULL)
		entry->side->undo(entry->state);
	return ok;
}

bool
bench_count(const struct bench_task *task, const char *label)
{
	struct entry *entries = calloc(BENCH_SIDES, sizeof(*entries));
	bool ok;

	if (entries == NULL)
		return false;
	ok = open_sides(task, entries);
	for (size_t i = 0; ok && i < count_sides(task); i++)
		ok = count_side(&entries[i], label);
	close_sides(task, entries);
	return ok;
}
#else
bool
bench_count(const struct bench_task *task, const char *label)
{
	(void)task;
	(void)label;
	return false;
}
#endif
