/* What a client sends that has no key for its certificate. */
#ifndef DICOMTLS_TESTS_DEEP_BOUNDS_FLIGHT_H
#define DICOMTLS_TESTS_DEEP_BOUNDS_FLIGHT_H

#include "deep/bounds.h"
#include "hostile/wire.h"
#include "tls/backend.h"

/* SignatureScheme (RFC 8446 4.2.3), the second as TLS 1.2 had it. */
enum { SIGN_RSA = 0x0804, SIGN_DSA = 0x0402, SIGN_ECDSA = 0x0403 };

/* All of the client's part of a TLS 1.2 handshake up to CertificateVerify, with
 * the chain. */
bool bounds_put_flight(struct bounds_input *input, unsigned algorithm);

/* What a server has: a certificate of its own and the anchor. */
bool bounds_add_own(struct bench_input *bench, const struct mint_dir *dir);

/* A server of this library; see struct bounds_side. */
struct bounds_server {
	const struct tls_backend *backend;
	const struct bounds_input *input;
	struct tls_context *context;
};

void *bounds_server_open(
    const struct tls_backend *backend, const struct bounds_input *input);
void bounds_server_close(void *state);
/* It is fed what is on the wire. */
bool bounds_server_run(void *state, struct bounds_outcome *outcome);
/* Its peer is a client of GnuTLS with a certificate that is good, and asks for
 * another handshake when the first is over (RFC 5746 4.4). */
bool bounds_server_renegotiated(void *state, struct bounds_outcome *outcome);

#endif
