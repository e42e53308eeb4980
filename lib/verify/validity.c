/* Validity dates; see validity.h. */
#include "verify/validity.h"

#include "verify/report.h"

/* What is wrong with one date: 0 nothing. A notAfter equal to the time has
 * passed, a notBefore equal to it has come (X509_cmp_time never answers
 * "equal"). */
static int
not_before_error(const struct dt_verify *v, const struct dt_cert *cert)
{
	int64_t at;

	if (!dt_time_seconds(cert->not_before, &at))
		return DICOMTLS_V_ERR_ERROR_IN_CERT_NOT_BEFORE_FIELD;
	return at > v->now ? DICOMTLS_V_ERR_CERT_NOT_YET_VALID : 0;
}

static int
not_after_error(const struct dt_verify *v, const struct dt_cert *cert)
{
	int64_t at;

	if (!dt_time_seconds(cert->not_after, &at))
		return DICOMTLS_V_ERR_ERROR_IN_CERT_NOT_AFTER_FIELD;
	return at <= v->now ? DICOMTLS_V_ERR_CERT_HAS_EXPIRED : 0;
}

/* A given time is checked even where checking is switched off. */
bool
dt_validity_is_asked(const struct dt_verify *v)
{
	return v->params->has_time ||
	       !dt_params_has(v->params, DICOMTLS_F_NO_CHECK_TIME);
}

bool
dt_validity_is_current(const struct dt_verify *v, const struct dt_cert *cert)
{
	return !dt_validity_is_asked(v) || (not_before_error(v, cert) == 0 &&
					       not_after_error(v, cert) == 0);
}

enum dt_outcome
dt_validity_check(struct dt_verify *v, size_t depth)
{
	const struct dt_cert *cert = dt_path_cert(v, depth);
	int errors[] = { not_before_error(v, cert), not_after_error(v, cert) };

	if (!dt_validity_is_asked(v))
		return DT_CONTINUE;
	for (size_t i = 0; i < 2; i++)
		if (errors[i] != 0 &&
		    dt_report_at(v, depth, errors[i]) != DT_CONTINUE)
			return DT_STOP;
	return DT_CONTINUE;
}
