/* Two ends of an association; see ul_ends.h. */
#include "ul_ends.h"

#include "dicom/data_cutter.h"

#include <criterion/criterion.h>
#include <stdio.h>

static void
note(struct end *end, const char *format, ...)
{
	size_t at = strlen(end->log);
	va_list args;

	va_start(args, format);
	vsnprintf(end->log + at, sizeof(end->log) - at, format, args);
	va_end(args);
}

static void
on_send(enum dt_pdu_type type, struct dt_span pdu, void *arg)
{
	struct end *end = arg;

	note(end, "send%d ", type);
	cr_assert_eq(dt_buffer_append(&end->sent, pdu.data, pdu.size), 0);
}

/* The PDUs go out at once: there is no network to wait for. */
static void
on_send_data(uint8_t context, uint32_t max_length,
    const struct dt_data_source *source, void *arg)
{
	struct end *end = arg;
	struct dt_data_cutter cutter;

	note(end, "data ");
	dt_data_cutter_init(&cutter, context, max_length, source);
	while (dt_data_cutter_next(&cutter, &end->sent) > 0)
		;
	dt_data_cutter_clear(&cutter);
}

static void
on_artim(bool start, void *arg)
{
	note(arg, start ? "artim " : "stop ");
}

static void
on_close(void *arg)
{
	note(arg, "close ");
}

static void
on_received(enum dt_pdu_type type, struct dt_span pdu, void *arg)
{
	note(arg, "pdu%d/%zu ", type, pdu.size);
}

static void
on_request(const struct dt_association *request, void *arg)
{
	note(arg, "rq(%s>%s) ", request->calling, request->called);
}

static void
on_accept(const struct dt_association *answer, void *arg)
{
	note(arg, "ac(%zu) ", answer->contexts.count);
}

static void
on_reject(uint8_t result, uint8_t source, uint8_t reason, void *arg)
{
	struct end *end = arg;

	note(end, "rj(%d,%d,%d) ", result, source, reason);
	if (end->again)
		cr_expect_eq(
		    dt_ul_associate_request(end->ul, dt_ul_request(end->ul)),
		    DT_UL_STATE);
}

enum dt_ul_result
send_message(struct end *end, uint8_t context, const struct dt_command *command,
    const struct dt_data_source *source)
{
	const struct dt_ul_message message = {
		.context = context, .command = command, .source = source
	};

	return dt_ul_send(end->ul, &message);
}

static void
on_command(uint8_t context, const struct dt_command *command, void *arg)
{
	struct end *end = arg;
	uint16_t field = 0;

	dt_command_u16(command, DT_COMMAND_FIELD, &field);
	note(end, "command(%d,%04x) ", context, field);
	if (end->give_up)
		cr_expect_eq(dt_ul_abort(end->ul, 0, 0), DT_UL_OK);
	if (end->echo) {
		struct dt_command answer = { 0 };

		dt_command_c_echo_rsp(&answer, 1, DT_UID_VERIFICATION, 0);
		cr_expect_eq(
		    send_message(end, context, &answer, NULL), DT_UL_OK);
		dt_command_clear(&answer);
	}
}

static void
on_data(struct dt_span octets, bool last, void *arg)
{
	note(arg, "data%zu%s ", octets.size, last ? "!" : "");
}

static void
on_release_request(void *arg)
{
	note(arg, "release ");
}

static void
on_release_response(void *arg)
{
	note(arg, "released ");
}

static void
on_abort(uint8_t source, uint8_t reason, void *arg)
{
	note(arg, "abort(%d,%d) ", source, reason);
}

static const struct dt_ul_events events = {
	.send = on_send,
	.send_data = on_send_data,
	.artim = on_artim,
	.close = on_close,
	.received = on_received,
	.associate_request = on_request,
	.associate_accept = on_accept,
	.associate_reject = on_reject,
	.command = on_command,
	.data = on_data,
	.release_request = on_release_request,
	.release_response = on_release_response,
	.abort = on_abort,
};

struct end scu, scp;

static struct dt_span
text(const char *s)
{
	return dt_span(s, strlen(s));
}

void
open_ends(void)
{
	scu.ul = dt_ul_new(true, &events, &scu);
	scp.ul = dt_ul_new(false, &events, &scp);
	dt_ul_open(scu.ul);
	dt_ul_open(scp.ul);
}

static void
close_end(struct end *end)
{
	dt_ul_free(end->ul);
	dt_buffer_clear(&end->sent);
}

void
close_ends(void)
{
	close_end(&scu);
	close_end(&scp);
}

void
expect_log(struct end *end, const char *log)
{
	cr_expect_str_eq(end->log, log, "%s", end->log);
	end->log[0] = '\0';
}

void
feed_end(struct end *end, struct dt_span bytes)
{
	dt_ul_feed(end->ul, bytes);
	while (dt_ul_next(end->ul))
		;
}

void
carry(struct end *from, struct end *to, size_t piece)
{
	while (dt_buffer_size(&from->sent) > 0) {
		struct dt_span bytes = dt_buffer_span(&from->sent);

		if (bytes.size > piece)
			bytes.size = piece;
		feed_end(to, bytes);
		dt_buffer_consume(&from->sent, bytes.size);
	}
}

void
add_verification(struct dt_association *a, uint8_t id)
{
	struct dt_presentation *p;

	cr_assert_eq(dt_association_add(a, id, 0, &p), 0);
	dt_presentation_set_abstract(p, text(DT_UID_VERIFICATION));
	dt_presentation_add_transfer(p, text(DT_UID_IMPLICIT_LE));
}

void
make_request(struct dt_association *a)
{
	dt_association_init(a, true);
	dt_association_set_title(a->called, text("SCP"));
	dt_association_set_title(a->calling, text("SCU"));
	add_verification(a, 1);
	add_verification(a, 3);
}

void
ask(void)
{
	struct dt_association request;

	make_request(&request);
	cr_assert_eq(dt_ul_associate_request(scu.ul, &request), DT_UL_OK);
	dt_association_clear(&request);
}

void
accept_one(void)
{
	struct dt_association answer;

	dt_association_init(&answer, false);
	add_verification(&answer, 1);
	cr_assert_eq(dt_ul_associate_accept(scp.ul, &answer), DT_UL_OK);
	dt_association_clear(&answer);
}

void
associate(void)
{
	ask();
	carry(&scu, &scp, SIZE_MAX);
	accept_one();
	carry(&scp, &scu, SIZE_MAX);
	cr_assert(dt_ul_is_associated(scu.ul));
	cr_assert(dt_ul_is_associated(scp.ul));
	scu.log[0] = scp.log[0] = '\0';
}

enum dt_ul_result
send_echo(struct end *end, uint8_t context)
{
	struct dt_command command = { 0 };
	enum dt_ul_result result;

	cr_assert_eq(dt_command_c_echo_rq(&command, 1, DT_UID_VERIFICATION), 0);
	result = send_message(end, context, &command, NULL);
	dt_command_clear(&command);
	return result;
}
