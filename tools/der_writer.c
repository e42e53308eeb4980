/* Writing DER; see der_writer.h. Lengths are definite and minimal. */
#include "tools/der_writer.h"

#include "base/der.h"

/* Tag, length octet and up to four more: enough for any certificate. */
#define MAX_HEADER 6

size_t
der_begin(const struct dt_buffer *buffer)
{
	return dt_buffer_size(buffer);
}

static size_t
encode_header(uint8_t header[MAX_HEADER], uint8_t tag, size_t length)
{
	size_t used = 0;
	unsigned octets = 0;

	header[used++] = tag;
	if (length < 0x80) {
		header[used++] = (uint8_t)length;
		return used;
	}
	while (octets < 4 && length >> 8 * octets != 0)
		octets++;
	header[used++] = (uint8_t)(0x80 | octets);
	for (; octets > 0; octets--)
		header[used++] = (uint8_t)(length >> 8 * (octets - 1));
	return used;
}

void
der_end(struct dt_buffer *buffer, size_t begin, uint8_t tag)
{
	uint8_t header[MAX_HEADER];
	size_t length = dt_buffer_size(buffer) - begin;
	size_t used = encode_header(header, tag, length);
	uint8_t *content;

	if (dt_buffer_failed(buffer) ||
	    dt_buffer_append(buffer, header, used) < 0)
		return;
	content = buffer->data + buffer->start + begin;
	memmove(content + used, content, length);
	memcpy(content, header, used);
}

void
der_put(struct dt_buffer *buffer, uint8_t tag, struct dt_span content)
{
	size_t begin = der_begin(buffer);

	dt_buffer_append(buffer, content.data, content.size);
	der_end(buffer, begin, tag);
}

void
der_put_text(struct dt_buffer *buffer, uint8_t tag, const char *text)
{
	der_put(buffer, tag, dt_span(text, strlen(text)));
}

void
der_put_oid(struct dt_buffer *buffer, const char *oid)
{
	uint8_t content[64];
	size_t size = dt_der_oid_from_text(oid, content, sizeof(content));

	if (size == 0)
		buffer->failed = true;
	der_put(buffer, DT_DER_OID, dt_span(content, size));
}

void
der_put_bool(struct dt_buffer *buffer, bool value)
{
	const uint8_t octet = value ? 0xff : 0x00;

	der_put(buffer, DT_DER_BOOLEAN, dt_span(&octet, 1));
}

void
der_put_unsigned(struct dt_buffer *buffer, unsigned value)
{
	size_t begin = der_begin(buffer);
	unsigned octets = 1;

	/* One bit more than the value needs: INTEGER is signed. */
	while (octets < 5 && (uint64_t)value >> (8 * octets - 1) != 0)
		octets++;
	for (; octets > 0; octets--)
		dt_buffer_byte(
		    buffer, (uint8_t)((uint64_t)value >> 8 * (octets - 1)));
	der_end(buffer, begin, DT_DER_INTEGER);
}

void
der_put_bits(struct dt_buffer *buffer, struct dt_span bits)
{
	size_t begin = der_begin(buffer);

	dt_buffer_byte(buffer, 0);
	dt_buffer_append(buffer, bits.data, bits.size);
	der_end(buffer, begin, DT_DER_BIT_STRING);
}
