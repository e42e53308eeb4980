/*
 * What is asked of certificates beyond purpose, time, depth, level and names,
 * as a program that takes it from its user has it: flags and lists of text.
 */
#ifndef DICOMTLS_VERIFY_QUESTIONS_H
#define DICOMTLS_VERIFY_QUESTIONS_H

#include "base/message.h"

#include "dicomtls.h"

struct dt_questions {
	uint32_t flags;		      /* DICOMTLS_F_*, beside the default */
	unsigned host_flags;	      /* DICOMTLS_HOST_* */
	const char *const *policies;  /* OIDs in dots; NULL ends the list, and
				       * is an empty one */
	const char *const *crl_files; /* likewise */
};

/* Copies with all text; clear the copy. 0 or DICOMTLS_E_NOMEM. */
int dt_questions_copy(
    struct dt_questions *copy, const struct dt_questions *from);
void dt_questions_clear(struct dt_questions *copy);

/*
 * Puts the questions into params and the CRLs into the store or, with
 * EXTENDED_CRL_SUPPORT, into params: those of another issuer are found
 * nowhere else. 0 or DICOMTLS_E_*; why names the file or text and the reason.
 */
int dt_questions_put(const struct dt_questions *questions,
    struct dicomtls_store *store, struct dicomtls_params *params,
    struct dt_message *why);

#endif
