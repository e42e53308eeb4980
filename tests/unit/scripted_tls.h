/*
 * A TLS backend that does what the peer's bytes say, so that the test of a
 * transport can lead it to any point of a session with a plain socket:
 *
 *   'H'  the handshake succeeds
 *   'F'  our side refuses: alert 42 goes out, as '!'
 *   'A'  the peer's fatal alert 48
 *   'C'  the peer's close_notify
 *
 * Everything else is data. A client says 'h' first; data goes out as it is,
 * close_notify as 'c'.
 */
#ifndef DICOMTLS_TESTS_UNIT_SCRIPTED_TLS_H
#define DICOMTLS_TESTS_UNIT_SCRIPTED_TLS_H

#include "tls/backend.h"

extern const struct tls_backend scripted_tls;

#endif
