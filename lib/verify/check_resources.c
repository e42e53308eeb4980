/*
 * IP addresses and AS numbers along the path (RFC 3779 2.3, 3.3): nobody
 * claims what the issuer does not hold. The algorithms on sets of resources
 * are in x509/resources.c.
 *
 * Numbers come before addresses. As in OpenSSL (v3_asid.c, v3_addr.c), a path
 * whose leaf has no such extension is not looked at, the extensions of the
 * others notwithstanding.
 */
#include "verify/report.h"
#include "verify/stages.h"
#include "x509/resources.h"

#include <stdlib.h>

/* What the certificates below claim of one kind of resource. */
typedef struct dt_resources claim;

static bool
report(struct dt_verify *v, size_t depth, int error)
{
	return dt_report_at(v, depth, error) == DT_CONTINUE;
}

/* A trust anchor has nobody to inherit from. OpenSSL reports it one step
 * above the path. */
static bool
report_inheriting_anchor(struct dt_verify *v)
{
	size_t above = v->path.count;

	return dt_report(v, dt_path_cert(v, above - 1), above,
		   DICOMTLS_V_ERR_UNNESTED_RESOURCE) == DT_CONTINUE;
}

static bool
holds(const struct dt_resources *parent, const claim *child)
{
	return child->inherits || !dt_span_is_set(child->set.list) ||
	       dt_resource_set_contains(&parent->set, &child->set);
}

static bool
is_present(const struct dt_resources *resources)
{
	return resources->inherits || dt_span_is_set(resources->set.list);
}

/* One certificate upwards, for numbers or for domains. A claim that fails
 * stays, unless the issuer holds nothing of the kind. */
static bool
nest_numbers(struct dt_verify *v, size_t depth,
    const struct dt_resources *parent, claim *child)
{
	if (!is_present(parent)) {
		if (!dt_span_is_set(child->set.list))
			return true;
		*child = (claim){ .inherits = false };
		return report(v, depth, DICOMTLS_V_ERR_UNNESTED_RESOURCE);
	}
	if (parent->inherits)
		return true;
	if (!holds(parent, child))
		return report(v, depth, DICOMTLS_V_ERR_UNNESTED_RESOURCE);
	*child = *parent;
	return true;
}

static bool
nest_as_ids(struct dt_verify *v, size_t depth, struct dt_as_ids *child)
{
	struct dt_span content = dt_path_cert(v, depth)->as_ids;
	struct dt_as_ids parent;

	if (!dt_span_is_set(content))
		return (!dt_span_is_set(child->numbers.set.list) &&
			   !dt_span_is_set(child->domains.set.list)) ||
		       report(v, depth, DICOMTLS_V_ERR_UNNESTED_RESOURCE);
	dt_as_ids_read(&parent, content);
	return (dt_as_ids_are_canonical(&parent) ||
		   report(v, depth, DICOMTLS_V_ERR_INVALID_EXTENSION)) &&
	       nest_numbers(v, depth, &parent.numbers, &child->numbers) &&
	       nest_numbers(v, depth, &parent.domains, &child->domains);
}

static enum dt_outcome
check_as_ids(struct dt_verify *v)
{
	struct dt_span anchor = dt_path_cert(v, v->path.count - 1)->as_ids;
	struct dt_as_ids child, last;

	if (!dt_span_is_set(dt_path_cert(v, 0)->as_ids))
		return DT_CONTINUE;
	dt_as_ids_read(&child, dt_path_cert(v, 0)->as_ids);
	if (!dt_as_ids_are_canonical(&child) &&
	    !report(v, 0, DICOMTLS_V_ERR_INVALID_EXTENSION))
		return DT_STOP;
	for (size_t depth = 1; depth < v->path.count; depth++)
		if (!nest_as_ids(v, depth, &child))
			return DT_STOP;
	if (!dt_span_is_set(anchor))
		return DT_CONTINUE;
	dt_as_ids_read(&last, anchor);
	if ((last.numbers.inherits && !report_inheriting_anchor(v)) ||
	    (last.domains.inherits && !report_inheriting_anchor(v)))
		return DT_STOP;
	return DT_CONTINUE;
}

/* The families of one certificate, in its order. */
struct families {
	struct dt_address_family *items;
	size_t count;
};

static bool
read_families(struct families *out, struct dt_span blocks)
{
	struct dt_address_family family;
	struct dt_span rest = blocks;
	size_t count = 0;

	while (dt_address_family_next(&rest, &family))
		count++;
	out->items = calloc(count + 1, sizeof(*out->items));
	out->count = out->items != NULL ? count : 0;
	for (size_t i = 0; i < out->count; i++)
		dt_address_family_next(&blocks, &out->items[i]);
	return out->items != NULL;
}

