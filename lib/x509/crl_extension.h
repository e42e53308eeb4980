/* What the extensions of a CRL and of its entries mean. Private to crl.c and
 * crl_extension.c. */
#ifndef DICOMTLS_X509_CRL_EXTENSION_H
#define DICOMTLS_X509_CRL_EXTENSION_H

#include "x509/crl.h"

/* Walk over the entries in the order of the encoding. */
struct dt_crl_decoder {
	struct dt_crl *crl;
	uint32_t place; /* of the entry, octets from the start of the CRL */
	bool stopped;
};

/* Sets what the extensions of the next entry say; extensions: contents of its
 * list or unset. removed: the reason is removeFromCRL. 0, DICOMTLS_E_FORMAT or
 * DICOMTLS_E_NOMEM. */
int dt_crl_decode_entry(
    struct dt_crl_decoder *decoder, struct dt_span extensions, bool *removed);

/* Sets what the CRL's own extensions say. 0, DICOMTLS_E_FORMAT or
 * DICOMTLS_E_NOMEM. */
int dt_crl_decode_extensions(struct dt_crl *crl);

#endif
