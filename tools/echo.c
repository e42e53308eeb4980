/* dicomtls echo: is the SCP there, does it accept us, do we accept it? */
#include "tools/command.h"
#include "tools/scu.h"

struct echo {
	long timeout;
	const char *calling;
	const char *called;
	long verify_mode;
	bool json;
};

#define AT(field) offsetof(struct echo, field)

static const struct option_choice modes[] = {
	{ "none", L_SSL_VERIFY_NONE },
	{ "peer", L_SSL_VERIFY_PEER },
	{ NULL, 0 },
};

static const struct option_spec specs[] = {
	{ "verify", OPTION_CHOICE, AT(verify_mode), "none|peer",
	    "does a refused certificate end it (default peer)", 0, 0, modes },
	{ "calling", OPTION_TEXT, AT(calling), "AET",
	    "our AE title (default DICOMTLS)", 0, 0, NULL },
	{ "called", OPTION_TEXT, AT(called), "AET",
	    "the peer's AE title (default ANY-SCP)", 0, 0, NULL },
	{ "timeout", OPTION_NUMBER, AT(timeout), "S",
	    "seconds for all of it (default 30)", 1, 86400, NULL },
	{ "json", OPTION_FLAG, AT(json), NULL, "one JSON object per line", 0, 0,
	    NULL },
	{ 0 },
};

static int
run(const struct scu_request *request)
{
	struct dt_message why;
	struct result result;

	if (L_DicomStartUp() != DICOM_SUCCESS) {
		command_error("echo", "the network library does not start");
		return STATUS_UNUSABLE;
	}
	if (!scu_run(request, &result, &why)) {
		command_error("echo", "%s", why.text);
		L_DicomShutDown();
		return STATUS_UNUSABLE;
	}
	L_DicomShutDown();
	report_result(request->report, "scu", &result);
	if (result.ok)
		return STATUS_DONE;
	return result.stage == REPORT_TCP ? STATUS_UNUSABLE : STATUS_REFUSED;
}

int
command_echo(int argc, char **argv)
{
	struct echo echo = {
		.timeout = 30,
		.calling = "DICOMTLS",
		.called = "ANY-SCP",
		.verify_mode = L_SSL_VERIFY_PEER,
	};
	struct endpoint_settings endpoint = ENDPOINT_SETTINGS_DEFAULT;
	const struct options options = {
		"echo",
		"HOST PORT",
		"Connects over TLS, asks for an association and C-ECHO, and "
		"tells every VERIFY event.",
		{ { specs, &echo }, { endpoint_options, &endpoint },
		    { judging_options, &endpoint.judging },
		    { judging_name_options, &endpoint.name } },
	};
	struct scu_request request;
	struct report report;
	int operands;
	long port;
	int status = options_parse(&options, argc, argv, &operands);

	if (status >= 0)
		return status;
	status = endpoint_check(&options, &endpoint);
	if (status >= 0)
		return status;
	if (argc - operands != 2)
		return options_wrong(&options, "HOST and PORT are needed");
	if (!option_number(argv[operands + 1], 1, 65535, &port))
		return options_wrong(&options,
		    "PORT: '%s' is not a number from 1 to 65535",
		    argv[operands + 1]);
	endpoint.verify_mode = echo.verify_mode;
	report_init(&report, echo.json);
	request = (struct scu_request){
		.endpoint = endpoint,
		.report = &report,
		.host = argv[operands],
		.port = (unsigned)port,
		.calling = echo.calling,
		.called = echo.called,
		.timeout = echo.timeout,
	};
	return run(&request);
}
