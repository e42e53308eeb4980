/*
 * One of the two that a row of the bench compares, as a table of functions:
 * we, OpenSSL, GnuTLS, or we once more under other circumstances.
 */
#ifndef DICOMTLS_BENCH_SIDE_H
#define DICOMTLS_BENCH_SIDE_H

#include "bench/input.h"

/* A side that has no numbers of OpenSSL's, or gives no verdict. */
#define BENCH_NO_ERROR (-1)

struct bench_verdict {
	int result; /* 1 accepted */
	int error;  /* OpenSSL's number, or BENCH_NO_ERROR */
};

struct bench_side {
	const char *name; /* printed before its figures */

	/* What can be prepared; NULL: it failed. close takes NULL too. */
	void *(*open)(const struct bench_input *input);
	void (*close)(void *state);

	/* What is measured; false: it could not be done. The verdict is
	 * "accepted" beforehand. */
	bool (*run)(void *state, struct bench_verdict *verdict);
	/* Releases what run made and kept, untimed. NULL: it keeps nothing, and
	 * runs follow each other closely. */
	void (*undo)(void *state);
};

/* Parsing the peer's own certificate with all extensions its side decodes. */
extern const struct bench_side bench_ours_parse;
extern const struct bench_side bench_openssl_parse;
extern const struct bench_side bench_gnutls_parse;

/* The chain from DER to the verdict, as a TLS handshake would do it; but for
 * "quiet" a verify function reads what each event has to say, without texts. */
extern const struct bench_side bench_ours_cold;	  /* no signature remembered */
extern const struct bench_side bench_ours_warm;	  /* all of them */
extern const struct bench_side bench_ours_unread; /* warm; it reads nothing */
extern const struct bench_side bench_ours_quiet;  /* warm; there is none */
extern const struct bench_side bench_openssl_fresh;
extern const struct bench_side bench_openssl_parsed; /* d2i_X509 untimed */
extern const struct bench_side bench_gnutls_verify;
/* The signatures alone: gnutls_pubkey_verify_data2, keys already imported. */
extern const struct bench_side bench_gnutls_bare;

/* The documented certificate string of a parsed certificate. */
extern const struct bench_side bench_ours_string;
extern const struct bench_side bench_openssl_string;

/* Anchors and CRL from their files; "use": and the first verification. */
extern const struct bench_side bench_ours_load;
extern const struct bench_side bench_ours_load_use;
extern const struct bench_side bench_openssl_load;
extern const struct bench_side bench_openssl_load_use;
extern const struct bench_side bench_gnutls_load;

/* Mutual TLS 1.3 handshakes, client and server in one thread. */
extern const struct bench_side bench_ours_tls_cold;
extern const struct bench_side bench_ours_tls_warm;
extern const struct bench_side bench_openssl_tls;
extern const struct bench_side bench_gnutls_tls; /* verifies nothing */

/* A server whose client shows a certificate that it has no key for: up to the
 * refusal. */
extern const struct bench_side bench_ours_tls_forged;
extern const struct bench_side bench_gnutls_tls_forged;

#endif
