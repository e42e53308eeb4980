/*
 * Authority key identifier (RFC 5280 4.2.1.1, 5.2.1): what a certificate or a
 * CRL says of the certificate that signed it.
 */
#ifndef DICOMTLS_X509_AUTHORITY_KEY_ID_H
#define DICOMTLS_X509_AUTHORITY_KEY_ID_H

#include "base/arena.h"
#include "x509/name.h"

struct dt_cert;

/* Parts that are absent are unset. */
struct dt_akid {
	struct dt_span keyid;
	struct dt_span serial; /* contents of INTEGER */
	struct dt_span issuer; /* the first directoryName there, in comparison
				* form */
};

/* content has passed dt_shape_authority_key_id and outlives the identifier.
 * False if there is no memory. */
bool dt_akid_decode(
    struct dt_arena *arena, struct dt_akid *akid, struct dt_span content);

/* X509_check_akid: nothing in the identifier contradicts this issuer. */
bool dt_akid_matches(const struct dt_akid *akid, const struct dt_cert *issuer);

#endif
