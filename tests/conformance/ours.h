/*
 * Our side: dicomtls_verify on one case.
 */
#ifndef DICOMTLS_CONFORMANCE_OURS_H
#define DICOMTLS_CONFORMANCE_OURS_H

#include "replay_main.h"

/* For the cases from here on: a cache of so many verified signatures, from one
 * case to the next; 0: none. 0, or -1 if there cannot be one. */
int ours_remember(unsigned signatures);

/* A replay_fn. */
int ours_replay(const struct case_data *data, struct trace *trace,
    struct dt_message *message);

#endif
