/*
 * Where one case of the fuzzer comes from: random numbers that depend on the
 * seed and the number of the case alone, and memory that lasts until the next
 * case. What is drawn is never freed one by one.
 */
#ifndef DICOMTLS_FUZZ_DRAW_H
#define DICOMTLS_FUZZ_DRAW_H

#include "base/span.h"

struct draw_block;

struct draw {
	uint64_t state;
	struct draw_block *blocks;
};

/* Forgets what was drawn and starts again. */
void draw_begin(struct draw *d, uint64_t seed, uint64_t number);
void draw_clear(struct draw *d);

uint64_t draw_number(struct draw *d);
/* 0 to n - 1; 0 for n = 0. */
size_t draw_below(struct draw *d, size_t n);
bool draw_chance(struct draw *d, unsigned percent);
void draw_bytes(struct draw *d, uint8_t *bytes, size_t size);

/* Zeroed; ends the program where there is no memory. */
void *draw_alloc(struct draw *d, size_t size);
struct dt_span draw_copy(struct draw *d, struct dt_span bytes);
char *draw_printf(struct draw *d, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#define DRAW_COUNT(array) (sizeof(array) / sizeof((array)[0]))
/* One element of an array. */
#define DRAW_ONE(d, array) ((array)[draw_below(d, DRAW_COUNT(array))])

#endif
