/* The DICOM file that is sent: as little as makes a Secondary Capture for a
 * peer that reads it, and pixel data. */
#include "net.h"

#include "dicom/part10.h"

#include <stdio.h>
#include <string.h>

#define BLOCK (1u << 20)

static void
put_uid(struct dt_buffer *out, uint16_t element, const char *uid)
{
	size_t size = strlen(uid) + strlen(uid) % 2;

	dt_buffer_le16(out, 0x0008);
	dt_buffer_le16(out, element);
	dt_buffer_text(out, "UI");
	dt_buffer_le16(out, (uint16_t)size);
	dt_buffer_append(out, uid, size);
}

static bool
make_head(struct dt_buffer *out, uint64_t pixels)
{
	const struct dt_part10 meta = { NET_CLASS, NET_INSTANCE, NET_TRANSFER };

	if (dt_part10_write(&meta, out) < 0)
		return false;
	put_uid(out, 0x0016, NET_CLASS);
	put_uid(out, 0x0018, NET_INSTANCE);
	/* PixelData (7FE0,0010), OW: reserved octets and a long length. */
	dt_buffer_le16(out, 0x7fe0);
	dt_buffer_le16(out, 0x0010);
	dt_buffer_text(out, "OW");
	dt_buffer_le16(out, 0);
	dt_buffer_le32(out, (uint32_t)pixels);
	return !dt_buffer_failed(out);
}

static bool
write_pixels(FILE *file, uint64_t left)
{
	static uint8_t block[BLOCK];

	for (size_t i = 0; i < sizeof(block); i++)
		block[i] = (uint8_t)(i * 31 + i / 251);
	while (left > 0) {
		size_t size = left < BLOCK ? (size_t)left : BLOCK;

		if (fwrite(block, 1, size, file) != size)
			return false;
		left -= size;
	}
	return true;
}

bool
net_make_file(uint64_t pixels)
{
	struct dt_buffer head = { 0 };
	FILE *file = fopen(NET_FILE, "we");
	bool good = file != NULL && make_head(&head, pixels) &&
		    fwrite(dt_buffer_span(&head).data, 1, dt_buffer_size(&head),
			file) == dt_buffer_size(&head) &&
		    write_pixels(file, pixels);

	if (file != NULL && fclose(file) != 0)
		good = false;
	dt_buffer_clear(&head);
	if (!good)
		perror(NET_FILE);
	return good;
}
