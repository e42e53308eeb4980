/* Memory with one life; see arena.h. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdlib.h>

#ifndef DT_ARENA_APART
#if defined(__SANITIZE_ADDRESS__)
#define DT_ARENA_APART 1
#elif defined(__has_feature)
#define DT_ARENA_APART __has_feature(address_sanitizer)
#else
#define DT_ARENA_APART 0
#endif
#endif

/* A block beyond the first has room for several pieces. */
#define BLOCK_SIZE 1024

struct dt_arena_block {
	struct dt_arena_block *next;
	alignas(max_align_t) uint8_t octets[];
};

void
dt_arena_init(struct dt_arena *arena, void *first, size_t size)
{
	*arena = (struct dt_arena){ first, (uint8_t *)first + size, NULL };
}

void
dt_arena_clear(struct dt_arena *arena)
{
	while (arena->blocks != NULL) {
		struct dt_arena_block *block = arena->blocks;

		arena->blocks = block->next;
		free(block);
	}
	*arena = (struct dt_arena){ 0 };
}

static size_t
rest(const struct dt_arena *arena)
{
	return arena->at == NULL ? 0 : (size_t)(arena->end - arena->at);
}

/* A large piece gets a block of its own, and the one in use stays. */
static uint8_t *
take_block(struct dt_arena *arena, size_t size)
{
	bool own = DT_ARENA_APART || size > BLOCK_SIZE / 4;
	size_t room = own ? size : BLOCK_SIZE;
	struct dt_arena_block *block;

	if (size > SIZE_MAX - sizeof(*block))
		return NULL;
	block = malloc(sizeof(*block) + room);
	if (block == NULL)
		return NULL;
	block->next = arena->blocks;
	arena->blocks = block;
	if (!own) {
		arena->at = block->octets + size;
		arena->end = block->octets + room;
	}
	return block->octets;
}

uint8_t *
dt_arena_octets(struct dt_arena *arena, size_t size)
{
	uint8_t *piece = arena->at;

	if (DT_ARENA_APART || size > rest(arena) || piece == NULL)
		return take_block(arena, size);
	arena->at += size;
	return piece;
}

/* What is skipped in front of an aligned piece. */
static size_t
gap(const struct dt_arena *arena)
{
	uintptr_t over = (uintptr_t)arena->at % alignof(max_align_t);

	return over == 0 ? 0 : alignof(max_align_t) - over;
}

void *
dt_arena_array(struct dt_arena *arena, size_t count, size_t size)
{
	size_t skip = gap(arena);
	uint8_t *piece;

	if (size != 0 && count > SIZE_MAX / 2 / size)
		return NULL;
	/* Without a block there is nothing to skip: not even 0 may be added to
	 * NULL. */
	if (skip > rest(arena))
		arena->at = arena->end;
	else if (skip > 0)
		arena->at += skip;
	piece = dt_arena_octets(arena, count * size);
	return piece == NULL ? NULL : memset(piece, 0, count * size);
}

void
dt_arena_cut(struct dt_arena *arena, uint8_t *piece, size_t size, size_t used)
{
	if (piece + size == arena->at)
		arena->at = piece + used;
}
