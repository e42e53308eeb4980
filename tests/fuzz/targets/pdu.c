/* Any octets as a sequence of PDUs; an association that was read is written
 * and read again. */
#include "target.h"

#include "dicom/pdu.h"

static void
decode_associate(struct dt_span pdu)
{
	struct dt_association first, second;
	struct dt_buffer bytes = { 0 }, again = { 0 };

	if (dt_pdu_decode_associate(pdu, &first) != 0)
		return;
	REQUIRE(dt_pdu_encode_associate(&first, &bytes) == 0);
	REQUIRE(dt_pdu_decode_associate(dt_buffer_span(&bytes), &second) == 0);
	REQUIRE(dt_pdu_encode_associate(&second, &again) == 0);
	REQUIRE(dt_span_equal(dt_buffer_span(&bytes), dt_buffer_span(&again)));
	dt_buffer_clear(&bytes);
	dt_buffer_clear(&again);
	dt_association_clear(&first);
	dt_association_clear(&second);
}

static void
decode_data(struct dt_span pdu)
{
	struct dt_reader body = dt_pdu_body(pdu);
	struct dt_dimse dimse = { 0 };
	struct dt_pdv pdv;
	size_t values = 0;
	int rc = 0;

	while (rc >= 0 && dt_pdu_next_pdv(&body, &pdv) == 1) {
		values += pdv.bytes.size;
		rc = dt_dimse_take(&dimse, &pdv);
		if (rc >= 0 && dt_dimse_is_whole(&dimse, rc, &pdv))
			dt_dimse_reset(&dimse);
	}
	REQUIRE(values <= pdu.size);
	dt_dimse_clear(&dimse);
}

static void
decode(uint8_t type, struct dt_span pdu)
{
	uint8_t a, b, c;

	switch (type) {
	case DT_PDU_ASSOCIATE_RQ:
	case DT_PDU_ASSOCIATE_AC:
		decode_associate(pdu);
		break;
	case DT_PDU_ASSOCIATE_RJ:
		(void)dt_pdu_decode_reject(pdu, &a, &b, &c);
		break;
	case DT_PDU_DATA_TF:
		decode_data(pdu);
		break;
	case DT_PDU_ABORT:
		(void)dt_pdu_decode_abort(pdu, &a, &b);
		break;
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct dt_span input = dt_span(data, size);
	uint8_t type;
	size_t length;

	while (dt_pdu_header(input, &type, &length) == 1) {
		uint8_t *copy;

		REQUIRE(length >= DT_PDU_HEADER_SIZE);
		if (length > input.size)
			break;
		copy = fuzz_copy(fuzz_take(&input, length));
		decode(type, dt_span(copy, length));
		free(copy);
	}
	return 0;
}
