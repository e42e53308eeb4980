/*
 * Changes inside one certificate or CRL: field by field where it can be read,
 * else byte by byte.
 */
#include "mutate.h"

#include "base/der.h"
#include "keys.h"
#include "names.h"
#include "seeds.h"
#include "values.h"

/* What a change may look at. */
struct editor {
	struct draw *d;
	struct sample *sample;
	size_t index;
	struct parts parts;
	const struct seeds *seeds;
};

static bool
is_crl(const struct editor *e)
{
	return e->parts.this_update != NULL;
}

static int64_t
moment(const struct editor *e)
{
	return e->sample->data.has_time ? e->sample->data.time : 1767225600;
}

static struct node *
some_extension(struct editor *e)
{
	int signer = e->sample->signers[e->index];
	return is_crl(e) ? draw_crl_extension(e->d, &e->parts, signer)
			 : draw_extension(e->d, &e->parts, signer);
}

static void
add_extension(struct editor *e)
{
	struct node *list = parts_extensions(e->d, &e->parts);
	tree_insert(
	    list, draw_below(e->d, tree_count(list) + 1), some_extension(e));
}

/* In the place of the one with the same OID, if there is one. */
static void
set_extension(struct editor *e)
{
	struct node *list = parts_extensions(e->d, &e->parts);
	struct node *extension = some_extension(e);
	struct node *at = list->child;
	while (at && !(at->child && dt_span_equal(at->child->content,
					extension->child->content)))
		at = at->next;
	if (at)
		tree_replace(at, extension);
	else
		tree_append(list, extension);
}

static void
remove_extension(struct editor *e)
{
	struct node *list = e->parts.extensions;
	if (list)
		tree_remove(list, draw_below(e->d, tree_count(list)));
}

static void
repeat_extension(struct editor *e)
{
	struct node *list = e->parts.extensions;
	struct node *extension =
	    list ? tree_child(list, draw_below(e->d, tree_count(list))) : NULL;
	if (extension)
		tree_insert(list, draw_below(e->d, tree_count(list) + 1),
		    tree_clone(e->d, extension));
}

/* Turns critical into not critical and back. */
static void
flip_critical(struct editor *e)
{
	struct node *list = e->parts.extensions;
	struct node *extension =
	    list ? tree_child(list, draw_below(e->d, tree_count(list))) : NULL;
	struct node *second = tree_child(extension, 1);
	if (!second)
		return;
	if (second->tag == DT_DER_BOOLEAN && draw_chance(e->d, 90))
		tree_remove(extension, 1);
	else
		tree_insert(extension, 1,
		    tree_bytes(e->d, DT_DER_BOOLEAN,
			draw_chance(e->d, 90) ? "\xff" : "\0", 1));
}

static struct node *
some_name(struct editor *e)
{
	struct parts other;
	size_t count = e->sample->data.object_count;
	if (draw_chance(e->d, 40) &&
	    parts_find(e->d, &e->sample->data.objects[draw_below(e->d, count)],
		&other))
		return tree_clone(e->d, other.subject && draw_chance(e->d, 50)
					    ? other.subject
					    : other.issuer);
	return draw_name(e->d);
}

/* The same name in another spelling: canonical comparison may not see it. */
static void
respell(struct editor *e, struct node *name)
{
	struct node **nodes;
	size_t count = tree_list(e->d, name, &nodes);
	struct node *node = nodes[draw_below(e->d, count)];
	struct node *copy;
	if (node->parent || node->tag == DT_DER_OID)
		return;
	switch (draw_below(e->d, 4)) {
	case 0:
		node->tag = draw_chance(e->d, 50) ? DT_DER_PRINTABLE_STRING
						  : DT_DER_T61_STRING;
		break;
	case 1:
		copy = tree_bytes(
		    e->d, node->tag, node->content.data, node->content.size);
		for (size_t i = 0; i < copy->content.size; i++)
			((uint8_t *)(uintptr_t)copy->content.data)[i] ^=
			    draw_chance(e->d, 30) ? 0x20 : 0;
		node->content = copy->content;
		break;
	case 2:
		node->content = draw_copy(e->d,
		    dt_span(
			draw_printf(e->d, " %.*s  ", (int)node->content.size,
			    (const char *)node->content.data),
			node->content.size + 3));
		break;
	default:
		node->content = draw_string(e->d, draw_host(e->d))->content;
	}
}

static void
change_name(struct editor *e)
{
	struct node *name = e->parts.subject && draw_chance(e->d, 60)
				? e->parts.subject
				: e->parts.issuer;
	if (draw_chance(e->d, 40))
		respell(e, name);
	else
		tree_replace(name, some_name(e));
}

