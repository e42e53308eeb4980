/*
 * The second opinion (DICOMTLS_F_GNUTLS_OPINION): GnuTLS judges the finished
 * path too, and what it finds wrong beyond what this walk has reported is
 * reported as well. Not a stage of the reference: it comes after all of its
 * stages, so that their events are the same with and without it.
 *
 * A path without a trusted end has been reported as such and is not put to
 * GnuTLS, which would have nothing to judge it by; nor is the path of a CRL's
 * issuer, about which GnuTLS has no question to ask.
 */
#include "compat/gnutls_status.h"
#include "verify/report.h"
#include "verify/stages.h"
#include "verify/validity.h"
#include "x509/gnutls_opinion.h"

#include <stdlib.h>

/* More than there are rows in compat/gnutls_status.c. */
#define MAX_CODES 32

/* True if a failure that was reported says what code says about the
 * certificate at depth. */
static bool
is_explained(const struct dt_verify *v, size_t depth, int code)
{
	struct dt_span failures = dt_buffer_span(&v->failures);
	struct dt_failure failure;

	for (; failures.size > 0;
	     failures = dt_span(failures.data + sizeof(failure),
		 failures.size - sizeof(failure))) {
		memcpy(&failure, failures.data, sizeof(failure));
		if (failure.depth >= depth &&
		    dt_status_is_explained(
			code, failure.error, failure.depth - depth))
			return true;
	}
	return false;
}

/* GnuTLS blames the certificate that was issued where its issuer is no CA;
 * the number speaks of the issuer. */
static size_t
depth_of(const struct dt_verify *v, size_t depth, int code)
{
	return code == DICOMTLS_V_ERR_INVALID_CA && depth + 1 < v->path.count
		   ? depth + 1
		   : depth;
}

static enum dt_outcome
report_bits(struct dt_verify *v, size_t depth, unsigned status)
{
	int codes[MAX_CODES];
	unsigned count = dicomtls_status_codes(status, codes, MAX_CODES);

	for (unsigned i = 0; i < count; i++)
		if (!is_explained(v, depth, codes[i]) &&
		    dt_report_at(v, depth_of(v, depth, codes[i]), codes[i]) !=
			DT_CONTINUE)
			return DT_STOP;
	return DT_CONTINUE;
}

/* GnuTLS 3.7 loses the memory of an otherName in name constraints, whether it
 * likes the rest of them or not: a peer could take some at each handshake. */
static bool
costs_memory(const struct dt_cert *cert)
{
	const struct dt_subtrees *subtrees = &cert->name_constraints;

	if (dt_cert_find_extension(cert, dt_oid_name_constraints) == NULL)
		return false;
	if ((cert->flags & DT_CERT_INVALID) != 0)
		return true;
	for (size_t i = 0; i < subtrees->permitted + subtrees->excluded; i++)
		if (subtrees->items[i].base.type == DT_GN_OTHER)
			return true;
	return false;
}

/* What must not be given to GnuTLS counts as what it cannot read. */
static int
ask(const struct dt_verify *v, struct dt_span *path, unsigned *status)
{
	const struct dt_opinion_question question = { v->params->purpose,
		dt_validity_is_asked(v), v->now };

	for (size_t i = 0; i < v->path.count; i++)
		if (!costs_memory(dt_path_cert(v, i)))
			path[i] = dt_path_cert(v, i)->der;
	return dt_gnutls_opinion(path, v->path.count, &question, status);
}

enum dt_outcome
dt_check_opinion(struct dt_verify *v)
{
	enum dt_outcome outcome = DT_CONTINUE;
	struct dt_span *path;
	unsigned *status;

	if (!dt_params_has(v->params, DICOMTLS_F_GNUTLS_OPINION) ||
	    v->parent != NULL || !v->trusted)
		return DT_CONTINUE;
	path = calloc(v->path.count, sizeof(*path));
	status = calloc(v->path.count, sizeof(*status));
	if (path == NULL || status == NULL || dt_buffer_failed(&v->failures) ||
	    ask(v, path, status) < 0)
		outcome = dt_verify_fail(v, DICOMTLS_E_NOMEM, "no memory");
	for (size_t i = v->path.count; outcome == DT_CONTINUE && i > 0; i--)
		outcome = report_bits(v, i - 1, status[i - 1]);
	free(path);
	free(status);
	return outcome;
}
