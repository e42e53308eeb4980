/* Calls of the program's callbacks; see deliver.h. */
#include "ltdic/deliver.h"

#include "ltdic/handle.h"

#include <stdlib.h>

void
dt_deliver_connect(struct dt_net *net, struct dt_link *link, L_INT error)
{
	DICOMNETCALLBACK call;

	if (!dt_net_enter(net, link, &call))
		return;
	if (call.pfnConnect != NULL)
		call.pfnConnect(net->handle, error, call.pUserData);
	dt_net_leave(net);
}

void
dt_deliver_secure(struct dt_net *net, struct dt_link *link, L_UINT32 error)
{
	DICOMNETCALLBACK call;

	if (!dt_net_enter(net, link, &call))
		return;
	if (call.pfnOnSecureLinkReady != NULL)
		call.pfnOnSecureLinkReady(net->handle, error, call.pUserData);
	dt_net_leave(net);
}

void
dt_deliver_sent(
    struct dt_net *net, struct dt_link *link, L_UCHAR type, L_UINT32 size)
{
	DICOMNETCALLBACK call;

	if (!dt_net_enter(net, link, &call))
		return;
	if (call.pfnSend != NULL)
		call.pfnSend(
		    net->handle, DICOM_SUCCESS, type, size, call.pUserData);
	dt_net_leave(net);
}

void
dt_deliver_close(struct dt_net *net, struct dt_link *link, L_INT error)
{
	DICOMNETCALLBACK call;

	if (!dt_net_enter(net, link, &call))
		return;
	if (call.pfnClose != NULL)
		call.pfnClose(net->handle, error, NULL, call.pUserData);
	dt_net_leave(net);
}

int
dt_deliver_accept(struct dt_net *net, struct dt_link *link, int fd, L_INT error)
{
	DICOMNETCALLBACK call;

	if (!dt_net_enter(net, link, &call))
		return fd;
	pthread_mutex_lock(&net->lock);
	net->pending = fd;
	pthread_mutex_unlock(&net->lock);
	if (call.pfnAccept != NULL)
		call.pfnAccept(net->handle, error, call.pUserData);
	pthread_mutex_lock(&net->lock);
	fd = net->pending;
	net->pending = -1;
	pthread_mutex_unlock(&net->lock);
	dt_net_leave(net);
	return fd;
}

static void
call_received(
    const DICOMNETCALLBACK *call, HDICOMNET handle, const struct dt_item *item)
{
	if (call->pfnReceive != NULL)
		call->pfnReceive(handle, DICOM_SUCCESS, item->type,
		    (L_UCHAR *)item->bytes.data, (L_UINT32)item->bytes.size,
		    call->pUserData);
}

static void
call_item(const DICOMNETCALLBACK *call, HDICOMNET handle, struct dt_item *item)
{
	L_VOID *arg = call->pUserData;

	switch (item->kind) {
	case DT_ITEM_RECEIVED:
		call_received(call, handle, item);
		break;
	case DT_ITEM_ASSOCIATE_REQUEST:
		if (call->pfnReceiveAssociateRequest != NULL)
			call->pfnReceiveAssociateRequest(
			    handle, &item->association, arg);
		break;
	case DT_ITEM_ASSOCIATE_ACCEPT:
		if (call->pfnReceiveAssociateAccept != NULL)
			call->pfnReceiveAssociateAccept(
			    handle, &item->association, arg);
		break;
	case DT_ITEM_ASSOCIATE_REJECT:
		if (call->pfnReceiveAssociateReject != NULL)
			call->pfnReceiveAssociateReject(handle, item->result,
			    item->source, item->reason, arg);
		break;
	case DT_ITEM_RELEASE_REQUEST:
		if (call->pfnReceiveReleaseRequest != NULL)
			call->pfnReceiveReleaseRequest(handle, arg);
		break;
	case DT_ITEM_RELEASE_RESPONSE:
		if (call->pfnReceiveReleaseResponse != NULL)
			call->pfnReceiveReleaseResponse(handle, arg);
		break;
	case DT_ITEM_ABORT:
		if (call->pfnReceiveAbort != NULL)
			call->pfnReceiveAbort(
			    handle, item->source, item->reason, arg);
		break;
	case DT_ITEM_COMMAND:
	case DT_ITEM_DATA:
	case DT_ITEM_ARTIM:
	case DT_ITEM_CLOSE:
		break;
	}
}

