/*
 * Other forms of a signature: numbers that are equal modulo something, other
 * encodings of the same value, algorithm identifiers that say something else.
 */
#ifndef DICOMTLS_FUZZ_FORMS_H
#define DICOMTLS_FUZZ_FORMS_H

#include "seeds.h"
#include "tally.h"

/* Their number over all objects of all seeds. */
uint64_t forms_count(const struct seeds *seeds);

/* The case with this number; NULL where the form is not one of that
 * signature. */
struct sample *forms_draw(struct draw *d, const struct seeds *seeds,
    uint64_t number, struct change *change);

/* A form; NULL behind the last. */
const char *forms_name(unsigned kind);

#endif
