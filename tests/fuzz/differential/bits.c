/*
 * Bits by number, and which of them nobody may overlook.
 */
#include "bits.h"

#include <dicomtls.h>
#include <stdlib.h>

/*
 * What is signed, and the signature of what has an issuer, must not change
 * unseen (RFC 5280 6.1.3 (a) (1)). Not so an anchor, which is trusted as it
 * is: its own signature is verified with CHECK_SS_SIGNATURE only, and some of
 * its fields have nothing to say. And a delta CRL that does not fit its base
 * any more is no delta of it: the base is judged alone.
 */
static bool
is_strict(const struct case_data *data, const struct case_object *object,
    enum field field)
{
	if (object->section == CASE_TRUSTED)
		return (data->flags & DICOMTLS_F_CHECK_SS_SIGNATURE) != 0;
	return object->section != CASE_CRL || field == FIELD_SIGNATURE ||
	       (data->flags & DICOMTLS_F_USE_DELTAS) == 0;
}

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
					      .place = places[i],
					      .strict = is_strict(&sample->data,
						  object, field) });
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
	*change = (struct change){ .object = (int)object->section,
		.field = (int)range->place.field,
		.strict = range->strict };
	return sample;
}
