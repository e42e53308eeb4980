/*
 * Values of extensions: RFC 5280 4.2, 5.2 and 5.3, RFC 3779, RFC 3820,
 * Netscape.
 */
#include "values.h"

#include "base/der.h"
#include "keys.h"
#include "names.h"

#define CONTEXT(n) (DT_DER_CONTEXT | (n))
#define CONTEXT_CONSTRUCTED(n) (DT_DER_CONTEXT_CONSTRUCTED | (n))

/* What a value may refer to. */
struct bearer {
	const struct parts *parts;
	int signer;
};

static struct node *
sequence(struct draw *d)
{
	return tree_of(d, DT_DER_SEQUENCE, NULL);
}

static struct node *
small_integer(struct draw *d)
{
	static const long numbers[] = { 0, 0, 1, 1, 2, 3, -1, 127, 128, 65536,
		2147483647, 2147483648, 0x7fffffffffffffff };
	return tree_integer(d, DRAW_ONE(d, numbers));
}

/* The same with a context tag. */
static struct node *
tagged_integer(struct draw *d, unsigned number)
{
	struct node *node = small_integer(d);
	node->tag = (uint8_t)CONTEXT(number);
	return node;
}

struct node *
basic_constraints(struct draw *d, bool ca, long pathlen)
{
	struct node *value = sequence(d);
	if (ca)
		tree_append(value, tree_bytes(d, DT_DER_BOOLEAN, "\xff", 1));
	if (pathlen >= 0)
		tree_append(value, tree_integer(d, pathlen));
	return value;
}

static struct node *
draw_basic_constraints(struct draw *d, const struct bearer *bearer)
{
	struct node *value = sequence(d);
	(void)bearer;
	if (draw_chance(d, 70))
		tree_append(
		    value, tree_bytes(d, DT_DER_BOOLEAN,
			       draw_chance(d, 90) ? "\xff" : "\x01", 1));
	else if (draw_chance(d, 20))
		tree_append(value, tree_bytes(d, DT_DER_BOOLEAN, "\0", 1));
	if (draw_chance(d, 40))
		tree_append(value, small_integer(d));
	return value;
}

/* Bits as OpenSSL numbers them, first octet low; DER's trailing zeros cut. */
struct node *
key_usage(struct draw *d, unsigned bits)
{
	uint8_t octets[3] = { 0, (uint8_t)bits, (uint8_t)(bits >> 8) };
	size_t size = octets[2] != 0 ? 3 : octets[1] != 0 ? 2 : 1;
	while (size > 1 && octets[0] < 7 &&
	       (octets[size - 1] >> octets[0] & 1) == 0)
		octets[0]++;
	return tree_bytes(d, DT_DER_BIT_STRING, octets, size);
}

static struct node *
draw_key_usage(struct draw *d, const struct bearer *bearer)
{
	static const unsigned usual[] = { 0x06, 0x04, 0x02, 0x80, 0xa0, 0x86,
		0x88, 0x08, 0x8088, 0x8000, 0x40, 0xff, 0x80ff, 0 };
	(void)bearer;
	if (draw_chance(d, 85))
		return key_usage(d, DRAW_ONE(d, usual));
	uint8_t octets[4];
	draw_bytes(d, octets, sizeof(octets));
	octets[0] &= draw_chance(d, 80) ? 7 : 15;
	return tree_bytes(
	    d, DT_DER_BIT_STRING, octets, draw_below(d, sizeof(octets) + 1));
}

static struct node *
draw_ext_key_usage(struct draw *d, const struct bearer *bearer)
{
	static const char *const usages[] = { "1.3.6.1.5.5.7.3.1",
		"1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.3", "1.3.6.1.5.5.7.3.4",
		"1.3.6.1.5.5.7.3.8", "1.3.6.1.5.5.7.3.9", "1.3.6.1.5.5.7.3.10",
		"1.3.6.1.4.1.311.10.3.3", "2.16.840.1.113730.4.1",
		"2.5.29.37.0", "1.2.3.4", "1.3.6.1.5.5.7.3.17" };
	struct node *value = sequence(d);
	(void)bearer;
	while (draw_chance(d, value->child ? 45 : 97))
		tree_append(value, tree_oid(d, DRAW_ONE(d, usages)));
	return value;
}

