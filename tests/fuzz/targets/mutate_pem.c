/* Changes to what is in a PEM block, and to the text around it. */
#include "fuzz/targets/mutate.h"

#include "base/base64.h"
#include "base/buffer.h"
#include "fuzz/differential/draw.h"

#define DASHES "-----"
#define LETTERS_IN_LINE 64

/* The lines of a block, and what they stand for. */
struct block {
	size_t start; /* in the text */
	size_t size;
	struct dt_span der; /* drawn */
};

static const char *
find(struct dt_span text, const char *words)
{
	return text.size == 0
		   ? NULL
		   : memmem(text.data, text.size, words, strlen(words));
}

/* The first block from the start of text on. */
static bool
find_block(struct draw *d, struct dt_span text, struct block *block)
{
	const char *begin = find(text, DASHES "BEGIN ");
	struct dt_base64 state = { 0 };
	struct dt_span lines;
	const uint8_t *end;
	uint8_t *octets;
	size_t size;

	if (begin == NULL)
		return false;
	lines = dt_span_tail(text, (size_t)(begin - (const char *)text.data));
	end = memchr(lines.data, '\n', lines.size);
	if (end == NULL)
		return false;
	lines = dt_span_tail(lines, (size_t)(end + 1 - lines.data));
	end = (const uint8_t *)find(lines, DASHES "END ");
	if (end == NULL)
		return false;
	lines.size = (size_t)(end - lines.data);
	octets = draw_alloc(d, dt_base64_room(lines.size));
	if (!dt_base64_decode(&state, lines, octets, &size))
		return false;
	block->start = (size_t)(lines.data - text.data);
	block->size = lines.size;
	block->der = dt_span(octets, size);
	return true;
}

/* One of them all, by chance. */
static bool
choose_block(struct draw *d, struct dt_span text, struct block *block)
{
	struct block next;
	size_t passed = 0, seen = 0;

	while (find_block(d, dt_span_tail(text, passed), &next)) {
		next.start += passed;
		passed = next.start + next.size;
		if (seen++ == 0 || draw_below(d, seen) == 0)
			*block = next;
	}
	return seen > 0;
}

static struct dt_span
encode(struct draw *d, struct dt_span der)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "abcdefghijklmnopqrstuvwxyz0123456789+/";
	uint8_t *text = draw_alloc(d, der.size * 2 + 8);
	size_t size = 0, column = 0;

	for (size_t i = 0; i < der.size; i += 3) {
		uint32_t group = 0;

		for (size_t j = 0; j < 3; j++)
			group = group << 8 |
				(i + j < der.size ? der.data[i + j] : 0u);
		for (size_t j = 0; j < 4; j++)
			text[size++] =
			    i + j > der.size
				? (uint8_t)'='
				: (uint8_t)
				      letters[group >> (18 - 6 * j) & 0x3f];
		column += 4;
		if (column % LETTERS_IN_LINE == 0 || i + 3 >= der.size)
			text[size++] = '\n';
	}
	return dt_span(text, size);
}

size_t
mutate_pem(uint8_t *data, size_t size, size_t room, unsigned seed)
{
	struct draw d = { 0 };
	struct block block;
	struct dt_span lines;
	uint8_t *der;
	size_t der_room, tail;

	draw_begin(&d, seed, size);
	if (draw_chance(&d, 30) ||
	    !choose_block(&d, dt_span(data, size), &block)) {
		size = LLVMFuzzerMutate(data, size, room);
		draw_clear(&d);
		return size;
	}
	der_room = block.der.size + 1024;
	der = draw_alloc(&d, der_room);
	if (block.der.size > 0)
		memcpy(der, block.der.data, block.der.size);
	lines = encode(
	    &d, dt_span(der, mutate_der(der, block.der.size, der_room, seed)));
	tail = size - block.start - block.size;
	if (block.start + lines.size + tail <= room) {
		memmove(data + block.start + lines.size,
		    data + block.start + block.size, tail);
		memcpy(data + block.start, lines.data, lines.size);
		size = block.start + lines.size + tail;
	}
	draw_clear(&d);
	return size;
}
