/*
 * What the upper layer does: the actions of PS3.8 tables 9-6 to 9-9, under
 * their names, and the table that finds them.
 *
 * The state changes before an action runs, so that an event function sees,
 * and may act in, the state that the action leads to.
 */
#include "dicom/ul_action.h"

#include "dicomtls.h"

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
	if (dt_buffer_failed(pdu)) {
		ul->starved = true;
		close_transport(ul);
	} else {
		ul->events->send(type, dt_buffer_span(pdu), ul->arg);
	}
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
	dt_ul_act(ul, UL_TRANSPORT_CONFIRM, false);
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
	ul->events->associate_reject(
	    ul->reject.result, ul->reject.source, ul->reject.reason, ul->arg);
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
	const struct dt_ul_message *message = ul->message;
	const struct dt_data_source *source = message->source;
	uint32_t most = peer_max_length(ul);

	if (dt_dimse_fragment(message->command, message->context, most,
		send_fragment, ul) == 0) {
		if (source != NULL)
			ul->events->send_data(
			    message->context, most, source, ul->arg);
		return;
	}
	if (source != NULL && source->close != NULL)
		source->close(source->arg);
	ul->starved = true;
	ul->abort.source = DT_ABORT_PROVIDER;
	ul->abort.reason = DT_ABORT_NOT_SPECIFIED;
	dt_ul_act(ul, UL_PDU_INVALID, false);
}

bool
dt_ul_is_accepted(const struct dt_ul *ul, uint8_t context)
{
	const struct dt_presentation *p =
	    dt_association_find(&ul->answer, context);

	return p != NULL && p->result == DT_RESULT_ACCEPTANCE;
}

/* Why a value was not taken, as an A-ABORT says it. */
static uint8_t
abort_reason(int error)
{
	if (error == DICOMTLS_E_NOMEM)
		return DT_ABORT_NOT_SPECIFIED;
	return error == DICOMTLS_E_INVALID ? DT_ABORT_UNEXPECTED_PARAMETER
					   : DT_ABORT_INVALID_PARAMETER;
}

static int
take_value(struct dt_ul *ul, const struct dt_pdv *pdv)
{
	struct dt_dimse *dimse = &ul->dimse;
	int step;

	if (!dt_ul_is_accepted(ul, pdv->context))
		return DICOMTLS_E_FORMAT;
	step = dt_dimse_take(dimse, pdv);
	if (step < 0)
		return step;
	if (step == DT_DIMSE_COMMAND)
		ul->events->command(dimse->context, &dimse->command, ul->arg);
	else if (step == DT_DIMSE_DATA)
		ul->events->data(pdv->bytes, pdv->last, ul->arg);
	if (dt_dimse_is_whole(dimse, step, pdv))
		dt_dimse_reset(dimse);
	return 0;
}

/* A command function may end the association; then the rest of the PDU is
 * without meaning. */
static void
receive_data(struct dt_ul *ul)
{
	struct dt_reader body = dt_pdu_body(ul->pdu);
	struct dt_pdv pdv;
	int rc, taken = 0;

	do {
		rc = dt_pdu_next_pdv(&body, &pdv);
		if (rc > 0)
			taken = take_value(ul, &pdv);
	} while (rc > 0 && taken == 0 && !ul->over &&
		 dt_ul_state_is_associated(ul->state));
	if (rc >= 0 && taken == 0)
		return;
	ul->abort.source = DT_ABORT_PROVIDER;
	ul->abort.reason = abort_reason(rc < 0 ? rc : taken);
	ul->starved |= taken == DICOMTLS_E_NOMEM;
	dt_ul_act(ul, UL_PDU_INVALID, false);
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

/* Where we are at fault the owner tells. */
static void
indicate_abort(struct dt_ul *ul)
{
	if (!ul->starved)
		ul->events->abort(ul->abort.source, ul->abort.reason, ul->arg);
}

static void
aa_3(struct dt_ul *ul)
{
	ul->over = true;
	indicate_abort(ul);
	close_transport(ul);
}

static void
aa_8(struct dt_ul *ul)
{
	send_abort(ul);
	start_artim(ul);
	indicate_abort(ul);
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
void
dt_ul_act(struct dt_ul *ul, enum ul_event event, bool choice)
{
	struct ul_step s = dt_ul_step(ul->state, event, choice);

	if (s.action == UL_NO_ACTION) {
		close_transport(ul);
		return;
	}
	ul->state = s.next;
	actions[s.action](ul);
}
