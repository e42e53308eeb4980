/*
 * The protocol object of one connection (dicom/ul.h) in reach of any thread.
 *
 * A request of the program is judged at once, on the program's own thread, so
 * that it gets the true answer; a lock serialises that with the bytes of the
 * peer. What the protocol object wants done is queued in its order and done
 * by the loop thread without the lock: timers, callbacks. What it wants sent
 * has a queue of its own (outgoing.h), which the network empties at its pace.
 */
#ifndef DICOMTLS_LTDIC_EXCHANGE_H
#define DICOMTLS_LTDIC_EXCHANGE_H

#include "dicom/ul.h"
#include "ltdic/associate.h"
#include "ltdic/outgoing.h"

struct dt_exchange;

enum dt_item_kind {
	DT_ITEM_ARTIM,
	DT_ITEM_CLOSE,
	DT_ITEM_RECEIVED,
	DT_ITEM_ASSOCIATE_REQUEST,
	DT_ITEM_ASSOCIATE_ACCEPT,
	DT_ITEM_ASSOCIATE_REJECT,
	DT_ITEM_COMMAND,
	DT_ITEM_DATA,
	DT_ITEM_RELEASE_REQUEST,
	DT_ITEM_RELEASE_RESPONSE,
	DT_ITEM_ABORT
};

/* A command set that arrived, with what its context is about. */
struct dt_message_in {
	uint8_t context;
	struct dt_command command;
	struct dt_buffer encoded; /* the same as bytes */
	char abstract_syntax[DT_UID_MAX + 1];
	char transfer_syntax[DT_UID_MAX + 1];
};

/* One thing to do. Which members count depends on the kind. */
struct dt_item {
	struct dt_item *next;
	enum dt_item_kind kind;
	uint8_t type; /* PDU type */
	bool start;   /* of the timer */
	bool last;    /* of the pieces of a data set */
	/* A PDU, a piece of a data set: borrowed until the next step. */
	struct dt_span bytes;
	struct dt_associate association;
	uint8_t result, source, reason;
	struct dt_message_in *message; /* owned */
};

/* A request of the program as one call. */
struct dt_request {
	enum dt_ul_result (*make)(
	    struct dt_ul *ul, const struct dt_request *request);
	const struct dt_association *association;
	uint8_t result, source, reason;
	const struct dt_ul_message *message;
};

/* requestor as in dt_ul_new. NULL: no memory. */
struct dt_exchange *dt_exchange_new(bool requestor);
void dt_exchange_free(struct dt_exchange *exchange);

/* From any thread. */
enum dt_ul_result dt_exchange_request(
    struct dt_exchange *exchange, const struct dt_request *request);
bool dt_exchange_is_associated(struct dt_exchange *exchange);

/* What there is to send; lives as long as the exchange. */
struct dt_outgoing *dt_exchange_outgoing(struct dt_exchange *exchange);
/* A copy of the answer, while there is an association; NULL: there is none, or
 * no memory. To be ended with dt_associate_free_lent. */
struct dt_associate *dt_exchange_lend_answer(struct dt_exchange *exchange);

/* From the transport. */
void dt_exchange_open(struct dt_exchange *exchange);
void dt_exchange_feed(struct dt_exchange *exchange, struct dt_span bytes);
/* Looks at the next PDU of those fed; false: there is no whole one. What it
 * queues is to be done before the next step. */
bool dt_exchange_step(struct dt_exchange *exchange);
/* The ARTIM timer fired: true if that leaves an association undone, false if
 * the peer only took its time to close after one. */
bool dt_exchange_expired(struct dt_exchange *exchange);
/* True if an association was asked for or established and not ended. */
bool dt_exchange_closed(struct dt_exchange *exchange);

/* The next thing to do; NULL: nothing now. *broken is set if something could
 * not be queued for want of memory: the connection cannot go on. */
struct dt_item *dt_exchange_next(struct dt_exchange *exchange, bool *broken);
void dt_item_free(struct dt_item *item);
void dt_message_in_free(struct dt_message_in *message);

#endif