static struct node *
draw_netscape_type(struct draw *d, const struct bearer *bearer)
{
	uint8_t octets[2] = { 0, (uint8_t)draw_number(d) };
	(void)bearer;
	return tree_bytes(d, DT_DER_BIT_STRING, octets, 2);
}

struct node *
subject_key_id(struct draw *d, int key)
{
	return tree_bytes(d, DT_DER_OCTET_STRING, keys_identifier(key), 20);
}

static struct node *
draw_subject_key_id(struct draw *d, const struct bearer *bearer)
{
	int key = parts_key(d, bearer->parts);
	if (key != KEY_NONE && draw_chance(d, 70))
		return subject_key_id(d, key);
	if (draw_chance(d, 60))
		return subject_key_id(d, keys_draw(d));
	uint8_t octets[8];
	draw_bytes(d, octets, sizeof(octets));
	return tree_bytes(d, DT_DER_OCTET_STRING, octets, draw_below(d, 9));
}

struct node *
authority_key_id(struct draw *d, int key)
{
	return tree_of(d, DT_DER_SEQUENCE,
	    tree_bytes(d, CONTEXT(0), keys_identifier(key), 20), NULL);
}

static struct node *
draw_authority_key_id(struct draw *d, const struct bearer *bearer)
{
	struct node *value = sequence(d);
	int key = bearer->signer != KEY_NONE && draw_chance(d, 75)
		      ? bearer->signer
		      : keys_draw(d);
	if (draw_chance(d, 75))
		tree_append(
		    value, tree_bytes(d, CONTEXT(0), keys_identifier(key), 20));
	if (draw_chance(d, 35)) {
		struct node *name =
		    draw_chance(d, 70)
			? tree_of(d, CONTEXT_CONSTRUCTED(4),
			      tree_clone(d, bearer->parts->issuer), NULL)
			: draw_general_name(d, false);
		tree_append(
		    value, tree_of(d, CONTEXT_CONSTRUCTED(1), name, NULL));
	}
	if (draw_chance(d, 35))
		tree_append(value, tagged_integer(d, 2));
	return value;
}

static struct node *
draw_alt_name(struct draw *d, const struct bearer *bearer)
{
	(void)bearer;
	return draw_general_names(d);
}

static struct node *
subtrees(struct draw *d, uint8_t tag)
{
	struct node *trees = tree_of(d, tag, NULL);
	do {
		struct node *tree = tree_of(
		    d, DT_DER_SEQUENCE, draw_general_name(d, true), NULL);
		if (draw_chance(d, 4))
			tree_append(tree, tagged_integer(d, 0));
		if (draw_chance(d, 4))
			tree_append(tree, tagged_integer(d, 1));
		tree_append(trees, tree);
	} while (draw_chance(d, 40));
	return trees;
}

static struct node *
draw_name_constraints(struct draw *d, const struct bearer *bearer)
{
	struct node *value = sequence(d);
	(void)bearer;
	if (draw_chance(d, 70))
		tree_append(value, subtrees(d, CONTEXT_CONSTRUCTED(0)));
	if (draw_chance(d, 45))
		tree_append(value, subtrees(d, CONTEXT_CONSTRUCTED(1)));
	return value;
}

static struct node *
draw_policies(struct draw *d, const struct bearer *bearer)
{
	struct node *value = sequence(d);
	(void)bearer;
	while (draw_chance(d, value->child ? 45 : 97)) {
		struct node *policy = tree_of(
		    d, DT_DER_SEQUENCE, tree_oid(d, draw_policy(d)), NULL);
		if (draw_chance(d, 10))
			tree_append(policy,
			    tree_of(d, DT_DER_SEQUENCE,
				tree_of(d, DT_DER_SEQUENCE,
				    tree_oid(d, "1.3.6.1.5.5.7.2.1"),
				    tree_text(d, DT_DER_IA5_STRING, "x:y"),
				    NULL),
				NULL));
		tree_append(value, policy);
	}
	return value;
}

