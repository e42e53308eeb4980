/*
 * A real client, GnuTLS's, with its own certificate, whose octets are changed
 * on the way, or that does after the handshake what no client does. What the
 * listener answers is decrypted, so that TLS 1.3 is seen as well.
 */
#ifndef DICOMTLS_TESTS_HOSTILE_CLIENT_H
#define DICOMTLS_TESTS_HOSTILE_CLIENT_H

#include "hostile/alerts.h"
#include "hostile/rows.h"
#include "hostile/seal.h"
#include "hostile/wire.h"

#include "backend/raw_tls.h"

struct client_row;

struct client {
	struct wire wire;
	struct raw_end end;
	struct dt_buffer out;
	const struct client_row *row;
	unsigned flight; /* how many have gone */
	int warning;	 /* last one that came, -1: none */
};

enum client_key { RIGHT_KEY, WRONG_KEY, NO_KEY };

struct client_row {
	const char *name;
	const char *clause;
	int wanted;
	int openssl, ours; /* see rows.h */
	bool old;	   /* TLS 1.2, otherwise 1.3 */
	bool early;	   /* early_data is announced */
	bool again;	   /* its first key_share is none for us */
	enum client_key key;
	/* What happens to the second flight: Certificate to Finished. */
	void (*change)(struct dt_buffer *flight, const struct client_row *row);
	unsigned type; /* of the handshake message or record that is meant */
	/* Or in the message itself, before it is encrypted. */
	struct message_edit edit;
	/* What is done when the client's handshake is over; NULL: it asks for
	 * an association. */
	bool (*then)(struct client *client);
	/* Records that it sends: type, payload in hexadecimal, and count of
	 * them. */
	struct sealed sealed;
};

/* Sends what there is. */
bool client_flush(struct client *client);
bool client_ask(struct client *client);
/* Until data come: -1, or how it ended. */
int client_hear(struct client *client);
/* Until a call of gnutls_handshake says more than "again": GnuTLS's number. */
int client_shake_again(struct client *client);

/* Each ends with a row without name. */
extern const struct client_row changed_rows_1_2[], changed_rows_1_3[];
extern const struct client_row after_rows_1_2[], after_rows_1_3[];

#endif
