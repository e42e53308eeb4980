/*
 * An SCP that answers C-ECHO and C-STORE; see scp.h. Each connection is a
 * record in a list that only the listener's callbacks touch, and they never
 * overlap; the record's other fields belong to the callbacks of its own handle
 * until the listener hears of the end.
 */
#include "tools/scp.h"

#include "tools/failure.h"

#include "tools/scp_answer.h"
#include "tools/scp_store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BACKLOG 16

struct connection {
	struct connection *next;
	struct scp *scp;
	HDICOMNET handle;
	struct endpoint endpoint;
	struct scp_store store;
	struct result result;
	char peer[64];
};

struct scp {
	const struct scp_request *request;
	HDICOMNET listener;
	struct connection *connections;
	HDICOMNET model; /* has the TLS settings, for every connection */
	struct endpoint model_endpoint;
	char address[64];
	unsigned port;
};

static void
say(struct connection *connection, enum report_stage stage, const char *text)
{
	connection->result.stage = stage;
	snprintf(connection->result.text, sizeof(connection->result.text), "%s",
	    text);
}

static L_VOID EXT_CALLBACK
on_secure_link(HDICOMNET handle, L_UINT32 error, L_VOID *arg)
{
	struct connection *connection = arg;

	say(connection, REPORT_ASSOCIATION,
	    "the peer went away without asking for an association");
	if (error == DICOM_SUCCESS)
		return;
	say(connection, REPORT_TLS, "the TLS handshake failed");
	L_DicomClose(handle);
}

static bool
is_for_us(const struct scp_request *request, HDICOMPDU association)
{
	char called[PDU_MAX_TITLE_SIZE];

	if (request->title == NULL)
		return true;
	L_DicomGetCalled(association, called, sizeof(called));
	return strcmp(called, request->title) == 0;
}

static L_VOID EXT_CALLBACK
on_request(HDICOMNET handle, HDICOMPDU request, L_VOID *arg)
{
	struct connection *connection = arg;
	HDICOMPDU answer;
	int code;

	if (!is_for_us(connection->scp->request, request)) {
		say(connection, REPORT_ASSOCIATION,
		    "we rejected the association: the called AE title is not "
		    "ours (--aet)");
		L_DicomSendAssociateReject(handle, PDU_REJECT_RESULT_PERMANENT,
		    PDU_REJECT_SOURCE_USER, PDU_REJECT_REASON_CALLED);
		return;
	}
	say(connection, REPORT_ASSOCIATION,
	    "the peer went away without a release");
	answer = scp_answer(request, connection->scp->request->inbox != NULL);
	code = answer == NULL ? DICOM_ERROR_MEMORY
			      : L_DicomSendAssociateAccept(handle, answer);
	L_DicomFreeAssociate(answer);
	if (code == DICOM_SUCCESS)
		return;
	snprintf(connection->result.text, sizeof(connection->result.text),
	    "the association could not be accepted%s (code %d)",
	    failure_reason(code), code);
	L_DicomCloseForced(handle, L_TRUE);
}

static L_VOID EXT_CALLBACK
on_echo(HDICOMNET handle, L_UCHAR context, L_UINT16 message, L_TCHAR *sop_class,
    L_VOID *arg)
{
	struct connection *connection = arg;

	connection->result.stage = REPORT_ECHO;
	L_DicomSendCEchoResponse(
	    handle, context, message, sop_class, COMMAND_STATUS_SUCCESS);
}

static L_VOID EXT_CALLBACK
on_store(HDICOMNET handle, L_UCHAR context, L_UINT16 message,
    L_TCHAR *sop_class, L_TCHAR *instance, L_UINT16 priority, L_TCHAR *move_ae,
    L_UINT16 move_message, HDICOMDS data_set, L_VOID *arg)
{
	struct connection *connection = arg;

	(void)priority;
	(void)move_ae;
	(void)move_message;
	(void)data_set;
	connection->result.stage = REPORT_STORE;
	scp_store_answer(
	    &connection->store, handle, context, message, sop_class, instance);
}

