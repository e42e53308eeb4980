/* The lines that the bench prints: text for people, JSON for programs. */
#ifndef DICOMTLS_BENCH_REPORT_H
#define DICOMTLS_BENCH_REPORT_H

#include <stdbool.h>
#include <stddef.h>

struct bench_line {
	const char *name;
	const char *against; /* NULL: ours is alone */
	const char *unit;    /* "us", "KiB", "allocations", "exponent" */
	double ours;
	double theirs;
	double ratio;
	double goal;	       /* 0: none */
	const char *judgement; /* "ok", "SHORT", "DIFFERS", or "-": no goal */
	size_t allocations[2]; /* of one run; printed with times */
	unsigned rounds;
};

/* What was measured with: processor, date, libraries. */
void bench_report_begin(bool json);
void bench_report(const struct bench_line *line, bool json);

/* What is being measured now, on standard error, if that is a terminal; NULL
 * takes it away. */
void bench_progress(const char *name, unsigned number, unsigned of);

#endif
