/*
 * Causes and remedies by number. An alert does not say which certificate it
 * is about, and most alerts stand for several error numbers: what is known is
 * told, the rest is listed as possibilities.
 */
#include "tools/advice.h"

#include "dicomtls.h"

#include <stddef.h>

#define SUITE_B                                                                \
	"have the chain issued with ECDSA keys on P-256 or P-384 and SHA-256 " \
	"or SHA-384, as the level asks; or ask for less than Suite B"

static const struct {
	int error;
	const char *advice;
} errors[] = {
	{ DICOMTLS_V_ERR_UNSPECIFIED,
	    "look at the verify function: it ended a check that had passed" },
	{ DICOMTLS_V_ERR_UNABLE_TO_GET_ISSUER_CERT,
	    "add the root certificate of the chain to the CA file; it holds "
	    "only an intermediate" },
	{ DICOMTLS_V_ERR_UNABLE_TO_GET_CRL,
	    "give the revocation list of this certificate's issuer with "
	    "--crl-file; the CA publishes it" },
	{ DICOMTLS_V_ERR_CERT_SIGNATURE_FAILURE,
	    "compare the CA file with the CA that really signed: the names "
	    "agree but the key does not, or the certificate was altered" },
	{ DICOMTLS_V_ERR_CRL_SIGNATURE_FAILURE,
	    "fetch the revocation list anew from the CA: it was altered, or "
	    "signed with another key than that of the CA we trust" },
	{ DICOMTLS_V_ERR_CERT_NOT_YET_VALID,
	    "set this computer's clock, or wait for the certificate's first "
	    "day" },
	{ DICOMTLS_V_ERR_CERT_HAS_EXPIRED,
	    "have the certificate renewed; if it is new, set this computer's "
	    "clock" },
	{ DICOMTLS_V_ERR_CRL_NOT_YET_VALID,
	    "set this computer's clock: the revocation list is dated in the "
	    "future" },
	{ DICOMTLS_V_ERR_CRL_HAS_EXPIRED,
	    "fetch the newest revocation list from the CA; if it is the "
	    "newest, set this computer's clock, or have the CA issue its next "
	    "one" },
	{ DICOMTLS_V_ERR_ERROR_IN_CRL_LAST_UPDATE_FIELD,
	    "have the CA issue its revocation list with a well-formed date" },
	{ DICOMTLS_V_ERR_ERROR_IN_CRL_NEXT_UPDATE_FIELD,
	    "have the CA issue its revocation list with a well-formed date" },
	{ DICOMTLS_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT,
	    "put the peer's self-signed certificate into the CA file, after "
	    "comparing it with its owner's copy" },
	{ DICOMTLS_V_ERR_SELF_SIGNED_CERT_IN_CHAIN,
	    "put the root certificate that the peer sent into the CA file, "
	    "after comparing it with its owner's copy" },
	{ DICOMTLS_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
	    "put the CA that issued this certificate into the CA file, or have "
	    "the peer send its intermediate certificates" },
	{ DICOMTLS_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE,
	    "put the CA that issued this certificate into the CA file, or have "
	    "the peer send its intermediate certificates" },
	{ DICOMTLS_V_ERR_CERT_CHAIN_TOO_LONG,
	    "raise --depth, or have the chain shortened" },
	{ DICOMTLS_V_ERR_CERT_REVOKED,
	    "replace the certificate and its key: the CA has withdrawn it, "
	    "perhaps because the key was lost; ask the CA before anything "
	    "else" },
	{ DICOMTLS_V_ERR_PATH_LENGTH_EXCEEDED,
	    "have the CA issue from the level its path length allows: there "
	    "is one intermediate too many below it" },
	{ DICOMTLS_V_ERR_INVALID_PURPOSE,
	    "have the certificate issued for TLS: extended key usage "
	    "clientAuth for an SCU, serverAuth for an SCP, key usage "
	    "digitalSignature" },
	{ DICOMTLS_V_ERR_CERT_UNTRUSTED,
	    "look at the trust settings of the certificate in the CA file: "
	    "they do not cover this use" },
	{ DICOMTLS_V_ERR_CERT_REJECTED,
	    "look at the trust settings of the certificate in the CA file: "
	    "they forbid this use" },
	{ DICOMTLS_V_ERR_KEYUSAGE_NO_CERTSIGN,
	    "have the CA certificate issued with key usage keyCertSign" },
	{ DICOMTLS_V_ERR_UNHANDLED_CRITICAL_EXTENSION,
	    "have the certificate issued without the unknown critical "
	    "extension" },
	{ DICOMTLS_V_ERR_KEYUSAGE_NO_CRL_SIGN,
	    "have the CA certificate issued with key usage cRLSign" },
	{ DICOMTLS_V_ERR_UNHANDLED_CRITICAL_CRL_EXTENSION,
	    "have the CA issue its revocation list without the unknown "
	    "critical extension" },
	{ DICOMTLS_V_ERR_INVALID_POLICY_EXTENSION,
	    "have the certificate issued with a well-formed policy extension" },
	{ DICOMTLS_V_ERR_NO_EXPLICIT_POLICY,
	    "name a policy of the certificate with --policy (2.5.29.32.0 "
	    "stands for any), or have it issued under the policy asked for" },
	{ DICOMTLS_V_ERR_DIFFERENT_CRL_SCOPE,
	    "give a revocation list for certificates of this kind: the one "
	    "given covers others only (its issuing distribution point says "
	    "which), or needs --crl-extended" },
	{ DICOMTLS_V_ERR_PERMITTED_VIOLATION,
	    "have the certificate issued by a CA that may issue for this "
	    "name: a CA above it is limited to other names" },
	{ DICOMTLS_V_ERR_EXCLUDED_VIOLATION,
	    "have the certificate issued by a CA that may issue for this "
	    "name: a CA above it is barred from it" },
	{ DICOMTLS_V_ERR_CRL_PATH_VALIDATION_ERROR,
	    "give the certificate of whoever signed the revocation list with "
	    "the CA files, and look at the events before this one: they tell "
	    "what is wrong with it; it must lead to the same root" },
	{ DICOMTLS_V_ERR_PROXY_CERTIFICATES_NOT_ALLOWED,
	    "have the owner use the certificate that signed this proxy "
	    "certificate; --allow-proxy-certs accepts it" },
	{ DICOMTLS_V_ERR_SUITE_B_INVALID_VERSION, SUITE_B },
	{ DICOMTLS_V_ERR_SUITE_B_INVALID_ALGORITHM, SUITE_B },
	{ DICOMTLS_V_ERR_SUITE_B_INVALID_CURVE, SUITE_B },
	{ DICOMTLS_V_ERR_SUITE_B_INVALID_SIGNATURE_ALGORITHM, SUITE_B },
	{ DICOMTLS_V_ERR_SUITE_B_LOS_NOT_ALLOWED, SUITE_B },
	{ DICOMTLS_V_ERR_SUITE_B_CANNOT_SIGN_P_384_WITH_P_256, SUITE_B },
	{ DICOMTLS_V_ERR_HOSTNAME_MISMATCH,
	    "give a name that is in the certificate with --hostname, if you "
	    "are sure it is the right computer; or have the name added to the "
	    "certificate" },
	{ DICOMTLS_V_ERR_EMAIL_MISMATCH,
	    "give the address that is in the certificate with --email" },
	{ DICOMTLS_V_ERR_IP_ADDRESS_MISMATCH,
	    "connect by name, or have the address added to the certificate" },
	{ DICOMTLS_V_ERR_EE_KEY_TOO_SMALL,
	    "have a certificate with a larger key issued (RSA 2048 bits or "
	    "P-256); --auth-level 1 accepts it meanwhile" },
	{ DICOMTLS_V_ERR_CA_KEY_TOO_SMALL,
	    "change to a CA with a larger key (RSA 2048 bits or P-256); "
	    "--auth-level 1 accepts it meanwhile" },
	{ DICOMTLS_V_ERR_CA_MD_TOO_WEAK,
	    "have the certificate signed anew with SHA-256; --auth-level 0 "
	    "accepts it meanwhile" },
	{ DICOMTLS_V_ERR_INVALID_CA,
	    "have the issuer's certificate made a CA certificate (basic "
	    "constraints CA:TRUE), or the certificate issued by a real CA" },
};

