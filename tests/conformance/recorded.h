/*
 * Recorded traces of the reference: every file of a folder whose name ends in
 * .trace (override none), .all.trace or .first.trace, or in one of these and
 * .xz (read through the xz command).
 */
#ifndef DICOMTLS_CONFORMANCE_RECORDED_H
#define DICOMTLS_CONFORMANCE_RECORDED_H

#include "trace.h"

struct recorded {
	struct trace *traces; /* sorted by id */
	size_t count;
	size_t room;
};

/* 0, or -1 with a message. Clear it in either case. */
int recorded_load(struct recorded *recorded, const char *folder,
    enum override override, struct dt_message *message);
/* NULL if there is no trace of this case. */
const struct trace *recorded_find(
    const struct recorded *recorded, const char *id);
void recorded_clear(struct recorded *recorded);

#endif
