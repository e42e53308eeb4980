/*
 * Rounds and medians; see measure.h. After a first use to warm up, one call
 * counts allocations and tells how many calls make a round long enough for the
 * clock.
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
time_loads(const struct bench_task *task, size_t peer, unsigned count,
    struct bench_verdict *verdict)
{
	const struct bench_peer *p = task->peers[peer];
	double sum = 0;

	for (unsigned i = 0; i < count; i++) {
		double start = now();
		void *trust = p->load(task->input);
		bool ok = trust != NULL;

		if (ok && task->operation == BENCH_LOAD_USE)
			ok = p->verify(trust, task->input, verdict);
		sum += now() - start;
		if (trust != NULL)
			p->unload(trust);
		if (!ok)
			return -1;
	}
	return sum;
}

static bool
use(const struct bench_task *task, size_t peer, struct bench_verdict *verdict)
{
	const struct bench_peer *p = task->peers[peer];

	if (task->operation == BENCH_PARSE)
		return p->parse(task->input);
	return p->verify(task->trust[peer], task->input, verdict);
}

/* The clock is asked around all of them: to ask it costs a system call. */
static double
time_uses(const struct bench_task *task, size_t peer, unsigned count,
    struct bench_verdict *verdict)
{
	double start = now();

	for (unsigned i = 0; i < count; i++)
		if (!use(task, peer, verdict))
			return -1;
	return now() - start;
}

static bool
is_load(const struct bench_task *task)
{
	return task->operation == BENCH_LOAD ||
	       task->operation == BENCH_LOAD_USE;
}

/* Seconds that count calls took; negative if one failed. */
static double
time_calls(const struct bench_task *task, size_t peer, unsigned count,
    struct bench_verdict *verdict)
{
	if (is_load(task))
		return time_loads(task, peer, count, verdict);
	return time_uses(task, peer, count, verdict);
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

/* Bytes that stay allocated by loading. */
static size_t
weigh(const struct bench_task *task, size_t peer)
{
	const struct bench_peer *p = task->peers[peer];
	size_t before = bench_heap();
	void *trust = p->load(task->input);
	size_t after = bench_heap();

	if (trust != NULL)
		p->unload(trust);
	return trust != NULL && after > before ? after - before : 0;
}

static bool
warm_up(const struct bench_task *task, size_t peer, struct bench_result *result,
    unsigned *count)
{
	struct bench_verdict *verdict = &result->verdict[peer];
	size_t before;
	double seconds;

	if (is_load(task))
		result->heap[peer] = weigh(task, peer);
	else if (!use(task, peer, verdict))
		return false;
	before = bench_allocations();
	seconds = time_calls(task, peer, 1, verdict);
	result->allocations[peer] = bench_allocations() - before;
	if (seconds < 0)
		return false;
	*count = seconds > ROUND_SECONDS
		     ? 1
		     : (unsigned)(ROUND_SECONDS / (seconds + 1e-7)) + 1;
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
