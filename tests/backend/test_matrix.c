/*
 * The handshake matrix: faults in a peer's certificate, seen by either role,
 * over TLS 1.2 and 1.3, judged by GnuTLS with our engine and by OpenSSL, sent
 * by either. Whoever judges: the same events, the same end, the same alert on
 * the other side.
 *
 * The faults and how they end are in faults.c; what differs on purpose is in
 * the table differences.
 *
 * A plain program that speaks TAP, so that sanitizers and valgrind see it
 * whole.
 */
#include "faults.h"
#include "handshake.h"
#include "openssl.h"
#include "tools/mint.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

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
static char *crl_file;

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
write_crls(const struct fault *fault)
{
	struct dt_buffer text = { 0 };

	for (list *const *l = fault->crls; *l != NULL; l++)
		hs_require(mint_crl(*l, MINT_PEM, &text) == 0, "mint a CRL");
	crl_file = mint_dir_write(&dir, "judge.crl", dt_buffer_span(&text));
	dt_buffer_clear(&text);
	hs_require(crl_file != NULL, "judge.crl");
}

static void
set_up(void)
{
	static spec *const trusted[] = { &fault_root, &fault_crl_root, NULL };
	static spec *const own[] = { &fault_good, &fault_mid, NULL };

	hs_require(mint_dir_make(&dir) == 0, "directory");
	trust_file = mint_dir_certificates(&dir, "trust.pem", trusted);
	judge_certificate = mint_dir_certificates(&dir, "judge.pem", own);
	judge_key = mint_dir_key(&dir, "judge.key", &fault_good, NULL);
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

/* Borrowed by the configuration until the next fault. */
static struct dt_questions
questions_of(const struct fault *fault)
{
	static const char *crl_files[2], *policies[2];

	crl_files[0] = fault->crls[0] != NULL ? crl_file : NULL;
	policies[0] = fault->policy;
	return (struct dt_questions){ .flags = fault->flags,
		.crl_files = crl_files,
		.policies = policies };
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
	config.questions = questions_of(fault);
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
	write_crls(fault);
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
	free(crl_file);
}

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

static int
list_faults(void)
{
	for (size_t i = 0; i < fault_count; i++)
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
	for (size_t i = 0; i < fault_count; i++) {
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
