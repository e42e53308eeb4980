/* Policies along a path. Expectations are RFC 5280 6.1 carried out by hand;
 * where the reference deviates, the test says so, and a case of the same rule
 * in tests/conformance/cases/policy.cases has its recorded trace. */
#include "verify/policy_graph.h"

#include "base/limits.h"

#include "dicomtls.h"

#include <criterion/criterion.h>

#define MOST_STEPS 64

/* Policies are single letters here, "*" is anyPolicy. */
static const uint8_t letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

static struct dt_policies policies[MOST_STEPS];
static struct dt_policy items[MOST_STEPS][26];
static struct dt_span expected[MOST_STEPS][26 * 26];
static struct dt_policy_step steps[MOST_STEPS];
static struct dt_span initial[8];
static struct dt_policy_request request;
static struct dt_policy_size size;

static struct dt_span
oid(char letter)
{
	return letter == '*' ? dt_oid_any_policy
			     : dt_span(&letters[letter - 'A'], 1);
}

static void
map(struct dt_policies *p, const char *from_to)
{
	struct dt_policy *policy = NULL;

	for (size_t i = 0; i < p->count; i++)
		if (dt_span_equal(p->items[i].oid, oid(from_to[0])))
			policy = &p->items[i];
	cr_assert_not_null(policy);
	if (policy->expected_count == 0)
		policy->expected =
		    p->expected + 26 * (size_t)(from_to[0] - 'A');
	policy->expected[policy->expected_count++] = oid(from_to[1]);
}

/* One certificate more. list: its policies, sorted, NULL for none; mappings:
 * pairs of letters, or NULL. */
static struct dt_policy_step *
below(const char *list, const char *mappings)
{
	size_t n = request.count++;
	struct dt_policies *p = &policies[n];

	*p = (struct dt_policies){ .is_listed = list != NULL,
		.items = items[n],
		.expected = expected[n],
		.require_explicit = -1,
		.inhibit_mapping = -1,
		.inhibit_any = -1 };
	for (; list != NULL && *list != '\0'; list++) {
		if (*list == '*')
			p->has_any = true;
		else
			items[n][p->count++] =
			    (struct dt_policy){ .oid = oid(*list) };
	}
	for (; mappings != NULL && *mappings != '\0'; mappings += 2)
		map(p, mappings);
	steps[n] = (struct dt_policy_step){ .policies = p };
	request.steps = steps;
	return &steps[n];
}

static struct dt_policies *
last(void)
{
	return &policies[request.count - 1];
}

static enum dt_policy_answer
judge(const char *accepted, uint32_t flags)
{
	enum dt_policy_answer answer;

	request.flags = flags;
	request.initial = initial;
	request.initial_count = strlen(accepted);
	for (size_t i = 0; accepted[i] != '\0'; i++)
		initial[i] = oid(accepted[i]);
	cr_assert_eq(dt_policy_graph_judge(&request, &answer, &size), 0);
	return answer;
}

/* Whether a policy of the set is left at the leaf. */
static bool
accepts(const char *accepted)
{
	return judge(accepted, DICOMTLS_F_EXPLICIT_POLICY) == DT_POLICY_VALID;
}

Test(policy_graph, the_anchor_alone_needs_no_policy)
{
	cr_expect(accepts("A"));
	cr_expect(accepts(""));
}

Test(policy_graph, a_policy_holds_if_all_list_it)
{
	below("AB", NULL);
	below("BC", NULL);
	cr_expect(accepts("B"));
	cr_expect(accepts("AB"));
	cr_expect_not(accepts("A"));
	cr_expect_not(accepts("C"));
}

/* RFC 5280 6.1.1 (c): any-policy is the default; the reference knows no
 * default. */
Test(policy_graph, any_policy_has_to_be_said)
{
	below("A", NULL);
	below("A", NULL);
	cr_expect(accepts("*"));
	cr_expect(accepts("C*"));
	cr_expect_not(accepts(""));
}

Test(policy_graph, without_requirement_anything_is_valid)
{
	below("A", NULL);
	below("B", NULL);
	cr_expect_eq(judge("C", 0), DT_POLICY_VALID);
	below(NULL, NULL);
	cr_expect_eq(judge("C", 0), DT_POLICY_VALID);
}

Test(policy_graph, one_without_policies_ends_them_all)
{
	below("A", NULL);
	below(NULL, NULL);
	below("A", NULL);
	cr_expect_not(accepts("A"));
	cr_expect_not(accepts("*"));
}

Test(policy_graph, the_initial_set_is_in_the_first_domain)
{
	below("A", "AB");
	below("B", "BC");
	below("C", NULL);
	cr_expect(accepts("A"));
	cr_expect_not(accepts("B"));
	cr_expect_not(accepts("C"));
}

Test(policy_graph, what_is_mapped_does_not_hold_under_its_old_name)
{
	below("A", "AB");
	below("A", NULL);
	cr_expect_not(accepts("A"));
}

Test(policy_graph, any_policy_carries_on_what_is_not_listed)
{
	below("AB", "AC");
	below("*B", NULL);
	below("BC", NULL);
	cr_expect(accepts("A"));
	cr_expect(accepts("B"));
	cr_expect_not(accepts("C"));
}

/* Not in RFC 5280: see dt_policy.carried_unmapped. */
Test(policy_graph, one_mapped_from_any_policy_is_carried_on_unmapped)
{
	below("A*", "AB");
	items[0][0].carried_unmapped = true;
	below("*", NULL);
	below("B", NULL);
	cr_expect_not(accepts("A"));
	cr_expect(accepts("B"));
	items[0][0].carried_unmapped = false;
	cr_expect(accepts("A"));
	cr_expect_not(accepts("B"));
}

