/* Extensions where they belong; see extension_place.h. */
#include "tls/extension_place.h"

#include <gnutls/gnutls.h>

#define BITS 8

/* Those that OpenSSL knows; others may be anywhere. */
static const struct {
	unsigned type;
	unsigned places;
} known[] = {
	{ 0, DT_IN_SERVER_HELLO_1_2 | DT_IN_ENCRYPTED_EXTENSIONS },
	{ 1, DT_IN_SERVER_HELLO_1_2 | DT_IN_ENCRYPTED_EXTENSIONS },
	{ 5, DT_IN_SERVER_HELLO_1_2 | DT_IN_CERTIFICATE_REQUEST },
	{ 10, DT_IN_SERVER_HELLO_1_2 | DT_IN_ENCRYPTED_EXTENSIONS },
	{ 11, DT_IN_SERVER_HELLO_1_2 },
	{ 12, 0 }, /* srp */
	{ 13, DT_IN_CERTIFICATE_REQUEST },
	{ 14, 0 }, /* use_srtp, of DTLS */
	{ 16, DT_IN_SERVER_HELLO_1_2 | DT_IN_ENCRYPTED_EXTENSIONS },
	{ 18, DT_IN_SERVER_HELLO_1_2 | DT_IN_CERTIFICATE_REQUEST },
	{ 21, 0 }, /* padding */
	{ 22, DT_IN_SERVER_HELLO_1_2 },
	{ 23, DT_IN_SERVER_HELLO_1_2 },
	{ 35, DT_IN_SERVER_HELLO_1_2 },
	{ 41, DT_IN_SERVER_HELLO_1_3 },
	{ 42, DT_IN_ENCRYPTED_EXTENSIONS },
	{ 43, DT_IN_SERVER_HELLO_1_3 | DT_IN_RETRY_REQUEST },
	{ 44, DT_IN_RETRY_REQUEST },
	{ 45, 0 }, /* psk_key_exchange_modes */
	{ 47, DT_IN_CERTIFICATE_REQUEST },
	{ 49, 0 }, /* post_handshake_auth */
	{ 50, DT_IN_CERTIFICATE_REQUEST },
	{ 51, DT_IN_SERVER_HELLO_1_3 | DT_IN_RETRY_REQUEST },
	{ 0xff01, DT_IN_SERVER_HELLO_1_2 },
};

static bool
belongs(unsigned type, enum dt_extension_place place)
{
	if (place == DT_IN_CLIENT_HELLO)
		return true;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (known[i].type == type)
			return (known[i].places & place) != 0;
	return true;
}

int
dt_extension_places(enum dt_extension_place place, struct dt_reader extensions)
{
	uint8_t seen[(UINT16_MAX + 1) / BITS] = { 0 };
	struct dt_reader r = extensions;

	dt_read_skip(&r, 2);
	while (!dt_reader_failed(&r) && dt_reader_left(&r) > 0) {
		const unsigned type = dt_read_be16(&r);
		const uint8_t bit = (uint8_t)(1u << type % BITS);

		dt_read_skip(&r, dt_read_be16(&r));
		if (dt_reader_failed(&r))
			return 0;
		if ((seen[type / BITS] & bit) != 0 || !belongs(type, place))
			return GNUTLS_E_RECEIVED_ILLEGAL_PARAMETER;
		seen[type / BITS] |= bit;
	}
	return 0;
}