static struct node *
draw_policy_mappings(struct draw *d, const struct bearer *bearer)
{
	struct node *value = sequence(d);
	(void)bearer;
	while (draw_chance(d, value->child ? 45 : 97))
		tree_append(value,
		    tree_of(d, DT_DER_SEQUENCE, tree_oid(d, draw_policy(d)),
			tree_oid(d, draw_policy(d)), NULL));
	return value;
}

static struct node *
draw_policy_constraints(struct draw *d, const struct bearer *bearer)
{
	struct node *value = sequence(d);
	(void)bearer;
	if (draw_chance(d, 70))
		tree_append(value, tagged_integer(d, 0));
	if (draw_chance(d, 45))
		tree_append(value, tagged_integer(d, 1));
	return value;
}

static struct node *
draw_integer(struct draw *d, const struct bearer *bearer)
{
	(void)bearer;
	return small_integer(d);
}

static struct node *
reasons(struct draw *d, unsigned tag)
{
	uint8_t octets[3] = { 0 };
	draw_bytes(d, octets + 1, 2);
	return tree_bytes(
	    d, (uint8_t)CONTEXT(tag), octets, 2 + draw_below(d, 2));
}

/* DistributionPointName, explicitly tagged; the same location as often as
 * not, so that points of certificates and CRLs meet. */
static struct node *
point_name(struct draw *d, const struct bearer *bearer)
{
	struct node *name;
	if (draw_chance(d, 25)) {
		name = draw_rdn(d);
		name->tag = CONTEXT_CONSTRUCTED(1);
	} else {
		name = tree_of(d, CONTEXT_CONSTRUCTED(0), NULL);
		do {
			tree_append(name,
			    draw_chance(d, 50) ? tree_text(d, CONTEXT(6),
						     "http://example.com/")
			    : draw_chance(d, 50)
				? tree_of(d, CONTEXT_CONSTRUCTED(4),
				      tree_clone(d, bearer->parts->issuer),
				      NULL)
				: draw_general_name(d, false));
		} while (draw_chance(d, 30));
	}
	return tree_of(d, CONTEXT_CONSTRUCTED(0), name, NULL);
}

static struct node *
draw_distribution_points(struct draw *d, const struct bearer *bearer)
{
	struct node *value = sequence(d);
	while (draw_chance(d, value->child ? 30 : 97)) {
		struct node *point = sequence(d);
		if (draw_chance(d, 75))
			tree_append(point, point_name(d, bearer));
		if (draw_chance(d, 25))
			tree_append(point, reasons(d, 1));
		if (draw_chance(d, 25))
			tree_append(point,
			    tree_of(d, CONTEXT_CONSTRUCTED(2),
				tree_of(d, CONTEXT_CONSTRUCTED(4),
				    draw_chance(d, 60)
					? tree_clone(d, bearer->parts->issuer)
					: draw_name(d),
				    NULL),
				NULL));
		tree_append(value, point);
	}
	return value;
}

static struct node *
draw_issuing_point(struct draw *d, const struct bearer *bearer)
{
	static const unsigned flags[] = { 1, 2, 4, 5 };
	struct node *value = sequence(d);
	if (draw_chance(d, 50))
		tree_append(value, point_name(d, bearer));
	for (unsigned i = 0; i < DRAW_COUNT(flags); i++) {
		if (flags[i] == 4 && draw_chance(d, 25))
			tree_append(value, reasons(d, 3));
		if (draw_chance(d, 25))
			tree_append(
			    value, tree_bytes(d, (uint8_t)CONTEXT(flags[i]),
				       draw_chance(d, 90) ? "\xff" : "\0", 1));
	}
	return value;
}

static struct node *
draw_proxy(struct draw *d, const struct bearer *bearer)
{
	static const char *const languages[] = { "1.3.6.1.5.5.7.21.1",
		"1.3.6.1.5.5.7.21.1", "1.3.6.1.5.5.7.21.2",
		"1.3.6.1.5.5.7.21.0", "1.2.3" };
	struct node *policy = tree_of(
	    d, DT_DER_SEQUENCE, tree_oid(d, DRAW_ONE(d, languages)), NULL);
	struct node *value = sequence(d);
	(void)bearer;
	if (draw_chance(d, 15))
		tree_append(policy, tree_text(d, DT_DER_OCTET_STRING, "all"));
	if (draw_chance(d, 50))
		tree_append(value, small_integer(d));
	tree_append(value, policy);
	return value;
}

