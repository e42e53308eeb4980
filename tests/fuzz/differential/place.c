/*
 * Fields by offset: a field ends with its contents and begins where the one
 * before it ended, so that every octet has its place.
 */
#include "place.h"

static const char *const names[FIELDS] = {
	[FIELD_FRAME] = "tags and lengths",
	[FIELD_VERSION] = "version",
	[FIELD_SERIAL] = "serial number",
	[FIELD_ALGORITHM] = "inner algorithm",
	[FIELD_ISSUER] = "issuer",
	[FIELD_TIME] = "time",
	[FIELD_SUBJECT] = "subject",
	[FIELD_KEY] = "public key",
	[FIELD_REVOKED] = "revoked certificates",
	[FIELD_EXTENSIONS] = "extensions",
	[FIELD_OUTER_ALGORITHM] = "outer algorithm",
	[FIELD_SIGNATURE] = "signature",
	[FIELD_BEHIND] = "trust settings",
	[FIELD_UNREAD] = "no usual fields",
};

const char *
field_name(enum field field)
{
	return names[field];
}

struct list {
	const uint8_t *start;
	struct place *places;
	size_t count;
};

/* Up to this octet, which is not taken any more. */
static void
add(struct list *list, const uint8_t *end, enum field field)
{
	size_t begin = list->count == 0 ? 0 : list->places[list->count - 1].end;
	size_t offset = (size_t)(end - list->start);
	if (offset > begin && list->count < PLACES)
		list->places[list->count++] =
		    (struct place){ begin, offset, field };
}

static const uint8_t *
end_of(const struct node *node)
{
	return node->content.data + node->content.size;
}

static enum field
field_of(const struct parts *parts, const struct node *node)
{
	const struct {
		const struct node *node;
		enum field field;
	} fields[] = {
		{ parts->version, FIELD_VERSION },
		{ parts->serial, FIELD_SERIAL },
		{ parts->algorithm, FIELD_ALGORITHM },
		{ parts->issuer, FIELD_ISSUER },
		{ parts->validity, FIELD_TIME },
		{ parts->this_update, FIELD_TIME },
		{ parts->next_update, FIELD_TIME },
		{ parts->subject, FIELD_SUBJECT },
		{ parts->key, FIELD_KEY },
		{ parts->revoked, FIELD_REVOKED },
	};
	for (size_t i = 0; i < DRAW_COUNT(fields); i++)
		if (fields[i].node == node)
			return fields[i].field;
	return FIELD_EXTENSIONS;
}

size_t
places_find(
    struct draw *d, const struct case_object *object, struct place *places)
{
	struct dt_span der = object->der;
	struct list list = { der.data, places, 0 };
	struct parts parts;
	if (!parts_find(d, object, &parts)) {
		add(&list, der.data + der.size, FIELD_UNREAD);
		return list.count;
	}
	add(&list, parts.tbs->content.data, FIELD_FRAME);
	for (const struct node *at = parts.tbs->child; at; at = at->next)
		add(&list, end_of(at), field_of(&parts, at));
	add(&list, end_of(parts.outer_algorithm), FIELD_OUTER_ALGORITHM);
	add(&list, end_of(parts.signature), FIELD_SIGNATURE);
	add(&list, der.data + der.size, FIELD_BEHIND);
	return list.count;
}

const struct place *
places_of(const struct place *places, size_t count, enum field field)
{
	for (size_t i = 0; i < count; i++)
		if (places[i].field == field)
			return &places[i];
	return NULL;
}

enum field
places_at(const struct place *places, size_t count, size_t at)
{
	for (size_t i = 0; i < count; i++)
		if (at < places[i].end)
			return places[i].field;
	return FIELD_UNREAD;
}
