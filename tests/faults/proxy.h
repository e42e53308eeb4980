/*
 * A proxy between an SCU and an SCP, on a thread of its own, for one
 * connection at a time. What it does to the bytes is up to its owner.
 */
#ifndef DICOMTLS_TESTS_FAULTS_PROXY_H
#define DICOMTLS_TESTS_FAULTS_PROXY_H

#include "ltdic.h"

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum { TO_SCP, TO_SCU, DIRECTIONS };

enum proxy_step {
	PROXY_GO_ON,
	PROXY_OVER, /* nothing more comes in this direction */
	PROXY_DROP  /* both sockets are closed, or reset */
};

struct proxy {
	/* Something can be read on from. */
	enum proxy_step (*move)(
	    struct proxy *proxy, int from, int to, int direction);
	bool reset;   /* how sockets are closed */
	bool at_once; /* before anything is moved */

	size_t passed[DIRECTIONS]; /* bytes; move counts them */
	pthread_t thread;
	int listener;
	L_UINT target;
};

/* The port to connect to instead of this one; 0: there is none. */
L_UINT proxy_start(struct proxy *proxy, L_UINT port);
/* Waits for the connection to end. */
void proxy_join(struct proxy *proxy);

/* For move: passes on what there is, at most so many bytes. */
enum proxy_step proxy_pass(
    struct proxy *proxy, int from, int to, int direction, size_t most);

#endif