static const struct dt_address_family *
find(const struct families *families, struct dt_span key)
{
	for (size_t i = 0; i < families->count; i++)
		if (dt_span_equal(families->items[i].key, key))
			return &families->items[i];
	return NULL;
}

/* By key; of those with the same key, the first of the extension first. */
static int
compare_families(const void *a, const void *b)
{
	const struct dt_address_family *x = a, *y = b;
	int order = dt_span_compare(x->key, y->key);

	if (order != 0)
		return order;
	return (x->key.data > y->key.data) - (x->key.data < y->key.data);
}

/* Thousands of families below as many would be looked for one by one. */
static const struct dt_address_family *
find_sorted(const struct families *sorted, struct dt_span key)
{
	size_t low = 0, high = sorted->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (dt_span_compare(sorted->items[middle].key, key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < sorted->count && dt_span_equal(sorted->items[low].key, key)
		   ? &sorted->items[low]
		   : NULL;
}

/* An issuer without the extension: inherited addresses may come from further
 * up. A family with a key of the wrong size ends the verification without an
 * event, here and below, as in OpenSSL. */
static bool
nest_in_nothing(struct dt_verify *v, size_t depth, const struct families *child)
{
	for (size_t i = 0; i < child->count; i++) {
		if (!dt_address_family_is_sound(&child->items[i]))
			return false;
		if (!child->items[i].addresses.inherits)
			return report(
			    v, depth, DICOMTLS_V_ERR_UNNESTED_RESOURCE);
	}
	return true;
}

/* A family that the issuer lacks ends the comparison with this issuer; one
 * that does not fit only itself. Those of the issuer are sorted. */
static bool
nest_families(struct dt_verify *v, size_t depth, struct families *child,
    const struct families *parent)
{
	for (size_t i = 0; i < child->count; i++) {
		struct dt_address_family *c = &child->items[i];
		const struct dt_address_family *p = find_sorted(parent, c->key);

		if (p == NULL && c->addresses.inherits)
			continue;
		if (p == NULL)
			return report(
			    v, depth, DICOMTLS_V_ERR_UNNESTED_RESOURCE);
		if (!dt_address_family_is_sound(c))
			return false;
		if (p->addresses.inherits)
			continue;
		if (holds(&p->addresses, &c->addresses))
			*c = *p;
		else if (!report(v, depth, DICOMTLS_V_ERR_UNNESTED_RESOURCE))
			return false;
	}
	return true;
}

static enum dt_outcome
nest_addresses(struct dt_verify *v, size_t depth, struct families *child)
{
	struct dt_span blocks = dt_path_cert(v, depth)->address_blocks;
	struct families parent;
	bool nested;

	if (!dt_span_is_set(blocks))
		return nest_in_nothing(v, depth, child) ? DT_CONTINUE : DT_STOP;
	if (!dt_address_blocks_are_canonical(blocks) &&
	    !report(v, depth, DICOMTLS_V_ERR_INVALID_EXTENSION))
		return DT_STOP;
	if (!read_families(&parent, blocks))
		return dt_verify_fail(v, DICOMTLS_E_NOMEM, "address blocks");
	qsort(parent.items, parent.count, sizeof(*parent.items),
	    compare_families);
	nested = nest_families(v, depth, child, &parent);
	free(parent.items);
	return nested ? DT_CONTINUE : DT_STOP;
}

static bool
check_anchor(struct dt_verify *v, const struct families *child)
{
	struct dt_span blocks =
	    dt_path_cert(v, v->path.count - 1)->address_blocks;
	struct dt_address_family family;

	while (dt_address_family_next(&blocks, &family)) {
		if (!dt_address_family_is_sound(&family))
			return false;
		if (family.addresses.inherits &&
		    find(child, family.key) != NULL &&
		    !report_inheriting_anchor(v))
			return false;
	}
	return true;
}

static enum dt_outcome
check_addresses(struct dt_verify *v)
{
	struct dt_span blocks = dt_path_cert(v, 0)->address_blocks;
	enum dt_outcome outcome = DT_CONTINUE;
	struct families child;

	if (!dt_span_is_set(blocks))
		return DT_CONTINUE;
	if (!dt_address_blocks_are_canonical(blocks) &&
	    !report(v, 0, DICOMTLS_V_ERR_INVALID_EXTENSION))
		return DT_STOP;
	if (!read_families(&child, blocks))
		return dt_verify_fail(v, DICOMTLS_E_NOMEM, "address blocks");
	for (size_t i = 1; i < v->path.count && outcome == DT_CONTINUE; i++)
		outcome = nest_addresses(v, i, &child);
	if (outcome == DT_CONTINUE && !check_anchor(v, &child))
		outcome = DT_STOP;
	free(child.items);
	return outcome;
}

enum dt_outcome
dt_check_resources(struct dt_verify *v)
{
	enum dt_outcome outcome = check_as_ids(v);

	return outcome == DT_CONTINUE ? check_addresses(v) : outcome;
}
