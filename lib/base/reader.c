/* Bounded cursor; see reader.h. */
#include "base/reader.h"

/* Bytes that are absent have no data, to which C lets nothing be added. */
struct dt_reader
dt_reader(struct dt_span bytes)
{
	const uint8_t *end =
	    bytes.size == 0 ? bytes.data : bytes.data + bytes.size;

	return (struct dt_reader){ bytes.data, end, false };
}

size_t
dt_reader_left(const struct dt_reader *reader)
{
	return (size_t)(reader->end - reader->at);
}

bool
dt_reader_failed(const struct dt_reader *reader)
{
	return reader->failed;
}

struct dt_span
dt_read_span(struct dt_reader *reader, size_t size)
{
	struct dt_span bytes = { NULL, 0 };

	if (reader->failed || size > dt_reader_left(reader)) {
		reader->failed = true;
		return bytes;
	}
	bytes = dt_span(reader->at, size);
	if (size > 0)
		reader->at += size;
	return bytes;
}

void
dt_read_skip(struct dt_reader *reader, size_t size)
{
	(void)dt_read_span(reader, size);
}

uint8_t
dt_read_u8(struct dt_reader *reader)
{
	struct dt_span b = dt_read_span(reader, 1);

	return b.data ? b.data[0] : 0;
}

uint16_t
dt_read_be16(struct dt_reader *reader)
{
	struct dt_span b = dt_read_span(reader, 2);

	if (b.data == NULL)
		return 0;
	return (uint16_t)(b.data[0] << 8 | b.data[1]);
}

uint32_t
dt_read_be32(struct dt_reader *reader)
{
	uint32_t high = dt_read_be16(reader);

	return high << 16 | dt_read_be16(reader);
}

uint16_t
dt_read_le16(struct dt_reader *reader)
{
	struct dt_span b = dt_read_span(reader, 2);

	if (b.data == NULL)
		return 0;
	return (uint16_t)(b.data[1] << 8 | b.data[0]);
}

uint32_t
dt_read_le32(struct dt_reader *reader)
{
	uint32_t low = dt_read_le16(reader);

	return low | (uint32_t)dt_read_le16(reader) << 16;
}
