/*
 * Public keys (SubjectPublicKeyInfo, RFC 5280 4.1.2.7): which of them OpenSSL
 * can decode, how strong they are, and what the path rules ask about them.
 *
 * The answer "decodable" is ours, from a table and checks that follow
 * OpenSSL's decoders; what GnuTLS imports is another question.
 */
#ifndef DICOMTLS_X509_KEY_H
#define DICOMTLS_X509_KEY_H

#include "x509/curve.h"
#include "x509/pss.h"

enum dt_key_type {
	DT_KEY_UNKNOWN = 0, /* not decodable */
	DT_KEY_RSA,
	DT_KEY_RSA_PSS,
	DT_KEY_DSA,
	DT_KEY_DH,
	DT_KEY_EC,
	DT_KEY_SM2,
	DT_KEY_ED25519,
	DT_KEY_ED448,
	DT_KEY_X25519,
	DT_KEY_X448
};

struct dt_key {
	struct dt_span spki;   /* whole element, borrowed */
	enum dt_key_type type; /* DT_KEY_UNKNOWN: X509_get0_pubkey fails */
	int security_bits;     /* EVP_PKEY_get_security_bits */
	int size_bits;	       /* EVP_PKEY_get_bits */
	const struct dt_curve *curve; /* EC: named or recognised; else NULL */
	bool explicit_curve;	      /* EC parameters spelled out */
	bool restricted;	      /* RSA-PSS key with parameters: see pss */
	struct dt_pss pss;

	bool negative; /* DSA: y is in two's complement */
	union {	       /* borrowed */
		/* Unsigned numbers; RSA: n, e; DSA: p, q, g, y. */
		struct dt_span numbers[4];
		/* EC, SM2, Edwards and Montgomery curves. */
		struct dt_span point;
	};
};

/* Bits of an unsigned big-endian number. */
int dt_number_bits(struct dt_span number);

/* Never fails: a key that cannot be decoded has type DT_KEY_UNKNOWN. spki
 * must outlive the key; unused bits in it are 0. */
void dt_key_decode(struct dt_key *key, struct dt_span spki);

/* False for a key with which one verification costs more than OpenSSL would
 * spend: an RSA modulus or exponent beyond the limits. */
bool dt_key_is_affordable(const struct dt_key *key);

#endif
