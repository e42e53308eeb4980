/*
 * Workers: processes that draw, judge, shrink and write cases.
 */
#ifndef DICOMTLS_FUZZ_WORK_H
#define DICOMTLS_FUZZ_WORK_H

#include "bits.h"
#include "findings.h"
#include "seeds.h"

enum work_mode {
	WORK_DRAW,
	WORK_AS_IS, /* the seeds, unchanged */
	/* accepted seeds, changed and not signed */
	WORK_FLIPS, /* see flips.h */
	WORK_BITS,  /* see bits.h */
	WORK_FORMS  /* see forms.h */
};

struct work {
	enum work_mode mode;
	struct seeds seeds;
	struct findings *findings;
	const char *output; /* folder, NULL: nothing is written */
	uint64_t seed;
	uint64_t first;	  /* number of the first case */
	uint64_t count;	  /* one over the last */
	unsigned seconds; /* 0: no limit */
	unsigned jobs;
	struct bits bits;
	bool all_bits; /* not only those of signatures and times */
	int planted;   /* see judge.h; so is lax */
	bool lax;
};

/* Runs all jobs; 0, or -1 if a process could not be started. A worker that
 * dies of a case is replaced, its case written. */
int work_run(struct work *work);

#endif
