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

#endif
