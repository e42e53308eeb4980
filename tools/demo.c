/*
 * dicomtls demo: the documented example come alive. An SCP and an SCU meet
 * over loopback, with certificates minted for the occasion: a client whose
 * certificate is not for TLS is refused, then accepted by a VERIFY that
 * returns 1, then replaced by a good one.
 */
#include "tools/command.h"
#include "tools/mint.h"
#include "tools/options.h"
#include "tools/scp.h"
#include "tools/scu_echo.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ALERT_UNSUPPORTED_CERTIFICATE 43
/* Longest wait for the SCP to hear that a connection is over. */
#define END_SECONDS 10

static const struct mint_spec ca = {
	.subject = { { "CN", "Demo CA", 0 }, { "L", "Charlotte", 0 },
	    { "ST", "North Carolina", 0 }, { "C", "US", 0 },
	    { "O", "Demo Technologies, Inc.", 0 } },
	.constraints = MINT_CA,
	.key_usage = MINT_KEY_CERT_SIGN | MINT_CRL_SIGN,
};

static const struct mint_spec server = {
	.subject = { { "CN", "localhost", 0 }, { "O", "Demo Hospital", 0 } },
	.issuer = &ca,
	.serial = "02",
	.constraints = MINT_NOT_CA,
	.key_usage = MINT_DIGITAL_SIGNATURE,
	.purposes = { "serverAuth" },
	.names = { { MINT_DNS, "localhost" }, { MINT_IP, "127.0.0.1" } },
};

static const struct mint_spec bad_client = {
	.subject = { { "CN", "Test Client", 0 }, { "C", "US", 0 },
	    { "ST", "Nebraska", 0 }, { "L", "Omaha", 0 },
	    { "O", "Test Client Organization", 0 } },
	.issuer = &ca,
	.serial = "ae:8a:75:37:56:03:c4:45",
	.constraints = MINT_NOT_CA,
	.key_usage = MINT_DIGITAL_SIGNATURE | MINT_KEY_ENCIPHERMENT,
	.purposes = { "codeSigning" },
};

static const struct mint_spec good_client = {
	.subject = { { "CN", "Good Client", 0 }, { "C", "US", 0 } },
	.issuer = &ca,
	.serial = "04",
	.constraints = MINT_NOT_CA,
	.key_usage = MINT_DIGITAL_SIGNATURE,
	.purposes = { "clientAuth" },
};

/* Which certificate and key an end shows. */
enum identity { SERVER, BAD_CLIENT, GOOD_CLIENT, IDENTITIES };

struct files {
	struct mint_dir dir;
	char *ca;
	char *certificates[IDENTITIES];
	char *keys[IDENTITIES];
};

static const struct mint_spec *const identities[IDENTITIES] = {
	[SERVER] = &server,
	[BAD_CLIENT] = &bad_client,
	[GOOD_CLIENT] = &good_client,
};

static bool
mint_files(struct files *files)
{
	static const char *const names[IDENTITIES][2] = {
		{ "server.pem", "server.key" },
		{ "bad-client.pem", "bad-client.key" },
		{ "good-client.pem", "good-client.key" },
	};
	const struct mint_spec *const anchors[] = { &ca, NULL };
	bool ok;

	files->ca = mint_dir_certificates(&files->dir, "ca.pem", anchors);
	ok = files->ca != NULL;
	for (size_t i = 0; ok && i < IDENTITIES; i++) {
		const struct mint_spec *const chain[] = { identities[i], NULL };

		files->certificates[i] =
		    mint_dir_certificates(&files->dir, names[i][0], chain);
		if (files->certificates[i] != NULL)
			files->keys[i] = mint_dir_key(
			    &files->dir, names[i][1], identities[i], NULL);
		ok = files->keys[i] != NULL;
	}
	return ok;
}

static void
clear_files(struct files *files)
{
	mint_dir_remove(&files->dir);
	free(files->ca);
	for (size_t i = 0; i < IDENTITIES; i++) {
		free(files->certificates[i]);
		free(files->keys[i]);
	}
}

/* The end of the SCP's one connection in an act. */
struct curtain {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool fallen;
};

static void
let_fall(const struct result *result, void *arg)
{
	struct curtain *curtain = arg;

	(void)result;
	pthread_mutex_lock(&curtain->lock);
	curtain->fallen = true;
	pthread_cond_signal(&curtain->changed);
	pthread_mutex_unlock(&curtain->lock);
}

static void
wait_for(struct curtain *curtain)
{
	struct timespec deadline;
	int rc = 0;

	clock_gettime(CLOCK_REALTIME, &deadline);
	deadline.tv_sec += END_SECONDS;
	pthread_mutex_lock(&curtain->lock);
	while (!curtain->fallen && rc == 0)
		rc = pthread_cond_timedwait(
		    &curtain->changed, &curtain->lock, &deadline);
	pthread_mutex_unlock(&curtain->lock);
}

