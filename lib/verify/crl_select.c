/*
 * Choice of a CRL; see crl_select.h. Every candidate gets a score, the highest
 * one wins, and among equals the newest. Candidates are the CRLs given for the
 * verification and, unless one of these is good, those in the store under the
 * name of the certificate's issuer: an indirect CRL is not found there.
 */
#include "verify/crl_select.h"

#include "base/der.h"
#include "verify/issuer.h"
#include "verify/validity.h"

struct search {
	const struct dt_verify *v;
	size_t depth;
	const struct dt_cert *cert;
	unsigned last_score;	   /* of the CRL judged before this search */
	struct dt_crl_choice best; /* score and reasons go from list to list */
};

/* What a candidate is worth: a score of 0 means nothing. */
struct rating {
	unsigned score;
	unsigned reasons;
	struct dt_cert *issuer;
};

static bool
is_extended(const struct search *s)
{
	return dt_params_has(s->v->params, DICOMTLS_F_EXTENDED_CRL_SUPPORT);
}

/* The delta CRL of the search before this one still excuses an old CRL. */
static bool
is_current(const struct search *s, const struct dt_crl *crl)
{
	int late = dt_validity_next_update_error(s->v, crl);

	if (late == DICOMTLS_V_ERR_CRL_HAS_EXPIRED &&
	    (s->last_score & DT_CRL_SCORE_TIME_DELTA) != 0)
		late = 0;
	return late == 0 && dt_validity_this_update_error(s->v, crl) == 0;
}

/* ---- the issuer ---- */

/* What is on the path has been decoded, see dt_issuer_is_decoded. */
static bool
akid_matches(const struct dt_verify *v, const struct dt_akid *akid,
    const struct dt_cert *issuer)
{
	struct dt_akid known = *akid;

	if (!dt_issuer_is_decoded(v, issuer))
		known.keyid = dt_span(NULL, 0);
	return dt_akid_matches(&known, issuer);
}

static void
rate_issuer(struct rating *rating, struct dt_cert *issuer, unsigned score)
{
	rating->issuer = issuer;
	rating->score |= score | DT_CRL_SCORE_AKID;
}

/* crl_akid_check: the certificate's issuer, then those above it, then (with
 * extended support) the peer's certificates. The first is not asked for its
 * name: the path says that it is the issuer. */
static void
find_issuer(
    const struct search *s, const struct dt_crl *crl, struct rating *rating)
{
	const struct dt_verify *v = s->v;
	size_t next = s->depth + 1 < v->path.count ? s->depth + 1 : s->depth;

	if ((rating->score & DT_CRL_SCORE_ISSUER_NAME) != 0 &&
	    akid_matches(v, &crl->akid, dt_path_cert(v, next))) {
		rate_issuer(rating, dt_path_cert(v, next),
		    DT_CRL_SCORE_ISSUER_CERT | DT_CRL_SCORE_SAME_PATH);
		return;
	}
	for (size_t i = next + 1; i < v->path.count; i++) {
		struct dt_cert *cert = dt_path_cert(v, i);

		if (dt_name_compare(&cert->subject, &crl->issuer) != 0 ||
		    !akid_matches(v, &crl->akid, cert))
			continue;
		rate_issuer(rating, cert, DT_CRL_SCORE_SAME_PATH);
		return;
	}
	for (size_t i = 0; i < v->untrusted.count && is_extended(s); i++) {
		struct dt_cert *cert = v->untrusted.items[i];

		if (dt_name_compare(&cert->subject, &crl->issuer) != 0 ||
		    !akid_matches(v, &crl->akid, cert))
			continue;
		rate_issuer(rating, cert, 0);
		return;
	}
}

/* ---- the scope ---- */

/* RFC 5280 6.3.3 (b)(1). A point without a CRL issuer means the issuer of the
 * certificate; an empty list of names means nobody. */
