/*
 * The upper layer of an acceptor and a peer that announces more than it has,
 * or never comes to an end (PS3.8 9.3, PS3.7 6.3). Who asks for an association
 * gets it.
 */
#include "deep/bounds_remake.h"

#include "base/limits.h"
#include "dicom/pdu_item.h"
#include "dicom/ul.h"
#include "load/raw_peer.h"

#include <stdio.h>

struct acceptor {
	struct dt_ul *ul;
	bool aborted;
	int reason;
	size_t data; /* octets of data sets */
};

/* --------------------------------------------------------- the acceptor -- */

static void
note_sent(enum dt_pdu_type type, struct dt_span pdu, void *arg)
{
	struct acceptor *a = arg;
	uint8_t source, reason;

	if (a->aborted || type != DT_PDU_ABORT ||
	    dt_pdu_decode_abort(pdu, &source, &reason) < 0)
		return;
	a->aborted = true;
	a->reason = reason;
}

static void
ignore_source(uint8_t context, uint32_t max_length,
    const struct dt_data_source *source, void *arg)
{
	(void)context;
	(void)max_length;
	(void)source;
	(void)arg;
}

static void
ignore_timer(bool start, void *arg)
{
	(void)start;
	(void)arg;
}

static void
ignore(void *arg)
{
	(void)arg;
}

static void
ignore_pdu(enum dt_pdu_type type, struct dt_span pdu, void *arg)
{
	(void)type;
	(void)pdu;
	(void)arg;
}

/* All that is proposed, with the first of its transfer syntaxes. */
static void
accept_all(const struct dt_association *request, void *arg)
{
	struct acceptor *a = arg;
	struct dt_association answer;

	dt_association_init(&answer, false);
	for (size_t i = 0; i < request->contexts.count; i++) {
		const struct dt_presentation *p = dt_association_at(request, i);
		const char *transfer = dt_presentation_transfer(p, 0);
		struct dt_presentation *added;

		if (dt_association_add(
			&answer, p->id, DT_RESULT_ACCEPTANCE, &added) == 0)
			dt_presentation_add_transfer(
			    added, dt_span(transfer, strlen(transfer)));
	}
	dt_ul_associate_accept(a->ul, &answer);
	dt_association_clear(&answer);
}

static void
ignore_answer(const struct dt_association *answer, void *arg)
{
	(void)answer;
	(void)arg;
}

static void
ignore_rejection(uint8_t result, uint8_t source, uint8_t reason, void *arg)
{
	(void)result;
	(void)source;
	(void)reason;
	(void)arg;
}

static void
ignore_command(uint8_t context, const struct dt_command *command, void *arg)
{
	(void)context;
	(void)command;
	(void)arg;
}

static void
count_data(struct dt_span octets, bool last, void *arg)
{
	struct acceptor *a = arg;

	(void)last;
	a->data += octets.size;
}

static void
ignore_abort(uint8_t source, uint8_t reason, void *arg)
{
	(void)source;
	(void)reason;
	(void)arg;
}

static const struct dt_ul_events events = {
	.send = note_sent,
	.send_data = ignore_source,
	.artim = ignore_timer,
	.close = ignore,
	.received = ignore_pdu,
	.associate_request = accept_all,
	.associate_accept = ignore_answer,
	.associate_reject = ignore_rejection,
	.command = ignore_command,
	.data = count_data,
	.release_request = ignore,
	.release_response = ignore,
	.abort = ignore_abort,
};

static void
feed(struct acceptor *a, struct dt_span octets)
{
	dt_ul_feed(a->ul, octets);
	while (dt_ul_next(a->ul))
		;
}

/* What comes after an abort is sent all the same. */
static bool
run(void *state, struct bounds_outcome *outcome)
{
	const struct bounds_input *input = state;
	struct dt_span wire = dt_buffer_span(&input->wire);
	struct acceptor a = { 0 };

	a.ul = dt_ul_new(false, &events, &a);
	if (a.ul == NULL)
		return false;
	dt_ul_open(a.ul);
	feed(&a, dt_span(wire.data, input->again));
	wire = dt_span_tail(wire, input->again);
	for (unsigned i = 0; wire.size > 0 && i <= input->times; i++)
		feed(&a, wire);
	*outcome = (struct bounds_outcome){ a.aborted ? BOUNDS_ABORTED
						      : BOUNDS_ACCEPTED,
		a.aborted ? a.reason : 0 };
	dt_ul_free(a.ul);
	return true;
}

