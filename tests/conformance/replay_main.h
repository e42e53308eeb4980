/*
 * The command line that both replay programs share:
 *
 *     [--override=none|all|first] [--list=FILE] [--signature-cache=N]
 *         FILE...|-
 *
 * The reference has no cache of signatures and refuses that option.
 */
#ifndef DICOMTLS_CONFORMANCE_REPLAY_MAIN_H
#define DICOMTLS_CONFORMANCE_REPLAY_MAIN_H

#include "trace.h"

/* Verifies one case and fills the trace that was begun for it. 0, or -1 with
 * a message where the case could not be put to the verifier. */
typedef int (*replay_fn)(const struct case_data *data, struct trace *trace,
    struct dt_message *message);

/* Makes a verifier remember so many verified signatures from one case to the
 * next. 0, or -1 if it cannot. */
typedef int (*remember_fn)(unsigned signatures);

/* Prints the trace of every case; an exit status. remember may be NULL. */
int replay_main(int argc, char **argv, replay_fn replay, remember_fn remember);

#endif
