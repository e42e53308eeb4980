/*
 * What is measured: chains as a peer would send them, with the anchors and the
 * CRL to judge them by in files of a temporary directory. All is minted here.
 */
#ifndef DICOMTLS_BENCH_INPUT_H
#define DICOMTLS_BENCH_INPUT_H

#include "tools/mint.h"

#define BENCH_CHAIN 16

struct bench_input {
	struct dt_buffer chain[BENCH_CHAIN]; /* DER, leaf first */
	unsigned chain_size;
	char *anchors;	/* PEM file */
	char *crl;	/* PEM file; NULL: none */
	uint32_t flags; /* DICOMTLS_F_*, which are X509_V_FLAG_* */
};

enum bench_kind {
	BENCH_RSA,	 /* leaf, intermediate and root, RSA-2048 */
	BENCH_P256,	 /* the same with P-256 */
	BENCH_MANY,	 /* P-256, one anchor among many */
	BENCH_NAMESAKES, /* the anchor is the last of many of its name */
	BENCH_CRL,	 /* P-256, revocation of the leaf is checked */
	BENCH_PERMITTED, /* 1000 permitted subtrees, 1000 names */
	BENCH_EXCLUDED,	 /* likewise, excluded */
	BENCH_POLICIES,	 /* nearly as many policies as the limit allows */
	BENCH_MAPPINGS,	 /* mappings that double the policy tree */
	BENCH_KINDS
};

struct bench_sizes {
	unsigned anchors;
	unsigned crl_entries;
};

/* False if something could not be minted. The caller clears in any case. */
bool bench_input_make(struct bench_input *input, enum bench_kind kind,
    const struct bench_sizes *sizes, const struct mint_dir *dir);
void bench_input_clear(struct bench_input *input);

#endif
