/*
 * An allocator that counts what is not freed yet and fails when told to, for
 * the whole program and every library in it. It takes malloc's place, so that
 * GnuTLS, libuv and libtasn1 run out of memory as we do.
 *
 * Libraries that cannot go on without memory always get it: heap.c lists them
 * with the reason.
 */
#ifndef DICOMTLS_TESTS_SUPPORT_HEAP_H
#define DICOMTLS_TESTS_SUPPORT_HEAP_H

#include <stdbool.h>
#include <stddef.h>

/* False where malloc cannot be replaced: another C library than glibc, or a
 * sanitizer. Call it first. */
bool heap_take_over(void);

/* Instead of the above, for a program that bears the death of a child: nobody
 * is spared, and GMP asks whom GnuTLS has told it to ask. */
bool heap_take_over_all(void);

/* From now on the nth allocation of all threads fails, and only that one. */
void heap_fail_at(size_t nth);
/* Nothing fails any more; true if an allocation did. */
bool heap_fail_no_more(void);

/* True if the allocation that failed last was asked for by a library whose
 * file's name starts so. */
bool heap_failed_in(const char *library);
/* Where that was, an address in its code; NULL: nowhere yet. */
const void *heap_failed_at(void);

/* From now on it is known from which call in the program's own code a block
 * comes, which takes time. What is left of it then was lost by a library if it
 * was allocated in the very call in which the allocation failed, by that call's
 * library; anything else by the program, and a call that it did not undo. */
void heap_trace(void);
struct heap_left {
	long by_program;
	long by_library;
};
struct heap_left heap_left(void);

/* Allocated and not freed; 0 where malloc cannot be replaced. */
long heap_blocks(void);
long heap_bytes(void);

/* The most bytes at one time since the peak was forgotten. While realloc moves
 * a block both are there, of which it sees the larger one. */
void heap_forget_peak(void);
long heap_peak(void);

#endif
