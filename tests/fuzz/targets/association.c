/*
 * Any sequence of events on the upper layer of one association (PS3.8 9.2):
 * octets from the peer, requests of the user, the timer, the transport's end.
 */
#include "target.h"

#include "dicom/ul.h"

#define MAX_EVENTS 200

struct end {
	struct dt_ul *ul;
	struct dt_association answer; /* to the last request */
	bool has_answer;
	bool in_data_set; /* a command announced one that has not ended */
	bool over;	  /* the transport is closed, or is to be */
	unsigned indications;
};

static void
on_send(enum dt_pdu_type type, struct dt_span pdu, void *arg)
{
	const struct end *end = arg;
	uint8_t seen;
	size_t size;

	REQUIRE(!end->over);
	/* What we send is what we would accept. */
	REQUIRE(dt_pdu_header(pdu, &seen, &size) == 1);
	REQUIRE(seen == type && size == pdu.size);
}

static void
on_send_data(uint8_t context, uint32_t max_length,
    const struct dt_data_source *source, void *arg)
{
	const struct end *end = arg;

	(void)max_length;
	REQUIRE(!end->over);
	REQUIRE(context % 2 == 1);
	source->close(source->arg);
}

static void
on_artim(bool start, void *arg)
{
	(void)start;
	(void)arg;
}

static void
on_close(void *arg)
{
	struct end *end = arg;

	REQUIRE(!end->over);
	end->over = true;
}

static void
on_received(enum dt_pdu_type type, struct dt_span pdu, void *arg)
{
	const struct end *end = arg;

	(void)type;
	REQUIRE(!end->over);
	REQUIRE(pdu.size >= DT_PDU_HEADER_SIZE);
}

static void
on_request(const struct dt_association *request, void *arg)
{
	struct end *end = arg;

	REQUIRE(!end->has_answer);
	REQUIRE(dt_association_copy(&end->answer, request) == 0);
	end->answer.request = false;
	end->has_answer = true;
}

static void
on_accept(const struct dt_association *answer, void *arg)
{
	const struct end *end = arg;

	REQUIRE(dt_association_answers(answer, dt_ul_request(end->ul)));
	REQUIRE(dt_ul_is_associated(end->ul));
}

static void
on_reject(uint8_t result, uint8_t source, uint8_t reason, void *arg)
{
	(void)result;
	(void)source;
	(void)reason;
	((struct end *)arg)->indications++;
}

static void
on_command(uint8_t context, const struct dt_command *command, void *arg)
{
	struct end *end = arg;
	uint16_t field;

	REQUIRE(!end->in_data_set);
	end->in_data_set = dt_command_has_data_set(command);
	REQUIRE(context % 2 == 1);
	REQUIRE(dt_ul_is_associated(end->ul));
	REQUIRE(dt_command_u16(command, DT_COMMAND_FIELD, &field));
}

static void
on_data(struct dt_span octets, bool last, void *arg)
{
	struct end *end = arg;

	REQUIRE(end->in_data_set);
	REQUIRE(octets.size == 0 || octets.data != NULL);
	end->in_data_set = !last;
}

static void
on_release(void *arg)
{
	((struct end *)arg)->indications++;
}

static void
on_abort(uint8_t source, uint8_t reason, void *arg)
{
	(void)source;
	(void)reason;
	((struct end *)arg)->indications++;
}

static const struct dt_ul_events events = { .send = on_send,
	.send_data = on_send_data,
	.artim = on_artim,
	.close = on_close,
	.received = on_received,
	.associate_request = on_request,
	.associate_accept = on_accept,
	.associate_reject = on_reject,
	.command = on_command,
	.data = on_data,
	.release_request = on_release,
	.release_response = on_release,
	.abort = on_abort };

static void
feed(struct end *end, struct dt_span *input)
{
	struct dt_span piece = fuzz_take(input, fuzz_octet(input));
	uint8_t *copy = fuzz_copy(piece);

	dt_ul_feed(end->ul, dt_span(copy, piece.size));
	free(copy);
	while (!end->over && dt_ul_next(end->ul))
		continue;
}

