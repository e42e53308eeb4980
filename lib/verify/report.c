/* Reporting of findings (OpenSSL's verify_cb_cert); see report.h. */
#include "verify/report.h"

static enum dt_outcome
call(struct dt_verify *v, int ok, const struct dt_cert *cert)
{
	struct dicomtls_event event = { ok, v->error_depth, v->error, cert,
		v->texts };
	int answer = v->fn == NULL ? ok : v->fn(ok, &event, v->arg);

	return answer != 0 ? DT_CONTINUE : DT_STOP;
}

enum dt_outcome
dt_report(
    struct dt_verify *v, const struct dt_cert *cert, size_t depth, int error)
{
	struct dt_failure failure = { depth, error };

	if (v->parent == NULL &&
	    dt_params_has(v->params, DICOMTLS_F_GNUTLS_OPINION))
		dt_buffer_append(&v->failures, &failure, sizeof(failure));
	v->error_depth = (int)depth;
	v->error = error;
	return call(v, 0, cert);
}

enum dt_outcome
dt_report_at(struct dt_verify *v, size_t depth, int error)
{
	return dt_report(v, dt_path_cert(v, depth), depth, error);
}

enum dt_outcome
dt_report_ok(struct dt_verify *v, size_t depth)
{
	v->error_depth = (int)depth;
	return call(v, 1, dt_path_cert(v, depth));
}

enum dt_outcome
dt_report_policies(struct dt_verify *v, int error)
{
	if (error == 0)
		return call(v, 2, dt_path_cert(v, 0));
	v->error = error;
	return call(v, 0, dt_path_cert(v, 0));
}
