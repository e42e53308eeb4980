/* Calls of the program's callbacks; see deliver.h. */
#include "ltdic/deliver.h"

#include "ltdic/handle.h"
#include "ltdic/tell.h"

#include <stdlib.h>

/* What a callback of the link's own life is told. */
struct notice {
	HDICOMNET handle;
	L_INT error;
	L_UCHAR type;
	L_UINT32 size;
};

static void
tell_connect(const DICOMNETCALLBACK *table, void *arg)
{
	const struct notice *n = arg;

	table->pfnConnect(n->handle, n->error, table->pUserData);
}

void
dt_deliver_connect(struct dt_net *net, struct dt_link *link, L_INT error)
{
	struct notice n = { .handle = net->handle, .error = error };

	dt_tell(net, link, DT_CALLBACK(pfnConnect), tell_connect, &n);
}

static void
tell_secure(const DICOMNETCALLBACK *table, void *arg)
{
	const struct notice *n = arg;

	table->pfnOnSecureLinkReady(
	    n->handle, (L_UINT32)n->error, table->pUserData);
}

void
dt_deliver_secure(struct dt_net *net, struct dt_link *link, L_UINT32 error)
{
	struct notice n = { .handle = net->handle, .error = (L_INT)error };

	dt_tell(net, link, DT_CALLBACK(pfnOnSecureLinkReady), tell_secure, &n);
}

static void
tell_sent(const DICOMNETCALLBACK *table, void *arg)
{
	const struct notice *n = arg;

	table->pfnSend(n->handle, n->error, n->type, n->size, table->pUserData);
}

void
dt_deliver_sent(
    struct dt_net *net, struct dt_link *link, L_UCHAR type, L_UINT32 size)
{
	struct notice n = { net->handle, DICOM_SUCCESS, type, size };

	dt_tell(net, link, DT_CALLBACK(pfnSend), tell_sent, &n);
}

static void
tell_close(const DICOMNETCALLBACK *table, void *arg)
{
	const struct notice *n = arg;

	table->pfnClose(n->handle, n->error, NULL, table->pUserData);
}

void
dt_deliver_close(struct dt_net *net, struct dt_link *link, L_INT error)
{
	struct notice n = { .handle = net->handle, .error = error };

	dt_tell(net, link, DT_CALLBACK(pfnClose), tell_close, &n);
}

struct arrival {
	struct dt_net *net;
	int fd;
	L_INT error;
};

/* The descriptor waits for L_DicomAccept while the callback runs. */
static void
tell_accept(const DICOMNETCALLBACK *table, void *arg)
{
	struct arrival *arrival = arg;
	struct dt_net *net = arrival->net;

	pthread_mutex_lock(&net->lock);
	net->pending = arrival->fd;
	pthread_mutex_unlock(&net->lock);
	table->pfnAccept(net->handle, arrival->error, table->pUserData);
	pthread_mutex_lock(&net->lock);
	arrival->fd = net->pending;
	net->pending = -1;
	pthread_mutex_unlock(&net->lock);
}

int
dt_deliver_accept(struct dt_net *net, struct dt_link *link, int fd, L_INT error)
{
	struct arrival arrival = { net, fd, error };

	dt_tell(net, link, DT_CALLBACK(pfnAccept), tell_accept, &arrival);
	return arrival.fd;
}

/* An item on its way to the program. */
struct indication {
	HDICOMNET handle;
	struct dt_item *item;
};

static void
tell_received(const DICOMNETCALLBACK *table, void *arg)
{
	const struct indication *i = arg;
	const struct dt_span bytes = i->item->bytes;

	table->pfnReceive(i->handle, DICOM_SUCCESS, i->item->type,
	    (L_UCHAR *)bytes.data, (L_UINT32)bytes.size, table->pUserData);
}

