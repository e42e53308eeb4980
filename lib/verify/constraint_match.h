/*
 * One name against one subtree of name constraints, for each type of general
 * name (RFC 5280 4.2.1.10, OpenSSL's nc_match_single).
 */
#ifndef DICOMTLS_VERIFY_CONSTRAINT_MATCH_H
#define DICOMTLS_VERIFY_CONSTRAINT_MATCH_H

#include "x509/subtree.h"

/* Values of directoryNames are comparison forms in both. */

/* True if a subtree with this base speaks about names of this type. */
bool dt_constraint_concerns(
    const struct dt_general_name *base, const struct dt_general_name *name);

/*
 * DICOMTLS_V_OK if the name lies within the subtree,
 * DICOMTLS_V_ERR_PERMITTED_VIOLATION if it lies outside, another number if
 * that cannot be said. The subtree must concern the name.
 */
int dt_constraint_match(
    const struct dt_subtree *subtree, const struct dt_general_name *name);

#endif
