/*
 * RSASSA-PSS parameters (RFC 8017 A.2.3), on a signature or on a key.
 */
#ifndef DICOMTLS_X509_PSS_H
#define DICOMTLS_X509_PSS_H

#include "x509/digest.h"

struct dt_pss {
	enum dt_digest digest;
	enum dt_digest mask_digest; /* of MGF1 */
	int salt_size;
	int trailer;
};

/* parameters: whole element. False unless ossl_rsa_pss_get_param_unverified
 * takes them: salt length and trailer are not judged. */
bool dt_pss_decode(struct dt_pss *pss, struct dt_span parameters);

/* What a signature's parameters must keep to be usable at all. */
bool dt_pss_is_sound(const struct dt_pss *pss);

/* EMSA-PSS-VERIFY (RFC 8017 9.1.2), with any digest for the mask. em is the
 * encoded message, of whose first octet spare_bits (0 to 7) are not in use;
 * digest that of the message. The parameters are sound. */
bool dt_pss_encodes(const struct dt_pss *pss, struct dt_span em,
    unsigned spare_bits, const uint8_t *digest);

#endif
