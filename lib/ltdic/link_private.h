/*
 * Inside of a link, for link.c, where it begins and ends and hears of what
 * happens to it, and link_work.c, which does what follows. All of it is on the
 * link's loop.
 */
#ifndef DICOMTLS_LTDIC_LINK_PRIVATE_H
#define DICOMTLS_LTDIC_LINK_PRIVATE_H

#include "ltdic/incoming.h"
#include "ltdic/link.h"

struct dt_link {
	atomic_uint refs;
	struct dt_net *net;
	struct dt_loop *loop;
	struct dt_link_plan plan; /* its text and setup are owned */
	struct dt_work start;
	struct dt_work close;
	struct dt_work wake;
	atomic_bool awake; /* wake is posted */
	bool at_once;	   /* set before close is posted */

	struct dt_farewell *farewell; /* of one that was accepted */
	struct dt_exchange *exchange; /* NULL: a listener */
	struct dt_transport *transport;
	struct dt_listener *listener;
	struct dt_timer *artim;
	struct dt_timer *idle;
	struct dt_incoming incoming;
	size_t in_flight; /* octets the transport has and the system has not */
	L_INT cause;	  /* why we ended it ourselves, or 0 */
	bool finishing;	  /* closed by the program; sends what is left */
	bool ended;
};

/* How patient the handle is at the moment. */
struct dt_patience dt_link_patience(struct dt_net *net);

/* Ends it, once, and drops the loop's reference. */
void dt_link_end(struct dt_link *link, bool at_once);
/* The connection is over for a reason that is not the program's: it is told,
 * then the handle is idle again. */
void dt_link_lose(struct dt_link *link, L_INT error);

/* Does what the protocol object queued and sends what there is to send.
 * Callbacks may queue more, close the handle or free it: the caller holds a
 * reference. */
void dt_link_drain(struct dt_link *link);
/* The same for each PDU of the peer: what one of them caused is done before
 * the next is looked at. */
void dt_link_drain_steps(struct dt_link *link);

/* Aborts the association as the service provider; the ARTIM timer then sees to
 * the end. */
void dt_link_abort(struct dt_link *link);

#endif
