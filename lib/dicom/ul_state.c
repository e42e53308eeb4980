/*
 * Table 9-10 of PS3.8; see ul_state.h. The table lists exceptions first, so
 * that each row is one line of reasoning of the standard: the first row that
 * matches an event and a state decides, and no row means that the event
 * cannot happen there.
 */
#include "dicom/ul_state.h"

#include <stddef.h>

struct rule {
	enum ul_event event;
	enum ul_state from; /* first and last state it holds in */
	enum ul_state to;
	enum ul_action action;
	enum ul_state next;
	enum ul_state otherwise; /* when the choice is no; 0: no choice */
};

#define RULE(event, from, to, action, next)                                    \
	{                                                                      \
		event, from, to, action, next, 0                               \
	}

/* PDUs that may not come in a state: AA-1 before an association is asked
 * for, AA-8 later, AA-6 when the end is awaited. */
#define UNEXPECTED(event)                                                      \
	RULE(event, STA_2, STA_2, AA_1, STA_13),                               \
	    RULE(event, STA_3, STA_3, AA_8, STA_13),                           \
	    RULE(event, STA_5, STA_12, AA_8, STA_13)
#define IGNORED(event) RULE(event, STA_13, STA_13, AA_6, STA_13)

static const struct rule rules[] = {
	/* Association establishment. */
	RULE(UL_ASSOCIATE_REQUEST, STA_1, STA_1, AE_1, STA_4),
	RULE(UL_TRANSPORT_CONFIRM, STA_4, STA_4, AE_2, STA_5),
	RULE(UL_PDU_AC, STA_5, STA_5, AE_3, STA_6),
	UNEXPECTED(UL_PDU_AC),
	IGNORED(UL_PDU_AC),
	RULE(UL_PDU_RJ, STA_5, STA_5, AE_4, STA_1),
	UNEXPECTED(UL_PDU_RJ),
	IGNORED(UL_PDU_RJ),
	RULE(UL_TRANSPORT_INDICATION, STA_1, STA_1, AE_5, STA_2),
	{ UL_PDU_RQ, STA_2, STA_2, AE_6, STA_3, STA_13 },
	UNEXPECTED(UL_PDU_RQ),
	RULE(UL_PDU_RQ, STA_13, STA_13, AA_7, STA_13),
	RULE(UL_ASSOCIATE_ACCEPT, STA_3, STA_3, AE_7, STA_6),
	RULE(UL_ASSOCIATE_REJECT, STA_3, STA_3, AE_8, STA_13),

	/* Data transfer. */
	RULE(UL_DATA_REQUEST, STA_6, STA_6, DT_1, STA_6),
	RULE(UL_DATA_REQUEST, STA_8, STA_8, AR_7, STA_8),
	RULE(UL_PDU_DATA, STA_6, STA_6, DT_2, STA_6),
	RULE(UL_PDU_DATA, STA_7, STA_7, AR_6, STA_7),
	UNEXPECTED(UL_PDU_DATA),
	IGNORED(UL_PDU_DATA),

	/* Release. */
	RULE(UL_RELEASE_REQUEST, STA_6, STA_6, AR_1, STA_7),
	RULE(UL_PDU_RELEASE_RQ, STA_6, STA_6, AR_2, STA_8),
	{ UL_PDU_RELEASE_RQ, STA_7, STA_7, AR_8, STA_9, STA_10 },
	UNEXPECTED(UL_PDU_RELEASE_RQ),
	IGNORED(UL_PDU_RELEASE_RQ),
	RULE(UL_PDU_RELEASE_RP, STA_7, STA_7, AR_3, STA_1),
	RULE(UL_PDU_RELEASE_RP, STA_10, STA_10, AR_10, STA_12),
	RULE(UL_PDU_RELEASE_RP, STA_11, STA_11, AR_3, STA_1),
	UNEXPECTED(UL_PDU_RELEASE_RP),
	IGNORED(UL_PDU_RELEASE_RP),
	RULE(UL_RELEASE_RESPONSE, STA_8, STA_8, AR_4, STA_13),
	RULE(UL_RELEASE_RESPONSE, STA_9, STA_9, AR_9, STA_11),
	RULE(UL_RELEASE_RESPONSE, STA_12, STA_12, AR_4, STA_13),

	/* Abort and the end of the transport. */
	RULE(UL_ABORT_REQUEST, STA_4, STA_4, AA_2, STA_1),
	RULE(UL_ABORT_REQUEST, STA_3, STA_12, AA_1, STA_13),
	RULE(UL_PDU_ABORT, STA_2, STA_2, AA_2, STA_1),
	RULE(UL_PDU_ABORT, STA_3, STA_3, AA_3, STA_1),
	RULE(UL_PDU_ABORT, STA_5, STA_12, AA_3, STA_1),
	RULE(UL_PDU_ABORT, STA_13, STA_13, AA_2, STA_1),
	RULE(UL_TRANSPORT_CLOSED, STA_2, STA_2, AA_5, STA_1),
	RULE(UL_TRANSPORT_CLOSED, STA_3, STA_12, AA_4, STA_1),
	RULE(UL_TRANSPORT_CLOSED, STA_13, STA_13, AR_5, STA_1),
	RULE(UL_ARTIM_EXPIRED, STA_2, STA_2, AA_2, STA_1),
	RULE(UL_ARTIM_EXPIRED, STA_13, STA_13, AA_2, STA_1),
	UNEXPECTED(UL_PDU_INVALID),
	RULE(UL_PDU_INVALID, STA_13, STA_13, AA_7, STA_13),
};

struct ul_step
dt_ul_step(enum ul_state state, enum ul_event event, bool choice)
{
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		const struct rule *r = &rules[i];

		if (r->event != event || state < r->from || state > r->to)
			continue;
		if (r->otherwise != 0 && !choice)
			return (struct ul_step){ r->action, r->otherwise };
		return (struct ul_step){ r->action, r->next };
	}
	return (struct ul_step){ UL_NO_ACTION, state };
}

bool
dt_ul_state_is_associated(enum ul_state state)
{
	return state >= STA_6 && state <= STA_12;
}
