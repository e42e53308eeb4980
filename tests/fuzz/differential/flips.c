/*
 * Where bits are flipped: anywhere, in the signature, in a time; see flips.h.
 */
#include "flips.h"

#include "conformance/reference.h"
#include "conformance/trace.h"

enum {
	SIGNATURE_PERCENT = 30,
	TIME_PERCENT = 20,
	SIGNATURE_END = 64, /* octets at the end of any certificate or CRL */
	MOST_FLIPS = 3
};

void
flips_keep_accepted(struct seeds *seeds)
{
	struct trace trace = { 0 };
	struct dt_message message;
	size_t kept = 0;
	for (size_t i = 0; i < seeds->count; i++) {
		const struct case_data *data = &seeds->samples[i]->data;
		trace_begin(&trace, data->id, OVERRIDE_NONE);
		if (reference_replay(data, &trace, &message) == 0 &&
		    trace_accepts(&trace))
			seeds->samples[kept++] = seeds->samples[i];
	}
	seeds->count = kept;
	trace_clear(&trace);
	reference_forget();
}

/* A digit of one of the times, or any octet where there is none: UTCTime has
 * 13 octets, GeneralizedTime 15 (RFC 5280 4.1.2.5). */
static size_t
find_time(struct draw *d, struct dt_span der)
{
	size_t places[16];
	size_t count = 0;
	for (size_t i = 0; i + 15 < der.size && count < DRAW_COUNT(places); i++)
		if ((der.data[i] == 0x17 && der.data[i + 1] == 13) ||
		    (der.data[i] == 0x18 && der.data[i + 1] == 15))
			places[count++] = i + 2;
	if (count == 0)
		return draw_below(d, der.size);
	return places[draw_below(d, count)] + draw_below(d, 12);
}

static size_t
find_place(struct draw *d, struct dt_span der)
{
	size_t end = der.size < SIGNATURE_END ? der.size : SIGNATURE_END;
	if (draw_chance(d, SIGNATURE_PERCENT))
		return der.size - 1 - draw_below(d, end);
	if (draw_chance(d, TIME_PERCENT))
		return find_time(d, der);
	return draw_below(d, der.size);
}

void
flips_draw(struct draw *d, struct sample *sample)
{
	struct case_data *data = &sample->data;
	struct case_object *object =
	    &data->objects[draw_below(d, data->object_count)];
	size_t flips = 1 + draw_below(d, MOST_FLIPS);
	uint8_t *der = draw_alloc(d, object->der.size);
	memcpy(der, object->der.data, object->der.size);
	/* One, as a rule: more can undo each other. */
	for (size_t i = 0; i < flips && (i == 0 || draw_chance(d, 30)); i++)
		der[find_place(d, object->der)] ^=
		    (uint8_t)(1u << draw_below(d, 8));
	object->der = dt_span(der, object->der.size);
}
