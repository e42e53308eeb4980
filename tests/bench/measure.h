/*
 * Process CPU time of two sides by turns: what disturbs the machine then
 * disturbs both alike.
 */
#ifndef DICOMTLS_BENCH_MEASURE_H
#define DICOMTLS_BENCH_MEASURE_H

#include "bench/side.h"

enum { BENCH_OURS, BENCH_THEIRS, BENCH_SIDES };

struct bench_task {
	/* Theirs may be NULL: ours is measured alone. */
	const struct bench_side *sides[BENCH_SIDES];
	const struct bench_input *inputs[BENCH_SIDES];
	unsigned rounds;
	double seconds; /* after which no further round starts, but for 3 */
};

struct bench_result {
	double seconds[BENCH_SIDES]; /* median; 0: not measured */
	double ratio;		     /* ours to theirs, median of the rounds */
	size_t allocations[BENCH_SIDES];
	size_t heap[BENCH_SIDES]; /* octets that one run keeps until undone */
	struct bench_verdict verdict[BENCH_SIDES];
	unsigned rounds;
};

/* False if one of them could not do it. */
bool bench_measure(const struct bench_task *task, struct bench_result *result);

/* One run of each side behind the other, each after one that is not counted,
 * as a part of callgrind's report with the label and the side's name. False
 * too where this program was built without valgrind's header. */
bool bench_count(const struct bench_task *task, const char *label);

#endif
