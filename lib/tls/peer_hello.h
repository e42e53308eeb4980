/*
 * The messages of a handshake that come before certificates, as GnuTLS's hook
 * shows them, held to the rules of hello_rules.h and extension_place.h.
 */
#ifndef DICOMTLS_TLS_PEER_HELLO_H
#define DICOMTLS_TLS_PEER_HELLO_H

#include "tls/hello_rules.h"

#include <gnutls/gnutls.h>

/* Of one session; zeros to begin with. */
struct dt_peer_hello {
	bool is_client; /* this end has said hello */
	struct dt_own_hello own;
	int client_fault;     /* what a client's lacks for TLS 1.3 */
	unsigned retry_suite; /* a server's, RFC 8446 4.1.4; 0: none */
};

/* message: without its header. 0, or GnuTLS's error for the alert that is due.
 * Before this end sends it; */
int dt_peer_hello_sent(
    struct dt_peer_hello *hello, unsigned type, struct dt_span message);
/* when: before GnuTLS has read the peer's, and after it. */
int dt_peer_hello_heard(struct dt_peer_hello *hello, gnutls_session_t session,
    unsigned type, unsigned when, struct dt_span message);

#endif
