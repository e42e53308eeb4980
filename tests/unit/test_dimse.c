#include "dicom/dimse.h"

#include "base/limits.h"
#include "dicom/pdu.h"

#include "dicomtls.h"

#include <criterion/criterion.h>

#define BYTES(...)                                                             \
	dt_span((const uint8_t[]){ __VA_ARGS__ },                              \
	    sizeof((const uint8_t[]){ __VA_ARGS__ }))

/* clang-format off */
/* C-ECHO-RQ of message 7, written from PS3.7 9.3.5.1 and PS3.5 7.1.3. */
static const uint8_t echo_rq[] = {
	0x00, 0x00, 0x00, 0x00, 4, 0, 0, 0, 56, 0, 0, 0,
	0x00, 0x00, 0x02, 0x00, 18, 0, 0, 0,
	'1', '.', '2', '.', '8', '4', '0', '.', '1', '0', '0', '0', '8', '.',
	'1', '.', '1', 0,
	0x00, 0x00, 0x00, 0x01, 2, 0, 0, 0, 0x30, 0x00,
	0x00, 0x00, 0x10, 0x01, 2, 0, 0, 0, 7, 0,
	0x00, 0x00, 0x00, 0x08, 2, 0, 0, 0, 0x01, 0x01,
};
/* clang-format on */

Test(dimse, echo_request_has_the_bytes_of_the_standard)
{
	struct dt_command command = { 0 };
	struct dt_buffer out = { 0 };

	cr_assert_eq(dt_command_c_echo_rq(&command, 7, "1.2.840.10008.1.1"), 0);
	cr_assert_eq(dt_command_encode(&command, &out), 0);
	cr_expect_eq(dt_buffer_size(&out), sizeof(echo_rq));
	cr_expect(dt_span_equal(
	    dt_buffer_span(&out), dt_span(echo_rq, sizeof(echo_rq))));
	dt_command_clear(&command);
	dt_buffer_clear(&out);
}

Test(dimse, echo_request_is_read)
{
	struct dt_command command = { 0 };
	char uid[65];
	uint16_t value;

	cr_assert_eq(
	    dt_command_decode(&command, dt_span(echo_rq, sizeof(echo_rq))), 0);
	cr_expect(dt_command_u16(&command, DT_COMMAND_FIELD, &value));
	cr_expect_eq(value, 0x0030);
	cr_expect(dt_command_u16(&command, DT_COMMAND_MESSAGE_ID, &value));
	cr_expect_eq(value, 7);
	cr_expect(dt_command_text(
	    &command, DT_COMMAND_AFFECTED_CLASS, uid, sizeof(uid)));
	cr_expect_str_eq(uid, "1.2.840.10008.1.1");
	cr_expect_not(dt_command_has_data_set(&command));
	cr_expect_not(dt_command_u16(&command, DT_COMMAND_STATUS, &value));
	cr_expect_not(
	    dt_command_u16(&command, DT_COMMAND_AFFECTED_CLASS, &value),
	    "text is no number");
	dt_command_clear(&command);
}

Test(dimse, echo_response_carries_status_and_message)
{
	struct dt_command command = { 0 };
	uint16_t value;

	cr_assert_eq(dt_command_c_echo_rsp(&command, 9, NULL, 0x0122), 0);
	cr_expect(dt_command_u16(&command, DT_COMMAND_FIELD, &value));
	cr_expect_eq(value, 0x8030);
	cr_expect(dt_command_u16(&command, DT_COMMAND_RESPONDED_ID, &value));
	cr_expect_eq(value, 9);
	cr_expect(dt_command_u16(&command, DT_COMMAND_STATUS, &value));
	cr_expect_eq(value, 0x0122);
	dt_command_clear(&command);
}

Test(dimse, text_that_does_not_fit_is_refused)
{
	struct dt_command command = { 0 };
	char small[17];
	char enough[18];

	cr_assert_eq(
	    dt_command_decode(&command, dt_span(echo_rq, sizeof(echo_rq))), 0);
	cr_expect_not(dt_command_text(
	    &command, DT_COMMAND_AFFECTED_CLASS, small, sizeof(small)));
	cr_expect(dt_command_text(
	    &command, DT_COMMAND_AFFECTED_CLASS, enough, sizeof(enough)));
	dt_command_clear(&command);
}