static void *
borrow(const struct bounds_input *input)
{
	return (void *)input;
}

static const struct bounds_side acceptor = { borrow, run, NULL };

/* ------------------------------------------------------------- the peer -- */

#define PIECE 16384

/* What has been written so far comes once, then 64 MiB of zeros. */
static bool
go_on(struct bounds_input *input, size_t octets)
{
	static const uint8_t zeros[PIECE];

	input->again = dt_buffer_size(&input->wire);
	input->octets = octets;
	input->times = 64 * 1024 * 1024 / PIECE - 1;
	return dt_buffer_append(&input->wire, zeros, PIECE) == 0;
}

static void
put_header(struct dt_buffer *out, uint8_t type, uint32_t length)
{
	dt_buffer_byte(out, type);
	dt_buffer_byte(out, 0);
	dt_buffer_be32(out, length);
}

/* A PDU of 4 GiB, if the header is believed. */
static bool
announce(struct bounds_input *input, uint8_t type)
{
	put_header(&input->wire, type, UINT32_MAX);
	return go_on(input, DT_PDU_HEADER_SIZE);
}

static bool
make_huge_request(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	(void)row;
	(void)size;
	(void)dir;
	return announce(input, DT_PDU_ASSOCIATE_RQ);
}

static bool
make_early_data(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	(void)row;
	(void)size;
	(void)dir;
	return announce(input, DT_PDU_DATA_TF);
}

static bool
make_unknown(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	(void)row;
	(void)size;
	(void)dir;
	return announce(input, 0x42);
}

static bool
make_huge_data(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	(void)row;
	(void)size;
	(void)dir;
	raw_associate_request(&input->wire);
	return announce(input, DT_PDU_DATA_TF);
}

static bool
make_huge_unknown(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	(void)row;
	(void)size;
	(void)dir;
	raw_associate_request(&input->wire);
	return announce(input, 0x42);
}

/* The largest request there may be, but for its last octet. */
static bool
make_incomplete(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	(void)row;
	(void)size;
	(void)dir;
	put_header(&input->wire, DT_PDU_ASSOCIATE_RQ, DT_MAX_ASSOCIATE_PDU);
	bounds_fill(&input->wire, 0, DT_MAX_ASSOCIATE_PDU - 1);
	input->again = dt_buffer_size(&input->wire);
	return true;
}

/* A data value whose length goes beyond its PDU. */
static bool
make_huge_value(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	(void)row;
	(void)size;
	(void)dir;
	raw_associate_request(&input->wire);
	put_header(&input->wire, DT_PDU_DATA_TF, 6);
	dt_buffer_be32(&input->wire, UINT32_MAX);
	dt_buffer_be16(&input->wire, 0x0103);
	return go_on(input, dt_buffer_size(&input->wire));
}

/* Fragments of this kind without end, 16 KiB each. */
static bool
send_fragments(struct bounds_input *input, bool command, unsigned number)
{
	static const uint8_t zeros[PIECE];
	const struct dt_pdv pdv = {
		.context = 1, .command = command, .bytes = { zeros, PIECE }
	};

	input->again = dt_buffer_size(&input->wire);
	input->times = number - 1;
	return dt_pdu_encode_data(&pdv, &input->wire) == 0;
}

static bool
make_command(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	(void)row;
	(void)dir;
	raw_associate_request(&input->wire);
	input->octets = DT_MAX_COMMAND_SET;
	return send_fragments(input, true, size);
}

