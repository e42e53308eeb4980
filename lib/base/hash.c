/* Eight octets at a time are mixed in by a multiplication (an odd constant
 * near 2^64 divided by the golden ratio); see hash.h. */
#include "base/hash.h"

#define MULTIPLIER UINT64_C(0x9e3779b97f4a7c15)

/* What does not fit is dropped: asked for like this, because anywhere else it
 * would be a fault, which the integer checks of make check-memory look for. */
static uint64_t
multiply(uint64_t number)
{
	uint64_t low;

	(void)__builtin_mul_overflow(number, MULTIPLIER, &low);
	return low;
}

static uint64_t
mix(uint64_t hash, uint64_t word)
{
	hash = multiply(hash ^ word);
	return hash ^ hash >> 32;
}

uint32_t
dt_hash(struct dt_span bytes)
{
	uint64_t hash = multiply(bytes.size), word = 0;

	for (; bytes.size >= sizeof(word);
	     bytes = dt_span_tail(bytes, sizeof(word))) {
		memcpy(&word, bytes.data, sizeof(word));
		hash = mix(hash, word);
	}
	word = 0;
	for (size_t i = 0; i < bytes.size; i++)
		word = word << 8 | bytes.data[i];
	return (uint32_t)(mix(mix(hash, word), 0) >> 32);
}
