/* Character strings of attribute values (X.680 clause 41) as OpenSSL reads
 * them: which types there are and how they are turned into characters. */
#ifndef DICOMTLS_X509_TEXT_H
#define DICOMTLS_X509_TEXT_H

#include "base/span.h"

/* How the contents of a value are read. */
enum dt_text_form {
	DT_TEXT_REFUSED = 0, /* cannot be an attribute value */
	DT_TEXT_OPAQUE,	     /* no character string */
	DT_TEXT_BITS,	     /* BIT STRING */
	DT_TEXT_NUMERIC,     /* octets, not converted for comparison */
	DT_TEXT_LATIN1, /* one octet is one character, whatever the type says */
	DT_TEXT_UTF8,
	DT_TEXT_UCS2,
	DT_TEXT_UCS4
};

/* tag: identifier octet of the value. */
enum dt_text_form dt_text_form(uint8_t tag);

/* The next two for what is not plain ASCII. */
bool dt_text_next_wide(
    struct dt_span *in, enum dt_text_form form, uint32_t *character);
uint8_t *dt_text_put_wide(uint8_t *at, uint32_t character);

/* Takes the next character of a string (DT_TEXT_NUMERIC or a later form) off
 * the front. False at the end, and for what is no Unicode scalar value or is
 * not encoded in the shortest form. */
static inline bool
dt_text_next(struct dt_span *in, enum dt_text_form form, uint32_t *character)
{
	if (form > DT_TEXT_UTF8 || in->size == 0 || in->data[0] >= 0x80)
		return dt_text_next_wide(in, form, character);
	*character = in->data[0];
	in->data++;
	in->size--;
	return true;
}

/* Writes a Unicode scalar value in UTF-8, at most four octets; returns the
 * end. */
static inline uint8_t *
dt_text_put_utf8(uint8_t *at, uint32_t character)
{
	if (character >= 0x80)
		return dt_text_put_wide(at, character);
	*at = (uint8_t)character;
	return at + 1;
}

#endif
