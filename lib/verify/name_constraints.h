/*
 * Name constraints of a CA against the names of one certificate below it
 * (RFC 5280 4.2.1.10 and 6.1.3 (b), (c); OpenSSL's NAME_CONSTRAINTS_check).
 */
#ifndef DICOMTLS_VERIFY_NAME_CONSTRAINTS_H
#define DICOMTLS_VERIFY_NAME_CONSTRAINTS_H

#include "x509/cert.h"

/* Both answer with the first finding, a DICOMTLS_V_* number, or with
 * DICOMTLS_E_NOMEM. */

/* Subject, its e-mail addresses and the alternative names. */
int dt_name_constraints_check(
    const struct dt_subtrees *subtrees, const struct dt_cert *cert);

/* Common names of the subject that look like host names, as dNSNames.
 * DICOMTLS_V_ERR_OUT_OF_MEM for one that cannot be converted: the reference
 * takes that for want of memory and ends the verification. */
int dt_name_constraints_check_hosts(
    const struct dt_subtrees *subtrees, const struct dt_name *subject);

#endif
