/*
 * Our own certificate, chain and key: from files into GnuTLS credentials.
 */
#ifndef DICOMTLS_TLS_CREDENTIALS_H
#define DICOMTLS_TLS_CREDENTIALS_H

#include "tls/backend.h"

#include <gnutls/gnutls.h>

/* Does nothing if config names no certificate. 0, DICOMTLS_E_IO,
 * DICOMTLS_E_FORMAT, DICOMTLS_E_INVALID (key and certificate do not belong
 * together), DICOMTLS_E_LIMIT, DICOMTLS_E_NOMEM; why names file and reason. */
int dt_credentials_load(gnutls_certificate_credentials_t credentials,
    const struct tls_config *config, struct dt_message *why);

#endif
