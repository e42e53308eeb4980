/* Items of association PDUs; see pdu_item.h. */
#include "dicom/pdu_item.h"

void
dt_pdu_item_put(struct dt_buffer *out, uint8_t type, struct dt_span content)
{
	out->failed |= content.size > UINT16_MAX;
	dt_buffer_byte(out, type);
	dt_buffer_byte(out, 0);
	dt_buffer_be16(out, (uint16_t)content.size);
	dt_buffer_append(out, content.data, content.size);
}

void
dt_pdu_item_put_text(struct dt_buffer *out, uint8_t type, const char *text)
{
	dt_pdu_item_put(out, type, dt_span(text, strlen(text)));
}

void
dt_pdu_item_put_gathered(
    struct dt_buffer *out, uint8_t type, struct dt_buffer *part)
{
	dt_pdu_item_put(out, type, dt_buffer_span(part));
	out->failed |= dt_buffer_failed(part);
	dt_buffer_clear(part);
}

bool
dt_pdu_item_next(struct dt_reader *in, uint8_t *type, struct dt_span *content)
{
	if (dt_reader_left(in) == 0)
		return false;
	*type = dt_read_u8(in);
	dt_read_skip(in, 1);
	*content = dt_read_span(in, dt_read_be16(in));
	return !dt_reader_failed(in);
}

struct dt_span
dt_pdu_item_unpadded(struct dt_span uid)
{
	while (uid.size > 0 && (uid.data[uid.size - 1] == '\0' ||
				   uid.data[uid.size - 1] == ' '))
		uid.size--;
	return uid;
}
