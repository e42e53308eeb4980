/*
 * Random numbers (SplitMix64) and short-lived memory.
 */
#include "draw.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { BLOCK_SIZE = 1 << 18, ALIGNMENT = 16 };

struct draw_block {
	struct draw_block *next;
	size_t used;
	size_t room;
	_Alignas(ALIGNMENT) uint8_t bytes[];
};

uint64_t
draw_number(struct draw *d)
{
	uint64_t z = d->state += 0x9e3779b97f4a7c15;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

size_t
draw_below(struct draw *d, size_t n)
{
	return n == 0 ? 0 : draw_number(d) % n;
}

bool
draw_chance(struct draw *d, unsigned percent)
{
	return draw_below(d, 100) < percent;
}

void
draw_bytes(struct draw *d, uint8_t *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++)
		bytes[i] = (uint8_t)draw_number(d);
}

/* The first block is kept for the next case. */
void
draw_begin(struct draw *d, uint64_t seed, uint64_t number)
{
	while (d->blocks && d->blocks->next) {
		struct draw_block *block = d->blocks;
		d->blocks = block->next;
		free(block);
	}
	if (d->blocks)
		d->blocks->used = 0;
	d->state = seed;
	d->state = draw_number(d) ^ number;
	d->state = draw_number(d);
}

void
draw_clear(struct draw *d)
{
	while (d->blocks) {
		struct draw_block *block = d->blocks;
		d->blocks = block->next;
		free(block);
	}
}

static struct draw_block *
block_with_room(struct draw *d, size_t size)
{
	struct draw_block *block = d->blocks;
	if (block && size <= block->room - block->used)
		return block;
	size_t room = size > BLOCK_SIZE ? size : BLOCK_SIZE;
	block = malloc(sizeof(*block) + room);
	if (!block) {
		fputs("no memory\n", stderr);
		exit(3);
	}
	*block = (struct draw_block){ .next = d->blocks, .room = room };
	d->blocks = block;
	return block;
}

void *
draw_alloc(struct draw *d, size_t size)
{
	size_t whole = (size + ALIGNMENT) / ALIGNMENT * ALIGNMENT;
	struct draw_block *block = block_with_room(d, whole);
	void *bytes = block->bytes + block->used;
	block->used += whole;
	memset(bytes, 0, whole);
	return bytes;
}

struct dt_span
draw_copy(struct draw *d, struct dt_span bytes)
{
	uint8_t *copy = draw_alloc(d, bytes.size);
	if (bytes.size > 0)
		memcpy(copy, bytes.data, bytes.size);
	return dt_span(copy, bytes.size);
}

char *
draw_printf(struct draw *d, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	int size = vsnprintf(NULL, 0, format, args);
	va_end(args);
	char *text = draw_alloc(d, (size_t)size + 1);
	va_start(args, format);
	vsnprintf(text, (size_t)size + 1, format, args);
	va_end(args);
	return text;
}