/* The largest P-DATA-TF, full of values of a command set that are empty. */
static bool
make_empty_values(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	const uint32_t count = size / 6;

	(void)row;
	(void)dir;
	raw_associate_request(&input->wire);
	put_header(&input->wire, DT_PDU_DATA_TF, 6 * count);
	for (uint32_t i = 0; i < count; i++) {
		dt_buffer_be32(&input->wire, 2);
		dt_buffer_be16(&input->wire, 0x0101);
	}
	input->again = dt_buffer_size(&input->wire);
	return !dt_buffer_failed(&input->wire);
}

/* A C-STORE-RQ, and its data set: size in MiB. */
static bool
make_data(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	const struct dt_store_request store = { .context = 1,
		.message_id = 1,
		.class_uid = DT_UID_VERIFICATION,
		.instance_uid = "1.2.3" };
	struct dt_command command = { .elements = { 0 } };
	struct dt_buffer octets = { 0 };
	struct dt_pdv pdv = { .context = 1, .command = true, .last = true };
	bool ok;

	(void)row;
	(void)dir;
	raw_associate_request(&input->wire);
	ok = dt_command_c_store_rq(&command, &store) == 0 &&
	     dt_command_encode(&command, &octets) == 0;
	pdv.bytes = dt_buffer_span(&octets);
	ok = ok && dt_pdu_encode_data(&pdv, &input->wire) == 0 &&
	     send_fragments(input, false, size * (1024 * 1024 / PIECE));
	dt_command_clear(&command);
	dt_buffer_clear(&octets);
	return ok;
}

/* ------------------------------------------------ association requests -- */

enum { CONTEXT = 0x20, ABSTRACT = 0x30, TRANSFER = 0x40, USER = 0x50 };

static void
put_context(struct dt_buffer *out, unsigned id, unsigned transfers)
{
	struct dt_buffer item = { 0 };
	char uid[24];

	dt_buffer_byte(&item, (uint8_t)id);
	bounds_fill(&item, 0, 3);
	dt_pdu_item_put_text(&item, ABSTRACT, DT_UID_VERIFICATION);
	for (unsigned i = 0; i < transfers; i++) {
		snprintf(uid, sizeof(uid), "1.%u", i);
		dt_pdu_item_put_text(&item, TRANSFER, uid);
	}
	dt_pdu_item_put_gathered(out, CONTEXT, &item);
}

/* So many contexts, and so many items of user information of this kind.
 * Consumes the content. */
static bool
put_request(struct bounds_input *input, unsigned contexts, unsigned transfers,
    unsigned items, uint8_t type, struct dt_buffer *content)
{
	struct dt_buffer body = { 0 }, user = { 0 };

	dt_buffer_be32(&body, 0x00010000);
	dt_buffer_text(&body, "CALLED          CALLING         ");
	bounds_fill(&body, 0, 32);
	dt_pdu_item_put_text(&body, 0x10, DT_UID_APPLICATION_CONTEXT);
	for (unsigned i = 0; i < contexts; i++)
		put_context(&body, 2 * i + 1, transfers);
	for (unsigned i = 0; i < items; i++)
		dt_pdu_item_put(&user, type, dt_buffer_span(content));
	dt_pdu_item_put_gathered(&body, USER, &user);
	put_header(
	    &input->wire, DT_PDU_ASSOCIATE_RQ, (uint32_t)dt_buffer_size(&body));
	dt_buffer_append(&input->wire, body.data, dt_buffer_size(&body));
	dt_buffer_clear(&body);
	dt_buffer_clear(content);
	input->again = dt_buffer_size(&input->wire);
	return !dt_buffer_failed(&input->wire) && input->again > 0;
}

static bool
make_contexts(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	struct dt_buffer nothing = { 0 };

	(void)row;
	(void)dir;
	return put_request(input, size, 1, 0, 0, &nothing);
}

static bool
make_transfers(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	struct dt_buffer nothing = { 0 };

	(void)row;
	(void)dir;
	return put_request(input, DT_MAX_CONTEXTS, size, 0, 0, &nothing);
}

static bool
make_items(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	struct dt_buffer empty = { 0 };

	(void)row;
	(void)dir;
	return put_request(input, 1, 1, size, 0x58, &empty);
}

/* Extended negotiation (PS3.7 D.3.3.5) of the abstract syntax that all contexts
 * have: size octets for each of them. */
