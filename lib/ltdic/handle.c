/* The table of handles; see handle.h. */
#include "ltdic/handle.h"

#include "ltdic/net.h"

#include <pthread.h>
#include <stdlib.h>

/* A handle is odd, as no pointer to an object is: 1 bit, the slot, and how
 * often the slot was used before, so that a freed handle stays invalid when
 * its slot is used again. */
#define SLOT_BITS 15
#define SLOTS (1u << SLOT_BITS)

struct slot {
	struct dt_net *net; /* NULL: free */
	uintptr_t turn;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct slot *slots;
static size_t slot_count;

static HDICOMNET
make_handle(size_t index, uintptr_t turn)
{
	return (HDICOMNET)(((turn << SLOT_BITS | index) << 1) | 1);
}

static struct slot *
find(HDICOMNET handle)
{
	uintptr_t value = (uintptr_t)handle >> 1;
	size_t index = value & (SLOTS - 1);

	if (((uintptr_t)handle & 1) == 0 || index >= slot_count)
		return NULL;
	if (slots[index].net == NULL ||
	    make_handle(index, slots[index].turn) != handle)
		return NULL;
	return &slots[index];
}

static struct slot *
free_slot(void)
{
	size_t count = slot_count ? slot_count * 2 : 16;
	struct slot *grown;

	for (size_t i = 0; i < slot_count; i++)
		if (slots[i].net == NULL)
			return &slots[i];
	if (count > SLOTS)
		return NULL;
	grown = reallocarray(slots, count, sizeof(*slots));
	if (grown == NULL)
		return NULL;
	slots = grown;
	memset(slots + slot_count, 0, (count - slot_count) * sizeof(*slots));
	grown = &slots[slot_count];
	slot_count = count;
	return grown;
}

HDICOMNET
dt_handle_add(struct dt_net *net)
{
	HDICOMNET handle = NULL;
	struct slot *slot;

	pthread_mutex_lock(&lock);
	slot = free_slot();
	if (slot != NULL) {
		slot->net = dt_net_ref(net);
		slot->turn++;
		handle = make_handle((size_t)(slot - slots), slot->turn);
		net->handle = handle;
	}
	pthread_mutex_unlock(&lock);
	return handle;
}

struct dt_net *
dt_handle_get(HDICOMNET handle)
{
	struct dt_net *net = NULL;
	struct slot *slot;

	pthread_mutex_lock(&lock);
	slot = find(handle);
	if (slot != NULL)
		net = dt_net_ref(slot->net);
	pthread_mutex_unlock(&lock);
	return net;
}

struct dt_net *
dt_handle_take(HDICOMNET handle)
{
	struct dt_net *net = NULL;
	struct slot *slot;

	pthread_mutex_lock(&lock);
	slot = find(handle);
	if (slot != NULL) {
		net = slot->net;
		slot->net = NULL;
	}
	pthread_mutex_unlock(&lock);
	return net;
}

void
dt_handle_all(struct dt_array *nets)
{
	pthread_mutex_lock(&lock);
	for (size_t i = 0; i < slot_count; i++)
		if (slots[i].net != NULL &&
		    dt_array_push(nets, slots[i].net) == 0)
			dt_net_ref(slots[i].net);
	pthread_mutex_unlock(&lock);
}