/* A prefix of 10.0.0.0/8 and below: bits, not octets, count. */
static struct node *
prefix(struct draw *d, bool v6)
{
	uint8_t octets[18] = { 0, v6 ? 0x20 : 10 };
	size_t size = 1 + draw_below(d, v6 ? 5 : 4);
	for (size_t i = 2; i <= size; i++)
		octets[i] = (uint8_t)(draw_below(d, 3) * 64);
	octets[0] = (uint8_t)(size > 1 ? draw_below(d, 8) : 0);
	if (draw_chance(d, 90) && size > 0)
		octets[size] =
		    (uint8_t)(octets[size] & (0xffu << octets[0] & 0xff));
	return tree_bytes(d, DT_DER_BIT_STRING, octets, size + 1);
}

static struct node *
draw_addresses(struct draw *d, const struct bearer *bearer)
{
	struct node *value = sequence(d);
	(void)bearer;
	while (draw_chance(d, value->child ? 35 : 97)) {
		bool v6 = draw_chance(d, 30);
		const uint8_t family[] = { 0, v6 ? 2 : 1,
			(uint8_t)draw_below(d, 3) };
		struct node *choice = sequence(d);
		while (draw_chance(d, choice->child ? 45 : 95))
			tree_append(choice,
			    draw_chance(d, 70)
				? prefix(d, v6)
				: tree_of(d, DT_DER_SEQUENCE, prefix(d, v6),
				      prefix(d, v6), NULL));
		if (draw_chance(d, 30))
			choice = tree_bytes(d, DT_DER_NULL, "", 0);
		tree_append(value, tree_of(d, DT_DER_SEQUENCE,
				       tree_bytes(d, DT_DER_OCTET_STRING,
					   family, draw_chance(d, 85) ? 2 : 3),
				       choice, NULL));
	}
	return value;
}

static struct node *
draw_as_numbers(struct draw *d, const struct bearer *bearer)
{
	struct node *value = sequence(d);
	(void)bearer;
	for (unsigned i = 0; i < 2; i++) {
		struct node *choice = sequence(d);
		if (draw_chance(d, i == 0 ? 10 : 70))
			continue;
		while (draw_chance(d, choice->child ? 50 : 97))
			tree_append(choice,
			    draw_chance(d, 60)
				? small_integer(d)
				: tree_of(d, DT_DER_SEQUENCE, small_integer(d),
				      small_integer(d), NULL));
		if (draw_chance(d, 30))
			choice = tree_bytes(d, DT_DER_NULL, "", 0);
		tree_append(value,
		    tree_of(d, (uint8_t)CONTEXT_CONSTRUCTED(i), choice, NULL));
	}
	return value;
}

static struct node *
draw_null(struct draw *d, const struct bearer *bearer)
{
	(void)bearer;
	return tree_bytes(d, DT_DER_NULL, "", 0);
}

static struct node *
draw_time_value(struct draw *d, const struct bearer *bearer)
{
	(void)bearer;
	return draw_time(d, 1700000000);
}

static struct node *
draw_reason(struct draw *d, const struct bearer *bearer)
{
	struct node *value = tree_integer(d, (long)draw_below(d, 12));
	(void)bearer;
	value->tag = DT_DER_ENUMERATED;
	return value;
}

static struct node *
draw_issuer_names(struct draw *d, const struct bearer *bearer)
{
	(void)bearer;
	return tree_of(d, DT_DER_SEQUENCE,
	    tree_of(d, CONTEXT_CONSTRUCTED(4), draw_name(d), NULL), NULL);
}

struct rule {
	const char *oid;
	unsigned critical; /* percent */
	struct node *(*draw)(struct draw *d, const struct bearer *bearer);
};

