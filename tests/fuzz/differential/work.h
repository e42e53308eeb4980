/*
 * Workers: processes that draw, judge, shrink and write cases.
 */
#ifndef DICOMTLS_FUZZ_WORK_H
#define DICOMTLS_FUZZ_WORK_H

#include "findings.h"
#include "seeds.h"

struct work {
	struct seeds seeds;
	struct findings *findings;
	const char *output; /* folder, NULL: nothing is written */
	uint64_t seed;
	uint64_t first;	  /* number of the first case */
	uint64_t count;	  /* one over the last */
	unsigned seconds; /* 0: no limit */
	unsigned jobs;
	bool as_is;  /* the seeds, unchanged */
	bool flips;  /* accepted seeds changed and not signed; see flips.h */
	int planted; /* see judge.h; so is lax */
	bool lax;
};

/* Runs all jobs; 0, or -1 if a process could not be started. A worker that
 * dies of a case is replaced, its case written. */
int work_run(struct work *work);

#endif
