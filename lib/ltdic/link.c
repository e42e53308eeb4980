/*
 * Listeners and connections of handles; see link.h. Everything here but the
 * functions of link.h runs on the link's loop. What happens is told to the
 * program by deliver.c.
 */
#include "ltdic/link_private.h"

#include "ltdic/deliver.h"
#include "ltdic/errors.h"
#include "ltdic/handle.h"
#include "ltdic/report.h"

#include "net/listener.h"
#include "net/tcp.h"

#include <stdlib.h>

/* What a plain end answers to a TLS ClientHello: A-ABORT, service provider,
 * unrecognized PDU (PS3.8 9.3.8). */
static const uint8_t unrecognized_pdu[] = { 7, 0, 0, 0, 0, 4, 0, 0, 2, 1 };

struct dt_link *
dt_link_ref(struct dt_link *link)
{
	atomic_fetch_add(&link->refs, 1);
	return link;
}

void
dt_link_unref(struct dt_link *link)
{
	if (atomic_fetch_sub(&link->refs, 1) != 1)
		return;
	dt_exchange_free(link->exchange);
	dt_farewell_free(link->farewell);
	dt_tls_setup_free(link->plan.setup);
	free((char *)link->plan.peer);
	dt_net_unref(link->net);
	free(link);
}

struct dt_exchange *
dt_link_exchange(const struct dt_link *link)
{
	return link->exchange;
}

/* Ends it on its loop, once, and drops the loop's reference. */
void
dt_link_end(struct dt_link *link, bool at_once)
{
	if (link->ended)
		return;
	link->ended = true;
	dt_listener_free(link->listener);
	dt_transport_close(link->transport, at_once);
	dt_timer_free(link->artim);
	dt_timer_free(link->idle);
	dt_incoming_cut(&link->incoming);
	link->listener = NULL;
	link->transport = NULL;
	link->artim = NULL;
	link->idle = NULL;
	dt_link_unref(link);
}

/* The connection is over for a reason that is not the program's: it is told,
 * then the handle is idle again. */
void
dt_link_lose(struct dt_link *link, L_INT error)
{
	struct dt_net *net;
	HDICOMNET server;

	if (link->finishing) {
		dt_link_end(link, true);
		return;
	}
	net = dt_net_ref(link->net);
	dt_deliver_close(net, link, error);
	pthread_mutex_lock(&net->lock);
	server = net->server;
	pthread_mutex_unlock(&net->lock);
	if (dt_net_detach_link(net, link)) {
		dt_deliver_lost_peer(
		    server, net->handle, error, &link->farewell);
		dt_link_end(link, false);
		dt_link_unref(link); /* the handle's */
	}
	dt_net_unref(net);
}

static struct dt_socket_options
socket_of(struct dt_net *net)
{
	struct dt_socket_options options;

	pthread_mutex_lock(&net->lock);
	options = net->socket;
	pthread_mutex_unlock(&net->lock);
	return options;
}

struct dt_patience
dt_link_patience(struct dt_net *net)
{
	struct dt_patience patience;

	pthread_mutex_lock(&net->lock);
	patience = net->patience;
	pthread_mutex_unlock(&net->lock);
	return patience;
}

static void
on_artim(void *arg)
{
	struct dt_link *link = dt_link_ref(arg);

	if (dt_exchange_expired(link->exchange)) {
		link->cause = DICOM_ERROR_NET_TIME_OUT;
		dt_report_text(link->net, DICOM_ERROR_NET_TIME_OUT,
		    "the peer kept the association waiting");
	}
	dt_link_drain(link);
	dt_link_unref(link);
}

/* Bytes passed, one way or the other. */
static void
note_life(struct dt_link *link)
{
	struct dt_patience patience = dt_link_patience(link->net);
	unsigned idle = link->finishing ? patience.linger : patience.idle;

	if (link->idle != NULL && idle != 0)
		dt_timer_start(link->idle, idle);
}

/* Aborts as the service provider; the ARTIM timer then sees to the end. */
static void
on_idle(void *arg)
{
	struct dt_link *link = dt_link_ref(arg);

	if (link->finishing) {
		dt_link_end(link, true);
	} else if (dt_exchange_is_associated(link->exchange)) {
		link->cause = DICOM_ERROR_NET_TIME_OUT;
		dt_report_text(link->net, DICOM_ERROR_NET_TIME_OUT,
		    "the association was idle for too long");
		dt_link_abort(link);
		dt_link_drain(link);
	}
	dt_link_unref(link);
}

static void
note_connected(struct dt_link *link)
{
	struct dt_net *net = link->net;

	pthread_mutex_lock(&net->lock);
	if (net->link == link) {
		net->connected = true;
		net->host = *dt_transport_host(link->transport);
		net->peer = *dt_transport_peer(link->transport);
	}
	pthread_mutex_unlock(&net->lock);
}

