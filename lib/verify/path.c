/*
 * Path building; see path.h. The search follows OpenSSL's build_chain, whose
 * oddities callers see:
 *
 *   - Trusted first: before each untrusted issuer the store is asked. Without
 *     that flag the peer's certificates come first, and where they lead
 *     nowhere the path is cut back, one by one, to find an alternative.
 *   - A self-signed certificate of the peer counts only if the very same
 *     certificate is an anchor.
 *   - One issuer is taken and kept: a bad signature found later does not
 *     start another search.
 */
#include "verify/path.h"

#include "compat/trust.h"
#include "verify/issuer.h"
#include "verify/report.h"

enum { SEARCH_UNTRUSTED = 1, SEARCH_TRUSTED = 2, SEARCH_ALTERNATE = 4 };

struct builder {
	struct dt_verify *v;
	struct dt_array candidates; /* untrusted ones not used yet */
	unsigned search;
	bool may_alternate;
	size_t alternate;  /* length to which the path would be cut back */
	size_t max_length; /* certificates, one over the allowed depth */
	int trust;	   /* DT_TRUST_* */
	bool broken; /* nothing was reported, yet the search cannot go on */
};

static struct dt_cert *
last(const struct dt_verify *v)
{
	return dt_path_cert(v, v->path.count - 1);
}

static void
internal_error(struct builder *b, int error)
{
	b->v->error = error;
	b->broken = true;
	b->search = 0;
}

static void
push(struct builder *b, struct dt_cert *cert)
{
	if (dt_array_push(&b->v->path, cert) < 0) {
		b->v->rc = DICOMTLS_E_NOMEM;
		internal_error(b, DICOMTLS_V_ERR_OUT_OF_MEM);
	}
}

/* --- trust --- */

static int
rejected(struct builder *b, const struct dt_cert *cert, size_t depth)
{
	return dt_report(b->v, cert, depth, DICOMTLS_V_ERR_CERT_REJECTED) ==
		       DT_CONTINUE
		   ? DT_TRUST_UNTRUSTED
		   : DT_TRUST_REJECTED;
}

/* With a partial chain allowed, a leaf that is in the store needs no issuer:
 * the store's copy, with its trust settings, takes its place. */
static int
check_direct_trust(struct builder *b)
{
	struct dt_verify *v = b->v;
	struct dt_cert *leaf = dt_path_cert(v, 0);
	struct dt_run found = dt_store_find(v->store, &leaf->subject);

	for (size_t i = 0; i < found.count; i++) {
		struct dt_cert *match = found.items[i];

		v->leaf_compared = true;
		if (!dt_cert_equal(match, leaf))
			continue;
		if (dt_trust_check(match, v->params->trust, 0) ==
		    DT_TRUST_REJECTED)
			return rejected(b, leaf, 0);
		v->path.items[0] = match;
		v->untrusted_count = 0;
		return DT_TRUST_TRUSTED;
	}
	return DT_TRUST_UNTRUSTED;
}

/* check_trust: looks at the trusted certificates of the path from depth first
 * on; those before were looked at when they were added. */
static int
check_trust(struct builder *b, size_t first)
{
	struct dt_verify *v = b->v;
	bool partial = dt_params_has(v->params, DICOMTLS_F_PARTIAL_CHAIN);

	for (size_t i = first; i < v->path.count; i++) {
		struct dt_cert *cert = dt_path_cert(v, i);
		int trust = dt_trust_check(cert, v->params->trust, 0);

		if (trust == DT_TRUST_TRUSTED)
			return trust;
		if (trust == DT_TRUST_REJECTED)
			return rejected(b, cert, i);
	}
	if (!partial)
		return DT_TRUST_UNTRUSTED;
	return first < v->path.count ? DT_TRUST_TRUSTED : check_direct_trust(b);
}

/* --- trusted issuers --- */

