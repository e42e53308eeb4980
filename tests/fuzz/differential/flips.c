/*
 * The changes. Each may find nothing to change in a case; turning over a bit
 * always does.
 */
#include "flips.h"

#include "base/der.h"
#include "conformance/reference.h"
#include "conformance/trace.h"

enum {
	SIGNATURE_PERCENT = 25,
	TIME_PERCENT = 15,
	MOST_FLIPS = 3,
	MOST_OCTETS = 4, /* inserted or removed at once */
	TRIES = 4
};

struct flipper {
	struct draw *d;
	struct sample *sample;
	const struct seeds *seeds;
	size_t index; /* of the object */
	struct case_object *object;
	struct place places[PLACES];
	size_t count;
	struct change *change;
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

static void
choose(struct flipper *f, size_t index)
{
	f->index = index;
	f->object = &f->sample->data.objects[index];
	f->count = places_find(f->d, f->object, f->places);
	f->change->object = (int)f->object->section;
	f->change->field = FIELD_ALL;
}

/* The signatures and times more often than their size has it. */
static enum field
draw_field(struct flipper *f)
{
	if (draw_chance(f->d, SIGNATURE_PERCENT))
		return FIELD_SIGNATURE;
	if (draw_chance(f->d, TIME_PERCENT))
		return FIELD_TIME;
	return places_at(
	    f->places, f->count, draw_below(f->d, f->object->der.size));
}

/* An octet of the drawn field, or any where the object has no such field. */
static size_t
draw_place(struct flipper *f)
{
	enum field field = draw_field(f);
	const struct place *place = places_of(f->places, f->count, field);
	size_t at =
	    place ? place->begin + draw_below(f->d, place->end - place->begin)
		  : draw_below(f->d, f->object->der.size);
	f->change->field = (int)places_at(f->places, f->count, at);
	return at;
}

static bool
set_der(struct flipper *f, struct dt_span der)
{
	bool changed = !dt_span_equal(der, f->object->der);
	f->object->der = der;
	return changed;
}

static bool
turn(struct flipper *f, size_t count)
{
	struct dt_span der = draw_copy(f->d, f->object->der);
	uint8_t *octets = (uint8_t *)(uintptr_t)der.data;
	while (count-- > 0)
		octets[draw_place(f)] ^= (uint8_t)(1u << draw_below(f->d, 8));
	return set_der(f, der);
}

static bool
turn_bit(struct flipper *f)
{
	return turn(f, 1);
}

/* They may undo each other. */
static bool
turn_bits(struct flipper *f)
{
	return turn(f, 2 + draw_below(f->d, MOST_FLIPS - 1));
}

static bool
replace_octet(struct flipper *f)
{
	static const uint8_t edges[] = { 0, 1, 0x7f, 0x80, 0xff };
	struct dt_span der = draw_copy(f->d, f->object->der);
	uint8_t *octet = (uint8_t *)(uintptr_t)der.data + draw_place(f);
	*octet = draw_chance(f->d, 30) ? DRAW_ONE(f->d, edges)
				       : (uint8_t)draw_number(f->d);
	return set_der(f, der);
}

/* A node without children in the drawn field; NULL if none turned up. */
static struct node *
draw_node(struct flipper *f, struct parts *parts)
{
	struct node **list;
	if (!parts_find(f->d, f->object, parts))
		return NULL;
	enum field field = draw_field(f);
	size_t count = tree_list(f->d, parts->whole, &list);
	size_t start = draw_below(f->d, count);
	for (size_t i = 0; i < count; i++) {
		struct node *node = list[(start + i) % count];
		if (node->parent)
			continue;
		/* Its length is in the same field as the node. */
		size_t at =
		    (size_t)(node->content.data - f->object->der.data) - 1;
		if (places_at(f->places, f->count, at) != field)
			continue;
		f->change->field = (int)field;
		return node;
	}
	return NULL;
}

static bool
insert_octets(struct flipper *f)
{
	struct parts parts;
	struct node *node = draw_node(f, &parts);
	if (!node)
		return false;
	struct dt_span old = node->content;
	size_t more = 1 + draw_below(f->d, MOST_OCTETS);
	size_t at = draw_below(f->d, old.size + 1);
	uint8_t *octets = draw_alloc(f->d, old.size + more);
	memcpy(octets, old.data, at);
	if (draw_chance(f->d, 60))
		draw_bytes(f->d, octets + at, more);
	memcpy(octets + at + more, old.data + at, old.size - at);
	node->content = dt_span(octets, old.size + more);
	return set_der(f, parts_encode(f->d, &parts));
}

static bool
remove_octets(struct flipper *f)
{
	struct parts parts;
	struct node *node = draw_node(f, &parts);
	if (!node || node->content.size == 0)
		return false;
	struct dt_span old = node->content;
	size_t less = 1 + draw_below(f->d,
			      old.size < MOST_OCTETS ? old.size : MOST_OCTETS);
	size_t at = draw_below(f->d, old.size - less + 1);
	uint8_t *octets = draw_alloc(f->d, old.size - less);
	memcpy(octets, old.data, at);
	memcpy(octets + at, old.data + at + less, old.size - at - less);
	node->content = dt_span(octets, old.size - less);
	return set_der(f, parts_encode(f->d, &parts));
}

static bool
is_crl(const struct case_object *object)
{
	return object->kind == CASE_X509_CRL;
}

/* Another object of this case that is a certificate if this one is. */
static struct case_object *
draw_other(struct flipper *f)
{
	struct case_data *data = &f->sample->data;
	size_t other = draw_below(f->d, data->object_count);
	if (other == f->index ||
	    is_crl(&data->objects[other]) != is_crl(f->object))
		return NULL;
	return &data->objects[other];
}

/* Each into the other's section. */
static bool
swap_objects(struct flipper *f)
{
	struct case_object *other = draw_other(f);
	if (!other)
		return false;
	struct case_object mine = *f->object;
	f->object->kind = other->kind;
	other->kind = mine.kind;
	struct dt_span der = other->der;
	other->der = mine.der;
	return set_der(f, der);
}

static bool
exchange(struct flipper *f, struct node *mine, const struct node *theirs,
    const struct parts *parts)
{
	size_t at = (size_t)(mine->content.data - f->object->der.data) - 1;
	f->change->field = (int)places_at(f->places, f->count, at);
	tree_replace(mine, tree_clone(f->d, theirs));
	return set_der(f, parts_encode(f->d, parts));
}

/* A field of another object of the same case or of any. */
static bool
exchange_field(struct flipper *f)
{
	struct parts mine;
	struct parts theirs;
	struct case_object *other = draw_other(f);
	if (!parts_find(f->d, f->object, &mine))
		return false;
	bool found = other && draw_chance(f->d, 70)
			 ? parts_find(f->d, other, &theirs)
			 : seeds_draw_parts(f->d, f->seeds, &theirs);
	if (!found)
		return false;
	struct {
		struct node *mine;
		const struct node *theirs;
	} fields[] = { { mine.serial, theirs.serial },
		{ mine.algorithm, theirs.algorithm },
		{ mine.issuer, theirs.issuer },
		{ mine.validity, theirs.validity },
		{ mine.subject, theirs.subject }, { mine.key, theirs.key },
		{ mine.this_update, theirs.this_update },
		{ mine.next_update, theirs.next_update },
		{ mine.revoked, theirs.revoked },
		{ mine.extensions, theirs.extensions },
		{ mine.outer_algorithm, theirs.outer_algorithm },
		{ mine.signature, theirs.signature },
		{ mine.tbs, theirs.tbs } };
	size_t i = draw_below(f->d, DRAW_COUNT(fields));
	return fields[i].mine && fields[i].theirs &&
	       exchange(f, fields[i].mine, fields[i].theirs, &mine);
}

/* Another time of the right form, or another digit. */
static void
move_time(struct draw *d, struct node *time)
{
	static const char *const times[] = { "500101000000Z", "000101000000Z",
		"200229120000Z", "250615120000Z", "300101000000Z",
		"491231235959Z" };
	struct dt_span old = time->content;
	if (old.size < 2 || draw_chance(d, 40)) {
		const char *text = DRAW_ONE(d, times);
		time->tag = DT_DER_UTC_TIME;
		time->content = draw_copy(d, dt_span(text, strlen(text)));
		return;
	}
	uint8_t *digits = draw_alloc(d, old.size);
	memcpy(digits, old.data, old.size);
	digits[draw_below(d, old.size - 1)] =
	    (uint8_t)('0' + draw_below(d, 10));
	time->content = dt_span(digits, old.size);
}

static bool
change_time(struct flipper *f)
{
	struct parts parts;
	if (!parts_find(f->d, f->object, &parts))
		return false;
	struct node *const times[] = { tree_child(parts.validity, 0),
		tree_child(parts.validity, 1), parts.this_update,
		parts.next_update };
	struct node *time = DRAW_ONE(f->d, times);
	if (!time)
		return false;
	f->change->field = FIELD_TIME;
	move_time(f->d, time);
	return set_der(f, parts_encode(f->d, &parts));
}

static bool
change_clock(struct flipper *f)
{
	static const int64_t distances[] = { 86400, 2678400, 31536000,
		157680000, 630720000, 2522880000 };
	int64_t distance = DRAW_ONE(f->d, distances);
	f->sample->data.time += draw_chance(f->d, 50) ? distance : -distance;
	f->change->object = CHANGED_CLOCK;
	f->change->field = FIELD_ALL;
	return true;
}

static bool
drop_object(struct flipper *f)
{
	if (f->object->section == CASE_LEAF)
		return false;
	sample_remove(f->sample, f->index);
	return true;
}

/* The same place, an object of another case. */
static bool
take_object(struct flipper *f)
{
	const struct case_data *other = &seeds_draw(f->d, f->seeds)->data;
	for (size_t i = 0; i < other->object_count; i++) {
		const struct case_object *theirs = &other->objects[i];
		if (theirs->section != f->object->section)
			continue;
		f->object->kind = theirs->kind;
		return set_der(f, theirs->der);
	}
	return false;
}

static const struct {
	const char *name;
	unsigned percent;
	bool (*apply)(struct flipper *f);
} changes[] = {
	{ "one bit turned over", 30, turn_bit },
	{ "bits turned over", 10, turn_bits },
	{ "octet replaced", 10, replace_octet },
	{ "octets inserted, lengths mended", 8, insert_octets },
	{ "octets removed, lengths mended", 8, remove_octets },
	{ "two objects swapped", 5, swap_objects },
	{ "field of another object", 12, exchange_field },
	{ "time in a certificate or CRL moved", 7, change_time },
	{ "time of verification moved", 3, change_clock },
	{ "certificate or CRL dropped", 3, drop_object },
	{ "object of another case", 4, take_object },
};

const char *
flips_name(unsigned kind)
{
	return kind < DRAW_COUNT(changes) ? changes[kind].name : NULL;
}

static unsigned
draw_kind(struct draw *d)
{
	size_t number = draw_below(d, 100);
	unsigned kind = 0;
	while (number >= changes[kind].percent)
		number -= changes[kind++].percent;
	return kind;
}

void
flips_draw(struct draw *d, struct sample *sample, const struct seeds *seeds,
    struct change *change)
{
	struct flipper f = {
		.d = d, .sample = sample, .seeds = seeds, .change = change
	};
	for (int i = 0; i < TRIES; i++) {
		choose(&f, draw_below(d, sample->data.object_count));
		change->kind = draw_kind(d);
		if (changes[change->kind].apply(&f))
			return;
	}
	change->kind = 0;
	turn_bit(&f);
}
