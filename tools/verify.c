/*
 * dicomtls verify: judges certificates in files as the peer would, for one
 * purpose or, without one, for both roles of a DICOM link. The first
 * certificate of a file is judged, the others help to build its path.
 */
#include "tools/advice.h"
#include "tools/command.h"
#include "tools/input.h"
#include "tools/json.h"
#include "tools/judging.h"
#include "tools/options.h"
#include "tools/report.h"

#include "dicomtls.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

struct verify {
	struct option_list ca_files;
	struct option_list untrusted;
	bool system_trust;
	const char *purpose;
	const char *at_time;
	const char *email;
	const char *ip;
	struct judging judging;
	struct judging_name name;
	bool json;
	struct report report;
	struct dicomtls_store *store;
	struct dicomtls_params *params;
};

/* As in a TLS session. */
#define DEFAULT_LEVEL 2

#define AT(field) offsetof(struct verify, field)

static const struct option_spec specs[] = {
	{ "ca-file", OPTION_LIST, AT(ca_files), "FILE",
	    "trusted certificates; may be repeated", 0, 0, NULL },
	{ "x509-system-trust", OPTION_FLAG, AT(system_trust), NULL,
	    "trust the system's CA certificates too", 0, 0, NULL },
	{ "untrusted", OPTION_LIST, AT(untrusted), "FILE",
	    "intermediates that help; may be repeated", 0, 0, NULL },
	{ "purpose", OPTION_TEXT, AT(purpose), "NAME",
	    "sslclient, sslserver, smimesign, any, ... (default: both TLS "
	    "roles)",
	    0, 0, NULL },
	{ "at-time", OPTION_TEXT, AT(at_time), "T",
	    "YYYYMMDDHHMMSSZ or seconds since 1970 (default now)", 0, 0, NULL },
	{ "email", OPTION_TEXT, AT(email), "ADDRESS",
	    "e-mail address it must carry", 0, 0, NULL },
	{ "ip", OPTION_TEXT, AT(ip), "ADDRESS", "IP address it must carry", 0,
	    0, NULL },
	{ "json", OPTION_FLAG, AT(json), NULL, "one JSON object per line", 0, 0,
	    NULL },
	{ 0 },
};

/* Without --purpose: what the certificate is used as, and what its peer asks
 * of it. */
static const struct {
	const char *role; /* in JSON and in events */
	const char *shown;
	int purpose;
} roles[] = {
	{ "scp", "SCP", DICOMTLS_PURPOSE_SSL_SERVER },
	{ "scu", "SCU", DICOMTLS_PURPOSE_SSL_CLIENT },
};

static bool
read_time(const char *text, int64_t *seconds)
{
	struct tm parts = { 0 };
	const char *end;
	long number;

	if (option_number(text, 0, 253402300799, &number)) {
		*seconds = number;
		return true;
	}
	end = strptime(text, "%Y%m%d%H%M%SZ", &parts);
	if (end == NULL || *end != '\0' || strlen(text) != 15)
		return false;
	*seconds = timegm(&parts);
	return true;
}

/* What params do not take: the value, or all values without memory. */
static int
refuse(const struct options *options, int rc, const char *name,
    const char *value, const char *what)
{
	if (rc != DICOMTLS_E_NOMEM)
		return options_wrong(
		    options, "--%s: '%s' is not %s", name, value, what);
	command_error(options->command, "--%s: no memory", name);
	return STATUS_UNUSABLE;
}

/* One after the other until something is wrong; -1 if nothing is. */
static int
set_params(struct verify *verify, const struct options *options)
{
	struct dicomtls_params *params = verify->params;
	int64_t seconds;
	int rc;

	if (verify->at_time != NULL) {
		if (!read_time(verify->at_time, &seconds))
			return options_wrong(options,
			    "--at-time: '%s' is not a time", verify->at_time);
		dicomtls_params_set_time(params, seconds);
	}
	if (verify->name.host != NULL &&
	    (rc = dicomtls_params_add_host(params, verify->name.host)) < 0)
		return refuse(
		    options, rc, "hostname", verify->name.host, "a host name");
	if (verify->email != NULL &&
	    (rc = dicomtls_params_set_email(params, verify->email)) < 0)
		return refuse(
		    options, rc, "email", verify->email, "an e-mail address");
	if (verify->ip != NULL &&
	    (rc = dicomtls_params_set_ip(params, verify->ip)) < 0)
		return refuse(options, rc, "ip", verify->ip, "an address");
	if (verify->judging.depth >= 0)
		dicomtls_params_set_depth(params, (int)verify->judging.depth);
	dicomtls_params_set_auth_level(params,
	    verify->judging.auth_level < 0 ? DEFAULT_LEVEL
					   : (int)verify->judging.auth_level);
	return -1;
}

static int
fill_store(struct verify *verify)
{
	const struct dt_questions questions =
	    judging_questions(&verify->judging, &verify->name);
	struct dicomtls_store *store = verify->store;
	struct dt_message why;
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < verify->ca_files.count; i++)
		rc = dicomtls_store_add_file(store, verify->ca_files.items[i]);
	if (rc == 0 && verify->system_trust)
		rc = dicomtls_store_add_system_trust(store);
	for (size_t i = 0; rc == 0 && i < verify->untrusted.count; i++)
		rc = dicomtls_store_add_untrusted_file(
		    store, verify->untrusted.items[i]);
	if (rc < 0) {
		command_error("verify", "%s", dicomtls_store_message(store));
		return STATUS_UNUSABLE;
	}
	if (dt_questions_put(&questions, store, verify->params, &why) == 0)
		return -1;
	command_error("verify", "%s", why.text);
	return STATUS_UNUSABLE;
}