/* What the association came to, before it is known over what. */
static void
describe(const struct connection *connection, char *text, size_t room)
{
	const struct scp_store *store = &connection->store;
	size_t all = store->stored + store->failed;

	if (all > 0)
		snprintf(text, room,
		    "association succeeded, %zu of %zu data sets stored",
		    store->stored, all);
	else
		snprintf(text, room, "association%s succeeded",
		    connection->result.stage == REPORT_ECHO ? " and C-ECHO"
							    : "");
}

static L_VOID EXT_CALLBACK
on_release(HDICOMNET handle, L_VOID *arg)
{
	struct connection *connection = arg;
	char session[128], text[128];

	endpoint_describe(handle, session, sizeof(session));
	describe(connection, text, sizeof(text));
	connection->result.ok = connection->store.failed == 0;
	snprintf(connection->result.text, sizeof(connection->result.text),
	    "%s over %s", text, session);
	L_DicomSendReleaseResponse(handle);
}

static L_VOID EXT_CALLBACK
on_abort(HDICOMNET handle, L_UCHAR source, L_UCHAR reason, L_VOID *arg)
{
	char text[512];

	(void)handle;
	failure_of_abort(source, reason, text, sizeof(text));
	say(arg, REPORT_ASSOCIATION, text);
}

static void
set_callbacks(struct connection *connection)
{
	DICOMNETCALLBACK callbacks = {
		.pfnReceiveAssociateRequest = on_request,
		.pfnReceiveCEchoRequest = on_echo,
		.pfnReceiveCStoreRequest = on_store,
		.pfnReceiveReleaseRequest = on_release,
		.pfnReceiveAbort = on_abort,
		.pfnOnSecureLinkReady = on_secure_link,
		.pUserData = connection,
	};

	L_DicomSetCallback(connection->handle, &callbacks);
}

static void
init_endpoint(const struct scp *scp, struct endpoint *endpoint)
{
	endpoint->settings = &scp->request->endpoint;
	endpoint->report = scp->request->report;
	endpoint->source.role = "scp";
}

static void
free_connection(struct connection *connection)
{
	L_DicomFreeNet(connection->handle);
	endpoint_clear(&connection->endpoint);
	scp_store_clear(&connection->store);
	free(connection);
}

static struct connection *
make_connection(struct scp *scp)
{
	struct connection *connection = calloc(1, sizeof(*connection));
	struct dt_message why;

	if (connection == NULL)
		return NULL;
	connection->scp = scp;
	connection->result.alert = -1;
	say(connection, REPORT_TLS, "the peer went away during the handshake");
	init_endpoint(scp, &connection->endpoint);
	connection->handle =
	    endpoint_open_like(&connection->endpoint, scp->model, &why);
	if (connection->handle != NULL &&
	    scp_store_init(&connection->store, scp->request->inbox,
		scp->request->report, connection->handle)) {
		set_callbacks(connection);
		return connection;
	}
	report_note(scp->request->report, "%s",
	    connection->handle == NULL ? why.text : "no memory");
	free_connection(connection);
	return NULL;
}

static L_VOID EXT_CALLBACK
on_accept(HDICOMNET listener, L_INT error, L_VOID *arg)
{
	struct scp *scp = arg;
	struct connection *connection;
	L_UINT port = 0;
	char address[48] = "";
	int code;

	if (error != DICOM_SUCCESS)
		return;
	connection = make_connection(scp);
	if (connection == NULL)
		return;
	code = L_DicomAccept(listener, connection->handle);
	if (code != DICOM_SUCCESS) {
		report_note(scp->request->report,
		    "a connection could not be taken over%s (code %d)",
		    failure_reason(code), code);
		free_connection(connection);
		return;
	}
	connection->next = scp->connections;
	scp->connections = connection;
	L_DicomGetPeerInfo(connection->handle, address, sizeof(address), &port);
	snprintf(
	    connection->peer, sizeof(connection->peer), "%s:%u", address, port);
	report_note(
	    scp->request->report, "connection from %s", connection->peer);
}

