/* Candidate issuers (OpenSSL's find_issuer, X509_STORE_CTX_get1_issuer). */
#include "verify/issuer.h"

#include "verify/validity.h"
#include "x509/signature.h"

bool
dt_issuer_is_likely(const struct dt_cert *issuer, const struct dt_cert *subject)
{
	return dt_name_compare(&issuer->subject, &subject->issuer) == 0 &&
	       ((issuer->flags | subject->flags) & DT_CERT_INVALID) == 0 &&
	       dt_akid_matches(&subject->akid, issuer) &&
	       dt_signature_matches_key(
		   subject->signature_algorithm_tbs, &issuer->key);
}

int
dt_issuer_self_signed(const struct dt_cert *cert)
{
	if (cert->key.type == DT_KEY_UNKNOWN ||
	    (cert->flags & DT_CERT_INVALID) != 0)
		return -1;
	return (cert->flags & DT_CERT_SELF_SIGNED) != 0;
}

/* The reference decodes the extensions of a certificate when it compares it
 * with a sound one of its issuer's name; dt_check_extensions asks for that. */
static bool
is_likely(struct dt_verify *v, const struct dt_cert *issuer,
    const struct dt_cert *subject)
{
	if ((issuer->flags & DT_CERT_INVALID) == 0 &&
	    dt_name_compare(&issuer->subject, &subject->issuer) == 0)
		v->leaf_compared = true;
	return dt_issuer_is_likely(issuer, subject);
}

static bool
path_contains(const struct dt_verify *v, const struct dt_cert *cert)
{
	for (size_t i = 0; i < v->path.count; i++)
		if (dt_cert_equal(dt_path_cert(v, i), cert))
			return true;
	return false;
}

/* ASN1_TIME_compare > 0: a time that cannot be read is never later. */
static bool
is_later(struct dt_time a, struct dt_time b)
{
	struct dt_utc left, right;

	return dt_time_parse(a, &left) && dt_time_parse(b, &right) &&
	       dt_utc_seconds(&left) > dt_utc_seconds(&right);
}

/* Keeps the better of two candidates that are not valid now. */
static struct dt_cert *
later_expiry(struct dt_cert *best, struct dt_cert *candidate)
{
	if (best == NULL || is_later(candidate->not_after, best->not_after))
		return candidate;
	return best;
}

bool
dt_issuer_is_decoded(const struct dt_verify *v, const struct dt_cert *cert)
{
	for (size_t i = 0; i < v->untrusted.count; i++)
		if (v->untrusted.items[i] == cert)
			return v->decoded[i];
	return true;
}

void
dt_issuer_mark_decoded(struct dt_verify *v, const struct dt_cert *cert)
{
	for (size_t i = 0; i < v->untrusted.count; i++)
		if (v->untrusted.items[i] == cert)
			v->decoded[i] = true;
}

struct dt_cert *
dt_issuer_find_untrusted(struct dt_verify *v, const struct dt_array *candidates,
    const struct dt_cert *subject)
{
	/* A self-issued leaf may be its own issuer. */
	bool may_repeat =
	    (subject->flags & DT_CERT_SELF_ISSUED) != 0 && v->path.count == 1;
	struct dt_cert *best = NULL;

	for (size_t i = 0; i < candidates->count; i++) {
		struct dt_cert *candidate = candidates->items[i];

		if (dt_name_compare(&candidate->subject, &subject->issuer) != 0)
			continue;
		dt_issuer_mark_decoded(v, candidate);
		if (!is_likely(v, candidate, subject) ||
		    (!may_repeat && path_contains(v, candidate)))
			continue;
		if (dt_validity_is_current(v, candidate))
			return candidate;
		best = later_expiry(best, candidate);
	}
	return best;
}

struct dt_cert *
dt_issuer_find_trusted(struct dt_verify *v, const struct dt_cert *subject)
{
	struct dt_cert *best = NULL;
	struct dt_run found = dt_store_find(v->store, &subject->issuer);

	for (size_t i = 0; i < found.count; i++) {
		struct dt_cert *candidate = found.items[i];

		if (!is_likely(v, candidate, subject))
			continue;
		if (dt_validity_is_current(v, candidate))
			return candidate;
		best = later_expiry(best, candidate);
	}
	return best;
}
