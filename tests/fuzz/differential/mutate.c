/*
 * Changes to what a case asks and to the objects it hands over.
 */
#include "mutate.h"

#include "crls.h"
#include "names.h"
#include "seeds.h"

#include <dicomtls.h>

struct editor {
	struct draw *d;
	struct sample *sample;
	struct case_data *data;
	const struct seeds *seeds;
};

static size_t
some_object(struct editor *e)
{
	return draw_below(e->d, e->data->object_count);
}

static enum case_section
section_for(struct draw *d, enum case_kind kind)
{
	if (kind == CASE_X509_CRL)
		return CASE_CRL;
	return draw_chance(d, 50) ? CASE_UNTRUSTED : CASE_TRUSTED;
}

static void
edit_object(struct editor *e)
{
	if (e->data->object_count > 0)
		mutate_object(e->d, e->sample, some_object(e), e->seeds);
}

static void
drop_object(struct editor *e)
{
	if (e->data->object_count > 1)
		sample_remove(e->sample, some_object(e));
}

/* Into any section, the copy often changed. */
static void
repeat_object(struct editor *e)
{
	if (e->data->object_count == 0)
		return;
	size_t from = some_object(e);
	struct case_object copy = e->data->objects[from];
	if (copy.section == CASE_LEAF || draw_chance(e->d, 50))
		copy.section = section_for(e->d, copy.kind);
	size_t to = draw_below(e->d, e->data->object_count + 1);
	sample_insert(e->sample, to, copy, e->sample->signers[from]);
	if (draw_chance(e->d, 70))
		mutate_object(e->d, e->sample, to, e->seeds);
}

static void
reorder_object(struct editor *e)
{
	sample_move(e->sample, some_object(e), some_object(e));
}

static void
change_section(struct editor *e)
{
	if (e->data->object_count == 0)
		return;
	struct case_object *object = &e->data->objects[some_object(e)];
	if (object->section != CASE_LEAF || draw_chance(e->d, 20))
		object->section = section_for(e->d, object->kind);
}

static void
take_object(struct editor *e)
{
	const struct sample *other = seeds_draw(e->d, e->seeds);
	size_t from = draw_below(e->d, other->data.object_count);
	struct case_object copy = other->data.objects[from];
	if (copy.section == CASE_LEAF)
		copy.section = CASE_UNTRUSTED;
	sample_insert(e->sample, draw_below(e->d, e->data->object_count + 1),
	    copy, other->signers[from]);
}

/* Trust settings behind a certificate (X509_CERT_AUX). */
static void
change_trust(struct editor *e)
{
	static const char *const usages[] = { "1.3.6.1.5.5.7.3.1",
		"1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.4", "2.5.29.37.0",
		"1.3.6.1.5.5.7.3.3", "1.2.3.4" };
	if (e->data->object_count == 0)
		return;
	struct case_object *object = &e->data->objects[some_object(e)];
	size_t size;
	if (object->kind == CASE_X509_CRL ||
	    !tree_parse(e->d, object->der, &size))
		return;
	struct node *aux = tree_of(e->d, 0x30, NULL);
	for (uint8_t i = 0; i < 2; i++) {
		struct node *list = tree_of(e->d, i == 0 ? 0x30 : 0xa0, NULL);
		while (draw_chance(e->d, list->child ? 30 : 50))
			tree_append(
			    list, tree_oid(e->d, DRAW_ONE(e->d, usages)));
		if (list->child || draw_chance(e->d, 20))
			tree_append(aux, list);
		if (i == 1 || !draw_chance(e->d, 10))
			continue;
		tree_append(aux, tree_text(e->d, 0x0c, "alias"));
	}
	struct dt_span behind = tree_encode(e->d, aux);
	uint8_t *whole = draw_alloc(e->d, size + behind.size);
	memcpy(whole, object->der.data, size);
	memcpy(whole + size, behind.data, behind.size);
	object->der = dt_span(whole, size + behind.size);
	object->kind = CASE_TRUSTED_CERTIFICATE;
}

static void
change_time(struct editor *e)
{
	static const int64_t distances[] = { 0, 1, -1, 86400, -86400, 31536000,
		-31536000, 630720000, -630720000 };
	struct parts parts;
	e->data->time += DRAW_ONE(e->d, distances);
	if (e->data->object_count == 0 || draw_chance(e->d, 90) ||
	    !parts_find(e->d, &e->data->objects[some_object(e)], &parts))
		return;
	e->data->time = (int64_t)draw_below(e->d, 4000000000);
}

static void
change_purpose(struct editor *e)
{
	static const char *const purposes[] = { NULL, "sslclient", "sslserver",
		"nssslserver", "smimesign", "smimeencrypt", "crlsign", "any",
		"ocsphelper", "timestampsign" };
	e->data->purpose = DRAW_ONE(e->d, purposes);
}

