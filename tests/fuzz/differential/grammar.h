/*
 * New cases that descend from no seed.
 */
#ifndef DICOMTLS_FUZZ_GRAMMAR_H
#define DICOMTLS_FUZZ_GRAMMAR_H

#include "sample.h"

/* A chain of up to five certificates with their anchor, well-formed as a rule,
 * CRLs of its authorities now and then, and a question about it. */
struct sample *grammar_draw(struct draw *d);

#endif
