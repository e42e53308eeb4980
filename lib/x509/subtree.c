/* Name constraints from DER to an array; see subtree.h. The shape has been
 * checked, so that the walk here cannot fail. */
#include "x509/subtree.h"

#include "x509/name.h"

#include "dicomtls.h"

#include <stdlib.h>

/* RFC 5280 wants minimum 0 and no maximum. An explicit zero is let pass, as
 * OpenSSL's nc_minmax_valid does. */
static bool
is_bounded(struct dt_span limits)
{
	struct dt_der minimum;

	if (dt_der_take(&limits, DT_DER_CONTEXT, &minimum) &&
	    (minimum.content.size != 1 || minimum.content.data[0] != 0))
		return true;
	return limits.size > 0;
}

static bool
take_subtree(struct dt_span *list, struct dt_subtree *subtree)
{
	struct dt_der item;

	if (!dt_der_next(list, &item) ||
	    !dt_general_name_next(&item.content, &subtree->base))
		return false;
	subtree->bounded = is_bounded(item.content);
	return true;
}

/* Counts the subtrees of a list and the room for their directory names. */
static size_t
measure(struct dt_span list, size_t *room)
{
	struct dt_subtree subtree;
	size_t count = 0;

	while (take_subtree(&list, &subtree)) {
		if (subtree.base.type == DT_GN_DIRECTORY)
			*room +=
			    dt_name_canonical_room(subtree.base.value.size);
		count++;
	}
	return count;
}

static int
canonicalize(struct dt_subtree *subtree, uint8_t **room)
{
	struct dt_name name;
	int rc;

	if (subtree->base.type != DT_GN_DIRECTORY)
		return 0;
	rc = dt_name_parse(&name, subtree->base.value, *room);
	if (rc < 0)
		return rc;
	subtree->base.value = name.canonical;
	*room += name.canonical.size;
	return 0;
}

int
dt_subtrees_parse(struct dt_subtrees *subtrees, struct dt_span content)
{
	struct dt_subtrees made = { 0 };
	struct dt_der permitted = { 0 }, excluded = { 0 };
	size_t room = 1, count;
	uint8_t *end;
	int rc = DICOMTLS_E_NOMEM;

	(void)dt_der_take_list(
	    &content, DT_DER_CONTEXT_CONSTRUCTED, &permitted);
	(void)dt_der_take_list(
	    &content, DT_DER_CONTEXT_CONSTRUCTED | 1, &excluded);
	made.permitted = measure(permitted.content, &room);
	made.excluded = measure(excluded.content, &room);
	count = made.permitted + made.excluded;
	made.items = calloc(count + 1, sizeof(*made.items));
	made.canonical = malloc(room);
	if (made.items == NULL || made.canonical == NULL)
		goto out;
	end = made.canonical;
	rc = 0;
	for (size_t i = 0; i < count && rc == 0; i++) {
		if (!take_subtree(&permitted.content, &made.items[i]))
			(void)take_subtree(&excluded.content, &made.items[i]);
		rc = canonicalize(&made.items[i], &end);
	}
	if (rc < 0)
		goto out;
	*subtrees = made;
	made = (struct dt_subtrees){ 0 };
out:
	dt_subtrees_clear(&made);
	return rc;
}

void
dt_subtrees_clear(struct dt_subtrees *subtrees)
{
	free(subtrees->items);
	free(subtrees->canonical);
	*subtrees = (struct dt_subtrees){ 0 };
}
