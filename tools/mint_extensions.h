/* The extensions of a minted certificate (RFC 5280 4.2.1). */
#ifndef DICOMTLS_TOOLS_MINT_EXTENSIONS_H
#define DICOMTLS_TOOLS_MINT_EXTENSIONS_H

#include "tools/mint.h"
#include "tools/mint_key.h"

/* Appends the [3] element, nothing if the spec has no extension. key is the
 * subject's; issuer_key may be NULL. */
int mint_extensions(const struct mint_spec *spec, const struct mint_key *key,
    const struct mint_key *issuer_key, struct dt_buffer *out);

#endif
