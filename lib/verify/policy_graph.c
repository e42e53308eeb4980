/*
 * The policy graph of a path and what is left of it at the leaf: RFC 5280
 * 6.1.2 to 6.1.5 with the deviations of OpenSSL's X509_policy_check, each
 * named where it is made. Qualifiers are left out, no decision depends on
 * them.
 */
#include "verify/policy_graph.h"

#include "base/limits.h"

#include "dicomtls.h"

#include <stdlib.h>

#define NONE SIZE_MAX

struct node {
	struct dt_span oid;
	const struct dt_policy *policy; /* NULL: anyPolicy, or carried on by
					 * it and so without mappings */
	size_t weight;
	bool is_any;
	bool is_dropped; /* mapped where mapping is inhibited */
	bool is_live;	 /* the leaf's level is reached from it */
};

struct edge {
	size_t from;
	size_t to;
};

/* A policy of the level above that this certificate does not list. */
struct carried {
	struct dt_span oid;
	size_t from;
};

/* No node weighs nothing, so none of the arrays can outgrow the limit on the
 * weight. */
struct graph {
	struct node nodes[DT_MAX_POLICY_NODES];
	size_t node_count;
	struct edge edges[DT_MAX_POLICY_NODES];
	size_t edge_count;
	struct carried carried[DT_MAX_POLICY_NODES];
	size_t carried_count;
	size_t weight;

	/* The certificate whose level is being linked. */
	const struct dt_policies *policies;
	bool any_counts;  /* its anyPolicy may be used */
	size_t level;	  /* first node of the level */
	size_t any_above; /* anyPolicy of the level above, or NONE */
	size_t *slots;	  /* node of each policy of the certificate */
};

/* Skip counts of RFC 5280 6.1.2 (d), (e), (f). */
struct skips {
	size_t explicit_policy;
	size_t any;
	size_t mapping;
};

static struct skips
initial_skips(const struct dt_policy_request *request)
{
	size_t off = request->count + 1;

	return (struct skips){
		(request->flags & DICOMTLS_F_EXPLICIT_POLICY) != 0 ? 0 : off,
		(request->flags & DICOMTLS_F_INHIBIT_ANY) != 0 ? 0 : off,
		(request->flags & DICOMTLS_F_INHIBIT_MAP) != 0 ? 0 : off
	};
}

/* RFC 5280 6.1.4 (h), (i), (j): one certificate further, and no more than it
 * allows. The leaf counts like any other. */
static size_t
count_down(size_t skip, bool is_self_issued, long limit)
{
	if (skip > 0 && !is_self_issued)
		skip--;
	if (limit >= 0 && (unsigned long)limit < skip)
		skip = (size_t)limit;
	return skip;
}

/*
 * What is known without a tree. Answers VALID where one is to be built. The
 * walk ends at the first certificate by which a policy is required and none
 * was listed: what is wrong with later ones does not count then.
 */
static enum dt_policy_answer
scan(const struct dt_policy_request *request, bool *is_required, bool *is_empty)
{
	size_t skip = initial_skips(request).explicit_policy;

	*is_empty = false;
	for (size_t i = 0; i < request->count; i++) {
		const struct dt_policy_step *step = &request->steps[i];

		if (skip == 0 && *is_empty)
			break;
		if (step->is_invalid)
			return DT_POLICY_INVALID;
		if (!step->policies->is_listed)
			*is_empty = true;
		skip = count_down(skip, step->is_self_issued,
		    step->policies->require_explicit);
	}
	*is_required = skip == 0;
	return DT_POLICY_VALID;
}

static bool
link(struct graph *g, size_t from, size_t to)
{
	size_t weight = g->nodes[from].weight;

	if (weight > DT_MAX_POLICY_NODES - g->weight)
		return false;
	g->weight += weight;
	g->nodes[to].weight += weight;
	g->edges[g->edge_count++] = (struct edge){ from, to };
	return true;
}

/* Adds a node and the first edge to it. */
static bool
add(struct graph *g, size_t from, const struct node *node)
{
	if (g->node_count == DT_MAX_POLICY_NODES)
		return false;
	g->nodes[g->node_count] = *node;
	return link(g, from, g->node_count++);
}

/* Adds an edge to the node of a listed policy, which the first edge makes. */
static bool
link_policy(struct graph *g, size_t from, const struct dt_policy *policy)
{
	size_t *slot = &g->slots[policy - g->policies->items];
	struct node node = { .oid = policy->oid, .policy = policy };

	if (*slot != NONE)
		return link(g, from, *slot);
	*slot = g->node_count;
	return add(g, from, &node);
}

