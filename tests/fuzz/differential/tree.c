/*
 * The editable tree: reads definite lengths only, writes any.
 */
#include "tree.h"

#include "base/der.h"

#include <stdarg.h>

enum { MAX_NESTING = 24 };

/* Tag, length, contents of the first element; false where it is not one. */
static bool
split(struct dt_span bytes, uint8_t *tag, struct dt_span *content)
{
	if (bytes.size < 2 || (bytes.data[0] & 0x1f) == 0x1f)
		return false;
	size_t header = 2;
	size_t length = bytes.data[1];
	if (length > 0x84 || length == 0x80)
		return false;
	if (length > 0x80) {
		header += length - 0x80;
		length = 0;
		for (size_t i = 2; i < header && i < bytes.size; i++)
			length = length << 8 | bytes.data[i];
	}
	if (header > bytes.size || length > bytes.size - header)
		return false;
	*tag = bytes.data[0];
	*content = dt_span(bytes.data + header, length);
	return true;
}

static struct node *parse(
    struct draw *d, struct dt_span bytes, size_t *size, int nesting);

/* The elements that fill bytes to the end, NULL if something else does. */
static struct node *
parse_all(struct draw *d, struct dt_span bytes, int nesting)
{
	struct node *first = NULL;
	struct node **end = &first;
	while (bytes.size > 0) {
		size_t size;
		*end = parse(d, bytes, &size, nesting);
		if (!*end)
			return NULL;
		end = &(*end)->next;
		bytes = dt_span(bytes.data + size, bytes.size - size);
	}
	return first;
}

static struct node *
parse(struct draw *d, struct dt_span bytes, size_t *size, int nesting)
{
	uint8_t tag;
	struct dt_span content;
	if (nesting > MAX_NESTING || !split(bytes, &tag, &content))
		return NULL;
	struct node *node = draw_alloc(d, sizeof(*node));
	node->tag = tag;
	node->content = content;
	if ((tag & 0x20) != 0) {
		node->child = parse_all(d, content, nesting + 1);
		node->parent = node->child || content.size == 0;
	} else if (tag == DT_DER_OCTET_STRING) {
		node->child = parse_all(d, content, nesting + 1);
		node->parent = node->child != NULL;
	}
	*size = (size_t)(content.data + content.size - bytes.data);
	return node;
}

struct node *
tree_parse(struct draw *d, struct dt_span bytes, size_t *size)
{
	size_t length;
	struct node *node = parse(d, bytes, &length, 0);
	if (node && size)
		*size = length;
	return node;
}

static size_t
length_octets(size_t length)
{
	size_t octets = 0;
	for (; length > 0; length >>= 8)
		octets++;
	return octets;
}

static size_t content_size(const struct node *node);

static size_t
header_size(const struct node *node, size_t content)
{
	if (node->indefinite)
		return 2;
	if (node->long_form > 0)
		return 2u + node->long_form;
	return 2 + (content < 0x80 ? 0 : length_octets(content));
}

static size_t
whole_size(const struct node *node)
{
	size_t content = content_size(node);
	return header_size(node, content) + content +
	       (node->indefinite ? 2 : 0);
}

static size_t
content_size(const struct node *node)
{
	if (!node->parent)
		return node->content.size;
	size_t size = 0;
	for (const struct node *child = node->child; child; child = child->next)
		size += whole_size(child);
	return size;
}

static uint8_t *
write_header(const struct node *node, size_t content, uint8_t *out)
{
	*out++ = node->tag;
	size_t octets = header_size(node, content) - 2;
	if (node->indefinite)
		*out++ = 0x80;
	else if (octets == 0)
		*out++ = (uint8_t)content;
	else
		*out++ = (uint8_t)(0x80 + octets);
	for (size_t i = octets; i > 0; i--)
		*out++ =
		    (uint8_t)(i > sizeof(content) ? 0
						  : content >> (8 * (i - 1)));
	return out;
}

static uint8_t *
write(const struct node *node, uint8_t *out)
{
	out = write_header(node, content_size(node), out);
	for (const struct node *child = node->child; node->parent && child;
	     child = child->next)
		out = write(child, out);
	if (!node->parent && node->content.size > 0) {
		memcpy(out, node->content.data, node->content.size);
		out += node->content.size;
	}
	if (node->indefinite) {
		*out++ = 0;
		*out++ = 0;
	}
	return out;
}

