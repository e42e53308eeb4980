/*
 * What is compared with what, and how far below it we want to be.
 */
#ifndef DICOMTLS_BENCH_ROWS_H
#define DICOMTLS_BENCH_ROWS_H

#include "bench/side.h"

struct bench_row {
	const char *name;
	enum bench_kind kind;
	unsigned size; /* of the input, where its kind asks for one */
	const struct bench_side *ours;
	const struct bench_side *theirs;
	double goal;	      /* for ours/theirs in time; 0: none */
	double heap_goal;     /* for ours/theirs in memory; 0: none */
	unsigned allocations; /* ours at most; 0: not bound */
	int error;	      /* number that the verdict must have */
	const char *against;  /* instead of the name of theirs; NULL */
	unsigned their_size;  /* of their input, where it is another; 0 */
};

extern const struct bench_row bench_rows[];
extern const unsigned bench_row_count;

#define BENCH_SIZES 6

/* How time grows with size. */
struct bench_growth {
	const char *name;
	enum bench_kind kind;
	const struct bench_side *ours;
	const struct bench_side *theirs;
	unsigned sizes[BENCH_SIZES]; /* ascending; 0 ends them */
	unsigned their_most;	     /* they are not asked for more */
	unsigned less; /* of each size, what costs nothing: the root of a
			* chain has no signature to check */
};

extern const struct bench_growth bench_growths[];
extern const unsigned bench_growth_count;

/* The exponent that growth must not exceed. */
#define BENCH_GROWTH_GOAL 1.1

#endif
