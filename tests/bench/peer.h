/*
 * Those compared, behind one set of functions: us, OpenSSL, GnuTLS.
 */
#ifndef DICOMTLS_BENCH_PEER_H
#define DICOMTLS_BENCH_PEER_H

#include "bench/input.h"

struct bench_verdict {
	int result; /* 1 accepted */
	int error;  /* number of OpenSSL's, 0 for a peer that has none */
};

struct bench_peer {
	const char *name;
	/* The leaf with all extensions its side decodes. */
	bool (*parse)(const struct bench_input *input);
	/* Anchors and CRL from their files; NULL: that failed. */
	void *(*load)(const struct bench_input *input);
	void (*unload)(void *trust);
	/* From DER to the verdict, as a TLS handshake would. False if there
	 * is none. */
	bool (*verify)(void *trust, const struct bench_input *input,
	    struct bench_verdict *verdict);
};

extern const struct bench_peer bench_ours;
extern const struct bench_peer bench_openssl;
extern const struct bench_peer bench_gnutls;

#endif
