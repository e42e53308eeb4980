/* Growable array of pointers; see array.h. */
#include "base/array.h"

#include "dicomtls.h"

#include <stdlib.h>
#include <string.h>

int
dt_array_push(struct dt_array *array, void *item)
{
	if (array->count == array->room) {
		size_t room = array->room ? array->room * 2 : 8;
		void **items = reallocarray(array->items, room, sizeof(*items));

		if (items == NULL)
			return DICOMTLS_E_NOMEM;
		array->items = items;
		array->room = room;
	}
	array->items[array->count++] = item;
	return 0;
}

void
dt_array_remove(struct dt_array *array, size_t index)
{
	void **at = array->items + index;

	array->count--;
	memmove(at, at + 1, (array->count - index) * sizeof(*at));
}

void
dt_array_clear(struct dt_array *array)
{
	free(array->items);
	*array = (struct dt_array){ 0 };
}
