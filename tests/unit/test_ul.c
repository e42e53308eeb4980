#include "dicom/ul.h"

#include "base/limits.h"
#include "ul_ends.h"

#include "dicomtls.h"

#include <criterion/criterion.h>
#include <stdio.h>

#define BYTES(...)                                                             \
	dt_span((const uint8_t[]){ __VA_ARGS__ },                              \
	    sizeof((const uint8_t[]){ __VA_ARGS__ }))

TestSuite(ul, .init = open_ends, .fini = close_ends);

Test(ul, association_echo_and_release)
{
	expect_log(&scp, "artim ");
	ask();
	expect_log(&scu, "send1 ");
	carry(&scu, &scp, SIZE_MAX);
	accept_one();
	carry(&scp, &scu, SIZE_MAX);
	cr_expect_null(strstr(scp.log, "close"));
	scu.log[0] = scp.log[0] = '\0';

	scp.echo = true;
	cr_expect_eq(send_echo(&scu, 1), DT_UL_OK);
	carry(&scu, &scp, SIZE_MAX);
	expect_log(&scp, "pdu4/80 command(1,0030) send4 ");
	carry(&scp, &scu, SIZE_MAX);
	expect_log(&scu, "send4 pdu4/90 command(1,8030) ");

	cr_expect_eq(dt_ul_release_request(scu.ul), DT_UL_OK);
	carry(&scu, &scp, SIZE_MAX);
	expect_log(&scp, "pdu5/10 release ");
	cr_expect_eq(dt_ul_release_response(scp.ul), DT_UL_OK);
	carry(&scp, &scu, SIZE_MAX);
	expect_log(&scu, "send5 pdu6/10 released close ");
	cr_expect_not(dt_ul_is_associated(scu.ul));
	dt_ul_transport_closed(scp.ul);
	expect_log(&scp, "send6 artim stop ");
}

Test(ul, bytes_may_come_one_by_one)
{
	ask();
	carry(&scu, &scp, 1);
	accept_one();
	carry(&scp, &scu, 1);
	cr_expect(dt_ul_is_associated(scu.ul));
	cr_expect_eq(send_echo(&scu, 1), DT_UL_OK);
	scp.log[0] = '\0';
	carry(&scu, &scp, 1);
	expect_log(&scp, "pdu4/80 command(1,0030) ");
}

Test(ul, several_pdus_may_come_at_once)
{
	associate();
	send_echo(&scu, 1);
	send_echo(&scu, 1);
	dt_ul_release_request(scu.ul);
	carry(&scu, &scp, SIZE_MAX);
	expect_log(&scp, "pdu4/80 command(1,0030) pdu4/80 command(1,0030) "
			 "pdu5/10 release ");
}

/* The acceptor's object claims more than was proposed: it does not go out. */
Test(ul, roles_and_windows_are_negotiated)
{
	struct dt_association request, answer;
	const struct dt_presentation *p;

	make_request(&request);
	dt_association_at(&request, 0)->has_roles = true;
	dt_association_at(&request, 0)->provider_role = 1;
	request.has_window = true;
	request.invoked = 3;
	request.performed = 1;
	cr_assert_eq(dt_ul_associate_request(scu.ul, &request), DT_UL_OK);
	carry(&scu, &scp, SIZE_MAX);
	p = dt_association_at(dt_ul_request(scp.ul), 0);
	cr_expect(p->has_roles);
	cr_expect_eq(p->user_role, 0);
	cr_expect_eq(p->provider_role, 1);
	cr_expect_eq(dt_ul_request(scp.ul)->invoked, 3);

	cr_assert_eq(dt_association_copy(&answer, dt_ul_request(scp.ul)), 0);
	answer.request = false;
	dt_association_at(&answer, 0)->user_role = 1;
	answer.invoked = 9;
	for (size_t i = 1; i < answer.contexts.count; i++)
		dt_association_at(&answer, i)->result =
		    DT_RESULT_USER_REJECTION;
	cr_assert_eq(dt_ul_associate_accept(scp.ul, &answer), DT_UL_OK);
	carry(&scp, &scu, SIZE_MAX);
	p = dt_association_at(dt_ul_answer(scu.ul), 0);
	cr_expect(p->has_roles);
	cr_expect_eq(p->user_role, 0);
	cr_expect_eq(p->provider_role, 1);
	cr_expect_eq(dt_ul_answer(scu.ul)->invoked, 3);
	dt_association_clear(&request);
	dt_association_clear(&answer);
}

