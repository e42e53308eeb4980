/*
 * Changes to one element of DER, in a tree that writes the lengths anew:
 * contents, tags, elements left out, doubled, exchanged, put into one another.
 */
#include "fuzz/targets/mutate.h"

#include "base/der.h"
#include "fuzz/differential/tree.h"

/* Contents may grow by so much at a time. */
#define GROWTH 64

struct edit {
	struct draw *d;
	struct node **nodes; /* the whole tree */
	size_t count;
	struct node *node; /* the one to change */
};

static void
change_content(struct edit *edit)
{
	struct node *node = edit->node;
	size_t size = node->parent ? 0 : node->content.size;
	uint8_t *octets = draw_alloc(edit->d, size + GROWTH);

	if (node->parent)
		return;
	if (size > 0)
		memcpy(octets, node->content.data, size);
	node->content =
	    dt_span(octets, LLVMFuzzerMutate(octets, size, size + GROWTH));
}

static void
change_tag(struct edit *edit)
{
	static const uint8_t tags[] = { DT_DER_BOOLEAN, DT_DER_INTEGER,
		DT_DER_BIT_STRING, DT_DER_OCTET_STRING, DT_DER_NULL, DT_DER_OID,
		0x0a, DT_DER_UTF8_STRING, DT_DER_PRINTABLE_STRING,
		DT_DER_T61_STRING, DT_DER_IA5_STRING, 0x1c, DT_DER_BMP_STRING,
		DT_DER_UTC_TIME, DT_DER_GENERALIZED_TIME, DT_DER_SEQUENCE,
		DT_DER_SET, 0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87,
		0x88, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0x24 };

	edit->node->tag = DRAW_ONE(edit->d, tags);
}

/* BER: as many octets of length as nobody needs, or an end without one. */
static void
change_length(struct edit *edit)
{
	if (draw_chance(edit->d, 50))
		edit->node->indefinite = edit->node->parent;
	else
		edit->node->long_form = (uint8_t)(1 + draw_below(edit->d, 5));
}

static void
leave_out(struct edit *edit)
{
	tree_remove(edit->node, draw_below(edit->d, tree_count(edit->node)));
}

static void
repeat(struct edit *edit)
{
	size_t count = tree_count(edit->node);
	const struct node *child =
	    tree_child(edit->node, draw_below(edit->d, count));
	size_t times = draw_chance(edit->d, 90) ? 1 : 40;

	while (child != NULL && times-- > 0)
		tree_insert(edit->node, draw_below(edit->d, count + 1),
		    tree_clone(edit->d, child));
}

/* Another element of this tree in the place of the node, or in it. */
static void
take_other(struct edit *edit)
{
	struct node *other =
	    tree_clone(edit->d, edit->nodes[draw_below(edit->d, edit->count)]);

	if (edit->node->parent && draw_chance(edit->d, 40))
		tree_insert(edit->node,
		    draw_below(edit->d, tree_count(edit->node) + 1), other);
	else
		tree_replace(edit->node, other);
}

static void
nest(struct edit *edit)
{
	struct node *inner = tree_clone(edit->d, edit->node);

	*edit->node = (struct node){ .tag = inner->tag,
		.next = edit->node->next,
		.parent = true,
		.child = inner };
	edit->node->tag |= 0x20;
}

/* An extension of any kind, with what was there or an element of the tree. */
static void
change_oid(struct edit *edit)
{
	static const char *const oids[] = { "2.5.29.9", "2.5.29.14",
		"2.5.29.15", "2.5.29.16", "2.5.29.17", "2.5.29.18", "2.5.29.19",
		"2.5.29.20", "2.5.29.21", "2.5.29.27", "2.5.29.28", "2.5.29.29",
		"2.5.29.30", "2.5.29.31", "2.5.29.32", "2.5.29.32.0",
		"2.5.29.33", "2.5.29.35", "2.5.29.36", "2.5.29.37",
		"2.5.29.37.0", "2.5.29.46", "2.5.29.54", "1.3.6.1.5.5.7.1.1",
		"1.3.6.1.5.5.7.1.7", "1.3.6.1.5.5.7.1.8", "1.3.6.1.5.5.7.1.14",
		"1.3.6.1.5.5.7.1.24", "2.16.840.1.113730.1.1",
		"1.3.6.1.5.5.7.8.9", "1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2",
		"1.3.6.1.5.5.7.21.0", "1.2.840.113549.1.1.1",
		"1.2.840.113549.1.1.10", "1.2.840.113549.1.1.11",
		"1.2.840.10040.4.1", "1.2.840.10045.2.1", "1.2.840.10045.1.1",
		"1.2.840.10045.1.2", "1.2.840.10045.3.1.7",
		"1.2.840.10045.4.3.2", "1.3.101.110", "1.3.101.112",
		"1.3.101.113", "2.5.4.3", "2.5.4.6", "1.2.840.113549.1.9.1",
		"0.9.2342.19200300.100.1.25" };
	const struct node *oid = tree_oid(edit->d, DRAW_ONE(edit->d, oids));

	for (size_t i = 0; i < edit->count; i++) {
		struct node *node =
		    edit->nodes[(i + draw_below(edit->d, edit->count)) %
				edit->count];

		if (node->tag != DT_DER_OID || node->parent)
			continue;
		tree_replace(node, oid);
		return;
	}
}

static void (*const edits[])(struct edit *edit) = { change_content,
	change_content, change_content, change_content, change_tag,
	change_length, leave_out, leave_out, repeat, take_other, take_other,
	nest, change_oid };

size_t
mutate_der(uint8_t *data, size_t size, size_t room, unsigned seed)
{
	struct draw d = { 0 };
	struct edit edit = { .d = &d };
	struct node *tree;
	struct dt_span der;
	size_t length = 0;

	draw_begin(&d, seed, size);
	tree = tree_parse(&d, dt_span(data, size), &length);
	if (tree == NULL || draw_chance(&d, 5)) {
		size = LLVMFuzzerMutate(data, size, room);
		draw_clear(&d);
		return size;
	}
	do {
		edit.count = tree_list(&d, tree, &edit.nodes);
		edit.node = edit.nodes[draw_below(&d, edit.count)];
		DRAW_ONE(&d, edits)(&edit);
	} while (draw_chance(&d, 40));
	der = tree_encode(&d, tree);
	/* What was behind it stays there. */
	if (der.size + size - length <= room) {
		memmove(data + der.size, data + length, size - length);
		memcpy(data, der.data, der.size);
		size = der.size + size - length;
	}
	draw_clear(&d);
	return size;
}
