/*
 * How long a connection waits for its peer. A value of its own, so that a
 * program may be more or less patient than limits.h, and a test need not
 * wait at all.
 */
#ifndef DICOMTLS_NET_PATIENCE_H
#define DICOMTLS_NET_PATIENCE_H

#include "base/limits.h"

/* All in milliseconds. */
struct dt_patience {
	unsigned connect;   /* name look-up and TCP */
	unsigned handshake; /* TLS */
	unsigned artim;	    /* PS3.8 9.1.5 */
	unsigned linger;    /* for the peer to close after us */
	unsigned idle;	    /* with an association and no PDU; 0: for ever */
};

#define DT_PATIENCE_DEFAULT                                                    \
	((struct dt_patience){ .connect = DT_CONNECT_MS,                       \
	    .handshake = DT_HANDSHAKE_MS,                                      \
	    .artim = DT_ARTIM_MS,                                              \
	    .linger = DT_LINGER_MS,                                            \
	    .idle = 0 })

#endif
