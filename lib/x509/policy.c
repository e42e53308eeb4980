/*
 * Policy extensions of a certificate: certificatePolicies, policyMappings,
 * policyConstraints, inhibitAnyPolicy (RFC 5280 4.2.1.4, 4.2.1.5, 4.2.1.11,
 * 4.2.1.14), as OpenSSL's policy_cache_new reads them. Qualifiers are checked
 * for their form and otherwise left alone: no decision depends on them.
 */
#include "x509/policy.h"

#include "base/der.h"
#include "x509/cert.h"
#include "x509/shape.h"

#include "dicomtls.h"

#include <stdlib.h>

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

struct mapping {
	struct dt_span issuer;
	struct dt_span subject;
};

static const uint8_t any_policy[] = { 0x55, 0x1d, 0x20, 0x00 };
const struct dt_span dt_oid_any_policy = { any_policy, sizeof(any_policy) };

/* id-qt, 1.3.6.1.5.5.7.2 */
static const uint8_t cps[] = { 0x2b, 6, 1, 5, 5, 7, 2, 1 };
static const uint8_t unotice[] = { 0x2b, 6, 1, 5, 5, 7, 2, 2 };

static const struct {
	struct dt_span oid;
	const struct dt_shape *shape;
} qualifier_shapes[] = {
	{ { cps, sizeof(cps) }, &dt_shape_cps_uri },
	{ { unotice, sizeof(unotice) }, &dt_shape_user_notice },
};

static bool
is_any(struct dt_span oid)
{
	return dt_span_equal(oid, dt_oid_any_policy);
}

static int
compare_policies(const void *a, const void *b)
{
	const struct dt_policy *x = a, *y = b;

	return dt_span_compare(x->oid, y->oid);
}

static int
compare_mappings(const void *a, const void *b)
{
	const struct mapping *x = a, *y = b;
	int order = dt_span_compare(x->issuer, y->issuer);

	return order != 0 ? order : dt_span_compare(x->subject, y->subject);
}

static struct dt_policy *
find(struct dt_policy *items, size_t count, struct dt_span oid)
{
	struct dt_policy key = { .oid = oid };

	return count == 0
		   ? NULL
		   : bsearch(&key, items, count, sizeof(key), compare_policies);
}

const struct dt_policy *
dt_policies_find(const struct dt_policies *policies, struct dt_span oid)
{
	return find(policies->items, policies->count, oid);
}

static size_t
count_elements(struct dt_span in)
{
	struct dt_der element;
	size_t count = 0;

	while (dt_der_next(&in, &element))
		count++;
	return count;
}

/* policy_cache_set_int. A number that does not fit a long reads as -1, which
 * is as if it were not there (ASN1_INTEGER_get). */
static bool
read_skip(struct dt_span content, long *skip)
{
	long value;

	if ((content.data[0] & 0x80) != 0)
		return false;
	*skip = dt_der_long(content, &value) ? value : -1;
	return true;
}

/* 1 and the contents of an extension that is there, 0 if it is not; one that
 * is there twice or misshapen is an error. */
static int
find_extension(const struct dt_cert *cert, struct dt_span oid,
    const struct dt_shape *shape, struct dt_span *content)
{
	enum dt_extension_state state = dt_extension_get(
	    cert->extensions, cert->extension_count, oid, shape, content);

	return state < 0 ? DICOMTLS_E_FORMAT : (int)state;
}

/* Counts even where no policies are listed. RFC 5280 4.2.1.11: not empty. */
static int
decode_constraints(struct dt_cert *cert)
{
	struct dt_policies *p = &cert->policies;
	struct dt_span in;
	struct dt_der part;
	int rc = find_extension(
	    cert, dt_oid_policy_constraints, &dt_shape_policy_constraints, &in);

	if (rc <= 0)
		return rc;
	if (in.size == 0)
		return DICOMTLS_E_FORMAT;
	if (dt_der_take(&in, DT_DER_CONTEXT, &part) &&
	    !read_skip(part.content, &p->require_explicit))
		return DICOMTLS_E_FORMAT;
	if (dt_der_take(&in, DT_DER_CONTEXT | 1, &part) &&
	    !read_skip(part.content, &p->inhibit_mapping))
		return DICOMTLS_E_FORMAT;
	return 0;
}

/* in: the rest of a PolicyInformation, whose outer shape is known to fit. */
static bool
qualifiers_fit(struct dt_span in)
{
	struct dt_der list, qualifier, oid;

	if (!dt_der_next(&in, &list))
		return true;
	while (dt_der_next(&list.content, &qualifier)) {
		if (!dt_der_next(&qualifier.content, &oid))
			return false;
		for (size_t i = 0; i < COUNT(qualifier_shapes); i++)
			if (dt_span_equal(
				oid.content, qualifier_shapes[i].oid) &&
			    !dt_shape_fits(qualifier_shapes[i].shape,
				qualifier.content, NULL))
				return false;
	}
	return true;
}

static bool
read_policy(struct dt_policies *p, struct dt_span info)
{
	struct dt_der oid;

	if (!dt_der_next(&info, &oid) || !qualifiers_fit(info))
		return false;
	if (!is_any(oid.content)) {
		p->items[p->count++].oid = oid.content;
		return true;
	}
	if (p->has_any)
		return false;
	p->has_any = true;
	return true;
}

