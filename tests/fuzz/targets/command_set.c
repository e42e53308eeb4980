/* Any octets as a DIMSE command set; what was read is written and read again,
 * and cut into P-DATA-TF PDUs of any length and put together again. */
#include "target.h"

#include "dicom/pdu.h"

/* Puts the fragments together that dt_dimse_fragment hands over. */
static int
take_fragment(struct dt_span pdu, void *arg)
{
	struct dt_dimse *dimse = arg;
	struct dt_reader body = dt_pdu_body(pdu);
	struct dt_pdv pdv;
	uint8_t type;
	size_t size;

	REQUIRE(dt_pdu_header(pdu, &type, &size) == 1);
	REQUIRE(type == DT_PDU_DATA_TF && size == pdu.size);
	REQUIRE(!dimse->has_command);
	REQUIRE(dt_pdu_next_pdv(&body, &pdv) == 1);
	REQUIRE(dt_dimse_take(dimse, &pdv) ==
		(pdv.last ? DT_DIMSE_COMMAND : DT_DIMSE_MORE));
	REQUIRE(dt_pdu_next_pdv(&body, &pdv) == 0);
	return 0;
}

static void
cut_and_take(const struct dt_command *command, uint32_t max_length)
{
	struct dt_dimse dimse = { 0 };

	REQUIRE(dt_dimse_fragment(
		    command, 1, max_length, take_fragment, &dimse) == 0);
	REQUIRE(dimse.has_command && dimse.context == 1);
	REQUIRE(dt_span_equal(dt_buffer_span(&dimse.command.elements),
	    dt_buffer_span(&command->elements)));
	dt_dimse_clear(&dimse);
}

/* The answer an SCP gives to it. */
static void
answer(const struct dt_command *command)
{
	struct dt_command response = { { 0 } };
	char class_uid[65] = "", instance[65] = "";
	struct dt_store_request request = {
		.context = 1, .class_uid = class_uid, .instance_uid = instance
	};

	(void)dt_command_u16(
	    command, DT_COMMAND_MESSAGE_ID, &request.message_id);
	(void)dt_command_text(
	    command, DT_COMMAND_AFFECTED_CLASS, class_uid, sizeof(class_uid));
	(void)dt_command_text(
	    command, DT_COMMAND_AFFECTED_INSTANCE, instance, sizeof(instance));
	REQUIRE(dt_command_c_store_rsp(&response, &request, 0) == 0);
	REQUIRE(!dt_command_has_data_set(&response));
	REQUIRE(dt_command_c_echo_rsp(
		    &response, request.message_id, class_uid, 0) == 0);
	dt_command_clear(&response);
}

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
		cut_and_take(&command, size > 0 ? data[size - 1] : 0u);
		answer(&command);
	}
	dt_buffer_clear(&bytes);
	dt_command_clear(&command);
	dt_command_clear(&second);
	free(copy);
	return 0;
}
