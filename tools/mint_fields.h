/* Fields that minted certificates and CRLs share; mint.h has their forms. */
#ifndef DICOMTLS_TOOLS_MINT_FIELDS_H
#define DICOMTLS_TOOLS_MINT_FIELDS_H

#include "tools/mint.h"
#include "tools/mint_key.h"

void mint_put_name(const struct mint_attribute *name, struct dt_buffer *out);
void mint_put_serial(const char *hex, struct dt_buffer *out);
/* text NULL: so many days from the first time this was asked. */
void mint_put_time(const char *text, int days_from_now, struct dt_buffer *out);

/* The key of the spec's subject; NULL if its name is none. */
const struct mint_key *mint_own_key(const struct mint_spec *spec);

/* The SEQUENCE of the signed part, its algorithm and its signature. */
int mint_put_signed(const struct dt_buffer *tbs, const struct mint_key *signer,
    const char *digest, bool damaged, struct dt_buffer *out);

int mint_put_pem(const char *label, struct dt_span der, struct dt_buffer *out);

#endif
