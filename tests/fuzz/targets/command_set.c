/* Any octets as a DIMSE command set; what was read is written and read
 * again. */
#include "target.h"

#include "dicom/dimse.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *copy = fuzz_copy(dt_span(data, size));
	struct dt_command command = { { 0 } }, second = { { 0 } };
	struct dt_buffer bytes = { 0 };
	char text[65];
	uint16_t number;

	if (dt_command_decode(&command, dt_span(copy, size)) == 0) {
		for (unsigned element = 0; element < 0x1100; element += 0x10)
			if (dt_command_text(
				&command, element, text, sizeof(text)))
				REQUIRE(memchr(text, 0, sizeof(text)) != NULL);
		REQUIRE(dt_command_u16(&command, DT_COMMAND_FIELD, &number));
		(void)dt_command_has_data_set(&command);
		REQUIRE(dt_command_encode(&command, &bytes) == 0);
		REQUIRE(
		    dt_command_decode(&second, dt_buffer_span(&bytes)) == 0);
		REQUIRE(dt_span_equal(dt_buffer_span(&command.elements),
		    dt_buffer_span(&second.elements)));
	}
	dt_buffer_clear(&bytes);
	dt_command_clear(&command);
	dt_command_clear(&second);
	free(copy);
	return 0;
}
