/*
 * The handshake matrix: faults in a peer's certificate, seen by either role,
 * over TLS 1.2 and 1.3, judged by GnuTLS with our engine and by OpenSSL, sent
 * by either. Whoever judges: the same events, the same end, the same alert on
 * the other side.
 *
 * Numbers and alerts in the table are those of the reference's documents
 * (X509_V_ERR_* and the alerts measured for them), not of our output. What
 * differs on purpose is in the table differences.
 *
 * A plain program that speaks TAP, so that sanitizers and valgrind see it
 * whole.
 */
#include "handshake.h"
#include "openssl.h"
#include "tools/mint.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define NOW 1767225600 /* 2026-01-01 */
#define VALID .not_before = "250101000000Z", .not_after = "270101000000Z"
#define CN(text) .subject = { { "CN", text, 0 } }
#define BOTH_ROLES .purposes = { "serverAuth", "clientAuth" }
#define IS_CA .constraints = MINT_CA, .key_usage = MINT_KEY_CERT_SIGN, VALID

typedef const struct mint_spec spec;

static spec root = { CN("Root"), IS_CA };
static spec mid = { CN("Mid"), .issuer = &root, IS_CA };
static spec good = { CN("Good"), .issuer = &mid, BOTH_ROLES, VALID };

static spec email_only = { CN("E-mail only"), .issuer = &mid,
	.purposes = { "emailProtection" }, VALID };
static spec expired = { CN("Expired"), .issuer = &mid,
	.not_before = "240101000000Z", .not_after = "250101000000Z" };
static spec future = { CN("Not yet valid"), .issuer = &mid,
	.not_before = "260601000000Z", .not_after = "270101000000Z" };
static spec old_mid = { CN("Expired mid"), .issuer = &root,
	.constraints = MINT_CA, .key_usage = MINT_KEY_CERT_SIGN,
	.not_before = "240101000000Z", .not_after = "250101000000Z" };
static spec under_old_mid = { CN("Under expired"), .issuer = &old_mid, VALID };
static spec other_root = { CN("Other root"), IS_CA };
static spec stranger = { CN("Stranger"), .issuer = &other_root, VALID };
static spec self_signed = { CN("Self-signed"), BOTH_ROLES, VALID };
static spec damaged = { CN("Damaged"), .issuer = &mid,
	.damaged_signature = true, VALID };
static spec short_mid = { CN("No further CA"), .issuer = &root,
	.has_path_length = true, .path_length = 0, IS_CA };
static spec deep_mid = { CN("Deep"), .issuer = &short_mid, IS_CA };
static spec too_deep = { CN("Too deep"), .issuer = &deep_mid, VALID };
static spec no_ca = { CN("Not a CA"), .issuer = &root,
	.constraints = MINT_NOT_CA, VALID };
static spec under_no_ca = { CN("Under no CA"), .issuer = &no_ca, VALID };
static spec no_certsign = { CN("CA without keyCertSign"), .issuer = &root,
	.constraints = MINT_CA, .key_usage = MINT_DIGITAL_SIGNATURE, VALID };
static spec under_no_certsign = { CN("Under it"), .issuer = &no_certsign,
	VALID };
static spec small_key = { CN("RSA-1024"), .issuer = &mid, .key = "rsa1024",
	VALID };
static spec sha1 = { CN("SHA-1"), .issuer = &mid, .digest = "sha1", VALID };
static const uint8_t null_der[] = { 0x05, 0x00 };
#define PRIVATE_OID "1.3.6.1.4.1.99999.1"
static spec critical = { CN("Unknown critical"), .issuer = &mid,
	.extensions = { { PRIVATE_OID, true, { null_der, 2 } } }, VALID };
static spec doubled_mid = { CN("Extension twice"), .issuer = &root,
	.extensions = { { PRIVATE_OID, false, { null_der, 2 } },
	    { PRIVATE_OID, false, { null_der, 2 } } },
	IS_CA };
static spec under_doubled = { CN("Under doubled"), .issuer = &doubled_mid,
	VALID };
static spec encipher_only = { CN("keyEncipherment only"), .issuer = &mid,
	.key = "rsa2048", .key_usage = MINT_KEY_ENCIPHERMENT, VALID };
static spec agree_only = { CN("keyAgreement only"), .issuer = &mid,
	.key_usage = MINT_KEY_AGREEMENT, VALID };
