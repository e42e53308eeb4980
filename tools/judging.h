/*
 * What echo, listen and verify may be told to ask of certificates: the same
 * options in all three.
 */
#ifndef DICOMTLS_TOOLS_JUDGING_H
#define DICOMTLS_TOOLS_JUDGING_H

#include "tools/options.h"
#include "verify/questions.h"

struct judging {
	long depth;	 /* negative: the default */
	long auth_level; /* negative: the default */
	long flags;	 /* DICOMTLS_F_* */
	struct option_list crl_files;
	struct option_list policies;
	long signatures;    /* to remember; 0: none */
	bool accept_anyway; /* VERIFY returns 1 */
};

#define JUDGING_DEFAULT                                                        \
	{                                                                      \
		.depth = -1, .auth_level = -1,                                 \
		.signatures = DT_DEFAULT_SIGNATURES                            \
	}

extern const struct option_spec judging_options[];

/* The name that the peer's certificate must carry, and how it is compared;
 * for those who know whom they want to speak to: echo and verify. */
struct judging_name {
	const char *host; /* NULL: not checked */
	long flags;	  /* DICOMTLS_HOST_* */
};

extern const struct option_spec judging_name_options[];

/* Looks for options that contradict each other or would do nothing, and adds
 * what others imply. name may be NULL. -1: go on; otherwise the exit status
 * to end with. */
int judging_check(const struct options *options, struct judging *judging,
    const struct judging_name *name);

/* As the engine takes it; borrows from both. name may be NULL. */
struct dt_questions judging_questions(
    const struct judging *judging, const struct judging_name *name);

#endif
