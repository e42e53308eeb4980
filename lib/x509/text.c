/*
 * Character strings of attribute values: the types that OpenSSL allows in a
 * name (ASN1_PRINTABLE) and the conversion of each to Unicode. Alphabets of
 * the types (PrintableString and the like) are not enforced; T61String is
 * read as Latin-1.
 */
#include "x509/text.h"

#include "base/der.h"

/* Visible, general and octet strings, times and numbers are not allowed;
 * types that OpenSSL calls unknown are. */
static const uint8_t forms[0x1f] = {
	[DT_DER_BIT_STRING] = DT_TEXT_BITS,
	[0x07] = DT_TEXT_OPAQUE,
	[0x08] = DT_TEXT_OPAQUE,
	[0x09] = DT_TEXT_OPAQUE,
	[0x0b] = DT_TEXT_OPAQUE,
	[DT_DER_UTF8_STRING] = DT_TEXT_UTF8,
	[0x0d] = DT_TEXT_OPAQUE,
	[0x0e] = DT_TEXT_OPAQUE,
	[0x0f] = DT_TEXT_OPAQUE,
	[DT_DER_NUMERIC_STRING] = DT_TEXT_NUMERIC,
	[DT_DER_PRINTABLE_STRING] = DT_TEXT_LATIN1,
	[DT_DER_T61_STRING] = DT_TEXT_LATIN1,
	[DT_DER_IA5_STRING] = DT_TEXT_LATIN1,
	[DT_DER_UNIVERSAL_STRING] = DT_TEXT_UCS4,
	[0x1d] = DT_TEXT_OPAQUE,
	[DT_DER_BMP_STRING] = DT_TEXT_UCS2,
};

enum dt_text_form
dt_text_form(uint8_t tag)
{
	if (tag == DT_DER_SEQUENCE)
		return DT_TEXT_OPAQUE;
	if (tag >= sizeof(forms))
		return DT_TEXT_REFUSED;
	return (enum dt_text_form)forms[tag];
}

/* Octets of a character with this first octet, one above 0x7f; 0 if none
 * starts with it. */
static size_t
utf8_size(uint8_t lead)
{
	if (lead < 0xc0 || lead > 0xf7)
		return 0;
	if (lead < 0xe0)
		return 2;
	return lead < 0xf0 ? 3 : 4;
}

/* RFC 3629: shortest form. */
static bool
take_utf8(struct dt_span *in, uint32_t *character)
{
	static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t size = in->size > 0 ? utf8_size(in->data[0]) : 0;

	if (size == 0 || size > in->size)
		return false;
	*character = in->data[0] & (0x7fu >> size);
	for (size_t i = 1; i < size; i++) {
		if ((in->data[i] & 0xc0) != 0x80)
			return false;
		*character = *character << 6 | (in->data[i] & 0x3f);
	}
	in->data += size;
	in->size -= size;
	return *character >= smallest[size];
}

static bool
take_wide(struct dt_span *in, size_t width, uint32_t *character)
{
	if (in->size == 0 || in->size < width)
		return false;
	*character = 0;
	for (size_t i = 0; i < width; i++)
		*character = *character << 8 | in->data[i];
	in->data += width;
	in->size -= width;
	return true;
}

bool
dt_text_next_wide(
    struct dt_span *in, enum dt_text_form form, uint32_t *character)
{
	static const uint8_t widths[] = { [DT_TEXT_NUMERIC] = 1,
		[DT_TEXT_LATIN1] = 1,
		[DT_TEXT_UCS2] = 2,
		[DT_TEXT_UCS4] = 4 };
	bool taken = form == DT_TEXT_UTF8
			 ? take_utf8(in, character)
			 : take_wide(in, widths[form], character);

	return taken && *character < 0x110000 &&
	       (*character < 0xd800 || *character > 0xdfff);
}

uint8_t *
dt_text_put_wide(uint8_t *at, uint32_t character)
{
	if (character < 0x800) {
		*at++ = (uint8_t)(0xc0 | character >> 6);
	} else {
		if (character < 0x10000) {
			*at++ = (uint8_t)(0xe0 | character >> 12);
		} else {
			*at++ = (uint8_t)(0xf0 | character >> 18);
			*at++ = (uint8_t)(0x80 | (character >> 12 & 0x3f));
		}
		*at++ = (uint8_t)(0x80 | (character >> 6 & 0x3f));
	}
	*at++ = (uint8_t)(0x80 | (character & 0x3f));
	return at;
}
