/*
 * Security levels: the smallest strength of keys and digests a path may have
 * (OpenSSL's check_key_level, check_sig_level). Level 0 and below ask nothing.
 */
#include "verify/report.h"
#include "verify/stages.h"
#include "x509/signature.h"

/* Bits of security for levels 1 to 5 (NIST SP 800-57 strengths). */
static const int level_bits[] = { 80, 112, 128, 192, 256 };

static int
required_bits(int level)
{
	const int highest = (int)(sizeof(level_bits) / sizeof(level_bits[0]));

	return level_bits[(level > highest ? highest : level) - 1];
}

static bool
key_is_strong(const struct dt_verify *v, const struct dt_cert *cert)
{
	return cert->key.type != DT_KEY_UNKNOWN &&
	       cert->key.security_bits >= required_bits(v->params->auth_level);
}

static bool
signature_is_strong(const struct dt_verify *v, const struct dt_cert *cert)
{
	struct dt_signature_info info;

	dt_signature_info(&info, cert->signature_algorithm);
	return info.known &&
	       info.security_bits >= required_bits(v->params->auth_level);
}

enum dt_outcome
dt_check_leaf_key_level(struct dt_verify *v)
{
	if (v->params->auth_level <= 0 || key_is_strong(v, dt_path_cert(v, 0)))
		return DT_CONTINUE;
	return dt_report_at(v, 0, DICOMTLS_V_ERR_EE_KEY_TOO_SMALL);
}

/* The leaf's key has been judged before the path was built; nobody relies on
 * the signature of the anchor. */
enum dt_outcome
dt_check_levels(struct dt_verify *v)
{
	if (v->params->auth_level <= 0)
		return DT_CONTINUE;
	for (size_t i = 0; i < v->path.count; i++) {
		const struct dt_cert *cert = dt_path_cert(v, i);

		if (i > 0 && !key_is_strong(v, cert) &&
		    dt_report_at(v, i, DICOMTLS_V_ERR_CA_KEY_TOO_SMALL) !=
			DT_CONTINUE)
			return DT_STOP;
		if (i + 1 < v->path.count && !signature_is_strong(v, cert) &&
		    dt_report_at(v, i, DICOMTLS_V_ERR_CA_MD_TOO_WEAK) !=
			DT_CONTINUE)
			return DT_STOP;
	}
	return DT_CONTINUE;
}
