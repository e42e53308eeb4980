/*
 * Base64 (RFC 4648 4) to octets, in pieces of any length: the lines of a PEM
 * block, or all of them at once. Blanks, tabs and line ends between the letters
 * are passed over, as OpenSSL's EVP_DecodeUpdate does. Stricter than OpenSSL:
 * bits that padding leaves over must be zero, and a dash does not end the text.
 */
#ifndef DICOMTLS_BASE_BASE64_H
#define DICOMTLS_BASE_BASE64_H

#include "base/span.h"

/* State between two pieces; starts as zero. */
struct dt_base64 {
	uint32_t bits; /* of the letters that make no whole group yet */
	unsigned letters;
	unsigned missing_pads;
	bool ended; /* padding was seen: only the rest of it may follow */
};

/* Octets that a text of this size can stand for, with what went before. */
static inline size_t
dt_base64_room(size_t size)
{
	return (size + 3) / 4 * 3;
}

/* Decodes a piece to out, which has room for dt_base64_room(text.size); size
 * receives what was written. False for what is no base64: the state is then
 * of no further use. */
bool dt_base64_decode(
    struct dt_base64 *state, struct dt_span text, uint8_t *out, size_t *size);

/* The text may end here: no group is cut off. */
bool dt_base64_is_complete(const struct dt_base64 *state);

#endif
