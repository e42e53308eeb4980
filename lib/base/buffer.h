/*
 * A byte queue: bytes are appended at the end and consumed at the start.
 * A failed append leaves the buffer unchanged and is remembered, so that a
 * writer of many fields may check once, at the end, with dt_buffer_failed.
 */
#ifndef DICOMTLS_BASE_BUFFER_H
#define DICOMTLS_BASE_BUFFER_H

#include "base/span.h"

#include <stdarg.h>

struct dt_buffer {
	uint8_t *data;
	size_t start; /* first byte not consumed yet */
	size_t end;
	size_t room;
	bool failed;
};

/* Bytes held now; the span is valid until the buffer changes. */
struct dt_span dt_buffer_span(const struct dt_buffer *buffer);
size_t dt_buffer_size(const struct dt_buffer *buffer);

/* All appends return 0 or DICOMTLS_E_NOMEM. */
int dt_buffer_append(struct dt_buffer *buffer, const void *data, size_t size);
int dt_buffer_byte(struct dt_buffer *buffer, uint8_t value);
int dt_buffer_be16(struct dt_buffer *buffer, uint16_t value);
int dt_buffer_be32(struct dt_buffer *buffer, uint32_t value);
int dt_buffer_le16(struct dt_buffer *buffer, uint16_t value);
int dt_buffer_le32(struct dt_buffer *buffer, uint32_t value);
int dt_buffer_text(struct dt_buffer *buffer, const char *text);
int dt_buffer_printf(struct dt_buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
int dt_buffer_vprintf(struct dt_buffer *buffer, const char *format,
    va_list args) __attribute__((format(printf, 2, 0)));

/* Makes room for size bytes and returns where to put them, NULL if there is
 * no memory. dt_buffer_commit says how many were written. */
uint8_t *dt_buffer_reserve(struct dt_buffer *buffer, size_t size);
void dt_buffer_commit(struct dt_buffer *buffer, size_t size);

/* Drops size bytes (at most all) from the start. */
void dt_buffer_consume(struct dt_buffer *buffer, size_t size);

/* True if any append failed since the buffer was cleared. */
bool dt_buffer_failed(const struct dt_buffer *buffer);

/* Ends the text with a NUL and hands it to the caller, who frees it with
 * free(); NULL after any failure. The buffer is empty afterwards. */
char *dt_buffer_take_text(struct dt_buffer *buffer);

/* Gives room that is not used back. The bytes may move. */
void dt_buffer_trim(struct dt_buffer *buffer);

/* Hands the memory to the caller, who frees it with free(): the bytes stay
 * where they are. The buffer is empty afterwards. */
uint8_t *dt_buffer_take(struct dt_buffer *buffer);

/* Frees the bytes; the buffer is empty and usable again. */
void dt_buffer_clear(struct dt_buffer *buffer);
/* The same, and nothing of the bytes is left in memory. Growing may have left
 * copies: a buffer for secrets gets its room at once. */
void dt_buffer_wipe(struct dt_buffer *buffer);

#endif
