/*
 * What GnuTLS lets pass in a hello and OpenSSL does not. In a client's: the
 * form of an extension (hello_form.h), one that occurs twice (RFC 8446 4.2),
 * which GnuTLS minds only where it knows it, by another alert; in TLS 1.2
 * elliptic curves without a list of them, and a pre_shared_key without its
 * modes (RFC 8446 4.2.9); in TLS 1.3 compression beside null
 * (RFC 8446 4.1.2), a key_share of a group that is not in the list (4.2.8); and
 * after a HelloRetryRequest early_data, several key_shares, or suites without
 * the one that was chosen there (4.1.2). In a server's: another session than
 * the client's, a suite of another version (RFC 8446 B.4), a downgrade (4.1.3),
 * no key_share in TLS 1.3, no renegotiation_info before it (RFC 5746 3.4); a
 * HelloRetryRequest for a group that was shared.
 */
#ifndef DICOMTLS_TLS_HELLO_RULES_H
#define DICOMTLS_TLS_HELLO_RULES_H

#include "base/span.h"

/* message: without its header; one that is malformed otherwise is GnuTLS's to
 * refuse. 0, or GnuTLS's error for the alert that is due. */
int dt_hello_check(struct dt_span message);
/* Once it is known what the session will be. elliptic: keys are exchanged by
 * ECDHE. */
int dt_hello_check_1_2(struct dt_span message, bool elliptic);
int dt_hello_check_1_3(struct dt_span message);
/* A second one; suite: of the HelloRetryRequest. */
int dt_hello_check_again(struct dt_span message, unsigned suite);

/* What a client sent and its server has to mind. */
struct dt_own_hello {
	uint8_t session[32];
	size_t session_size;
	uint16_t groups[4]; /* shared in key_share; GnuTLS does with three */
	size_t group_count;
};

void dt_own_hello_keep(struct dt_own_hello *own, struct dt_span message);

/* Before and once it is known what the session will be. */
int dt_server_hello_places(struct dt_span message);
int dt_server_hello_check(
    struct dt_span message, const struct dt_own_hello *own, bool tls13);
/* A HelloRetryRequest is a ServerHello (RFC 8446 4.1.4). */
int dt_retry_check(struct dt_span message, const struct dt_own_hello *own);
/* cipher_suite of either; 0: it is cut. */
unsigned dt_server_hello_suite(struct dt_span message);

#endif
