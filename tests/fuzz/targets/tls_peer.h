/*
 * A peer of the TLS target that is GnuTLS without anything of ours, and shows
 * whatever certificates it is given: in TLS 1.3 nobody else gets to encrypt
 * them. Its key is that of a certificate that is in order.
 */
#ifndef DICOMTLS_FUZZ_TLS_PEER_H
#define DICOMTLS_FUZZ_TLS_PEER_H

#include "tls/backend.h"

struct tls_peer;

/* certificates: the DER of each behind two octets with its size; borrowed.
 * key_file: PEM, with the certificate of this key in certificate_file. */
struct tls_peer *tls_peer_new(enum tls_role role, struct dt_span certificates);
void tls_peer_free(struct tls_peer *peer);

/* Once, before there is a peer. */
void tls_peer_load(const char *certificate_file, const char *key_file);

void tls_peer_feed(struct tls_peer *peer, struct dt_span octets);
/* Goes on with the handshake, then reads and says something. */
void tls_peer_step(struct tls_peer *peer);
/* Consume what was taken from it. */
struct dt_buffer *tls_peer_output(struct tls_peer *peer);

#endif
