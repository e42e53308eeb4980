/* Short names of attribute types ("CN"). */
#ifndef DICOMTLS_COMPAT_ATTRIBUTE_NAMES_H
#define DICOMTLS_COMPAT_ATTRIBUTE_NAMES_H

/* oid: dotted text. NULL if there is no short name. */
const char *dt_attribute_name(const char *oid);

#endif
