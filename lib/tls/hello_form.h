/*
 * The form of what a ClientHello asks for, by extension, where GnuTLS is
 * content with less than OpenSSL (tls_parse_ctos_*): it passes over an
 * extension that it does not use, and over octets that follow what it does.
 */
#ifndef DICOMTLS_TLS_HELLO_FORM_H
#define DICOMTLS_TLS_HELLO_FORM_H

#include "base/span.h"

/* Whose rules: some extensions mean nothing to the other version. */
enum dt_hello_version { DT_HELLO_ANY, DT_HELLO_1_2, DT_HELLO_1_3 };

/* Those of one version do not include those of any. 0, or GnuTLS's error for
 * the alert that is due. */
int dt_hello_form(
    enum dt_hello_version version, unsigned type, struct dt_span body);

#endif
