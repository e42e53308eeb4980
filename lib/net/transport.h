/*
 * A byte stream to a peer: TCP, plain or with TLS on top.
 *
 * All calls and all events are on the thread of its loop. Events:
 *
 *   connected  TCP is up, or why not. Adopted sockets have no such event.
 *   secured    the TLS handshake succeeded, or why not. TLS only, once.
 *   received   bytes of the peer, decrypted.
 *   sent       a message given to dt_transport_write was handed to the system.
 *   closed     the peer closed (DT_NET_OK: in good order) or the stream broke.
 *
 * An event that carries an error is the last one; the owner then calls
 * dt_transport_close as it does to end a healthy stream. It may call it inside
 * any event. No event follows, and the transport is no longer the owner's:
 * it says goodbye to the peer in the background, for at most the
 * linger time of its patience.
 */
#ifndef DICOMTLS_NET_TRANSPORT_H
#define DICOMTLS_NET_TRANSPORT_H

#include "net/address.h"
#include "net/loop.h"
#include "net/patience.h"
#include "net/tls_setup.h"

struct dt_transport_events {
	void (*connected)(void *arg, enum dt_net_error error);
	void (*secured)(void *arg, enum dt_net_error error);
	void (*received)(void *arg, struct dt_span bytes);
	void (*sent)(void *arg, unsigned tag, size_t size);
	void (*closed)(void *arg, enum dt_net_error error);
	/* Every event of the judgement of the peer's certificates. */
	dicomtls_verify_fn verify;
};

struct dt_transport;

/* Buffer sizes of the system's sockets, 0: as the system has them. */
struct dt_socket_options {
	int send_buffer;
	int receive_buffer;
	bool no_delay;
};

#define DT_SOCKET_DEFAULT ((struct dt_socket_options){ 0, 0, true })

/* setup NULL: plain. It is referenced; patience is copied. NULL if there is no
 * memory. */
struct dt_transport *dt_transport_new(struct dt_loop *loop,
    struct dt_tls_setup *setup, const struct dt_patience *patience,
    const struct dt_transport_events *events, void *arg);

/* Before its start; else it has the defaults. */
void dt_transport_set_socket(
    struct dt_transport *transport, const struct dt_socket_options *options);

/* The stream's start: one of these, once. Failures come as events, also
 * those found at once: they are reported before the call returns. The
 * patience of a target is that of the transport. */
struct dt_tcp_target;
void dt_transport_connect(
    struct dt_transport *transport, const struct dt_tcp_target *target);
/* fd is a connected socket; it is taken in any case. */
void dt_transport_adopt(struct dt_transport *transport, int fd);

/* Sends bytes; sent reports tag and size. Only while the stream is up. */
void dt_transport_write(
    struct dt_transport *transport, struct dt_span bytes, unsigned tag);
/* The same; what is in the buffer is taken, which is left empty. */
void dt_transport_send(
    struct dt_transport *transport, struct dt_buffer *bytes, unsigned tag);

/* Ends it, see above. at_once: without waiting for the peer to take what was
 * written; an alert on its way is waited for all the same. */
void dt_transport_close(struct dt_transport *transport, bool at_once);

/* get0; both ends as text, valid once connected. */
const struct dt_endpoint *dt_transport_host(const struct dt_transport *);
const struct dt_endpoint *dt_transport_peer(const struct dt_transport *);

/* What TLS negotiated and why it failed; false without a TLS session. */
bool dt_transport_info(
    const struct dt_transport *transport, struct tls_info *info);
bool dt_transport_failure(
    const struct dt_transport *transport, struct tls_failure *failure);

/* True if we began TLS and the peer ended the stream without having sent one
 * byte: so does one that speaks another protocol. */
bool dt_transport_was_unheard(const struct dt_transport *transport);

#endif
