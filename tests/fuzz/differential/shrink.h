/*
 * Makes a case smaller as long as something stays true of it.
 */
#ifndef DICOMTLS_FUZZ_SHRINK_H
#define DICOMTLS_FUZZ_SHRINK_H

#include "sample.h"

typedef bool (*shrink_fn)(const struct case_data *data, void *arg);

/* Leaves out objects, questions and elements of certificates, which are
 * signed again, while holds() says yes. sample is replaced by the smallest
 * found; d lends the memory. */
void shrink(struct draw *d, struct sample **sample, shrink_fn holds, void *arg);

#endif