Test(ul, answer_seen_by_the_requestor_names_abstract_syntaxes)
{
	const struct dt_association *answer;

	associate();
	answer = dt_ul_answer(scu.ul);
	cr_assert_not_null(answer);
	cr_expect_eq(answer->contexts.count, 2);
	cr_expect_str_eq(
	    dt_association_find(answer, 1)->abstract, DT_UID_VERIFICATION);
	cr_expect_eq(dt_association_find(answer, 3)->result,
	    DT_RESULT_NO_REASON, "the answer left it out");
	cr_expect_str_eq(dt_ul_request(scp.ul)->calling, "SCU");
}

Test(ul, unlimited_length_is_announced_as_our_limit)
{
	struct dt_association request;

	make_request(&request);
	request.max_length = 0;
	cr_assert_eq(dt_ul_associate_request(scu.ul, &request), DT_UL_OK);
	dt_association_clear(&request);
	carry(&scu, &scp, SIZE_MAX);
	cr_expect_eq(dt_ul_request(scp.ul)->max_length, DT_MAX_DATA_PDU);
}

Test(ul, command_is_cut_to_what_the_peer_takes)
{
	struct dt_association request;

	make_request(&request);
	request.max_length = 40;
	cr_assert_eq(dt_ul_associate_request(scu.ul, &request), DT_UL_OK);
	dt_association_clear(&request);
	carry(&scu, &scp, SIZE_MAX);
	accept_one();
	carry(&scp, &scu, SIZE_MAX);
	scu.log[0] = '\0';
	cr_expect_eq(send_echo(&scp, 1), DT_UL_OK);
	carry(&scp, &scu, SIZE_MAX);
	expect_log(&scu, "pdu4/46 pdu4/46 command(1,0030) ");
}

Test(ul, rejection_is_told_and_closes)
{
	scu.again = true;
	ask();
	carry(&scu, &scp, SIZE_MAX);
	scp.log[0] = '\0';
	cr_expect_eq(dt_ul_associate_reject(scp.ul, 1, 1, 7), DT_UL_OK);
	expect_log(&scp, "send3 artim ");
	carry(&scp, &scu, SIZE_MAX);
	expect_log(&scu, "send1 pdu3/10 rj(1,1,7) close ");
	dt_ul_artim_expired(scp.ul);
	expect_log(&scp, "stop close ");
}

Test(ul, other_protocol_versions_are_rejected_by_the_provider)
{
	struct dt_association request;
	struct dt_buffer bytes = { 0 };

	make_request(&request);
	request.version = 2;
	cr_assert_eq(dt_pdu_encode_associate(&request, &bytes), 0);
	scp.log[0] = '\0';
	feed_end(&scp, dt_buffer_span(&bytes));
	cr_expect(dt_span_equal(
	    dt_buffer_span(&scp.sent), BYTES(3, 0, 0, 0, 0, 4, 0, 1, 2, 2)));
	cr_expect_null(strstr(scp.log, "rq("));
	dt_association_clear(&request);
	dt_buffer_clear(&bytes);
}

Test(ul, silent_peer_is_closed_when_artim_expires)
{
	dt_ul_artim_expired(scp.ul);
	expect_log(&scp, "artim stop close ");
	dt_ul_artim_expired(scp.ul);
	expect_log(&scp, "");
}

Test(ul, artim_that_expires_too_late_does_nothing)
{
	associate();
	dt_ul_artim_expired(scp.ul);
	dt_ul_artim_expired(scu.ul);
	expect_log(&scp, "");
	expect_log(&scu, "");
}

