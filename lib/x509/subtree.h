/*
 * GeneralSubtrees: the decoded form of name constraints (RFC 5280 4.2.1.10).
 * What they say about a name is decided in lib/verify/name_constraints.c.
 */
#ifndef DICOMTLS_X509_SUBTREE_H
#define DICOMTLS_X509_SUBTREE_H

#include "base/arena.h"
#include "base/limits.h"
#include "x509/general_name.h"

struct dt_subtree {
	/* The value of a directoryName is its comparison form. */
	struct dt_general_name base;
	bool bounded; /* has a minimum other than 0 or a maximum */
	/* rfc822Name: the base in Unicode, for mailboxes in UTF-8 (RFC 8398 6).
	 * It is decoded once, however many names there are; unset: it cannot
	 * be. */
	struct dt_span unicode;
};

struct dt_subtrees {
	struct dt_subtree *items; /* permitted ones, then excluded */
	size_t permitted;
	size_t excluded;
};

/* content: of an extension value that passed dt_shape_name_constraints.
 * 0, DICOMTLS_E_NOMEM or DICOMTLS_E_FORMAT; nothing is kept then. */
int dt_subtrees_parse(struct dt_arena *arena, struct dt_subtrees *subtrees,
    struct dt_span content);

/* A base in Unicode, in text; unset if it cannot be decoded or is longer than
 * OpenSSL's nc_email_eai takes. */
struct dt_span dt_subtree_unicode(
    struct dt_span base, uint8_t text[DT_MAX_DOMAIN]);

#endif
