/*
 * Handles of the command's SCU and SCP; see endpoint.h. They are handles of the
 * documented contract; only what the contract cannot say goes through
 * lib/ltdic/extras.h.
 */
#define L_DICOM_VERIFY_USERDATA
#include "tools/endpoint.h"

#include "base/buffer.h"
#include "base/der.h"
#include "ltdic/extras.h"
#include "tls/profile_table.h"
#include "tools/advice.h"
#include "tools/command.h"
#include "tools/failure.h"
#include "tools/output.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#define AT(field) offsetof(struct endpoint_settings, field)

const struct option_spec endpoint_options[] = {
	{ "ca-file", OPTION_TEXT, AT(ca_file), "FILE",
	    "trusted CA certificates (PEM)", 0, 0, NULL },
	{ "x509-system-trust", OPTION_FLAG, AT(system_trust), NULL,
	    "trust the system's CA certificates too", 0, 0, NULL },
	{ "cert", OPTION_TEXT, AT(certificate), "FILE",
	    "our certificate and its chain", 0, 0, NULL },
	{ "key", OPTION_TEXT, AT(key), "FILE",
	    "our private key (default: in --cert)", 0, 0, NULL },
	{ "key-password-file", OPTION_TEXT, AT(password_file), "FILE",
	    "its first line is the key's password", 0, 0, NULL },
	{ "profile", OPTION_TEXT, AT(profile), "NAME",
	    "DICOM profile to keep to strictly", 0, 0, NULL },
	{ "sni", OPTION_TEXT, AT(server_name), "NAME",
	    "server name to ask for, or to be asked for", 0, 0, NULL },
	{ "tls-min", OPTION_CHOICE, AT(tls_min), "1.0|1.1|1.2|1.3",
	    "lowest version (default 1.2)", 0, 0, option_tls_versions },
	{ "tls-max", OPTION_CHOICE, AT(tls_max), "1.0|1.1|1.2|1.3",
	    "highest version (default 1.3)", 0, 0, option_tls_versions },
	{ 0 },
};

static int
check_profile(const struct options *options, const char *name)
{
	char names[160] = "";

	if (name == NULL || dt_profile_rules_find(name) != NULL)
		return -1;
	for (size_t i = 0; dt_profile_rules_at(i) != NULL; i++) {
		size_t used = strlen(names);

		snprintf(names + used, sizeof(names) - used, "%s%s",
		    i > 0 ? ", " : "", dt_profile_rules_at(i)->name);
	}
	return options_wrong(
	    options, "--profile: '%s' is not one of %s", name, names);
}

int
endpoint_check(
    const struct options *options, struct endpoint_settings *settings)
{
	int status = check_profile(options, settings->profile);

	if (status >= 0)
		return status;
	if (settings->tls_min != 0 && settings->tls_max != 0 &&
	    settings->tls_min > settings->tls_max)
		return options_wrong(options,
		    "--tls-min is above --tls-max: no version is left");
	/* Who asks for an old version must not meet the default minimum. */
	if (settings->tls_min == 0 && settings->tls_max != 0 &&
	    settings->tls_max < TLS_V1_2)
		settings->tls_min = settings->tls_max;
	return judging_check(options, &settings->judging, &settings->name);
}

bool
endpoint_start_library(const char *command)
{
	int code = L_DicomStartUp();

	if (code != DICOM_SUCCESS)
		command_error(command,
		    "the network library does not start%s (code %d)",
		    failure_reason(code), code);
	return code == DICOM_SUCCESS;
}

/* The contract's VERIFY: it decides, the event below reports. */
static L_INT EXT_CALLBACK
decide(HDICOMNET handle, L_INT ok, L_TCHAR *certificate, L_INT error,
    L_TCHAR *text, L_VOID *arg)
{
	const struct endpoint *endpoint = arg;

	(void)handle;
	(void)certificate;
	(void)error;
	(void)text;
	return endpoint->settings->judging.accept_anyway ? 1 : ok;
}

static void
keep_leaf(struct endpoint *endpoint, const struct dicomtls_event *event)
{
	gnutls_datum_t der;

	if (endpoint->leaf.data != NULL || dicomtls_event_depth(event) != 0)
		return;
	dicomtls_event_certificate(event, &der);
	endpoint->leaf.data = malloc(der.size);
	if (endpoint->leaf.data == NULL) {
		output_lose();
		return;
	}
	memcpy(endpoint->leaf.data, der.data, der.size);
	endpoint->leaf.size = der.size;
}

static int
on_event(int ok, const struct dicomtls_event *event, void *arg)
{
	struct endpoint *endpoint = arg;

	keep_leaf(endpoint, event);
	report_event(
	    endpoint->report, &endpoint->source, event, &endpoint->finding);
	return ok;
}