static spec named = { CN("Named"), .issuer = &mid,
	.names = { { MINT_DNS, "pacs.example" } }, VALID };

enum {
	SCU_JUDGES = 1,
	SCP_JUDGES = 2,
	OPENSSL_SENDS = 4,
	GNUTLS_SENDS = 8,
	OLD = 16, /* TLS 1.2 */
	NEW = 32, /* TLS 1.3 */
	ANY = 63
};

struct fault {
	const char *name;
	unsigned only;	       /* 0: every row of the matrix */
	spec *chain[MINT_MAX]; /* what is sent */
	int error;	       /* of the default answer; 0: accepted */
	int depth;
	int alert;     /* 0: none */
	int alert_1_3; /* if it is another one there */
	const char *host;
	int depth_limit; /* 0: default */
	bool garbage;	 /* followed by something that is no certificate */
};

/* Rows where GnuTLS as judge ends otherwise than OpenSSL, each for a reason
 * of DESIGN.md. Whatever VERIFY saw is the same. */
static const struct difference {
	const char *fault;
	unsigned where; /* all bits must match */
	int alert;	/* sent by the GnuTLS side */
	int reference;	/* alert of the OpenSSL side, 0: it accepts */
	const char *reason;
} differences[] = {
	{ "intermediate_gnutls_cannot_import", OLD, 43, 0,
	    "GnuTLS imports every certificate of the message before its "
	    "verify function runs" },
	{ "server_key_only_for_encipherment", 0, 43, 0,
	    "GnuTLS insists on digitalSignature" },
	{ "client_key_only_for_agreement", 0, 43, 0,
	    "GnuTLS insists on digitalSignature" },
	{ "undecodable_certificate", SCP_JUDGES, 42, 50,
	    "OpenSSL's server answers decode_error, its client "
	    "bad_certificate; we send bad_certificate in both roles" }
};

static struct mint_dir dir;
static char *trust_file;
static char *judge_certificate;
static char *judge_key;

static char *
write_chain(const char *name, const struct fault *fault)
{
	static const char junk[] = "-----BEGIN CERTIFICATE-----\nMAMCAQU=\n"
				   "-----END CERTIFICATE-----\n";
	struct dt_buffer text = { 0 };
	char *path;

	for (spec *const *s = fault->chain; *s != NULL; s++)
		hs_require(mint_certificate(*s, MINT_PEM, &text) == 0, "mint");
	if (fault->garbage)
		dt_buffer_text(&text, junk);
	path = mint_dir_write(&dir, name, dt_buffer_span(&text));
	dt_buffer_clear(&text);
	hs_require(path != NULL, name);
	return path;
}

static void
set_up(void)
{
	static spec *const trusted[] = { &root, NULL };
	static spec *const own[] = { &good, &mid, NULL };

	hs_require(mint_dir_make(&dir) == 0, "directory");
	trust_file = mint_dir_certificates(&dir, "trust.pem", trusted);
	judge_certificate = mint_dir_certificates(&dir, "judge.pem", own);
	judge_key = mint_dir_key(&dir, "judge.key", &good, NULL);
	hs_require(trust_file && judge_certificate && judge_key, "files");
}

static void
tear_down(void)
{
	mint_dir_remove(&dir);
	free(trust_file);
	free(judge_certificate);
	free(judge_key);
}

static bool failed;

static void __attribute__((format(printf, 2, 3)))
expect(bool ok, const char *format, ...)
{
	va_list args;

	if (ok)
		return;
	failed = true;
	printf("# ");
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\n");
}

static struct tls_config
config_of_judge(const struct fault *fault, unsigned where)
{
	struct tls_config config = hs_config();

	config.verify_mode = TLS_VERIFY_PEER | TLS_VERIFY_FAIL_IF_NO_PEER_CERT;
	config.ca_file = trust_file;
	config.certificate_file = judge_certificate;
	config.key_file = judge_key;
	config.host_name = fault->host;
	config.time = NOW;
	if (fault->depth_limit != 0)
		config.verify_depth = fault->depth_limit;
	config.min_version = config.max_version =
	    where & NEW ? TLS_V1_3 : TLS_V1_2;
	return config;
}

