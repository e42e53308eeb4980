/*
 * Writes a DICOM file for the tests, and its data set alone beside it, with
 * .data behind the name. Usage:
 * make_dicom FILE SOP-CLASS SOP-INSTANCE TRANSFER-SYNTAX SIZE
 *
 * The data set has class and instance (PS3.5 7.1, explicit or implicit VR) and
 * SIZE octets of pixel data; a very long one is a file with a hole in it, and
 * has no copy.
 */
#include "dicom/part10.h"

#include "dicomtls.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define IMPLICIT_LE "1.2.840.10008.1.2"
#define HOLE_FROM (64ul * 1024 * 1024)

static void
put_uid(struct dt_buffer *out, bool explicit, uint16_t element, const char *uid)
{
	size_t size = strlen(uid) + strlen(uid) % 2;

	dt_buffer_le16(out, 0x0008);
	dt_buffer_le16(out, element);
	if (explicit) {
		dt_buffer_text(out, "UI");
		dt_buffer_le16(out, (uint16_t)size);
	} else {
		dt_buffer_le32(out, (uint32_t)size);
	}
	dt_buffer_append(out, uid, size); /* its NUL is the padding */
}

static void
put_data_set(
    struct dt_buffer *out, const struct dt_part10 *meta, unsigned long size)
{
	bool explicit = strcmp(meta->transfer, IMPLICIT_LE) != 0;

	put_uid(out, explicit, 0x0016, meta->sop_class);
	put_uid(out, explicit, 0x0018, meta->sop_instance);
	dt_buffer_le16(out, 0x7fe0);
	dt_buffer_le16(out, 0x0010);
	if (explicit)
		dt_buffer_append(out, "OW\0\0", 4);
	dt_buffer_le32(out, (uint32_t)size);
	/* Any octets will do that do not repeat every power of two. */
	for (unsigned long i = 0; size < HOLE_FROM && i < size; i++)
		dt_buffer_byte(out, (uint8_t)(i % 251));
}

static bool
write_file(const char *path, struct dt_span bytes, unsigned long hole)
{
	FILE *file = fopen(path, "wb");
	bool good;

	if (file == NULL)
		return false;
	good = fwrite(bytes.data, 1, bytes.size, file) == bytes.size &&
	       fflush(file) == 0 &&
	       ftruncate(fileno(file), (off_t)(bytes.size + hole)) == 0;
	return fclose(file) == 0 && good;
}

int
main(int argc, char **argv)
{
	struct dt_buffer head = { 0 }, data_set = { 0 };
	struct dt_part10 meta = { 0 };
	unsigned long size;
	char path[4096];
	bool good;

	if (argc != 6)
		return 2;
	snprintf(meta.sop_class, sizeof(meta.sop_class), "%s", argv[2]);
	snprintf(meta.sop_instance, sizeof(meta.sop_instance), "%s", argv[3]);
	snprintf(meta.transfer, sizeof(meta.transfer), "%s", argv[4]);
	snprintf(path, sizeof(path), "%s.data", argv[1]);
	size = strtoul(argv[5], NULL, 10);
	put_data_set(&data_set, &meta, size);
	good = dt_part10_write(&meta, &head) == 0 &&
	       dt_buffer_append(
		   &head, data_set.data, dt_buffer_size(&data_set)) == 0 &&
	       write_file(argv[1], dt_buffer_span(&head),
		   size < HOLE_FROM ? 0 : size) &&
	       (size >= HOLE_FROM ||
		   write_file(path, dt_buffer_span(&data_set), 0));
	dt_buffer_clear(&head);
	dt_buffer_clear(&data_set);
	return good ? 0 : 1;
}
