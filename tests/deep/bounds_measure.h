/* One row carried out: how it ended, what it took; deterministic but for the
 * seconds. */
#ifndef DICOMTLS_TESTS_DEEP_BOUNDS_MEASURE_H
#define DICOMTLS_TESTS_DEEP_BOUNDS_MEASURE_H

#include "deep/bounds.h"

struct bounds_cost {
	struct bounds_outcome outcome;
	double seconds; /* process CPU time, least of some runs; 0: not run */
	long peak;	/* octets of heap at most, beyond what was there before;
			 * 0 where malloc cannot be counted */
	bool leaks;	/* a later run left more behind than the first */
};

struct bounds_result {
	size_t octets; /* that the attacker needs */
	struct bounds_cost ours;
	struct bounds_cost theirs;
	double growth; /* our time to that at half the size; 0: not asked */
};

/* False: the row could not be carried out. */
bool bounds_measure(const struct bounds_row *row, unsigned size,
    const struct mint_dir *dir, struct bounds_result *result);

#endif
