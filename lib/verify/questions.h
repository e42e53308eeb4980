/*
 * What is asked of certificates beyond purpose, time, depth, level and names,
 * as a program that takes it from its user has it: flags and lists of text,
 * and how many verified signatures are remembered on the way to the answer.
 */
#ifndef DICOMTLS_VERIFY_QUESTIONS_H
#define DICOMTLS_VERIFY_QUESTIONS_H

#include "base/message.h"

#include "dicomtls.h"

/* To remember where nobody said otherwise: those of a few thousand peers that
 * come back with the same certificates. */
#define DT_DEFAULT_SIGNATURES 4096

struct dt_questions {
	uint32_t flags;		      /* DICOMTLS_F_*, beside the default */
	unsigned host_flags;	      /* DICOMTLS_HOST_* */
	const char *const *policies;  /* OIDs in dots; NULL ends the list, and
				       * is an empty one */
	const char *const *crl_files; /* likewise */
	unsigned signatures;	      /* verified ones to remember; 0: none */
};

/* Copies with all text; clear the copy. 0 or DICOMTLS_E_NOMEM. */
int dt_questions_copy(
    struct dt_questions *copy, const struct dt_questions *from);
void dt_questions_clear(struct dt_questions *copy);

/*
 * Puts the questions into params and the CRLs into the store or, with
 * EXTENDED_CRL_SUPPORT, into params: those of another issuer are found
 * nowhere else. Verified signatures are remembered for all that are put with
 * the same number of them. 0 or DICOMTLS_E_*; why names the file or text and
 * the reason.
 */
int dt_questions_put(const struct dt_questions *questions,
    struct dicomtls_store *store, struct dicomtls_params *params,
    struct dt_message *why);

#endif