static void
tell_request(const DICOMNETCALLBACK *table, void *arg)
{
	const struct indication *i = arg;

	table->pfnReceiveAssociateRequest(
	    i->handle, &i->item->association, table->pUserData);
}

static void
tell_acceptance(const DICOMNETCALLBACK *table, void *arg)
{
	const struct indication *i = arg;

	table->pfnReceiveAssociateAccept(
	    i->handle, &i->item->association, table->pUserData);
}

static void
tell_rejection(const DICOMNETCALLBACK *table, void *arg)
{
	const struct indication *i = arg;

	table->pfnReceiveAssociateReject(i->handle, i->item->result,
	    i->item->source, i->item->reason, table->pUserData);
}

static void
tell_release_request(const DICOMNETCALLBACK *table, void *arg)
{
	const struct indication *i = arg;

	table->pfnReceiveReleaseRequest(i->handle, table->pUserData);
}

static void
tell_release_response(const DICOMNETCALLBACK *table, void *arg)
{
	const struct indication *i = arg;

	table->pfnReceiveReleaseResponse(i->handle, table->pUserData);
}

static void
tell_abort(const DICOMNETCALLBACK *table, void *arg)
{
	const struct indication *i = arg;

	table->pfnReceiveAbort(
	    i->handle, i->item->source, i->item->reason, table->pUserData);
}

/* The callback of each kind; kinds that are not here have none. */
static const struct {
	enum dt_item_kind kind;
	size_t callback;
	dt_tell_fn tell;
} indications[] = {
	{ DT_ITEM_RECEIVED, DT_CALLBACK(pfnReceive), tell_received },
	{ DT_ITEM_ASSOCIATE_REQUEST, DT_CALLBACK(pfnReceiveAssociateRequest),
	    tell_request },
	{ DT_ITEM_ASSOCIATE_ACCEPT, DT_CALLBACK(pfnReceiveAssociateAccept),
	    tell_acceptance },
	{ DT_ITEM_ASSOCIATE_REJECT, DT_CALLBACK(pfnReceiveAssociateReject),
	    tell_rejection },
	{ DT_ITEM_RELEASE_REQUEST, DT_CALLBACK(pfnReceiveReleaseRequest),
	    tell_release_request },
	{ DT_ITEM_RELEASE_RESPONSE, DT_CALLBACK(pfnReceiveReleaseResponse),
	    tell_release_response },
	{ DT_ITEM_ABORT, DT_CALLBACK(pfnReceiveAbort), tell_abort },
};

void
dt_deliver_item(struct dt_net *net, struct dt_link *link, struct dt_item *item)
{
	struct indication i = { net->handle, item };

	for (size_t k = 0; k < sizeof(indications) / sizeof(indications[0]);
	     k++)
		if (indications[k].kind == item->kind)
			dt_tell(net, link, indications[k].callback,
			    indications[k].tell, &i);
}

/* On its way from the loop of a connection to that of its listener. */
struct dt_farewell {
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

struct dt_farewell *
dt_farewell_new(void)
{
	return calloc(1, sizeof(struct dt_farewell));
}

void
dt_farewell_free(struct dt_farewell *farewell)
{
	if (farewell == NULL)
		return;
	if (farewell->link != NULL)
		dt_link_unref(farewell->link);
	dt_net_unref(farewell->server);
	free(farewell);
}

/* Freed meanwhile: the program knows. */
static void
tell_lost_peer(const DICOMNETCALLBACK *table, void *arg)
{
	const struct dt_farewell *lost = arg;

	if (is_alive(lost->peer))
		table->pfnClose(lost->server->handle, lost->error, lost->peer,
		    table->pUserData);
}

static void
run_lost_peer(struct dt_work *work)
{
	struct dt_farewell *lost = (void *)work;

	dt_tell(lost->server, lost->link, DT_CALLBACK(pfnClose), tell_lost_peer,
	    lost);
	dt_farewell_free(lost);
}

void
dt_deliver_lost_peer(HDICOMNET server, HDICOMNET peer, L_INT error,
    struct dt_farewell **farewell)
{
	struct dt_farewell *lost = *farewell;
	struct dt_net *net = dt_handle_get(server);

