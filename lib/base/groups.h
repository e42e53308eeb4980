/*
 * Objects in groups: those that have the same key (a name, say) stand together,
 * in the order in which they were added. A group is found by hash in constant
 * time, and adding takes constant time too, however many there are. The objects
 * are borrowed; what their keys are and how those compare is the caller's
 * business. Who chooses the hashes decides the cost: see hash.h.
 */
#ifndef DICOMTLS_BASE_GROUPS_H
#define DICOMTLS_BASE_GROUPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dt_group {
	uint32_t hash;
	uint32_t count; /* 0: no group is here */
	union {
		void *one;   /* the object, if there is one */
		void **many; /* owned */
	} objects;
};

/* Starts as zero. */
struct dt_groups {
	struct dt_group *slots; /* owned */
	size_t count;
	size_t room; /* a power of two, or 0 */
};

/* A run of objects, valid until the next one is added. */
struct dt_run {
	void *const *items;
	size_t count;
};

/* The object has this key. */
typedef bool (*dt_groups_same_fn)(const void *object, const void *key);

/* The group with a key whose hash is given; empty if there is none. */
struct dt_run dt_groups_find(const struct dt_groups *groups, uint32_t hash,
    dt_groups_same_fn same, const void *key);

/* Adds an object to the end of its group: 0, or DICOMTLS_E_NOMEM, and the
 * groups are as before. */
int dt_groups_add(struct dt_groups *groups, uint32_t hash,
    dt_groups_same_fn same, const void *key, void *object);

/* Takes back what the last call of dt_groups_add, with the same arguments, has
 * done: nothing was added since. */
void dt_groups_undo(struct dt_groups *groups, uint32_t hash,
    dt_groups_same_fn same, const void *key);

/* Frees the groups, not the objects, and leaves none. */
void dt_groups_clear(struct dt_groups *groups);

#endif
