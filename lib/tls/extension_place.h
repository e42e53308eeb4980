/*
 * Which extensions a message may have, each once (RFC 8446 4.2). GnuTLS passes
 * over most of them where they do not belong, and over one that occurs twice
 * where it does not know it.
 */
#ifndef DICOMTLS_TLS_EXTENSION_PLACE_H
#define DICOMTLS_TLS_EXTENSION_PLACE_H

#include "base/reader.h"

enum dt_extension_place {
	DT_IN_CLIENT_HELLO = 0, /* any */
	DT_IN_SERVER_HELLO_1_2 = 1 << 0,
	DT_IN_SERVER_HELLO_1_3 = 1 << 1,
	DT_IN_RETRY_REQUEST = 1 << 2,
	DT_IN_ENCRYPTED_EXTENSIONS = 1 << 3,
	DT_IN_CERTIFICATE_REQUEST = 1 << 4 /* of TLS 1.3 */
};

/* extensions: as a message has them, their length first. What is cut is
 * GnuTLS's to refuse. 0, or GnuTLS's error for the alert that is due. */
int dt_extension_places(
    enum dt_extension_place place, struct dt_reader extensions);

#endif
