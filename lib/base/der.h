/*
 * Reading DER elements (X.690), never outside the given bytes. Tags and lengths
 * in the form that nearly all have are read here, the others through
 * libtasn1's primitives.
 *
 * Of BER, what OpenSSL reads is read: lengths and tags with more octets than
 * needed, indefinite lengths. Left out are strings in constructed encoding,
 * which would have to be put together.
 */
#ifndef DICOMTLS_BASE_DER_H
#define DICOMTLS_BASE_DER_H

#include "base/span.h"

/* Identifier octets of the universal types we meet; class and constructed bit
 * included. */
enum {
	DT_DER_BOOLEAN = 0x01,
	DT_DER_INTEGER = 0x02,
	DT_DER_BIT_STRING = 0x03,
	DT_DER_OCTET_STRING = 0x04,
	DT_DER_NULL = 0x05,
	DT_DER_OID = 0x06,
	DT_DER_ENUMERATED = 0x0a,
	DT_DER_UTF8_STRING = 0x0c,
	DT_DER_NUMERIC_STRING = 0x12,
	DT_DER_PRINTABLE_STRING = 0x13,
	DT_DER_T61_STRING = 0x14,
	DT_DER_IA5_STRING = 0x16,
	DT_DER_UTC_TIME = 0x17,
	DT_DER_GENERALIZED_TIME = 0x18,
	DT_DER_VISIBLE_STRING = 0x1a,
	DT_DER_UNIVERSAL_STRING = 0x1c,
	DT_DER_BMP_STRING = 0x1e,
	DT_DER_SEQUENCE = 0x30,
	DT_DER_SET = 0x31,
	DT_DER_CONTEXT = 0x80,
	DT_DER_CONTEXT_CONSTRUCTED = 0xa0
};

struct dt_der {
	uint8_t tag; /* identifier octet; 0 for a tag number above 30 */
	struct dt_span whole;
	struct dt_span content;
};

/* Takes the next element off the front of *in. False at the end, for a
 * malformed element, for one that reaches past the end and for end-of-contents
 * octets; *in is then unchanged. */
bool dt_der_next(struct dt_span *in, struct dt_der *out);

/* As dt_der_next, and the element must have this tag. */
bool dt_der_take(struct dt_span *in, uint8_t tag, struct dt_der *out);

/* As dt_der_take, whether or not the constructed bit is set: OpenSSL does not
 * look at it in a SEQUENCE OF or SET OF. */
bool dt_der_take_list(struct dt_span *in, uint8_t tag, struct dt_der *out);

/* True if the next element has this tag; takes nothing. */
bool dt_der_peek(struct dt_span in, uint8_t tag);

/* Contents checks as OpenSSL makes them when decoding. */
bool dt_der_is_integer(struct dt_span content); /* minimal, not empty */
bool dt_der_is_oid(struct dt_span content);
/* Bits without the leading count octet, unused bits zeroed by nobody. */
bool dt_der_bit_string(
    struct dt_span content, struct dt_span *bits, unsigned *unused);

/* First two octets of BIT STRING contents, the first one low, as OpenSSL packs
 * flags; unused bits are 0. */
unsigned dt_der_flags(struct dt_span content);

/* Order of the numbers in two INTEGER contents (ASN1_INTEGER_cmp). */
int dt_der_integer_compare(struct dt_span a, struct dt_span b);

/* False for an element of a universal type whose contents or form cannot be of
 * that type: what OpenSSL checks of an ANY. */
bool dt_der_is_any(const struct dt_der *element);

/* INTEGER contents as a long. False if it does not fit. */
bool dt_der_long(struct dt_span content, long *value);

/* As dt_der_long for what OpenSSL declares as INT32: contents without octets,
 * as its own long_i2c once wrote them, are 0. */
bool dt_der_int32(struct dt_span content, int32_t *value);

/* Dotted text of OID contents into text; false if it does not fit or is no
 * OID. */
bool dt_der_oid_text(struct dt_span content, char *text, size_t room);

/* OID contents for dotted text: bytes written, 0 if it is none or too long. */
size_t dt_der_oid_from_text(const char *text, uint8_t *content, size_t room);

#endif
