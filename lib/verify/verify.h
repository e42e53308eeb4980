/*
 * State of one verification (X509_STORE_CTX). It lives on the stack of
 * dicomtls_verify and borrows everything: store, params, certificates.
 *
 *   path.c     proposes: builds the path, asks trust
 *   check_*.c  judge: each a stage, pure in (path, params, time)
 *   report.c   is the only way a finding leaves the engine
 *   stages.c   the order
 */
#ifndef DICOMTLS_VERIFY_VERIFY_H
#define DICOMTLS_VERIFY_VERIFY_H

#include "base/array.h"
#include "base/buffer.h"
#include "verify/event.h"
#include "verify/params.h"
#include "verify/store.h"

/* One failure that was reported. */
struct dt_failure {
	size_t depth;
	int error;
};

/* How a stage ended. */
enum dt_outcome {
	DT_FAILED = -1, /* cannot go on: result -1 */
	DT_STOP = 0,	/* the verify function refused */
	DT_CONTINUE = 1
};

struct dt_verify {
	const struct dt_verify *parent; /* set: the path of a CRL's issuer is
					 * verified on its behalf */
	const struct dicomtls_store *store;
	const struct dicomtls_params *params;
	int64_t now;
	struct dt_array untrusted; /* candidates from the peer and the store */
	bool *decoded; /* for each of them, see dt_issuer_is_decoded */

	struct dt_array path;	/* struct dt_cert *, leaf first, borrowed */
	size_t untrusted_count; /* first certificates of the path that came
				 * from the peer */
	bool trusted;		/* the path ends in a trusted certificate */
	bool leaf_compared;	/* with a certificate of its issuer's name */

	dicomtls_verify_fn fn;
	void *arg;
	int error; /* sticky */
	int error_depth;
	int rc; /* DICOMTLS_E_* behind DT_FAILED, 0 otherwise */
	struct dt_message message;
	struct dt_event_texts *texts;
	struct dt_buffer failures; /* of struct dt_failure, in their order;
				    * kept for the second opinion only */
};

static inline struct dt_cert *
dt_path_cert(const struct dt_verify *v, size_t depth)
{
	return v->path.items[depth];
}

/* Ends the verification for a reason outside the reference's vocabulary. */
enum dt_outcome dt_verify_fail(struct dt_verify *v, int rc, const char *text);

#endif
