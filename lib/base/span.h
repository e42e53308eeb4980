/*
 * A borrowed run of bytes. Whoever holds the bytes decides their lifetime;
 * a span never owns anything.
 */
#ifndef DICOMTLS_BASE_SPAN_H
#define DICOMTLS_BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct dt_span {
	const uint8_t *data;
	size_t size;
};

static inline struct dt_span
dt_span(const void *data, size_t size)
{
	return (struct dt_span){ data, size };
}

/* Spans absent from an encoding have no data; present but empty ones do. */
static inline bool
dt_span_is_set(struct dt_span s)
{
	return s.data != NULL;
}

static inline bool
dt_span_equal(struct dt_span a, struct dt_span b)
{
	return a.size == b.size &&
	       (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

/* All but the first octets; there must be as many. */
static inline struct dt_span
dt_span_tail(struct dt_span s, size_t from)
{
	return dt_span(s.data + from, s.size - from);
}

/* ASCII only, whatever the locale. */
static inline uint8_t
dt_ascii_lower(uint8_t c)
{
	return c >= 'A' && c <= 'Z' ? (uint8_t)(c - 'A' + 'a') : c;
}

/* Equal but for the case of ASCII letters. */
static inline bool
dt_span_equal_nocase(struct dt_span a, struct dt_span b)
{
	if (a.size != b.size)
		return false;
	for (size_t i = 0; i < a.size; i++)
		if (dt_ascii_lower(a.data[i]) != dt_ascii_lower(b.data[i]))
			return false;
	return true;
}

/* A total order for sorting and searching: short before long, then octet by
 * octet. */
static inline int
dt_span_compare(struct dt_span a, struct dt_span b)
{
	if (a.size != b.size)
		return a.size < b.size ? -1 : 1;
	return a.size == 0 ? 0 : memcmp(a.data, b.data, a.size);
}

#endif
