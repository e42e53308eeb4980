/*
 * Writes a DICOM file for the tests, and its data set alone beside it, with
 * .data behind the name. Usage:
 * make_dicom FILE SOP-CLASS SOP-INSTANCE TRANSFER-SYNTAX SIZE [NAME ID]
 *
 * The data set has class and instance (PS3.5 7.1, explicit or implicit VR),
 * the patient's name and number where they are given, and SIZE octets of pixel
 * data; a very long one is a file with a hole in it, and has no copy.
 */
#include "dicom/part10.h"

#include "dicomtls.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define IMPLICIT_LE "1.2.840.10008.1.2"
#define HOLE_FROM (64ul * 1024 * 1024)

/* Tag, and VR where it is explicit. */
struct element {
	uint16_t group, number;
	const char *vr;
};

static void
put_text(struct dt_buffer *out, bool explicit, struct element element,
    const char *text)
{
	size_t size = strlen(text) + strlen(text) % 2;

	dt_buffer_le16(out, element.group);
	dt_buffer_le16(out, element.number);
	if (explicit) {
		dt_buffer_text(out, element.vr);
		dt_buffer_le16(out, (uint16_t)size);
	} else {
		dt_buffer_le32(out, (uint32_t)size);
	}
	dt_buffer_append(out, text, size); /* its NUL is the padding */
}

static void
put_patient(struct dt_buffer *out, bool explicit, char *const *patient)
{
	static const struct element name = { 0x0010, 0x0010, "PN" };
	static const struct element id = { 0x0010, 0x0020, "LO" };

	put_text(out, explicit, name, patient[0]);
	put_text(out, explicit, id, patient[1]);
}

static void
put_data_set(struct dt_buffer *out, const struct dt_part10 *meta,
    unsigned long size, char *const *patient)
{
	static const struct element class = { 0x0008, 0x0016, "UI" };
	static const struct element instance = { 0x0008, 0x0018, "UI" };
	bool explicit = strcmp(meta->transfer, IMPLICIT_LE) != 0;

	put_text(out, explicit, class, meta->sop_class);
	put_text(out, explicit, instance, meta->sop_instance);
	if (patient != NULL)
		put_patient(out, explicit, patient);
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

	if (argc != 6 && argc != 8)
		return 2;
	snprintf(meta.sop_class, sizeof(meta.sop_class), "%s", argv[2]);
	snprintf(meta.sop_instance, sizeof(meta.sop_instance), "%s", argv[3]);
	snprintf(meta.transfer, sizeof(meta.transfer), "%s", argv[4]);
	snprintf(path, sizeof(path), "%s.data", argv[1]);
	size = strtoul(argv[5], NULL, 10);
	put_data_set(&data_set, &meta, size, argc == 8 ? argv + 6 : NULL);
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
