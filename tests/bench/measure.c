/*
 * Rounds and medians; see measure.h. The first call of each warms up, tells how
 * many calls make a round long enough for the clock, and counts allocations at
 * the next.
 */
#include "bench/measure.h"

#include "bench/allocations.h"

#include <stdlib.h>
#include <time.h>

#define MAX_ROUNDS 101
#define MIN_ROUNDS 3
#define ROUND_SECONDS 0.004

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Loads, perhaps verifies; what was loaded is released untimed. */
static double
time_load(
    const struct bench_task *task, size_t peer, struct bench_verdict *verdict)
{
	const struct bench_peer *p = task->peers[peer];
	double start = now();
	void *trust = p->load(task->input);
	bool ok = trust != NULL;
	double end;

	if (ok && task->operation == BENCH_LOAD_USE)
		ok = p->verify(trust, task->input, verdict);
	end = now();
	if (trust != NULL)
		p->unload(trust);
	return ok ? end - start : -1;
}

/* Seconds that count calls took; negative if one failed. */
static double
time_calls(const struct bench_task *task, size_t peer, unsigned count,
    struct bench_verdict *verdict)
{
	const struct bench_peer *p = task->peers[peer];
	double start, sum = 0;

	if (task->operation == BENCH_PARSE || task->operation == BENCH_VERIFY) {
		start = now();
		for (unsigned i = 0; i < count; i++)
			if (task->operation == BENCH_PARSE
				? !p->parse(task->input)
				: !p->verify(
				      task->trust[peer], task->input, verdict))
				return -1;
		return now() - start;
	}
	for (unsigned i = 0; i < count; i++) {
		double one = time_load(task, peer, verdict);

		if (one < 0)
			return -1;
		sum += one;
	}
	return sum;
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

static bool
warm_up(const struct bench_task *task, size_t peer, struct bench_result *result,
    unsigned *count)
{
	double first = time_calls(task, peer, 1, &result->verdict[peer]);
	size_t before = bench_allocations();
	double second = 0;

	if (first >= 0)
		second = time_calls(task, peer, 1, &result->verdict[peer]);
	result->allocations[peer] = bench_allocations() - before;
	if (first < 0 || second < 0)
		return false;
	*count = second > ROUND_SECONDS
		     ? 1
		     : (unsigned)(ROUND_SECONDS / (second + 1e-7)) + 1;
	return true;
}

static void
summarize(double times[BENCH_PEERS][MAX_ROUNDS], struct bench_result *result,
    const struct bench_task *task)
{
	double ratios[MAX_ROUNDS];

	for (size_t i = 1; i < BENCH_PEERS; i++) {
		if (task->peers[i] == NULL)
			continue;
		for (size_t r = 0; r < result->rounds; r++)
			ratios[r] = times[0][r] / times[i][r];
		result->ratio[i] = median(ratios, result->rounds);
	}
	for (size_t i = 0; i < BENCH_PEERS; i++)
		if (task->peers[i] != NULL)
			result->seconds[i] = median(times[i], result->rounds);
}

bool
bench_measure(const struct bench_task *task, struct bench_result *result)
{
	static double times[BENCH_PEERS][MAX_ROUNDS];
	struct bench_verdict ignored;
	unsigned counts[BENCH_PEERS] = { 0 };
	double start;

	*result = (struct bench_result){ 0 };
	for (size_t i = 0; i < BENCH_PEERS; i++)
		if (task->peers[i] != NULL &&
		    !warm_up(task, i, result, &counts[i]))
			return false;
	start = now();
	while (result->rounds < task->rounds && result->rounds < MAX_ROUNDS &&
	       (result->rounds < MIN_ROUNDS || now() < start + task->seconds)) {
		for (size_t turn = 0; turn < BENCH_PEERS; turn++) {
			size_t i = (turn + result->rounds) % BENCH_PEERS;
			double all;

			if (task->peers[i] == NULL)
				continue;
			all = time_calls(task, i, counts[i], &ignored);
			if (all < 0)
				return false;
			times[i][result->rounds] = all / counts[i];
		}
		result->rounds++;
	}
	summarize(times, result, task);
	return true;
}