static bool
carry(struct graph *g, size_t from, struct dt_span oid)
{
	if (!g->any_counts)
		return true;
	if (g->carried_count == DT_MAX_POLICY_NODES)
		return false;
	g->carried[g->carried_count++] = (struct carried){ oid, from };
	return true;
}

/* RFC 5280 6.1.3 (d)(1)(i): an edge to each listed policy that the node
 * expects. What is not listed is left to anyPolicy. */
static bool
link_expected(struct graph *g, size_t from)
{
	const struct dt_policy *own = g->nodes[from].policy;
	bool is_mapped = own != NULL && own->expected_count > 0;
	const struct dt_span *expected =
	    is_mapped ? own->expected : &g->nodes[from].oid;
	size_t count = is_mapped ? own->expected_count : 1;

	for (size_t i = 0; i < count; i++) {
		const struct dt_policy *found =
		    dt_policies_find(g->policies, expected[i]);
		struct dt_span rest =
		    is_mapped && own->carried_unmapped ? own->oid : expected[i];

		if (!(found != NULL ? link_policy(g, from, found)
				    : carry(g, from, rest)))
			return false;
	}
	return true;
}

/* RFC 5280 6.1.3 (d)(1)(ii): what no node expects comes from anyPolicy. */
static bool
link_unexpected(struct graph *g)
{
	if (g->any_above == NONE)
		return true;
	for (size_t i = 0; i < g->policies->count; i++)
		if (g->slots[i] == NONE &&
		    !link_policy(g, g->any_above, &g->policies->items[i]))
			return false;
	return true;
}

static int
compare_carried(const void *a, const void *b)
{
	const struct carried *x = a, *y = b;

	return dt_span_compare(x->oid, y->oid);
}

/* RFC 5280 6.1.3 (d)(2): anyPolicy stands for what is not listed. */
static bool
link_carried(struct graph *g)
{
	qsort(
	    g->carried, g->carried_count, sizeof(*g->carried), compare_carried);
	for (size_t i = 0; i < g->carried_count; i++) {
		const struct carried *c = &g->carried[i];
		struct node node = { .oid = c->oid };
		bool is_new = i == 0 || compare_carried(c - 1, c) != 0;

		if (!(is_new ? add(g, c->from, &node)
			     : link(g, c->from, g->node_count - 1)))
			return false;
	}
	return true;
}

static bool
link_any(struct graph *g)
{
	struct node any = { .oid = dt_oid_any_policy, .is_any = true };
	size_t from = g->any_above;

	g->any_above = NONE;
	if (!g->any_counts || from == NONE)
		return true;
	g->any_above = g->node_count;
	return add(g, from, &any);
}

/* One certificate further down; false if the tree would be too large. */
static bool
link_level(struct graph *g)
{
	size_t above = g->level;

	g->level = g->node_count;
	g->carried_count = 0;
	for (size_t i = 0; i < g->policies->count; i++)
		g->slots[i] = NONE;
	for (size_t i = above; i < g->level; i++)
		if (!g->nodes[i].is_any && !g->nodes[i].is_dropped &&
		    !link_expected(g, i))
			return false;
	return link_unexpected(g) && link_carried(g) && link_any(g);
}

/* RFC 5280 6.1.4 (b)(2). True if anything is left of the level. */
static bool
prune_level(struct graph *g, bool may_map)
{
	bool is_left = false;

	for (size_t i = g->level; i < g->node_count; i++) {
		struct node *node = &g->nodes[i];

		node->is_dropped = !may_map && node->policy != NULL &&
				   node->policy->expected_count > 0;
		is_left |= !node->is_dropped;
	}
	return is_left;
}

/* The root, and then level by level. is_empty: nothing is left somewhere. */
static bool
build(struct graph *g, const struct dt_policy_request *request, bool *is_empty)
{
	struct skips skips = initial_skips(request);

	g->nodes[g->node_count++] = (struct node){
		.oid = dt_oid_any_policy, .weight = 1, .is_any = true
	};
	g->weight = 1;
	for (size_t i = 0; i < request->count; i++) {
		const struct dt_policy_step *step = &request->steps[i];
		const struct dt_policies *p = step->policies;
		bool is_last = i + 1 == request->count;

		g->policies = p;
		g->any_counts =
		    p->has_any &&
		    (skips.any > 0 || (step->is_self_issued && !is_last));
		if (!link_level(g))
			return false;
		*is_empty = !prune_level(g, skips.mapping > 0);
		if (*is_empty)
			return true;
		skips.any =
		    count_down(skips.any, step->is_self_issued, p->inhibit_any);
		skips.mapping = count_down(
		    skips.mapping, step->is_self_issued, p->inhibit_mapping);
	}
	return true;
}

