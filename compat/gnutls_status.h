/* GnuTLS's status bits beside findings of our own; dicomtls.h has their
 * translation into numbers. */
#ifndef DICOMTLS_COMPAT_GNUTLS_STATUS_H
#define DICOMTLS_COMPAT_GNUTLS_STATUS_H

#include <stdbool.h>
#include <stddef.h>

/* True if the failure error, reported about the certificate so many places
 * above the one GnuTLS blames, says what GnuTLS means by the bit that
 * dicomtls_status_codes translates into code. */
bool dt_status_is_explained(int code, int error, size_t above);

#endif
