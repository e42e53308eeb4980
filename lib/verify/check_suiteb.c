/*
 * Suite B (RFC 5759, RFC 6460): version 3, ECDSA on P-256 with SHA-256 or on
 * P-384 with SHA-384, and no P-384 key certified by a P-256 one (OpenSSL's
 * X509_chain_check_suiteb). One finding at most.
 *
 * Security levels have their own stage; Suite B changes nothing there.
 */
#include "verify/check_suiteb.h"

#include "verify/report.h"
#include "verify/stages.h"
#include "x509/signature.h"

/* The two levels of security and what each is made of. */
struct level {
	uint32_t flag; /* that allows it */
	const char *curve;
	enum dt_digest digest;
	uint32_t forbids; /* flag that a key of this level switches off */
};

static const struct level levels[] = {
	{ DICOMTLS_F_SUITEB_128_LOS_ONLY, "prime256v1", DT_DIGEST_SHA256, 0 },
	{ DICOMTLS_F_SUITEB_192_LOS, "secp384r1", DT_DIGEST_SHA384,
	    DICOMTLS_F_SUITEB_128_LOS_ONLY },
};

static const struct level *
find_level(const struct dt_curve *curve)
{
	for (size_t i = 0; curve && i < sizeof(levels) / sizeof(*levels); i++)
		if (strcmp(levels[i].curve, curve->name) == 0)
			return &levels[i];
	return NULL;
}

static bool
is_ecdsa_with(struct dt_span algorithm, enum dt_digest digest)
{
	struct dt_signature_info info;

	dt_signature_info(&info, algorithm);
	return info.key == DT_KEY_EC && info.digest == (int)digest;
}

/* Judges a key and the signature it has made; algorithm is unset for a leaf,
 * which has made none. allowed loses what the key's level forbids. */
static int
check_signer(
    const struct dt_key *key, struct dt_span algorithm, uint32_t *allowed)
{
	const struct level *level = find_level(key->curve);

	if (key->type != DT_KEY_EC)
		return DICOMTLS_V_ERR_SUITE_B_INVALID_ALGORITHM;
	if (level == NULL)
		return DICOMTLS_V_ERR_SUITE_B_INVALID_CURVE;
	if (dt_span_is_set(algorithm) &&
	    !is_ecdsa_with(algorithm, level->digest))
		return DICOMTLS_V_ERR_SUITE_B_INVALID_SIGNATURE_ALGORITHM;
	if ((*allowed & level->flag) == 0)
		return DICOMTLS_V_ERR_SUITE_B_LOS_NOT_ALLOWED;
	*allowed &= ~level->forbids;
	return DICOMTLS_V_OK;
}

/* From the leaf up, each key with the signature below it; at the end the
 * anchor's own signature. depth is where the walk stopped, possibly one above
 * the path. */
static int
walk(const struct dt_verify *v, size_t *depth, uint32_t *allowed)
{
	struct dt_span algorithm = { NULL, 0 };
	const struct dt_cert *cert = NULL;

	for (*depth = 0; *depth < v->path.count; (*depth)++) {
		int error;

		cert = dt_path_cert(v, *depth);
		if (cert->version != 2)
			return DICOMTLS_V_ERR_SUITE_B_INVALID_VERSION;
		error = check_signer(&cert->key, algorithm, allowed);
		if (error != DICOMTLS_V_OK)
			return error;
		algorithm = cert->signature_algorithm;
	}
	return check_signer(&cert->key, algorithm, allowed);
}

enum dt_outcome
dt_check_suiteb(struct dt_verify *v)
{
	uint32_t asked = v->params->flags & DICOMTLS_F_SUITEB_128_LOS;
	uint32_t allowed = asked;
	size_t depth;
	int error;

	if (asked == 0)
		return DT_CONTINUE;
	error = walk(v, &depth, &allowed);
	if (error == DICOMTLS_V_OK)
		return DT_CONTINUE;
	/* What is wrong with a signature is wrong with the one below. */
	if (depth > 0 &&
	    (error == DICOMTLS_V_ERR_SUITE_B_INVALID_SIGNATURE_ALGORITHM ||
		error == DICOMTLS_V_ERR_SUITE_B_LOS_NOT_ALLOWED))
		depth--;
	/* The level was allowed until a P-384 key came. */
	if (error == DICOMTLS_V_ERR_SUITE_B_LOS_NOT_ALLOWED && allowed != asked)
		error = DICOMTLS_V_ERR_SUITE_B_CANNOT_SIGN_P_384_WITH_P_256;
	return dt_report_at(v, depth, error);
}

int
dt_suiteb_check_crl(const struct dicomtls_params *params,
    const struct dt_key *key, struct dt_span algorithm)
{
	uint32_t allowed = params->flags & DICOMTLS_F_SUITEB_128_LOS;

	return allowed == 0 ? DICOMTLS_V_OK
			    : check_signer(key, algorithm, &allowed);
}
