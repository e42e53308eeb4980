/*
 * Policies along a path (RFC 5280 6.1), judged on a graph.
 *
 * RFC 5280 describes a tree in which a policy reached on several ways stands
 * several times, each time with the same subtree; mappings can double it with
 * every certificate. Here such nodes are one (the idea of RFC 9618 3), with
 * an edge for each way in, so that the work grows with what the certificates
 * hold.
 *
 * The reference builds the tree and gives up when it would exceed
 * DT_MAX_POLICY_NODES, nodes that were pruned since included. A node of the
 * graph therefore has a weight: for how many nodes of that tree it stands. It
 * is the sum of the weights it is reached from, so the size of the tree is
 * known without the tree.
 */
#ifndef DICOMTLS_VERIFY_POLICY_GRAPH_H
#define DICOMTLS_VERIFY_POLICY_GRAPH_H

#include "x509/policy.h"

#include <stdint.h>

/* One certificate. */
struct dt_policy_step {
	const struct dt_policies *policies;
	bool is_self_issued;
	bool is_invalid; /* its policy extensions cannot be used */
};

struct dt_policy_request {
	/* From the certificate below the anchor to the leaf. */
	const struct dt_policy_step *steps;
	size_t count;
	uint32_t flags; /* of these, DICOMTLS_F_EXPLICIT_POLICY, INHIBIT_ANY,
			 * INHIBIT_MAP count */
	const struct dt_span *initial; /* user-initial-policy-set, OIDs */
	size_t initial_count;
};

enum dt_policy_answer {
	DT_POLICY_VALID,
	DT_POLICY_INVALID,	/* a certificate is_invalid, and it matters */
	DT_POLICY_NOT_EXPLICIT, /* a policy is required and none is left */
	DT_POLICY_TOO_LARGE	/* the reference's tree would be too large */
};

/* How much was built. */
struct dt_policy_size {
	size_t nodes;
	size_t edges;
	size_t tree; /* nodes the reference has made for the same */
};

/* 0 and the answer, or DICOMTLS_E_NOMEM. size may be NULL. */
int dt_policy_graph_judge(const struct dt_policy_request *request,
    enum dt_policy_answer *answer, struct dt_policy_size *size);

#endif
