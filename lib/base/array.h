/*
 * A growable array of borrowed pointers. The owner of the pointed-to objects
 * stays responsible for them; the array frees only itself.
 */
#ifndef DICOMTLS_BASE_ARRAY_H
#define DICOMTLS_BASE_ARRAY_H

#include <stddef.h>

struct dt_array {
	void **items;
	size_t count;
	size_t room;
};

/* Appends one pointer; 0 or DICOMTLS_E_NOMEM, then the array is unchanged. */
int dt_array_push(struct dt_array *array, void *item);

/* Keeps the order of what remains. index must be below count. */
void dt_array_remove(struct dt_array *array, size_t index);

/* Frees the array, not the items, and leaves it empty. */
void dt_array_clear(struct dt_array *array);

#endif
