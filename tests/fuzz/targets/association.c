/*
 * Any sequence of events on the upper layer of one association (PS3.8 9.2):
 * octets and well-formed PDUs from the peer, requests of the user, the timer,
 * the transport's end. Each event is an octet, followed by those that it is
 * about.
 */
#include "target.h"

#include "dicom/data_cutter.h"
#include "dicom/ul.h"

#include <dicomtls.h>

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

/* It is cut here and now, as the owner does when the network has room. */
static void
on_send_data(uint8_t context, uint32_t max_length,
    const struct dt_data_source *source, void *arg)
{
	const struct end *end = arg;
	struct dt_data_cutter cutter;
	struct dt_buffer pdu = { 0 };
	unsigned count = 0;
	int rc;

	REQUIRE(!end->over);
	REQUIRE(context % 2 == 1);
	dt_data_cutter_init(&cutter, context, max_length, source);
	REQUIRE(dt_data_cutter_count(&cutter) > 0);
	do {
		dt_buffer_consume(&pdu, dt_buffer_size(&pdu));
		rc = dt_data_cutter_next(&cutter, &pdu);
		if (rc >= 0)
			on_send(DT_PDU_DATA_TF, dt_buffer_span(&pdu), arg);
	} while (rc == 1 && count++ < MAX_EVENTS);
	dt_data_cutter_clear(&cutter);
	dt_buffer_clear(&pdu);
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
feed_octets(struct end *end, struct dt_span octets)
{
	uint8_t *copy = fuzz_copy(octets);

	dt_ul_feed(end->ul, dt_span(copy, octets.size));
	free(copy);
	while (!end->over && dt_ul_next(end->ul))
		continue;
}

static void
feed(struct end *end, struct dt_span *input)
{
	uint8_t size = fuzz_octet(input);

	feed_octets(end, fuzz_take(input, size));
}

/* The peer asks for contexts 1, 3, ... or answers to them; one of the fields is
 * out of the input. */
static void
peer_associates(struct end *end, struct dt_span *input)
{
	uint8_t choice = fuzz_octet(input);
	uint8_t count = fuzz_octet(input) % 5;
	struct dt_association a;
	struct dt_presentation *context;
	struct dt_buffer pdu = { 0 };

	dt_association_init(&a, (choice & 1) != 0);
	strcpy(a.called, "SCP");
	strcpy(a.calling, "SCU");
	a.has_max_length = (choice & 2) == 0;
	a.max_length = (choice & 4) != 0 ? fuzz_octet(input) : 16384;
	a.has_window = (choice & 8) != 0;
	for (uint8_t i = 0; i < count; i++) {
		uint8_t result = a.request ? 0 : fuzz_octet(input) % 6;

		REQUIRE(dt_association_add(
			    &a, (uint8_t)(2 * i + 1), result, &context) == 0);
		if (a.request)
			strcpy(context->abstract, DT_UID_VERIFICATION);
		context->has_roles = (choice & 16) != 0;
		(void)dt_presentation_add_transfer(context,
		    dt_span(DT_UID_IMPLICIT_LE, strlen(DT_UID_IMPLICIT_LE)));
	}
	if (dt_pdu_encode_associate(&a, &pdu) == 0)
		feed_octets(end, dt_buffer_span(&pdu));
	dt_buffer_clear(&pdu);
	dt_association_clear(&a);
}

/* One value with any octets. */
static void
feed_value(
    struct end *end, uint8_t context, uint8_t kind, struct dt_span octets)
{
	const struct dt_pdv pdv = { .context = context,
		.command = (kind & 1) != 0,
		.last = (kind & 2) != 0,
		.bytes = octets };
	struct dt_buffer pdu = { 0 };

	REQUIRE(dt_pdu_encode_data(&pdv, &pdu) == 0);
	if (!end->over)
		feed_octets(end, dt_buffer_span(&pdu));
	dt_buffer_clear(&pdu);
}

static void
peer_sends_value(struct end *end, struct dt_span *input)
{
	uint8_t context = fuzz_octet(input);
	uint8_t kind = fuzz_octet(input);
	uint8_t size = fuzz_octet(input);

	feed_value(end, context, kind, fuzz_take(input, size));
}

/* A command set in one value or two; what follows is another event's. */
static void
peer_commands(struct end *end, struct dt_span *input)
{
	uint8_t which = fuzz_octet(input);
	const struct dt_store_request request = {
		.context = (uint8_t)(which >> 4 | 1),
		.message_id = 7,
		.class_uid = DT_UID_VERIFICATION,
		.instance_uid = "1.2.3.4",
		.move_ae = (which & 8) != 0 ? "MOVER" : NULL,
	};
	struct dt_command command = { { 0 } };
	struct dt_buffer set = { 0 };
	struct dt_span octets;
	size_t cut = 0;

	if (which % 4 == 0)
		dt_command_c_echo_rq(&command, 7, DT_UID_VERIFICATION);
	else if (which % 4 == 1)
		dt_command_c_echo_rsp(&command, 1, DT_UID_VERIFICATION, 0);
	else if (which % 4 == 2)
		dt_command_c_store_rq(&command, &request);
	else
		dt_command_c_store_rsp(&command, &request, 0xb000);
	REQUIRE(dt_command_encode(&command, &set) == 0);
	octets = dt_buffer_span(&set);
	if ((which & 4) != 0) {
		cut = fuzz_octet(input) % octets.size;
		feed_value(end, request.context, 1, dt_span(octets.data, cut));
	}
	feed_value(end, request.context, 3, dt_span_tail(octets, cut));
	dt_buffer_clear(&set);
	dt_command_clear(&command);
}

static void
peer_ends(struct end *end, struct dt_span *input)
{
	uint8_t how = fuzz_octet(input);
	uint8_t reason = fuzz_octet(input);
	struct dt_buffer pdu = { 0 };

	if (how % 4 == 0)
		dt_pdu_encode_release(DT_PDU_RELEASE_RQ, &pdu);
	else if (how % 4 == 1)
		dt_pdu_encode_release(DT_PDU_RELEASE_RP, &pdu);
	else if (how % 4 == 2)
		dt_pdu_encode_abort(how >> 4, reason, &pdu);
	else
		dt_pdu_encode_reject(how >> 6, how >> 4 & 3, reason, &pdu);
	feed_octets(end, dt_buffer_span(&pdu));
	dt_buffer_clear(&pdu);
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

/* A data set in steps, which may be shorter or longer than it says. */
struct octets {
	size_t left;
	size_t step;
	bool fails;
	unsigned closed;
};

static int
read_octets(void *arg, uint8_t *octets, size_t *size)
{
	struct octets *source = arg;

	if (source->fails && source->left == 0)
		return DICOMTLS_E_IO;
	if (*size > source->step)
		*size = source->step;
	if (*size > source->left)
		*size = source->left;
	memset(octets, 0xab, *size);
	source->left -= *size;
	return 0;
}

static void
close_octets(void *arg)
{
	((struct octets *)arg)->closed++;
}

/* The source is closed exactly if it was taken. */
static void
store(struct end *end, struct dt_span *input)
{
	struct octets octets = { .left = fuzz_octet(input),
		.step = (size_t)fuzz_octet(input) + 1 };
	uint8_t said = fuzz_octet(input);
	const struct dt_data_source source = { .size = said % 3 == 0
							   ? DT_SIZE_UNKNOWN
						       : said % 3 == 1
							   ? octets.left
							   : said,
		.read = read_octets,
		.close = close_octets,
		.arg = &octets };
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

	octets.fails = said >= 0xf0;
	REQUIRE(dt_command_c_store_rq(&command, &request) == 0);
	result = dt_ul_send(end->ul, &message);
	REQUIRE(octets.closed == (result == DT_UL_OK));
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

static void (*const steps[])(struct end *, struct dt_span *) = { feed,
	peer_associates, peer_sends_value, peer_commands, peer_ends, request,
	accept, reject, echo, store, ask_release, answer_release, give_up,
	wait_too_long, lose_transport };

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
