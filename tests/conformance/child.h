/*
 * A child process whose output is read here.
 */
#ifndef DICOMTLS_CONFORMANCE_CHILD_H
#define DICOMTLS_CONFORMANCE_CHILD_H

#include <stdio.h>
#include <sys/types.h>

struct child {
	pid_t pid;
	FILE *output;
};

/* Starts command (found as execvp finds it) with input (NULL: ours) as its
 * standard input. 0 or -1 with errno set. */
int child_start(struct child *child, const char *const *command, FILE *input);

/* Closes the output and waits: the exit status, -1 if it did not exit. */
int child_finish(struct child *child);

#endif
