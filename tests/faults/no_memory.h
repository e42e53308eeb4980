/*
 * An allocator that fails when told to, for the whole program and every
 * library in it, and counts what is not freed yet. It takes malloc's place, so
 * that GnuTLS, libuv and libtasn1 run out of memory as we do.
 *
 * Libraries that cannot go on without memory always get it: no_memory.c lists
 * them with the reason.
 */
#ifndef DICOMTLS_TESTS_FAULTS_NO_MEMORY_H
#define DICOMTLS_TESTS_FAULTS_NO_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* False where malloc cannot be replaced: another C library than glibc, or a
 * sanitizer. Call it first. */
bool no_memory_prepare(void);

/* From now on the nth allocation of all threads fails, and only that one. */
void no_memory_at(size_t nth);
/* Nothing fails any more; true if an allocation did. */
bool no_memory_end(void);

/* Blocks allocated and not freed. */
long no_memory_live(void);

#endif
