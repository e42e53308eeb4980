/*
 * A DIMSE message on its way in: its command set waits here until its data set
 * is whole, which goes to a sink of the command's or is kept for the program.
 * Everything is on the loop thread of the connection.
 */
#ifndef DICOMTLS_LTDIC_INCOMING_H
#define DICOMTLS_LTDIC_INCOMING_H

#include "ltdic/link.h"
#include "ltdic/spool.h"

struct dt_incoming {
	struct dt_message_in *message; /* NULL: between messages */
	struct dt_data_sink sink;
	void *stream;		/* of the sink */
	bool is_open;		/* stream is to be ended */
	struct dt_spool *spool; /* NULL: none, or it failed */
};

/* Takes the message; tells the program of one without a data set. */
void dt_incoming_take(struct dt_incoming *incoming, struct dt_net *net,
    struct dt_link *link, struct dt_message_in *message);
/* A piece of the data set; tells the program of the message after the last
 * one. */
void dt_incoming_put(struct dt_incoming *incoming, struct dt_net *net,
    struct dt_link *link, const struct dt_item *piece);
/* No more will come. */
void dt_incoming_cut(struct dt_incoming *incoming);

#endif
