/*
 * The rows of the negative TLS checks. Each is a connection of its own and
 * ends in one way, which is given: a fatal alert, or one of ENDED_*.
 */
#ifndef DICOMTLS_TESTS_HOSTILE_ROWS_H
#define DICOMTLS_TESTS_HOSTILE_ROWS_H

#include "tls/backend.h"

struct row_end {
	const char *group, *name;
	const char *clause; /* of the rule, or our limit */
	int wanted;	    /* by that */
	int openssl, ours;  /* where they differ; 0: they do not */
};

/* Called for each row with how it ended. */
typedef void (*row_ended)(const struct row_end *row, int outcome);

/* Octets of our own: records, hellos, messages in the wrong order. */
void scripted_rows(unsigned port, row_ended ended);
/* Real handshakes of a client whose flights are changed on the way. */
void changed_rows(unsigned port, const struct tls_config *own, row_ended ended);

#endif
