/*
 * dicomtls listen: an SCP that answers C-ECHO, keeps data sets in a directory
 * if it has one, and tells why it refuses. It serves until SIGINT or SIGTERM,
 * or for one connection, and reads its files again on SIGHUP.
 */
#include "tools/command.h"
#include "tools/failure.h"
#include "tools/inbox.h"
#include "tools/json.h"
#include "tools/output.h"
#include "tools/scp.h"

#include <limits.h>
#include <signal.h>
#include <unistd.h>

struct listen {
	const char *bind;
	long port;
	const char *title;
	const char *output;
	long max_size;
	long verify_mode;
	bool resume;
	bool once;
	bool json;
};

#define AT(field) offsetof(struct listen, field)

static const struct option_choice modes[] = {
	{ "none", L_SSL_VERIFY_NONE },
	{ "peer", L_SSL_VERIFY_PEER },
	{ "require", L_SSL_VERIFY_PEER | L_SSL_VERIFY_FAIL_IF_NO_PEER_CERT },
	{ NULL, 0 },
};

static const struct option_spec specs[] = {
	{ "bind", OPTION_TEXT, AT(bind), "ADDR",
	    "address to listen at, * for all (default 127.0.0.1)", 0, 0, NULL },
	{ "port", OPTION_NUMBER, AT(port), "N",
	    "port, 0 for a free one (default 2762)", 0, 65535, NULL },
	{ "verify", OPTION_CHOICE, AT(verify_mode), "none|peer|require",
	    "the client's certificate (default require)", 0, 0, modes },
	{ "aet", OPTION_TEXT, AT(title), "AET",
	    "our AE title (default: any is accepted)", 0, 0, NULL },
	{ "output-dir", OPTION_TEXT, AT(output), "DIR",
	    "accept data sets, and keep them there as DICOM files", 0, 0,
	    NULL },
	{ "max-size", OPTION_NUMBER, AT(max_size), "BYTES",
	    "refuse longer data sets (default: take any)", 1, LONG_MAX, NULL },
	{ "resume", OPTION_FLAG, AT(resume), NULL,
	    "let clients resume sessions; see the manual", 0, 0, NULL },
	{ "once", OPTION_FLAG, AT(once), NULL, "end after the first connection",
	    0, 0, NULL },
	{ "json", OPTION_FLAG, AT(json), NULL, "one JSON object per line", 0, 0,
	    NULL },
	{ 0 },
};

/* SIGUSR1, sent by ourselves, says that the one connection has ended. */
static volatile sig_atomic_t first_ok;

/* The same where the listener has ended, which nobody asked for. */
static volatile sig_atomic_t is_lost;

static void
end_without_listener(int code)
{
	command_error("listen", "listening has ended%s (code %d)",
	    failure_reason(code), code);
	is_lost = 1;
	kill(getpid(), SIGUSR1);
}

static void
end_after_first(const struct result *result, void *arg)
{
	bool *ended = arg;

	if (*ended)
		return;
	*ended = true;
	first_ok = result->ok;
	kill(getpid(), SIGUSR1);
}

/* False: nobody has been told. */
static bool
print_listening(const struct report *report, const struct scp *scp)
{
	struct json json;

	report_note(
	    report, "listening on %s:%u", scp_address(scp), scp_port(scp));
	if (!report->json)
		return !output_is_lost();
	json_begin(&json, "listening");
	json_text(&json, "address", scp_address(scp));
	json_number(&json, "port", (long)scp_port(scp));
	json_end(&json, stdout);
	return !output_is_lost();
}

/* For the connections to come; those that are there keep what they have. */
static void
reload(const struct report *report, struct scp *scp)
{
	struct dt_message text = { "" };
	struct json json;
	const bool ok = scp_reload(scp, &text);

	report_note(report,
	    ok ? "reloaded: %s"
	       : "nothing was reloaded, what was loaded before stays: %s",
	    text.text);
	if (!report->json)
		return;
	json_begin(&json, "reload");
	json_bool(&json, "ok", ok);
	json_text(&json, "text", text.text);
	json_end(&json, stdout);
}