static void
request(struct end *end, struct dt_span *input)
{
	struct dt_association a;
	struct dt_presentation *context;

	dt_association_init(&a, true);
	strcpy(a.called, "SCP");
	strcpy(a.calling, "SCU");
	if (dt_association_add(&a, fuzz_octet(input), 0, &context) == 0) {
		strcpy(context->abstract, DT_UID_VERIFICATION);
		(void)dt_presentation_add_transfer(context,
		    dt_span(DT_UID_IMPLICIT_LE, strlen(DT_UID_IMPLICIT_LE)));
	}
	(void)dt_ul_associate_request(end->ul, &a);
	dt_association_clear(&a);
}

static void
accept(struct end *end, struct dt_span *input)
{
	(void)input;
	if (end->has_answer)
		(void)dt_ul_associate_accept(end->ul, &end->answer);
}

static void
reject(struct end *end, struct dt_span *input)
{
	uint8_t result = fuzz_octet(input);
	uint8_t source = fuzz_octet(input);

	(void)dt_ul_associate_reject(
	    end->ul, result, source, fuzz_octet(input));
}

static void
echo(struct end *end, struct dt_span *input)
{
	struct dt_command command = { { 0 } };
	const struct dt_ul_message message = { .context = fuzz_octet(input),
		.command = &command };

	REQUIRE(dt_command_c_echo_rq(&command, 1, DT_UID_VERIFICATION) == 0);
	(void)dt_ul_send(end->ul, &message);
	dt_command_clear(&command);
}

static int
read_nothing(void *arg, uint8_t *octets, size_t *size)
{
	(void)arg;
	(void)octets;
	*size = 0;
	return 0;
}

static void
close_source(void *arg)
{
	++*(unsigned *)arg;
}

/* The source is closed exactly if it was taken. */
static void
store(struct end *end, struct dt_span *input)
{
	unsigned closed = 0;
	const struct dt_data_source source = { .size = 0,
		.read = read_nothing,
		.close = close_source,
		.arg = &closed };
	const struct dt_store_request request = {
		.context = fuzz_octet(input),
		.message_id = 1,
		.class_uid = DT_UID_VERIFICATION,
		.instance_uid = "1.2.3",
	};
	struct dt_command command = { { 0 } };
	const struct dt_ul_message message = { .context = request.context,
		.command = &command,
		.source = &source };
	enum dt_ul_result result;

	REQUIRE(dt_command_c_store_rq(&command, &request) == 0);
	result = dt_ul_send(end->ul, &message);
	REQUIRE(closed == (result == DT_UL_OK));
	dt_command_clear(&command);
}

static void
ask_release(struct end *end, struct dt_span *input)
{
	(void)input;
	(void)dt_ul_release_request(end->ul);
}

static void
answer_release(struct end *end, struct dt_span *input)
{
	(void)input;
	(void)dt_ul_release_response(end->ul);
}

static void
give_up(struct end *end, struct dt_span *input)
{
	uint8_t source = fuzz_octet(input);

	(void)dt_ul_abort(end->ul, source, fuzz_octet(input));
}

static void
wait_too_long(struct end *end, struct dt_span *input)
{
	(void)input;
	dt_ul_artim_expired(end->ul);
}

static void
lose_transport(struct end *end, struct dt_span *input)
{
	(void)input;
	end->over = true;
	dt_ul_transport_closed(end->ul);
}

static void (*const steps[])(struct end *, struct dt_span *) = { feed, feed,
	feed, request, accept, reject, echo, store, ask_release, answer_release,
	give_up, wait_too_long, lose_transport };

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct dt_span input = dt_span(data, size);
	struct end end = { .over = false };

	end.ul = dt_ul_new(fuzz_octet(&input) % 2 == 1, &events, &end);
	REQUIRE(end.ul != NULL);
	dt_ul_open(end.ul);
	for (unsigned i = 0; i < MAX_EVENTS && input.size > 0 && !end.over; i++)
		steps[fuzz_octet(&input) % (sizeof(steps) / sizeof(*steps))](
		    &end, &input);
	dt_ul_free(end.ul);
	if (end.has_answer)
		dt_association_clear(&end.answer);
	return 0;
}
