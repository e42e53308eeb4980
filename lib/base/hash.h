/*
 * A quick 32-bit hash for tables of what the operator has configured. It does
 * not withstand who chooses colliding keys: no table of what a peer sends may
 * rely on it.
 */
#ifndef DICOMTLS_BASE_HASH_H
#define DICOMTLS_BASE_HASH_H

#include "base/span.h"

uint32_t dt_hash(struct dt_span bytes);

#endif
