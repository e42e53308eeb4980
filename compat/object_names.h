/* Short names of object identifiers as OpenSSL prints them; the data of
 * attribute_names.c. */
#ifndef DICOMTLS_COMPAT_OBJECT_NAMES_H
#define DICOMTLS_COMPAT_OBJECT_NAMES_H

#include <stddef.h>

struct dt_object_arc {
	const char *prefix; /* first arcs in dots */
	const char *names;  /* pairs of the other arcs and a name, with one
			     * blank between any two words */
};

extern const struct dt_object_arc dt_object_arcs[];
extern const size_t dt_object_arc_count;

#endif
