/*
 * Memory for many small pieces with one life: they are taken one after the
 * other and given back all at once. The first block is the owner's, who may
 * have it in one piece with the object that the pieces belong to.
 *
 * Where AddressSanitizer watches, or with DT_ARENA_APART, each piece is a
 * block of its own, so that nobody reads from one into the next unseen.
 */
#ifndef DICOMTLS_BASE_ARENA_H
#define DICOMTLS_BASE_ARENA_H

#include "base/span.h"

struct dt_arena_block;

/* Empty and usable when zero. */
struct dt_arena {
	uint8_t *at; /* rest of the block in use */
	uint8_t *end;
	struct dt_arena_block *blocks; /* beyond the first */
};

/* first: size octets for the first pieces, aligned as malloc does; not freed
 * by dt_arena_clear. */
void dt_arena_init(struct dt_arena *arena, void *first, size_t size);
void dt_arena_clear(struct dt_arena *arena);

/* An array of count zeroed elements, aligned for anything; NULL if there is no
 * memory. An empty array is not NULL. */
void *dt_arena_array(struct dt_arena *arena, size_t count, size_t size);

/* Octets, neither aligned nor zeroed; otherwise the same. */
uint8_t *dt_arena_octets(struct dt_arena *arena, size_t size);

/* Of a piece of size octets only so many are used: if it was the last one
 * taken, the others are free again. */
void dt_arena_cut(
    struct dt_arena *arena, uint8_t *piece, size_t size, size_t used);

#endif
