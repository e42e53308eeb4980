/*
 * A bounded cursor over borrowed bytes, for formats with fixed-size fields
 * (PDUs, command sets). Every read can fail; a failed read returns 0 or an
 * empty span and marks the reader, so that a parser of many fields may check
 * once, at the end, with dt_reader_failed.
 */
#ifndef DICOMTLS_BASE_READER_H
#define DICOMTLS_BASE_READER_H

#include "base/span.h"

struct dt_reader {
	const uint8_t *at;
	const uint8_t *end;
	bool failed;
};

struct dt_reader dt_reader(struct dt_span bytes);
size_t dt_reader_left(const struct dt_reader *reader);
bool dt_reader_failed(const struct dt_reader *reader);

uint8_t dt_read_u8(struct dt_reader *reader);
uint16_t dt_read_be16(struct dt_reader *reader);
uint32_t dt_read_be32(struct dt_reader *reader);
uint16_t dt_read_le16(struct dt_reader *reader);
uint32_t dt_read_le32(struct dt_reader *reader);
struct dt_span dt_read_span(struct dt_reader *reader, size_t size);
void dt_read_skip(struct dt_reader *reader, size_t size);

#endif
