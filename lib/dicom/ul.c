/*
 * The upper layer of one association; see ul.h. This file turns bytes, user
 * requests and the ends of things into events of PS3.8; ul_state.c decides
 * what follows, ul_action.c does it.
 */
#include "dicom/ul.h"

#include "base/limits.h"
#include "dicom/ul_action.h"

#include "dicomtls.h"

#include <stdlib.h>

/* --------------------------------------------------- from the transport -- */

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
	dt_ul_act(ul, event, false);
}

static int
read_request(struct dt_ul *ul)
{
	int rc;

	if (ul->state != STA_2)
		return 0;
	rc = dt_pdu_decode_associate(ul->pdu, &ul->request);
	if (rc < 0)
		return rc;
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
	int rc;

	if (ul->state != STA_5)
		return 0;
	rc = dt_pdu_decode_associate(ul->pdu, &answer);
	if (rc < 0)
		return rc;
	rc = dt_association_answers(&answer, &ul->request)
		 ? dt_association_name_contexts(&answer, &ul->request)
		 : DICOMTLS_E_FORMAT;
	if (rc < 0) {
		dt_association_clear(&answer);
		return rc;
	}
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
	int rc;

	ul->events->received(type, pdu, ul->arg);
	if (ul->over)
		return;
	ul->pdu = pdu;
	blame(ul, DT_ABORT_UNEXPECTED_PDU);
	rc = kinds[type].read(ul);
	if (rc < 0) {
		event = UL_PDU_INVALID;
		ul->starved |= rc == DICOMTLS_E_NOMEM;
		blame(ul, rc == DICOMTLS_E_NOMEM ? DT_ABORT_NOT_SPECIFIED
						 : DT_ABORT_INVALID_PARAMETER);
	}
	dt_ul_act(ul, event, choose(ul, event));
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
	ul->taken = size;
	take_pdu(ul, type, dt_span(input.data, size));
	return true;
}

bool
dt_ul_next(struct dt_ul *ul)
{
	dt_buffer_consume(&ul->input, ul->taken);
	ul->taken = 0;
	return !ul->over && !ul->deaf && next_pdu(ul);
}

void
dt_ul_feed(struct dt_ul *ul, struct dt_span bytes)
{
	if (ul->over || ul->deaf)
		return;
	if (dt_buffer_append(&ul->input, bytes.data, bytes.size) < 0) {
		ul->starved = true;
		lose_framing(ul, UL_PDU_INVALID, DT_ABORT_NOT_SPECIFIED);
	}
}

void
dt_ul_open(struct dt_ul *ul)
{
	if (!ul->requestor)
		dt_ul_act(ul, UL_TRANSPORT_INDICATION, false);
}

void
dt_ul_transport_closed(struct dt_ul *ul)
{
	bool was_over = ul->over;

	ul->over = true;
	if (!was_over && ul->state != STA_1)
		dt_ul_act(ul, UL_TRANSPORT_CLOSED, false);
}

void
dt_ul_artim_expired(struct dt_ul *ul)
{
	if (!ul->over && (ul->state == STA_2 || ul->state == STA_13))
		dt_ul_act(ul, UL_ARTIM_EXPIRED, false);
}

/* -------------------------------------------------- from the local user -- */

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
	dt_ul_act(ul, UL_ASSOCIATE_REQUEST, false);
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
	if (dt_association_name_contexts(&copy, &ul->request) < 0 ||
	    dt_association_complete_answer(&copy, &ul->request) < 0) {
		dt_association_clear(&copy);
		return DT_UL_NOMEM;
	}
	if (keep(ul, &ul->answer, &copy) != DT_UL_OK)
		return DT_UL_NOMEM;
	ul->has_answer = true;
	dt_ul_act(ul, UL_ASSOCIATE_ACCEPT, false);
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
	dt_ul_act(ul, UL_ASSOCIATE_REJECT, false);
	return DT_UL_OK;
}

static bool
fits_context(const struct dt_ul *ul, const struct dt_ul_message *message)
{
	const struct dt_presentation *p =
	    dt_association_find(&ul->answer, message->context);

	return message->transfer == NULL || *message->transfer == '\0' ||
	       dt_presentation_has_transfer(p, message->transfer);
}

enum dt_ul_result
dt_ul_send(struct dt_ul *ul, const struct dt_ul_message *message)
{
	if (!may(ul, UL_DATA_REQUEST))
		return DT_UL_STATE;
	if (!dt_ul_is_accepted(ul, message->context))
		return DT_UL_CONTEXT;
	if (!fits_context(ul, message))
		return DT_UL_TRANSFER;
	if (dt_command_has_data_set(message->command) !=
	    (message->source != NULL))
		return DT_UL_INCOMPLETE;
	ul->message = message;
	dt_ul_act(ul, UL_DATA_REQUEST, false);
	ul->message = NULL;
	return DT_UL_OK;
}

static enum dt_ul_result
request_step(struct dt_ul *ul, enum ul_event event)
{
	if (!may(ul, event))
		return DT_UL_STATE;
	dt_ul_act(ul, event, false);
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
	dt_ul_act(ul, UL_ABORT_REQUEST, false);
	return DT_UL_OK;
}

/* --------------------------------------------------------------- object -- */

bool
dt_ul_is_starved(const struct dt_ul *ul)
{
	return ul->starved;
}

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
