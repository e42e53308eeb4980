/* Lists of GeneralNames and their comparison; see name_list.h. */
#include "x509/name_list.h"

#include "x509/any.h"

bool
dt_name_list_decode(
    struct dt_arena *arena, struct dt_name_list *list, struct dt_span names)
{
	struct dt_general_name name;
	struct dt_span rest = names;
	size_t count = 0;

	while (dt_general_name_next(&rest, &name))
		count++;
	list->items = dt_arena_array(arena, count, sizeof(*list->items));
	if (list->items == NULL)
		return false;
	while (list->count < count) {
		struct dt_name_list_item *item = &list->items[list->count++];

		(void)dt_general_name_next(&names, &item->general);
		if (item->general.type == DT_GN_DIRECTORY &&
		    dt_name_take(arena, &item->directory, item->general.value) <
			0)
			return false;
	}
	return true;
}

bool
dt_name_list_has(const struct dt_name_list *list, const struct dt_name *name)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].general.type == DT_GN_DIRECTORY &&
		    dt_name_compare(&list->items[i].directory, name) == 0)
			return true;
	return false;
}

/* Explicitly tagged values in order, each under its own tag. */
static bool
same_fields(struct dt_span a, struct dt_span b)
{
	struct dt_der x, y, value_x, value_y;

	while (a.size > 0 && b.size > 0)
		if (!dt_der_next(&a, &x) || !dt_der_next(&b, &y) ||
		    x.tag != y.tag || !dt_der_next(&x.content, &value_x) ||
		    !dt_der_next(&y.content, &value_y) ||
		    !dt_any_equal(&value_x, &value_y))
			return false;
	return a.size == b.size;
}

/* OTHERNAME_cmp: the OID, then what it defines. */
static bool
same_other(struct dt_span a, struct dt_span b)
{
	struct dt_der x, y;

	return dt_der_next(&a, &x) && dt_der_next(&b, &y) &&
	       dt_span_equal(x.content, y.content) && same_fields(a, b);
}

static bool
same_name(const struct dt_name_list_item *a, const struct dt_name_list_item *b)
{
	struct dt_span x = a->general.value, y = b->general.value;

	if (a->general.type != b->general.type)
		return false;
	switch (a->general.type) {
	case DT_GN_DIRECTORY:
		return dt_name_compare(&a->directory, &b->directory) == 0;
	case DT_GN_OTHER:
		return same_other(x, y);
	case DT_GN_EDI_PARTY:
		return same_fields(x, y);
	default:
		return dt_span_equal(x, y);
	}
}

bool
dt_name_list_meets(const struct dt_name_list *a, const struct dt_name_list *b)
{
	for (size_t i = 0; i < a->count; i++)
		for (size_t j = 0; j < b->count; j++)
			if (same_name(&a->items[i], &b->items[j]))
				return true;
	return false;
}
