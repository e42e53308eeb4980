/*
 * What the workers found, in memory they share: counts, and one entry for
 * each kind of difference.
 */
#ifndef DICOMTLS_FUZZ_FINDINGS_H
#define DICOMTLS_FUZZ_FINDINGS_H

#include "tally.h"

#include <stdatomic.h>

enum { MAX_KINDS = 256, MAX_CLOSED = 16, MAX_JOBS = 64 };

struct kind {
	atomic_ullong hash; /* 0: free */
	atomic_ulong count;
	char text[JUDGE_KIND];
	char example[256]; /* file; empty: none was written */
};

struct findings {
	atomic_ulong cases;
	atomic_ulong equal;
	atomic_ulong different;
	atomic_ulong accepted;	     /* by both */
	atomic_ulong accepted_alone; /* by us, closed class or not */
	atomic_ulong closed[MAX_CLOSED];
	struct tally tally; /* of changed cases */
	struct kind kinds[MAX_KINDS];
	/* Number of the case a worker is at. */
	atomic_ullong at[MAX_JOBS];
};

/* Shared memory; NULL if there is none. */
struct findings *findings_new(void);

/* Counts a difference. 1 for the first of its kind, 2 for the second, ...;
 * 0 if there is no place left for its kind. */
unsigned long findings_count(
    struct findings *findings, const char *text, struct kind **kind);

/* Prints the counts and the kinds. */
void findings_print(const struct findings *findings, FILE *out);

#endif