static void
change_serial(struct editor *e)
{
	static const struct {
		const char *octets;
		size_t size;
	} serials[] = { { "\x00", 1 }, { "\x01", 1 }, { "\xff", 1 },
		{ "\x80", 1 }, { "\x00\x80", 2 }, { "\xff\x00", 2 },
		{ "\x00\x01", 2 }, { "", 0 }, { "\xff\xff", 2 },
		{ "\x7f\xff\xff\xff\xff\xff\xff\xff", 8 },
		{ "\x80\x00\x00\x00\x00\x00\x00\x00", 8 },
		{ "\x00\x80\x00\x00\x00\x00\x00\x00\x00", 9 },
		{ "\xff\x7f\x00\x00\x00\x00\x00\x00\x00", 9 },
		{ "\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c", 12 } };
	size_t i = draw_below(e->d, DRAW_COUNT(serials));
	if (e->parts.serial)
		e->parts.serial->content =
		    dt_span(serials[i].octets, serials[i].size);
}

static void
change_time(struct editor *e)
{
	struct node *place = e->parts.validity ? tree_child(e->parts.validity,
						     draw_below(e->d, 2))
					       : e->parts.this_update;
	if (e->parts.next_update && draw_chance(e->d, 50))
		place = e->parts.next_update;
	if (place)
		tree_replace(place, draw_time(e->d, moment(e)));
}

static void
change_version(struct editor *e)
{
	static const long versions[] = { 0, 1, 2, 3, -1, 300 };
	struct node *version = tree_integer(e->d, DRAW_ONE(e->d, versions));
	if (!is_crl(e))
		version =
		    tree_of(e->d, DT_DER_CONTEXT_CONSTRUCTED, version, NULL);
	if (!e->parts.version)
		tree_insert(e->parts.tbs, 0, version);
	else if (draw_chance(e->d, 25))
		tree_remove(e->parts.tbs, 0);
	else
		tree_replace(e->parts.version, version);
}

/* Those that the old key signed are signed by the new one, as a rule. */
static void
change_key(struct editor *e)
{
	int old = parts_key(e->d, &e->parts);
	int key = keys_draw(e->d);
	struct sample *sample = e->sample;
	if (!e->parts.key)
		return;
	parts_set_key(e->d, &e->parts, key);
	if (old == KEY_NONE || draw_chance(e->d, 20))
		return;
	for (size_t i = 0; i < sample->data.object_count; i++) {
		struct parts other;
		if (sample->signers[i] != old)
			continue;
		sample->signers[i] = key;
		if (i == e->index) {
			parts_set_algorithm(e->d, &e->parts, key, true);
		} else if (parts_find(e->d, &sample->data.objects[i], &other)) {
			parts_set_algorithm(e->d, &other, key, true);
			parts_finish(e->d, sample, i, &other);
		}
	}
}

/* A key of another case, which may be of a kind that we do not sign with. */
static void
take_key(struct editor *e)
{
	struct parts other;
	if (e->parts.key && seeds_draw_parts(e->d, e->seeds, &other) &&
	    other.key)
		tree_replace(e->parts.key, tree_clone(e->d, other.key));
}

static void
change_algorithm(struct editor *e)
{
	int key = e->sample->signers[e->index];
	if (key == KEY_NONE || draw_chance(e->d, 10))
		key = keys_draw(e->d);
	parts_set_algorithm(e->d, &e->parts, key, false);
	if (draw_chance(e->d, 10))
		tree_replace(e->parts.algorithm,
		    keys_algorithm(e->d, keys_draw(e->d), false));
}

static void
change_signer(struct editor *e)
{
	e->sample->signers[e->index] =
	    draw_chance(e->d, 20) ? KEY_NONE : keys_draw(e->d);
}

/* CRLs: an entry for a certificate of the case, or for any. */
static void
add_entry(struct editor *e)
{
	struct parts other;
	struct node *serial = tree_integer(e->d, (long)draw_below(e->d, 4));
	size_t count = e->sample->data.object_count;
	if (!is_crl(e)) {
		add_extension(e);
		return;
	}
	if (parts_find(e->d, &e->sample->data.objects[draw_below(e->d, count)],
		&other) &&
	    other.serial)
		serial = tree_clone(e->d, other.serial);
	struct node *entry = tree_of(e->d, DT_DER_SEQUENCE, serial,
	    draw_chance(e->d, 90) ? exact_time(e->d, moment(e) - 1000)
				  : draw_time(e->d, moment(e)),
	    NULL);
	if (draw_chance(e->d, 50))
		tree_append(entry, tree_of(e->d, DT_DER_SEQUENCE,
				       draw_entry_extension(e->d), NULL));
	if (e->parts.revoked)
		tree_insert(e->parts.revoked,
		    draw_below(e->d, tree_count(e->parts.revoked) + 1), entry);
	else
		tree_insert(e->parts.tbs,
		    tree_count(e->parts.tbs) - (e->parts.extensions ? 1 : 0),
		    tree_of(e->d, DT_DER_SEQUENCE, entry, NULL));
}

static void
edit_content(struct editor *e, struct node *node)
{
	uint8_t *octets = draw_alloc(e->d, node->content.size + 4);
	size_t size = node->content.size;
	size_t at = draw_below(e->d, size);
	if (size > 0)
		memcpy(octets, node->content.data, size);
	switch (draw_below(e->d, 5)) {
	case 0:
		octets[size++] = (uint8_t)draw_number(e->d);
		break;
	case 1:
		size = at;
		break;
	case 2:
		octets[at] = (uint8_t)draw_number(e->d);
		size += size == 0;
		break;
	case 3:
		memmove(octets + 1, octets, size++);
		octets[0] = 0;
		break;
	default:
		octets[at] ^= (uint8_t)(1u << draw_below(e->d, 8));
		size += size == 0;
	}
	node->content = dt_span(octets, size);
}

