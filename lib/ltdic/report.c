/* What went wrong on a handle, and the other things that only the command and
 * the tests may ask; see report.h, extras.h. */
#include "ltdic/report.h"

#include "ltdic/errors.h"
#include "ltdic/secure.h"

#include <stdlib.h>
#include <string.h>

void
dt_report_clear(struct dt_session_report *report)
{
	*report = (struct dt_session_report){ .failure = { .alert_sent = -1,
						  .alert_received = -1 } };
}

static void
keep(struct dt_net *net, L_UINT32 error, const struct tls_failure *failure,
    const char *text)
{
	struct dt_session_report *report = &net->report;

	pthread_mutex_lock(&net->lock);
	if (report->error == 0) {
		report->error = error;
		dt_message_set(&report->message, "%s", text);
		if (failure != NULL) {
			report->failure = *failure;
			net->secure_error = error;
		}
	}
	pthread_mutex_unlock(&net->lock);
}

/* A plain SCP takes our ClientHello for a PDU of unknown type and leaves;
 * nobody can tell that from other reasons to leave. */
static const char unheard[] =
    "the peer closed the connection on the first TLS message without an "
    "answer: it may speak plain DICOM, not TLS, on this port";

static const char *
why_unanswered(struct dt_net *net)
{
	const char *why;

	pthread_mutex_lock(&net->lock);
	why = net->unanswered;
	pthread_mutex_unlock(&net->lock);
	return why;
}

L_UINT32
dt_report_stream(struct dt_net *net, const struct dt_transport *transport,
    enum dt_net_error error)
{
	struct tls_failure failure;
	bool secure = dt_transport_failure(transport, &failure);
	L_UINT32 code = dt_error_of_stream(error, secure ? &failure : NULL);
	const char *text = dt_net_error_text(error);
	const char *unanswered = why_unanswered(net);

	if (secure && error == DT_NET_TLS && unanswered != NULL)
		text = unanswered;
	else if (secure && error == DT_NET_TLS &&
		 failure.message.text[0] != '\0')
		text = failure.message.text;
	else if (secure && error == DT_NET_TIMED_OUT)
		text = "the peer did not finish the TLS handshake in time";
	else if (dt_transport_was_unheard(transport))
		text = unheard;
	keep(net, code, secure ? &failure : NULL, text);
	return code;
}

void
dt_report_text(struct dt_net *net, L_UINT32 error, const char *text)
{
	keep(net, error, NULL, text);
}

int
dt_net_get_session_report(HDICOMNET hNet, struct dt_session_report *report)
{
	L_INT error;
	struct dt_net *net = dt_net_get(hNet, &error);

	if (net == NULL)
		return DICOM_ERROR_PARAMETER;
	pthread_mutex_lock(&net->lock);
	*report = net->report;
	pthread_mutex_unlock(&net->lock);
	dt_net_unref(net);
	return DICOM_SUCCESS;
}

int
dt_net_get_setup_message(HDICOMNET hNet, struct dt_message *message)
{
	L_INT error;
	struct dt_net *net = dt_net_get(hNet, &error);

	if (net == NULL)
		return DICOM_ERROR_PARAMETER;
	pthread_mutex_lock(&net->lock);
	*message = net->setup_message;
	pthread_mutex_unlock(&net->lock);
	dt_net_unref(net);
	return DICOM_SUCCESS;
}

/* The texts of extras, copied: all or none. */
struct texts {
	char *host_name;
	char *server_name;
	char *profile;
	struct dt_questions questions;
};

static bool
copy_text(char **copy, const char *text)
{
	*copy = text == NULL ? NULL : strdup(text);
	return text == NULL || *copy != NULL;
}

static bool
copy_texts(struct texts *copy, const struct dt_tls_extras *extras)
{
	bool copied = true;

	*copy = (struct texts){ 0 };
	copied &= copy_text(&copy->host_name, extras->host_name);
	copied &= copy_text(&copy->server_name, extras->server_name);
	copied &= copy_text(&copy->profile, extras->profile);
	if (copied &&
	    dt_questions_copy(&copy->questions, &extras->questions) == 0)
		return true;
	free(copy->host_name);
	free(copy->server_name);
	free(copy->profile);
	return false;
}

