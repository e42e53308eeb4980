/*
 * Every bit, once: cases with one bit turned over, numbered through all
 * objects of all seeds. They are many: judged without overriding anything.
 */
#ifndef DICOMTLS_FUZZ_BITS_H
#define DICOMTLS_FUZZ_BITS_H

#include "seeds.h"
#include "tally.h"

/* The bits of one place of one object of one seed. */
struct bits_range {
	const struct sample *sample;
	size_t object;
	struct place place;
	uint64_t first; /* number of the first bit */
};

struct bits {
	struct bits_range *ranges;
	size_t count;
	size_t room;
	uint64_t total;
};

/* Only signatures and times, or all; false if there is no memory. */
bool bits_find(struct bits *bits, const struct seeds *seeds, bool all);
void bits_clear(struct bits *bits);

/* The case with this number, less than bits->total. */
struct sample *bits_draw(struct draw *d, const struct bits *bits,
    uint64_t number, struct change *change);

#endif
