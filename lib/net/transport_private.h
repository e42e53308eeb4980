/*
 * What the two halves of a byte stream share: transport.c opens it and moves
 * bytes, transport_close.c ends it.
 */
#ifndef DICOMTLS_NET_TRANSPORT_PRIVATE_H
#define DICOMTLS_NET_TRANSPORT_PRIVATE_H

#include "net/tcp.h"
#include "net/transport.h"

#include <uv.h>

/* Decrypted at a time: a TLS record (RFC 8446 5.1). */
#define RECORD_SIZE (16 * 1024)

enum phase {
	STARTING, /* no socket yet */
	SECURING, /* TLS handshake */
	UP,
	OVER,	   /* the last event was reported; waits for its owner */
	LINGERING, /* says goodbye, without an owner */
	ENDED
};

struct dt_transport {
	struct dt_loop *loop;
	struct dt_tls_setup *setup; /* NULL: plain */
	struct tls_session *session;
	struct dt_patience patience;
	struct dt_socket_options options;
	const struct dt_transport_events *events;
	void *arg;

	struct dt_tcp_connect *connecting;
	uv_tcp_t *tcp;
	struct dt_timer *timer;
	uv_shutdown_t shutdown;
	struct dt_endpoint host;
	struct dt_endpoint peer;

	enum phase phase;
	enum tls_role role;
	bool seen;	/* the first byte was looked at */
	bool eof;	/* the peer closed its direction, or it is lost */
	bool alerted;	/* an alert of ours is on its way */
	bool shut;	/* our direction is closed or will never be */
	bool abandoned; /* the owner called close */
	bool at_once;
	enum dt_net_error write_error;
	unsigned busy;	 /* calls on the stack that still use us */
	unsigned writes; /* requests libuv holds */
	size_t discarded;
};

/* Writes what the TLS session has ready; no message of the owner. */
void dt_transport_flush(struct dt_transport *transport);

/* Does what was put off while the transport was in use; may free it. */
void dt_transport_settle(struct dt_transport *transport);

/* Around every callback: an owner may close the transport inside its event. */
static inline void
dt_transport_enter(struct dt_transport *transport)
{
	transport->busy++;
}

static inline void
dt_transport_leave(struct dt_transport *transport)
{
	transport->busy--;
	dt_transport_settle(transport);
}

#endif