static const uint8_t tags[] = { DT_DER_BOOLEAN, DT_DER_INTEGER,
	DT_DER_BIT_STRING, DT_DER_OCTET_STRING, DT_DER_NULL, DT_DER_OID,
	DT_DER_UTF8_STRING, DT_DER_PRINTABLE_STRING, DT_DER_IA5_STRING,
	DT_DER_BMP_STRING, DT_DER_UTC_TIME, DT_DER_SEQUENCE, DT_DER_SET, 0x80,
	0x81, 0x82, 0x84, 0xa0, 0xa1, 0xa3, 0xa4, 0x24, 0x23, 0x09, 0x0a };

/* Something to any element, whatever it means. */
static void
damage_node(struct editor *e, struct node *node)
{
	switch (draw_below(e->d, 8)) {
	case 0:
		node->tag = DRAW_ONE(e->d, tags);
		break;
	case 1:
		node->tag ^= (uint8_t)(1u << draw_below(e->d, 8));
		break;
	case 2:
		node->long_form = (uint8_t)(1 + draw_below(e->d, 5));
		break;
	case 3:
		node->indefinite = node->parent;
		break;
	case 4:
		if (node->parent)
			tree_remove(node, draw_below(e->d, tree_count(node)));
		break;
	case 5:
		if (node->child)
			tree_append(node, tree_clone(e->d, node->child));
		break;
	default:
		if (node->parent)
			tree_insert(node, draw_below(e->d, 4),
			    tree_bytes(e->d, DRAW_ONE(e->d, tags), "\x05", 1));
		else
			edit_content(e, node);
	}
}

static void
damage(struct editor *e)
{
	struct node **nodes;
	struct node *root =
	    e->parts.extensions && draw_chance(e->d, 60)
		? tree_child(e->parts.extensions,
		      draw_below(e->d, tree_count(e->parts.extensions)))
		: e->parts.whole;
	if (root) {
		size_t count = tree_list(e->d, root, &nodes);
		damage_node(e, nodes[draw_below(e->d, count)]);
	}
}

/* A field of a certificate of another case. */
static void
splice(struct editor *e)
{
	struct parts other;
	if (is_crl(e) || !seeds_draw_parts(e->d, e->seeds, &other) ||
	    !other.key)
		return;
	struct node *mine[] = { e->parts.subject, e->parts.issuer,
		e->parts.validity, e->parts.serial };
	struct node *theirs[] = { other.subject, other.issuer, other.validity,
		other.serial };
	struct node *extension =
	    other.extensions
		? tree_child(other.extensions,
		      draw_below(e->d, tree_count(other.extensions)))
		: NULL;
	if (extension && draw_chance(e->d, 70)) {
		tree_append(parts_extensions(e->d, &e->parts),
		    tree_clone(e->d, extension));
		return;
	}
	size_t i = draw_below(e->d, DRAW_COUNT(mine));
	tree_replace(mine[i], tree_clone(e->d, theirs[i]));
}

static void (*const edits[])(struct editor *e) = { add_extension, set_extension,
	set_extension, set_extension, set_extension, remove_extension,
	remove_extension, repeat_extension, flip_critical, change_name,
	change_name, change_serial, change_time, change_time, change_version,
	change_key, take_key, change_algorithm, change_signer, add_entry,
	add_entry, damage, damage, damage, splice };

/* Without a tree, or on top of it. */
static void
damage_bytes(struct draw *d, struct case_object *object)
{
	struct dt_span der = draw_copy(d, object->der);
	uint8_t *bytes = (uint8_t *)(uintptr_t)der.data;
	size_t at = draw_below(d, der.size);
	if (der.size == 0)
		return;
	if (draw_chance(d, 70))
		bytes[at] ^= (uint8_t)(1u << draw_below(d, 8));
	else if (draw_chance(d, 50))
		der.size = at;
	else
		memmove(bytes + at, bytes + at + 1, --der.size - at);
	object->der = der;
}

void
mutate_object(struct draw *d, struct sample *sample, size_t index,
    const struct seeds *seeds)
{
	struct case_object *object = &sample->data.objects[index];
	struct editor e = { d, sample, index, { 0 }, seeds };
	if (draw_chance(d, 2) || !parts_find(d, object, &e.parts)) {
		damage_bytes(d, object);
		return;
	}
	do {
		DRAW_ONE(d, edits)(&e);
		/* What was added must be found, what is broken must not be
		 * touched again. */
		object->der = parts_encode(d, &e.parts);
	} while (draw_chance(d, 35) && parts_find(d, object, &e.parts));
	if (draw_chance(d, 97))
		parts_finish(d, sample, index, &e.parts);
}
