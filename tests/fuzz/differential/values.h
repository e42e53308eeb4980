/*
 * Extensions with meaningful, borderline and wrong values, for everything
 * that OpenSSL's verifier reads in certificates, CRLs and CRL entries.
 */
#ifndef DICOMTLS_FUZZ_VALUES_H
#define DICOMTLS_FUZZ_VALUES_H

#include "parts.h"

/* A whole extension; parts and signer are those of the certificate or CRL it
 * is meant for. */
struct node *draw_extension(
    struct draw *d, const struct parts *parts, int signer);
/* One with this OID, which must be among those that are drawn. */
struct node *draw_extension_of(
    struct draw *d, const struct parts *parts, int signer, const char *oid);
struct node *draw_crl_extension(
    struct draw *d, const struct parts *parts, int signer);
struct node *draw_entry_extension(struct draw *d);

/* The plain values of well-formed certificates. */
struct node *basic_constraints(struct draw *d, bool ca, long pathlen);
struct node *key_usage(struct draw *d, unsigned bits);
struct node *subject_key_id(struct draw *d, int key);
struct node *authority_key_id(struct draw *d, int key);

#endif