Test(dimse, elements_are_put_in_ascending_order)
{
	struct dt_command command = { 0 };

	cr_assert_eq(dt_command_put_u16(&command, DT_COMMAND_FIELD, 1), 0);
	cr_expect_eq(dt_command_put_u16(&command, DT_COMMAND_FIELD, 1),
	    DICOMTLS_E_INVALID);
	cr_expect_eq(
	    dt_command_put_uid(&command, DT_COMMAND_AFFECTED_CLASS, "1.2"),
	    DICOMTLS_E_INVALID);
	cr_expect_eq(dt_command_put_u16(&command, 0x10000, 1),
	    DICOMTLS_E_INVALID, "and have four digits");
	dt_command_clear(&command);
}

Test(dimse, every_truncated_command_set_is_refused)
{
	struct dt_command command = { 0 };

	/* Cut between elements a set may still be whole; before the command
	 * field ends, at byte 48, it never is. */
	for (size_t n = 0; n < sizeof(echo_rq); n++) {
		int rc = dt_command_decode(&command, dt_span(echo_rq, n));
		bool whole = n == 48 || n == 58;

		cr_expect_eq(rc, whole ? 0 : DICOMTLS_E_FORMAT, "%zu bytes", n);
	}
	dt_command_clear(&command);
}

Test(dimse, malformed_command_sets_are_refused)
{
	struct dt_command command = { 0 };

	cr_expect_eq(dt_command_decode(
			 &command, BYTES(8, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0)),
	    DICOMTLS_E_FORMAT, "another group");
	cr_expect_eq(
	    dt_command_decode(&command, BYTES(0, 0, 0, 1, 2, 0, 0, 0, 0x30, 0)),
	    DICOMTLS_E_FORMAT, "no group length");
	cr_expect_eq(dt_command_decode(&command,
			 BYTES(0, 0, 0, 0, 4, 0, 0, 0, 10, 0, 0, 0, 0, 0, 0, 1,
			     0xff, 0xff, 0xff, 0xff, 0x30, 0)),
	    DICOMTLS_E_FORMAT, "length past the end");
	cr_expect_eq(
	    dt_command_decode(&command,
		BYTES(0, 0, 0, 0, 4, 0, 0, 0, 20, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0,
		    0, 0x30, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0x30, 0)),
	    DICOMTLS_E_FORMAT, "the same element twice");
	cr_expect_eq(
	    dt_command_decode(&command,
		BYTES(0, 0, 0, 0, 4, 0, 0, 0, 20, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0,
		    0, 0x30, 0, 0, 0, 0, 2, 1, 0, 0, 0, 0x30)),
	    DICOMTLS_E_FORMAT, "odd length");
	cr_expect_eq(
	    dt_command_decode(&command, BYTES(0, 0, 0, 0, 4, 0, 0, 0, 10, 0, 0,
					    0, 0, 0, 0, 9, 2, 0, 0, 0, 0, 0)),
	    DICOMTLS_E_FORMAT, "no command field");
	dt_command_clear(&command);
}

Test(dimse, refused_command_set_leaves_the_old_one)
{
	struct dt_command command = { 0 };
	uint16_t value = 0;

	cr_assert_eq(dt_command_c_echo_rq(&command, 7, NULL), 0);
	cr_assert_eq(
	    dt_command_decode(&command, BYTES(1, 2, 3)), DICOMTLS_E_FORMAT);
	cr_expect(dt_command_u16(&command, DT_COMMAND_MESSAGE_ID, &value));
	cr_expect_eq(value, 7);
	dt_command_clear(&command);
}

/* Counts PDUs, checks their size and feeds them to a reassembly. */
struct through {
	struct dt_dimse dimse;
	size_t most;
	unsigned count;
	int last;
};

static int
pass(struct dt_span pdu, void *arg)
{
	struct through *t = arg;
	struct dt_reader body = dt_pdu_body(pdu);
	struct dt_pdv pdv;

	cr_expect_leq(pdu.size - DT_PDU_HEADER_SIZE, t->most);
	cr_assert_eq(dt_pdu_next_pdv(&body, &pdv), 1);
	cr_expect(pdv.command);
	cr_expect_eq(pdv.context, 5);
	cr_expect_eq(t->last, 0, "nothing follows the last fragment");
	t->last = dt_dimse_take(&t->dimse, &pdv);
	t->count++;
	return 0;
}

