/* Changing and using the TLS settings of a handle, from any thread. Files are
 * read and passwords asked for on the caller's thread, without a lock. */
#ifndef DICOMTLS_LTDIC_SECURE_H
#define DICOMTLS_LTDIC_SECURE_H

#include "ltdic/net.h"

/* L_DicomInitializeNet; the handle is unchanged on failure. */
L_INT dt_secure_initialize(
    struct dt_net *net, L_UINT32 mode, const L_SSL_CTX_CREATE *create);

/* The context for a new connection, with a reference; NULL for plain. */
L_INT dt_secure_context(struct dt_net *net, struct dt_tls_setup **setup);

#endif
