/* What a CRL says, for people. */
#ifndef DICOMTLS_TOOLS_CRL_PRINT_H
#define DICOMTLS_TOOLS_CRL_PRINT_H

#include "base/buffer.h"
#include "x509/crl.h"

/* Appends lines; a failure is remembered by the buffer. */
void crl_print(const struct dt_crl *crl, struct dt_buffer *out);

#endif
