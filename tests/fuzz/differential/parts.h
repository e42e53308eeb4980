/*
 * Where the fields of a certificate or CRL are in its tree, and signing it
 * again.
 */
#ifndef DICOMTLS_FUZZ_PARTS_H
#define DICOMTLS_FUZZ_PARTS_H

#include "sample.h"
#include "tree.h"

struct parts {
	struct node *whole;
	struct node *tbs;
	struct node *version;	/* NULL: absent */
	struct node *serial;	/* certificates */
	struct node *algorithm; /* inner */
	struct node *issuer;
	struct node *validity;	  /* certificates */
	struct node *subject;	  /* certificates */
	struct node *key;	  /* certificates */
	struct node *this_update; /* CRLs */
	struct node *next_update; /* CRLs; NULL: absent */
	struct node *revoked;	  /* CRLs; NULL: absent */
	struct node *extensions;  /* SEQUENCE OF; NULL: absent */
	struct node *outer_algorithm;
	struct node *signature;
	struct dt_span behind; /* what follows: X509_CERT_AUX */
};

/* False if the object does not have the usual fields. */
bool parts_find(
    struct draw *d, const struct case_object *object, struct parts *parts);

/* The list of extensions, made where there is none. */
struct node *parts_extensions(struct draw *d, struct parts *parts);
/* An extension: id, critical, value. */
struct node *parts_extension(
    struct draw *d, const char *oid, bool critical, struct node *value);
/* Index of the first extension with this OID, tree_count if there is none. */
size_t parts_find_extension(const struct parts *parts, const char *oid);

/* Signs with a key: the algorithms must be in place. Otherwise the signature
 * stays as it is. */
void parts_sign(struct draw *d, struct parts *parts, int key);
/* Puts the usual algorithm of a key, or any, in both places. */
void parts_set_algorithm(
    struct draw *d, struct parts *parts, int key, bool usual);
/* DER with what follows. */
struct dt_span parts_encode(struct draw *d, const struct parts *parts);

/* Signs with the key that signs this object if there is one, and stores the
 * DER in it. */
void parts_finish(
    struct draw *d, struct sample *sample, size_t index, struct parts *parts);

/* Key of the pool in the certificate, KEY_NONE if there is none. */
int parts_key(struct draw *d, const struct parts *parts);
/* Replaces the key in the certificate. */
void parts_set_key(struct draw *d, struct parts *parts, int key);
/* Finds for each object the key of the pool that signs it: that of the first
 * certificate with the issuer's name. */
void parts_find_signers(struct draw *d, struct sample *sample);

#endif