/* One judgement: of this file, in this role. */
struct judgement {
	const struct verify *verify;
	struct event_source source;
	struct finding finding;
};

static int
on_event(int ok, const struct dicomtls_event *event, void *arg)
{
	struct judgement *judgement = arg;

	report_event(&judgement->verify->report, &judgement->source, event,
	    &judgement->finding);
	return judgement->verify->judging.accept_anyway ? 1 : ok;
}

static void
print_json(const char *path, const struct judgement *judgement,
    const struct dicomtls_verdict *verdict)
{
	struct json json;

	json_begin(&json, "result");
	json_text(&json, "file", path);
	json_text(&json, "role", judgement->source.role);
	json_bool(&json, "ok", verdict->result == 1);
	json_text(&json, "stage", "verify");
	json_number(&json, "error", verdict->error);
	json_number(&json, "l_error", dicomtls_code_l_number(verdict->error));
	json_text(&json, "name", dicomtls_code_name(verdict->error));
	if (verdict->error != 0) {
		json_number(&json, "depth", judgement->finding.depth);
		json_text(&json, "subject", judgement->finding.subject);
	}
	if (verdict->alert != 0)
		json_number(&json, "alert", verdict->alert);
	json_text(&json, "text", dicomtls_code_text(verdict->error));
	if (verdict->result != 1)
		json_text(&json, "advice", advice_for_error(verdict->error));
	json_end(&json, stdout);
}

static void
print_verdict(const char *path, const char *shown,
    const struct judgement *judgement, const struct dicomtls_verdict *verdict)
{
	const struct report *report = &judgement->verify->report;
	const struct finding *finding = &judgement->finding;

	if (report->json)
		print_json(path, judgement, verdict);
	else if (verdict->error == 0)
		report_note(report, "%s: as %s: ok", path, shown);
	else
		report_note(report,
		    "%s: as %s: %s, %d %s (%s) at depth %d, %s%s%s", path,
		    shown,
		    verdict->result == 1 ? "ok after an override" : "refused",
		    dicomtls_code_l_number(verdict->error),
		    dicomtls_code_name(verdict->error),
		    dicomtls_code_text(verdict->error), finding->depth,
		    finding->subject,
		    verdict->result == 1 ? "" : "; to mend it, ",
		    verdict->result == 1 ? ""
					 : advice_for_error(verdict->error));
}

static int
judge(struct verify *verify, const char *path, const struct input *input,
    const char *role, const char *shown)
{
	struct judgement judgement = { verify, { role, true }, { 0 } };
	struct dicomtls_verdict verdict;
	char why[256] = "";

	if (dicomtls_verify(verify->store, verify->params, input->certificates,
		input->count, on_event, &judgement, &verdict, why,
		sizeof(why)) < 0) {
		command_error("verify", "%s: %s", path, why);
		return STATUS_UNUSABLE;
	}
	print_verdict(path, shown, &judgement, &verdict);
	return verdict.result == 1 ? STATUS_DONE : STATUS_REFUSED;
}

static int
judge_file(struct verify *verify, const char *path)
{
	struct dt_message why;
	struct input input;
	int worst = STATUS_DONE;

	if (input_load(&input, path, INPUT_CERTIFICATES, &why) < 0) {
		command_error("verify", "%s", why.text);
		return STATUS_UNUSABLE;
	}
	if (verify->purpose != NULL)
		worst = judge(
		    verify, path, &input, verify->purpose, verify->purpose);
	for (size_t i = 0; verify->purpose == NULL && i < 2; i++) {
		int status;

		dicomtls_params_set_purpose(verify->params, roles[i].purpose);
		status =
		    judge(verify, path, &input, roles[i].role, roles[i].shown);
		worst = status > worst ? status : worst;
	}
	input_clear(&input);
	return worst;
}

static int
judge_files(struct verify *verify, const struct options *options, int count,
    char **paths)
{
	int worst = STATUS_DONE;
	int status;

	if (verify->purpose != NULL) {
		int purpose = dicomtls_purpose_find(verify->purpose);

		if (purpose < 0)
			return options_wrong(options,
			    "--purpose: there is no purpose '%s'",
			    verify->purpose);
		dicomtls_params_set_purpose(verify->params, purpose);
	}
	status = set_params(verify, options);
	if (status < 0)
		status = fill_store(verify);
	if (status >= 0)
		return status;
	for (int i = 0; i < count; i++) {
		status = judge_file(verify, paths[i]);
		worst = status > worst ? status : worst;
	}
	return worst;
}

int
command_verify(int argc, char **argv)
{
	struct verify verify = { .judging = JUDGING_DEFAULT };
	const struct options options = {
		"verify",
		"CERT...",
		"Judges the first certificate of each file with OpenSSL's "
		"rules "
		"and events; the others\nin the file help to build its path.",
		{ { specs, &verify }, { judging_options, &verify.judging },
		    { judging_name_options, &verify.name } },
	};
	int operands;
	int status = options_parse(&options, argc, argv, &operands);

	if (status >= 0)
		return status;
	status = judging_check(&options, &verify.judging, &verify.name);
	if (status >= 0)
		return status;
	if (operands == argc)
		return options_wrong(&options, "a file is needed");
	report_init(&verify.report, verify.json);
	if (dicomtls_store_new(&verify.store) < 0 ||
	    dicomtls_params_new(&verify.params) < 0) {
		command_error("verify", "no memory");
		status = STATUS_UNUSABLE;
	} else {
		status = judge_files(
		    &verify, &options, argc - operands, argv + operands);
	}
	dicomtls_params_free(verify.params);
	dicomtls_store_free(verify.store);
	return status;
}
