/* Counts allocations of the whole process. */
#ifndef DICOMTLS_BENCH_ALLOCATIONS_H
#define DICOMTLS_BENCH_ALLOCATIONS_H

#include <stddef.h>

/* How often memory was asked for since the start; always 0 where the C library
 * or a sanitizer does not let us count. */
size_t bench_allocations(void);

#endif
