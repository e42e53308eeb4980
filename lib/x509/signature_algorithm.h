/*
 * The table behind signature.h: algorithm identifiers with a digest and the
 * type of key they belong to. Private to signature.c and signature_verify.c.
 */
#ifndef DICOMTLS_X509_SIGNATURE_ALGORITHM_H
#define DICOMTLS_X509_SIGNATURE_ALGORITHM_H

#include "x509/digest.h"
#include "x509/key.h"

struct dt_signature_algorithm {
	struct dt_span oid;
	enum dt_digest digest; /* DT_DIGEST_NONE: parameters or scheme tell */
	enum dt_key_type key;
};

/* identifier: whole AlgorithmIdentifier. parameters receives what stands
 * behind the OID, possibly nothing. NULL if OpenSSL does not know it. */
const struct dt_signature_algorithm *dt_signature_algorithm_find(
    struct dt_span identifier, struct dt_span *parameters);

#endif
