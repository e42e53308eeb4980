/*
 * Options about the judgement of certificates; see judging.h. Their names
 * follow OpenSSL's `verify`, with hyphens. Unlike there, asking for a check
 * never needs a second option to take effect: an option that would do nothing
 * is refused.
 */
#include "tools/judging.h"

#include "dicomtls.h"

#define AT(field) offsetof(struct judging, field)

/* One flag; bits are those it sets. */
#define FLAG(name, bits, help)                                                 \
	{                                                                      \
		name, OPTION_BITS, AT(flags), NULL, help, bits, 0, NULL        \
	}

#define CHECKS_CRLS DICOMTLS_F_CRL_CHECK
#define CHECKS_POLICIES DICOMTLS_F_POLICY_CHECK

const struct option_spec judging_options[] = {
	{ "depth", OPTION_NUMBER, AT(depth), "N",
	    "most intermediates (default 100)", 0, 1000, NULL },
	{ "auth-level", OPTION_NUMBER, AT(auth_level), "N",
	    "security level, 0 to 5 (default 2)", 0, 5, NULL },
	{ "crl-file", OPTION_LIST, AT(crl_files), "FILE",
	    "revocation lists (CRLs); may be repeated", 0, 0, NULL },
	FLAG("crl-check", CHECKS_CRLS, "the leaf must not be revoked"),
	FLAG("crl-check-all", CHECKS_CRLS | DICOMTLS_F_CRL_CHECK_ALL,
	    "no certificate may be; includes --crl-check"),
	FLAG("crl-extended", DICOMTLS_F_EXTENDED_CRL_SUPPORT,
	    "indirect CRLs and CRLs for some reasons count too"),
	FLAG("crl-deltas", DICOMTLS_F_USE_DELTAS, "delta CRLs count too"),
	{ "policy", OPTION_LIST, AT(policies), "OID",
	    "policy to be valid for; may be repeated", 0, 0, NULL },
	FLAG("policy-check", CHECKS_POLICIES, "judge certificate policies"),
	FLAG("explicit-policy", CHECKS_POLICIES | DICOMTLS_F_EXPLICIT_POLICY,
	    "a policy must be left, of those of --policy"),
	FLAG("inhibit-any", CHECKS_POLICIES | DICOMTLS_F_INHIBIT_ANY,
	    "anyPolicy does not count as each"),
	FLAG("inhibit-map", CHECKS_POLICIES | DICOMTLS_F_INHIBIT_MAP,
	    "policies are not mapped"),
	FLAG("policy-notify", CHECKS_POLICIES | DICOMTLS_F_NOTIFY_POLICY,
	    "tell when policies have been judged"),
	FLAG("suiteb-128", DICOMTLS_F_SUITEB_128_LOS,
	    "Suite B at 128 bits, P-384 allowed"),
	FLAG("suiteb-128-only", DICOMTLS_F_SUITEB_128_LOS_ONLY,
	    "Suite B at 128 bits, P-256 only"),
	FLAG("suiteb-192", DICOMTLS_F_SUITEB_192_LOS, "Suite B at 192 bits"),
	FLAG("partial-chain", DICOMTLS_F_PARTIAL_CHAIN,
	    "a trusted intermediate is enough"),
	FLAG("no-alt-chains", DICOMTLS_F_NO_ALT_CHAINS,
	    "do not look for another path"),
	FLAG("x509-strict", DICOMTLS_F_X509_STRICT,
	    "refuse what RFC 5280 forbids"),
	FLAG("check-ss-sig", DICOMTLS_F_CHECK_SS_SIGNATURE,
	    "check an anchor's own signature"),
	FLAG("allow-proxy-certs", DICOMTLS_F_ALLOW_PROXY_CERTS,
	    "proxy certificates may be used"),
	FLAG("ignore-critical", DICOMTLS_F_IGNORE_CRITICAL,
	    "unknown critical extensions do not matter"),
	FLAG("no-check-time", DICOMTLS_F_NO_CHECK_TIME, "dates do not matter"),
	FLAG("second-opinion", DICOMTLS_F_GNUTLS_OPINION,
	    "report what GnuTLS finds beyond OpenSSL's rules"),
	{ "signature-cache", OPTION_NUMBER, AT(signatures), "N",
	    "verified signatures to remember (default 4096; 0: none)", 0,
	    1048576, NULL },
	{ "accept-anyway", OPTION_FLAG, AT(accept_anyway), NULL,
	    "go on after failures, as a VERIFY that returns 1", 0, 0, NULL },
	{ 0 },
};

