/* Where there is no OpenSSL to ask. */
#include "deep/bounds.h"

const struct bounds_side bounds_openssl_verify, bounds_openssl_load,
    bounds_openssl_tls, bounds_openssl_compressed, bounds_openssl_renegotiated;

const char *
bounds_reference(void)
{
	return "";
}
