/* What no spec can order: other fields in a certificate or CRL that was minted,
 * signed again, and octets by the million. */
#ifndef DICOMTLS_TESTS_DEEP_BOUNDS_REMAKE_H
#define DICOMTLS_TESTS_DEEP_BOUNDS_REMAKE_H

#include "deep/bounds.h"

/* Position in TBSCertificate (RFC 5280 4.1) of version 3, and in TBSCertList
 * (5.1) of version 2. */
enum {
	FIELD_SERIAL = 1,
	FIELD_ALGORITHM,
	FIELD_SUBJECT = 5,
	FIELD_KEY,
	FIELD_EXTENSIONS
};
enum { FIELD_REVOKED = 5 };

/* The field becomes this element; the issuer signs. */
bool bounds_replace(struct dt_buffer *der, unsigned field,
    const struct dt_buffer *element, const struct mint_spec *issuer);
/* A signature that nobody has computed, by another algorithm; NULL: the one
 * that is named. */
bool bounds_forge(
    struct dt_buffer *der, const char *algorithm, struct dt_span signature);

/* Appends count times the octet. */
void bounds_fill(struct dt_buffer *out, uint8_t octet, size_t count);
/* An INTEGER, positive and odd, of so many octets. */
void bounds_put_number(struct dt_buffer *out, size_t octets);

/* The chain: leaf with one extension more, CA, root; and the anchor. */
bool bounds_send_extended(struct bounds_input *input, const char *oid,
    const struct dt_buffer *value, const struct mint_dir *dir);

#endif