static bool
make_extended(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	struct dt_buffer item = { 0 };

	(void)row;
	(void)dir;
	dt_buffer_be16(&item, sizeof(DT_UID_VERIFICATION) - 1);
	dt_buffer_text(&item, DT_UID_VERIFICATION);
	bounds_fill(&item, 1, size);
	return put_request(input, DT_MAX_CONTEXTS, 1, 1, 0x56, &item);
}

#define ROW(text, maker, many, few, outcome, code)                             \
	.attack = text, .make = maker, .size = many, .quick = few,             \
	.ours = &acceptor, .wanted = { outcome, code }, .times = 8,            \
	.more = 384
#define LIMIT(name) .limit = #name, .value = name

const struct bounds_row bounds_dicom[] = {
	{ ROW("A-ASSOCIATE-RQ of 4 GiB", make_huge_request, 0, 0,
	      BOUNDS_ABORTED, DT_ABORT_NOT_SPECIFIED),
	    LIMIT(DT_MAX_ASSOCIATE_PDU) },
	{ ROW("P-DATA-TF of 4 GiB, no association", make_early_data, 0, 0,
	      BOUNDS_ABORTED, DT_ABORT_NOT_SPECIFIED),
	    LIMIT(DT_MAX_DATA_PDU) },
	{ ROW("unknown PDU of 4 GiB, no association", make_unknown, 0, 0,
	    BOUNDS_ABORTED, DT_ABORT_NOT_SPECIFIED) },
	{ ROW("P-DATA-TF of 4 GiB", make_huge_data, 0, 0, BOUNDS_ABORTED,
	      DT_ABORT_INVALID_PARAMETER),
	    LIMIT(DT_MAX_DATA_PDU) },
	{ ROW("unknown PDU of 4 GiB", make_huge_unknown, 0, 0, BOUNDS_ABORTED,
	    DT_ABORT_UNRECOGNIZED_PDU) },
	{ ROW("data value of 4 GiB", make_huge_value, 0, 0, BOUNDS_ABORTED,
	    DT_ABORT_INVALID_PARAMETER) },
	{ ROW("A-ASSOCIATE-RQ, the last octet missing", make_incomplete, 0, 0,
	      BOUNDS_ACCEPTED, 0),
	    LIMIT(DT_MAX_ASSOCIATE_PDU) },
	{ ROW("128 presentation contexts", make_contexts, 128, 128,
	      BOUNDS_ACCEPTED, 0),
	    LIMIT(DT_MAX_CONTEXTS) },
	{ ROW("1000 presentation contexts", make_contexts, 1000, 1000,
	      BOUNDS_ABORTED, DT_ABORT_NOT_SPECIFIED),
	    LIMIT(DT_MAX_CONTEXTS) },
	{ ROW("128 contexts of 200 transfer syntaxes", make_transfers, 200, 200,
	      BOUNDS_ACCEPTED, 0),
	    LIMIT(DT_MAX_TRANSFER_SYNTAXES) },
	{ ROW("16,000 items of user information", make_items, 16000, 16000,
	      BOUNDS_ACCEPTED, 0),
	    LIMIT(DT_MAX_USER_ITEMS) },
	{ ROW("extended negotiation, 60 KiB for 128 contexts", make_extended,
	      61440, 61440, BOUNDS_ABORTED, DT_ABORT_NOT_SPECIFIED),
	    LIMIT(DT_MAX_EXTENDED) },
	{ ROW("command set without end", make_command, 4096, 64, BOUNDS_ABORTED,
	      DT_ABORT_INVALID_PARAMETER),
	    LIMIT(DT_MAX_COMMAND_SET) },
	{ ROW("data values without content, 1 MiB", make_empty_values,
	      DT_MAX_DATA_PDU, 4096, BOUNDS_ACCEPTED, 0),
	    LIMIT(DT_MAX_DATA_PDU) },
	{ ROW("data set without end, 256 MiB", make_data, 256, 4,
	      BOUNDS_ACCEPTED, 0),
	    LIMIT(DT_MAX_DATA_SET) },
	{ .attack = NULL },
};
