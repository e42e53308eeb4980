/*
 * The upper layer of one association; see ul.h. ul_state.c decides, this file
 * does: the actions of PS3.8 tables 9-6 to 9-9 are the functions in the table
 * below, under their names.
 *
 * The state changes before an action runs, so that an event function sees,
 * and may act in, the state that the action leads to.
 */
#include "dicom/ul.h"

#include "base/limits.h"
#include "dicom/ul_state.h"

#include "dicomtls.h"

#include <stdlib.h>

struct dt_ul {
	const struct dt_ul_events *events;
	void *arg;
	bool requestor;
	enum ul_state state;
	bool deaf; /* framing is lost: what arrives means nothing */
	bool over; /* the transport is closed or being closed */
	struct dt_buffer input;
	struct dt_dimse dimse;
	bool has_request;
	bool has_answer;
	struct dt_association request;
	struct dt_association answer;

	/* What the running action is about. */
	struct dt_span pdu;
	struct dt_buffer encoded; /* A-ASSOCIATE-RQ or -AC to send */
	const struct dt_command *command;
	uint8_t context;
	struct {
		uint8_t result;
		uint8_t source;
		uint8_t reason;
	} reject;
	struct {
		uint8_t source;
		uint8_t reason;
	} abort;
};

static void step(struct dt_ul *ul, enum ul_event event, bool choice);

/* -------------------------------------------------------------- actions -- */

static void
close_transport(struct dt_ul *ul)
{
	ul->over = true;
	ul->events->close(ul->arg);
}

/* A PDU that cannot be made leaves nothing better than to close. */
static void
send_encoded(struct dt_ul *ul, enum dt_pdu_type type, struct dt_buffer *pdu)
{
	if (dt_buffer_failed(pdu))
		close_transport(ul);
	else
		ul->events->send(type, dt_buffer_span(pdu), ul->arg);
	dt_buffer_clear(pdu);
}

static void
send_reject(struct dt_ul *ul)
{
	struct dt_buffer pdu = { 0 };

	dt_pdu_encode_reject(
	    ul->reject.result, ul->reject.source, ul->reject.reason, &pdu);
	send_encoded(ul, DT_PDU_ASSOCIATE_RJ, &pdu);
	ul->events->artim(true, ul->arg);
}

static void
send_release(struct dt_ul *ul, enum dt_pdu_type type)
{
	struct dt_buffer pdu = { 0 };

	dt_pdu_encode_release(type, &pdu);
	send_encoded(ul, type, &pdu);
}

/* AE-1: the transport is open already. */
static void
ae_1(struct dt_ul *ul)
{
	step(ul, UL_TRANSPORT_CONFIRM, false);
}

static void
ae_2(struct dt_ul *ul)
{
	send_encoded(ul, DT_PDU_ASSOCIATE_RQ, &ul->encoded);
}

static void
ae_3(struct dt_ul *ul)
{
	ul->events->associate_accept(&ul->answer, ul->arg);
}

static void
ae_4(struct dt_ul *ul)
{
	ul->over = true;
	ul->events->associate_reject(ul->reject.result, ul->reject.source,
	    ul->reject.reason, ul->arg);
	close_transport(ul);
}

static void
start_artim(struct dt_ul *ul)
{
	ul->events->artim(true, ul->arg);
}

static void
stop_artim(struct dt_ul *ul)
{
	ul->events->artim(false, ul->arg);
}

/* AE-6: what the provider itself refuses is another protocol version. */
static void
ae_6(struct dt_ul *ul)
{
	stop_artim(ul);
	if (ul->state == STA_3)
		ul->events->associate_request(&ul->request, ul->arg);
	else
		send_reject(ul);
}

static void
ae_7(struct dt_ul *ul)
{
	send_encoded(ul, DT_PDU_ASSOCIATE_AC, &ul->encoded);
}

static int
send_fragment(struct dt_span pdu, void *arg)
{
	struct dt_ul *ul = arg;

	ul->events->send(DT_PDU_DATA_TF, pdu, ul->arg);
	return 0;
}

/* The longest variable field the peer takes; 0: any. */
static uint32_t
peer_max_length(const struct dt_ul *ul)
{
	const struct dt_association *peer =
	    ul->requestor ? &ul->answer : &ul->request;

	return peer->has_max_length ? peer->max_length : 0;
}

