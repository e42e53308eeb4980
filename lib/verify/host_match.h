/*
 * Comparing a name in a certificate with the name that was asked for: host
 * names with wildcards (RFC 6125 6.4) and e-mail addresses (RFC 5280 7.5), by
 * OpenSSL's rules.
 */
#ifndef DICOMTLS_VERIFY_HOST_MATCH_H
#define DICOMTLS_VERIFY_HOST_MATCH_H

#include "base/span.h"

/* pattern stands in the certificate, name was asked for; flags are
 * DICOMTLS_HOST_*. A name that starts with a dot matches every host below. */
bool dt_host_matches(
    struct dt_span pattern, struct dt_span name, unsigned flags);

/* The domain is compared without case, the part before @ with it. */
bool dt_email_matches(struct dt_span a, struct dt_span b);

#endif