Test(ul, abort_of_the_user_reaches_the_other)
{
	associate();
	cr_expect_eq(dt_ul_abort(scu.ul, 0, 0), DT_UL_OK);
	expect_log(&scu, "send7 artim ");
	carry(&scu, &scp, SIZE_MAX);
	expect_log(&scp, "pdu7/10 abort(0,0) close ");
	cr_expect_eq(dt_ul_abort(scu.ul, 0, 0), DT_UL_STATE, "once is enough");
}

Test(ul, abort_inside_a_command_event_ends_the_pdu)
{
	struct dt_buffer pdu = { 0 };
	struct dt_command command = { 0 };
	struct dt_buffer set = { 0 };

	associate();
	dt_command_c_echo_rq(&command, 1, NULL);
	dt_command_encode(&command, &set);
	dt_buffer_append(&pdu, (uint8_t[]){ 4, 0, 0, 0, 0, 0 }, 6);
	for (int i = 0; i < 2; i++) {
		dt_buffer_be32(&pdu, (uint32_t)dt_buffer_size(&set) + 2);
		dt_buffer_append(&pdu, (uint8_t[]){ 1, 3 }, 2);
		dt_buffer_append(
		    &pdu, dt_buffer_span(&set).data, dt_buffer_size(&set));
	}
	pdu.data[5] = (uint8_t)(dt_buffer_size(&pdu) - 6);
	/* Two values of 4 + 2 + 42 bytes; the second is not looked at. */
	scp.give_up = true;
	feed_end(&scp, dt_buffer_span(&pdu));
	expect_log(&scp, "pdu4/102 command(1,0030) send7 artim ");
	dt_command_clear(&command);
	dt_buffer_clear(&set);
	dt_buffer_clear(&pdu);
}

Test(ul, release_collision_ends_on_both_sides)
{
	associate();
	dt_ul_release_request(scu.ul);
	dt_ul_release_request(scp.ul);
	carry(&scu, &scp, SIZE_MAX);
	carry(&scp, &scu, SIZE_MAX);
	expect_log(&scu, "send5 pdu5/10 release ");
	cr_expect_eq(
	    dt_ul_release_response(scp.ul), DT_UL_STATE, "the acceptor waits");
	cr_expect_eq(dt_ul_release_response(scu.ul), DT_UL_OK);
	carry(&scu, &scp, SIZE_MAX);
	expect_log(&scp, "send5 pdu5/10 release pdu6/10 released ");
	cr_expect_eq(dt_ul_release_response(scp.ul), DT_UL_OK);
	carry(&scp, &scu, SIZE_MAX);
	expect_log(&scu, "send6 pdu6/10 released close ");
}

Test(ul, requests_in_the_wrong_state_are_refused)
{
	struct dt_association request, answer;

	make_request(&request);
	dt_association_init(&answer, false);
	cr_expect_eq(dt_ul_associate_request(scp.ul, &request), DT_UL_STATE);
	cr_expect_eq(dt_ul_associate_accept(scu.ul, &answer), DT_UL_STATE);
	cr_expect_eq(dt_ul_associate_accept(scp.ul, &answer), DT_UL_STATE);
	cr_expect_eq(dt_ul_associate_reject(scp.ul, 1, 1, 1), DT_UL_STATE);
	cr_expect_eq(dt_ul_release_request(scu.ul), DT_UL_STATE);
	cr_expect_eq(dt_ul_release_response(scp.ul), DT_UL_STATE);
	cr_expect_eq(dt_ul_abort(scu.ul, 0, 0), DT_UL_STATE);
	cr_expect_eq(send_echo(&scu, 1), DT_UL_STATE);
	expect_log(&scu, "");
	expect_log(&scp, "artim ");
	dt_association_clear(&request);
	dt_association_clear(&answer);
}