static bool
names_issuer(const struct dt_distribution_point *point,
    const struct dt_crl *crl, unsigned score)
{
	if (!point->has_crl_issuer)
		return (score & DT_CRL_SCORE_ISSUER_NAME) != 0;
	return dt_name_list_has(&point->crl_issuer, &crl->issuer);
}

/* RFC 5280 6.3.3 (b)(2)(ii) to (iv). */
static bool
covers_kind(const struct dt_crl *crl, const struct dt_cert *cert)
{
	uint32_t other =
	    (cert->flags & DT_CERT_CA) != 0 ? DT_CRL_ONLY_USER : DT_CRL_ONLY_CA;

	return (crl->flags & (DT_CRL_ONLY_ATTRIBUTE | other)) == 0;
}

/* crl_crldp_check: true if the CRL is one that the certificate asks for, or
 * names no distribution point and is its issuer's. reasons receives what it
 * covers. */
static bool
is_in_scope(const struct search *s, const struct dt_crl *crl, unsigned score,
    unsigned *reasons)
{
	const struct dt_cert *cert = s->cert;

	if (!covers_kind(crl, cert))
		return false;
	*reasons = crl->reasons;
	for (size_t i = 0; i < cert->points.count; i++) {
		const struct dt_distribution_point *point =
		    &cert->points.items[i];

		if (!names_issuer(point, crl, score) ||
		    ((crl->flags & DT_CRL_IDP) != 0 &&
			!dt_point_names_meet(&point->name, &crl->point)))
			continue;
		*reasons &= point->reasons;
		return true;
	}
	return crl->point.kind == DT_POINT_NONE &&
	       (score & DT_CRL_SCORE_ISSUER_NAME) != 0;
}

/* ---- the score ---- */

/* What is out of the question whatever else speaks for it. Delta CRLs have
 * their turn later. */
static bool
is_candidate(const struct search *s, const struct dt_crl *crl)
{
	if ((crl->flags & DT_CRL_IDP_CONTRADICTION) != 0 ||
	    dt_span_is_set(crl->base_number))
		return false;
	if (!is_extended(s))
		return (crl->flags & (DT_CRL_INDIRECT | DT_CRL_REASONS)) == 0;
	return (crl->flags & DT_CRL_REASONS) == 0 ||
	       (crl->reasons & ~s->best.reasons) != 0;
}

/* get_crl_score. */
static struct rating
rate(const struct search *s, const struct dt_crl *crl)
{
	static const struct rating worthless = { 0 };
	struct rating rating = { .reasons = s->best.reasons };
	unsigned reasons;

	if (!is_candidate(s, crl))
		return worthless;
	if (dt_name_compare(&s->cert->issuer, &crl->issuer) == 0)
		rating.score |= DT_CRL_SCORE_ISSUER_NAME;
	else if ((crl->flags & DT_CRL_INDIRECT) == 0)
		return worthless;
	if ((crl->flags & DT_CRL_CRITICAL) == 0)
		rating.score |= DT_CRL_SCORE_NO_CRITICAL;
	if (is_current(s, crl))
		rating.score |= DT_CRL_SCORE_TIME;
	find_issuer(s, crl, &rating);
	if ((rating.score & DT_CRL_SCORE_AKID) == 0)
		return worthless;
	if (is_in_scope(s, crl, rating.score, &reasons)) {
		if ((reasons & ~rating.reasons) == 0)
			return worthless;
		rating.reasons |= reasons;
		rating.score |= DT_CRL_SCORE_SCOPE;
	}
	return rating;
}

/* Times that cannot be read are not newer. */
static bool
is_newer(const struct dt_crl *crl, const struct dt_crl *than)
{
	struct dt_utc mine, theirs;

	return dt_time_parse(crl->this_update, &mine) &&
	       dt_time_parse(than->this_update, &theirs) &&
	       dt_utc_seconds(&mine) > dt_utc_seconds(&theirs);
}

/* ---- delta CRLs ---- */

