/*
 * A small pool of keys, and signatures by them in the algorithms that
 * OpenSSL's verifier knows.
 */
#ifndef DICOMTLS_FUZZ_KEYS_H
#define DICOMTLS_FUZZ_KEYS_H

#include "tree.h"

enum {
	KEY_NONE = -1,
	KEY_RSA_1024 = 0, /* three of them: cheap to sign with and to verify */
	KEY_RSA_2048 = 3,
	KEY_RSA_768 = 4,
	KEY_P256 = 5, /* two */
	KEY_P384 = 7,
	KEY_P521 = 8,
	KEY_P224 = 9,
	KEY_ED25519 = 10,
	KEY_ED448 = 11,
	KEY_PSS = 12,
	KEY_PSS_SHA256 = 13,
	KEY_BRAINPOOL = 14,
	KEY_K256 = 15,
	KEY_DSA = 16,
	KEYS = 17
};

extern const char *const keys_pem[KEYS];

/* False where OpenSSL does not take a key. */
bool keys_load(void);
void keys_clear(void);

/* SubjectPublicKeyInfo; and the key of one, KEY_NONE if it is none of ours. */
struct dt_span keys_public(int key);
int keys_find(struct dt_span public_key);
/* SHA-1 of the key's bits, as key identifiers have it (RFC 5280 4.2.1.2). */
const uint8_t *keys_identifier(int key);

/* A key of the pool, the cheap ones most often. */
int keys_draw(struct draw *d);

/* An AlgorithmIdentifier that this key can sign with: the usual one, or any. */
struct node *keys_algorithm(struct draw *d, int key, bool usual);
/* Signs; false if the key does not fit the algorithm. */
bool keys_sign(struct draw *d, int key, struct dt_span algorithm,
    struct dt_span data, struct dt_span *signature);

#endif
