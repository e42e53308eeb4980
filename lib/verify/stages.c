/* Order of the stages; see stages.h and doc/verification-order.md. */
#include "verify/stages.h"

#include "verify/path.h"

static enum dt_outcome (*const stages[])(struct dt_verify *v) = {
	dt_check_leaf_key_level,
	dt_path_build,
	dt_check_extensions,
	dt_check_levels,
	dt_check_identity,
	dt_check_keys,
	dt_check_revocation,
	dt_check_suiteb,
	dt_check_signatures,
	dt_check_names,
	dt_check_resources,
	dt_check_policy,
	dt_check_opinion,
};

enum dt_outcome
dt_stages_run(struct dt_verify *v)
{
	for (size_t i = 0; i < sizeof(stages) / sizeof(stages[0]); i++) {
		enum dt_outcome outcome = stages[i](v);

		if (outcome != DT_CONTINUE)
			return outcome;
	}
	return DT_CONTINUE;
}
