/*
 * GnuTLS's errors in words that say what to look at; see explain.h.
 * doc/failures.md lists them with their causes.
 */
#include "tls/explain.h"

#include <gnutls/gnutls.h>

#include <stddef.h>

static const struct {
	int error;
	const char *text;
} errors[] = {
	{ GNUTLS_E_UNSUPPORTED_VERSION_PACKET,
	    "the peer offers no TLS version that is enabled here" },
	{ GNUTLS_E_NO_CIPHER_SUITES,
	    "the peer offers no cipher suite that is enabled here and that the "
	    "certificate fits" },
	{ GNUTLS_E_NO_COMMON_KEY_SHARE,
	    "the peer offers no group that is enabled here" },
	{ GNUTLS_E_ECC_NO_SUPPORTED_CURVES,
	    "the peer does not say which groups it has (supported_groups)" },
	{ GNUTLS_E_SAFE_RENEGOTIATION_FAILED,
	    "the peer has no secure renegotiation (RFC 5746)" },
	{ GNUTLS_E_UNSUPPORTED_SIGNATURE_ALGORITHM,
	    "the peer's signature algorithm is not enabled here" },
	{ GNUTLS_E_NO_APPLICATION_PROTOCOL,
	    "the peer asks for another protocol than DICOM (ALPN)" },
	{ GNUTLS_E_UNRECOGNIZED_NAME,
	    "the peer asks for another server name than ours" },
};

const char *
dt_explain_gnutls(int error)
{
	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++)
		if (errors[i].error == error)
			return errors[i].text;
	return gnutls_strerror(error);
}