static void
send_through(uint32_t max_length, unsigned pdus)
{
	struct through t = { .most = max_length ? max_length : SIZE_MAX };
	struct dt_command command = { 0 };
	uint16_t value = 0;

	cr_assert_eq(dt_command_c_echo_rq(&command, 7, "1.2.840.10008.1.1"), 0);
	cr_expect_eq(dt_dimse_fragment(&command, 5, max_length, pass, &t), 0);
	cr_expect_eq(
	    t.count, pdus, "max length %u: %u PDUs", max_length, t.count);
	cr_expect_eq(t.last, DT_DIMSE_COMMAND);
	cr_expect(
	    dt_command_u16(&t.dimse.command, DT_COMMAND_MESSAGE_ID, &value));
	cr_expect_eq(value, 7);
	dt_command_clear(&command);
	dt_dimse_clear(&t.dimse);
}

/* 68 bytes; a PDU of length L carries L - 6 of them, an even number. */
Test(dimse, fragments_respect_the_maximum_length)
{
	send_through(0, 1);
	send_through(74, 1);
	send_through(73, 2);
	send_through(40, 2);
	send_through(8, 34);
}

static int
refuse(struct dt_span pdu, void *arg)
{
	unsigned *count = arg;

	cr_expect_gt(pdu.size, 0);
	(*count)++;
	return DICOMTLS_E_NOMEM;
}

Test(dimse, fragmenting_stops_when_a_pdu_is_not_taken)
{
	struct dt_command command = { 0 };
	unsigned count = 0;

	cr_assert_eq(dt_command_c_echo_rq(&command, 7, NULL), 0);
	cr_expect_eq(dt_dimse_fragment(&command, 1, 8, refuse, &count),
	    DICOMTLS_E_NOMEM);
	cr_expect_eq(count, 1);
	dt_command_clear(&command);
}

static struct dt_pdv
value(uint8_t context, bool command, bool last, struct dt_span bytes)
{
	return (struct dt_pdv){ context, command, last, bytes };
}

static void
expect_step(
    struct dt_dimse *dimse, const struct dt_pdv *pdv, int step, bool whole)
{
	cr_expect_eq(dt_dimse_take(dimse, pdv), step);
	cr_expect_eq(dt_dimse_is_whole(dimse, step, pdv), whole);
}

Test(dimse, message_with_data_set_ends_with_the_data_set)
{
	static const uint8_t store[] = {
		0,
		0,
		0,
		0,
		4,
		0,
		0,
		0,
		20,
		0,
		0,
		0,
		0,
		0,
		0,
		1,
		2,
		0,
		0,
		0,
		1,
		0,
		0,
		0,
		0,
		8,
		2,
		0,
		0,
		0,
		0,
		0,
	};
	struct dt_pdv command =
	    value(1, true, true, dt_span(store, sizeof(store)));
	struct dt_pdv more = value(1, false, false, BYTES(1, 2));
	struct dt_pdv last = value(1, false, true, BYTES(3, 4));
	struct dt_dimse dimse = { 0 };

	expect_step(&dimse, &command, DT_DIMSE_COMMAND, false);
	expect_step(&dimse, &more, DT_DIMSE_DATA, false);
	expect_step(&dimse, &last, DT_DIMSE_DATA, true);
	dt_dimse_reset(&dimse);
	cr_expect_eq(dt_dimse_take(&dimse, &more), DICOMTLS_E_INVALID,
	    "a data set needs its command");
	dt_dimse_clear(&dimse);
}

Test(dimse, message_stays_in_its_context)
{
	struct dt_pdv first = value(1, true, false, dt_span(echo_rq, 10));
	struct dt_pdv other =
	    value(3, true, true, dt_span(echo_rq + 10, sizeof(echo_rq) - 10));
	struct dt_dimse dimse = { 0 };

	cr_assert_eq(dt_dimse_take(&dimse, &first), 0);
	cr_expect_eq(dt_dimse_take(&dimse, &other), DICOMTLS_E_INVALID);
	dt_dimse_clear(&dimse);
}

Test(dimse, data_set_inside_a_command_is_refused)
{
	struct dt_pdv first = value(1, true, false, dt_span(echo_rq, 10));
	struct dt_pdv data = value(1, false, true, BYTES(1, 2));
	struct dt_dimse dimse = { 0 };

	cr_assert_eq(dt_dimse_take(&dimse, &first), 0);
	cr_expect_eq(dt_dimse_take(&dimse, &data), DICOMTLS_E_INVALID);
	dt_dimse_clear(&dimse);
}

