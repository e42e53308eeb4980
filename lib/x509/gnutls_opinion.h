/*
 * What GnuTLS's own verification says about a path that was built already:
 * its status bits (gnutls_certificate_status_t), certificate by certificate.
 */
#ifndef DICOMTLS_X509_GNUTLS_OPINION_H
#define DICOMTLS_X509_GNUTLS_OPINION_H

#include "base/span.h"

struct dt_opinion_question {
	int purpose; /* DICOMTLS_PURPOSE_*; those GnuTLS has no OID for are
		      * not asked */
	bool dates;  /* judge the dates, at now */
	int64_t now;
};

/*
 * path holds count certificates in DER, leaf first, the anchor last; status
 * gets a word for each. A certificate that GnuTLS cannot import, and a span
 * that is not set, has the one bit GNUTLS_CERT_INVALID and those below it have
 * none: nobody is left to judge them by. 0 or DICOMTLS_E_NOMEM.
 */
int dt_gnutls_opinion(const struct dt_span *path, size_t count,
    const struct dt_opinion_question *question, unsigned *status);

#endif
