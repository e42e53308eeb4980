/* Cipher suites of the contract; see suites.h. */
#include "ltdic/suites.h"

#include <stddef.h>

#define RSA L_MUTUALAUTH_RSA
#define ECDSA L_MUTUALAUTH_ECDSA
#define ANY L_MUTUALAUTH_NONE
#define KX_DHE L_KEYEXCHANGE_RSA_SIGNED_DHE
#define KX_RSA L_KEYEXCHANGE_RSA
#define KX_ECDHE L_KEYEXCHANGE_ECDHE
#define SHA1 L_MAC_SHA1
#define AEAD L_MAC_AEAD

/* Key lengths are those of the key, parity bits of DES not counted. */
static const struct dt_cipher suites[] = {
	{ L_TLS_DHE_RSA_WITH_DES_CBC_SHA, 0x0015, L_CRYPT_DES, 56, RSA, SHA1,
	    KX_DHE },
	{ L_TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA, 0x0016, L_CRYPT_3DES, 168, RSA,
	    SHA1, KX_DHE },
	{ L_TLS_DHE_RSA_AES256_SHA, 0x0039, L_CRYPT_AES, 256, RSA, SHA1,
	    KX_DHE },
	{ L_TLS_RSA_WITH_AES_128_CBC_SHA, 0x002F, L_CRYPT_AES, 128, RSA, SHA1,
	    KX_RSA },
	{ L_TLS_RSA_WITH_3DES_EDE_CBC_SHA, 0x000A, L_CRYPT_3DES, 168, RSA, SHA1,
	    KX_RSA },
	{ L_TLS_DHE_RSA_WITH_AES_128_GCM_SHA256, 0x009E, L_CRYPT_AES, 128, RSA,
	    AEAD, KX_DHE },
	{ L_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, 0xC02F, L_CRYPT_AES, 128,
	    RSA, AEAD, KX_ECDHE },
	{ L_TLS_DHE_RSA_WITH_AES_256_GCM_SHA384, 0x009F, L_CRYPT_AES, 256, RSA,
	    AEAD, KX_DHE },
	{ L_TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, 0xC030, L_CRYPT_AES, 256,
	    RSA, AEAD, KX_ECDHE },
	{ L_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, 0xC02B, L_CRYPT_AES, 128,
	    ECDSA, AEAD, KX_ECDHE },
	{ L_TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, 0xC02C, L_CRYPT_AES, 256,
	    ECDSA, AEAD, KX_ECDHE },
	{ L_TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, 0xCCA8,
	    L_CRYPT_CHACHA20, 256, RSA, AEAD, KX_ECDHE },
	{ L_TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, 0xCCA9,
	    L_CRYPT_CHACHA20, 256, ECDSA, AEAD, KX_ECDHE },
	{ L_TLS_AES_128_GCM_SHA256, 0x1301, L_CRYPT_AES, 128, ANY, AEAD,
	    KX_ECDHE },
	{ L_TLS_AES_256_GCM_SHA384, 0x1302, L_CRYPT_AES, 256, ANY, AEAD,
	    KX_ECDHE },
	{ L_TLS_CHACHA20_POLY1305_SHA256, 0x1303, L_CRYPT_CHACHA20, 256, ANY,
	    AEAD, KX_ECDHE },
};

#define SUITES (sizeof(suites) / sizeof(suites[0]))

const struct dt_cipher *
dt_cipher_describe(L_CIPHERSUITE cipher)
{
	for (size_t i = 0; i < SUITES; i++)
		if (suites[i].cipher == cipher)
			return &suites[i];
	return NULL;
}

L_UINT16
dt_cipher_number(L_CIPHERSUITE cipher)
{
	const struct dt_cipher *suite = dt_cipher_describe(cipher);

	return suite == NULL ? 0 : suite->number;
}

L_CIPHERSUITE
dt_cipher_from_number(L_UINT16 number)
{
	for (size_t i = 0; i < SUITES; i++)
		if (suites[i].number == number)
			return suites[i].cipher;
	return L_CIPHERSUITE_NONE;
}
