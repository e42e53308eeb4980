/*
 * Flipped bits: cases that the reference accepts, with a bit or a few of a
 * certificate or CRL turned over and nothing signed again. What is accepted
 * all the same has to be accepted by both.
 */
#ifndef DICOMTLS_FUZZ_FLIPS_H
#define DICOMTLS_FUZZ_FLIPS_H

#include "seeds.h"

/* Leaves those that the reference accepts. */
void flips_keep_accepted(struct seeds *seeds);

/* Turns over one to three bits of one object. */
void flips_draw(struct draw *d, struct sample *sample);

#endif