	if (net == NULL || lost == NULL || !dt_forget_client(net, peer)) {
		dt_net_unref(net);
		return;
	}
	*farewell = NULL;
	lost->work.run = run_lost_peer;
	lost->server = net;
	lost->peer = peer;
	lost->error = error;
	pthread_mutex_lock(&net->lock);
	if (net->link != NULL)
		lost->link = dt_link_ref(net->link);
	pthread_mutex_unlock(&net->lock);
	if (lost->link == NULL || !dt_loop_post(net->loop, &lost->work))
		dt_farewell_free(lost);
}

/* The program may write into the texts it is given. False: nobody can judge
 * what cannot be shown. */
static bool
call_verify(const struct dt_callbacks_ext *ext, HDICOMNET handle, int ok,
    const struct dicomtls_event *event, int *answer)
{
	int error = dicomtls_event_error(event);
	const char *certificate = dicomtls_event_certificate_string(event);
	char *shown = certificate == NULL ? NULL : strdup(certificate);
	char *text = strdup(dicomtls_code_text(error));
	const bool possible = shown != NULL && text != NULL;

	if (possible && ext->verify5 != NULL)
		*answer = ext->verify5(
		    handle, ok, shown, dicomtls_code_l_number(error), text);
	else if (possible)
		*answer = ext->verify6(handle, ok, shown,
		    dicomtls_code_l_number(error), text, ext->user_data);
	free(shown);
	free(text);
	return possible;
}

struct question {
	struct dt_net *net;
	int ok;
	const struct dicomtls_event *event;
	int answer;
	bool asked;
};

static void
ask_program(const DICOMNETCALLBACK *table, void *arg)
{
	struct question *q = arg;
	struct dt_net *net = q->net;
	struct dt_callbacks_ext ext;
	dicomtls_verify_fn watch;
	void *watch_arg;

	(void)table;
	pthread_mutex_lock(&net->lock);
	ext = net->ext;
	watch = net->tls.event;
	watch_arg = net->tls.event_arg;
	pthread_mutex_unlock(&net->lock);
	if (watch != NULL)
		q->answer = watch(q->ok, q->event, watch_arg);
	if (ext.verify5 != NULL || ext.verify6 != NULL)
		q->asked =
		    call_verify(&ext, net->handle, q->ok, q->event, &q->answer);
}

static bool
has_verify(struct dt_net *net)
{
	bool has;

	pthread_mutex_lock(&net->lock);
	has = net->ext.verify5 != NULL || net->ext.verify6 != NULL ||
	      net->tls.event != NULL;
	pthread_mutex_unlock(&net->lock);
	return has;
}

static const char nobody_came[] =
    "VERIFY got no answer in time, so that the peer's certificate is refused: "
    "nobody called L_DicomBreathe";
static const char no_memory[] =
    "VERIFY could not be asked, so that the peer's certificate is refused: "
    "no memory";

/* The handshake fails for that, unless the program has closed the handle. */
static void
note_silence(struct dt_net *net, const struct dt_link *link, const char *why)
{
	pthread_mutex_lock(&net->lock);
	if (net->link == link)
		net->unanswered = why;
	pthread_mutex_unlock(&net->lock);
}

int
dt_deliver_verify(struct dt_net *net, struct dt_link *link, int ok,
    const struct dicomtls_event *event)
{
	struct question q = { .net = net,
		.ok = ok,
		.event = event,
		.answer = ok,
		.asked = true };

	if (!has_verify(net))
		return ok;
	if (!dt_ask(net, link, ask_program, &q))
		note_silence(net, link, nobody_came);
	else if (!q.asked)
		note_silence(net, link, no_memory);
	else
		return q.answer;
	return 0;
}
