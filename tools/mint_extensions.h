/* The extensions of minted certificates (RFC 5280 4.2.1) and CRLs (5.2). */
#ifndef DICOMTLS_TOOLS_MINT_EXTENSIONS_H
#define DICOMTLS_TOOLS_MINT_EXTENSIONS_H

#include "tools/mint.h"
#include "tools/mint_key.h"

/* Appends the [3] element, nothing if the spec has no extension. key is the
 * subject's; issuer_key may be NULL. */
int mint_extensions(const struct mint_spec *spec, const struct mint_key *key,
    const struct mint_key *issuer_key, struct dt_buffer *out);

/* Extensions one by one, for those who write a list of their own: the
 * authority key identifier of a key, and raw ones. */
int mint_put_authority_key_id(
    const struct mint_key *issuer_key, struct dt_buffer *out);
void mint_put_extensions(
    const struct mint_extension *extensions, struct dt_buffer *out);
/* One whose value is an INTEGER. */
void mint_put_number(
    const char *oid, bool critical, unsigned value, struct dt_buffer *out);

#endif