static int
compare_oids(const void *a, const void *b)
{
	const struct dt_span *x = a, *y = b;

	return dt_span_compare(*x, *y);
}

/* RFC 5280 6.1.5 (g)(iii)(1): policies below anyPolicy from which the leaf's
 * level is reached, sorted. Edges lead downwards in the order they were made,
 * so one pass backwards tells which nodes reach it. */
static size_t
collect_valid(struct graph *g, struct dt_span *oids)
{
	size_t count = 0;

	for (size_t i = g->level; i < g->node_count; i++)
		g->nodes[i].is_live = !g->nodes[i].is_dropped;
	for (size_t i = g->edge_count; i > 0; i--) {
		struct node *from = &g->nodes[g->edges[i - 1].from];
		const struct node *to = &g->nodes[g->edges[i - 1].to];

		from->is_live |= to->is_live;
		if (from->is_any && to->is_live && !to->is_any)
			oids[count++] = to->oid;
	}
	qsort(oids, count, sizeof(*oids), compare_oids);
	return count;
}

/*
 * RFC 5280 6.1.5 (g)(iii), with two deviations. An empty initial set accepts
 * nothing, where the RFC has no such set and its default is anyPolicy. And a
 * policy that only the leaf's anyPolicy covers adds a node to the tree, once
 * for each time it is in the set.
 */
static bool
intersect(
    struct graph *g, const struct dt_policy_request *request, bool *is_accepted)
{
	struct dt_span valid[DT_MAX_POLICY_NODES];
	size_t count = collect_valid(g, valid);

	*is_accepted = true;
	for (size_t i = 0; i < request->initial_count; i++)
		if (dt_span_equal(request->initial[i], dt_oid_any_policy))
			return true;
	*is_accepted = false;
	for (size_t i = 0; i < request->initial_count; i++) {
		bool is_valid = bsearch(&request->initial[i], valid, count,
				    sizeof(*valid), compare_oids) != NULL;

		if (!is_valid && g->any_above == NONE)
			continue;
		if (!is_valid && g->weight++ == DT_MAX_POLICY_NODES)
			return false;
		*is_accepted = true;
	}
	return true;
}

static enum dt_policy_answer
judge(struct graph *g, const struct dt_policy_request *request)
{
	bool is_required = false, is_empty = false, is_accepted = false;
	enum dt_policy_answer answer = scan(request, &is_required, &is_empty);

	if (answer != DT_POLICY_VALID)
		return answer;
	if (!is_empty && !build(g, request, &is_empty))
		return DT_POLICY_TOO_LARGE;
	if (!is_empty && !intersect(g, request, &is_accepted))
		return DT_POLICY_TOO_LARGE;
	return is_required && !is_accepted ? DT_POLICY_NOT_EXPLICIT
					   : DT_POLICY_VALID;
}

static size_t
most_policies(const struct dt_policy_request *request)
{
	size_t most = 0;

	for (size_t i = 0; i < request->count; i++)
		if (request->steps[i].policies->count > most)
			most = request->steps[i].policies->count;
	return most;
}

int
dt_policy_graph_judge(const struct dt_policy_request *request,
    enum dt_policy_answer *answer, struct dt_policy_size *size)
{
	struct graph *g = calloc(1, sizeof(*g));
	int rc = DICOMTLS_E_NOMEM;

	if (g == NULL)
		return rc;
	g->any_above = 0;
	g->slots = calloc(most_policies(request) + 1, sizeof(*g->slots));
	if (g->slots == NULL)
		goto out;
	/* Not for a path without certificates below the anchor: nothing is
	 * required of it, whatever was asked for. */
	*answer = request->count == 0 ? DT_POLICY_VALID : judge(g, request);
	if (size != NULL)
		*size = (struct dt_policy_size){ g->node_count, g->edge_count,
			g->weight };
	rc = 0;
out:
	free(g->slots);
	free(g);
	return rc;
}