static L_INT EXT_CALLBACK
read_password(
    HDICOMNET handle, L_TCHAR *password, L_INT size, L_INT flag, L_VOID *arg)
{
	const struct endpoint *endpoint = arg;
	FILE *file;

	(void)handle;
	(void)flag;
	if (endpoint->settings->password_file == NULL || size <= 0)
		return 0;
	file = fopen(endpoint->settings->password_file, "re");
	if (file == NULL) {
		command_error(endpoint->source.role, "%s: %s",
		    endpoint->settings->password_file, strerror(errno));
		return 0;
	}
	/* A buffer of the stream's would be freed with the password in it. */
	setvbuf(file, NULL, _IONBF, 0);
	if (fgets(password, size, file) == NULL)
		password[0] = '\0';
	fclose(file);
	password[strcspn(password, "\r\n")] = '\0';
	return (L_INT)strlen(password);
}

static bool
is_readable(const char *path, struct dt_message *why)
{
	FILE *file;

	if (path == NULL)
		return true;
	file = fopen(path, "re");
	if (file == NULL) {
		dt_message_set(why, "%s: %s", path, strerror(errno));
		return false;
	}
	fclose(file);
	return true;
}

/* A step that failed, by the code of the contract that it returned. */
static void
explain_code(struct dt_message *why, const char *what, L_INT code)
{
	dt_message_set(why, "%s%s (code %d)", what, failure_reason(code), code);
}

/* There is no handle to ask: what the TLS library says of a context without
 * any setting is what it said of this one. */
static void
explain_defaults(int code, struct dt_message *why)
{
	const struct tls_config config = { .verify_depth = -1,
		.auth_level = -1 };
	struct tls_context *context = NULL;

	if (code == DICOM_ERROR_MEMORY ||
	    dt_gnutls_backend.context_new(&context, &config, why) == 0)
		explain_code(why, "the TLS settings were refused", code);
	dt_gnutls_backend.context_free(context);
}

static HDICOMNET
create(const struct endpoint_settings *settings, struct dt_message *why)
{
	L_SSL_CTX_CREATE context = {
		.uStructSize = sizeof(context),
		.uFlags = FLAG_SSL_CTX_CREATE_VERIFY_MODE,
		.uVerifyMode = (L_UINT)settings->verify_mode,
		.pszCAfile = (L_TCHAR *)settings->ca_file,
		.nVerifyDepth = (L_INT)settings->judging.depth,
	};
	HDICOMNET handle;

	if (settings->ca_file != NULL)
		context.uFlags |= FLAG_SSL_CTX_CREATE_CAFILE;
	if (settings->judging.depth >= 0)
		context.uFlags |= FLAG_SSL_CTX_CREATE_VERIFY_DEPTH;
	handle = L_DicomCreateNetExt(NULL, (L_INT32)DICOM_SECURE_TLS, &context);
	if (handle != NULL)
		return handle;
	if (context.nSuccess == DICOM_ERROR_TLS_INVALID_CTX_CAFILE)
		dt_message_set(
		    why, "%s: no certificate could be read", settings->ca_file);
	else
		explain_defaults(context.nSuccess, why);
	return NULL;
}

static bool
set_extras(const struct endpoint_settings *settings, HDICOMNET handle,
    struct dt_message *why)
{
	const struct dt_tls_extras extras = {
		.auth_level = (int)settings->judging.auth_level,
		.host_name = settings->name.host,
		.server_name = settings->server_name,
		.profile = settings->profile,
		.system_trust = settings->system_trust,
		.questions =
		    judging_questions(&settings->judging, &settings->name),
		.min_version = (int)settings->tls_min,
		.max_version = (int)settings->tls_max,
	};
	int code = dt_net_set_tls_extras(handle, &extras);

	if (code == DICOM_SUCCESS)
		return true;
	if (dt_net_get_setup_message(handle, why) != DICOM_SUCCESS ||
	    why->text[0] == '\0')
		explain_code(why, "the TLS settings were refused", code);
	return false;
}

/* DER starts with the identifier octet of a SEQUENCE; PEM never does. */
static L_UINT32
file_type(const char *path)
{
	FILE *file = fopen(path, "re");
	int first = file == NULL ? EOF : fgetc(file);

	if (file != NULL)
		fclose(file);
	return first == DT_DER_SEQUENCE ? L_TLS_FILETYPE_ASN1
					: L_TLS_FILETYPE_PEM;
}

static bool
set_certificate(const struct endpoint_settings *settings, HDICOMNET handle,
    struct dt_message *why)
{
	L_UINT32 code;

