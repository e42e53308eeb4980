/* Any octets as the head of a DICOM file; what was read is written and read
 * again. */
#include "target.h"

#include "base/limits.h"
#include "dicom/part10.h"

static void
write_and_read(const struct dt_part10 *meta)
{
	struct dt_buffer bytes = { 0 };
	struct dt_part10 second;
	size_t size;

	REQUIRE(dt_part10_write(meta, &bytes) == 0);
	REQUIRE(
	    dt_part10_read(dt_buffer_span(&bytes), &second, &size, NULL) == 0);
	REQUIRE(size == dt_buffer_size(&bytes));
	REQUIRE(strcmp(meta->sop_class, second.sop_class) == 0);
	REQUIRE(strcmp(meta->sop_instance, second.sop_instance) == 0);
	REQUIRE(strcmp(meta->transfer, second.transfer) == 0);
	dt_buffer_clear(&bytes);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *copy = fuzz_copy(dt_span(data, size));
	struct dt_part10 meta;
	struct dt_message why = { "" };
	size_t head;

	if (dt_part10_read(dt_span(copy, size), &meta, &head, &why) == 0) {
		REQUIRE(head >= DT_PART10_PREFIX && head <= size);
		/* What becomes the name of a file. */
		REQUIRE(strspn(meta.sop_instance, "0123456789.") ==
			strlen(meta.sop_instance));
		REQUIRE(strstr(meta.sop_instance, "..") == NULL);
		write_and_read(&meta);
	} else {
		REQUIRE(why.text[0] != '\0');
	}
	free(copy);
	return 0;
}