Test(ul, unfit_arguments_are_refused)
{
	struct dt_association request, answer;

	make_request(&request);
	dt_association_init(&answer, false);
	cr_expect_eq(dt_ul_associate_request(scu.ul, &answer), DT_UL_TYPE);
	request.called[0] = '\0';
	cr_expect_eq(
	    dt_ul_associate_request(scu.ul, &request), DT_UL_INCOMPLETE);
	ask();
	carry(&scu, &scp, SIZE_MAX);
	cr_expect_eq(dt_ul_associate_accept(scp.ul, &request), DT_UL_TYPE);
	add_verification(&answer, 5);
	cr_expect_eq(dt_ul_associate_accept(scp.ul, &answer), DT_UL_INCOMPLETE,
	    "5 was not proposed");
	cr_expect_eq(dt_ul_associate_reject(scp.ul, 0, 1, 1), DT_UL_RANGE);
	cr_expect_eq(dt_ul_associate_reject(scp.ul, 3, 1, 1), DT_UL_RANGE);
	cr_expect_eq(dt_ul_associate_reject(scp.ul, 1, 4, 1), DT_UL_RANGE);
	cr_expect_eq(dt_ul_associate_reject(scp.ul, 1, 2, 3), DT_UL_RANGE);
	cr_expect_eq(dt_ul_abort(scp.ul, 1, 0), DT_UL_RANGE);
	cr_expect_eq(dt_ul_abort(scp.ul, 0, 3), DT_UL_RANGE);
	accept_one();
	carry(&scp, &scu, SIZE_MAX);
	cr_expect_eq(send_echo(&scu, 3), DT_UL_CONTEXT, "rejected");
	cr_expect_eq(send_echo(&scu, 5), DT_UL_CONTEXT, "never proposed");
	dt_association_clear(&request);
	dt_association_clear(&answer);
}

/* What a broken peer gets: the A-ABORT it sees and what its user hears. */
static void
expect_abort(
    struct end *end, struct dt_span bytes, uint8_t source, uint8_t reason)
{
	dt_buffer_consume(&end->sent, dt_buffer_size(&end->sent));
	feed_end(end, bytes);
	cr_expect(dt_span_equal(dt_buffer_span(&end->sent),
		      BYTES(7, 0, 0, 0, 0, 4, 0, 0, source, reason)),
	    "abort(%d,%d): %s", source, reason, end->log);
	end->log[0] = '\0';
	feed_end(end, BYTES(9, 9, 9, 9, 9, 9));
	cr_expect_null(strstr(end->log, "pdu"), "%s", end->log);
}

Test(ul, unknown_pdu_after_association_is_the_providers_abort)
{
	associate();
	expect_abort(&scp, BYTES(0x16, 3, 1), 2, 1);
}

Test(ul, provider_abort_is_told_to_the_user)
{
	associate();
	feed_end(&scp, BYTES(8));
	expect_log(&scp, "send7 artim abort(2,1) ");
}

Test(ul, unexpected_pdu_is_the_providers_abort)
{
	associate();
	expect_abort(&scp, BYTES(6, 0, 0, 0, 0, 4, 0, 0, 0, 0), 2, 2);
}

Test(ul, oversized_pdu_is_refused_by_its_header)
{
	associate();
	expect_abort(&scp, BYTES(4, 0, 0xff, 0xff, 0xff, 0xff), 2, 6);
}

Test(ul, data_value_past_the_end_is_refused)
{
	associate();
	expect_abort(&scp, BYTES(4, 0, 0, 0, 0, 6, 0, 0, 0, 9, 1, 3), 2, 6);
}

Test(ul, data_in_a_context_that_was_not_accepted_is_refused)
{
	associate();
	expect_abort(&scp, BYTES(4, 0, 0, 0, 0, 7, 0, 0, 0, 3, 3, 3, 0), 2, 6);
}

/* A P-DATA-TF with one value of the octets given. */
static struct dt_span
data_pdu(struct dt_buffer *pdu, const struct dt_pdv *pdv)
{
	dt_buffer_clear(pdu);
	cr_assert_eq(dt_pdu_encode_data(pdv, pdu), 0);
	return dt_buffer_span(pdu);
}