/* Whatever it may send at level 0, and it takes any peer. */
static struct tls_config
config_of_sender(const char *certificate, const char *key)
{
	struct tls_config config = hs_config();

	config.certificate_file = certificate;
	config.key_file = key;
	config.auth_level = 0;
	config.time = NOW;
	return config;
}

static const struct difference *
find_difference(const struct fault *fault, unsigned where)
{
	for (size_t i = 0; i < sizeof(differences) / sizeof(differences[0]);
	     i++)
		if (strcmp(differences[i].fault, fault->name) == 0 &&
		    (where & differences[i].where) == differences[i].where)
			return &differences[i];
	return NULL;
}

struct row {
	const struct fault *fault;
	unsigned where;
	bool accept;
	char name[128];
};

static int
wanted_alert(const struct row *row, const struct hs_side *judge)
{
	const struct difference *d = find_difference(row->fault, row->where);
	const bool accepts = row->accept && row->fault->error != 0;

	if (d != NULL)
		return judge->backend == &dt_gnutls_backend ? d->alert
							    : d->reference;
	if (accepts)
		return 0;
	if (row->where & NEW && row->fault->alert_1_3 != 0)
		return row->fault->alert_1_3;
	return row->fault->alert;
}

static void
check_end(const struct row *row, const struct hs_side *judge,
    const struct hs_side *sender)
{
	const char *who = judge->backend->name;
	const int alert = wanted_alert(row, judge);

	expect(judge->failure.alert_sent == (alert ? alert : -1),
	    "%s, %s: alert %d, not %d (%s)", row->name, who,
	    judge->failure.alert_sent, alert, judge->failure.message.text);
	expect(sender->failure.alert_received == (alert ? alert : -1),
	    "%s, %s: the other side saw alert %d, not %d (%s)", row->name, who,
	    sender->failure.alert_received, alert,
	    sender->failure.message.text);
	expect((judge->linked && sender->linked) == (alert == 0),
	    "%s, %s: link (%s | %s)", row->name, who,
	    judge->failure.message.text, sender->failure.message.text);
	if (row->accept || row->fault->error == 0)
		return;
	expect(judge->failure.verify_error == row->fault->error,
	    "%s, %s: error %d", row->name, who, judge->failure.verify_error);
	expect(judge->failure.verify_depth == row->fault->depth,
	    "%s, %s: depth %d", row->name, who, judge->failure.verify_depth);
}

static void
check_same_events(const struct row *row, const struct hs_side *ours,
    const struct hs_side *reference)
{
	expect(ours->count == reference->count, "%s: %u events, not %u",
	    row->name, ours->count, reference->count);
	for (unsigned i = 0; i < ours->count && i < reference->count; i++) {
		const struct hs_event *a = &ours->events[i];
		const struct hs_event *b = &reference->events[i];

		expect(a->ok == b->ok && a->depth == b->depth &&
			   a->error == b->error,
		    "%s: event %u is (%d,%d,%d), not (%d,%d,%d)", row->name, i,
		    a->ok, a->depth, a->error, b->ok, b->depth, b->error);
	}
}

static void
run_judge(const struct row *row, struct hs_side *judge, const char *certificate,
    const char *key)
{
	struct hs_side sender = {
		.backend = row->where & GNUTLS_SENDS ? &dt_gnutls_backend
						     : &openssl_backend,
		.config = config_of_sender(certificate, key),
	};

	judge->config = config_of_judge(row->fault, row->where);
	judge->accept = row->accept;
	if (row->where & SCU_JUDGES)
		hs_run(judge, &sender);
	else
		hs_run(&sender, judge);
	check_end(row, judge, &sender);
}

static void
run_row(const struct row *row, const char *certificate, const char *key)
{
	struct hs_side ours = { .backend = &dt_gnutls_backend };
	struct hs_side reference = { .backend = &openssl_backend };

	run_judge(row, &ours, certificate, key);
	run_judge(row, &reference, certificate, key);
	check_same_events(row, &ours, &reference);
}

