/* dicomtls echo: is the SCP there, does it accept us, do we accept it? */
#include "tools/command.h"
#include "tools/scu_echo.h"
#include "tools/scu_options.h"

struct echo {
	long timeout;
};

static const struct option_spec specs[] = {
	{ "timeout", OPTION_NUMBER, offsetof(struct echo, timeout), "S",
	    "seconds for all of it (default 30)", 1, 86400, NULL },
	{ 0 },
};

static int
run(const struct scu_request *request)
{
	struct dt_message why;
	struct result result;

	if (!endpoint_start_library("echo"))
		return STATUS_UNUSABLE;
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
	struct echo echo = { .timeout = 30 };
	struct scu_settings settings = SCU_SETTINGS_DEFAULT;
	const struct options options = {
		"echo",
		"HOST PORT",
		"Connects over TLS, asks for an association and C-ECHO, and "
		"tells every VERIFY event.",
		{ { specs, &echo }, SCU_TABLES(&settings) },
	};
	struct scu_request request;
	struct report report;
	int operands;
	int status = options_parse(&options, argc, argv, &operands);

	if (status < 0)
		status = endpoint_check(&options, &settings.endpoint);
	if (status >= 0)
		return status;
	if (argc - operands != 2)
		return options_wrong(&options, "HOST and PORT are needed");
	status =
	    scu_request_init(&request, &options, &settings, argv + operands);
	if (status >= 0)
		return status;
	report_init(&report, settings.json);
	request.report = &report;
	request.timeout = echo.timeout;
	request.service = &scu_echo;
	return run(&request);
}
