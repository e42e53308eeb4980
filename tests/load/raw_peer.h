/*
 * A peer that does what no library would: it writes what it is told, octet by
 * octet if asked to, and reads when it pleases. Raw DICOM on a socket, plain
 * or, with the session of lib/tls driven by hand, over TLS.
 */
#ifndef DICOMTLS_TESTS_LOAD_RAW_PEER_H
#define DICOMTLS_TESTS_LOAD_RAW_PEER_H

#include "base/buffer.h"
#include "tls/backend.h"

struct raw_peer {
	int fd;
	struct tls_context *context; /* NULL: plain */
	struct tls_session *session;
	struct dt_buffer received; /* decrypted */
};

/* Connected, and after its handshake if config is not NULL. */
bool raw_peer_open(
    struct raw_peer *peer, unsigned port, const struct tls_config *config);
void raw_peer_close(struct raw_peer *peer);

/* A-ASSOCIATE-RQ for one context, Verification; C-ECHO-RQ in a P-DATA-TF. */
void raw_associate_request(struct dt_buffer *pdu);
void raw_echo_request(struct dt_buffer *pdu);

/* What goes over the wire for these bytes. */
void raw_peer_encode(
    struct raw_peer *peer, struct dt_span bytes, struct dt_buffer *wire);
/* Writes all of it; false: the stream broke. */
bool raw_peer_write(struct raw_peer *peer, struct dt_span wire);
/* Writes what the system takes without waiting: how much, -1 if none. */
ssize_t raw_peer_push(struct raw_peer *peer, struct dt_span wire);
/* Reads one PDU and forgets it: its type, 0 if there is none any more. */
int raw_peer_next(struct raw_peer *peer);

/* Associated: A-ASSOCIATE-AC has been read. */
bool raw_peer_associate(struct raw_peer *peer);

#endif
