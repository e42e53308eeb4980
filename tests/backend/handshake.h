/*
 * Two ends of a TLS connection in one thread, joined by memory.
 */
#ifndef DICOMTLS_TESTS_BACKEND_HANDSHAKE_H
#define DICOMTLS_TESTS_BACKEND_HANDSHAKE_H

#include "tls/backend.h"

#define HS_MAX_EVENTS 32

struct hs_event {
	int ok;
	int depth;
	int error;
};

struct hs_side {
	/* Asked for. */
	const struct tls_backend *backend;
	struct tls_config config;
	bool accept; /* the verify function answers 1 to everything */
	/* Used instead of one made of config for the run; its owner frees it.
	 */
	struct tls_context *context;

	/* Found. */
	struct hs_event events[HS_MAX_EVENTS];
	unsigned count;
	bool shaken; /* the handshake ended well */
	bool linked; /* and a byte of the peer arrived */
	struct tls_failure failure;
	struct tls_info info; /* if shaken */
};

/* A configuration with all defaults. */
struct tls_config hs_config(void);

/* Ends the program where a test cannot go on. */
void hs_require(bool ok, const char *what);

/* Runs both to the end: a byte each way, or a failure. */
void hs_run(struct hs_side *client, struct hs_side *server);

#endif