	if (settings->certificate == NULL)
		return true;
	code = L_DicomSetClientCertificateTLS(handle,
	    (L_TCHAR *)settings->certificate, file_type(settings->certificate),
	    (L_TCHAR *)settings->key);
	if (code == DICOM_SUCCESS)
		return true;
	if (dt_net_get_setup_message(handle, why) != DICOM_SUCCESS ||
	    why->text[0] == '\0')
		explain_code(why, "certificate or key not usable", (L_INT)code);
	return false;
}

/* Finds out now what Connect would, and keeps what the system took away. */
static bool
prepare(struct endpoint *endpoint, HDICOMNET handle, struct dt_message *why)
{
	int code = dt_net_prepare(handle, &endpoint->missing);

	if (code == DICOM_SUCCESS)
		return true;
	if (dt_net_get_setup_message(handle, why) != DICOM_SUCCESS ||
	    why->text[0] == '\0')
		explain_code(why, "the TLS settings were refused", code);
	return false;
}

void
endpoint_note_missing(const struct endpoint *endpoint)
{
	if (endpoint->missing.text[0] != '\0')
		fprintf(stderr, "dicomtls: %s\n", endpoint->missing.text);
}

static void
watch(struct endpoint *endpoint, HDICOMNET handle)
{
	DICOMNETCALLBACKEXT callbacks = {
		.uStructSize = sizeof(callbacks),
		.pfnPrivateKeyPassword = read_password,
		.pfnVerify = decide,
		.pUserData = endpoint,
	};

	L_DicomSetCallbackExt(handle, &callbacks);
	dt_net_set_event(handle, on_event, endpoint);
}

HDICOMNET
endpoint_open(struct endpoint *endpoint, struct dt_message *why)
{
	const struct endpoint_settings *settings = endpoint->settings;
	HDICOMNET handle;

	if (!is_readable(settings->ca_file, why) ||
	    !is_readable(settings->certificate, why) ||
	    !is_readable(settings->key, why) ||
	    !is_readable(settings->password_file, why))
		return NULL;
	handle = create(settings, why);
	if (handle == NULL)
		return NULL;
	watch(endpoint, handle);
	L_DicomSetResumeTLS(handle, settings->resume);
	if (set_extras(settings, handle, why) &&
	    set_certificate(settings, handle, why) &&
	    prepare(endpoint, handle, why))
		return handle;
	L_DicomFreeNet(handle);
	return NULL;
}

HDICOMNET
endpoint_open_like(
    struct endpoint *endpoint, HDICOMNET model, struct dt_message *why)
{
	HDICOMNET handle = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);
	L_UINT32 code = L_DicomShareTLS(handle, model);

	if (code == DICOM_SUCCESS) {
		watch(endpoint, handle);
		return handle;
	}
	explain_code(why, "a connection gets no TLS settings", (L_INT)code);
	L_DicomFreeNet(handle);
	return NULL;
}

static void
name_file(struct dt_buffer *names, const char *path)
{
	if (path == NULL)
		return;
	if (dt_buffer_size(names) > 0)
		dt_buffer_text(names, ", ");
	dt_buffer_text(names, path);
}

/* What a handle with these settings reads. */
static void
name_files(const struct endpoint_settings *settings, struct dt_message *text)
{
	const struct dt_questions questions =
	    judging_questions(&settings->judging, &settings->name);
	struct dt_buffer names = { 0 };
	struct dt_span span;

	name_file(&names, settings->ca_file);
	name_file(&names, settings->certificate);
	name_file(&names, settings->key);
	for (size_t i = 0;
	     questions.crl_files != NULL && questions.crl_files[i] != NULL; i++)
		name_file(&names, questions.crl_files[i]);
	span = dt_buffer_span(&names);
	dt_message_set(text, "%.*s", (int)span.size, (const char *)span.data);
	dt_buffer_clear(&names);
}

bool
endpoint_reload(
    const struct endpoint *endpoint, HDICOMNET handle, struct dt_message *text)
{
	L_UINT32 code =
	    L_DicomReloadTLS(handle, text->text, sizeof(text->text));

	if (code == DICOM_SUCCESS) {
		name_files(endpoint->settings, text);
		return true;
	}
	if (text->text[0] == '\0')
		explain_code(text, "they were refused", (L_INT)code);
	return false;
}

void
endpoint_clear(struct endpoint *endpoint)
{
	free(endpoint->leaf.data);
	endpoint->leaf.data = NULL;
}

/* Our VERIFY ends no check that has passed: if one ended so, it was not
 * asked, and the library says why. */
