/*
 * Extensions of every certificate of the path, leaf first: unhandled critical
 * ones, CA bits, explicit curves, the strict rules of RFC 5280, purpose, path
 * length (OpenSSL's check_extensions).
 */
#include "compat/purpose.h"
#include "compat/trust.h"
#include "verify/issuer.h"
#include "verify/report.h"
#include "verify/stages.h"
#include "x509/signature.h"

/* What the place in the path demands. */
enum ca_rule {
	CA_EITHER,    /* the leaf */
	CA_FORBIDDEN, /* above a proxy certificate */
	CA_REQUIRED
};

/* The certificate under test and what the walk carries upwards. */
struct walk {
	struct dt_verify *v;
	size_t depth;
	const struct dt_cert *cert;
	enum ca_rule rule;
	bool strict;
	long length;	  /* intermediates below that are not self-issued */
	int proxy_length; /* RFC 3820 4.1.3; an int as in OpenSSL */
};

static bool
has(const struct walk *w, uint32_t flag)
{
	return (w->cert->flags & flag) != 0;
}

static bool
is_last(const struct walk *w)
{
	return w->depth + 1 == w->v->path.count;
}

/* The reference has not decoded the extensions of a leaf whose key it cannot
 * decode, unless it compared the leaf with another certificate before. */
static bool
is_undecoded(const struct walk *w)
{
	return w->v->path.count == 1 && !w->v->leaf_compared &&
	       w->cert->key.type == DT_KEY_UNKNOWN;
}

/* Reports error if failed; false if the verification ends. */
static bool
unless(struct walk *w, bool failed, int error)
{
	return !failed || dt_report_at(w->v, w->depth, error) == DT_CONTINUE;
}

static bool
check_critical(struct walk *w)
{
	bool ignored = dt_params_has(w->v->params, DICOMTLS_F_IGNORE_CRITICAL);
	bool proxies =
	    w->v->parent == NULL &&
	    dt_params_has(w->v->params, DICOMTLS_F_ALLOW_PROXY_CERTS);

	if (is_undecoded(w))
		return true;
	return unless(w, !ignored && has(w, DT_CERT_CRITICAL),
		   DICOMTLS_V_ERR_UNHANDLED_CRITICAL_EXTENSION) &&
	       unless(w, !proxies && has(w, DT_CERT_PROXY),
		   DICOMTLS_V_ERR_PROXY_CERTIFICATES_NOT_ALLOWED);
}

/* Answers of dt_check_ca over 1 stand for certificates that are CAs only by
 * old custom: no basicConstraints. They do as anchors unless strict. */
static bool
check_ca_bits(struct walk *w)
{
	int ca = dt_check_ca(w->cert);
	bool by_custom = ca != 1;

	/* X509_check_ca decodes a certificate that was not decoded before. */
	dt_issuer_mark_decoded(w->v, w->cert);
	switch (w->rule) {
	case CA_EITHER:
		return unless(w, w->strict && ca != 0 && by_custom,
		    DICOMTLS_V_ERR_INVALID_CA);
	case CA_FORBIDDEN:
		return unless(w, ca != 0, DICOMTLS_V_ERR_INVALID_NON_CA);
	case CA_REQUIRED:
		break;
	}
	return unless(w, ca == 0 || ((!is_last(w) || w->strict) && by_custom),
	    DICOMTLS_V_ERR_INVALID_CA);
}

/* RFC 5480 2.1.1: only named curves. Not asked of a path of one. */
static bool
check_curve(struct walk *w)
{
	if (w->v->path.count == 1)
		return true;
	return unless(w, w->cert->key.type == DT_KEY_UNKNOWN,
		   DICOMTLS_V_ERR_UNSPECIFIED) &&
	       unless(w, w->cert->key.explicit_curve,
		   DICOMTLS_V_ERR_EC_KEY_EXPLICIT_PARAMS);
}

/* RFC 5280 4.2.1.9 and 4.2.1.3. */
static bool
check_strict_ca(struct walk *w)
{
	bool may_sign = (w->cert->kusage & DT_KU_KEY_CERT_SIGN) != 0;
	bool ca = has(w, DT_CERT_CA);
	bool limited = w->cert->pathlen != -1;

	return unless(w, limited && !ca,
		   DICOMTLS_V_ERR_PATHLEN_INVALID_FOR_NON_CA) &&
	       unless(w, limited && !may_sign,
		   DICOMTLS_V_ERR_PATHLEN_WITHOUT_KU_KEY_CERT_SIGN) &&
	       unless(w,
		   ca && has(w, DT_CERT_BCONS) &&
		       !has(w, DT_CERT_BCONS_CRITICAL),
		   DICOMTLS_V_ERR_CA_BCONS_NOT_CRITICAL) &&
	       unless(w, ca && !has(w, DT_CERT_KUSAGE),
		   DICOMTLS_V_ERR_CA_CERT_MISSING_KEY_USAGE) &&
	       unless(w, !ca && may_sign,
		   DICOMTLS_V_ERR_KU_KEY_CERT_SIGN_INVALID_FOR_NON_CA);
}

