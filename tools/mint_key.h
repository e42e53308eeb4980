/*
 * Keys for minted certificates: made once per process and name, and the only
 * place of minting that talks to GnuTLS.
 */
#ifndef DICOMTLS_TOOLS_MINT_KEY_H
#define DICOMTLS_TOOLS_MINT_KEY_H

#include "tools/mint.h"

struct mint_key;

/* The key of this name (see mint_spec.key), made on first use; NULL if the
 * name is none or there is no memory. Lives as long as the process. */
const struct mint_key *mint_key_find(const char *name);

/* From now on keys that are made are written to this folder, and looked for
 * there first: the next process has the same ones, and need not wait for them.
 * The text is borrowed. The folder must be the caller's alone. */
void mint_keys_keep(const char *folder);

/* Appends the SubjectPublicKeyInfo. */
int mint_key_public(const struct mint_key *key, struct dt_buffer *out);
/* Appends the 20 octets of RFC 5280 4.2.1.2 (1): SHA-1 of the public key. */
int mint_key_id(const struct mint_key *key, struct dt_buffer *out);
/* Appends the AlgorithmIdentifier of a signature with this digest. */
int mint_key_algorithm(
    const struct mint_key *key, const char *digest, struct dt_buffer *out);
/* Appends the signature over data. */
int mint_key_sign(const struct mint_key *key, const char *digest,
    struct dt_span data, struct dt_buffer *out);
int mint_key_export(const struct mint_key *key, enum mint_form form,
    const char *password, struct dt_buffer *out);

#endif
