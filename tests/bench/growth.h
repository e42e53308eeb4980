/*
 * How our time grows with the size of the input, and theirs: a line for each
 * size, and one with the exponent b of a * size^b.
 */
#ifndef DICOMTLS_BENCH_GROWTH_H
#define DICOMTLS_BENCH_GROWTH_H

#include "bench/compare.h"

enum bench_status bench_grow(
    const struct bench_growth *growth, const struct bench_settings *settings);

#endif
