/*
 * A case is a chain; a chain is an anchor, authorities and a leaf; each is
 * what RFC 5280 makes of it, with some extensions more. Some cases have a
 * theme, a rule that all certificates of the chain take part in.
 */
#include "grammar.h"

#include "crls.h"
#include "keys.h"
#include "names.h"
#include "values.h"

#include <dicomtls.h>

enum { NOW = 1767225600 /* 2026-01-01 */, YEAR = 31536000 };

enum { THEME_OIDS = 6 };

struct theme {
	const char *oids[THEME_OIDS]; /* any of them; NULL: none */
	uint32_t flags;
	bool crls;
};

static const struct theme themes[] = {
	{ { NULL }, 0, false },
	{ { NULL }, 0, false },
	{ { NULL }, 0, false },
	{ { "2.5.29.30", "2.5.29.30", "2.5.29.17", "2.5.29.17" }, 0, false },
	{ { "2.5.29.32", "2.5.29.32", "2.5.29.32", "2.5.29.33", "2.5.29.36",
	      "2.5.29.54" },
	    DICOMTLS_F_POLICY_CHECK | DICOMTLS_F_EXPLICIT_POLICY |
		DICOMTLS_F_INHIBIT_ANY | DICOMTLS_F_INHIBIT_MAP |
		DICOMTLS_F_NOTIFY_POLICY,
	    false },
	{ { "1.3.6.1.5.5.7.1.7", "1.3.6.1.5.5.7.1.7", "1.3.6.1.5.5.7.1.8" }, 0,
	    false },
	{ { "1.3.6.1.5.5.7.1.14", NULL }, DICOMTLS_F_ALLOW_PROXY_CERTS, false },
	{ { "2.5.29.31", "2.5.29.31", "2.5.29.46", NULL },
	    DICOMTLS_F_CRL_CHECK_ALL | DICOMTLS_F_EXTENDED_CRL_SUPPORT |
		DICOMTLS_F_USE_DELTAS,
	    true },
	{ { NULL }, DICOMTLS_F_SUITEB_128_LOS | DICOMTLS_F_X509_STRICT, true },
};

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
certificate(struct draw *d, const struct link *self, const struct link *issuer,
    bool ca, const struct theme *theme)
{
	const char *oid = DRAW_ONE(d, theme->oids);
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
	if (oid)
		tree_append(parts_extensions(d, &parts),
		    draw_extension_of(d, &parts, issuer->key, oid));
	while (draw_chance(d, 20))
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
	if (draw_chance(d, 10))
		data->cleared = DICOMTLS_F_TRUSTED_FIRST;
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
}

/* Some of the theme's flags, CRLs of some of the authorities. */
static void
add_theme(struct draw *d, struct sample *sample, const struct theme *theme)
{
	struct case_data *data = &sample->data;
	data->flags |= theme->flags & (uint32_t)draw_number(d);
	if (theme->flags & DICOMTLS_F_POLICY_CHECK)
		data->flags |= DICOMTLS_F_POLICY_CHECK;
	while (theme->flags & DICOMTLS_F_POLICY_CHECK && draw_chance(d, 50))
		sample_add_text(&data->policies, draw_policy(d));
	if (!theme->crls)
		return;
	data->crls_on_stack = draw_chance(d, 30);
	data->flags |= DICOMTLS_F_CRL_CHECK;
	for (size_t i = data->object_count; i-- > 0;) {
		while (draw_chance(d, 60))
			crls_add(d, sample, i);
	}
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
	const struct theme *theme = &DRAW_ONE(d, themes);
	for (size_t i = 0; i < length; i++) {
		links[i].name = link_name(d, i);
		links[i].key =
		    cheap ? KEY_RSA_1024 + (int)(i % 3) : keys_draw(d);
	}
	for (size_t i = 0; i < length; i++) {
		bool anchor = i + 1 == length;
		const struct link *issuer = &links[anchor ? i : i + 1];
		struct case_object object =
		    certificate(d, &links[i], issuer, i > 0, theme);
		object.section = anchor && length > 1 ? CASE_TRUSTED
				 : i == 0	      ? CASE_LEAF
						      : CASE_UNTRUSTED;
		sample_append(sample, object, issuer->key);
	}
	ask(d, &sample->data);
	add_theme(d, sample, theme);
	return sample;
}
