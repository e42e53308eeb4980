/*
 * Domain names in the ASCII form of IDNA, turned back into Unicode (RFC 3492,
 * RFC 5890 2.3.2.1). Only the conversion: whether the result may be a label is
 * not asked.
 */
#ifndef DICOMTLS_X509_PUNYCODE_H
#define DICOMTLS_X509_PUNYCODE_H

#include "base/span.h"

/* Writes domain to out, labels that start with "xn--" (in lower case) decoded
 * and in UTF-8, others as they are, and the length to size. False if a label
 * cannot be decoded or there is no room for the result. */
bool dt_punycode_domain(
    struct dt_span domain, uint8_t *out, size_t room, size_t *size);

#endif
