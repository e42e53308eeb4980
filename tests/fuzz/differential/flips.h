/*
 * Changes without a new signature: cases that the reference accepts, with
 * bits turned over, octets replaced, inserted and removed, certificates and
 * fields exchanged, times moved, CRLs dropped. What is accepted all the same
 * has to be accepted by both.
 */
#ifndef DICOMTLS_FUZZ_FLIPS_H
#define DICOMTLS_FUZZ_FLIPS_H

#include "seeds.h"
#include "tally.h"

/* Leaves those that the reference accepts. */
void flips_keep_accepted(struct seeds *seeds);

/* Changes the case, always, and says what. */
void flips_draw(struct draw *d, struct sample *sample,
    const struct seeds *seeds, struct change *change);

/* A kind of change; NULL behind the last. */
const char *flips_name(unsigned kind);

#endif