/* Half a message cannot be taken back: without memory the association ends. */
static void
send_data(struct dt_ul *ul)
{
	if (dt_dimse_fragment(ul->command, ul->context, peer_max_length(ul),
	    send_fragment, ul) == 0)
		return;
	ul->abort.source = DT_ABORT_PROVIDER;
	ul->abort.reason = DT_ABORT_NOT_SPECIFIED;
	step(ul, UL_PDU_INVALID, false);
}

static bool
is_accepted(const struct dt_ul *ul, uint8_t context)
{
	const struct dt_presentation *p =
	    dt_association_find(&ul->answer, context);

	return p != NULL && p->result == DT_RESULT_ACCEPTANCE;
}

static int
take_value(struct dt_ul *ul, const struct dt_pdv *pdv)
{
	int rc;

	if (!is_accepted(ul, pdv->context))
		return DICOMTLS_E_FORMAT;
	rc = dt_dimse_take(&ul->dimse, pdv);
	if (rc <= 0)
		return rc;
	ul->events->command(
	    ul->dimse.context, &ul->dimse.command, ul->arg);
	dt_dimse_reset(&ul->dimse);
	return 0;
}

/* A command function may end the association; then the rest of the PDU is
 * without meaning. */
static void
receive_data(struct dt_ul *ul)
{
	struct dt_reader body = dt_pdu_body(ul->pdu);
	struct dt_pdv pdv;
	int rc;

	do {
		rc = dt_pdu_next_pdv(&body, &pdv);
		if (rc > 0 && take_value(ul, &pdv) < 0)
			rc = DICOMTLS_E_FORMAT;
	} while (rc > 0 && !ul->over && dt_ul_state_is_associated(ul->state));
	if (rc >= 0)
		return;
	ul->abort.source = DT_ABORT_PROVIDER;
	ul->abort.reason = DT_ABORT_INVALID_PARAMETER;
	step(ul, UL_PDU_INVALID, false);
}

static void
ar_1(struct dt_ul *ul)
{
	send_release(ul, DT_PDU_RELEASE_RQ);
}

/* AR-2 and AR-8 */
static void
indicate_release(struct dt_ul *ul)
{
	ul->events->release_request(ul->arg);
}

static void
ar_3(struct dt_ul *ul)
{
	ul->over = true;
	ul->events->release_response(ul->arg);
	close_transport(ul);
}

static void
ar_4(struct dt_ul *ul)
{
	send_release(ul, DT_PDU_RELEASE_RP);
	start_artim(ul);
}

static void
ar_9(struct dt_ul *ul)
{
	send_release(ul, DT_PDU_RELEASE_RP);
}

static void
ar_10(struct dt_ul *ul)
{
	ul->events->release_response(ul->arg);
}

static void
send_abort(struct dt_ul *ul)
{
	struct dt_buffer pdu = { 0 };

	dt_pdu_encode_abort(ul->abort.source, ul->abort.reason, &pdu);
	send_encoded(ul, DT_PDU_ABORT, &pdu);
}

static void
aa_1(struct dt_ul *ul)
{
	send_abort(ul);
	start_artim(ul);
}

static void
aa_2(struct dt_ul *ul)
{
	stop_artim(ul);
	close_transport(ul);
}

static void
aa_3(struct dt_ul *ul)
{
	ul->over = true;
	ul->events->abort(ul->abort.source, ul->abort.reason, ul->arg);
	close_transport(ul);
}

static void
aa_8(struct dt_ul *ul)
{
	send_abort(ul);
	start_artim(ul);
	ul->events->abort(ul->abort.source, ul->abort.reason, ul->arg);
}

/* Nothing to do: AA-4, whose indication the owner of the transport gives, and
 * AA-6, which ignores a PDU. */
static void
nothing(struct dt_ul *ul)
{
	(void)ul;
}

static void (*const actions[UL_ACTION_COUNT])(struct dt_ul *) = {
	[AE_1] = ae_1,
	[AE_2] = ae_2,
	[AE_3] = ae_3,
	[AE_4] = ae_4,
	[AE_5] = start_artim,
	[AE_6] = ae_6,
	[AE_7] = ae_7,
	[AE_8] = send_reject,
	[DT_1] = send_data,
	[DT_2] = receive_data,
	[AR_1] = ar_1,
	[AR_2] = indicate_release,
	[AR_3] = ar_3,
	[AR_4] = ar_4,
	[AR_5] = stop_artim,
	[AR_6] = receive_data,
	[AR_7] = send_data,
	[AR_8] = indicate_release,
	[AR_9] = ar_9,
	[AR_10] = ar_10,
	[AA_1] = aa_1,
	[AA_2] = aa_2,
	[AA_3] = aa_3,
	[AA_4] = nothing,
	[AA_5] = stop_artim,
	[AA_6] = nothing,
	[AA_7] = send_abort,
	[AA_8] = aa_8,
};

