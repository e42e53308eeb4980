/*
 * Base64 to octets; see base64.h. Whole groups of four letters are the rule
 * and are decoded by one test and one sum; whatever else there is goes letter
 * by letter.
 */
#include "base/base64.h"

/* What an octet means: a letter with its value, or one of these; 0 is
 * refused. */
enum { BLANK = 0x01, PAD = 0x02, LETTER = 0x40, VALUE = 0x3f };

static const uint8_t meanings[256] = { ['\t'] = BLANK,
	['\n'] = BLANK,
	['\r'] = BLANK,
	[' '] = BLANK,
	['='] = PAD,
	['A'] = LETTER | 0,
	['B'] = LETTER | 1,
	['C'] = LETTER | 2,
	['D'] = LETTER | 3,
	['E'] = LETTER | 4,
	['F'] = LETTER | 5,
	['G'] = LETTER | 6,
	['H'] = LETTER | 7,
	['I'] = LETTER | 8,
	['J'] = LETTER | 9,
	['K'] = LETTER | 10,
	['L'] = LETTER | 11,
	['M'] = LETTER | 12,
	['N'] = LETTER | 13,
	['O'] = LETTER | 14,
	['P'] = LETTER | 15,
	['Q'] = LETTER | 16,
	['R'] = LETTER | 17,
	['S'] = LETTER | 18,
	['T'] = LETTER | 19,
	['U'] = LETTER | 20,
	['V'] = LETTER | 21,
	['W'] = LETTER | 22,
	['X'] = LETTER | 23,
	['Y'] = LETTER | 24,
	['Z'] = LETTER | 25,
	['a'] = LETTER | 26,
	['b'] = LETTER | 27,
	['c'] = LETTER | 28,
	['d'] = LETTER | 29,
	['e'] = LETTER | 30,
	['f'] = LETTER | 31,
	['g'] = LETTER | 32,
	['h'] = LETTER | 33,
	['i'] = LETTER | 34,
	['j'] = LETTER | 35,
	['k'] = LETTER | 36,
	['l'] = LETTER | 37,
	['m'] = LETTER | 38,
	['n'] = LETTER | 39,
	['o'] = LETTER | 40,
	['p'] = LETTER | 41,
	['q'] = LETTER | 42,
	['r'] = LETTER | 43,
	['s'] = LETTER | 44,
	['t'] = LETTER | 45,
	['u'] = LETTER | 46,
	['v'] = LETTER | 47,
	['w'] = LETTER | 48,
	['x'] = LETTER | 49,
	['y'] = LETTER | 50,
	['z'] = LETTER | 51,
	['0'] = LETTER | 52,
	['1'] = LETTER | 53,
	['2'] = LETTER | 54,
	['3'] = LETTER | 55,
	['4'] = LETTER | 56,
	['5'] = LETTER | 57,
	['6'] = LETTER | 58,
	['7'] = LETTER | 59,
	['8'] = LETTER | 60,
	['9'] = LETTER | 61,
	['+'] = LETTER | 62,
	['/'] = LETTER | 63 };

/* Decodes groups of four letters up to the first that is something else. */
static uint8_t *
decode_groups(struct dt_span *text, uint8_t *out)
{
	const uint8_t *at = text->data;
	const uint8_t *end = at + text->size;

	for (; end - at >= 4; at += 4) {
		unsigned a = meanings[at[0]], b = meanings[at[1]];
		unsigned c = meanings[at[2]], d = meanings[at[3]];
		uint32_t bits;

		if ((a & b & c & d & LETTER) == 0)
			break;
		bits = (a & VALUE) << 18 | (b & VALUE) << 12 |
		       (c & VALUE) << 6 | (d & VALUE);
		*out++ = (uint8_t)(bits >> 16);
		*out++ = (uint8_t)(bits >> 8);
		*out++ = (uint8_t)bits;
	}
	*text = dt_span(at, (size_t)(end - at));
	return out;
}

static uint8_t *
take_letter(struct dt_base64 *state, unsigned value, uint8_t *out)
{
	if (state->ended)
		return NULL;
	state->bits = state->bits << 6 | value;
	if (++state->letters < 4)
		return out;
	*out++ = (uint8_t)(state->bits >> 16);
	*out++ = (uint8_t)(state->bits >> 8);
	*out++ = (uint8_t)state->bits;
	state->bits = 0;
	state->letters = 0;
	return out;
}

/* The first pad ends the last group: of two letters 4 bits are left over, of
 * three 2. */
static uint8_t *
take_pad(struct dt_base64 *state, uint8_t *out)
{
	unsigned spare = 8 - 2 * state->letters;

	if (state->ended) {
		if (state->missing_pads == 0)
			return NULL;
		state->missing_pads--;
		return out;
	}
	if (state->letters < 2 || (state->bits & ((1u << spare) - 1)) != 0)
		return NULL;
	if (state->letters == 3)
		*out++ = (uint8_t)(state->bits >> 10);
	*out++ = (uint8_t)(state->bits >> (state->letters == 3 ? 2 : 4));
	state->missing_pads = 3 - state->letters;
	state->letters = 0;
	state->ended = true;
	return out;
}

static uint8_t *
take(struct dt_base64 *state, uint8_t octet, uint8_t *out)
{
	uint8_t meaning = meanings[octet];

	if ((meaning & LETTER) != 0)
		return take_letter(state, meaning & VALUE, out);
	if (meaning == PAD)
		return take_pad(state, out);
	return meaning == BLANK ? out : NULL;
}

bool
dt_base64_decode(
    struct dt_base64 *state, struct dt_span text, uint8_t *out, size_t *size)
{
	uint8_t *at = out;

	while (text.size > 0) {
		if (state->letters == 0 && !state->ended)
			at = decode_groups(&text, at);
		if (text.size == 0)
			break;
		at = take(state, *text.data, at);
		if (at == NULL)
			return false;
		text.data++;
		text.size--;
	}
	*size = (size_t)(at - out);
	return true;
}

bool
dt_base64_is_complete(const struct dt_base64 *state)
{
	return state->letters == 0 && state->missing_pads == 0;
}
