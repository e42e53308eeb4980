/*
 * Seeds and their keys.
 */
#include "seeds.h"

#include "keys.h"

#include <stdlib.h>

/* Which key of the pool stands for one of the seed. */
struct exchange {
	struct dt_span from;
	int to;
};

/* Kinds of exchange: none, all keys to cheap ones, each key to one of the
 * same kind. */
enum { KEEP_PERCENT = 12, CHEAP_PERCENT = 65 };

static const struct {
	size_t size; /* of the SubjectPublicKeyInfo */
	int key;
} kinds[] = { { 162, KEY_RSA_1024 }, { 294, KEY_RSA_2048 }, { 91, KEY_P256 },
	{ 120, KEY_P384 }, { 158, KEY_P521 }, { 44, KEY_ED25519 },
	{ 69, KEY_ED448 } };

/* By size: it tells the kinds apart. Others are kept. */
static int
same_kind(struct dt_span public_key, size_t number)
{
	for (size_t i = 0; i < DRAW_COUNT(kinds); i++) {
		if (kinds[i].size != public_key.size)
			continue;
		if (kinds[i].key == KEY_P256)
			return KEY_P256 + (int)(number % 2);
		if (kinds[i].key == KEY_RSA_1024)
			return KEY_RSA_1024 + (int)(number % 3);
		return kinds[i].key;
	}
	return KEY_NONE;
}

static int
exchange_key(
    struct exchange *known, size_t *count, struct dt_span from, bool cheap)
{
	for (size_t i = 0; i < *count; i++) {
		if (dt_span_equal(known[i].from, from))
			return known[i].to;
	}
	int to = same_kind(from, *count);
	if (cheap && to != KEY_NONE)
		to = KEY_RSA_1024 + (int)(*count % 3);
	known[*count] = (struct exchange){ from, to };
	(*count)++;
	return to;
}

static void
exchange_keys(struct draw *d, struct sample *sample, bool cheap)
{
	struct exchange known[SAMPLE_OBJECTS];
	size_t count = 0;
	struct case_data *data = &sample->data;
	struct parts parts;
	for (size_t i = 0; i < data->object_count; i++) {
		if (!parts_find(d, &data->objects[i], &parts) || !parts.key)
			continue;
		int key = exchange_key(
		    known, &count, tree_encode(d, parts.key), cheap);
		if (key == KEY_NONE)
			continue;
		parts_set_key(d, &parts, key);
		data->objects[i].der = parts_encode(d, &parts);
	}
	parts_find_signers(d, sample);
	for (size_t i = 0; i < data->object_count; i++) {
		int signer = sample->signers[i];
		if (signer == KEY_NONE ||
		    !parts_find(d, &data->objects[i], &parts))
			continue;
		parts_set_algorithm(d, &parts, signer, !draw_chance(d, 10));
		parts_finish(d, sample, i, &parts);
	}
}

/* The objects' DER belongs to the case file, which is about to go. */
static void
keep_objects(struct draw *memory, struct sample *sample)
{
	for (size_t i = 0; i < sample->data.object_count; i++)
		sample->data.objects[i].der =
		    draw_copy(memory, sample->data.objects[i].der);
}

static int
add(struct seeds *seeds, struct sample *sample)
{
	if (seeds->count == seeds->room) {
		size_t room = seeds->room * 2 + 64;
		struct sample **grown =
		    realloc(seeds->samples, room * sizeof(struct sample *));
		if (!grown)
			return -1;
		seeds->samples = grown;
		seeds->room = room;
	}
	seeds->samples[seeds->count++] = sample;
	return 0;
}

static int
load_case(struct seeds *seeds, struct draw *d, const struct case_data *data,
    bool exchange)
{
	draw_begin(d, 0, seeds->count);
	struct sample *sample = sample_copy(d, data);
	if (!sample)
		return 0;
	/* The current time would make results depend on the day. */
	if (!data->has_time) {
		sample->data.has_time = true;
		sample->data.time = 1767225600;
	}
	if (exchange && !draw_chance(d, KEEP_PERCENT))
		exchange_keys(d, sample, draw_chance(d, CHEAP_PERCENT));
	struct sample *kept = sample_clone(&seeds->memory, sample);
	keep_objects(&seeds->memory, kept);
	return add(seeds, kept);
}

int
seeds_load(struct seeds *seeds, struct case_source *source, bool exchange)
{
	const struct case_data *data;
	struct draw d = { 0 };
	int found;
	while ((found = case_source_next(source, &data)) > 0) {
		if (load_case(seeds, &d, data, exchange) < 0) {
			dt_message_set(&source->message, "no memory");
			found = -1;
			break;
		}
	}
	draw_clear(&d);
	return found;
}

void
seeds_clear(struct seeds *seeds)
{
	draw_clear(&seeds->memory);
	free(seeds->samples);
	*seeds = (struct seeds){ 0 };
}

const struct sample *
seeds_draw(struct draw *d, const struct seeds *seeds)
{
	return seeds->samples[draw_below(d, seeds->count)];
}

bool
seeds_draw_parts(struct draw *d, const struct seeds *seeds, struct parts *parts)
{
	const struct case_data *data = &seeds_draw(d, seeds)->data;
	return data->object_count > 0 &&
	       parts_find(
		   d, &data->objects[draw_below(d, data->object_count)], parts);
}
