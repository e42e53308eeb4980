/*
 * The least that a DICOM secure transport profile (PS3.15 Annex B) asks of the
 * keys and signatures of certificates, in the profile's own words: bits of the
 * key by kind. The security levels of level.h are OpenSSL's and are judged
 * elsewhere.
 */
#ifndef DICOMTLS_X509_STRENGTH_H
#define DICOMTLS_X509_STRENGTH_H

#include "x509/cert.h"

struct dt_strength {
	int rsa_bits;	 /* 0: nothing is asked, of no kind of key */
	int ec_bits;	 /* size of the curve's order */
	int digest_bits; /* security of the signature: 128 is SHA-256 */
	bool edwards;	 /* keys of Ed25519 and Ed448 may be used */
};

/* True if the certificate is strong enough; else why (may be NULL) says what
 * it lacks: "its RSA key has 1024 bits, 2048 are needed". The signature of a
 * self-signed certificate protects nothing and does not count. */
bool dt_strength_suffices(const struct dt_strength *strength,
    const struct dt_cert *cert, struct dt_message *why);

#endif
