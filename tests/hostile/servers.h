/*
 * Servers that do TLS wrong, GnuTLS's with messages that are changed before
 * they are hashed and records of its own after the handshake, against a client
 * over memory: what the client says to it.
 */
#ifndef DICOMTLS_TESTS_HOSTILE_SERVERS_H
#define DICOMTLS_TESTS_HOSTILE_SERVERS_H

#include "hostile/alerts.h"
#include "hostile/seal.h"
#include "hostile/wire.h"

#include "tls/backend.h"

/* Of a ServerHello. */
enum field { NO_FIELD, SESSION, SUITE, COMPRESSION, SENTINEL };

struct server_row {
	const char *name;
	const char *clause;
	int wanted;
	int openssl, ours; /* see rows.h */
	bool old;	   /* TLS 1.2, otherwise 1.3 */
	bool again;	   /* it asks for another key_share, of P-384 */
	struct message_edit edit;
	enum field field; /* is set to value */
	unsigned value;
	struct sealed sealed; /* before the data that it then sends */
};

/* Ends with a row without name. */
extern const struct server_row server_rows[];

/* Plays all; arguments: CERTIFICATE KEY CA of the server, CERTIFICATE KEY of
 * the client. The exit status. reference: the client is OpenSSL's. */
int servers_main(
    const struct tls_backend *client, bool reference, int argc, char **argv);

#endif
