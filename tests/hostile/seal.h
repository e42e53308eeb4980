/*
 * What a session of GnuTLS would not send: messages changed before they are
 * hashed and encrypted, and records of any type with its keys (AES-GCM: RFC
 * 5288, RFC 8446 5.2).
 */
#ifndef DICOMTLS_TESTS_HOSTILE_SEAL_H
#define DICOMTLS_TESTS_HOSTILE_SEAL_H

#include "base/buffer.h"

#include <gnutls/gnutls.h>

/* The two octets at that place of the message, header included, with mask. */
struct message_edit {
	unsigned type; /* 0: HelloRequest, which nobody sends: nothing */
	size_t at;
	unsigned mask;
};

/* Called from a hook for what is sent. */
void message_edit(const struct message_edit *edit, unsigned type,
    const gnutls_datum_t *message);

struct sealed {
	unsigned type;
	const char *octets; /* hexadecimal */
	unsigned count;	    /* records */
	size_t zeros;	    /* after the octets */
};

/* The session goes on after them. */
bool seal(gnutls_session_t session, const struct sealed *sealed,
    struct dt_buffer *out);

#endif
