/* Validity dates; see validity.h. */
#include "verify/validity.h"

#include "verify/report.h"

/* What is reported about one kind of date. */
struct codes {
	int malformed;
	int wrong;
};

static const struct codes not_before = {
	DICOMTLS_V_ERR_ERROR_IN_CERT_NOT_BEFORE_FIELD,
	DICOMTLS_V_ERR_CERT_NOT_YET_VALID
};
static const struct codes not_after = {
	DICOMTLS_V_ERR_ERROR_IN_CERT_NOT_AFTER_FIELD,
	DICOMTLS_V_ERR_CERT_HAS_EXPIRED
};
static const struct codes this_update = {
	DICOMTLS_V_ERR_ERROR_IN_CRL_LAST_UPDATE_FIELD,
	DICOMTLS_V_ERR_CRL_NOT_YET_VALID
};
static const struct codes next_update = {
	DICOMTLS_V_ERR_ERROR_IN_CRL_NEXT_UPDATE_FIELD,
	DICOMTLS_V_ERR_CRL_HAS_EXPIRED
};

/* A given time is checked even where checking is switched off. */
bool
dt_validity_is_asked(const struct dt_verify *v)
{
	return v->params->has_time ||
	       !dt_params_has(v->params, DICOMTLS_F_NO_CHECK_TIME);
}

/* The years 0 to 9999, all that a GeneralizedTime can say. */
static const int64_t first_second = -62167219200;
static const int64_t last_second = 253402300799;

/* False for a malformed date, and for every date if the time to compare it
 * with has no form as a date (the reference writes it as one). */
static bool
can_compare(const struct dt_verify *v, struct dt_time time, int64_t *seconds)
{
	return v->now >= first_second && v->now <= last_second &&
	       dt_time_seconds(time, seconds);
}

/* What is wrong with a date from which on something is valid: 0 nothing. One
 * equal to the time has come (X509_cmp_time never answers "equal"). */
static int
start_error(
    const struct dt_verify *v, struct dt_time start, const struct codes *codes)
{
	int64_t at;

	if (!dt_validity_is_asked(v))
		return 0;
	if (!can_compare(v, start, &at))
		return codes->malformed;
	return at > v->now ? codes->wrong : 0;
}

/* The same for the last date; one equal to the time has passed. */
static int
end_error(
    const struct dt_verify *v, struct dt_time end, const struct codes *codes)
{
	int64_t at;

	if (!dt_validity_is_asked(v))
		return 0;
	if (!can_compare(v, end, &at))
		return codes->malformed;
	return at <= v->now ? codes->wrong : 0;
}

int
dt_validity_this_update_error(
    const struct dt_verify *v, const struct dt_crl *crl)
{
	return start_error(v, crl->this_update, &this_update);
}

int
dt_validity_next_update_error(
    const struct dt_verify *v, const struct dt_crl *crl)
{
	return crl->has_next_update
		   ? end_error(v, crl->next_update, &next_update)
		   : 0;
}

bool
dt_validity_is_current(const struct dt_verify *v, const struct dt_cert *cert)
{
	return start_error(v, cert->not_before, &not_before) == 0 &&
	       end_error(v, cert->not_after, &not_after) == 0;
}

enum dt_outcome
dt_validity_check(struct dt_verify *v, size_t depth)
{
	const struct dt_cert *cert = dt_path_cert(v, depth);
	int errors[] = { start_error(v, cert->not_before, &not_before),
		end_error(v, cert->not_after, &not_after) };

	for (size_t i = 0; i < 2; i++)
		if (errors[i] != 0 &&
		    dt_report_at(v, depth, errors[i]) != DT_CONTINUE)
			return DT_STOP;
	return DT_CONTINUE;
}
