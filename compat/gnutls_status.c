/*
 * GnuTLS's certificate status bits (gnutls_certificate_status_t) as OpenSSL's
 * numbers, for programs that have nothing better. A bit can stand for several
 * numbers; the table holds the one it means most often.
 */
#include "dicomtls.h"

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

/*
 * In order of what tells most. A row applies if all its bits are set, and
 * takes them away: GnuTLS adds the general bit SIGNER_CONSTRAINTS_FAILURE to
 * the particular one SIGNER_NOT_CA.
 */
static const struct {
	unsigned bits;
	int error;
} rows[] = {
	{ GNUTLS_CERT_REVOKED, DICOMTLS_V_ERR_CERT_REVOKED },
	{ GNUTLS_CERT_SIGNATURE_FAILURE,
	    DICOMTLS_V_ERR_CERT_SIGNATURE_FAILURE },
	{ GNUTLS_CERT_PURPOSE_MISMATCH, DICOMTLS_V_ERR_INVALID_PURPOSE },
	{ GNUTLS_CERT_EXPIRED, DICOMTLS_V_ERR_CERT_HAS_EXPIRED },
	{ GNUTLS_CERT_NOT_ACTIVATED, DICOMTLS_V_ERR_CERT_NOT_YET_VALID },
	{ GNUTLS_CERT_SIGNER_NOT_CA | GNUTLS_CERT_SIGNER_CONSTRAINTS_FAILURE,
	    DICOMTLS_V_ERR_INVALID_CA },
	{ GNUTLS_CERT_SIGNER_NOT_CA, DICOMTLS_V_ERR_INVALID_CA },
	{ GNUTLS_CERT_SIGNER_CONSTRAINTS_FAILURE,
	    DICOMTLS_V_ERR_PATH_LENGTH_EXCEEDED },
	{ GNUTLS_CERT_UNKNOWN_CRIT_EXTENSIONS,
	    DICOMTLS_V_ERR_UNHANDLED_CRITICAL_EXTENSION },
	{ GNUTLS_CERT_INSECURE_ALGORITHM, DICOMTLS_V_ERR_CA_MD_TOO_WEAK },
	{ GNUTLS_CERT_UNEXPECTED_OWNER, DICOMTLS_V_ERR_HOSTNAME_MISMATCH },
	{ GNUTLS_CERT_REVOCATION_DATA_SUPERSEDED,
	    DICOMTLS_V_ERR_CRL_HAS_EXPIRED },
	{ GNUTLS_CERT_REVOCATION_DATA_ISSUED_IN_FUTURE,
	    DICOMTLS_V_ERR_CRL_NOT_YET_VALID },
	{ GNUTLS_CERT_SIGNER_NOT_FOUND,
	    DICOMTLS_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY },
};

unsigned
dicomtls_status_codes(unsigned status, int *codes, unsigned room)
{
	/* Set beside every other bit, and says no more than they do. */
	unsigned left = status & ~(unsigned)GNUTLS_CERT_INVALID;
	unsigned count = 0;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if ((left & rows[i].bits) != rows[i].bits)
			continue;
		left &= ~rows[i].bits;
		if (count < room)
			codes[count] = rows[i].error;
		count++;
	}
	if (left != 0 || (status != 0 && count == 0)) {
		if (count < room)
			codes[count] = DICOMTLS_V_ERR_UNSPECIFIED;
		count++;
	}
	return count;
}
