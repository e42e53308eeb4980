/*
 * Revocation of the certificates of the path, leaf first (RFC 5280 6.3,
 * OpenSSL's check_revocation). For each one CRLs are chosen until every
 * reason is covered; each is judged before it is asked.
 *
 * Two failures of the reference cannot occur: a CRL without a known issuer
 * (33) and one whose issuing distribution point contradicts itself (41) are
 * never chosen. CRLs are not fetched.
 */
#include "verify/check_suiteb.h"
#include "verify/crl_select.h"
#include "verify/issuer.h"
#include "verify/report.h"
#include "verify/stages.h"
#include "verify/validity.h"
#include "x509/signature_cache.h"

/* The certificate under test and the CRL chosen for it. */
struct judge {
	struct dt_verify *v;
	size_t depth;
	const struct dt_cert *cert;
	struct dt_crl_choice choice;
};

static enum dt_outcome
report(struct judge *j, int error)
{
	return dt_report(j->v, j->cert, j->depth, error);
}

/* Reports error if failed. */
static enum dt_outcome
unless(struct judge *j, bool failed, int error)
{
	return failed ? report(j, error) : DT_CONTINUE;
}

static bool
has_score(const struct judge *j, unsigned bit)
{
	return (j->choice.score & bit) != 0;
}

/* ---- the path of a CRL's issuer ---- */

/* RFC 5280 6.3.3 (f): both paths end in the same anchor. */
static bool
same_anchor(const struct dt_verify *a, const struct dt_verify *b)
{
	return dt_cert_equal(dt_path_cert(a, a->path.count - 1),
	    dt_path_cert(b, b->path.count - 1));
}

/*
 * Verifies the path of an issuer that is not on the certificate's own path,
 * with the same questions (names of the peer included) except for the
 * purpose, see dt_verify.parent. Its events have their own depths and their
 * own sticky error. There is no third level. Fails only for a reason outside
 * the reference's vocabulary.
 */
static enum dt_outcome
verify_issuer(struct dt_verify *v, struct dt_cert *issuer)
{
	struct dt_verify nested = { .parent = v,
		.store = v->store,
		.params = v->params,
		.now = v->now,
		.untrusted = v->untrusted,
		.decoded = v->decoded,
		.untrusted_count = 1,
		.fn = v->fn,
		.arg = v->arg,
		.texts = v->texts,
		.leaf_compared = dt_issuer_is_decoded(v, issuer) };
	enum dt_outcome outcome = DT_STOP;

	if (v->parent != NULL)
		return DT_STOP;
	if (dt_array_push(&nested.path, issuer) < 0)
		return dt_verify_fail(v, DICOMTLS_E_NOMEM, "no memory");
	if (issuer->key.type != DT_KEY_UNKNOWN)
		dt_issuer_mark_decoded(&nested, issuer);
	if (dt_stages_run(&nested) == DT_CONTINUE && same_anchor(v, &nested))
		outcome = DT_CONTINUE;
	if (nested.leaf_compared)
		dt_issuer_mark_decoded(v, issuer);
	if (nested.rc < 0)
		outcome = dt_verify_fail(v, nested.rc, nested.message.text);
	dt_array_clear(&nested.path);
	return outcome;
}

/* ---- one CRL ---- */

/* RFC 5280 6.3.3 (f): the key may sign CRLs. */
static bool
may_sign(const struct judge *j)
{
	const struct dt_cert *issuer = j->choice.issuer;

	return !dt_issuer_is_decoded(j->v, issuer) ||
	       (issuer->flags & DT_CERT_KUSAGE) == 0 ||
	       (issuer->kusage & DT_KU_CRL_SIGN) != 0;
}

static enum dt_outcome
check_path(struct judge *j)
{
	enum dt_outcome outcome;

	if (has_score(j, DT_CRL_SCORE_SAME_PATH))
		return DT_CONTINUE;
	outcome = verify_issuer(j->v, j->choice.issuer);
	return outcome == DT_STOP
		   ? report(j, DICOMTLS_V_ERR_CRL_PATH_VALIDATION_ERROR)
		   : outcome;
}

static enum dt_outcome
check_issuer(struct judge *j)
{
	if (unless(j, !may_sign(j), DICOMTLS_V_ERR_KEYUSAGE_NO_CRL_SIGN) !=
		DT_CONTINUE ||
	    unless(j, !has_score(j, DT_CRL_SCORE_SCOPE),
		DICOMTLS_V_ERR_DIFFERENT_CRL_SCOPE) != DT_CONTINUE)
		return DT_STOP;
	return check_path(j);
}

/* A current delta CRL excuses the age of both. */
static enum dt_outcome
check_times(struct judge *j, const struct dt_crl *crl)
{
	int early = dt_validity_this_update_error(j->v, crl);
	int late = dt_validity_next_update_error(j->v, crl);

	if (late == DICOMTLS_V_ERR_CRL_HAS_EXPIRED &&
	    has_score(j, DT_CRL_SCORE_TIME_DELTA))
		late = 0;
	if (unless(j, early != 0, early) != DT_CONTINUE)
		return DT_STOP;
	return unless(j, late != 0, late);
}

/* RFC 5280 5.1.1.2: the signed algorithm is the one used (X509_CRL_verify).
 * A function of CRL and key alone, so a success stands. */
