/*
 * The peer's certificates in a GnuTLS session: read off the wire, judged by
 * the engine, refused with the alert OpenSSL sends.
 *
 * State hangs on the session (as data of a session extension that is never
 * sent) and goes with it.
 */
#ifndef DICOMTLS_TLS_PEER_VERIFY_H
#define DICOMTLS_TLS_PEER_VERIFY_H

#include "base/message.h"

#include "dicomtls.h"

#include <stdbool.h>

struct dt_profile_rules;

struct dt_peer_options {
	struct dicomtls_store *store;	      /* may be NULL */
	const struct dicomtls_params *params; /* copied; may be NULL */
	dicomtls_verify_fn fn;
	void *arg;
	bool advisory; /* a refused chain does not end the handshake */
	bool required; /* no certificate at all does */
	/* Of the profile that every certificate of the path is to satisfy;
	 * NULL: none. */
	const struct dt_profile_rules *rules;
};

struct dt_peer_result {
	bool judged;	     /* the verdict is there */
	bool passed;	     /* GnuTLS was told to go on */
	bool refused;	     /* the handshake was ended from here */
	bool no_certificate; /* refused: the peer sent none */
	int alert_sent;	     /* -1: none */
	struct dicomtls_verdict verdict;
	struct dt_message message;
	struct dt_message weak; /* the first outside the profile; empty */
};

/* Before the handshake, once per session. 0 or DICOMTLS_E_*. */
int dt_peer_attach(
    gnutls_session_t session, const struct dt_peer_options *options);

/* get0; NULL if nothing is attached. */
const struct dt_peer_result *dt_peer_result(gnutls_session_t session);

#endif
