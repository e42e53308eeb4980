/*
 * Security levels 0 to 5 (SSL_CTX_set_security_level,
 * X509_VERIFY_PARAM_set_auth_level): the smallest strength of keys and digests.
 * Level 0 and below ask nothing, all above 5 what 5 asks.
 */
#ifndef DICOMTLS_X509_LEVEL_H
#define DICOMTLS_X509_LEVEL_H

#include "x509/cert.h"

/* True if the certificate's own key is strong enough; one that cannot be
 * decoded is not. */
bool dt_level_takes_key(int level, const struct dt_cert *cert);

/* True if the algorithm it was signed with is strong enough. */
bool dt_level_takes_signature(int level, const struct dt_cert *cert);

#endif
