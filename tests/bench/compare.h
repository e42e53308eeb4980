/*
 * One row from its table to its lines: minted, measured, judged, printed.
 */
#ifndef DICOMTLS_BENCH_COMPARE_H
#define DICOMTLS_BENCH_COMPARE_H

#include "bench/rows.h"

/* Sizes up to this are never cut: they are what their row is about. */
#define BENCH_LEAST_LIMIT 200

struct bench_settings {
	unsigned rounds;
	double seconds; /* for a row; it gets three rounds in any case */
	unsigned limit; /* sizes above are cut to it; a cut row has no goal */
	bool json;
	bool count;  /* under callgrind, instead of measuring */
	bool strict; /* a goal missed is a failure */
	int spoilt;  /* added to our verdicts' numbers, to see it found */
	const struct mint_dir *dir;
};

/* Also the exit status, the worst of all rows. */
enum bench_status {
	BENCH_GOOD = 0,
	BENCH_DIFFERS = 1, /* our verdict is not theirs, or not the row's */
	BENCH_USAGE = 2,
	BENCH_BROKEN = 3, /* it could not run */
	BENCH_SHORT = 4	  /* a goal was missed, and that is a failure */
};

/* The row's name, with the size that is measured where it has one. */
#define BENCH_LABEL 48
void bench_row_label(char label[BENCH_LABEL], const struct bench_row *row,
    const struct bench_settings *settings);

enum bench_status bench_compare(
    const struct bench_row *row, const struct bench_settings *settings);

/* "-", "ok" or "SHORT". */
const char *bench_judge(double value, double goal);

#endif
