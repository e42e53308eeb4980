/*
 * Policies (RFC 5280 6.1.2 to 6.1.5; OpenSSL's check_policy), only with
 * DICOMTLS_F_POLICY_CHECK. The graph decides, this file hands it the path and
 * reports. Not covered: a chain that ends in a bare key (DANE).
 */
#include "verify/policy_graph.h"
#include "verify/report.h"
#include "verify/stages.h"

#include <stdlib.h>

static bool
is_invalid(const struct dt_verify *v, size_t depth)
{
	return (dt_path_cert(v, depth)->flags & DT_CERT_INVALID_POLICY) != 0;
}

/* The anchor's policies are not asked for (RFC 5280 6.1), and the reference
 * does not decode them; but it knows what it has decoded: an anchor that also
 * stands lower in the path. */
static bool
is_decoded(const struct dt_verify *v, size_t depth)
{
	if (depth + 1 < v->path.count)
		return true;
	for (size_t i = 0; i < depth; i++)
		if (v->path.items[i] == v->path.items[depth])
			return true;
	return false;
}

/* Every certificate that cannot be used is named, also those the judgement
 * did not get to; there is no notice then. */
static enum dt_outcome
report_invalid(struct dt_verify *v)
{
	for (size_t i = 0; i < v->path.count; i++)
		if (is_invalid(v, i) && is_decoded(v, i) &&
		    dt_report_at(v, i,
			DICOMTLS_V_ERR_INVALID_POLICY_EXTENSION) != DT_CONTINUE)
			return DT_STOP;
	return DT_CONTINUE;
}

static enum dt_outcome
report_not_explicit(struct dt_verify *v)
{
	return dt_report_policies(v, DICOMTLS_V_ERR_NO_EXPLICIT_POLICY);
}

/* To the reference its limit looks like a lack of memory. */
static enum dt_outcome
fail_too_large(struct dt_verify *v)
{
	v->error = DICOMTLS_V_ERR_OUT_OF_MEM;
	return DT_FAILED;
}

static enum dt_outcome
notify(struct dt_verify *v)
{
	if (!dt_params_has(v->params, DICOMTLS_F_NOTIFY_POLICY))
		return DT_CONTINUE;
	return dt_report_policies(v, 0);
}

static enum dt_outcome (*const conclusions[])(struct dt_verify *v) = {
	[DT_POLICY_VALID] = notify,
	[DT_POLICY_INVALID] = report_invalid,
	[DT_POLICY_NOT_EXPLICIT] = report_not_explicit,
	[DT_POLICY_TOO_LARGE] = fail_too_large,
};

/* From below the anchor to the leaf. */
static void
fill_steps(const struct dt_verify *v, struct dt_policy_step *steps)
{
	for (size_t above = v->path.count - 1; above > 0; above--) {
		size_t depth = above - 1;
		const struct dt_cert *cert = dt_path_cert(v, depth);

		*steps++ = (struct dt_policy_step){ &cert->policies,
			(cert->flags & DT_CERT_SELF_ISSUED) != 0,
			is_invalid(v, depth) };
	}
}

enum dt_outcome
dt_check_policy(struct dt_verify *v)
{
	struct dt_policy_request request = { .count = v->path.count - 1,
		.flags = v->params->flags,
		.initial = v->params->policies.oids,
		.initial_count = v->params->policies.count };
	enum dt_policy_answer answer;
	struct dt_policy_step *steps;
	int rc;

	/* The reference asks none of the path of a CRL's issuer. */
	if (v->parent != NULL ||
	    !dt_params_has(v->params, DICOMTLS_F_POLICY_CHECK))
		return DT_CONTINUE;
	steps = calloc(v->path.count, sizeof(*steps));
	if (steps == NULL)
		return dt_verify_fail(v, DICOMTLS_E_NOMEM, "out of memory");
	fill_steps(v, steps);
	request.steps = steps;
	rc = dt_policy_graph_judge(&request, &answer, NULL);
	free(steps);
	if (rc < 0)
		return dt_verify_fail(v, rc, "out of memory");
	return conclusions[answer](v);
}