static struct connection *
take_out(struct scp *scp, HDICOMNET handle)
{
	struct connection **at = &scp->connections;
	struct connection *found;

	while (*at != NULL && (*at)->handle != handle)
		at = &(*at)->next;
	found = *at;
	if (found != NULL)
		*at = found->next;
	return found;
}

/* How far it came is said; now why it came no further. */
static void
add_reason(HDICOMNET handle, L_INT error, struct result *result)
{
	size_t used = strlen(result->text);
	struct dt_message why;

	if (error == DICOM_SUCCESS)
		return;
	endpoint_last_message(handle, error, &why);
	snprintf(result->text + used, sizeof(result->text) - used,
	    ": %s (code %d)", why.text, error);
}

static L_VOID EXT_CALLBACK
on_close(HDICOMNET listener, L_INT error, HDICOMNET peer, L_VOID *arg)
{
	struct scp *scp = arg;
	struct connection *connection = take_out(scp, peer);
	struct result *result;

	(void)listener;
	if (peer == NULL && scp->request->lost != NULL)
		scp->request->lost(error);
	if (connection == NULL)
		return;
	result = &connection->result;
	if (result->ok)
		result->finding = connection->endpoint.finding;
	else if (!endpoint_explain(&connection->endpoint, peer, result))
		add_reason(peer, error, result);
	report_result(scp->request->report, "scp", result);
	if (scp->request->ended != NULL)
		scp->request->ended(result, scp->request->ended_arg);
	free_connection(connection);
}

/* Finds out what is wrong with files and settings before anyone connects. */
static bool
load_settings(struct scp *scp, struct dt_message *why)
{
	init_endpoint(scp, &scp->model_endpoint);
	scp->model = endpoint_open(&scp->model_endpoint, why);
	if (scp->model != NULL)
		endpoint_note_missing(&scp->model_endpoint);
	return scp->model != NULL;
}

static bool
start_listening(struct scp *scp, struct dt_message *why)
{
	const struct scp_request *request = scp->request;
	DICOMNETCALLBACK callbacks = {
		.pfnAccept = on_accept,
		.pfnClose = on_close,
		.pUserData = scp,
	};
	struct dt_message reason;
	const char *advice;
	int code;

	scp->listener = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);
	if (scp->listener == NULL) {
		dt_message_set(why, "no memory");
		return false;
	}
	L_DicomSetCallback(scp->listener, &callbacks);
	code = L_DicomListen(
	    scp->listener, (L_TCHAR *)request->bind, request->port, BACKLOG);
	if (code == DICOM_SUCCESS)
		code = L_DicomGetHostInfo(scp->listener, scp->address,
		    sizeof(scp->address), &scp->port);
	if (code == DICOM_SUCCESS)
		return true;
	endpoint_last_message(scp->listener, code, &reason);
	advice = failure_advice(code);
	dt_message_set(why, "%s port %u: %s (code %d)%s%s", request->bind,
	    request->port, reason.text, code,
	    advice == NULL ? "" : "; to mend it, ",
	    advice == NULL ? "" : advice);
	return false;
}

struct scp *
scp_start(const struct scp_request *request, struct dt_message *why)
{
	struct scp *scp = calloc(1, sizeof(*scp));

	if (scp == NULL) {
		dt_message_set(why, "no memory");
		return NULL;
	}
	scp->request = request;
	if (load_settings(scp, why) && start_listening(scp, why))
		return scp;
	scp_stop(scp);
	return NULL;
}

bool
scp_reload(struct scp *scp, struct dt_message *text)
{
	return endpoint_reload(&scp->model_endpoint, scp->model, text);
}

const char *
scp_address(const struct scp *scp)
{
	return scp->address;
}

unsigned
scp_port(const struct scp *scp)
{
	return scp->port;
}

void
scp_stop(struct scp *scp)
{
	if (scp == NULL)
		return;
	L_DicomFreeNet(scp->listener); /* no callback of it follows */
	while (scp->connections != NULL) {
		struct connection *connection = scp->connections;

		scp->connections = connection->next;
		free_connection(connection);
	}
	L_DicomFreeNet(scp->model);
	free(scp);
}
