/*
 * The command line that both replay programs share:
 *
 *     [--override=none|all|first] [--list=FILE] FILE...|-
 */
#ifndef DICOMTLS_CONFORMANCE_REPLAY_MAIN_H
#define DICOMTLS_CONFORMANCE_REPLAY_MAIN_H

#include "trace.h"

/* Verifies one case and fills the trace that was begun for it. 0, or -1 with
 * a message where the case could not be put to the verifier. */
typedef int (*replay_fn)(const struct case_data *data, struct trace *trace,
    struct dt_message *message);

/* Prints the trace of every case; an exit status. */
int replay_main(int argc, char **argv, replay_fn replay);

#endif
