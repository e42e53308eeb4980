/*
 * Changes to a case: to what it asks, to which objects it has, and inside
 * them.
 */
#ifndef DICOMTLS_FUZZ_MUTATE_H
#define DICOMTLS_FUZZ_MUTATE_H

#include "parts.h"

struct seeds;

/* Some changes of any kind. Objects may come from other cases (seeds). */
void mutate(struct draw *d, struct sample *sample, const struct seeds *seeds);

/* Changes one object and signs it again, as a rule. */
void mutate_object(struct draw *d, struct sample *sample, size_t index,
    const struct seeds *seeds);

#endif