/* Cuts the path back to the certificates below the alternative issuer. */
static void
prune(struct builder *b, size_t length)
{
	b->search &= ~(unsigned)SEARCH_ALTERNATE;
	b->v->path.count = length;
	b->v->untrusted_count = length;
}

/*
 * Puts a trusted issuer of the certificate at *length - 1 on the path. A
 * self-signed certificate is replaced by the anchor if both are the same;
 * one that only looks like the anchor leads nowhere. True if the path
 * changed; *length is then the index of the issuer, *self_signed tells
 * whether the path ends there.
 */
static bool
add_anchor(struct builder *b, struct dt_cert *issuer, size_t *length,
    bool *self_signed)
{
	struct dt_verify *v = b->v;
	struct dt_cert *current = dt_path_cert(v, *length - 1);
	int self = dt_issuer_self_signed(current);

	*self_signed = self > 0;
	if (self < 0) {
		internal_error(b, DICOMTLS_V_ERR_UNSPECIFIED);
		return false;
	}
	if ((b->search & SEARCH_ALTERNATE) != 0)
		prune(b, *length);
	if (self > 0) {
		if (!dt_cert_equal(current, issuer))
			return false;
		v->untrusted_count = --*length;
		v->path.items[*length] = issuer;
		return true;
	}
	push(b, issuer);
	self = dt_issuer_self_signed(issuer);
	if (self < 0)
		internal_error(b, DICOMTLS_V_ERR_UNSPECIFIED);
	*self_signed = self > 0;
	return !b->broken;
}

/* One step upwards or, when all else failed, one certificate back. */
static void
next_alternate(struct builder *b)
{
	if ((b->search & SEARCH_UNTRUSTED) != 0)
		return;
	if ((b->search & SEARCH_ALTERNATE) != 0 && --b->alternate > 0)
		return;
	if (!b->may_alternate || (b->search & SEARCH_ALTERNATE) != 0 ||
	    b->v->untrusted_count < 2) {
		b->search = 0;
		return;
	}
	b->search |= SEARCH_ALTERNATE;
	b->alternate = b->v->untrusted_count - 1;
}

/* True if this round is over; false if untrusted issuers may be tried in the
 * same round. */
static bool
search_trusted(struct builder *b)
{
	struct dt_verify *v = b->v;
	size_t count = v->path.count;
	size_t length =
	    (b->search & SEARCH_ALTERNATE) != 0 ? b->alternate : count;
	bool self_signed = false;
	struct dt_cert *issuer =
	    count > b->max_length
		? NULL
		: dt_issuer_find_trusted(v, dt_path_cert(v, length - 1));

	if (issuer != NULL && add_anchor(b, issuer, &length, &self_signed)) {
		b->search &= ~(unsigned)SEARCH_UNTRUSTED;
		b->trust = check_trust(b, length);
		if (b->trust != DT_TRUST_UNTRUSTED) {
			b->search = 0;
			return true;
		}
		if (!self_signed)
			return true;
	}
	if (b->broken)
		return true;
	next_alternate(b);
	return (b->search & SEARCH_UNTRUSTED) == 0;
}

/* --- untrusted issuers --- */

static void
drop_candidate(struct dt_array *candidates, const struct dt_cert *cert)
{
	for (size_t i = 0; i < candidates->count; i++) {
		if (candidates->items[i] != cert)
			continue;
		dt_array_remove(candidates, i);
		return;
	}
}

/* Extends the path with a certificate of the peer; without one, only the
 * store is asked from now on. */
static void
search_untrusted(struct builder *b)
{
	struct dt_verify *v = b->v;
	struct dt_cert *current = last(v);
	struct dt_cert *issuer = NULL;

	if (dt_issuer_self_signed(current) <= 0 &&
	    v->path.count <= b->max_length)
		issuer = dt_issuer_find_untrusted(v, &b->candidates, current);
	if (issuer == NULL) {
		b->search &= ~(unsigned)SEARCH_UNTRUSTED;
		b->search |= SEARCH_TRUSTED;
		return;
	}
	drop_candidate(&b->candidates, issuer);
	push(b, issuer);
	if (!b->broken)
		v->untrusted_count++;
}

