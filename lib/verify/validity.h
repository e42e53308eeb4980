/* Dates of certificates and CRLs against the time of the verification
 * (RFC 5280 4.1.2.5, 5.1.2.4 to 5.1.2.5; OpenSSL's ossl_x509_check_cert_time
 * and check_crl_time). */
#ifndef DICOMTLS_VERIFY_VALIDITY_H
#define DICOMTLS_VERIFY_VALIDITY_H

#include "verify/verify.h"

/* True if both dates are well formed and the time lies between them. Reports
 * nothing. */
bool dt_validity_is_current(
    const struct dt_verify *v, const struct dt_cert *cert);

/* False if the params leave dates out. */
bool dt_validity_is_asked(const struct dt_verify *v);

/* Reports what is wrong with the dates of the path's certificate. */
enum dt_outcome dt_validity_check(struct dt_verify *v, size_t depth);

/* What is wrong with the dates of a CRL, as DICOMTLS_V_ERR_*; 0 nothing. They
 * report nothing. */
int dt_validity_this_update_error(
    const struct dt_verify *v, const struct dt_crl *crl);
int dt_validity_next_update_error(
    const struct dt_verify *v, const struct dt_crl *crl);

#endif