struct dt_span
tree_encode(struct draw *d, const struct node *node)
{
	size_t size = whole_size(node);
	uint8_t *bytes = draw_alloc(d, size);
	write(node, bytes);
	return dt_span(bytes, size);
}

struct node *
tree_clone(struct draw *d, const struct node *node)
{
	struct node *copy = draw_alloc(d, sizeof(*copy));
	*copy = *node;
	copy->next = NULL;
	struct node **end = &copy->child;
	*end = NULL;
	for (const struct node *child = node->child; child;
	     child = child->next) {
		*end = tree_clone(d, child);
		end = &(*end)->next;
	}
	return copy;
}

struct node *
tree_bytes(struct draw *d, uint8_t tag, const void *data, size_t size)
{
	struct node *node = draw_alloc(d, sizeof(*node));
	node->tag = tag;
	node->content = draw_copy(d, dt_span(data, size));
	return node;
}

struct node *
tree_text(struct draw *d, uint8_t tag, const char *text)
{
	return tree_bytes(d, tag, text, strlen(text));
}

struct node *
tree_oid(struct draw *d, const char *dotted)
{
	uint8_t content[64];
	size_t size = dt_der_oid_from_text(dotted, content, sizeof(content));
	return tree_bytes(d, DT_DER_OID, content, size);
}

struct node *
tree_integer(struct draw *d, long value)
{
	uint8_t octets[sizeof(value)];
	size_t start = sizeof(octets);
	long rest = value;
	do {
		octets[--start] = (uint8_t)rest;
		rest >>= 8;
	} while (start > 0 && rest != ((octets[start] & 0x80) != 0 ? -1L : 0L));
	return tree_bytes(
	    d, DT_DER_INTEGER, octets + start, sizeof(octets) - start);
}

struct node *
tree_of(struct draw *d, unsigned tag, ...)
{
	struct node *node = draw_alloc(d, sizeof(*node));
	struct node *child;
	va_list children;
	node->tag = (uint8_t)tag;
	node->parent = true;
	va_start(children, tag);
	while ((child = va_arg(children, struct node *)))
		tree_append(node, child);
	va_end(children);
	return node;
}

size_t
tree_count(const struct node *node)
{
	size_t count = 0;
	for (const struct node *child = node->child; child; child = child->next)
		count++;
	return count;
}

struct node *
tree_child(const struct node *node, size_t index)
{
	struct node *child = node ? node->child : NULL;
	while (child && index-- > 0)
		child = child->next;
	return child;
}

void
tree_insert(struct node *node, size_t index, struct node *child)
{
	struct node **place = &node->child;
	while (*place && index-- > 0)
		place = &(*place)->next;
	child->next = *place;
	*place = child;
	node->parent = true;
}

void
tree_append(struct node *node, struct node *child)
{
	tree_insert(node, tree_count(node), child);
}

struct node *
tree_remove(struct node *node, size_t index)
{
	struct node **place = &node->child;
	while (*place && index-- > 0)
		place = &(*place)->next;
	struct node *child = *place;
	if (child) {
		*place = child->next;
		child->next = NULL;
	}
	return child;
}

void
tree_replace(struct node *place, const struct node *with)
{
	struct node *next = place->next;
	*place = *with;
	place->next = next;
}

static size_t
count_all(const struct node *node)
{
	size_t count = 1;
	for (const struct node *child = node->child; child; child = child->next)
		count += count_all(child);
	return count;
}

static struct node **
list_all(struct node *node, struct node **at)
{
	*at++ = node;
	for (struct node *child = node->child; child; child = child->next)
		at = list_all(child, at);
	return at;
}

size_t
tree_list(struct draw *d, struct node *node, struct node ***list)
{
	size_t count = count_all(node);
	*list = draw_alloc(d, count * sizeof(**list));
	list_all(node, *list);
	return count;
}

bool
tree_is_oid(const struct node *node, const char *dotted)
{
	uint8_t content[64];
	size_t size = dt_der_oid_from_text(dotted, content, sizeof(content));
	return node && node->tag == DT_DER_OID &&
	       dt_span_equal(node->content, dt_span(content, size));
}