/* --- outcome --- */

/* A failure of dates that was overridden has been reported already; another
 * number that stands is reported again for the whole path. */
static enum dt_outcome
report_earlier(struct dt_verify *v, size_t depth)
{
	switch (v->error) {
	case DICOMTLS_V_ERR_ERROR_IN_CERT_NOT_BEFORE_FIELD:
	case DICOMTLS_V_ERR_CERT_NOT_YET_VALID:
	case DICOMTLS_V_ERR_ERROR_IN_CERT_NOT_AFTER_FIELD:
	case DICOMTLS_V_ERR_CERT_HAS_EXPIRED:
		return DT_STOP;
	default:
		return dt_report_at(v, depth, v->error);
	}
}

static enum dt_outcome
report_no_anchor(struct builder *b)
{
	struct dt_verify *v = b->v;
	size_t depth = v->path.count - 1;

	if (v->error != DICOMTLS_V_OK)
		return report_earlier(v, depth);
	if (v->path.count > b->max_length &&
	    dt_report_at(v, depth, DICOMTLS_V_ERR_CERT_CHAIN_TOO_LONG) !=
		DT_CONTINUE)
		return DT_STOP;
	if (dt_issuer_self_signed(last(v)) > 0)
		return dt_report_at(v, depth,
		    depth == 0 ? DICOMTLS_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT
			       : DICOMTLS_V_ERR_SELF_SIGNED_CERT_IN_CHAIN);
	return dt_report_at(v, depth,
	    v->untrusted_count < v->path.count
		? DICOMTLS_V_ERR_UNABLE_TO_GET_ISSUER_CERT
		: DICOMTLS_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY);
}

static enum dt_outcome
conclude(struct builder *b)
{
	struct dt_verify *v = b->v;

	if (b->broken)
		return DT_FAILED;
	if (b->trust == DT_TRUST_UNTRUSTED && v->path.count <= b->max_length &&
	    v->path.count == v->untrusted_count)
		b->trust = check_trust(b, v->path.count);
	v->trusted = b->trust == DT_TRUST_TRUSTED;
	if (v->trusted)
		return DT_CONTINUE;
	if (b->trust == DT_TRUST_REJECTED)
		return DT_STOP;
	return report_no_anchor(b);
}

static unsigned
first_search(struct builder *b)
{
	const struct dicomtls_params *params = b->v->params;

	if (b->v->untrusted.count == 0)
		return SEARCH_TRUSTED;
	if (dt_params_has(params, DICOMTLS_F_TRUSTED_FIRST))
		return SEARCH_UNTRUSTED | SEARCH_TRUSTED;
	b->may_alternate = !dt_params_has(params, DICOMTLS_F_NO_ALT_CHAINS);
	return SEARCH_UNTRUSTED;
}

enum dt_outcome
dt_path_build(struct dt_verify *v)
{
	struct builder b = { .v = v, .trust = DT_TRUST_UNTRUSTED };
	enum dt_outcome outcome;

	b.max_length = (size_t)v->params->depth + 1;
	b.search = first_search(&b);
	for (size_t i = 0; i < v->untrusted.count && !b.broken; i++)
		if (dt_array_push(&b.candidates, v->untrusted.items[i]) < 0)
			internal_error(&b, DICOMTLS_V_ERR_OUT_OF_MEM);
	while (b.search != 0) {
		v->error_depth = (int)v->path.count - 1;
		if ((b.search & SEARCH_TRUSTED) != 0 && search_trusted(&b))
			continue;
		if ((b.search & SEARCH_UNTRUSTED) != 0)
			search_untrusted(&b);
	}
	outcome = conclude(&b);
	dt_array_clear(&b.candidates);
	return outcome;
}
