/*
 * The reference: X509_verify_cert of the OpenSSL at hand.
 */
#ifndef DICOMTLS_CONFORMANCE_REFERENCE_H
#define DICOMTLS_CONFORMANCE_REFERENCE_H

#include "replay_main.h"

/* NULL if the OpenSSL at hand is of the reference's version, else why there
 * is no reference. */
const char *reference_missing(void);

/* A replay_fn. */
int reference_replay(const struct case_data *data, struct trace *trace,
    struct dt_message *message);

/* Drops the decoded certificates that are kept between cases. */
void reference_forget(void);

/* The certificate of an object, NULL if it cannot be decoded; X509_free. */
struct x509_st;
struct x509_st *reference_certificate(const struct case_object *object);

/* Appends the contract's certificate string; false if the certificate cannot
 * be decoded. */
bool reference_text(const struct case_object *object, struct dt_buffer *out);

#endif