static const struct rule certificate_rules[] = {
	{ "2.5.29.19", 70, draw_basic_constraints },
	{ "2.5.29.19", 70, draw_basic_constraints },
	{ "2.5.29.15", 60, draw_key_usage },
	{ "2.5.29.15", 60, draw_key_usage },
	{ "2.5.29.37", 15, draw_ext_key_usage },
	{ "2.5.29.37", 15, draw_ext_key_usage },
	{ "2.5.29.14", 3, draw_subject_key_id },
	{ "2.5.29.35", 3, draw_authority_key_id },
	{ "2.5.29.35", 3, draw_authority_key_id },
	{ "2.5.29.17", 15, draw_alt_name },
	{ "2.5.29.17", 15, draw_alt_name },
	{ "2.5.29.18", 5, draw_alt_name },
	{ "2.5.29.30", 50, draw_name_constraints },
	{ "2.5.29.30", 50, draw_name_constraints },
	{ "2.5.29.32", 20, draw_policies },
	{ "2.5.29.32", 20, draw_policies },
	{ "2.5.29.33", 40, draw_policy_mappings },
	{ "2.5.29.36", 50, draw_policy_constraints },
	{ "2.5.29.54", 50, draw_integer },
	{ "2.5.29.31", 5, draw_distribution_points },
	{ "2.5.29.31", 5, draw_distribution_points },
	{ "2.5.29.46", 5, draw_distribution_points },
	{ "1.3.6.1.5.5.7.1.14", 80, draw_proxy },
	{ "1.3.6.1.5.5.7.1.14", 80, draw_proxy },
	{ "1.3.6.1.5.5.7.1.7", 60, draw_addresses },
	{ "1.3.6.1.5.5.7.1.8", 60, draw_as_numbers },
	{ "2.16.840.1.113730.1.1", 10, draw_netscape_type },
	{ "1.3.6.1.5.5.7.48.1.5", 10, draw_null },
	{ "2.5.29.16", 30, draw_time_value },
	{ "1.3.6.1.5.5.7.1.24", 30, draw_null },
	{ "1.2.3.4", 50, draw_null },
};

static const struct rule crl_rules[] = {
	{ "2.5.29.20", 5, draw_integer },
	{ "2.5.29.35", 5, draw_authority_key_id },
	{ "2.5.29.35", 5, draw_authority_key_id },
	{ "2.5.29.28", 80, draw_issuing_point },
	{ "2.5.29.28", 80, draw_issuing_point },
	{ "2.5.29.27", 80, draw_integer },
	{ "2.5.29.46", 5, draw_distribution_points },
	{ "2.5.29.18", 5, draw_alt_name },
	{ "1.2.3.4", 50, draw_null },
};

static const struct rule entry_rules[] = {
	{ "2.5.29.21", 10, draw_reason },
	{ "2.5.29.21", 10, draw_reason },
	{ "2.5.29.24", 5, draw_time_value },
	{ "2.5.29.29", 80, draw_issuer_names },
	{ "2.5.29.29", 80, draw_issuer_names },
	{ "1.2.3.4", 50, draw_null },
};

static struct node *
draw_by(struct draw *d, const struct rule *rule, const struct bearer *bearer)
{
	return parts_extension(d, rule->oid, draw_chance(d, rule->critical),
	    rule->draw(d, bearer));
}

struct node *
draw_extension(struct draw *d, const struct parts *parts, int signer)
{
	const struct bearer bearer = { parts, signer };
	return draw_by(d, &DRAW_ONE(d, certificate_rules), &bearer);
}

struct node *
draw_extension_of(
    struct draw *d, const struct parts *parts, int signer, const char *oid)
{
	const struct bearer bearer = { parts, signer };
	const struct rule *rule;
	do
		rule = &DRAW_ONE(d, certificate_rules);
	while (strcmp(rule->oid, oid) != 0);
	return draw_by(d, rule, &bearer);
}

struct node *
draw_crl_extension(struct draw *d, const struct parts *parts, int signer)
{
	const struct bearer bearer = { parts, signer };
	return draw_by(d, &DRAW_ONE(d, crl_rules), &bearer);
}

struct node *
draw_entry_extension(struct draw *d)
{
	return draw_by(d, &DRAW_ONE(d, entry_rules), NULL);
}
