/*
 * Signature algorithms: what an AlgorithmIdentifier means to OpenSSL, and the
 * one place where signatures are verified.
 */
#ifndef DICOMTLS_X509_SIGNATURE_H
#define DICOMTLS_X509_SIGNATURE_H

#include "x509/key.h"

/* X509_get_signature_info. */
struct dt_signature_info {
	bool known;	      /* X509_SIG_INFO_VALID */
	int digest;	      /* enum dt_digest in signature.c, 0: none */
	enum dt_key_type key; /* key type the algorithm belongs to */
	int security_bits;    /* -1: not known */
};

/* algorithm: whole AlgorithmIdentifier; ossl_x509_init_sig_info. */
void dt_signature_info(
    struct dt_signature_info *info, struct dt_span algorithm);

/* X509_ALGOR_cmp: same algorithm and parameters, which may be encoded
 * differently. Both are whole AlgorithmIdentifiers. */
bool dt_signature_algorithms_agree(struct dt_span a, struct dt_span b);

/* OpenSSL's check_sig_alg_match: true if a key of this type can have made a
 * signature of this algorithm. */
bool dt_signature_matches_key(
    struct dt_span algorithm, const struct dt_key *key);

enum dt_signature_verdict {
	DT_SIGNATURE_VALID = 1,
	DT_SIGNATURE_INVALID = 0,
	DT_SIGNATURE_UNSUPPORTED = -1 /* unknown algorithm, unusable key, or one
				       * that GnuTLS and nettle cannot verify:
				       * refused like an invalid signature */
};

/* Does ASN1_item_verify: algorithm is the outer AlgorithmIdentifier, bits the
 * BIT STRING's contents without the unused-bits octet, unused that octet. */
enum dt_signature_verdict dt_signature_verify(const struct dt_key *key,
    struct dt_span algorithm, struct dt_span data, struct dt_span bits,
    unsigned unused);

#endif