/* A C-STORE-RQ as far as the upper layer looks at it. */
static void
make_store(struct dt_buffer *set)
{
	const struct dt_store_request request = {
		.message_id = 1, .class_uid = "1.2.3", .instance_uid = "1.2.3.4"
	};
	struct dt_command command = { 0 };

	cr_assert_eq(dt_command_c_store_rq(&command, &request), 0);
	cr_assert_eq(dt_command_encode(&command, set), 0);
	dt_command_clear(&command);
}

struct value {
	uint8_t context;
	bool command, last;
};

/* The values of a C-STORE arrive, then one that makes the provider abort. */
static void
expect_abort_after(const struct value *values, size_t count, uint8_t reason)
{
	struct dt_buffer set = { 0 }, pdu = { 0 };

	associate();
	make_store(&set);
	for (size_t i = 0; i < count; i++) {
		const struct dt_pdv pdv = {
			values[i].context, values[i].command, values[i].last,
			values[i].command ? dt_buffer_span(&set) : BYTES(1, 2)
		};
		struct dt_span bytes = data_pdu(&pdu, &pdv);

		if (i + 1 < count)
			feed_end(&scp, bytes);
		else
			expect_abort(&scp, bytes, 2, reason);
	}
	dt_buffer_clear(&set);
	dt_buffer_clear(&pdu);
}

#define VALUES(...)                                                            \
	(struct value[]){ __VA_ARGS__ },                                       \
	    sizeof((struct value[]){ __VA_ARGS__ }) / sizeof(struct value)

Test(ul, data_set_without_a_command_is_refused)
{
	expect_abort_after(VALUES({ 1, false, true }), 5);
}

Test(ul, command_between_the_fragments_of_a_data_set_is_refused)
{
	expect_abort_after(
	    VALUES({ 1, true, true }, { 1, false, false }, { 1, true, true }),
	    5);
}

Test(ul, second_command_instead_of_the_data_set_is_refused)
{
	expect_abort_after(VALUES({ 1, true, true }, { 1, true, true }), 5);
}

Test(ul, data_set_that_goes_on_after_its_last_fragment_is_refused)
{
	expect_abort_after(
	    VALUES({ 1, true, true }, { 1, false, true }, { 1, false, true }),
	    5);
}

Test(ul, data_set_in_a_refused_context_is_refused)
{
	expect_abort_after(VALUES({ 1, true, true }, { 3, false, true }), 6);
}

Test(ul, data_inside_an_unfinished_command_is_refused)
{
	expect_abort_after(VALUES({ 1, true, false }, { 1, false, true }), 5);
}

Test(ul, message_on_another_accepted_context_is_refused)
{
	struct dt_association answer;
	struct dt_buffer set = { 0 }, pdu = { 0 };
	struct dt_pdv pdv = { 1, true, true, dt_span(NULL, 0) };

	ask();
	carry(&scu, &scp, SIZE_MAX);
	dt_association_init(&answer, false);
	add_verification(&answer, 1);
	add_verification(&answer, 3);
	cr_assert_eq(dt_ul_associate_accept(scp.ul, &answer), DT_UL_OK);
	make_store(&set);
	pdv.bytes = dt_buffer_span(&set);
	feed_end(&scp, data_pdu(&pdu, &pdv));
	pdv = (struct dt_pdv){ 3, false, true, BYTES(1, 2) };
	expect_abort(&scp, data_pdu(&pdu, &pdv), 2, 5);
	dt_association_clear(&answer);
	dt_buffer_clear(&set);
	dt_buffer_clear(&pdu);
}

/* Ten octets; PDUs of the peer's maximum length, 46,726, hold them all. */
static int
read_ten(void *arg, uint8_t *octets, size_t *size)
{
	bool *done = arg;

	*size = *done ? 0 : 10;
	if (!*done)
		memset(octets, 7, 10);
	*done = true;
	return 0;
}

