/*
 * Who may have issued a certificate: names, identifiers, algorithms and dates
 * of candidates. No signature is tried here; the reference does not backtrack
 * over one.
 */
#ifndef DICOMTLS_VERIFY_ISSUER_H
#define DICOMTLS_VERIFY_ISSUER_H

#include "verify/verify.h"

/* ossl_x509_likely_issued. */
bool dt_issuer_is_likely(
    const struct dt_cert *issuer, const struct dt_cert *subject);

/* X509_self_signed without a signature check: 1 yes, 0 no, -1 it cannot be
 * told (key or extensions cannot be decoded). */
int dt_issuer_self_signed(const struct dt_cert *cert);

/* Picks among the untrusted candidates, skipping those that are in the path
 * already: the first that is valid now, else the one that expired last. */
struct dt_cert *dt_issuer_find_untrusted(struct dt_verify *v,
    const struct dt_array *candidates, const struct dt_cert *subject);

/* The same among the anchors of the store. */
struct dt_cert *dt_issuer_find_trusted(
    struct dt_verify *v, const struct dt_cert *subject);

/*
 * OpenSSL decodes the extensions of a certificate when it first needs them.
 * An untrusted certificate that was no candidate by its name so far has none
 * of them where the issuer of a CRL is looked for: neither key identifier nor
 * key usage. dt_issuer_find_untrusted marks what it looks at.
 */
bool dt_issuer_is_decoded(
    const struct dt_verify *v, const struct dt_cert *cert);
void dt_issuer_mark_decoded(struct dt_verify *v, const struct dt_cert *cert);

#endif
