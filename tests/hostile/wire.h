/*
 * One connection of a client that composes its octets itself: TLS records as
 * they go over the wire (RFC 8446 5.1, RFC 5246 6.2), and what comes back.
 */
#ifndef DICOMTLS_TESTS_HOSTILE_WIRE_H
#define DICOMTLS_TESTS_HOSTILE_WIRE_H

#include "base/buffer.h"

/* How a connection ended, beside the numbers of fatal alerts. */
enum {
	ENDED_ANSWERED = 300, /* a ServerHello came, or the association */
	ENDED_CLOSED,	      /* no fatal alert, and the stream is over */
	ENDED_SILENT,	      /* nothing of it for a minute */
	ENDED_BROKEN	      /* the client could not do its part */
};

enum { RECORD_CHANGE_CIPHER = 20, RECORD_ALERT, RECORD_HANDSHAKE, RECORD_DATA };

struct wire {
	int fd;
	struct dt_buffer in;
};

/* What a ClientHello has; texts are hexadecimal, blanks do not count. */
struct hello {
	unsigned version; /* legacy_version; 0: TLS 1.2 */
	const char *session;
	const char *suites;	 /* NULL: ECDHE-ECDSA and TLS 1.3 with AES */
	const char *compression; /* NULL: null alone */
	bool bare;		 /* without the extensions it needs */
	bool modern;		 /* supported_versions and key_share for 1.3 */
	const char *extensions;	 /* after those it needs */
	unsigned padded; /* type of one more, of padded_size zero octets */
	size_t padded_size;
};

void hex_append(struct dt_buffer *out, const char *text);
/* The handshake message. */
void hello_append(struct dt_buffer *out, const struct hello *hello);
void record_append(
    struct dt_buffer *out, unsigned type, unsigned version, struct dt_span);

bool wire_open(struct wire *wire, unsigned port);
void wire_close(struct wire *wire);
/* False: the stream broke, which may be the answer. */
bool wire_send(struct wire *wire, struct dt_span octets);
/* Adds to in; false: there is no more. */
bool wire_receive(struct wire *wire);
void wire_finish(struct wire *wire); /* FIN; reading goes on */

/* Reads until the server's first flight of TLS 1.2 is over. */
bool wire_await_flight(struct wire *wire);
/* Reads a HelloRetryRequest, which is a ServerHello of a fixed random. */
bool wire_await_retry(struct wire *wire);
int wire_outcome(struct wire *wire);

#endif
