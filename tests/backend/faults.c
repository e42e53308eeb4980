/*
 * The faults of the handshake matrix; see faults.h. Numbers and alerts are
 * those of the reference's documents (X509_V_ERR_* and the alerts measured for
 * them), not of our output.
 */
#include "faults.h"

#define VALID .not_before = "250101000000Z", .not_after = "270101000000Z"
#define CN(text) .subject = { { "CN", text, 0 } }
#define BOTH_ROLES .purposes = { "serverAuth", "clientAuth" }
#define IS_CA .constraints = MINT_CA, .key_usage = MINT_KEY_CERT_SIGN, VALID

spec fault_root = { CN("Root"), IS_CA };
spec fault_mid = { CN("Mid"), .issuer = &fault_root, IS_CA };
spec fault_good = { CN("Good"), .issuer = &fault_mid, BOTH_ROLES, VALID };

static spec email_only = { CN("E-mail only"), .issuer = &fault_mid,
	.purposes = { "emailProtection" }, VALID };
static spec expired = { CN("Expired"), .issuer = &fault_mid,
	.not_before = "240101000000Z", .not_after = "250101000000Z" };
static spec future = { CN("Not yet valid"), .issuer = &fault_mid,
	.not_before = "260601000000Z", .not_after = "270101000000Z" };
static spec old_mid = { CN("Expired mid"), .issuer = &fault_root,
	.constraints = MINT_CA, .key_usage = MINT_KEY_CERT_SIGN,
	.not_before = "240101000000Z", .not_after = "250101000000Z" };
static spec under_old_mid = { CN("Under expired"), .issuer = &old_mid, VALID };
static spec other_root = { CN("Other root"), IS_CA };
static spec stranger = { CN("Stranger"), .issuer = &other_root, VALID };
static spec self_signed = { CN("Self-signed"), BOTH_ROLES, VALID };
static spec damaged = { CN("Damaged"), .issuer = &fault_mid,
	.damaged_signature = true, VALID };
static spec short_mid = { CN("No further CA"), .issuer = &fault_root,
	.has_path_length = true, .path_length = 0, IS_CA };
static spec deep_mid = { CN("Deep"), .issuer = &short_mid, IS_CA };
static spec too_deep = { CN("Too deep"), .issuer = &deep_mid, VALID };
static spec no_ca = { CN("Not a CA"), .issuer = &fault_root,
	.constraints = MINT_NOT_CA, VALID };
static spec under_no_ca = { CN("Under no CA"), .issuer = &no_ca, VALID };
static spec no_certsign = { CN("CA without keyCertSign"), .issuer = &fault_root,
	.constraints = MINT_CA, .key_usage = MINT_DIGITAL_SIGNATURE, VALID };
static spec under_no_certsign = { CN("Under it"), .issuer = &no_certsign,
	VALID };
static spec small_key = { CN("RSA-1024"), .issuer = &fault_mid,
	.key = "rsa1024", VALID };
static spec sha1 = { CN("SHA-1"), .issuer = &fault_mid, .digest = "sha1",
	VALID };
static const uint8_t null_der[] = { 0x05, 0x00 };
#define PRIVATE_OID "1.3.6.1.4.1.99999.1"
static spec critical = { CN("Unknown critical"), .issuer = &fault_mid,
	.extensions = { { PRIVATE_OID, true, { null_der, 2 } } }, VALID };
static spec doubled_mid = { CN("Extension twice"), .issuer = &fault_root,
	.extensions = { { PRIVATE_OID, false, { null_der, 2 } },
	    { PRIVATE_OID, false, { null_der, 2 } } },
	IS_CA };
static spec under_doubled = { CN("Under doubled"), .issuer = &doubled_mid,
	VALID };
static spec encipher_only = { CN("keyEncipherment only"), .issuer = &fault_mid,
	.key = "rsa2048", .key_usage = MINT_KEY_ENCIPHERMENT, VALID };
static spec agree_only = { CN("keyAgreement only"), .issuer = &fault_mid,
	.key_usage = MINT_KEY_AGREEMENT, VALID };
