/* Short names of attribute types ("CN"), and of any object identifier that
 * stands in the place of one. */
#ifndef DICOMTLS_COMPAT_ATTRIBUTE_NAMES_H
#define DICOMTLS_COMPAT_ATTRIBUTE_NAMES_H

#include "base/span.h"

/* oid: dotted text. False if OpenSSL has no short name for it. */
bool dt_attribute_name(const char *oid, struct dt_span *name);

#endif
