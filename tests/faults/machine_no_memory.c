/*
 * The association machines of two ends, without a network, with each
 * allocation failing in turn: a request that says there is no memory has
 * changed nothing and can be made again; what arrives and cannot be kept ends
 * the association for both (PS3.8 9.2.3, AA-8), and never does an end hear of
 * something that the other did not send. No memory is left.
 *
 * A plain program that speaks TAP.
 */
#include "dicom/data_cutter.h"
#include "dicom/ul.h"
#include "dicom/user_information.h"

#include "dicomtls.h"

#include "load/tell.h"
#include "support/heap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define UID_CLASS "1.2.840.10008.5.1.4.1.1.7"
#define DATA_SIZE 5000u

/* One end: what it sends waits in room of its own, so that the test needs no
 * memory; and what it heard. */
struct end {
	struct dt_ul *ul;
	uint8_t sent[65536];
	size_t size;
	bool cut; /* a data set that could not be cut */
	bool closed;
	unsigned requests, accepts, commands, data_ends, releases, released;
	unsigned aborts;
	size_t data;
	bool wrong; /* octets other than were sent */
};

static struct end scu, scp;
static uint8_t octets[DATA_SIZE];

static struct figures {
	unsigned long failures, said_so, ended, unharmed;
	unsigned long not_again, half, invented, leaks;
} figures;

/* --------------------------------------------------------------- events -- */

static void
queue(struct end *end, struct dt_span bytes)
{
	if (bytes.size > sizeof(end->sent) - end->size)
		abort();
	memcpy(end->sent + end->size, bytes.data, bytes.size);
	end->size += bytes.size;
}

static void
on_send(enum dt_pdu_type type, struct dt_span pdu, void *arg)
{
	(void)type;
	queue(arg, pdu);
}

/* As the owner does it: without memory for a piece the connection ends. */
static void
on_send_data(uint8_t context, uint32_t max_length,
    const struct dt_data_source *source, void *arg)
{
	struct end *end = arg;
	struct dt_data_cutter cutter;
	struct dt_buffer pdu = { 0 };
	int rc;

	dt_data_cutter_init(&cutter, context, max_length, source);
	do {
		rc = dt_data_cutter_next(&cutter, &pdu);
		if (rc >= 0)
			queue(end, dt_buffer_span(&pdu));
		dt_buffer_consume(&pdu, dt_buffer_size(&pdu));
	} while (rc > 0);
	end->cut = rc < 0;
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
	((struct end *)arg)->closed = true;
}

static void
on_received(enum dt_pdu_type type, struct dt_span pdu, void *arg)
{
	(void)type;
	(void)pdu;
	(void)arg;
}

static void
on_request(const struct dt_association *request, void *arg)
{
	struct end *end = arg;

	end->requests++;
	end->wrong |= request->contexts.count != 2 || request->items.count != 2;
}

static void
on_accept(const struct dt_association *answer, void *arg)
{
	const struct dt_presentation *p = dt_association_find(answer, 1);
	struct end *end = arg;

	end->accepts++;
	end->wrong |= p == NULL || p->result != DT_RESULT_ACCEPTANCE ||
		      strcmp(p->abstract, UID_CLASS) != 0;
}

static void
on_reject(uint8_t result, uint8_t source, uint8_t reason, void *arg)
{
	(void)result;
	(void)source;
	(void)reason;
	((struct end *)arg)->wrong = true; /* nobody rejects here */
}

static void
on_command(uint8_t context, const struct dt_command *command, void *arg)
{
	struct end *end = arg;
	uint16_t id = 0;

	end->commands++;
	end->wrong |= context != 1 ||
		      !dt_command_u16(command, DT_COMMAND_MESSAGE_ID, &id) ||
		      id != 7;
}

static void
on_data(struct dt_span piece, bool last, void *arg)
{
	struct end *end = arg;

	end->wrong |= piece.size > DATA_SIZE - end->data ||
		      memcmp(piece.data, octets + end->data, piece.size) != 0;
	end->data += piece.size;
	end->data_ends += last;
	end->wrong |= last && end->data != DATA_SIZE;
}

static void
on_release_request(void *arg)
{
	((struct end *)arg)->releases++;
}

