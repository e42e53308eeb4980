/*
 * Why no ClientHello of this peer would do: GnuTLS has one word, "no cipher
 * suites", for most of it. What the client offers (RFC 8446 4.1.2, RFC 5246
 * 7.4.1.2) is laid beside what the profile has.
 *
 * Only after GnuTLS has refused: nothing is decided here.
 */
#ifndef DICOMTLS_TLS_CLIENT_HELLO_H
#define DICOMTLS_TLS_CLIENT_HELLO_H

#include "tls/profile.h"

/* What a client offers. Spans are borrowed, unset where there was nothing. */
struct dt_client_hello {
	int lowest;	       /* version of TLS, as on the wire */
	int highest;	       /* below lowest: none that we know */
	struct dt_span suites; /* numbers of two octets */
	struct dt_span groups;
	struct dt_span signatures;
};

/* message: the handshake message without its header. False: it is cut or
 * malformed. */
bool dt_client_hello_parse(
    struct dt_client_hello *hello, struct dt_span message);

/* records: the first octets of the client, as far as they were kept. The alert
 * that says it, or -1: it cannot be told, and why is unchanged. */
int dt_client_hello_explain(const struct dt_profile *profile,
    struct dt_span records, struct dt_message *why);

#endif
