/*
 * A peer of the TLS target that is GnuTLS without anything of ours, and shows
 * whatever certificates it is given: in TLS 1.3 nobody else gets to encrypt
 * them. Its key is that of a certificate that is in order. Or a program that
 * has such a session and lets dicomtls.h judge who it speaks to.
 */
#ifndef DICOMTLS_FUZZ_TLS_PEER_H
#define DICOMTLS_FUZZ_TLS_PEER_H

#include "tls/backend.h"

struct tls_peer;

/* Once, before there is a peer: PEM, the certificate and its key, and whom a
 * program trusts. */
void tls_peer_load(
    const char *certificate_file, const char *key_file, const char *ca_file);

/* certificates: the DER of each behind two octets with its size, 0 of them for
 * the peer's own; borrowed. */
struct tls_peer *tls_peer_new(enum tls_role role, struct dt_span certificates);
void tls_peer_free(struct tls_peer *peer);

/* From now on dicomtls.h judges; without its hook, late: what GnuTLS has
 * imported. tls_peer_step sees to it that nobody gets through unseen. */
void tls_peer_attach(struct tls_peer *peer, bool hook);

void tls_peer_feed(struct tls_peer *peer, struct dt_span octets);
/* Goes on with the handshake, then reads and says something. */
void tls_peer_step(struct tls_peer *peer);
/* Consume what was taken from it. */
struct dt_buffer *tls_peer_output(struct tls_peer *peer);

#endif