static void
explain_refusal(const struct endpoint *endpoint,
    const struct dt_session_report *session, struct result *result)
{
	const struct tls_failure *failure = &session->failure;
	int error = failure->verify_error;

	result->stage = REPORT_VERIFY;
	result->finding = endpoint->finding;
	result->finding.error = error;
	result->finding.depth = failure->verify_depth;
	result->alert = failure->alert_sent;
	if (error == DICOMTLS_V_ERR_UNSPECIFIED) {
		snprintf(result->text, sizeof(result->text), "%s",
		    session->message.text);
		return;
	}
	snprintf(result->text, sizeof(result->text),
	    "we refused the peer's certificate \"%s\" (depth %d): %d "
	    "%s, %s; to mend it, %s",
	    endpoint->finding.subject, failure->verify_depth,
	    dicomtls_code_l_number(error), dicomtls_code_name(error),
	    dicomtls_code_text(error), advice_for_error(error));
}

static void
explain_alert(const struct tls_failure *failure, struct result *result)
{
	int alert = failure->alert_received;

	result->stage = REPORT_TLS;
	result->alert = alert;
	result->alert_received = true;
	snprintf(result->text, sizeof(result->text),
	    "the peer refused us with alert %d %s; it can mean: %s", alert,
	    advice_alert_name(alert), advice_for_alert(alert));
}

/* The library's sentence, and what mends it. */
static void
explain_message(const struct dt_session_report *session, struct result *result)
{
	const char *advice = session->failure.no_certificate
				 ? "give the SCU a certificate and key"
				 : failure_advice((L_INT)session->error);

	snprintf(result->text, sizeof(result->text), "%s%s%s",
	    session->message.text, advice == NULL ? "" : "; to mend it, ",
	    advice == NULL ? "" : advice);
}

bool
endpoint_explain(
    const struct endpoint *endpoint, HDICOMNET handle, struct result *result)
{
	struct dt_session_report session;
	const struct tls_failure *failure = &session.failure;

	if (dt_net_get_session_report(handle, &session) != DICOM_SUCCESS)
		return false;
	if (!session.secured && failure->verify_error != 0) {
		explain_refusal(endpoint, &session, result);
		return true;
	}
	if (failure->alert_received > 0) {
		explain_alert(failure, result);
		return true;
	}
	if (session.secured || session.error == DICOM_SUCCESS)
		return false;
	result->stage = REPORT_TLS;
	result->alert = failure->alert_sent;
	explain_message(&session, result);
	return true;
}

void
endpoint_last_message(HDICOMNET handle, int code, struct dt_message *message)
{
	struct dt_session_report session;

	if (code == DICOM_ERROR_MEMORY)
		dt_message_set(message, "no memory");
	else if (dt_net_get_session_report(handle, &session) == DICOM_SUCCESS &&
		 session.message.text[0] != '\0')
		*message = session.message;
	else if (dt_net_get_setup_message(handle, message) != DICOM_SUCCESS ||
		 message->text[0] == '\0')
		dt_message_set(message, "no connection");
}

void
endpoint_describe(HDICOMNET handle, char *text, size_t room)
{
	struct dt_session_report session;

	snprintf(text, room, "TLS");
	if (dt_net_get_session_report(handle, &session) != DICOM_SUCCESS ||
	    !session.secured)
		return;
	snprintf(text, room, "TLS 1.%d, %s%s",
	    (session.info.version & 0xff) - 1,
	    session.info.suite_name == NULL ? "unknown suite"
					    : session.info.suite_name,
	    session.info.resumed ? ", resumed" : "");
}

static int
watch_names(int ok, const struct dicomtls_event *event, void *arg)
{
	int error = dicomtls_event_error(event);
	bool *names = arg;

	if (ok == 0 && (error == DICOMTLS_V_ERR_HOSTNAME_MISMATCH ||
			   error == DICOMTLS_V_ERR_IP_ADDRESS_MISMATCH))
		*names = false;
	return 1;
}

bool
endpoint_leaf_names(const struct endpoint *endpoint, const char *host)
{
	struct dicomtls_params *params = NULL;
	struct dicomtls_verdict verdict;
	uint8_t address[16];
	bool names = true;
	int rc = dicomtls_params_new(&params);

	if (rc == 0 && (inet_pton(AF_INET, host, address) == 1 ||
			   inet_pton(AF_INET6, host, address) == 1))
		rc = dicomtls_params_set_ip(params, host);
	else if (rc == 0)
		rc = dicomtls_params_add_host(params, host);
	if (rc == 0)
		rc = dicomtls_verify(NULL, params, &endpoint->leaf, 1,
		    watch_names, &names, &verdict, NULL, 0);
	dicomtls_params_free(params);
	if (rc == DICOMTLS_E_NOMEM)
		output_lose();
	return rc == DICOMTLS_E_NOMEM || endpoint->leaf.data == NULL ||
	       (rc == 0 && names);
}
