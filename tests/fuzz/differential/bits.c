/*
 * Bits by number.
 */
#include "bits.h"

#include "strict.h"

#include <stdlib.h>

static bool
add(struct bits *bits, struct bits_range range)
{
	if (bits->count == bits->room) {
		size_t room = bits->room * 2 + 64;
		struct bits_range *grown =
		    realloc(bits->ranges, room * sizeof(*grown));
		if (!grown)
			return false;
		bits->ranges = grown;
		bits->room = room;
	}
	range.first = bits->total;
	bits->ranges[bits->count++] = range;
	bits->total += 8 * (range.place.end - range.place.begin);
	return true;
}

static bool
add_object(
    struct bits *bits, const struct sample *sample, size_t index, bool all)
{
	const struct case_object *object = &sample->data.objects[index];
	struct place places[PLACES];
	struct draw d = { 0 };
	size_t count = places_find(&d, object, places);
	bool added = true;
	draw_clear(&d);
	for (size_t i = 0; i < count && added; i++) {
		enum field field = places[i].field;
		if (all || field == FIELD_SIGNATURE || field == FIELD_TIME)
			added = add(bits, (struct bits_range){ .sample = sample,
					      .object = index,
					      .place = places[i] });
	}
	return added;
}

bool
bits_find(struct bits *bits, const struct seeds *seeds, bool all)
{
	for (size_t i = 0; i < seeds->count; i++) {
		const struct sample *sample = seeds->samples[i];
		for (size_t j = 0; j < sample->data.object_count; j++)
			if (!add_object(bits, sample, j, all))
				return false;
	}
	return true;
}

void
bits_clear(struct bits *bits)
{
	free(bits->ranges);
	*bits = (struct bits){ 0 };
}

struct sample *
bits_draw(struct draw *d, const struct bits *bits, uint64_t number,
    struct change *change)
{
	size_t i = 0;
	while (i + 1 < bits->count && number >= bits->ranges[i + 1].first)
		i++;
	const struct bits_range *range = &bits->ranges[i];
	struct sample *sample = sample_clone(d, range->sample);
	struct case_object *object = &sample->data.objects[range->object];
	uint64_t bit = number - range->first;
	struct dt_span der = draw_copy(d, object->der);
	uint8_t *octet =
	    (uint8_t *)(uintptr_t)der.data + range->place.begin + bit / 8;
	*octet ^= (uint8_t)(0x80u >> (bit % 8));
	object->der = der;
	*change = strict_change(&sample->data, object, range->place.field);
	return sample;
}
