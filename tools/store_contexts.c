/* Presentation contexts for files; see store_contexts.h. */
#include "tools/store_contexts.h"

static bool
is_same_kind(const struct dt_part10 *a, const struct dt_part10 *b)
{
	return strcmp(a->sop_class, b->sop_class) == 0 &&
	       strcmp(a->transfer, b->transfer) == 0;
}

size_t
store_contexts_find(
    const struct store_contexts *contexts, const struct dt_part10 *meta)
{
	size_t index = 0;

	while (index < contexts->count &&
	       !is_same_kind(contexts->metas[index], meta))
		index++;
	return index;
}

size_t
store_contexts_make(
    struct store_contexts *contexts, const struct outgoing *files, size_t count)
{
	contexts->count = 0;
	for (size_t i = 0; i < count; i++) {
		const struct dt_part10 *meta = &files[i].meta;

		if (store_contexts_find(contexts, meta) < contexts->count)
			continue;
		if (contexts->count == DT_MAX_CONTEXTS)
			return i;
		contexts->metas[contexts->count++] = meta;
	}
	return count;
}

/* Odd numbers (PS3.8 9.3.2.2). */
uint8_t
store_context_id(size_t index)
{
	return (uint8_t)(2 * index + 1);
}
