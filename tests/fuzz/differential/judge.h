/*
 * Both sides of one case in one process, and what differs.
 */
#ifndef DICOMTLS_FUZZ_JUDGE_H
#define DICOMTLS_FUZZ_JUDGE_H

#include "conformance/trace.h"

enum { JUDGE_KIND = 200 };

/* What the two sides made of a case in one mode. */
enum outcome {
	OUTCOME_NONE, /* not run: it is that of a mode before */
	BOTH_ACCEPT,
	BOTH_REFUSE,
	REFUSED_ALONE, /* by us */
	ACCEPTED_ALONE,
	OUTCOMES
};

struct judgement {
	bool different;
	int closed;	     /* index of the closed class, -1: none */
	bool accepted;	     /* by both, where nothing is overridden */
	bool left_out;	     /* the reference could not read an object */
	bool accepted_alone; /* by us in any mode, and not by the reference:
			      * different, and in no closed class */
	enum outcome outcomes[OVERRIDES];
	/* The first difference without depth: differences of one cause mostly
	 * have the same text. */
	char kind[JUDGE_KIND];
};

struct judge {
	int planted; /* an error number that our side gets wrong, 0: none */
	bool lax;    /* our side is made to accept everything */
	bool plain;  /* nothing is overridden, no text compared */
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
