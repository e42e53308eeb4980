/*
 * DER as a tree that can be edited: elements with their children, also those
 * hidden in an OCTET STRING. Whatever cannot be read as such stays bytes.
 */
#ifndef DICOMTLS_FUZZ_TREE_H
#define DICOMTLS_FUZZ_TREE_H

#include "draw.h"

struct node {
	uint8_t tag;
	bool parent;		/* has children instead of content */
	uint8_t long_form;	/* length in this many octets, 0: minimal */
	bool indefinite;	/* BER's length without an end */
	struct dt_span content; /* borrowed */
	struct node *child;
	struct node *next;
};

/* The first element of bytes; NULL if there is none. size (may be NULL)
 * receives its length. */
struct node *tree_parse(struct draw *d, struct dt_span bytes, size_t *size);
struct dt_span tree_encode(struct draw *d, const struct node *node);
struct node *tree_clone(struct draw *d, const struct node *node);

/* New nodes. Contents are copied; children are a list that ends with NULL,
 * which is why a child must not be. */
struct node *tree_bytes(
    struct draw *d, uint8_t tag, const void *data, size_t size);
struct node *tree_text(struct draw *d, uint8_t tag, const char *text);
struct node *tree_oid(struct draw *d, const char *dotted);
struct node *tree_integer(struct draw *d, long value);
struct node *tree_of(struct draw *d, unsigned tag, ...)
    __attribute__((sentinel));

/* Children by index; out of range: NULL, and insert appends. */
size_t tree_count(const struct node *node);
struct node *tree_child(const struct node *node, size_t index);
void tree_insert(struct node *node, size_t index, struct node *child);
void tree_append(struct node *node, struct node *child);
struct node *tree_remove(struct node *node, size_t index);
/* Puts another element in the place of this one. */
void tree_replace(struct node *place, const struct node *with);

/* Every node under (and with) this one in order; returns their number. */
size_t tree_list(struct draw *d, struct node *node, struct node ***list);

bool tree_is_oid(const struct node *node, const char *dotted);

#endif
