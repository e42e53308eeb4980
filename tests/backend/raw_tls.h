/*
 * An end of a TLS connection on GnuTLS alone, over memory: what our backend is
 * compared with.
 */
#ifndef DICOMTLS_TESTS_BACKEND_RAW_TLS_H
#define DICOMTLS_TESTS_BACKEND_RAW_TLS_H

#include "base/buffer.h"

#include <gnutls/gnutls.h>

struct raw_end {
	gnutls_session_t session;
	struct dt_buffer in; /* from the peer */
	struct dt_buffer *out;
};

/* TLS 1.3 with the groups that our backend prefers. */
extern const char raw_priority[];

/* role: GNUTLS_CLIENT or GNUTLS_SERVER. The session has no priorities yet.
 * Close in any case. */
bool raw_end_open(struct raw_end *end, unsigned role,
    gnutls_certificate_credentials_t credentials, struct dt_buffer *out);
void raw_end_close(struct raw_end *end);
/* A session of the caller's own making reads and writes there. */
void raw_end_attach(struct raw_end *end);

/* 1: the handshake is done; 0: it waits for the peer; negative: it failed. */
int raw_end_step(struct raw_end *end);

#endif
