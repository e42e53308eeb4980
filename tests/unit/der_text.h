/*
 * DER from a text: hex digits are octets, 'quotes' hold ASCII, and the octets
 * between braces get their length in front. "30{02{05}0c{'a'}}" is a SEQUENCE
 * of the number 5 and the letter a. Blanks are passed over.
 */
#ifndef DICOMTLS_TESTS_DER_TEXT_H
#define DICOMTLS_TESTS_DER_TEXT_H

#include "base/buffer.h"

#include <criterion/criterion.h>

#include <string.h>

static inline void
der_put_length(struct dt_buffer *out, size_t size)
{
	if (size > 0xff) {
		dt_buffer_byte(out, 0x82);
		dt_buffer_be16(out, (uint16_t)size);
		return;
	}
	if (size > 0x7f)
		dt_buffer_byte(out, 0x81);
	dt_buffer_byte(out, (uint8_t)size);
}

static inline uint8_t
der_digit(char c)
{
	const char *digits = "0123456789abcdef";
	const char *at = strchr(digits, c);

	cr_assert_not_null(at, "no hex digit: %c", c);
	return (uint8_t)(at - digits);
}

/* Appends what stands up to the closing brace or the end; returns what is
 * behind it. */
static inline const char *
der_append(struct dt_buffer *out, const char *text)
{
	while (*text != '\0' && *text != '}') {
		if (*text == ' ') {
			text++;
		} else if (*text == '\'') {
			const char *end = strchr(text + 1, '\'');

			dt_buffer_append(
			    out, text + 1, (size_t)(end - text) - 1);
			text = end + 1;
		} else if (*text == '{') {
			struct dt_buffer inner = { 0 };
			struct dt_span content;

			text = der_append(&inner, text + 1);
			content = dt_buffer_span(&inner);
			der_put_length(out, content.size);
			dt_buffer_append(out, content.data, content.size);
			dt_buffer_clear(&inner);
		} else {
			dt_buffer_byte(out, (uint8_t)(der_digit(text[0]) << 4 |
						      der_digit(text[1])));
			text += 2;
		}
	}
	return *text == '}' ? text + 1 : text;
}

static inline struct dt_buffer
der_from_text(const char *text)
{
	struct dt_buffer out = { 0 };

	der_append(&out, text);
	return out;
}

/* Parts of a CRL; the signature is empty. */
#define NAME(cn) "30{31{30{06{550403}0c{'" cn "'}}}}"
#define ALGORITHM "30{06{2a8648ce3d040302}}"
#define EXTENSION(oid, value) "30{06{" oid "}04{" value "}}"
#define CRITICAL(oid, value) "30{06{" oid "}01{ff}04{" value "}}"
#define ENTRY(serial, extensions)                                              \
	"30{02{" serial "}17{'250201000000Z'}30{" extensions "}}"
#define CRL_AT(issuer, from, until, entries, extensions)                       \
	"30{30{02{01}" ALGORITHM issuer "17{'" from "'}17{'" until             \
	"'}30{" entries "}a0{30{" extensions "}}}" ALGORITHM "03{00}}"
#define CRL(issuer, entries, extensions)                                       \
	CRL_AT(issuer, "250301000000Z", "350301000000Z", entries, extensions)

#define NUMBER(n) EXTENSION("551d14", "02{" n "}")
#define REASON(n) EXTENSION("551d15", "0a{" n "}")
#define DELTA(n) CRITICAL("551d1b", "02{" n "}")
#define ISSUING_POINT(fields) CRITICAL("551d1c", "30{" fields "}")
#define ENTRY_ISSUER(name) CRITICAL("551d1d", "30{a4{" name "}}")
#define KEY_ID(id) EXTENSION("551d23", "30{80{" id "}}")
#define FRESHEST EXTENSION("551d2e", "30{}")

#endif