Test(dimse, endless_command_set_is_cut_off)
{
	static const uint8_t block[4096];
	struct dt_pdv pdv =
	    value(1, true, false, dt_span(block, sizeof(block)));
	struct dt_dimse dimse = { 0 };
	unsigned taken = 0;

	while (taken < 1000 && dt_dimse_take(&dimse, &pdv) == 0)
		taken++;
	cr_expect_eq(taken, DT_MAX_COMMAND_SET / sizeof(block));
	cr_expect_eq(dt_dimse_take(&dimse, &pdv), DICOMTLS_E_LIMIT);
	dt_dimse_clear(&dimse);
}

/* PS3.7 E.1: the command field has value representation US, two octets, and
 * the group length UL, four. */
Test(dimse, elements_of_another_size_are_not_what_they_seem)
{
	struct dt_command command = { 0 };

	cr_expect_eq(dt_command_decode(
			 &command, BYTES(0, 0, 0, 0, 4, 0, 0, 0, 12, 0, 0, 0, 0,
				       0, 0, 1, 4, 0, 0, 0, 0x30, 0, 0, 0)),
	    DICOMTLS_E_FORMAT, "a command field of four octets");
	cr_expect_eq(
	    dt_command_decode(&command, BYTES(0, 0, 0, 0, 2, 0, 0, 0, 10, 0, 0,
					    0, 0, 1, 2, 0, 0, 0, 0x30, 0)),
	    DICOMTLS_E_FORMAT, "a group length of two");
	cr_expect_eq(dt_command_decode(
			 &command, BYTES(0, 0, 0, 1, 4, 0, 0, 0, 10, 0, 0, 0, 0,
				       0, 0, 1, 2, 0, 0, 0, 0x30, 0)),
	    DICOMTLS_E_FORMAT, "another element before");
	cr_expect_not(dt_command_has_data_set(&command));
	dt_command_clear(&command);
}

/* PS3.5 6.2: padding is at the end. */
Test(dimse, text_with_a_nul_inside_is_none)
{
	struct dt_command command = { 0 };
	char text[20];

	cr_assert_eq(
	    dt_command_decode(&command,
		BYTES(0, 0, 0, 0, 4, 0, 0, 0, 22, 0, 0, 0, 0, 0, 2, 0, 4, 0, 0,
		    0, '1', 0, '2', 0, 0, 0, 0, 1, 2, 0, 0, 0, 0x30, 0)),
	    0);
	cr_expect_not(dt_command_text(
	    &command, DT_COMMAND_AFFECTED_CLASS, text, sizeof(text)));
	cr_expect_not(dt_command_has_data_set(&command),
	    "without the element that says so");
	dt_command_clear(&command);
}

/* PS3.8 D.1 counts the length of the item and two octets of header; E.2 wants
 * an even length. Less than one of these cannot be sent to anybody. */
Test(dimse, fragments_fit_what_the_peer_takes)
{
	cr_expect_eq(dt_dimse_fragment_size(10), 4);
	cr_expect_eq(dt_dimse_fragment_size(11), 4);
	cr_expect_eq(dt_dimse_fragment_size(8), 2);
	cr_expect_eq(dt_dimse_fragment_size(7), 2);
	cr_expect_eq(dt_dimse_fragment_size(1), 2);
	cr_expect_eq(
	    dt_dimse_fragment_size(0), dt_dimse_fragment_size(UINT32_MAX));
}

Test(dimse, store_request_names_its_mover_or_none)
{
	struct dt_store_request request = { .message_id = 3,
		.class_uid = "1.2",
		.instance_uid = "1.3",
		.move_ae = "MOVER",
		.move_message_id = 9 };
	struct dt_command command = { 0 };
	char text[20];
	uint16_t value = 0;

	cr_assert_eq(dt_command_c_store_rq(&command, &request), 0);
	cr_expect(dt_command_text(
	    &command, DT_COMMAND_MOVE_TITLE, text, sizeof(text)));
	cr_expect_str_eq(text, "MOVER");
	cr_expect(dt_command_u16(&command, DT_COMMAND_MOVE_ID, &value));
	cr_expect_eq(value, 9);
	request.move_ae = NULL;
	cr_assert_eq(dt_command_c_store_rq(&command, &request), 0);
	cr_expect_not(dt_command_text(
	    &command, DT_COMMAND_MOVE_TITLE, text, sizeof(text)));
	cr_expect_not(dt_command_u16(&command, DT_COMMAND_MOVE_ID, &value));
	cr_expect(dt_command_has_data_set(&command));
	dt_command_clear(&command);
}