/* RFC 5280 4.1.2.4, 4.1.2.6, 4.2.1.6. */
static bool
check_strict_names(struct walk *w)
{
	const struct dt_cert *cert = w->cert;
	bool nameless = cert->subject.entry_count == 0;
	bool issues =
	    has(w, DT_CERT_CA) || (cert->kusage & DT_KU_CRL_SIGN) != 0;

	return unless(w, cert->issuer.entry_count == 0,
		   DICOMTLS_V_ERR_ISSUER_NAME_EMPTY) &&
	       unless(w, nameless && (issues || !cert->has_san),
		   DICOMTLS_V_ERR_SUBJECT_NAME_EMPTY) &&
	       unless(w,
		   nameless && cert->has_san && !has(w, DT_CERT_SAN_CRITICAL),
		   DICOMTLS_V_ERR_EMPTY_SUBJECT_SAN_NOT_CRITICAL) &&
	       unless(w, cert->has_san && cert->san.size == 0,
		   DICOMTLS_V_ERR_EMPTY_SUBJECT_ALT_NAME);
}

/* RFC 5280 4.1.1.2, 4.2.1.1, 4.2.1.2. Critical identifiers need no rule here:
 * they count as unhandled and were reported as such. */
static bool
check_strict_identifiers(struct walk *w)
{
	const struct dt_cert *cert = w->cert;

	if (!unless(w,
		!dt_signature_algorithms_agree(
		    cert->signature_algorithm, cert->signature_algorithm_tbs),
		DICOMTLS_V_ERR_SIGNATURE_ALGORITHM_INCONSISTENCY))
		return false;
	if (cert->version < 2)
		return unless(w, cert->extension_count > 0,
		    DICOMTLS_V_ERR_EXTENSIONS_REQUIRE_VERSION_3);
	return unless(w, !is_last(w) && !dt_span_is_set(cert->akid.keyid),
		   DICOMTLS_V_ERR_MISSING_AUTHORITY_KEY_IDENTIFIER) &&
	       unless(w, has(w, DT_CERT_CA) && !dt_span_is_set(cert->skid),
		   DICOMTLS_V_ERR_MISSING_SUBJECT_KEY_IDENTIFIER);
}

static bool
check_strict(struct walk *w)
{
	if (!w->strict || w->v->path.count == 1)
		return true;
	return check_strict_ca(w) && check_strict_names(w) &&
	       check_strict_identifiers(w);
}

/* An anchor may be trusted for the purpose whatever its extensions say, if the
 * purpose is the one that was asked for: in the path of a CRL's issuer it is
 * not. A certificate that cannot be judged passes unless strict. */
static bool
fits_purpose(const struct walk *w, int purpose)
{
	int fits;

	if (w->depth >= w->v->untrusted_count &&
	    purpose == w->v->params->purpose) {
		int trust = dt_trust_check(
		    w->cert, w->v->params->trust, DT_TRUST_NO_SS_COMPAT);

		if (trust != DT_TRUST_UNTRUSTED)
			return trust == DT_TRUST_TRUSTED;
	}
	fits = dt_purpose_check(w->cert, purpose, w->rule == CA_REQUIRED);
	return fits == 1 || (fits != 0 && !w->strict);
}

static bool
check_purpose(struct walk *w)
{
	int purpose = w->v->parent != NULL ? DICOMTLS_PURPOSE_CRL_SIGN
					   : w->v->params->purpose;

	return purpose == DICOMTLS_PURPOSE_NONE ||
	       unless(w, !fits_purpose(w, purpose),
		   DICOMTLS_V_ERR_INVALID_PURPOSE);
}

/* RFC 5280 6.1.4 (l), (m). Self-issued certificates do not count. Sums wrap
 * around, here and below, as they do in OpenSSL as it is built. */
static bool
check_path_length(struct walk *w)
{
	long limit = w->cert->pathlen;
	long most;

	(void)__builtin_add_overflow(limit, w->proxy_length, &most);
	if (!unless(w, w->depth > 1 && limit != -1 && w->length > most,
		DICOMTLS_V_ERR_PATH_LENGTH_EXCEEDED))
		return false;
	if (w->depth > 0 && !has(w, DT_CERT_SELF_ISSUED))
		w->length++;
	return true;
}

/* RFC 3820 4.1.3 (b)(1), read from the leaf upwards. */
static bool
check_proxy(struct walk *w)
{
	long limit = w->cert->proxy_pathlen;

	if (!has(w, DT_CERT_PROXY)) {
		w->rule = CA_REQUIRED;
		return true;
	}
	if (limit != -1) {
		if (!unless(w, w->proxy_length > limit,
			DICOMTLS_V_ERR_PROXY_PATH_LENGTH_EXCEEDED))
			return false;
		w->proxy_length = (int)limit;
	}
	(void)__builtin_add_overflow(w->proxy_length, 1, &w->proxy_length);
	w->rule = CA_FORBIDDEN;
	return true;
}

enum dt_outcome
dt_check_extensions(struct dt_verify *v)
{
	static bool (*const checks[])(struct walk * w) = { check_critical,
		check_ca_bits, check_curve, check_strict, check_purpose,
		check_path_length, check_proxy };
	struct walk w = { .v = v, .rule = CA_EITHER };

	w.strict = dt_params_has(v->params, DICOMTLS_F_X509_STRICT);
	for (w.depth = 0; w.depth < v->path.count; w.depth++) {
		w.cert = dt_path_cert(v, w.depth);
		for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++)
			if (!checks[i](&w))
				return DT_STOP;
	}
	return DT_CONTINUE;
}