static bool
signature_is_valid(const struct judge *j, const struct dt_crl *crl)
{
	const struct dt_cert *issuer = j->choice.issuer;
	const struct dt_signed object = {
		.algorithm = crl->signature_algorithm,
		.data = crl->tbs,
		.bits = crl->signature,
		.unused = crl->signature_unused_bits,
	};

	if (dt_crl_is_proven(crl, issuer->spki))
		return true;
	if (!dt_signature_algorithms_agree(
		crl->signature_algorithm, crl->signature_algorithm_tbs) ||
	    !dt_signature_cache_verify(
		j->v->params->signatures, &issuer->key, &object))
		return false;
	dt_crl_set_proven(crl, issuer->spki);
	return true;
}

static enum dt_outcome
check_signature(struct judge *j, const struct dt_crl *crl)
{
	const struct dt_key *key = &j->choice.issuer->key;
	int suiteb;

	if (key->type == DT_KEY_UNKNOWN)
		return report(
		    j, DICOMTLS_V_ERR_UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY);
	/* X509_CRL_check_suiteb looks at the signed algorithm. */
	suiteb = dt_suiteb_check_crl(
	    j->v->params, key, crl->signature_algorithm_tbs);
	if (unless(j, suiteb != DICOMTLS_V_OK, suiteb) != DT_CONTINUE)
		return DT_STOP;
	return unless(j, !signature_is_valid(j, crl),
	    DICOMTLS_V_ERR_CRL_SIGNATURE_FAILURE);
}

/*
 * check_crl. The issuer is judged with the complete CRL; a delta CRL has the
 * same one, and its age counts only where that of the complete CRL does.
 */
static enum dt_outcome
check_crl(struct judge *j, const struct dt_crl *crl)
{
	enum dt_outcome outcome = DT_CONTINUE;

	if (!dt_span_is_set(crl->base_number))
		outcome = check_issuer(j);
	if (outcome == DT_CONTINUE && !has_score(j, DT_CRL_SCORE_TIME))
		outcome = check_times(j, crl);
	return outcome == DT_CONTINUE ? check_signature(j, crl) : outcome;
}

/* cert_crl: a critical extension may change the meaning of the entries
 * (RFC 5280 5.3), so it comes first. removed tells that a delta CRL lifts
 * what the complete CRL says. */
static enum dt_outcome
ask(struct judge *j, const struct dt_crl *crl, bool *removed)
{
	enum dt_crl_answer answer;
	bool critical =
	    (crl->flags & DT_CRL_CRITICAL) != 0 &&
	    !dt_params_has(j->v->params, DICOMTLS_F_IGNORE_CRITICAL);

	*removed = false;
	if (unless(j, critical,
		DICOMTLS_V_ERR_UNHANDLED_CRITICAL_CRL_EXTENSION) != DT_CONTINUE)
		return DT_STOP;
	answer = dt_crl_find(crl, j->cert->serial, &j->cert->issuer);
	*removed = answer == DT_CRL_REMOVED;
	return unless(j, answer == DT_CRL_REVOKED, DICOMTLS_V_ERR_CERT_REVOKED);
}

/* ---- one certificate ---- */

/* Judges the chosen CRL and its delta, then asks the delta first. */
static enum dt_outcome
use_choice(struct judge *j)
{
	const struct dt_crl *delta = j->choice.delta;
	enum dt_outcome outcome = check_crl(j, j->choice.crl);
	bool removed = false;

	if (outcome == DT_CONTINUE && delta != NULL)
		outcome = check_crl(j, delta);
	if (outcome == DT_CONTINUE && delta != NULL)
		outcome = ask(j, delta, &removed);
	if (outcome == DT_CONTINUE && !removed)
		outcome = ask(j, j->choice.crl, &removed);
	return outcome;
}

/* Proxy certificates are not on CRLs. A CRL that covers no new reason (it was
 * out of scope) would be chosen again and again: then there is none. */
static enum dt_outcome
check_certificate(struct dt_verify *v, size_t depth)
{
	struct judge j = {
		.v = v, .depth = depth, .cert = dt_path_cert(v, depth)
	};

	if ((j.cert->flags & DT_CERT_PROXY) != 0)
		return DT_CONTINUE;
	while (j.choice.reasons != DT_ALL_REASONS) {
		unsigned before = j.choice.reasons;
		enum dt_outcome outcome;

		if (!dt_crl_select(v, depth, &j.choice))
			return report(&j, DICOMTLS_V_ERR_UNABLE_TO_GET_CRL);
		outcome = use_choice(&j);
		if (outcome != DT_CONTINUE)
			return outcome;
		if (j.choice.reasons == before)
			return report(&j, DICOMTLS_V_ERR_UNABLE_TO_GET_CRL);
	}
	return DT_CONTINUE;
}

/* Without CRL_CHECK_ALL only the end of the path is asked for, and a CRL's
 * issuer is not that. */
enum dt_outcome
dt_check_revocation(struct dt_verify *v)
{
	bool all = dt_params_has(v->params, DICOMTLS_F_CRL_CHECK_ALL);
	size_t count = all ? v->path.count : 1;

	if (!dt_params_has(v->params, DICOMTLS_F_CRL_CHECK) ||
	    (!all && v->parent != NULL))
		return DT_CONTINUE;
	for (size_t depth = 0; depth < count; depth++) {
		enum dt_outcome outcome;

		v->error_depth = (int)depth;
		outcome = check_certificate(v, depth);
		if (outcome != DT_CONTINUE)
			return outcome;
	}
	return DT_CONTINUE;
}
