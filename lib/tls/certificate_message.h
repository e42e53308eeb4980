/*
 * The body of a TLS Certificate message: RFC 5246 7.4.2 and RFC 8446 4.4.2.
 * Only the list of encodings is taken; nobody looks into them here.
 */
#ifndef DICOMTLS_TLS_CERTIFICATE_MESSAGE_H
#define DICOMTLS_TLS_CERTIFICATE_MESSAGE_H

#include "base/limits.h"
#include "base/span.h"

#include <gnutls/gnutls.h>

/* Encodings as the peer sent them, its own first. */
struct dt_certificate_list {
	gnutls_datum_t items[DT_MAX_CHAIN];
	unsigned count;
};

/* The items point into message. 0 (an empty list is fine),
 * DICOMTLS_E_FORMAT or DICOMTLS_E_LIMIT. */
int dt_certificate_message_parse(
    struct dt_certificate_list *list, struct dt_span message, bool tls13);

#endif