/* What the standard has no entry for can only be a PDU that comes before this
 * end asked for anything: nobody to answer it, so the transport closes. */
static void
step(struct dt_ul *ul, enum ul_event event, bool choice)
{
	struct ul_step s = dt_ul_step(ul->state, event, choice);

	if (s.action == UL_NO_ACTION) {
		close_transport(ul);
		return;
	}
	ul->state = s.next;
	actions[s.action](ul);
}

/* ----------------------------------------------------- from the transport -- */

/* Sta2 is the acceptor's: AA-1 aborts as user there, AA-8 as provider
 * elsewhere. */
static void
blame(struct dt_ul *ul, uint8_t reason)
{
	bool early = ul->state == STA_2;

	ul->abort.source = early ? DT_ABORT_USER : DT_ABORT_PROVIDER;
	ul->abort.reason = early ? DT_ABORT_NOT_SPECIFIED : reason;
}

static void
lose_framing(struct dt_ul *ul, enum ul_event event, uint8_t reason)
{
	ul->deaf = true;
	dt_buffer_clear(&ul->input);
	blame(ul, reason);
	step(ul, event, false);
}

static int
read_request(struct dt_ul *ul)
{
	if (ul->state != STA_2)
		return 0;
	if (dt_pdu_decode_associate(ul->pdu, &ul->request) < 0)
		return DICOMTLS_E_FORMAT;
	ul->has_request = true;
	ul->reject.result = 1; /* permanent */
	ul->reject.source = 2; /* service provider, ACSE */
	ul->reject.reason = 2; /* protocol version not supported */
	return 0;
}

static int
read_answer(struct dt_ul *ul)
{
	struct dt_association answer;

	if (ul->state != STA_5)
		return 0;
	if (dt_pdu_decode_associate(ul->pdu, &answer) < 0)
		return DICOMTLS_E_FORMAT;
	if (!dt_association_answers(&answer, &ul->request)) {
		dt_association_clear(&answer);
		return DICOMTLS_E_FORMAT;
	}
	dt_association_name_contexts(&answer, &ul->request);
	ul->answer = answer;
	ul->has_answer = true;
	return 0;
}

static int
read_reject(struct dt_ul *ul)
{
	return dt_pdu_decode_reject(ul->pdu, &ul->reject.result,
	    &ul->reject.source, &ul->reject.reason);
}

static int
read_abort(struct dt_ul *ul)
{
	return dt_pdu_decode_abort(
	    ul->pdu, &ul->abort.source, &ul->abort.reason);
}

static int
read_nothing(struct dt_ul *ul)
{
	(void)ul;
	return 0;
}

/* The event that a PDU is, and what has to be read of it before. */
static const struct {
	enum ul_event event;
	int (*read)(struct dt_ul *ul);
} kinds[] = {
	[DT_PDU_ASSOCIATE_RQ] = { UL_PDU_RQ, read_request },
	[DT_PDU_ASSOCIATE_AC] = { UL_PDU_AC, read_answer },
	[DT_PDU_ASSOCIATE_RJ] = { UL_PDU_RJ, read_reject },
	[DT_PDU_DATA_TF] = { UL_PDU_DATA, read_nothing },
	[DT_PDU_RELEASE_RQ] = { UL_PDU_RELEASE_RQ, read_nothing },
	[DT_PDU_RELEASE_RP] = { UL_PDU_RELEASE_RP, read_nothing },
	[DT_PDU_ABORT] = { UL_PDU_ABORT, read_abort },
};

/* The choices of AE-6 and AR-8. */
static bool
choose(const struct dt_ul *ul, enum ul_event event)
{
	if (event == UL_PDU_RQ)
		return (ul->request.version & 1) != 0;
	return ul->requestor;
}

/* An A-ASSOCIATE-RJ or A-ABORT in its place brings its own reasons. */
static void
take_pdu(struct dt_ul *ul, enum dt_pdu_type type, struct dt_span pdu)
{
	enum ul_event event = kinds[type].event;

	ul->events->received(type, pdu, ul->arg);
	if (ul->over)
		return;
	ul->pdu = pdu;
	blame(ul, DT_ABORT_UNEXPECTED_PDU);
	if (kinds[type].read(ul) < 0) {
		event = UL_PDU_INVALID;
		blame(ul, DT_ABORT_INVALID_PARAMETER);
	}
	step(ul, event, choose(ul, event));
}

