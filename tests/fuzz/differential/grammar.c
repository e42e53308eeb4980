/*
 * A case is a chain; a chain is an anchor, authorities and a leaf; each is
 * what RFC 5280 makes of it, with some extensions more.
 */
#include "grammar.h"

#include "keys.h"
#include "names.h"
#include "values.h"

#include <dicomtls.h>

enum { NOW = 1767225600 /* 2026-01-01 */, YEAR = 31536000 };

/* One certificate of the chain. */
struct link {
	struct node *name;
	int key;
};

static struct node *
validity(struct draw *d)
{
	struct node *from =
	    draw_chance(d, 97) ? exact_time(d, NOW - YEAR) : draw_time(d, NOW);
	struct node *to =
	    draw_chance(d, 97) ? exact_time(d, NOW + YEAR) : draw_time(d, NOW);
	return tree_of(d, 0x30, from, to, NULL);
}

static struct node *
extensions(
    struct draw *d, const struct link *self, const struct link *issuer, bool ca)
{
	struct node *list = tree_of(d, 0x30, NULL);
	if (draw_chance(d, ca ? 97 : 50))
		tree_append(
		    list, parts_extension(d, "2.5.29.19", draw_chance(d, 90),
			      basic_constraints(d, ca, -1)));
	if (draw_chance(d, 70))
		tree_append(list, parts_extension(d, "2.5.29.15", true,
				      key_usage(d, ca ? 0x06 : 0xa0)));
	if (draw_chance(d, 70))
		tree_append(list, parts_extension(d, "2.5.29.14", false,
				      subject_key_id(d, self->key)));
	if (draw_chance(d, 70))
		tree_append(list, parts_extension(d, "2.5.29.35", false,
				      authority_key_id(d, issuer->key)));
	if (!ca && draw_chance(d, 60))
		tree_append(list, parts_extension(d, "2.5.29.17", false,
				      draw_general_names(d)));
	return list;
}

static struct case_object
certificate(
    struct draw *d, const struct link *self, const struct link *issuer, bool ca)
{
	struct node *algorithm =
	    keys_algorithm(d, issuer->key, draw_chance(d, 90));
	struct node *list = extensions(d, self, issuer, ca);
	struct node *tbs = tree_of(d, 0x30,
	    tree_of(d, 0xa0, tree_integer(d, 2), NULL),
	    tree_integer(d, 1 + (long)draw_below(d, 300)), algorithm,
	    tree_clone(d, issuer->name), validity(d), tree_clone(d, self->name),
	    tree_parse(d, keys_public(self->key), NULL),
	    tree_of(d, 0xa3, list, NULL), NULL);
	struct node *whole = tree_of(d, 0x30, tbs, tree_clone(d, algorithm),
	    tree_bytes(d, 0x03, "", 1), NULL);
	struct case_object object = { .kind = CASE_CERTIFICATE,
		.der = tree_encode(d, whole) };
	struct parts parts;
	if (!parts_find(d, &object, &parts))
		return object;
	while (draw_chance(d, 30))
		tree_append(parts_extensions(d, &parts),
		    draw_extension(d, &parts, issuer->key));
	parts_sign(d, &parts, issuer->key);
	object.der = parts_encode(d, &parts);
	return object;
}

static void
ask(struct draw *d, struct case_data *data)
{
	static const char *const purposes[] = { NULL, "sslclient", "sslserver",
		"sslserver", "smimesign", "any" };
	data->purpose = DRAW_ONE(d, purposes);
	if (draw_chance(d, 20))
		data->flags |= DICOMTLS_F_X509_STRICT;
	if (draw_chance(d, 15))
		data->auth_level = (int)draw_below(d, 4);
	if (draw_chance(d, 25))
		sample_add_text(&data->hosts, draw_host(d));
	if (draw_chance(d, 10))
		data->email = draw_email(d);
	if (draw_chance(d, 10))
		data->ip = draw_ip(d);
	if (draw_chance(d, 15))
		data->host_flags = (unsigned)draw_below(d, 64);
	if (draw_chance(d, 10))
		data->flags |= DICOMTLS_F_POLICY_CHECK;
	if (draw_chance(d, 5))
		data->flags |= DICOMTLS_F_SUITEB_128_LOS;
}

static struct node *
link_name(struct draw *d, size_t depth)
{
	if (draw_chance(d, 15))
		return draw_name(d);
	return common_name(
	    d, depth == 0 ? draw_host(d) : draw_printf(d, "CA %zu", depth));
}

struct sample *
grammar_draw(struct draw *d)
{
	struct sample *sample = sample_new(d, NOW);
	struct link links[6];
	size_t length = 1 + draw_below(d, DRAW_COUNT(links));
	bool cheap = draw_chance(d, 80);
	for (size_t i = 0; i < length; i++) {
		links[i].name = link_name(d, i);
		links[i].key =
		    cheap ? KEY_RSA_1024 + (int)(i % 3) : keys_draw(d);
	}
	for (size_t i = 0; i < length; i++) {
		bool anchor = i + 1 == length;
		const struct link *issuer = &links[anchor ? i : i + 1];
		struct case_object object =
		    certificate(d, &links[i], issuer, i > 0);
		object.section = anchor && length > 1 ? CASE_TRUSTED
				 : i == 0	      ? CASE_LEAF
						      : CASE_UNTRUSTED;
		sample_append(sample, object, issuer->key);
	}
	ask(d, &sample->data);
	return sample;
}