Test(policy_graph, any_policy_at_the_leaf_accepts_all_or_what_came_down)
{
	below("*", NULL);
	below("*", NULL);
	cr_expect(accepts("Q"));
	request.count = 0;
	below("A", NULL);
	below("*", NULL);
	cr_expect(accepts("A"));
	cr_expect_not(accepts("Q"));
}

Test(policy_graph, any_policy_can_be_inhibited)
{
	below("*", NULL);
	last()->inhibit_any = 0;
	below("*", NULL);
	cr_expect_not(accepts("A"));
	policies[0].inhibit_any = 1;
	cr_expect(accepts("A"));
	cr_expect_eq(
	    judge("A", DICOMTLS_F_EXPLICIT_POLICY | DICOMTLS_F_INHIBIT_ANY),
	    DT_POLICY_NOT_EXPLICIT);
}

/* RFC 5280 6.1.3 (d)(2): or i is less than n and it is self-issued. */
Test(policy_graph, inhibited_any_policy_counts_if_self_issued_above_the_leaf)
{
	below("A", NULL);
	last()->inhibit_any = 0;
	below("*", NULL)->is_self_issued = true;
	cr_expect_not(accepts("A"));
	below("A", NULL);
	cr_expect(accepts("A"));
}

Test(policy_graph, inhibited_mapping_drops_what_is_mapped)
{
	below("A", NULL);
	last()->inhibit_mapping = 0;
	below("AC", "AB");
	below("AB", NULL);
	cr_expect_not(accepts("A"));
	policies[0].inhibit_mapping = 1;
	cr_expect(accepts("A"));
	cr_expect_eq(
	    judge("A", DICOMTLS_F_EXPLICIT_POLICY | DICOMTLS_F_INHIBIT_MAP),
	    DT_POLICY_NOT_EXPLICIT);
}

Test(policy_graph, a_requirement_counts_down_to_zero)
{
	below("A", NULL);
	last()->require_explicit = 2;
	below("A", NULL);
	below("B", NULL);
	cr_expect_eq(judge("A", 0), DT_POLICY_NOT_EXPLICIT);
	steps[1].is_self_issued = true;
	cr_expect_eq(judge("A", 0), DT_POLICY_VALID);
	policies[0].require_explicit = 3;
	steps[1].is_self_issued = false;
	cr_expect_eq(judge("A", 0), DT_POLICY_VALID);
}

Test(policy_graph, the_leaf_may_require_too)
{
	below("A", NULL);
	below("B", NULL);
	last()->require_explicit = 0;
	cr_expect_eq(judge("A", 0), DT_POLICY_NOT_EXPLICIT);
}

Test(policy_graph, an_invalid_one_counts_until_all_is_decided)
{
	below(NULL, NULL);
	below("A", NULL)->is_invalid = true;
	cr_expect_eq(judge("A", 0), DT_POLICY_INVALID);
	cr_expect_eq(
	    judge("A", DICOMTLS_F_EXPLICIT_POLICY), DT_POLICY_NOT_EXPLICIT);
}

/* Each certificate maps two policies to two: the tree doubles, the graph
 * grows by two nodes and four edges. */
Test(policy_graph, the_graph_grows_evenly_where_the_tree_doubles)
{
	size_t tree = 1;

	for (size_t n = 1; n <= 8; n++) {
		below("AB", "AAABBABB");
		tree += (size_t)1 << n;
		cr_expect_eq(judge("A", 0), DT_POLICY_VALID);
		cr_expect_eq(size.tree, tree, "%zu certificates", n);
		cr_expect_eq(size.nodes, 1 + 2 * n, "%zu certificates", n);
		cr_expect_eq(
		    size.edges, 2 + 4 * (n - 1), "%zu certificates", n);
	}
}

/* 1 + 2 + 4 + ... + 512 > 1000: the reference gives up at the ninth. */
Test(policy_graph, a_tree_over_the_limit_is_refused_before_it_costs)
{
	while (request.count < MOST_STEPS)
		below("AB", "AAABBABB");
	cr_expect_eq(judge("A", 0), DT_POLICY_TOO_LARGE);
	cr_expect(size.nodes <= 1 + 2 * 9);
	cr_expect(size.edges <= 4 * 9);
	cr_expect(size.tree <= DT_MAX_POLICY_NODES);
}

/* 62 certificates with anyPolicy and 15 policies: 1 + 62 * 16 = 993. */
Test(policy_graph, the_limit_is_a_thousand_nodes)
{
	while (request.count < 62)
		below("ABCDEFGHIJKLMNO*", NULL);
	cr_expect_eq(judge("A", 0), DT_POLICY_VALID);
	cr_expect_eq(size.tree, 993);
	below("ABCDEFG", NULL);
	cr_expect_eq(judge("A", 0), DT_POLICY_VALID);
	cr_expect_eq(size.tree, DT_MAX_POLICY_NODES);
	below("A", NULL);
	cr_expect_eq(judge("A", 0), DT_POLICY_TOO_LARGE);
}

/* X509_policy_check makes a node for each policy of the set that only
 * anyPolicy covers; not if anyPolicy is in the set. */
Test(policy_graph, the_initial_set_counts_against_the_limit)
{
	while (request.count < 62)
		below("ABCDEFGHIJKLMNO*", NULL);
	cr_expect_eq(judge("TUVWXYZ", 0), DT_POLICY_VALID);
	cr_expect_eq(judge("ATUVWXYZ", 0), DT_POLICY_VALID);
	cr_expect_eq(judge("STUVWXYZ", 0), DT_POLICY_TOO_LARGE);
	cr_expect_eq(judge("ZZZZZZZZ", 0), DT_POLICY_TOO_LARGE);
	cr_expect_eq(judge("TUVWXYZ*", 0), DT_POLICY_VALID);
}
