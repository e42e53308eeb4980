/* Groups: what has one key stands together in the order of adding, and is found
 * however many there are and however their hashes collide. */
#include "base/groups.h"

#include <criterion/criterion.h>

#define OBJECTS 5000

struct object {
	unsigned key;
	unsigned number;
};

static struct object objects[OBJECTS];

static bool
has_key(const void *object, const void *key)
{
	const struct object *o = object;

	return o->key == *(const unsigned *)key;
}

typedef uint32_t (*hash_fn)(unsigned key);

static uint32_t
spread(unsigned key)
{
	return key * 2654435761u;
}

static uint32_t
nearly_equal(unsigned key)
{
	return key % 3 == 0 ? UINT32_MAX : 7;
}

static void
add(struct dt_groups *groups, hash_fn hash, unsigned i)
{
	cr_assert_eq(dt_groups_add(groups, hash(objects[i].key), has_key,
			 &objects[i].key, &objects[i]),
	    0);
}

/* The members of a key's group, which were added in the order of their
 * numbers. */
static size_t
count(const struct dt_groups *groups, hash_fn hash, unsigned key)
{
	struct dt_run run = dt_groups_find(groups, hash(key), has_key, &key);
	unsigned before = 0;

	for (size_t i = 0; i < run.count; i++) {
		const struct object *o = run.items[i];

		cr_expect_eq(o->key, key);
		cr_expect(i == 0 || o->number > before, "out of order");
		before = o->number;
	}
	return run.count;
}

static void
expect_groups(hash_fn hash, unsigned total, unsigned keys)
{
	struct dt_groups groups = { 0 };

	for (unsigned i = 0; i < total; i++) {
		objects[i] = (struct object){ i % keys, i };
		add(&groups, hash, i);
	}
	for (unsigned key = 0; key < keys; key++)
		cr_expect_eq(count(&groups, hash, key),
		    total / keys + (key < total % keys), "%u", key);
	cr_expect_eq(count(&groups, hash, keys), 0);
	dt_groups_clear(&groups);
	cr_expect_eq(count(&groups, hash, 0), 0, "nothing is left");
}

Test(groups, every_object_is_in_the_group_of_its_key)
{
	expect_groups(spread, OBJECTS, OBJECTS);
	expect_groups(spread, OBJECTS, 1000);
	expect_groups(spread, OBJECTS, 7);
	expect_groups(spread, OBJECTS, 1);
	expect_groups(spread, 1, 1);
}

Test(groups, keys_of_one_hash_are_told_apart)
{
	expect_groups(nearly_equal, 300, 300);
	expect_groups(nearly_equal, 300, 20);
}

Test(groups, nothing_is_found_where_nothing_is)
{
	struct dt_groups groups = { 0 };

	cr_expect_eq(count(&groups, spread, 1), 0);
	dt_groups_clear(&groups);
}

Test(groups, the_last_object_can_be_taken_back)
{
	struct dt_groups groups = { 0 };

	for (unsigned i = 0; i < 6; i++) {
		unsigned key = i / 2;

		objects[i] = (struct object){ key, i };
		add(&groups, nearly_equal, i);
		dt_groups_undo(&groups, nearly_equal(key), has_key, &key);
		cr_expect_eq(count(&groups, nearly_equal, key), i % 2);
		add(&groups, nearly_equal, i);
		cr_expect_eq(count(&groups, nearly_equal, key), i % 2 + 1);
	}
	for (unsigned key = 0; key < 3; key++)
		cr_expect_eq(count(&groups, nearly_equal, key), 2);
	dt_groups_clear(&groups);
}