/* crl_extension_match: the same bytes in both, or in none; never twice. */
static bool
same_extension(
    const struct dt_crl *a, const struct dt_crl *b, struct dt_span oid)
{
	const struct dt_crl *crls[] = { a, b };
	struct dt_span values[2] = { { NULL, 0 }, { NULL, 0 } };

	for (size_t i = 0; i < 2; i++) {
		size_t found = 0;

		for (size_t j = 0; j < crls[i]->extension_count; j++) {
			if (!dt_span_equal(crls[i]->extensions[j].oid, oid))
				continue;
			values[i] = crls[i]->extensions[j].value;
			found++;
		}
		if (found > 1)
			return false;
	}
	return dt_span_is_set(values[0]) == dt_span_is_set(values[1]) &&
	       dt_span_equal(values[0], values[1]);
}

/* RFC 5280 6.3.3 (c): the delta is about this CRL, not older than it and not
 * built on a later one. */
static bool
is_delta_of(const struct dt_crl *delta, const struct dt_crl *base)
{
	return dt_span_is_set(delta->base_number) &&
	       dt_span_is_set(delta->number) && dt_span_is_set(base->number) &&
	       dt_name_compare(&base->issuer, &delta->issuer) == 0 &&
	       same_extension(delta, base, dt_oid_authority_key_id) &&
	       same_extension(delta, base, dt_oid_issuing_point) &&
	       dt_der_integer_compare(delta->base_number, base->number) <= 0 &&
	       dt_der_integer_compare(delta->number, base->number) > 0;
}

/* get_delta_sk: the first one that fits, not the newest. */
static void
find_delta(struct search *s, struct dt_run crls)
{
	const struct dt_crl *base = s->best.crl;
	bool announced = (s->cert->flags & DT_CERT_FRESHEST) != 0 ||
			 (base->flags & DT_CRL_FRESHEST) != 0;

	s->best.delta = NULL;
	if (!announced || !dt_params_has(s->v->params, DICOMTLS_F_USE_DELTAS))
		return;
	for (size_t i = 0; i < crls.count; i++) {
		const struct dt_crl *crl = crls.items[i];

		if (!is_delta_of(crl, base))
			continue;
		if (is_current(s, crl))
			s->best.score |= DT_CRL_SCORE_TIME_DELTA;
		s->best.delta = crl;
		return;
	}
}

/* ---- the search ---- */

/*
 * get_crl_sk. A list beats what another list gave if its best is at least as
 * high: the dates of the two are not compared. What counts as a new reason is
 * decided by what was covered before the list.
 */
static bool
search_list(struct search *s, struct dt_run crls)
{
	const struct dt_crl *best = NULL;
	struct rating top = { .score = s->best.score };

	for (size_t i = 0; i < crls.count; i++) {
		const struct dt_crl *crl = crls.items[i];
		struct rating rating = rate(s, crl);

		if (rating.score == 0 || rating.score < top.score)
			continue;
		if (best != NULL && rating.score == top.score &&
		    !is_newer(crl, best))
			continue;
		best = crl;
		top = rating;
	}
	if (best != NULL) {
		s->best = (struct dt_crl_choice){ best, NULL, top.issuer,
			top.score, top.reasons };
		find_delta(s, crls);
	}
	return top.score >= DT_CRL_SCORE_GOOD;
}

bool
dt_crl_select(
    const struct dt_verify *v, size_t depth, struct dt_crl_choice *choice)
{
	const struct dt_array *given = &v->params->crls;
	struct search s = { .v = v,
		.depth = depth,
		.cert = dt_path_cert(v, depth),
		.last_score = choice->score,
		.best = { .reasons = choice->reasons } };

	if (!search_list(&s, (struct dt_run){ given->items, given->count }))
		(void)search_list(
		    &s, dt_store_find_crls(v->store, &s.cert->issuer));
	if (s.best.crl == NULL)
		return false;
	*choice = s.best;
	return true;
}
