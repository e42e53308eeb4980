/*
 * What the two halves of a session share: gnutls_session.c drives it,
 * gnutls_failure.c says why it failed.
 */
#ifndef DICOMTLS_TLS_GNUTLS_SESSION_H
#define DICOMTLS_TLS_GNUTLS_SESSION_H

#include "tls/gnutls_backend.h"
#include "tls/profile_check.h"
#include "tls/record_watch.h"
#include "tls/resumption.h"

/* A record header and an alert, RFC 8446 5.1 and 6. */
#define DT_ALERT_RECORD 7

struct tls_session {
	struct tls_context *context;
	enum tls_role role;
	gnutls_session_t gnutls;
	struct dt_resumption resumption;
	struct dt_buffer in;
	struct dt_buffer out;
	bool eof;
	bool starved; /* GnuTLS asked for bytes and there were none */
	size_t taken; /* octets of the peer until the handshake is over */
	struct dt_record_watch watch;
	struct dt_buffer first; /* the peer's first flight, or its start */
	uint8_t tail[DT_ALERT_RECORD]; /* the bytes GnuTLS took last */
	unsigned hellos;	       /* a server: those of the client */
	bool shaken; /* gnutls_handshake would start another */
	bool failed;
	struct tls_failure failure;
};

/* The session is over with an error of GnuTLS's: notes why, and answers with an
 * alert where one is due. Always TLS_FAILED. */
enum tls_status dt_session_fail(
    struct tls_session *session, int e, const char *doing);

/* It is over because what was agreed on is outside the profile, or because of
 * something else that GnuTLS lets pass. */
enum tls_status dt_session_refuse(
    struct tls_session *session, const struct dt_outside *why);

#endif