/* RFC 5280 4.2.1.4: no policy twice. */
static int
read_policies(struct dt_arena *arena, struct dt_policies *p, struct dt_span in)
{
	struct dt_der info;

	p->items = dt_arena_array(arena, count_elements(in), sizeof(*p->items));
	if (p->items == NULL)
		return DICOMTLS_E_NOMEM;
	while (dt_der_next(&in, &info))
		if (!read_policy(p, info.content))
			return DICOMTLS_E_FORMAT;
	qsort(p->items, p->count, sizeof(*p->items), compare_policies);
	for (size_t i = 1; i < p->count; i++)
		if (compare_policies(&p->items[i - 1], &p->items[i]) == 0)
			return DICOMTLS_E_FORMAT;
	p->is_listed = true;
	return 0;
}

/* Subject policies of count mappings from one issuer policy, each once. */
static void
put_expected(
    struct dt_policy *policy, const struct mapping *mappings, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (i == 0 ||
		    compare_mappings(&mappings[i - 1], &mappings[i]) != 0)
			policy->expected[policy->expected_count++] =
			    mappings[i].subject;
}

/*
 * A mapping from a policy that is not listed makes it one where anyPolicy is
 * listed, and is passed over where it is not. Such policies are linked like
 * listed ones, also where anyPolicy itself is inhibited.
 */
static void
apply_mappings(
    struct dt_policies *p, const struct mapping *mappings, size_t count)
{
	size_t listed = p->count, end;

	for (size_t i = 0; i < count; i = end) {
		struct dt_policy *policy =
		    find(p->items, listed, mappings[i].issuer);

		for (end = i + 1; end < count; end++)
			if (!dt_span_equal(
				mappings[end].issuer, mappings[i].issuer))
				break;
		if (policy == NULL) {
			if (!p->has_any)
				continue;
			policy = &p->items[p->count++];
			*policy = (struct dt_policy){ .oid = mappings[i].issuer,
				.carried_unmapped = end == i + 1 };
		}
		policy->expected = p->expected + i;
		put_expected(policy, mappings + i, end - i);
	}
	qsort(p->items, p->count, sizeof(*p->items), compare_policies);
}

/* RFC 5280 4.2.1.5: neither to nor from anyPolicy. */
static int
read_mappings(struct mapping *mappings, size_t count, struct dt_span in)
{
	struct dt_der pair, issuer, subject;

	for (size_t i = 0; i < count; i++) {
		if (!dt_der_next(&in, &pair) ||
		    !dt_der_next(&pair.content, &issuer) ||
		    !dt_der_next(&pair.content, &subject) ||
		    is_any(issuer.content) || is_any(subject.content))
			return DICOMTLS_E_FORMAT;
		mappings[i] =
		    (struct mapping){ issuer.content, subject.content };
	}
	qsort(mappings, count, sizeof(*mappings), compare_mappings);
	return 0;
}

static int
decode_mappings(struct dt_cert *cert)
{
	struct dt_policies *p = &cert->policies;
	struct mapping *mappings;
	struct dt_policy *items;
	struct dt_span in;
	size_t count;
	int rc = find_extension(
	    cert, dt_oid_policy_mappings, &dt_shape_policy_mappings, &in);

	if (rc <= 0)
		return rc;
	if (in.size == 0)
		return DICOMTLS_E_FORMAT;
	count = count_elements(in);
	items = dt_arena_array(&cert->arena, p->count + count, sizeof(*items));
	p->expected = dt_arena_array(&cert->arena, count, sizeof(*p->expected));
	mappings = dt_arena_array(&cert->arena, count, sizeof(*mappings));
	if (items == NULL || p->expected == NULL || mappings == NULL)
		return DICOMTLS_E_NOMEM;
	if (p->count > 0)
		memcpy(items, p->items, p->count * sizeof(*items));
	p->items = items;
	rc = read_mappings(mappings, count, in);
	if (rc == 0)
		apply_mappings(p, mappings, count);
	return rc;
}

static int
decode_inhibit_any(struct dt_cert *cert)
{
	struct dt_span content;
	int rc = find_extension(
	    cert, dt_oid_inhibit_any_policy, &dt_shape_integer, &content);

	if (rc <= 0)
		return rc;
	return read_skip(content, &cert->policies.inhibit_any)
		   ? 0
		   : DICOMTLS_E_FORMAT;
}

/* Without policies the reference looks at neither mappings nor
 * inhibitAnyPolicy, whatever they hold. An empty list of policies, which
 * RFC 5280 does not allow, is to it like an absent one. */
static int
decode_policies(struct dt_cert *cert)
{
	struct dt_span in;
	int rc = find_extension(cert, dt_oid_policies, &dt_shape_policies, &in);

	if (rc <= 0)
		return rc;
	if (in.size == 0)
		return 0;
	rc = read_policies(&cert->arena, &cert->policies, in);
	if (rc == 0)
		rc = decode_mappings(cert);
	if (rc == 0)
		rc = decode_inhibit_any(cert);
	return rc;
}

int
dt_policies_decode(struct dt_cert *cert)
{
	int rc;

	cert->policies.require_explicit = -1;
	cert->policies.inhibit_mapping = -1;
	cert->policies.inhibit_any = -1;
	rc = decode_constraints(cert);
	if (rc == 0)
		rc = decode_policies(cert);
	if (rc == DICOMTLS_E_FORMAT) {
		cert->flags |= DT_CERT_INVALID_POLICY;
		return 0;
	}
	return rc;
}