static void
on_release_response(void *arg)
{
	((struct end *)arg)->released++;
}

static void
on_abort(uint8_t source, uint8_t reason, void *arg)
{
	(void)source;
	(void)reason;
	((struct end *)arg)->aborts++;
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

/* -------------------------------------------------- what the user wants -- */

static struct dt_association request, answer;

static struct dt_span
text(const char *s)
{
	return dt_span(s, strlen(s));
}

static void
add_context(struct dt_association *a, uint8_t id, const char *abstract)
{
	struct dt_presentation *p;

	if (dt_association_add(a, id, 0, &p) < 0)
		abort();
	dt_presentation_set_abstract(p, text(abstract));
	dt_presentation_add_transfer(p, text(DT_UID_IMPLICIT_LE));
	p->has_roles = true;
	p->user_role = 1;
	dt_buffer_append(&p->extended, "extended", 8);
}

static void
make_objects(void)
{
	dt_association_init(&request, true);
	dt_association_set_title(request.called, text("SCP"));
	dt_association_set_title(request.calling, text("SCU"));
	add_context(&request, 1, UID_CLASS);
	add_context(&request, 3, "1.2.3");
	dt_presentation_add_transfer(
	    dt_association_find(&request, 3), text("1.2.840.10008.1.2.1"));
	dt_user_item_add(&request, 0x58, text("somebody"));
	dt_user_item_add(&request, 0x60, text("something else"));
	request.has_window = true;
	request.invoked = request.performed = 3;
	request.max_length = 1000;
	dt_association_init(&answer, false);
	add_context(&answer, 1, UID_CLASS);
	answer.max_length = 1000;
	for (size_t i = 0; i < DATA_SIZE; i++)
		octets[i] = (uint8_t)(i * 5 + i / 256);
}

static enum dt_ul_result
ask(void)
{
	return dt_ul_associate_request(scu.ul, &request);
}

static enum dt_ul_result
accept_it(void)
{
	return dt_ul_associate_accept(scp.ul, &answer);
}

struct reading {
	size_t at;
	bool closed;
};

static int
read_octets(void *arg, uint8_t *to, size_t *size)
{
	struct reading *reading = arg;
	size_t left = DATA_SIZE - reading->at;

	if (*size > left)
		*size = left;
	memcpy(to, octets + reading->at, *size);
	reading->at += *size;
	return 0;
}

static void
close_reading(void *arg)
{
	((struct reading *)arg)->closed = true;
}

static struct reading reading;

/* The command is made before, as it is somebody else's. */
static struct dt_command store, echo;

static enum dt_ul_result
send_store(void)
{
	const struct dt_data_source source = { .size = DATA_SIZE,
		.read = read_octets,
		.close = close_reading,
		.arg = &reading };
	const struct dt_ul_message message = {
		.context = 1, .command = &store, .source = &source
	};

	reading = (struct reading){ 0 };
	return dt_ul_send(scu.ul, &message);
}

static enum dt_ul_result
send_echo(void)
{
	const struct dt_ul_message message = { .context = 1, .command = &echo };

	return dt_ul_send(scu.ul, &message);
}

static enum dt_ul_result
ask_to_release(void)
{
	return dt_ul_release_request(scu.ul);
}

static enum dt_ul_result
release(void)
{
	return dt_ul_release_response(scp.ul);
}

/* ---------------------------------------------------------------- plays -- */

/* What one end has sent arrives at the other, in pieces. */
static void
carry(struct end *from, struct end *to)
{
	size_t at = 0;

	while (at < from->size) {
		size_t piece = from->size - at < 700 ? from->size - at : 700;

		dt_ul_feed(to->ul, dt_span(from->sent + at, piece));
		while (dt_ul_next(to->ul))
			;
		at += piece;
	}
	from->size = 0;
}

/* False if it did not happen. */
static bool do_step(enum dt_ul_result (*step)(void))
{
	enum dt_ul_result result = step();

	if (result == DT_UL_NOMEM) {
		figures.said_so++;
		result = step();
		figures.not_again += result != DT_UL_OK;
	}
	carry(&scu, &scp);
	carry(&scp, &scu);
	return result == DT_UL_OK;
}

/* True if it came to its end. */
static bool
play(void)
{
	return do_step(ask) && scp.requests == 1 && do_step(accept_it) &&
	       scu.accepts == 1 && do_step(send_echo) && do_step(send_store) &&
	       scp.commands == 2 && scp.data_ends == 1 &&
	       do_step(ask_to_release) && scp.releases == 1 &&
	       do_step(release) && scu.released == 1;
}

static bool
open_ends(void)
{
	scu = scp = (struct end){ 0 };
	scu.ul = dt_ul_new(true, &events, &scu);
	scp.ul = dt_ul_new(false, &events, &scp);
	if (scu.ul == NULL || scp.ul == NULL)
		return false;
	dt_ul_open(scu.ul);
	dt_ul_open(scp.ul);
	return true;
}

/* The owner of a data set that could not be cut, or of an end that wants it,
 * closes the transport. */
static bool
is_over(void)
{
	carry(&scu, &scp);
	carry(&scp, &scu);
	if (scu.cut || scu.closed || scp.closed) {
		dt_ul_transport_closed(scu.ul);
		dt_ul_transport_closed(scp.ul);
	}
	return (scu.cut || scu.closed || scp.closed ||
		   scu.aborts + scp.aborts > 0) &&
	       !dt_ul_is_associated(scu.ul) && !dt_ul_is_associated(scp.ul);
}

static void
judge(size_t nth, bool opened, bool played)
{
	if (played)
		figures.unharmed++;
	else if (!opened || is_over())
		figures.ended++;
	else {
		figures.half++;
		printf("# %zu: closed %d %d, aborts %u %u\n", nth, scu.closed,
		    scp.closed, scu.aborts, scp.aborts);
	}
	if (scu.wrong || scp.wrong || scp.requests > 1 || scu.accepts > 1 ||
	    scp.commands > 2 || scp.data_ends > 1 || scu.commands > 0 ||
	    scu.aborts > 1 || scp.aborts > 1 ||
	    (opened && reading.at > 0 && !reading.closed)) {
		figures.invented++;
		printf("# %zu: an end heard what was not said\n", nth);
	}
}

/* True if the allocation came. */
static bool
fail_at(size_t nth)
{
	const long blocks = heap_blocks();
	bool opened, played, failed;

	reading = (struct reading){ 0 };
	heap_fail_at(nth);
	opened = open_ends();
	played = opened && play();
	failed = heap_fail_no_more();
	figures.failures += failed;
	judge(nth, opened, played);
	dt_ul_free(scu.ul);
	dt_ul_free(scp.ul);
	if (heap_blocks() > blocks) {
		figures.leaks++;
		printf("# %zu: %ld blocks more\n", nth, heap_blocks() - blocks);
	}
	return failed;
}

int
main(void)
{
	const struct dt_store_request what = { .message_id = 7,
		.class_uid = UID_CLASS,
		.instance_uid = "1.2.3.4",
		.move_ae = "MOVER" };

	if (!heap_take_over()) {
		printf("1..0 # SKIP malloc cannot be replaced here\n");
		return 0;
	}
	make_objects();
	if (dt_command_c_store_rq(&store, &what) != 0 ||
	    dt_command_c_echo_rq(&echo, 7, NULL) != 0)
		return 2;
	fail_at(SIZE_MAX);
	tell(figures.unharmed == 1, "with memory the association is played");
	figures = (struct figures){ 0 };
	for (size_t nth = 1; fail_at(nth); nth++)
		;
	tell(figures.failures > 20 && figures.said_so > 0 && figures.ended > 0,
	    "%lu allocations fail: %lu requests say so, %lu associations end",
	    figures.failures, figures.said_so, figures.ended);
	tell(figures.not_again == 0, "a request that says so succeeds again");
	tell(figures.half == 0, "an association goes on or ends for both");
	tell(figures.invented == 0, "nobody hears what was not said");
	tell(figures.leaks == 0, "no memory is left");
	dt_association_clear(&request);
	dt_association_clear(&answer);
	dt_command_clear(&store);
	dt_command_clear(&echo);
	return tell_end();
}
