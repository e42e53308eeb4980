/* What a TLS failure that this end noticed means, as one clause for people. */
#ifndef DICOMTLS_TLS_EXPLAIN_H
#define DICOMTLS_TLS_EXPLAIN_H

/* GnuTLS's own words for what is not in the table; never NULL. */
const char *dt_explain_gnutls(int error);

#endif
