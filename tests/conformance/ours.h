/*
 * Our side: dicomtls_verify on one case.
 */
#ifndef DICOMTLS_CONFORMANCE_OURS_H
#define DICOMTLS_CONFORMANCE_OURS_H

#include "replay_main.h"

/* A replay_fn. */
int ours_replay(const struct case_data *data, struct trace *trace,
    struct dt_message *message);

#endif
