/*
 * Counts records of a peer that bring nothing: empty ones, warnings,
 * ChangeCipherSpec that TLS 1.3 ignores, and after the handshake everything but
 * data (session tickets, new keys, requests to renegotiate). Each is cheap, and
 * there may be any number of them. Counts also the handshake messages that come
 * in clear. Octets are followed as GnuTLS takes them (RFC 8446 5.1); what is in
 * them is GnuTLS's to judge.
 */
#ifndef DICOMTLS_TLS_RECORD_WATCH_H
#define DICOMTLS_TLS_RECORD_WATCH_H

#include "base/span.h"

struct dt_record_watch {
	uint8_t header[5];
	size_t held; /* of it */
	size_t left; /* of the payload */
	struct {
		unsigned begun; /* until records are encrypted */
		uint8_t header[4];
		size_t held; /* of it */
		size_t left; /* of the message */
	} messages;
	/* In the handshake all, afterwards in a row; a record counts when its
	 * last octet is there. */
	unsigned idle;
	bool over;	   /* one more came after too many */
	unsigned warnings; /* alerts that did not end the session */
};

/* The next octets of the peer. shaken: the handshake is over. */
void dt_record_watch_take(
    struct dt_record_watch *watch, struct dt_span octets, bool shaken);
void dt_record_watch_warned(struct dt_record_watch *watch);
/* Data came, or the handshake is over: counting begins again. */
void dt_record_watch_rest(struct dt_record_watch *watch);

/* What there is too much of, for a text; NULL: of nothing. */
const char *dt_record_watch_flood(const struct dt_record_watch *watch);

#endif
