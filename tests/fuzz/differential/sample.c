/*
 * Cases in memory.
 */
#include "sample.h"

#include "keys.h"

static struct dt_array
texts(struct draw *d, const struct dt_array *from)
{
	struct dt_array copy = { 0 };
	copy.items = draw_alloc(d, SAMPLE_TEXTS * sizeof(*copy.items));
	copy.room = SAMPLE_TEXTS;
	for (size_t i = 0; from && i < from->count && i < SAMPLE_TEXTS; i++)
		sample_add_text(
		    &copy, draw_printf(d, "%s", (char *)from->items[i]));
	return copy;
}

static const char *
text(struct draw *d, const char *from)
{
	return from ? draw_printf(d, "%s", from) : NULL;
}

struct sample *
sample_copy(struct draw *d, const struct case_data *from)
{
	if (from->object_count > SAMPLE_OBJECTS)
		return NULL;
	struct sample *sample = draw_alloc(d, sizeof(*sample));
	struct case_data *data = &sample->data;
	*data = *from;
	data->id = text(d, from->id);
	data->purpose = text(d, from->purpose);
	data->email = text(d, from->email);
	data->ip = text(d, from->ip);
	data->hosts = texts(d, &from->hosts);
	data->policies = texts(d, &from->policies);
	data->object_room = SAMPLE_OBJECTS;
	data->objects = draw_alloc(d, SAMPLE_OBJECTS * sizeof(*data->objects));
	if (from->object_count > 0)
		memcpy(data->objects, from->objects,
		    from->object_count * sizeof(*data->objects));
	for (size_t i = 0; i < SAMPLE_OBJECTS; i++)
		sample->signers[i] = KEY_NONE;
	return sample;
}

struct sample *
sample_new(struct draw *d, int64_t time)
{
	const struct case_data empty = { .id = "new",
		.has_time = true,
		.time = time,
		.depth = -1,
		.auth_level = -1 };
	return sample_copy(d, &empty);
}

struct sample *
sample_clone(struct draw *d, const struct sample *from)
{
	struct sample *sample = sample_copy(d, &from->data);
	memcpy(sample->signers, from->signers, sizeof(sample->signers));
	return sample;
}

void
sample_insert(
    struct sample *sample, size_t index, struct case_object object, int signer)
{
	struct case_data *data = &sample->data;
	size_t count = data->object_count;
	if (count == SAMPLE_OBJECTS || index > count)
		return;
	memmove(data->objects + index + 1, data->objects + index,
	    (count - index) * sizeof(*data->objects));
	memmove(sample->signers + index + 1, sample->signers + index,
	    (count - index) * sizeof(*sample->signers));
	data->objects[index] = object;
	sample->signers[index] = signer;
	data->object_count++;
}

void
sample_append(struct sample *sample, struct case_object object, int signer)
{
	sample_insert(sample, sample->data.object_count, object, signer);
}

void
sample_remove(struct sample *sample, size_t index)
{
	struct case_data *data = &sample->data;
	if (index >= data->object_count)
		return;
	size_t behind = --data->object_count - index;
	memmove(data->objects + index, data->objects + index + 1,
	    behind * sizeof(*data->objects));
	memmove(sample->signers + index, sample->signers + index + 1,
	    behind * sizeof(*sample->signers));
}

void
sample_move(struct sample *sample, size_t from, size_t to)
{
	if (from >= sample->data.object_count)
		return;
	struct case_object object = sample->data.objects[from];
	int signer = sample->signers[from];
	sample_remove(sample, from);
	sample_insert(sample, to, object, signer);
}

void
sample_add_text(struct dt_array *array, const char *value)
{
	if (array->count < array->room)
		array->items[array->count++] = (void *)(uintptr_t)value;
}

void
sample_remove_text(struct dt_array *array, size_t index)
{
	if (index >= array->count)
		return;
	array->count--;
	memmove(array->items + index, array->items + index + 1,
	    (array->count - index) * sizeof(*array->items));
}

/* The peer's certificates carry no trust settings. */
static void
strip_trust(struct case_data *data)
{
	for (size_t i = 0; i < data->object_count; i++) {
		struct case_object *object = &data->objects[i];
		if (object->kind == CASE_TRUSTED_CERTIFICATE &&
		    object->section != CASE_TRUSTED)
			object->kind = CASE_CERTIFICATE;
	}
}

/* A second leaf becomes untrusted, a missing one is taken from what there
 * is. */
static void
choose_leaf(struct case_data *data)
{
	bool found = false;
	for (size_t i = 0; i < data->object_count; i++) {
		if (data->objects[i].section != CASE_LEAF)
			continue;
		if (found)
			data->objects[i].section = CASE_UNTRUSTED;
		found = true;
	}
	for (size_t i = 0; i < data->object_count && !found; i++) {
		if (data->objects[i].section == CASE_CRL)
			continue;
		data->objects[i].section = CASE_LEAF;
		found = true;
	}
}

bool
sample_arrange(struct sample *sample)
{
	struct case_data *data = &sample->data;
	choose_leaf(data);
	strip_trust(data);
	size_t placed = 0;
	for (int s = 0; s < CASE_SECTIONS; s++) {
		int index = 0;
		for (size_t i = placed; i < data->object_count; i++) {
			if (data->objects[i].section != (enum case_section)s)
				continue;
			data->objects[i].index = index++;
			sample_move(sample, i, placed++);
		}
	}
	return data->object_count > 0 && data->objects[0].section == CASE_LEAF;
}