static void
on_connected(void *arg, enum dt_net_error error)
{
	struct dt_link *link = dt_link_ref(arg);

	if (error == DT_NET_OK)
		note_connected(link);
	else
		dt_report_stream(link->net, link->transport, error);
	/* The program may send at once, inside the callback. */
	if (error == DT_NET_OK && link->plan.setup == NULL)
		dt_exchange_open(link->exchange);
	dt_deliver_connect(link->net, link, dt_error_from_net(error));
	if (error != DT_NET_OK && dt_net_detach_link(link->net, link)) {
		dt_link_end(link, true);
		dt_link_unref(link);
	}
	if (!link->ended)
		dt_link_drain(link);
	dt_link_unref(link);
}

static void
note_secured(struct dt_link *link)
{
	struct dt_net *net = link->net;
	struct tls_info info = { 0 };

	dt_transport_info(link->transport, &info);
	pthread_mutex_lock(&net->lock);
	if (net->link == link) {
		net->secured = true;
		net->shown_secured = true;
		net->report.secured = true;
		net->report.info = info;
	}
	pthread_mutex_unlock(&net->lock);
}

static void
on_secured(void *arg, enum dt_net_error error)
{
	struct dt_link *link = dt_link_ref(arg);
	L_UINT32 code = DICOM_SUCCESS;

	if (error == DT_NET_OK) {
		note_secured(link);
		dt_exchange_open(link->exchange);
	} else {
		code = dt_report_stream(link->net, link->transport, error);
	}
	dt_deliver_secure(link->net, link, code);
	if (!link->ended)
		dt_link_drain(link);
	if (error != DT_NET_OK && !link->ended)
		dt_link_lose(link, (L_INT)code);
	dt_link_unref(link);
}

static void
on_received(void *arg, struct dt_span bytes)
{
	struct dt_link *link = dt_link_ref(arg);

	if (!link->finishing)
		note_life(link);
	dt_exchange_feed(link->exchange, bytes);
	dt_link_drain_steps(link);
	dt_link_unref(link);
}

static void
on_sent(void *arg, unsigned tag, size_t size)
{
	struct dt_link *link = dt_link_ref(arg);

	note_life(link);
	link->in_flight -= size;
	dt_outgoing_sent(dt_exchange_outgoing(link->exchange));
	dt_deliver_sent(link->net, link, (L_UCHAR)tag, (L_UINT32)size);
	dt_link_drain(link);
	dt_link_unref(link);
}

static void
on_closed(void *arg, enum dt_net_error error)
{
	struct dt_link *link = dt_link_ref(arg);
	bool open = dt_exchange_closed(link->exchange);
	L_UINT32 code = DICOM_SUCCESS;

	if (error == DT_NET_PEER_TLS)
		dt_transport_write(link->transport,
		    dt_span(unrecognized_pdu, sizeof(unrecognized_pdu)),
		    PDU_ABORT);
	/* A peer that closes in the middle of an association has aborted it,
	 * however politely it ended the stream. */
	if (error == DT_NET_OK && open)
		error = DT_NET_ABORTED;
	if (error != DT_NET_OK)
		code = dt_report_stream(link->net, link->transport, error);
	/* The peer's end is what we asked for. */
	if (link->cause != DICOM_SUCCESS)
		code = (L_UINT32)link->cause;
	dt_link_drain(link);
	if (!link->ended)
		dt_link_lose(link, (L_INT)code);
	dt_link_unref(link);
}

static int
on_verify(int ok, const struct dicomtls_event *event, void *arg)
{
	struct dt_link *link = arg;

	return dt_deliver_verify(link->net, link, ok, event);
}

static const struct dt_transport_events transport_events = {
	.connected = on_connected,
	.secured = on_secured,
	.received = on_received,
	.sent = on_sent,
	.closed = on_closed,
	.verify = on_verify,
};

static void
on_incoming(void *arg, int fd, enum dt_net_error error)
{
	struct dt_link *link = dt_link_ref(arg);

	fd = dt_deliver_accept(link->net, link, fd, dt_error_from_net(error));
	dt_socket_close(fd);
	dt_link_unref(link);
}

static bool
start_stream(struct dt_link *link)
{
	struct dt_tcp_target target = { .host = link->plan.peer,
		.port = link->plan.port,
		.type = (enum dt_ip_type)link->plan.ip_type,
		.has_local = link->plan.has_local,
		.local = link->plan.local };
	struct dt_patience patience = dt_link_patience(link->net);
	struct dt_socket_options options = socket_of(link->net);

	link->artim = dt_timer_new(link->loop, on_artim, link);
	link->idle = dt_timer_new(link->loop, on_idle, link);
	link->transport = dt_transport_new(
	    link->loop, link->plan.setup, &patience, &transport_events, link);
	if (link->artim == NULL || link->idle == NULL ||
	    link->transport == NULL) {
		if (link->plan.kind == DT_LINK_ACCEPTED)
			dt_socket_close(link->plan.fd);
		return false;
	}
	dt_transport_set_socket(link->transport, &options);
	if (link->plan.kind == DT_LINK_CONNECT) {
		dt_transport_connect(link->transport, &target);
		return true;
	}
	dt_transport_adopt(link->transport, link->plan.fd);
	if (!link->ended && link->plan.setup == NULL) {
		dt_exchange_open(link->exchange);
		dt_link_drain(link);
	}
	return true;
}

