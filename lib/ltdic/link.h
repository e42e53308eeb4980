/*
 * What a handle has while it is active: a listener or a connection. It lives
 * on one loop; a handle that closes and connects again gets another one.
 *
 * Reference-counted: the handle has a reference while it is the handle's, the
 * loop has one until the link ended there.
 */
#ifndef DICOMTLS_LTDIC_LINK_H
#define DICOMTLS_LTDIC_LINK_H

#include "ltdic/exchange.h"
#include "ltdic/net.h"

/* How a link comes to be. Text is copied. */
struct dt_link_plan {
	enum { DT_LINK_CONNECT, DT_LINK_ACCEPTED, DT_LINK_LISTEN } kind;
	const char *peer; /* CONNECT */
	unsigned port;
	int ip_type;
	bool has_local;
	struct sockaddr_storage local;
	int fd; /* ACCEPTED, LISTEN: taken if the start succeeds */
	struct dt_tls_setup *setup; /* referenced; NULL: plain */
};

/* Gives net a link that starts as planned. DICOM_SUCCESS, NET_IS_CONNECTED,
 * NET_NOT_INITIALISED, MEMORY, or PARAMETER for a freed handle. */
L_INT dt_link_start(struct dt_net *net, const struct dt_link_plan *plan);

/* For who detached it from its handle: ends it and drops the reference. */
void dt_link_close(struct dt_link *link, bool at_once);

struct dt_link *dt_link_ref(struct dt_link *link);
void dt_link_unref(struct dt_link *link);

/* The protocol object; NULL for a listener. Valid as long as the link. */
struct dt_exchange *dt_link_exchange(const struct dt_link *link);
/* Something was queued in the exchange. */
void dt_link_wake(struct dt_link *link);

#endif
