/*
 * Writing DER (X.690) at the end of a buffer. An element is written inside
 * out: its content first, then the header is put before it. Failures are
 * remembered by the buffer, so callers check once, at the end.
 */
#ifndef DICOMTLS_TOOLS_DER_WRITER_H
#define DICOMTLS_TOOLS_DER_WRITER_H

#include "base/buffer.h"

/* Where the content of an element starts; give it to der_end. */
size_t der_begin(const struct dt_buffer *buffer);
/* Makes what was written since der_begin the content of one element. */
void der_end(struct dt_buffer *buffer, size_t begin, uint8_t tag);

/* One element with this content. */
void der_put(struct dt_buffer *buffer, uint8_t tag, struct dt_span content);
void der_put_text(struct dt_buffer *buffer, uint8_t tag, const char *text);
/* An OBJECT IDENTIFIER from dotted text; marks the buffer failed if it is
 * none. */
void der_put_oid(struct dt_buffer *buffer, const char *oid);
void der_put_bool(struct dt_buffer *buffer, bool value);
void der_put_unsigned(struct dt_buffer *buffer, unsigned value);
/* BIT STRING without unused bits. */
void der_put_bits(struct dt_buffer *buffer, struct dt_span bits);

#endif