/* The signals are blocked before the library starts its threads, which
 * inherit that: they come to sigwait and nowhere else. */
static int
serve(const struct scp_request *request)
{
	struct dt_message why;
	struct scp *scp;
	sigset_t awaited;
	int signal_number = 0;

	sigemptyset(&awaited);
	sigaddset(&awaited, SIGINT);
	sigaddset(&awaited, SIGTERM);
	sigaddset(&awaited, SIGHUP);
	sigaddset(&awaited, SIGUSR1);
	pthread_sigmask(SIG_BLOCK, &awaited, NULL);
	/* A file that reaches a limit is a failed write, not our end. */
	signal(SIGXFSZ, SIG_IGN);
	if (!endpoint_start_library("listen"))
		return STATUS_UNUSABLE;
	scp = scp_start(request, &why);
	if (scp == NULL) {
		command_error("listen", "%s", why.text);
		L_DicomShutDown();
		return STATUS_UNUSABLE;
	}
	/* Who waits for the address would wait for ever. */
	if (!print_listening(request->report, scp))
		signal_number = SIGTERM;
	while (signal_number == 0 || signal_number == SIGHUP)
		if (sigwait(&awaited, &signal_number) == 0 &&
		    signal_number == SIGHUP)
			reload(request->report, scp);
	scp_stop(scp);
	L_DicomShutDown();
	if (is_lost != 0)
		return STATUS_UNUSABLE;
	if (signal_number == SIGUSR1)
		return first_ok != 0 ? STATUS_DONE : STATUS_REFUSED;
	return STATUS_DONE;
}

/* Serves with a directory for data sets. */
static int
serve_inbox(struct scp_request *request, const struct listen *listen)
{
	struct dt_message why;
	int status;

	request->inbox =
	    inbox_open(listen->output, (uint64_t)listen->max_size, &why);
	if (request->inbox == NULL) {
		command_error("listen", "%s", why.text);
		return STATUS_UNUSABLE;
	}
	if (inbox_removed(request->inbox) > 0)
		command_error("listen",
		    "%s: unfinished files of an earlier run, removed: %u",
		    listen->output, inbox_removed(request->inbox));
	status = serve(request);
	inbox_close(request->inbox);
	return status;
}

int
command_listen(int argc, char **argv)
{
	struct listen listen = {
		.bind = "127.0.0.1",
		.port = 2762,
		.verify_mode =
		    L_SSL_VERIFY_PEER | L_SSL_VERIFY_FAIL_IF_NO_PEER_CERT,
	};
	struct endpoint_settings endpoint = ENDPOINT_SETTINGS_DEFAULT;
	const struct options options = {
		"listen",
		"",
		"Accepts associations over TLS, answers C-ECHO, keeps data "
		"sets, and tells every VERIFY event.",
		{ { specs, &listen }, { endpoint_options, &endpoint },
		    { judging_options, &endpoint.judging } },
	};
	struct scp_request request;
	struct report report;
	bool ended = false;
	int operands;
	int status = options_parse(&options, argc, argv, &operands);

	if (status >= 0)
		return status;
	status = endpoint_check(&options, &endpoint);
	if (status >= 0)
		return status;
	if (operands != argc)
		return options_wrong(
		    &options, "'%s' is not an option", argv[operands]);
	if (listen.max_size > 0 && listen.output == NULL)
		return options_wrong(&options,
		    "--max-size: nothing is stored without --output-dir");
	if (endpoint.certificate == NULL)
		return options_wrong(&options, "an SCP needs --cert");
	endpoint.verify_mode = listen.verify_mode;
	endpoint.resume = listen.resume;
	report_init(&report, listen.json);
	request = (struct scp_request){
		.endpoint = endpoint,
		.report = &report,
		.bind = listen.bind,
		.port = (unsigned)listen.port,
		.title = listen.title,
		.ended = listen.once ? end_after_first : NULL,
		.ended_arg = &ended,
		.lost = end_without_listener,
	};
	return listen.output == NULL ? serve(&request)
				     : serve_inbox(&request, &listen);
}