static void
run_fault(const struct fault *fault)
{
	static const unsigned roles[] = { SCU_JUDGES, SCP_JUDGES };
	static const unsigned senders[] = { OPENSSL_SENDS, GNUTLS_SENDS };
	static const unsigned versions[] = { OLD, NEW };
	const unsigned only = fault->only ? fault->only : ANY;
	char *certificate = NULL;
	char *key = NULL;

	if (fault->chain[0] != NULL) {
		certificate = write_chain("sender.pem", fault);
		key = mint_dir_key(&dir, "sender.key", fault->chain[0], NULL);
	}
	for (unsigned i = 0; i < 16; i++) {
		struct row row = { .fault = fault,
			.where = roles[i & 1] | senders[i >> 1 & 1] |
				 versions[i >> 2 & 1],
			.accept = i >> 3 };

		if ((row.where & only) != row.where)
			continue;
		snprintf(row.name, sizeof(row.name), "%s, %s, %s sends, %s%s",
		    fault->name, row.where & SCU_JUDGES ? "SCU" : "SCP",
		    row.where & GNUTLS_SENDS ? "gnutls" : "openssl",
		    row.where & NEW ? "1.3" : "1.2",
		    row.accept ? ", overridden" : "");
		run_row(&row, certificate, key);
	}
	free(certificate);
	free(key);
}

static const struct fault faults[] = {
	{ .name = "nothing_wrong", .chain = { &good, &mid } },
	{ .name = "wrong_purpose",
	    .chain = { &email_only, &mid },
	    .error = 26,
	    .alert = 43 },
	{ .name = "expired",
	    .chain = { &expired, &mid },
	    .error = 10,
	    .alert = 45 },
	{ .name = "not_yet_valid",
	    .chain = { &future, &mid },
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
	    .chain = { &good },
	    .error = 20,
	    .alert = 48 },
	{ .name = "damaged_signature",
	    .chain = { &damaged, &mid },
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
	    .chain = { &small_key, &mid },
	    .error = 66,
	    .alert = 42 },
	{ .name = "sha1_at_level_2",
	    .chain = { &sha1, &mid },
	    .error = 68,
	    .alert = 42 },
	{ .name = "unknown_critical_extension",
	    .chain = { &critical, &mid },
	    .error = 34,
	    .alert = 46 },
	{ .name = "intermediate_gnutls_cannot_import",
	    .chain = { &under_doubled, &doubled_mid } },
	/* A GnuTLS sender does not sign with such keys at all, and an OpenSSL
	 * server has no TLS 1.2 suite for the second. */
	{ .name = "server_key_only_for_encipherment",
	    .chain = { &encipher_only, &mid },
	    .only = SCU_JUDGES | OPENSSL_SENDS | OLD | NEW },
	{ .name = "client_key_only_for_agreement",
	    .chain = { &agree_only, &mid },
	    .only = SCP_JUDGES | OPENSSL_SENDS | OLD | NEW },
	{ .name = "wrong_host",
	    .chain = { &named, &mid },
	    .host = "ris.example",
	    .error = 62,
	    .alert = 42 },
	{ .name = "right_host",
	    .chain = { &named, &mid },
	    .host = "pacs.example" },
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
	    .chain = { &good, &mid },
	    .garbage = true,
	    .only = SCU_JUDGES | SCP_JUDGES | GNUTLS_SENDS | OLD | NEW,
	    .alert = 42 },
};

static bool
is_asked_for(const struct fault *fault, char **names)
{
	if (*names == NULL)
		return true;
	while (*names != NULL)
		if (strcmp(*names++, fault->name) == 0)
			return true;
	return false;
}

static const size_t count = sizeof(faults) / sizeof(faults[0]);

static int
list_faults(void)
{
	for (size_t i = 0; i < count; i++)
		puts(faults[i].name);
	return 0;
}

/* Arguments name the faults to run, for slow checkers; none: all. --list
 * names what there is. */
int
main(int argc, char **argv)
{
	size_t run = 0;
	int bad = 0;

	if (argc == 2 && strcmp(argv[1], "--list") == 0)
		return list_faults();
	/* What was found stays visible where the program is cut short. */
	setvbuf(stdout, NULL, _IOLBF, 0);
	set_up();
	for (size_t i = 0; i < count; i++) {
		if (!is_asked_for(&faults[i], argv + 1))
			continue;
		failed = false;
		run_fault(&faults[i]);
		printf("%sok %zu - %s\n", failed ? "not " : "", ++run,
		    faults[i].name);
		bad += failed;
	}
	printf("1..%zu\n", run);
	tear_down();
	return bad != 0 || run == 0;
}
