/* Suite B rules for those who sign (RFC 5759, RFC 6460). */
#ifndef DICOMTLS_VERIFY_CHECK_SUITEB_H
#define DICOMTLS_VERIFY_CHECK_SUITEB_H

#include "verify/params.h"
#include "x509/key.h"

/* X509_CRL_check_suiteb: key has made a CRL's signature with algorithm, a
 * whole AlgorithmIdentifier. DICOMTLS_V_OK, also if params do not ask for
 * Suite B, or the error to report. */
int dt_suiteb_check_crl(const struct dicomtls_params *params,
    const struct dt_key *key, struct dt_span algorithm);

#endif