static spec named = { CN("Named"), .issuer = &fault_mid,
	.names = { { MINT_DNS, "pacs.example" } }, VALID };

/* Below a CA that may sign CRLs. */
#define SIGNS_CRLS                                                             \
	.constraints = MINT_CA,                                                \
	.key_usage = MINT_KEY_CERT_SIGN | MINT_CRL_SIGN, VALID

spec fault_crl_root = { CN("Root with CRLs"), SIGNS_CRLS };
static spec crl_mid = { CN("Mid with CRLs"), .issuer = &fault_crl_root,
	.serial = "51", SIGNS_CRLS };
static spec listed = { CN("Listed"), .issuer = &crl_mid, .serial = "31",
	BOTH_ROLES, VALID };

#define CURRENT .this_update = "251201000000Z", .next_update = "260201000000Z"

static list nobody = { .issuer = &crl_mid, CURRENT };
static list lists_leaf = {
	.issuer = &crl_mid, CURRENT, .revoked = { { "31", "251101000000Z", 1 } }
};
static list lists_mid = { .issuer = &fault_crl_root,
	CURRENT,
	.revoked = { { "51", "251101000000Z", 0 } } };
static list old_list = { .issuer = &crl_mid,
	.this_update = "250201000000Z",
	.next_update = "250301000000Z" };
static list early_list = { .issuer = &crl_mid,
	.this_update = "260201000000Z",
	.next_update = "260301000000Z" };
static list damaged_list = {
	.issuer = &crl_mid, CURRENT, .damaged_signature = true
};

