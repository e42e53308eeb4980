/*
 * Changes to an input that keep its outer form, so that fuzzing gets behind
 * it: the lengths of DER are right again, and what is in a PEM block is
 * changed before it is base64. Linked with libFuzzer only, whose own changes
 * they apply to the parts.
 */
#ifndef DICOMTLS_FUZZ_MUTATE_TARGET_H
#define DICOMTLS_FUZZ_MUTATE_TARGET_H

#include "base/span.h"

/* libFuzzer's own. */
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t room);
/* What libFuzzer calls instead of its own where it is linked. */
size_t LLVMFuzzerCustomMutator(
    uint8_t *data, size_t size, size_t room, unsigned seed);

/* Changes the DER that data starts with; the new size of data. */
size_t mutate_der(uint8_t *data, size_t size, size_t room, unsigned seed);
/* One of the PEM blocks in a text, or the text around them. */
size_t mutate_pem(uint8_t *data, size_t size, size_t room, unsigned seed);

#endif
