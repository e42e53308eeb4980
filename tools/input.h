/* Certificates in a file, PEM (any number) or DER (one), in their order. */
#ifndef DICOMTLS_TOOLS_INPUT_H
#define DICOMTLS_TOOLS_INPUT_H

#include "base/message.h"

#include <gnutls/gnutls.h>

struct input {
	gnutls_datum_t *certificates; /* DER */
	unsigned count;		      /* at least one */
};

/* 0 or DICOMTLS_E_*; then why names the file and the reason. */
int input_load(struct input *input, const char *path, struct dt_message *why);
void input_clear(struct input *input);

#endif