const struct fault faults[] = {
	{ .name = "nothing_wrong", .chain = { &fault_good, &fault_mid } },
	{ .name = "wrong_purpose",
	    .chain = { &email_only, &fault_mid },
	    .error = 26,
	    .alert = 43 },
	{ .name = "expired",
	    .chain = { &expired, &fault_mid },
	    .error = 10,
	    .alert = 45 },
	{ .name = "not_yet_valid",
	    .chain = { &future, &fault_mid },
	    .error = 9,
	    .alert = 42 },
	{ .name = "expired_intermediate",
	    .chain = { &under_old_mid, &old_mid },
	    .error = 10,
	    .depth = 1,
	    .alert = 45 },
	{ .name = "unknown_ca",
	    .chain = { &stranger },
	    .error = 20,
	    .alert = 48 },
	{ .name = "self_signed_leaf",
	    .chain = { &self_signed },
	    .error = 18,
	    .alert = 48 },
	{ .name = "untrusted_root_sent",
	    .chain = { &stranger, &other_root },
	    .error = 19,
	    .depth = 1,
	    .alert = 48 },
	{ .name = "missing_intermediate",
	    .chain = { &fault_good },
	    .error = 20,
	    .alert = 48 },
	{ .name = "damaged_signature",
	    .chain = { &damaged, &fault_mid },
	    .error = 7,
	    .alert = 51 },
	{ .name = "path_length",
	    .chain = { &too_deep, &deep_mid, &short_mid },
	    .error = 25,
	    .depth = 2,
	    .alert = 48 },
	{ .name = "issuer_is_no_ca",
	    .chain = { &under_no_ca, &no_ca },
	    .error = 79,
	    .depth = 1,
	    .alert = 48 },
	{ .name = "ca_without_key_cert_sign",
	    .chain = { &under_no_certsign, &no_certsign },
	    .error = 79,
	    .depth = 1,
	    .alert = 48 },
	{ .name = "chain_longer_than_depth",
	    .chain = { &too_deep, &deep_mid, &short_mid },
	    .depth_limit = 1,
	    .error = 22,
	    .depth = 2,
	    .alert = 48 },
	{ .name = "rsa_1024_at_level_2",
	    .chain = { &small_key, &fault_mid },
	    .error = 66,
	    .alert = 42 },
	{ .name = "sha1_at_level_2",
	    .chain = { &sha1, &fault_mid },
	    .error = 68,
	    .alert = 42 },
	{ .name = "unknown_critical_extension",
	    .chain = { &critical, &fault_mid },
	    .error = 34,
	    .alert = 46 },
	{ .name = "intermediate_gnutls_cannot_import",
	    .chain = { &under_doubled, &doubled_mid } },
	/* A GnuTLS sender does not sign with such keys at all, and an OpenSSL
	 * server has no TLS 1.2 suite for the second. */
	{ .name = "server_key_only_for_encipherment",
	    .chain = { &encipher_only, &fault_mid },
	    .only = SCU_JUDGES | OPENSSL_SENDS | OLD | NEW },
	{ .name = "client_key_only_for_agreement",
	    .chain = { &agree_only, &fault_mid },
	    .only = SCP_JUDGES | OPENSSL_SENDS | OLD | NEW },
	{ .name = "wrong_host",
	    .chain = { &named, &fault_mid },
	    .host = "ris.example",
	    .error = 62,
	    .alert = 42 },
	{ .name = "right_host",
	    .chain = { &named, &fault_mid },
	    .host = "pacs.example" },
	{ .name = "not_revoked",
	    .chain = { &listed, &crl_mid },
	    .flags = DICOMTLS_F_CRL_CHECK,
	    .crls = { &nobody } },
	{ .name = "revoked",
	    .chain = { &listed, &crl_mid },
	    .flags = DICOMTLS_F_CRL_CHECK,
	    .crls = { &lists_leaf },
	    .error = 23,
	    .alert = 44 },
	{ .name = "revoked_intermediate",
	    .chain = { &listed, &crl_mid },
	    .flags = DICOMTLS_F_CRL_CHECK | DICOMTLS_F_CRL_CHECK_ALL,
	    .crls = { &nobody, &lists_mid },
	    .error = 23,
	    .depth = 1,
	    .alert = 44 },
	{ .name = "no_crl",
	    .chain = { &listed, &crl_mid },
	    .flags = DICOMTLS_F_CRL_CHECK,
	    .error = 3,
	    .alert = 48 },
	{ .name = "expired_crl",
	    .chain = { &listed, &crl_mid },
	    .flags = DICOMTLS_F_CRL_CHECK,
	    .crls = { &old_list },
	    .error = 12,
	    .alert = 45 },
	{ .name = "crl_not_yet_valid",
	    .chain = { &listed, &crl_mid },
	    .flags = DICOMTLS_F_CRL_CHECK,
	    .crls = { &early_list },
	    .error = 11,
	    .alert = 42 },
	{ .name = "damaged_crl",
	    .chain = { &listed, &crl_mid },
	    .flags = DICOMTLS_F_CRL_CHECK,
	    .crls = { &damaged_list },
	    .error = 8,
	    .alert = 51 },
	{ .name = "policy_missing",
	    .chain = { &fault_good, &fault_mid },
	    .flags = DICOMTLS_F_POLICY_CHECK | DICOMTLS_F_EXPLICIT_POLICY,
	    .policy = "1.2.3.4",
	    .error = 43,
	    .alert = 46 },
	{ .name = "p256_where_suite_b_asks_192_bits",
	    .chain = { &fault_good, &fault_mid },
	    .flags = DICOMTLS_F_SUITEB_192_LOS,
	    .error = 60,
	    .alert = 46 },
	/* Of a CA that the server does not list: GnuTLS would keep it back. */
	{ .name = "client_ca_not_listed",
	    .chain = { &stranger },
	    .only = SCP_JUDGES | OPENSSL_SENDS | GNUTLS_SENDS | OLD | NEW,
	    .error = 20,
	    .alert = 48 },
	{ .name = "no_client_certificate",
	    .only = SCP_JUDGES | OPENSSL_SENDS | GNUTLS_SENDS | OLD | NEW,
	    .alert = 40,
	    .alert_1_3 = 116 },
	/* OpenSSL would not load it for sending. */
	{ .name = "undecodable_certificate",
	    .chain = { &fault_good, &fault_mid },
	    .garbage = true,
	    .only = SCU_JUDGES | SCP_JUDGES | GNUTLS_SENDS | OLD | NEW,
	    .alert = 42 },
};

const size_t fault_count = sizeof(faults) / sizeof(faults[0]);