static struct endpoint_settings
settings_of(const struct files *files, enum identity identity)
{
	struct endpoint_settings settings = ENDPOINT_SETTINGS_DEFAULT;

	settings.ca_file = files->ca;
	settings.certificate = files->certificates[identity];
	settings.key = files->keys[identity];
	settings.verify_mode =
	    L_SSL_VERIFY_PEER | L_SSL_VERIFY_FAIL_IF_NO_PEER_CERT;
	return settings;
}

struct act {
	const char *title;
	enum identity client;
	bool accept_anyway;
	bool is_refused; /* how it must end */
};

/* Runs one meeting; true if both ends came together to tell a result. */
static bool
meet(const struct files *files, const struct report *report,
    const struct act *act, struct result *result)
{
	struct curtain curtain = { PTHREAD_MUTEX_INITIALIZER,
		PTHREAD_COND_INITIALIZER, false };
	struct scp_request service = {
		.endpoint = settings_of(files, SERVER),
		.report = report,
		.bind = "127.0.0.1",
		.ended = let_fall,
		.ended_arg = &curtain,
	};
	struct scu_request request = {
		.endpoint = settings_of(files, act->client),
		.report = report,
		.host = "127.0.0.1",
		.calling = "DEMO-SCU",
		.called = "DEMO-SCP",
		.timeout = END_SECONDS,
		.service = &scu_echo,
	};
	struct dt_message why;
	struct scp *scp;
	bool done;

	service.endpoint.judging.accept_anyway = act->accept_anyway;
	request.endpoint.name.host = "localhost";
	scp = scp_start(&service, &why);
	done = scp != NULL;
	if (done) {
		request.port = scp_port(scp);
		done = scu_run(&request, result, &why);
		wait_for(&curtain);
	}
	scp_stop(scp);
	if (!done)
		command_error("demo", "%s", why.text);
	return done;
}

static bool
play(const struct files *files, const struct report *report,
    const struct act *act)
{
	struct result result;

	report_note(report, "\n%s\n", act->title);
	if (!meet(files, report, act, &result))
		return false;
	report_note(report, "as the SCU sees it:");
	report_result(report, "scu", &result);
	if (!act->is_refused)
		return result.ok;
	return !result.ok && result.alert_received &&
	       result.alert == ALERT_UNSUPPORTED_CERTIFICATE;
}

static const struct act acts[] = {
	{ "1. The client's certificate is made for code signing, not for TLS. "
	  "The SCP's VERIFY\n   returns what it was given: the link is "
	  "refused.",
	    BAD_CLIENT, false, true },
	{ "2. The same client, but VERIFY returns 1: encryption without "
	  "authentication.",
	    BAD_CLIENT, true, false },
	{ "3. A client whose certificate is made for TLS: nothing to "
	  "override.",
	    GOOD_CLIENT, false, false },
};

static void
tell_what_next(const struct report *report)
{
	report_note(report,
	    "\nNext:\n"
	    "  dicomtls codes 26                 what a number means\n"
	    "  dicomtls show CERT                what VERIFY would tell of a "
	    "certificate\n"
	    "  dicomtls verify --ca-file CA CERT would an SCP, an SCU accept "
	    "it?\n"
	    "  dicomtls listen --cert CERT --key KEY --ca-file CA\n"
	    "  dicomtls echo HOST PORT --cert CERT --key KEY --ca-file CA\n"
	    "                                    try a real peer, and see why "
	    "it fails");
}

static int
perform(const struct report *report)
{
	struct files files = { 0 };
	int status = STATUS_DONE;

	if (mint_dir_make(&files.dir) < 0) {
		command_error("demo", "no directory for temporary files");
		return STATUS_UNUSABLE;
	}
	errno = 0;
	if (!mint_files(&files)) {
		/* What is made is always the same: only memory may lack. */
		command_error("demo",
		    "%s: the certificates could not be made and written: %s",
		    files.dir.path, strerror(errno != 0 ? errno : ENOMEM));
		status = STATUS_UNUSABLE;
	}
	for (size_t i = 0; status == STATUS_DONE && i < 3; i++) {
		if (play(&files, report, &acts[i]))
			continue;
		command_error("demo", "this is not how it should end");
		status = STATUS_REFUSED;
	}
	clear_files(&files);
	return status;
}

int
command_demo(int argc, char **argv)
{
	const struct options options = {
		"demo",
		"",
		"Shows over loopback how a client certificate is refused, why, "
		"and what VERIFY can do.",
		{ { NULL, NULL } },
	};
	struct report report;
	int operands;
	int status = options_parse(&options, argc, argv, &operands);

	if (status >= 0)
		return status;
	if (operands != argc)
		return options_wrong(
		    &options, "'%s' is not an option", argv[operands]);
	report_init(&report, false);
	report.certificates = true;
	if (!endpoint_start_library("demo"))
		return STATUS_UNUSABLE;
	status = perform(&report);
	L_DicomShutDown();
	if (status == STATUS_DONE)
		tell_what_next(&report);
	return status;
}
