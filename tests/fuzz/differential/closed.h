/*
 * The intended differences of doc/compatibility.md, each recognised by what
 * the case holds and by how our trace differs: only ever by refusing, a case or
 * an object of it. Certificate strings have none: any difference counts.
 */
#ifndef DICOMTLS_FUZZ_CLOSED_H
#define DICOMTLS_FUZZ_CLOSED_H

#include "conformance/trace.h"

/* Index of the class that explains a difference of two traces, -1 if none
 * does: never one where we alone accept. */
int closed_find(const struct case_data *data, const struct trace *ours,
    const struct trace *theirs);

/* Name of a class; NULL behind the last. */
const char *closed_name(int index);

#endif