static void
take_texts(struct dt_tls_settings *tls, const struct texts *texts)
{
	free(tls->host_name);
	free(tls->server_name);
	free(tls->profile);
	dt_questions_clear(&tls->questions);
	tls->host_name = texts->host_name;
	tls->server_name = texts->server_name;
	tls->profile = texts->profile;
	tls->questions = texts->questions;
}

static L_INT
set_extras(struct dt_net *net, const struct dt_tls_extras *extras)
{
	struct dt_tls_settings *tls = &net->tls;
	struct texts texts;

	if (net->mode != DICOM_SECURE_TLS)
		return DICOM_ERROR_BAD_SECURE_MODE;
	if (!copy_texts(&texts, extras))
		return DICOM_ERROR_MEMORY;
	take_texts(tls, &texts);
	tls->system_trust = extras->system_trust;
	tls->auth_level = extras->auth_level;
	tls->extra_min_version = extras->min_version;
	tls->extra_max_version = extras->max_version;
	/* Made again when it is needed. */
	dt_tls_settings_outdate(tls);
	return DICOM_SUCCESS;
}

int
dt_net_set_tls_extras(HDICOMNET hNet, const struct dt_tls_extras *extras)
{
	L_INT error;
	struct dt_net *net = dt_net_get(hNet, &error);

	if (net == NULL)
		return error;
	pthread_mutex_lock(&net->lock);
	error = extras == NULL ? DICOM_ERROR_NULL_PTR : set_extras(net, extras);
	pthread_mutex_unlock(&net->lock);
	dt_net_unref(net);
	return error;
}

int
dt_net_set_event(HDICOMNET hNet, dicomtls_verify_fn event, void *arg)
{
	L_INT error = DICOM_SUCCESS;
	struct dt_net *net = dt_net_get(hNet, &error);

	if (net == NULL)
		return error;
	pthread_mutex_lock(&net->lock);
	net->tls.event = event;
	net->tls.event_arg = arg;
	pthread_mutex_unlock(&net->lock);
	dt_net_unref(net);
	return DICOM_SUCCESS;
}

int
dt_net_set_data_sink(HDICOMNET hNet, const struct dt_data_sink *sink)
{
	L_INT error;
	struct dt_net *net = dt_net_get(hNet, &error);

	if (net == NULL)
		return DICOM_ERROR_PARAMETER;
	pthread_mutex_lock(&net->lock);
	net->has_sink = sink != NULL;
	if (sink != NULL)
		net->sink = *sink;
	pthread_mutex_unlock(&net->lock);
	dt_net_unref(net);
	return DICOM_SUCCESS;
}

int
dt_net_set_patience(HDICOMNET hNet, const struct dt_patience *patience)
{
	L_INT error = DICOM_SUCCESS;
	struct dt_net *net;

	if (patience == NULL)
		return DICOM_ERROR_NULL_PTR;
	net = dt_net_get(hNet, &error);
	if (net == NULL)
		return error;
	pthread_mutex_lock(&net->lock);
	net->patience = *patience;
	pthread_mutex_unlock(&net->lock);
	dt_net_unref(net);
	return DICOM_SUCCESS;
}

int
dt_net_prepare(HDICOMNET hNet, struct dt_message *missing)
{
	L_INT error;
	struct dt_net *net = dt_net_get(hNet, &error);
	struct dt_tls_setup *setup = NULL;

	missing->text[0] = '\0';
	if (net == NULL)
		return DICOM_ERROR_PARAMETER;
	error = dt_secure_context(net, &setup);
	if (setup != NULL)
		dt_message_set(
		    missing, "%s", setup->backend->missing(setup->context));
	dt_tls_setup_free(setup);
	dt_net_unref(net);
	return error;
}