/* True if there was a whole PDU. Data before the association is refused by
 * its header: nobody unknown makes us keep a long PDU. */
static bool
next_pdu(struct dt_ul *ul)
{
	struct dt_span input = dt_buffer_span(&ul->input);
	uint8_t type;
	size_t size;
	int rc = dt_pdu_header(input, &type, &size);

	if (rc == 0)
		return false;
	if (rc < 0) {
		lose_framing(ul, UL_PDU_INVALID,
		    rc == DICOMTLS_E_FORMAT ? DT_ABORT_UNRECOGNIZED_PDU
					    : DT_ABORT_INVALID_PARAMETER);
		return false;
	}
	if (type == DT_PDU_DATA_TF && ul->state < STA_6) {
		lose_framing(ul, UL_PDU_DATA, DT_ABORT_UNEXPECTED_PDU);
		return false;
	}
	if (input.size < size)
		return false;
	take_pdu(ul, type, dt_span(input.data, size));
	dt_buffer_consume(&ul->input, size);
	return true;
}

void
dt_ul_feed(struct dt_ul *ul, struct dt_span bytes)
{
	if (ul->over || ul->deaf)
		return;
	if (dt_buffer_append(&ul->input, bytes.data, bytes.size) < 0) {
		lose_framing(ul, UL_PDU_INVALID, DT_ABORT_NOT_SPECIFIED);
		return;
	}
	while (!ul->over && next_pdu(ul))
		;
}

void
dt_ul_open(struct dt_ul *ul)
{
	if (!ul->requestor)
		step(ul, UL_TRANSPORT_INDICATION, false);
}

void
dt_ul_transport_closed(struct dt_ul *ul)
{
	bool was_over = ul->over;

	ul->over = true;
	if (!was_over && ul->state != STA_1)
		step(ul, UL_TRANSPORT_CLOSED, false);
}

void
dt_ul_artim_expired(struct dt_ul *ul)
{
	if (!ul->over && (ul->state == STA_2 || ul->state == STA_13))
		step(ul, UL_ARTIM_EXPIRED, false);
}

/* ----------------------------------------------------- from the local user -- */

static bool
may(const struct dt_ul *ul, enum ul_event event)
{
	return !ul->over &&
	    dt_ul_step(ul->state, event, false).action != UL_NO_ACTION;
}

/* We take no longer PDU than DT_MAX_DATA_PDU: say so rather than abort. */
static void
limit_max_length(struct dt_association *a)
{
	if (a->max_length == 0 || a->max_length > DT_MAX_DATA_PDU)
		a->max_length = DT_MAX_DATA_PDU;
}

/* Keeps an association object of the user and its bytes until the action
 * sends them. */
static enum dt_ul_result
keep(struct dt_ul *ul, struct dt_association *to, struct dt_association *from)
{
	limit_max_length(from);
	if (dt_pdu_encode_associate(from, &ul->encoded) < 0) {
		dt_buffer_clear(&ul->encoded);
		dt_association_clear(from);
		return DT_UL_NOMEM;
	}
	*to = *from;
	return DT_UL_OK;
}

enum dt_ul_result
dt_ul_associate_request(struct dt_ul *ul, const struct dt_association *request)
{
	struct dt_association copy;

	if (!request->request)
		return DT_UL_TYPE;
	if (!ul->requestor || !may(ul, UL_ASSOCIATE_REQUEST))
		return DT_UL_STATE;
	if (!dt_association_is_complete_request(request))
		return DT_UL_INCOMPLETE;
	if (dt_association_copy(&copy, request) < 0 ||
	    keep(ul, &ul->request, &copy) != DT_UL_OK)
		return DT_UL_NOMEM;
	ul->has_request = true;
	step(ul, UL_ASSOCIATE_REQUEST, false);
	return DT_UL_OK;
}

