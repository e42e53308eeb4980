/* A table with open addressing, at most three quarters full; see groups.h. */
#include "base/groups.h"

#include "dicomtls.h"

#include <stdlib.h>

static void *const *
items_of(const struct dt_group *group)
{
	return group->count == 1 ? &group->objects.one : group->objects.many;
}

/* The slot of a group, or the free one where it would be. same may be NULL:
 * no group has the key. */
static struct dt_group *
find_slot(const struct dt_groups *groups, uint32_t hash, dt_groups_same_fn same,
    const void *key)
{
	size_t mask = groups->room - 1;
	size_t at = hash & mask;

	for (;; at = (at + 1) & mask) {
		struct dt_group *group = &groups->slots[at];

		if (group->count == 0 || (same != NULL && group->hash == hash &&
					     same(items_of(group)[0], key)))
			return group;
	}
}

static int
make_room(struct dt_groups *groups)
{
	struct dt_groups larger = { .count = groups->count };

	if (4 * (groups->count + 1) <= 3 * groups->room)
		return 0;
	larger.room = groups->room == 0 ? 8 : 2 * groups->room;
	larger.slots = calloc(larger.room, sizeof(*larger.slots));
	if (larger.slots == NULL)
		return DICOMTLS_E_NOMEM;
	for (size_t i = 0; i < groups->room; i++) {
		const struct dt_group *group = &groups->slots[i];

		if (group->count > 0)
			*find_slot(&larger, group->hash, NULL, NULL) = *group;
	}
	free(groups->slots);
	*groups = larger;
	return 0;
}

/* Room for the objects of a group is a power of two. */
static int
append(struct dt_group *group, void *object)
{
	size_t count = group->count;
	void **many = count == 1 ? NULL : group->objects.many;

	if ((count & (count - 1)) == 0) {
		void **larger = realloc(many, 2 * count * sizeof(*many));

		if (larger == NULL)
			return DICOMTLS_E_NOMEM;
		many = larger;
		if (count == 1)
			many[0] = group->objects.one;
		group->objects.many = many;
	}
	many[group->count++] = object;
	return 0;
}

struct dt_run
dt_groups_find(const struct dt_groups *groups, uint32_t hash,
    dt_groups_same_fn same, const void *key)
{
	const struct dt_group *group;

	if (groups->room == 0)
		return (struct dt_run){ NULL, 0 };
	group = find_slot(groups, hash, same, key);
	return group->count == 0
		   ? (struct dt_run){ NULL, 0 }
		   : (struct dt_run){ items_of(group), group->count };
}

int
dt_groups_add(struct dt_groups *groups, uint32_t hash, dt_groups_same_fn same,
    const void *key, void *object)
{
	struct dt_group *group;
	int rc = make_room(groups);

	if (rc < 0)
		return rc;
	group = find_slot(groups, hash, same, key);
	if (group->count > 0)
		return append(group, object);
	*group = (struct dt_group){ hash, 1, { .one = object } };
	groups->count++;
	return 0;
}

/* No group behind the slot can have been put there because this one was
 * taken. */
void
dt_groups_undo(struct dt_groups *groups, uint32_t hash, dt_groups_same_fn same,
    const void *key)
{
	struct dt_group *group = find_slot(groups, hash, same, key);
	void **many = group->objects.many;

	if (--group->count == 0) {
		groups->count--;
	} else if (group->count == 1) {
		group->objects.one = many[0];
		free(many);
	}
}

void
dt_groups_clear(struct dt_groups *groups)
{
	for (size_t i = 0; i < groups->room; i++)
		if (groups->slots[i].count > 1)
			free(groups->slots[i].objects.many);
	free(groups->slots);
	*groups = (struct dt_groups){ 0 };
}
