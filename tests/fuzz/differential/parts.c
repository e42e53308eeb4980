/*
 * Fields of certificates (RFC 5280 4.1) and CRLs (5.1).
 */
#include "parts.h"

#include "base/der.h"
#include "keys.h"

enum {
	VERSION = DT_DER_CONTEXT_CONSTRUCTED,
	CERTIFICATE_EXTENSIONS = DT_DER_CONTEXT_CONSTRUCTED | 3,
	CRL_EXTENSIONS = DT_DER_CONTEXT_CONSTRUCTED
};

static bool
is_time(const struct node *node)
{
	return node && (node->tag == DT_DER_UTC_TIME ||
			   node->tag == DT_DER_GENERALIZED_TIME);
}

/* Takes the node at *at if it has this tag. */
static struct node *
take(struct node **at, uint8_t tag)
{
	struct node *node = *at;
	if (!node || node->tag != tag)
		return NULL;
	*at = node->next;
	return node;
}

static bool
find_certificate(struct parts *p)
{
	struct node *at = p->tbs->child;
	p->version = take(&at, VERSION);
	p->serial = take(&at, DT_DER_INTEGER);
	p->algorithm = take(&at, DT_DER_SEQUENCE);
	p->issuer = take(&at, DT_DER_SEQUENCE);
	p->validity = take(&at, DT_DER_SEQUENCE);
	p->subject = take(&at, DT_DER_SEQUENCE);
	p->key = take(&at, DT_DER_SEQUENCE);
	while (at && at->tag != CERTIFICATE_EXTENSIONS)
		at = at->next;
	p->extensions = tree_child(at, 0);
	return p->serial && p->algorithm && p->issuer && p->validity &&
	       tree_count(p->validity) == 2 && p->subject && p->key;
}

static bool
find_crl(struct parts *p)
{
	struct node *at = p->tbs->child;
	p->version = take(&at, DT_DER_INTEGER);
	p->algorithm = take(&at, DT_DER_SEQUENCE);
	p->issuer = take(&at, DT_DER_SEQUENCE);
	if (!p->issuer || !is_time(at))
		return false;
	p->this_update = at;
	at = at->next;
	if (is_time(at)) {
		p->next_update = at;
		at = at->next;
	}
	p->revoked = take(&at, DT_DER_SEQUENCE);
	p->extensions = tree_child(take(&at, CRL_EXTENSIONS), 0);
	return true;
}

bool
parts_find(
    struct draw *d, const struct case_object *object, struct parts *parts)
{
	struct dt_span der = object->der;
	size_t size;
	struct parts p = { .whole = tree_parse(d, der, &size) };
	if (!p.whole || !p.whole->parent || tree_count(p.whole) != 3)
		return false;
	p.tbs = tree_child(p.whole, 0);
	p.outer_algorithm = tree_child(p.whole, 1);
	p.signature = tree_child(p.whole, 2);
	if (!p.tbs->parent ||
	    !(object->kind == CASE_X509_CRL ? find_crl(&p)
					    : find_certificate(&p)))
		return false;
	if (p.extensions && !p.extensions->parent)
		p.extensions = NULL;
	p.behind = dt_span(der.data + size, der.size - size);
	*parts = p;
	return true;
}

struct node *
parts_extensions(struct draw *d, struct parts *parts)
{
	if (!parts->extensions) {
		uint8_t tag = parts->this_update ? CRL_EXTENSIONS
						 : CERTIFICATE_EXTENSIONS;
		parts->extensions = tree_of(d, DT_DER_SEQUENCE, NULL);
		tree_append(
		    parts->tbs, tree_of(d, tag, parts->extensions, NULL));
	}
	return parts->extensions;
}

struct node *
parts_extension(
    struct draw *d, const char *oid, bool critical, struct node *value)
{
	struct node *extension =
	    tree_of(d, DT_DER_SEQUENCE, tree_oid(d, oid), NULL);
	if (critical)
		tree_append(
		    extension, tree_bytes(d, DT_DER_BOOLEAN, "\xff", 1));
	tree_append(extension, tree_of(d, DT_DER_OCTET_STRING, value, NULL));
	return extension;
}

size_t
parts_find_extension(const struct parts *parts, const char *oid)
{
	size_t index = 0;
	struct node *at = parts->extensions ? parts->extensions->child : NULL;
	for (; at && !tree_is_oid(at->child, oid); at = at->next)
		index++;
	return index;
}

void
parts_sign(struct draw *d, struct parts *parts, int key)
{
	struct dt_span signature;
	if (key == KEY_NONE ||
	    !keys_sign(d, key, tree_encode(d, parts->outer_algorithm),
		tree_encode(d, parts->tbs), &signature))
		return;
	uint8_t *bits = draw_alloc(d, signature.size + 1);
	memcpy(bits + 1, signature.data, signature.size);
	parts->signature->content = dt_span(bits, signature.size + 1);
	parts->signature->parent = false;
	parts->signature->tag = DT_DER_BIT_STRING;
}

void
parts_set_algorithm(struct draw *d, struct parts *parts, int key, bool usual)
{
	struct node *algorithm = keys_algorithm(d, key, usual);
	tree_replace(parts->algorithm, algorithm);
	tree_replace(parts->outer_algorithm, tree_clone(d, algorithm));
}

struct dt_span
parts_encode(struct draw *d, const struct parts *parts)
{
	struct dt_span der = tree_encode(d, parts->whole);
	if (parts->behind.size == 0)
		return der;
	uint8_t *whole = draw_alloc(d, der.size + parts->behind.size);
	memcpy(whole, der.data, der.size);
	memcpy(whole + der.size, parts->behind.data, parts->behind.size);
	return dt_span(whole, der.size + parts->behind.size);
}

void
parts_finish(
    struct draw *d, struct sample *sample, size_t index, struct parts *parts)
{
	parts_sign(d, parts, sample->signers[index]);
	sample->data.objects[index].der = parts_encode(d, parts);
}

int
parts_key(struct draw *d, const struct parts *parts)
{
	return parts->key ? keys_find(tree_encode(d, parts->key)) : KEY_NONE;
}

void
parts_set_key(struct draw *d, struct parts *parts, int key)
{
	struct node *public_key = tree_parse(d, keys_public(key), NULL);
	if (parts->key && public_key)
		tree_replace(parts->key, public_key);
}

void
parts_find_signers(struct draw *d, struct sample *sample)
{
	struct case_data *data = &sample->data;
	struct parts *parts = draw_alloc(d, SAMPLE_OBJECTS * sizeof(*parts));
	struct dt_span names[SAMPLE_OBJECTS];
	int keys[SAMPLE_OBJECTS];
	for (size_t i = 0; i < data->object_count; i++) {
		bool found = parts_find(d, &data->objects[i], &parts[i]);
		bool named = found && parts[i].subject;
		keys[i] = found ? parts_key(d, &parts[i]) : KEY_NONE;
		names[i] =
		    named ? tree_encode(d, parts[i].subject) : dt_span(NULL, 0);
	}
	for (size_t i = 0; i < data->object_count; i++) {
		sample->signers[i] = KEY_NONE;
		if (!parts[i].issuer)
			continue;
		struct dt_span issuer = tree_encode(d, parts[i].issuer);
		for (size_t j = 0; j < data->object_count; j++) {
			if (names[j].data && dt_span_equal(names[j], issuer)) {
				sample->signers[i] = keys[j];
				break;
			}
		}
	}
}
