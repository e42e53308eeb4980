/*
 * What is measured: chains as a peer would send them, with the anchors and the
 * CRL to judge them by in files of a temporary directory. All is minted here,
 * with dates that do not change.
 */
#ifndef DICOMTLS_BENCH_INPUT_H
#define DICOMTLS_BENCH_INPUT_H

#include "tools/mint.h"

#define BENCH_CHAIN 320

/* Each octet of what is passed off as a signature; below any modulus. */
#define BENCH_FORGED 0x5a

struct bench_input {
	struct dt_buffer chain[BENCH_CHAIN]; /* DER, leaf first */
	unsigned chain_size;
	char *anchors;	       /* PEM file */
	char *crl;	       /* PEM file; NULL: none */
	char *own;	       /* PEM file with leaf and CA, for handshakes */
	char *own_key;	       /* PEM file with the leaf's key */
	uint32_t flags;	       /* DICOMTLS_F_*, which are X509_V_FLAG_* */
	const char *host;      /* that the leaf must name; NULL: any */
	unsigned modulus_size; /* of an RSA key that nobody has, in octets */
};

enum bench_kind {
	BENCH_RSA2048,	    /* leaf, intermediate and root */
	BENCH_P256,	    /* the same with other keys */
	BENCH_P384,	    /* and digest SHA-384 */
	BENCH_ED25519,	    /* and so on */
	BENCH_ANCHORS,	    /* P-256, the anchor is the last of size */
	BENCH_BUNDLE,	    /* anchors as in a system's bundle, half are RSA */
	BENCH_NAMESAKES,    /* the anchor is the last of size of its name */
	BENCH_CRL,	    /* P-256, a CRL of size entries */
	BENCH_PERMITTED,    /* size permitted subtrees, as many names */
	BENCH_EXCLUDED,	    /* likewise, excluded */
	BENCH_NAMES,	    /* size names of the leaf, the last is asked for */
	BENCH_POLICIES,	    /* nearly as many policies as the limit allows */
	BENCH_MAPPINGS,	    /* mappings that double the policy tree */
	BENCH_DEPTH,	    /* size certificates, root included */
	BENCH_MESH,	    /* size layers of size certificates, one key each */
	BENCH_MESH_RSA,	    /* the same with RSA-2048 keys */
	BENCH_MESH_LOST,    /* P-256 again, without an anchor */
	BENCH_MESH_KEYS,    /* a key for each, the wrong one comes first */
	BENCH_RSA_MODULUS,  /* the CA's key: modulus over the limit */
	BENCH_RSA_EXPONENT, /* exponent over it */
	BENCH_RSA_LARGEST,  /* neither, but as large as may be */
	BENCH_LEAF_MODULUS, /* the leaf's, which signs the handshake */
	BENCH_LEAF_EXPONENT,
	BENCH_KINDS
};

/* False if something could not be minted. The caller clears in any case. */
bool bench_input_make(struct bench_input *input, enum bench_kind kind,
    unsigned size, const struct mint_dir *dir);
void bench_input_clear(struct bench_input *input);

/* Of input_*.c, by kind. */
bool bench_make_anchors(struct bench_input *input, enum bench_kind kind,
    unsigned size, const struct mint_dir *dir);
bool bench_make_names(struct bench_input *input, enum bench_kind kind,
    unsigned size, const struct mint_dir *dir);
bool bench_make_policies(struct bench_input *input, enum bench_kind kind,
    unsigned size, const struct mint_dir *dir);
bool bench_make_mesh(struct bench_input *input, enum bench_kind kind,
    unsigned size, const struct mint_dir *dir);
bool bench_make_oversized(struct bench_input *input, enum bench_kind kind,
    unsigned size, const struct mint_dir *dir);

/* What they are made of: a root, a CA below it and a leaf below that, with
 * P-256 keys. */
extern const struct mint_spec bench_root;
extern const struct mint_spec bench_ca;
extern const struct mint_spec bench_leaf;

/* Appends the next certificate of the chain. */
bool bench_send(struct bench_input *input, const struct mint_spec *spec);
/* bench_ca and bench_root, as the last two. */
bool bench_send_authorities(struct bench_input *input);
/* Makes this the only anchor. */
bool bench_trust(struct bench_input *input, const struct mint_dir *dir,
    const struct mint_spec *anchor);
/* Leaf and CA with one extension more each, and the root. */
bool bench_send_extended(struct bench_input *input, const char *leaf_oid,
    const struct dt_buffer *leaf_value, const struct mint_spec *ca);

#endif