static const struct {
	int alert;
	const char *name;
	const char *causes;
} alerts[] = {
	{ 10, "unexpected_message",
	    "the peer lost track of the handshake; its log knows more" },
	{ 20, "bad_record_mac", "data was damaged on the way" },
	{ 40, "handshake_failure",
	    "no common cipher suite, group or signature algorithm, no client "
	    "certificate where one is required (give --cert), or the peer's "
	    "program refused the certificate itself" },
	{ 42, "bad_certificate",
	    "our certificate is not yet valid, too weak for the peer, not "
	    "made out to the name the peer expects, or cannot be read" },
	{ 43, "unsupported_certificate",
	    "our certificate is not for this purpose (26 INVALID_PURPOSE): an "
	    "SCU needs extended key usage clientAuth, an SCP serverAuth" },
	{ 44, "certificate_revoked",
	    "our certificate or one of its CAs is revoked (23 CERT_REVOKED)" },
	{ 45, "certificate_expired",
	    "our certificate, one of its CAs or a revocation list has "
	    "expired, or the peer's clock is wrong" },
	{ 46, "certificate_unknown",
	    "the peer refused our certificate for a reason that has no alert "
	    "of its own, such as an unknown critical extension (34) or a CA "
	    "without keyCertSign (32)" },
	{ 47, "illegal_parameter", "the peer did not like a handshake field" },
	{ 48, "unknown_ca",
	    "the peer does not know the CA of our certificate (18, 19, 20), "
	    "we do not send the intermediates, an issuer is no CA (79), or "
	    "the path is too long (22, 25)" },
	{ 49, "access_denied",
	    "our certificate is good but may not be used there" },
	{ 50, "decode_error",
	    "a message could not be read; some servers say so when a client "
	    "certificate is missing (give --cert)" },
	{ 51, "decrypt_error",
	    "a signature is wrong: our key does not belong to our "
	    "certificate, or the certificate was altered (7)" },
	{ 70, "protocol_version",
	    "no common TLS version: look at --tls-min and --tls-max" },
	{ 71, "insufficient_security",
	    "the peer demands stronger cipher suites" },
	{ 80, "internal_error",
	    "the peer failed, or its verify function refused without a "
	    "reason (1); its log knows more" },
	{ 90, "user_canceled", "the peer gave up" },
	{ 112, "unrecognized_name", "the peer does not serve that host name" },
	{ 116, "certificate_required",
	    "the peer wants a client certificate: give --cert and --key" },
	{ 120, "no_application_protocol", "the peer does not speak DICOM" },
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

const char *
advice_for_error(int error)
{
	for (size_t i = 0; i < COUNT(errors); i++)
		if (errors[i].error == error)
			return errors[i].advice;
	return "have the certificate corrected by whoever issued it";
}

const char *
advice_alert_name(int alert)
{
	for (size_t i = 0; i < COUNT(alerts); i++)
		if (alerts[i].alert == alert)
			return alerts[i].name;
	return "unknown alert";
}

const char *
advice_for_alert(int alert)
{
	for (size_t i = 0; i < COUNT(alerts); i++)
		if (alerts[i].alert == alert)
			return alerts[i].causes;
	return "the peer's log knows more";
}
