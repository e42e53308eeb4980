/*
 * What can be wrong with a peer's certificate or with what its judge asks, and
 * how the handshake ends then: the rows of the matrix.
 */
#ifndef DICOMTLS_TESTS_FAULTS_H
#define DICOMTLS_TESTS_FAULTS_H

#include "tools/mint.h"

#include "dicomtls.h"

/* All certificates are good at this time but for their fault: 2026-01-01. */
#define NOW 1767225600

typedef const struct mint_spec spec;
typedef const struct mint_crl_spec list;

/* Two roots to trust, and a chain for both roles below the first. */
extern spec fault_root, fault_crl_root, fault_mid, fault_good;

enum {
	SCU_JUDGES = 1,
	SCP_JUDGES = 2,
	OPENSSL_SENDS = 4,
	GNUTLS_SENDS = 8,
	OLD = 16, /* TLS 1.2 */
	NEW = 32, /* TLS 1.3 */
	ANY = 63
};

struct fault {
	const char *name;
	unsigned only;	       /* 0: every row of the matrix */
	spec *chain[MINT_MAX]; /* what is sent */
	int error;	       /* of the default answer; 0: accepted */
	int depth;
	int alert;     /* 0: none */
	int alert_1_3; /* if it is another one there */
	const char *host;
	int depth_limit; /* 0: default */
	bool garbage;	 /* followed by something that is no certificate */
	uint32_t flags;	 /* DICOMTLS_F_*, asked by the judge */
	list *crls[3];	 /* what the judge has */
	const char *policy;
};

extern const struct fault faults[];
extern const size_t fault_count;

#endif
