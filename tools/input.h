/* Certificates and CRLs in a file, PEM (any number) or DER (one), in their
 * order. */
#ifndef DICOMTLS_TOOLS_INPUT_H
#define DICOMTLS_TOOLS_INPUT_H

#include "base/message.h"
#include "x509/crl.h"

#include <gnutls/gnutls.h>

enum input_kinds { INPUT_CERTIFICATES = 1, INPUT_CRLS = 2 };

struct input {
	gnutls_datum_t *certificates; /* DER */
	unsigned count;
	struct dt_array crls; /* of struct dt_crl * */
};

/* Takes what is of these kinds, at least one. 0 or DICOMTLS_E_*; then why
 * names the file and the reason. */
int input_load(struct input *input, const char *path, unsigned kinds,
    struct dt_message *why);
void input_clear(struct input *input);

#endif