static void
change_flags(struct editor *e)
{
	static const uint32_t flags[] = { DICOMTLS_F_CRL_CHECK,
		DICOMTLS_F_CRL_CHECK, DICOMTLS_F_CRL_CHECK_ALL,
		DICOMTLS_F_CRL_CHECK | DICOMTLS_F_CRL_CHECK_ALL,
		DICOMTLS_F_IGNORE_CRITICAL, DICOMTLS_F_X509_STRICT,
		DICOMTLS_F_X509_STRICT, DICOMTLS_F_ALLOW_PROXY_CERTS,
		DICOMTLS_F_POLICY_CHECK, DICOMTLS_F_EXPLICIT_POLICY,
		DICOMTLS_F_INHIBIT_ANY, DICOMTLS_F_INHIBIT_MAP,
		DICOMTLS_F_NOTIFY_POLICY, DICOMTLS_F_EXTENDED_CRL_SUPPORT,
		DICOMTLS_F_USE_DELTAS, DICOMTLS_F_CHECK_SS_SIGNATURE,
		DICOMTLS_F_TRUSTED_FIRST, DICOMTLS_F_SUITEB_128_LOS_ONLY,
		DICOMTLS_F_SUITEB_192_LOS, DICOMTLS_F_SUITEB_128_LOS,
		DICOMTLS_F_PARTIAL_CHAIN, DICOMTLS_F_PARTIAL_CHAIN,
		DICOMTLS_F_NO_ALT_CHAINS, DICOMTLS_F_NO_CHECK_TIME };
	e->data->flags ^= DRAW_ONE(e->d, flags);
	if (draw_chance(e->d, 30))
		e->data->flags ^= DRAW_ONE(e->d, flags);
	if (draw_chance(e->d, 20))
		e->data->cleared ^= DICOMTLS_F_TRUSTED_FIRST;
}

static void
change_limits(struct editor *e)
{
	if (draw_chance(e->d, 50))
		e->data->depth = (int)draw_below(e->d, 6) - 1;
	else
		e->data->auth_level = (int)draw_below(e->d, 7) - 1;
}

static void
change_host(struct editor *e)
{
	if (e->data->hosts.count > 0 && draw_chance(e->d, 50))
		sample_remove_text(
		    &e->data->hosts, draw_below(e->d, e->data->hosts.count));
	if (draw_chance(e->d, 70))
		sample_add_text(&e->data->hosts, draw_host(e->d));
	if (draw_chance(e->d, 40))
		e->data->host_flags ^= 1u << draw_below(e->d, 6);
}

static void
change_identity(struct editor *e)
{
	if (draw_chance(e->d, 50))
		e->data->email =
		    draw_chance(e->d, 80) ? draw_email(e->d) : NULL;
	else
		e->data->ip = draw_chance(e->d, 80) ? draw_ip(e->d) : NULL;
}

static void
change_policies(struct editor *e)
{
	if (e->data->policies.count > 0 && draw_chance(e->d, 50))
		sample_remove_text(&e->data->policies,
		    draw_below(e->d, e->data->policies.count));
	else
		sample_add_text(&e->data->policies, draw_policy(e->d));
	if (draw_chance(e->d, 60))
		e->data->flags |= DICOMTLS_F_POLICY_CHECK;
}

static void
add_crl(struct editor *e)
{
	size_t index = e->data->object_count;
	if (index == 0)
		return;
	crls_add(e->d, e->sample, some_object(e));
	if (e->data->object_count > index && draw_chance(e->d, 50))
		mutate_object(e->d, e->sample, index, e->seeds);
	e->data->flags |= DICOMTLS_F_CRL_CHECK;
	if (draw_chance(e->d, 50))
		e->data->flags |= DICOMTLS_F_CRL_CHECK_ALL;
}

static void
change_crl_source(struct editor *e)
{
	e->data->crls_on_stack = !e->data->crls_on_stack;
}

static void (*const edits[])(struct editor *e) = { edit_object, edit_object,
	edit_object, edit_object, edit_object, edit_object, edit_object,
	edit_object, edit_object, edit_object, edit_object, edit_object,
	edit_object, edit_object, drop_object, repeat_object, repeat_object,
	reorder_object, change_section, take_object, change_trust, change_time,
	change_purpose, change_flags, change_flags, change_limits, change_host,
	change_identity, change_policies, add_crl, add_crl, change_crl_source };

void
mutate(struct draw *d, struct sample *sample, const struct seeds *seeds)
{
	struct editor e = { d, sample, &sample->data, seeds };
	do {
		DRAW_ONE(d, edits)(&e);
	} while (draw_chance(d, 40));
}
