/*
 * Both sides of one case in one process, and what differs.
 */
#ifndef DICOMTLS_FUZZ_JUDGE_H
#define DICOMTLS_FUZZ_JUDGE_H

#include "conformance/trace.h"

enum { JUDGE_KIND = 200 };

struct judgement {
	bool different;
	int closed;	     /* index of the closed class, -1: none */
	bool accepted;	     /* by both, where nothing is overridden */
	bool accepted_alone; /* by us in any mode, and not by the reference */
	/* The first difference without depth: differences of one cause mostly
	 * have the same text. */
	char kind[JUDGE_KIND];
};

struct judge {
	int planted; /* an error number that our side gets wrong, 0: none */
	struct trace ours;
	struct trace theirs;
};

void judge(
    struct judge *j, const struct case_data *data, struct judgement *judgement);
void judge_clear(struct judge *j);

/* Drops what is kept between cases, so that a case is judged as if it were
 * the first. */
void judge_forget(void);

#endif
