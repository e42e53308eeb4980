/*
 * Security levels: the smallest strength of keys and digests a path may have
 * (OpenSSL's check_key_level, check_sig_level).
 */
#include "verify/report.h"
#include "verify/stages.h"
#include "x509/level.h"

enum dt_outcome
dt_check_leaf_key_level(struct dt_verify *v)
{
	if (dt_level_takes_key(v->params->auth_level, dt_path_cert(v, 0)))
		return DT_CONTINUE;
	return dt_report_at(v, 0, DICOMTLS_V_ERR_EE_KEY_TOO_SMALL);
}

/* The leaf's key has been judged before the path was built; nobody relies on
 * the signature of the anchor. */
enum dt_outcome
dt_check_levels(struct dt_verify *v)
{
	const int level = v->params->auth_level;

	for (size_t i = 0; i < v->path.count; i++) {
		const struct dt_cert *cert = dt_path_cert(v, i);

		if (i > 0 && !dt_level_takes_key(level, cert) &&
		    dt_report_at(v, i, DICOMTLS_V_ERR_CA_KEY_TOO_SMALL) !=
			DT_CONTINUE)
			return DT_STOP;
		if (i + 1 < v->path.count &&
		    !dt_level_takes_signature(level, cert) &&
		    dt_report_at(v, i, DICOMTLS_V_ERR_CA_MD_TOO_WEAK) !=
			DT_CONTINUE)
			return DT_STOP;
	}
	return DT_CONTINUE;
}
