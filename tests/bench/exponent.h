/* How steeply time grows with size: the b of time = a * size^b. */
#ifndef DICOMTLS_BENCH_EXPONENT_H
#define DICOMTLS_BENCH_EXPONENT_H

/* All above 0; 0 for fewer than two. */
double bench_exponent(
    const unsigned *sizes, const double *seconds, unsigned count);

#endif
