/*
 * A fuzz target: one function that takes any octets, under the name libFuzzer
 * calls. replay.c calls it too, so that what was found stays a test.
 *
 * A target reports by dying: a sanitizer's finding, or REQUIRE of something
 * that holds for any input.
 */
#ifndef DICOMTLS_FUZZ_TARGET_H
#define DICOMTLS_FUZZ_TARGET_H

#include "base/buffer.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Not assert, which NDEBUG would take away. */
#define REQUIRE(holds)                                                         \
	do {                                                                   \
		if (!(holds)) {                                                \
			fprintf(stderr, "%s:%d: does not hold: %s\n",          \
			    __FILE__, __LINE__, #holds);                       \
			abort();                                               \
		}                                                              \
	} while (0)

/* Takes the first count octets, or what there is of them. */
static inline struct dt_span
fuzz_take(struct dt_span *input, size_t count)
{
	struct dt_span taken;

	if (count > input->size)
		count = input->size;
	taken = dt_span(input->data, count);
	*input = dt_span_tail(*input, count);
	return taken;
}

/* The next octet, 0 at the end. */
static inline uint8_t
fuzz_octet(struct dt_span *input)
{
	struct dt_span octet = fuzz_take(input, 1);

	return octet.size == 1 ? octet.data[0] : 0;
}

/* A copy of exactly this size, so that reading past its end is seen, and
 * reading it after free too: what a parser returns must not point into it. */
static inline uint8_t *
fuzz_copy(struct dt_span input)
{
	uint8_t *copy = malloc(input.size + (input.size == 0));

	REQUIRE(copy != NULL);
	if (input.size > 0)
		memcpy(copy, input.data, input.size);
	return copy;
}

#endif
