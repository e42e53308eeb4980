/*
 * Process CPU time of one operation, by turns for those compared: what disturbs
 * the machine then disturbs all alike.
 */
#ifndef DICOMTLS_BENCH_MEASURE_H
#define DICOMTLS_BENCH_MEASURE_H

#include "bench/peer.h"

#define BENCH_PEERS 3

enum bench_operation {
	BENCH_PARSE,	/* the leaf */
	BENCH_VERIFY,	/* the chain */
	BENCH_LOAD,	/* anchors and CRL */
	BENCH_LOAD_USE, /* the same, and the first verification */
};

struct bench_task {
	enum bench_operation operation;
	const struct bench_input *input;
	unsigned rounds;
	double seconds; /* after which no further round starts, but for 3 */
	/* Those compared, us first, and what each has loaded; NULL: not this
	 * one. */
	const struct bench_peer *peers[BENCH_PEERS];
	void *trust[BENCH_PEERS];
};

struct bench_result {
	double seconds[BENCH_PEERS]; /* median; 0: not measured */
	double ratio[BENCH_PEERS];   /* ours to theirs, median of the rounds */
	size_t allocations[BENCH_PEERS];
	struct bench_verdict verdict[BENCH_PEERS];
	unsigned rounds;
};

/* False if one of them could not do it. */
bool bench_measure(const struct bench_task *task, struct bench_result *result);

#endif
