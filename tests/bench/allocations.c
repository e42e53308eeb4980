/*
 * malloc, calloc and realloc that count and pass on to glibc's. Symbols of the
 * program come before those of a library, so this is for all libraries too.
 */
#include "bench/allocations.h"

#include <stdlib.h>

static size_t count;

size_t
bench_allocations(void)
{
	return count;
}

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) &&                    \
    !defined(__SANITIZE_THREAD__)
#define EXPORTED __attribute__((visibility("default")))

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *old, size_t size);

EXPORTED void *
malloc(size_t size)
{
	count++;
	return __libc_malloc(size);
}

EXPORTED void *
calloc(size_t n, size_t size)
{
	count++;
	return __libc_calloc(n, size);
}

EXPORTED void *
realloc(void *old, size_t size)
{
	count++;
	return __libc_realloc(old, size);
}
#endif
