/*
 * Inside of an upper layer object, for ul.c, which finds out what happened,
 * and ul_action.c, which does what follows. Nobody else looks in here.
 */
#ifndef DICOMTLS_DICOM_UL_ACTION_H
#define DICOMTLS_DICOM_UL_ACTION_H

#include "dicom/ul.h"
#include "dicom/ul_state.h"

struct dt_ul {
	const struct dt_ul_events *events;
	void *arg;
	bool requestor;
	enum ul_state state;
	bool deaf;    /* framing is lost: what arrives means nothing */
	bool over;    /* the transport is closed or being closed */
	bool starved; /* it ends, or has ended, for want of our own memory */
	struct dt_buffer input;
	size_t taken; /* of input: the PDU looked at last */
	struct dt_dimse dimse;
	bool has_request;
	bool has_answer;
	struct dt_association request;
	struct dt_association answer;

	/* What the running action is about. */
	struct dt_span pdu;
	struct dt_buffer encoded; /* A-ASSOCIATE-RQ or -AC to send */
	const struct dt_ul_message *message;
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

/* Goes from the present state to the next and does the action between. choice
 * as for dt_ul_step. */
void dt_ul_act(struct dt_ul *ul, enum ul_event event, bool choice);

/* True if both ends agreed on this presentation context. */
bool dt_ul_is_accepted(const struct dt_ul *ul, uint8_t context);

#endif
