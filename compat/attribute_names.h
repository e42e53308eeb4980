/* Short names of attribute types ("CN"), and of any object identifier that
 * stands in the place of one. */
#ifndef DICOMTLS_COMPAT_ATTRIBUTE_NAMES_H
#define DICOMTLS_COMPAT_ATTRIBUTE_NAMES_H

#include "base/span.h"

/* oid: dotted text. False if OpenSSL has no short name for it. */
bool dt_attribute_name(const char *oid, struct dt_span *name);

/* The same for the few that most names are made of, by contents octets: those
 * need no text and no search. */
bool dt_attribute_name_usual(struct dt_span oid, struct dt_span *name);

#endif