static void
run_start(struct dt_work *work)
{
	struct dt_link *link =
	    (void *)((char *)work - offsetof(struct dt_link, start));
	bool started;

	dt_link_ref(link);
	if (link->plan.kind == DT_LINK_LISTEN) {
		link->listener = dt_listener_new(
		    link->loop, link->plan.fd, on_incoming, link);
		started = link->listener != NULL;
	} else {
		started = start_stream(link);
	}
	if (!started)
		dt_link_lose(link, DICOM_ERROR_MEMORY);
	dt_link_unref(link);
}

static void
run_close(struct dt_work *work)
{
	struct dt_link *link =
	    (void *)((char *)work - offsetof(struct dt_link, close));

	/* The handle is gone: nobody is called, but what the program has
	 * queued is sent for as long as the peer takes it. */
	link->finishing = true;
	if (link->exchange != NULL && !link->at_once && !link->ended) {
		note_life(link);
		dt_link_drain(link);
	} else {
		dt_link_end(link, link->at_once);
	}
	dt_link_unref(link);
}

static void
run_wake(struct dt_work *work)
{
	struct dt_link *link =
	    (void *)((char *)work - offsetof(struct dt_link, wake));

	atomic_store(&link->awake, false);
	if (!link->ended)
		dt_link_drain(link);
	dt_link_unref(link);
}

void
dt_link_wake(struct dt_link *link)
{
	if (atomic_exchange(&link->awake, true))
		return;
	dt_link_ref(link);
	if (!dt_loop_post(link->loop, &link->wake))
		dt_link_unref(link);
}

void
dt_link_close(struct dt_link *link, bool at_once)
{
	struct dt_net *net = link->net;
	HDICOMNET server;

	pthread_mutex_lock(&net->lock);
	server = net->server;
	pthread_mutex_unlock(&net->lock);
	dt_deliver_lost_peer(
	    server, net->handle, DICOM_SUCCESS, &link->farewell);
	link->at_once = at_once;
	if (!dt_loop_post(link->loop, &link->close))
		dt_link_unref(link);
}

static struct dt_link *
new_link(struct dt_net *net, const struct dt_link_plan *plan)
{
	struct dt_link *link = calloc(1, sizeof(*link));

	if (link == NULL)
		return NULL;
	/* The handle's and the loop's. */
	atomic_init(&link->refs, 2);
	atomic_init(&link->awake, false);
	link->net = dt_net_ref(net);
	link->plan = *plan;
	link->plan.setup = dt_tls_setup_ref(plan->setup);
	link->plan.peer = plan->peer == NULL ? NULL : strdup(plan->peer);
	link->start.run = run_start;
	link->close.run = run_close;
	link->wake.run = run_wake;
	if (plan->kind != DT_LINK_LISTEN)
		link->exchange = dt_exchange_new(plan->kind == DT_LINK_CONNECT);
	if (plan->kind == DT_LINK_ACCEPTED)
		link->farewell = dt_farewell_new();
	if ((plan->peer != NULL && link->plan.peer == NULL) ||
	    (plan->kind == DT_LINK_ACCEPTED && link->farewell == NULL) ||
	    (plan->kind != DT_LINK_LISTEN && link->exchange == NULL)) {
		dt_link_unref(link);
		dt_link_unref(link);
		return NULL;
	}
	return link;
}

/* Under the lock of net. */
static L_INT
attach(struct dt_net *net, struct dt_link *link)
{
	if (net->freed)
		return DICOM_ERROR_PARAMETER;
	if (net->link != NULL)
		return DICOM_ERROR_NET_IS_CONNECTED;
	if (net->loop == NULL)
		net->loop = dt_loop_pick();
	if (net->loop == NULL)
		return DICOM_ERROR_NET_NOT_INITIALISED;
	link->loop = net->loop;
	net->link = link;
	if (!dt_loop_post(net->loop, &link->start)) {
		net->link = NULL;
		return DICOM_ERROR_NET_NOT_INITIALISED;
	}
	net->connected = link->plan.kind == DT_LINK_ACCEPTED;
	net->unanswered = NULL;
	dt_report_clear(&net->report);
	dt_associate_free_lent(net->associate);
	net->associate = NULL;
	return DICOM_SUCCESS;
}

L_INT
dt_link_start(struct dt_net *net, const struct dt_link_plan *plan)
{
	struct dt_link *link = new_link(net, plan);
	L_INT rc;

	if (link == NULL)
		return DICOM_ERROR_MEMORY;
	pthread_mutex_lock(&net->lock);
	rc = attach(net, link);
	pthread_mutex_unlock(&net->lock);
	if (rc != DICOM_SUCCESS) {
		dt_link_unref(link);
		dt_link_unref(link);
	}
	return rc;
}
