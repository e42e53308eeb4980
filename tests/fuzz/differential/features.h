/*
 * Rules of the reference that the engine does not have yet: cases that reach
 * them are not generated.
 */
#ifndef DICOMTLS_FUZZ_FEATURES_H
#define DICOMTLS_FUZZ_FEATURES_H

#include "conformance/case.h"

/* Clears what can be cleared; false if a certificate reaches such a rule. */
bool features_restrict(struct case_data *data);

#endif