Test(ul, data_set_follows_its_command)
{
	const struct dt_store_request request = {
		.message_id = 1, .class_uid = "1.2.3", .instance_uid = "1.2.3.4"
	};
	struct dt_command command = { 0 };
	bool done = false;
	const struct dt_data_source source = {
		.size = 10, .read = read_ten, .arg = &done
	};

	associate();
	cr_assert_eq(dt_command_c_store_rq(&command, &request), 0);
	cr_expect_eq(send_message(&scu, 1, &command, NULL), DT_UL_INCOMPLETE);
	expect_log(&scu, "");
	cr_expect_eq(send_message(&scu, 1, &command, &source), DT_UL_OK);
	expect_log(&scu, "send4 data ");
	carry(&scu, &scp, 1);
	/* 12 + (12 + 14 + 4 * 10 + 16) and 12 + 10 octets. */
	expect_log(&scp, "pdu4/94 command(1,0001) pdu4/22 data10! ");
	dt_command_clear(&command);
}

Test(ul, data_set_nobody_announced_is_not_sent)
{
	struct dt_command command = { 0 };
	bool done = false;
	const struct dt_data_source source = {
		.size = 10, .read = read_ten, .arg = &done
	};

	associate();
	cr_assert_eq(dt_command_c_echo_rq(&command, 1, NULL), 0);
	cr_expect_eq(
	    send_message(&scu, 1, &command, &source), DT_UL_INCOMPLETE);
	expect_log(&scu, "");
	dt_command_clear(&command);
}

Test(ul, data_set_in_another_transfer_syntax_is_not_sent)
{
	struct dt_command command = { 0 };
	struct dt_ul_message message = { .context = 1,
		.command = &command,
		.transfer = "1.2.840.10008.1.2.1" };

	associate();
	cr_assert_eq(dt_command_c_echo_rq(&command, 1, NULL), 0);
	cr_expect_eq(dt_ul_send(scu.ul, &message), DT_UL_TRANSFER);
	message.transfer = DT_UID_IMPLICIT_LE;
	cr_expect_eq(dt_ul_send(scu.ul, &message), DT_UL_OK);
	dt_command_clear(&command);
}

Test(ul, garbage_before_the_association_is_aborted_as_user)
{
	expect_abort(&scp, BYTES('G', 'E', 'T', ' '), 0, 0);
}

Test(ul, data_before_the_association_is_refused_by_its_header)
{
	expect_abort(&scp, BYTES(4, 0, 0, 0x0f, 0, 0), 0, 0);
}

Test(ul, malformed_request_is_aborted)
{
	uint8_t bytes[74] = { 1, 0, 0, 0, 0, 68, 0, 1 };

	expect_abort(&scp, dt_span(bytes, sizeof(bytes)), 0, 0);
}

Test(ul, answer_to_another_request_is_aborted)
{
	struct dt_association answer;
	struct dt_buffer bytes = { 0 };

	ask();
	dt_association_init(&answer, false);
	add_verification(&answer, 7);
	cr_assert_eq(dt_pdu_encode_associate(&answer, &bytes), 0);
	expect_abort(&scu, dt_buffer_span(&bytes), 2, 6);
	cr_expect_null(dt_ul_answer(scu.ul));
	dt_association_clear(&answer);
	dt_buffer_clear(&bytes);
}

Test(ul, pdu_before_anything_was_asked_closes)
{
	feed_end(&scu, BYTES(5, 0, 0, 0, 0, 4, 0, 0, 0, 0));
	expect_log(&scu, "pdu5/10 close ");
	cr_expect_eq(send_echo(&scu, 1), DT_UL_STATE);
}

Test(ul, nothing_is_looked_at_after_the_end)
{
	associate();
	dt_ul_transport_closed(scu.ul);
	expect_log(&scu, "");
	cr_expect_not(dt_ul_is_associated(scu.ul));
	feed_end(&scu, BYTES(7, 0, 0, 0, 0, 4, 0, 0, 0, 0));
	dt_ul_transport_closed(scu.ul);
	expect_log(&scu, "");
	cr_expect_eq(send_echo(&scu, 1), DT_UL_STATE);
}
