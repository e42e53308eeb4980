/*
 * Signatures and dates, anchor first (OpenSSL's internal_verify). Ends each
 * certificate with an ok.
 */
#include "verify/issuer.h"
#include "verify/report.h"
#include "verify/stages.h"
#include "verify/validity.h"
#include "x509/signature_cache.h"

/*
 * X509_get_pubkey_parameters: a leaf key that cannot be decoded ends the
 * verification. Keys that inherit parameters count among those.
 */
enum dt_outcome
dt_check_keys(struct dt_verify *v)
{
	const struct dt_key *key = &dt_path_cert(v, 0)->key;

	return key->type == DT_KEY_UNKNOWN ? DT_FAILED : DT_CONTINUE;
}

/* ossl_x509_signing_allowed: RFC 5280 6.1.4 (n), RFC 3820 for proxies. */
static int
signing_error(const struct dt_cert *issuer, const struct dt_cert *subject)
{
	bool proxy = (subject->flags & DT_CERT_PROXY) != 0;
	uint32_t needed = proxy ? DT_KU_DIGITAL_SIGNATURE : DT_KU_KEY_CERT_SIGN;

	if ((issuer->flags & DT_CERT_KUSAGE) == 0 ||
	    (issuer->kusage & needed) != 0)
		return DICOMTLS_V_OK;
	return proxy ? DICOMTLS_V_ERR_KEYUSAGE_NO_DIGITAL_SIGNATURE
		     : DICOMTLS_V_ERR_KEYUSAGE_NO_CERTSIGN;
}

/* RFC 5280 4.1.1.2: the signed algorithm is the one used (X509_verify). */
static bool
signature_is_valid(const struct dt_verify *v, const struct dt_cert *subject,
    const struct dt_key *key)
{
	const struct dt_signed object = {
		.algorithm = subject->signature_algorithm,
		.data = subject->tbs,
		.bits = subject->signature,
		.unused = subject->signature_unused_bits,
	};

	return dt_signature_algorithms_agree(subject->signature_algorithm,
		   subject->signature_algorithm_tbs) &&
	       dt_signature_cache_verify(v->params->signatures, key, &object);
}

/* Judges the signature on the certificate at depth by the one at
 * issuer_depth, which is the same for a self-signed anchor. What the issuer
 * lacks is reported about the issuer. */
static enum dt_outcome
check_signature(struct dt_verify *v, size_t depth, size_t issuer_depth)
{
	const struct dt_cert *subject = dt_path_cert(v, depth);
	const struct dt_cert *issuer = dt_path_cert(v, issuer_depth);
	/* RFC 6818 2: a self-issued end entity may sign itself. */
	bool own = depth == issuer_depth && (issuer->flags & DT_CERT_CA) == 0;
	int error = own ? DICOMTLS_V_OK : signing_error(issuer, subject);

	if (error != DICOMTLS_V_OK &&
	    dt_report_at(v, issuer_depth, error) != DT_CONTINUE)
		return DT_STOP;
	if (issuer->key.type == DT_KEY_UNKNOWN)
		return dt_report_at(v, issuer_depth,
		    DICOMTLS_V_ERR_UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY);
	if (signature_is_valid(v, subject, &issuer->key))
		return DT_CONTINUE;
	return dt_report_at(v, depth, DICOMTLS_V_ERR_CERT_SIGNATURE_FAILURE);
}

/* The anchor's own signature adds nothing and is checked on request only. */
static bool
checks_itself(const struct dt_verify *v, const struct dt_cert *anchor)
{
	return dt_params_has(v->params, DICOMTLS_F_CHECK_SS_SIGNATURE) &&
	       (anchor->flags & DT_CERT_SELF_SIGNED) != 0;
}

static enum dt_outcome
check_one(struct dt_verify *v, size_t depth, size_t issuer_depth)
{
	if ((depth != issuer_depth ||
		checks_itself(v, dt_path_cert(v, depth))) &&
	    check_signature(v, depth, issuer_depth) != DT_CONTINUE)
		return DT_STOP;
	if (dt_validity_check(v, depth) != DT_CONTINUE)
		return DT_STOP;
	return dt_report_ok(v, depth);
}

enum dt_outcome
dt_check_signatures(struct dt_verify *v)
{
	size_t last = v->path.count - 1;
	size_t start = v->path.count;
	const struct dt_cert *anchor = dt_path_cert(v, last);

	v->error_depth = (int)last;
	/* A path that does not end in a self-issued certificate (an overridden
	 * building failure) has nobody who signed its end. */
	if (!dt_issuer_is_likely(anchor, anchor) &&
	    !dt_params_has(v->params, DICOMTLS_F_PARTIAL_CHAIN)) {
		if (last > 0)
			start = last;
		else if (dt_report_at(v, 0,
			     DICOMTLS_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE) !=
			 DT_CONTINUE)
			return DT_STOP;
	}
	for (size_t above = start; above > 0; above--) {
		size_t issuer = above > last ? last : above;

		if (check_one(v, above - 1, issuer) != DT_CONTINUE)
			return DT_STOP;
	}
	return DT_CONTINUE;
}