void
dt_deliver_item(struct dt_net *net, struct dt_link *link, struct dt_item *item)
{
	DICOMNETCALLBACK call;

	if (!dt_net_enter(net, link, &call))
		return;
	call_item(&call, net->handle, item);
	dt_net_leave(net);
}

/* On its way from the loop of a connection to that of its listener. */
struct lost_peer {
	struct dt_work work;
	struct dt_net *server;
	struct dt_link *link; /* the listener's, when this was sent */
	HDICOMNET peer;
	L_INT error;
};

bool
dt_forget_client(struct dt_net *server, HDICOMNET peer)
{
	bool found = false;

	pthread_mutex_lock(&server->lock);
	for (size_t i = 0; i < server->clients.count && !found; i++) {
		if (server->clients.items[i] != peer)
			continue;
		dt_array_remove(&server->clients, i);
		found = true;
	}
	pthread_mutex_unlock(&server->lock);
	return found;
}

static bool
is_alive(HDICOMNET handle)
{
	struct dt_net *net = dt_handle_get(handle);

	dt_net_unref(net);
	return net != NULL;
}

static void
free_lost_peer(struct lost_peer *lost)
{
	dt_link_unref(lost->link);
	dt_net_unref(lost->server);
	free(lost);
}

static void
run_lost_peer(struct dt_work *work)
{
	struct lost_peer *lost = (void *)work;
	struct dt_net *server = lost->server;
	DICOMNETCALLBACK call;

	/* Freed meanwhile: the program knows. */
	if (is_alive(lost->peer) && dt_net_enter(server, lost->link, &call)) {
		if (call.pfnClose != NULL)
			call.pfnClose(server->handle, lost->error, lost->peer,
			    call.pUserData);
		dt_net_leave(server);
	}
	free_lost_peer(lost);
}

static void
post_lost_peer(
    struct dt_net *server, struct dt_link *link, HDICOMNET peer, L_INT error)
{
	struct lost_peer *lost = calloc(1, sizeof(*lost));

	if (lost == NULL) {
		dt_link_unref(link);
		return;
	}
	lost->work.run = run_lost_peer;
	lost->server = dt_net_ref(server);
	lost->link = link;
	lost->peer = peer;
	lost->error = error;
	if (!dt_loop_post(server->loop, &lost->work))
		free_lost_peer(lost);
}

void
dt_deliver_lost_peer(HDICOMNET server, HDICOMNET peer, L_INT error)
{
	struct dt_net *net = dt_handle_get(server);
	struct dt_link *link = NULL;

	if (net == NULL)
		return;
	if (dt_forget_client(net, peer)) {
		pthread_mutex_lock(&net->lock);
		if (net->link != NULL)
			link = dt_link_ref(net->link);
		pthread_mutex_unlock(&net->lock);
	}
	if (link != NULL)
		post_lost_peer(net, link, peer, error);
	dt_net_unref(net);
}

/* The program may write into the texts it is given. */
static int
call_verify(const struct dt_callbacks_ext *ext, HDICOMNET handle, int ok,
    const struct dicomtls_event *event)
{
	int error = dicomtls_event_error(event);
	const char *certificate = dicomtls_event_certificate_string(event);
	char *shown = strdup(certificate == NULL ? "" : certificate);
	char *text = strdup(dicomtls_code_text(error));
	int answer = 0; /* nobody can judge what cannot be shown */

	if (shown != NULL && text != NULL && ext->verify5 != NULL)
		answer = ext->verify5(
		    handle, ok, shown, dicomtls_code_l_number(error), text);
	else if (shown != NULL && text != NULL)
		answer = ext->verify6(handle, ok, shown,
		    dicomtls_code_l_number(error), text, ext->user_data);
	free(shown);
	free(text);
	return answer;
}

int
dt_deliver_verify(struct dt_net *net, struct dt_link *link, int ok,
    const struct dicomtls_event *event)
{
	DICOMNETCALLBACK call;
	struct dt_callbacks_ext ext;
	dicomtls_verify_fn watch;
	void *watch_arg;
	int answer = ok;

	if (!dt_net_enter(net, link, &call))
		return 0;
	pthread_mutex_lock(&net->lock);
	ext = net->ext;
	watch = net->tls.event;
	watch_arg = net->tls.event_arg;
	pthread_mutex_unlock(&net->lock);
	if (watch != NULL)
		answer = watch(ok, event, watch_arg);
	if (ext.verify5 != NULL || ext.verify6 != NULL)
		answer = call_verify(&ext, net->handle, ok, event);
	dt_net_leave(net);
	return answer;
}
