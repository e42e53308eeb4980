/*
 * One call of the verify function, and the texts that are made for it on
 * request and kept for the verification.
 */
#ifndef DICOMTLS_VERIFY_EVENT_H
#define DICOMTLS_VERIFY_EVENT_H

#include "base/array.h"
#include "x509/cert.h"

#include "dicomtls.h"

/* Certificate strings and subjects, made once for each certificate. */
struct dt_event_texts {
	struct dt_array made; /* of struct text *, see event.c */
};

struct dicomtls_event {
	int ok;
	int depth;
	int error;
	const struct dt_cert *cert;
	struct dt_event_texts *texts;
};

void dt_event_texts_clear(struct dt_event_texts *texts);

#endif
