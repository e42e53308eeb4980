/*
 * What GnuTLS lets pass in a hello and OpenSSL does not. In a client's: more
 * than one server name, one of another kind or longer than DNS has (RFC 6066
 * 3), compression beside null in TLS 1.3 (RFC 8446 4.1.2); and an extension
 * that occurs twice (RFC 8446 4.2), which GnuTLS minds only where it knows it,
 * by another alert.
 */
#ifndef DICOMTLS_TLS_HELLO_RULES_H
#define DICOMTLS_TLS_HELLO_RULES_H

#include "base/span.h"

/* message: without its header; one that is malformed otherwise is GnuTLS's to
 * refuse. 0, or GnuTLS's error for the alert that is due. */
int dt_hello_check(struct dt_span message);
/* Once it is known that the session will be of TLS 1.3. */
int dt_hello_check_1_3(struct dt_span message);

/* legacy_session_id of either hello; unset: the hello is cut. */
struct dt_span dt_hello_session(struct dt_span message);
/* session: what the client sent as its own. */
int dt_server_hello_check(
    struct dt_span message, struct dt_span session, bool tls13);

#endif
