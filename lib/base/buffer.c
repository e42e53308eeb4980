/* Byte queue; see buffer.h. */
#include "base/buffer.h"

#include "dicomtls.h"

#include <stdio.h>
#include <stdlib.h>

struct dt_span
dt_buffer_span(const struct dt_buffer *buffer)
{
	if (buffer->data == NULL)
		return dt_span("", 0);
	return dt_span(buffer->data + buffer->start, dt_buffer_size(buffer));
}

size_t
dt_buffer_size(const struct dt_buffer *buffer)
{
	return buffer->end - buffer->start;
}

bool
dt_buffer_failed(const struct dt_buffer *buffer)
{
	return buffer->failed;
}

/* Reuses consumed space before asking for more, so that a queue that is
 * drained as fast as it is filled does not grow. */
uint8_t *
dt_buffer_reserve(struct dt_buffer *buffer, size_t size)
{
	size_t used = dt_buffer_size(buffer);

	if (buffer->data != NULL && buffer->room - buffer->end >= size)
		return buffer->data + buffer->end;
	if (size > SIZE_MAX / 2 - used) {
		buffer->failed = true;
		return NULL;
	}
	if (buffer->start > 0) {
		memmove(buffer->data, buffer->data + buffer->start, used);
		buffer->start = 0;
		buffer->end = used;
	}
	if (buffer->data == NULL || buffer->room - buffer->end < size) {
		size_t room = buffer->room ? buffer->room : 64;
		uint8_t *data;

		while (room < used + size)
			room *= 2;
		data = realloc(buffer->data, room);
		if (data == NULL) {
			buffer->failed = true;
			return NULL;
		}
		buffer->data = data;
		buffer->room = room;
	}
	return buffer->data + buffer->end;
}

void
dt_buffer_commit(struct dt_buffer *buffer, size_t size)
{
	buffer->end += size;
}

int
dt_buffer_append(struct dt_buffer *buffer, const void *data, size_t size)
{
	uint8_t *at = dt_buffer_reserve(buffer, size);

	if (at == NULL)
		return DICOMTLS_E_NOMEM;
	if (size > 0)
		memcpy(at, data, size);
	dt_buffer_commit(buffer, size);
	return 0;
}

int
dt_buffer_byte(struct dt_buffer *buffer, uint8_t value)
{
	return dt_buffer_append(buffer, &value, 1);
}

int
dt_buffer_be16(struct dt_buffer *buffer, uint16_t value)
{
	uint8_t bytes[] = { (uint8_t)(value >> 8), (uint8_t)value };

	return dt_buffer_append(buffer, bytes, sizeof(bytes));
}

int
dt_buffer_be32(struct dt_buffer *buffer, uint32_t value)
{
	uint8_t bytes[] = { (uint8_t)(value >> 24), (uint8_t)(value >> 16),
		(uint8_t)(value >> 8), (uint8_t)value };

	return dt_buffer_append(buffer, bytes, sizeof(bytes));
}

int
dt_buffer_le16(struct dt_buffer *buffer, uint16_t value)
{
	uint8_t bytes[] = { (uint8_t)value, (uint8_t)(value >> 8) };

	return dt_buffer_append(buffer, bytes, sizeof(bytes));
}

int
dt_buffer_le32(struct dt_buffer *buffer, uint32_t value)
{
	uint8_t bytes[] = { (uint8_t)value, (uint8_t)(value >> 8),
		(uint8_t)(value >> 16), (uint8_t)(value >> 24) };

	return dt_buffer_append(buffer, bytes, sizeof(bytes));
}

int
dt_buffer_text(struct dt_buffer *buffer, const char *text)
{
	return dt_buffer_append(buffer, text, strlen(text));
}

/* Most text fits where it is written first. */
int
dt_buffer_vprintf(struct dt_buffer *buffer, const char *format, va_list args)
{
	size_t room = buffer->room - buffer->end;
	va_list again;
	uint8_t *at;
	int size;

	va_copy(again, args);
	size = vsnprintf(room == 0 ? NULL : (char *)buffer->data + buffer->end,
	    room, format, again);
	va_end(again);
	if (size >= 0 && (size_t)size < room) {
		dt_buffer_commit(buffer, (size_t)size);
		return 0;
	}
	at = size < 0 ? NULL : dt_buffer_reserve(buffer, (size_t)size + 1);
	if (at == NULL) {
		buffer->failed = true;
		return DICOMTLS_E_NOMEM;
	}
	vsnprintf((char *)at, (size_t)size + 1, format, args);
	dt_buffer_commit(buffer, (size_t)size);
	return 0;
}

int
dt_buffer_printf(struct dt_buffer *buffer, const char *format, ...)
{
	va_list args;
	int rc;

	va_start(args, format);
	rc = dt_buffer_vprintf(buffer, format, args);
	va_end(args);
	return rc;
}

void
dt_buffer_consume(struct dt_buffer *buffer, size_t size)
{
	size_t used = dt_buffer_size(buffer);

	if (size < used) {
		buffer->start += size;
		return;
	}
	buffer->start = 0;
	buffer->end = 0;
}

char *
dt_buffer_take_text(struct dt_buffer *buffer)
{
	char *text = NULL;

	dt_buffer_byte(buffer, 0);
	if (!buffer->failed) {
		memmove(buffer->data, buffer->data + buffer->start,
		    dt_buffer_size(buffer));
		text = (char *)buffer->data;
		buffer->data = NULL;
	}
	dt_buffer_clear(buffer);
	return text;
}

void
dt_buffer_trim(struct dt_buffer *buffer)
{
	uint8_t *data =
	    buffer->end > 0 ? realloc(buffer->data, buffer->end) : NULL;

	if (data == NULL)
		return;
	buffer->data = data;
	buffer->room = buffer->end;
}

uint8_t *
dt_buffer_take(struct dt_buffer *buffer)
{
	uint8_t *data = buffer->data;

	*buffer = (struct dt_buffer){ 0 };
	return data;
}

void
dt_buffer_clear(struct dt_buffer *buffer)
{
	free(buffer->data);
	*buffer = (struct dt_buffer){ 0 };
}

void
dt_buffer_wipe(struct dt_buffer *buffer)
{
	if (buffer->data != NULL)
		explicit_bzero(buffer->data, buffer->room);
	dt_buffer_clear(buffer);
}
