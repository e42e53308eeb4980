/*
 * The state machine of the upper layer (PS3.8 9.2, tables 9-1 to 9-10) as a
 * pure function: state and event in, action and next state out. Names and
 * numbers are those of the standard. What an action does is ul.c's matter.
 */
#ifndef DICOMTLS_DICOM_UL_STATE_H
#define DICOMTLS_DICOM_UL_STATE_H

#include <stdbool.h>

enum ul_state {
	STA_1 = 1, /* idle */
	STA_2,	   /* transport open, A-ASSOCIATE-RQ awaited */
	STA_3,	   /* local A-ASSOCIATE response awaited */
	STA_4,	   /* transport opening awaited */
	STA_5,	   /* A-ASSOCIATE-AC or -RJ awaited */
	STA_6,	   /* established */
	STA_7,	   /* A-RELEASE-RP awaited */
	STA_8,	   /* local A-RELEASE response awaited */
	STA_9,	   /* collision, requestor: local response awaited */
	STA_10,	   /* collision, acceptor: A-RELEASE-RP awaited */
	STA_11,	   /* collision, requestor: A-RELEASE-RP awaited */
	STA_12,	   /* collision, acceptor: local response awaited */
	STA_13	   /* transport close awaited */
};

enum ul_event {
	UL_ASSOCIATE_REQUEST, /* of the local user */
	UL_TRANSPORT_CONFIRM, /* our connection is open */
	UL_PDU_AC,
	UL_PDU_RJ,
	UL_TRANSPORT_INDICATION, /* a connection came */
	UL_PDU_RQ,
	UL_ASSOCIATE_ACCEPT, /* of the local user */
	UL_ASSOCIATE_REJECT,
	UL_DATA_REQUEST,
	UL_PDU_DATA,
	UL_RELEASE_REQUEST,
	UL_PDU_RELEASE_RQ,
	UL_PDU_RELEASE_RP,
	UL_RELEASE_RESPONSE,
	UL_ABORT_REQUEST,
	UL_PDU_ABORT,
	UL_TRANSPORT_CLOSED,
	UL_ARTIM_EXPIRED,
	UL_PDU_INVALID, /* unrecognised or invalid */
	UL_EVENT_COUNT
};

/* clang-format off */
enum ul_action {
	UL_NO_ACTION, /* the standard has no entry */
	AE_1, AE_2, AE_3, AE_4, AE_5, AE_6, AE_7, AE_8,
	DT_1, DT_2,
	AR_1, AR_2, AR_3, AR_4, AR_5, AR_6, AR_7, AR_8, AR_9, AR_10,
	AA_1, AA_2, AA_3, AA_4, AA_5, AA_6, AA_7, AA_8,
	UL_ACTION_COUNT
};
/* clang-format on */

struct ul_step {
	enum ul_action action;
	enum ul_state next;
};

/*
 * What table 9-10 says. Two entries leave a choice: AE-6 goes on to Sta3 if
 * acceptable, else to Sta13 with AE-8's rejection; AR-8 goes on to Sta9 in the
 * requestor, to Sta10 in the acceptor. choice makes it: acceptable, and
 * requestor.
 */
struct ul_step dt_ul_step(
    enum ul_state state, enum ul_event event, bool choice);

/* Established or being released: Sta6 to Sta12. */
bool dt_ul_state_is_associated(enum ul_state state);

#endif
