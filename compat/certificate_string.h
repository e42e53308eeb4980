/* The certificate string that the VERIFY callback of ltdic.h receives. */
#ifndef DICOMTLS_COMPAT_CERTIFICATE_STRING_H
#define DICOMTLS_COMPAT_CERTIFICATE_STRING_H

struct dt_buffer;
struct dt_cert;

/* Appends the text, each line with a line feed. 0 or DICOMTLS_E_NOMEM. */
int dt_certificate_string(const struct dt_cert *cert, struct dt_buffer *out);

#endif
