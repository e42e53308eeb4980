/*
 * CRLs (RFC 5280 5).
 */
#include "crls.h"

#include "keys.h"
#include "names.h"
#include "values.h"

#include "base/der.h"

static struct node *
entry(struct draw *d, const struct sample *sample, size_t certificate)
{
	struct parts other;
	struct node *serial = tree_integer(d, (long)draw_below(d, 300));
	if (draw_chance(d, 60) &&
	    parts_find(d, &sample->data.objects[certificate], &other) &&
	    other.serial)
		serial = tree_clone(d, other.serial);
	struct node *node = tree_of(d, DT_DER_SEQUENCE, serial,
	    draw_chance(d, 95) ? exact_time(d, sample->data.time - 1000)
			       : draw_time(d, sample->data.time),
	    NULL);
	if (draw_chance(d, 40))
		tree_append(node,
		    tree_of(d, DT_DER_SEQUENCE, draw_entry_extension(d), NULL));
	return node;
}

static struct node *
entries(struct draw *d, const struct sample *sample, size_t certificate)
{
	struct node *list = tree_of(d, DT_DER_SEQUENCE, NULL);
	do
		tree_append(list, entry(d, sample, certificate));
	while (draw_chance(d, 40));
	return list;
}

static struct node *
update(struct draw *d, int64_t time, int64_t distance)
{
	return draw_chance(d, 95) ? exact_time(d, time + distance)
				  : draw_time(d, time);
}

static struct node *
signed_part(struct draw *d, const struct sample *sample, size_t certificate,
    const struct node *issuer, int key)
{
	int64_t time = sample->data.time;
	struct node *tbs = tree_of(d, DT_DER_SEQUENCE, tree_integer(d, 1),
	    keys_algorithm(d, key, true), tree_clone(d, issuer),
	    update(d, time, -3600), NULL);
	if (draw_chance(d, 95))
		tree_append(tbs, update(d, time, 86400));
	if (draw_chance(d, 50))
		tree_append(tbs, entries(d, sample, certificate));
	return tbs;
}

void
crls_add(struct draw *d, struct sample *sample, size_t certificate)
{
	struct parts parts;
	int signer = sample->signers[certificate];
	int key = signer == KEY_NONE ? keys_draw(d) : signer;
	if (!parts_find(d, &sample->data.objects[certificate], &parts))
		return;
	struct node *tbs =
	    signed_part(d, sample, certificate, parts.issuer, key);
	struct node *whole =
	    tree_of(d, DT_DER_SEQUENCE, tbs, keys_algorithm(d, key, true),
		tree_bytes(d, DT_DER_BIT_STRING, "", 1), NULL);
	size_t index = sample->data.object_count;
	sample_append(sample,
	    (struct case_object){
		CASE_CRL, CASE_X509_CRL, tree_encode(d, whole), 0 },
	    key);
	if (sample->data.object_count == index ||
	    !parts_find(d, &sample->data.objects[index], &parts))
		return;
	while (draw_chance(d, 40))
		tree_append(parts_extensions(d, &parts),
		    draw_crl_extension(d, &parts, key));
	parts_finish(d, sample, index, &parts);
}