enum dt_ul_result
dt_ul_associate_accept(struct dt_ul *ul, const struct dt_association *answer)
{
	struct dt_association copy;

	if (answer->request)
		return DT_UL_TYPE;
	if (!may(ul, UL_ASSOCIATE_ACCEPT))
		return DT_UL_STATE;
	if (!dt_association_answers(answer, &ul->request))
		return DT_UL_INCOMPLETE;
	if (dt_association_copy(&copy, answer) < 0)
		return DT_UL_NOMEM;
	dt_association_name_contexts(&copy, &ul->request);
	if (dt_association_complete_answer(&copy, &ul->request) < 0) {
		dt_association_clear(&copy);
		return DT_UL_NOMEM;
	}
	if (keep(ul, &ul->answer, &copy) != DT_UL_OK)
		return DT_UL_NOMEM;
	ul->has_answer = true;
	step(ul, UL_ASSOCIATE_ACCEPT, false);
	return DT_UL_OK;
}

/* PS3.8 9.3.4: reasons by source, as bits. */
static bool
is_reject(uint8_t result, uint8_t source, uint8_t reason)
{
	static const unsigned reasons[] = {
		[1] = 1u << 1 | 1u << 2 | 1u << 3 | 1u << 7,
		[2] = 1u << 1 | 1u << 2,
		[3] = 1u << 1 | 1u << 2,
	};

	return (result == 1 || result == 2) && source >= 1 && source <= 3 &&
	    reason < 8 && (reasons[source] >> reason & 1) != 0;
}

enum dt_ul_result
dt_ul_associate_reject(
    struct dt_ul *ul, uint8_t result, uint8_t source, uint8_t reason)
{
	if (!is_reject(result, source, reason))
		return DT_UL_RANGE;
	if (!may(ul, UL_ASSOCIATE_REJECT))
		return DT_UL_STATE;
	ul->reject.result = result;
	ul->reject.source = source;
	ul->reject.reason = reason;
	step(ul, UL_ASSOCIATE_REJECT, false);
	return DT_UL_OK;
}

enum dt_ul_result
dt_ul_send_command(
    struct dt_ul *ul, uint8_t context, const struct dt_command *command)
{
	if (!may(ul, UL_DATA_REQUEST))
		return DT_UL_STATE;
	if (!is_accepted(ul, context))
		return DT_UL_CONTEXT;
	ul->command = command;
	ul->context = context;
	step(ul, UL_DATA_REQUEST, false);
	ul->command = NULL;
	return DT_UL_OK;
}

static enum dt_ul_result
request_step(struct dt_ul *ul, enum ul_event event)
{
	if (!may(ul, event))
		return DT_UL_STATE;
	step(ul, event, false);
	return DT_UL_OK;
}

enum dt_ul_result
dt_ul_release_request(struct dt_ul *ul)
{
	return request_step(ul, UL_RELEASE_REQUEST);
}

enum dt_ul_result
dt_ul_release_response(struct dt_ul *ul)
{
	return request_step(ul, UL_RELEASE_RESPONSE);
}

/* PS3.8 9.3.8: source 1 and reason 3 are reserved. */
enum dt_ul_result
dt_ul_abort(struct dt_ul *ul, uint8_t source, uint8_t reason)
{
	if ((source != DT_ABORT_USER && source != DT_ABORT_PROVIDER) ||
	    reason > DT_ABORT_INVALID_PARAMETER || reason == 3)
		return DT_UL_RANGE;
	if (!may(ul, UL_ABORT_REQUEST))
		return DT_UL_STATE;
	ul->abort.source = source;
	ul->abort.reason = reason;
	step(ul, UL_ABORT_REQUEST, false);
	return DT_UL_OK;
}

/* --------------------------------------------------------------- object -- */

bool
dt_ul_is_associated(const struct dt_ul *ul)
{
	return !ul->over && dt_ul_state_is_associated(ul->state);
}

const struct dt_association *
dt_ul_request(const struct dt_ul *ul)
{
	return ul->has_request ? &ul->request : NULL;
}

const struct dt_association *
dt_ul_answer(const struct dt_ul *ul)
{
	return ul->has_answer ? &ul->answer : NULL;
}

struct dt_ul *
dt_ul_new(bool requestor, const struct dt_ul_events *events, void *arg)
{
	struct dt_ul *ul = calloc(1, sizeof(*ul));

	if (ul == NULL)
		return NULL;
	ul->events = events;
	ul->arg = arg;
	ul->requestor = requestor;
	ul->state = STA_1;
	return ul;
}

void
dt_ul_free(struct dt_ul *ul)
{
	if (ul == NULL)
		return;
	dt_buffer_clear(&ul->input);
	dt_buffer_clear(&ul->encoded);
	dt_dimse_clear(&ul->dimse);
	dt_association_clear(&ul->request);
	dt_association_clear(&ul->answer);
	free(ul);
}