#undef AT
#define AT(field) offsetof(struct judging_name, field)

const struct option_spec judging_name_options[] = {
	{ "hostname", OPTION_TEXT, AT(host), "NAME",
	    "name that the certificate must carry", 0, 0, NULL },
	FLAG("no-wildcards", DICOMTLS_HOST_NO_WILDCARDS,
	    "* in a certificate matches nothing"),
	FLAG("no-partial-wildcards", DICOMTLS_HOST_NO_PARTIAL_WILDCARDS,
	    "* matches whole labels only"),
	FLAG("multi-label-wildcards", DICOMTLS_HOST_MULTI_LABEL_WILDCARDS,
	    "* matches several labels"),
	FLAG("single-label-subdomains", DICOMTLS_HOST_SINGLE_LABEL_SUBDOMAINS,
	    "a NAME with a leading dot: one label below it"),
	FLAG("always-check-subject", DICOMTLS_HOST_ALWAYS_CHECK_SUBJECT,
	    "look at the common name even beside alternative names"),
	FLAG("never-check-subject", DICOMTLS_HOST_NEVER_CHECK_SUBJECT,
	    "never look at the common name"),
	{ 0 },
};

/* CRL options that do nothing unless CRLs are looked at. */
static const char *
idle_crl_option(const struct judging *judging)
{
	if ((judging->flags & CHECKS_CRLS) != 0)
		return NULL;
	if (judging->crl_files.count > 0)
		return "crl-file";
	if ((judging->flags & DICOMTLS_F_EXTENDED_CRL_SUPPORT) != 0)
		return "crl-extended";
	return (judging->flags & DICOMTLS_F_USE_DELTAS) != 0 ? "crl-deltas"
							     : NULL;
}

static int
check_policies(const struct options *options, const struct judging *judging)
{
	struct dicomtls_params *params;
	int status = -1;

	/* Want of memory is the engine's to tell. */
	if (dicomtls_params_new(&params) < 0)
		return -1;
	for (size_t i = 0; status < 0 && i < judging->policies.count; i++)
		if (dicomtls_params_add_policy(params,
			judging->policies.items[i]) == DICOMTLS_E_INVALID)
			status = options_wrong(options,
			    "--policy: '%s' is not an OID",
			    judging->policies.items[i]);
	dicomtls_params_free(params);
	return status;
}

int
judging_check(const struct options *options, struct judging *judging,
    const struct judging_name *name)
{
	const char *idle = idle_crl_option(judging);

	if (idle != NULL)
		return options_wrong(options,
		    "--%s: nothing looks at revocation without --crl-check or "
		    "--crl-check-all",
		    idle);
	if (name != NULL && name->host == NULL && name->flags != 0)
		return options_wrong(options,
		    "there is no --hostname that the other options about it "
		    "could be for");
	if (judging->policies.count > 0)
		judging->flags |= CHECKS_POLICIES;
	return check_policies(options, judging);
}

struct dt_questions
judging_questions(
    const struct judging *judging, const struct judging_name *name)
{
	return (struct dt_questions){ .flags = (uint32_t)judging->flags,
		.host_flags = name == NULL ? 0 : (unsigned)name->flags,
		.policies = judging->policies.items,
		.crl_files = judging->crl_files.items,
		.signatures = (unsigned)judging->signatures };
}
