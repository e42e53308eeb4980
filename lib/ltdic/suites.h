/* The cipher suites that the contract has numbers for, and what they are made
 * of. */
#ifndef DICOMTLS_LTDIC_SUITES_H
#define DICOMTLS_LTDIC_SUITES_H

#include "ltdic.h"

struct dt_cipher {
	L_CIPHERSUITE cipher;
	L_UINT16 number; /* IANA */
	L_ENCRYPTION_METHOD encryption;
	L_UINT32 key_bits;
	L_MUTUAL_AUTH_METHOD authentication;
	L_MAC_METHOD integrity;
	L_KEY_EXCHANGE_METHOD key_exchange;
};

/* NULL for a value that is no suite. */
const struct dt_cipher *dt_cipher_describe(L_CIPHERSUITE cipher);
/* IANA number, 0 for a value that is no suite. */
L_UINT16 dt_cipher_number(L_CIPHERSUITE cipher);
/* L_CIPHERSUITE_NONE for a number that the contract does not have. */
L_CIPHERSUITE dt_cipher_from_number(L_UINT16 number);

#endif
