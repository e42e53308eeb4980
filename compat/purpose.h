/* What a certificate may be used for: OpenSSL's nine purposes. */
#ifndef DICOMTLS_COMPAT_PURPOSE_H
#define DICOMTLS_COMPAT_PURPOSE_H

#include <stdbool.h>

struct dt_cert;

/*
 * X509_check_ca: 0 no CA, or an extension cannot be decoded; 1 by
 * basicConstraints; without that extension 3 for a self-signed v1
 * certificate, 4 by keyUsage, 5 by Netscape certificate type.
 */
int dt_check_ca(const struct dt_cert *cert);

/*
 * X509_check_purpose: 1 (rarely 2 to 5, what dt_check_ca says) if cert may be
 * used for it, as a CA above such certificates if ca; 0 if not; -1 if an
 * extension cannot be decoded or the purpose is unknown.
 */
int dt_purpose_check(const struct dt_cert *cert, int purpose, bool ca);

/* The trust setting a purpose stands for (compat/trust.h), -1 for an unknown
 * purpose. */
int dt_purpose_trust(int purpose);

/* "SSL client"; NULL for an unknown purpose. */
const char *dt_purpose_title(int purpose);

#endif
