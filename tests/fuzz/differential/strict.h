/*
 * Which changes nobody may overlook.
 */
#ifndef DICOMTLS_FUZZ_STRICT_H
#define DICOMTLS_FUZZ_STRICT_H

#include "tally.h"

/* A change of this field of this object of an accepted case in which each
 * object is needed; strict and optional follow from the rest. */
struct change strict_change(const struct case_data *data,
    const struct case_object *object, enum field field);

#endif
