/*
 * Byte streams: opening, reading, writing; see transport.h.
 * How they end is decided in transport_close.c.
 */
#include "net/transport_private.h"

#include <stdio.h>
#include <stdlib.h>

/* First byte of a TLS record (RFC 8446 5.1) and of a plain A-ASSOCIATE-RQ
 * (PS3.8 9.3.1; PDU types end at 7). */
enum {
	TLS_RECORD_ALERT = 0x15,
	TLS_RECORD_HANDSHAKE = 0x16,
	PDU_TYPE_LAST = 0x07
};

/* One write. */
struct write {
	uv_write_t request;
	struct dt_transport *transport;
	unsigned tag;
	size_t size;	 /* of the message, before encryption */
	bool is_message; /* to be reported by sent */
	struct dt_buffer bytes;
};

static void
free_write(struct write *write)
{
	dt_buffer_clear(&write->bytes);
	free(write);
}

/* True while events may still be reported. */
static bool
is_live(const struct dt_transport *transport)
{
	return !transport->abandoned && transport->phase < OVER;
}

/* Reports how the stream ended, by the event that its phase calls for. */
static void
fail(struct dt_transport *transport, enum dt_net_error error)
{
	enum phase phase = transport->phase;

	if (!is_live(transport))
		return;
	transport->phase = OVER;
	dt_timer_stop(transport->timer);
	if (phase == STARTING)
		transport->events->connected(transport->arg, error);
	else if (phase == SECURING)
		transport->events->secured(transport->arg, error);
	else
		transport->events->closed(transport->arg, error);
}

static void
on_written(uv_write_t *request, int status)
{
	struct write *write = request->data;
	struct dt_transport *transport = write->transport;

	dt_transport_enter(transport);
	transport->writes--;
	if (status == 0 && write->is_message && is_live(transport))
		transport->events->sent(
		    transport->arg, write->tag, write->size);
	if (status != 0 && transport->write_error == DT_NET_OK) {
		/* The peer may have said why before it left: what it sent is
		 * read first, and this is reported at its end. */
		transport->write_error = dt_net_error_from_uv(status);
		dt_timer_start(transport->timer, transport->patience.linger);
	}
	free_write(write);
	dt_transport_leave(transport);
}

/* Takes the bytes; where the buffer failed there was no memory for them. */
static void
write_bytes(struct dt_transport *transport, struct dt_buffer *bytes,
    const struct write *what)
{
	struct write *write = malloc(sizeof(*write));
	struct dt_span span = dt_buffer_span(bytes);
	uv_buf_t buffer;
	int rc;

	if (write == NULL || dt_buffer_failed(bytes)) {
		free(write);
		dt_buffer_clear(bytes);
		transport->write_error = DT_NET_NO_MEMORY;
		fail(transport, DT_NET_NO_MEMORY);
		return;
	}
	*write = *what;
	write->transport = transport;
	write->request.data = write;
	write->bytes = *bytes;
	*bytes = (struct dt_buffer){ 0 };
	buffer = uv_buf_init((char *)span.data, (unsigned)span.size);
	rc = uv_write(&write->request, (uv_stream_t *)transport->tcp, &buffer,
	    1, on_written);
	if (rc == 0) {
		transport->writes++;
		return;
	}
	free_write(write);
	transport->write_error = dt_net_error_from_uv(rc);
}

/* Writes what the TLS session has for the peer. */
static void
flush_session(struct dt_transport *transport, const struct write *what)
{
	struct dt_buffer *output;

	if (transport->session == NULL || transport->tcp == NULL)
		return;
	output = transport->setup->backend->output(transport->session);
	if (dt_buffer_size(output) > 0)
		write_bytes(transport, output, what);
}

static const struct write no_message;

void
dt_transport_flush(struct dt_transport *transport)
{
	flush_session(transport, &no_message);
}

/* Why a TLS stream ended: an alert or a refusal explains more than the
 * socket's error that followed it. */
static enum dt_net_error
session_error(const struct dt_transport *transport)
{
	const struct tls_failure *failure =
	    transport->setup->backend->failure(transport->session);

	if (failure->alert_received >= 0 || failure->alert_sent >= 0 ||
	    failure->verify_error != 0)
		return DT_NET_TLS;
	if (transport->write_error != DT_NET_OK)
		return transport->write_error;
	if (!transport->eof)
		return DT_NET_TLS;
	/* RFC 8446 6.1 calls it a truncation, whatever the library makes of
	 * it. */
	return transport->phase == UP ? DT_NET_TRUNCATED : DT_NET_ABORTED;
}

static void
fail_session(struct dt_transport *transport)
{
	dt_transport_flush(transport);
	transport->alerted = transport->writes > 0;
	fail(transport, session_error(transport));
}

static void
secure(struct dt_transport *transport)
{
	enum tls_status status =
	    transport->setup->backend->handshake(transport->session);

	dt_transport_flush(transport);
	if (!is_live(transport))
		return;
	if (status == TLS_OK) {
		dt_timer_stop(transport->timer);
		transport->phase = UP;
		transport->events->secured(transport->arg, DT_NET_OK);
	} else if (status != TLS_WANT_INPUT) {
		fail_session(transport);
	}
}

static void
read_session(struct dt_transport *transport)
{
	const struct tls_backend *backend = transport->setup->backend;
	uint8_t bytes[RECORD_SIZE];

	while (is_live(transport) && transport->phase == UP) {
		size_t size = sizeof(bytes);
		enum tls_status status =
		    backend->read(transport->session, bytes, &size);

		dt_transport_flush(transport);
		if (status == TLS_WANT_INPUT)
			return;
		if (status == TLS_CLOSED)
			fail(transport, DT_NET_OK);
		else if (status != TLS_OK)
			fail_session(transport);
		else
			transport->events->received(
			    transport->arg, dt_span(bytes, size));
	}
}

static void
run_session(struct dt_transport *transport)
{
	if (is_live(transport) && transport->phase == SECURING)
		secure(transport);
	if (is_live(transport) && transport->phase == UP)
		read_session(transport);
	if (is_live(transport) && transport->eof)
		fail(transport, session_error(transport));
}

/* The first byte tells the two protocols apart; false ends the stream. The
 * TLS end says so by an alert record, fatal unexpected_message, in which the
 * other end recognises TLS; what the plain end says is its protocol's
 * business. */
static bool
check_first(struct dt_transport *transport, uint8_t first)
{
	static const uint8_t goodbye[] = { TLS_RECORD_ALERT, 3, 3, 0, 2, 2,
		10 };
	bool is_tls =
	    first == TLS_RECORD_HANDSHAKE || first == TLS_RECORD_ALERT;
	struct dt_buffer bytes = { 0 };

	if (transport->seen)
		return true;
	transport->seen = true;
	if (transport->setup == NULL) {
		if (is_tls)
			fail(transport, DT_NET_PEER_TLS);
		return !is_tls;
	}
	if (first < 1 || first > PDU_TYPE_LAST)
		return true;
	dt_buffer_append(&bytes, goodbye, sizeof(goodbye));
	write_bytes(transport, &bytes, &no_message);
	transport->alerted = true;
	fail(transport, DT_NET_PEER_PLAIN);
	return false;
}

static void
take_input(struct dt_transport *transport, struct dt_span bytes)
{
	if (!is_live(transport)) {
		transport->discarded += bytes.size;
		return;
	}
	if (!check_first(transport, bytes.data[0]))
		return;
	if (transport->setup == NULL) {
		transport->events->received(transport->arg, bytes);
		return;
	}
	if (transport->setup->backend->feed(
		transport->session, bytes.data, bytes.size) != 0) {
		fail(transport, DT_NET_NO_MEMORY);
		return;
	}
	run_session(transport);
}

static void
take_end(struct dt_transport *transport, int code)
{
	enum dt_net_error error = dt_net_error_from_uv(code);

	transport->eof = true;
	uv_read_stop((uv_stream_t *)transport->tcp);
	if (!is_live(transport))
		return;
	if (code != UV_EOF && transport->write_error == DT_NET_OK)
		transport->write_error = error;
	if (transport->setup == NULL) {
		/* Plain DICOM ends by closing; whether that was the moment
		 * for it, the protocol above knows. */
		fail(transport, transport->write_error);
		return;
	}
	transport->setup->backend->feed_eof(transport->session);
	run_session(transport);
}

static void
on_read(uv_stream_t *stream, ssize_t size, const uv_buf_t *buffer)
{
	struct dt_transport *transport = stream->data;

	dt_transport_enter(transport);
	if (size > 0)
		take_input(transport, dt_span(buffer->base, (size_t)size));
	else if (size < 0)
		take_end(transport, (int)size);
	dt_transport_leave(transport);
}

static void
give_buffer(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer)
{
	struct dt_transport *transport = handle->data;

	(void)suggested;
	*buffer =
	    uv_buf_init((char *)dt_loop_input(transport->loop), DT_LOOP_INPUT);
}

static void
on_timeout(void *arg)
{
	struct dt_transport *transport = arg;

	dt_transport_enter(transport);
	if (transport->phase == LINGERING)
		transport->eof = transport->shut = true;
	else if (transport->write_error != DT_NET_OK)
		fail(transport, transport->write_error);
	else
		fail(transport, DT_NET_TIMED_OUT);
	dt_transport_leave(transport);
}

static void
note_endpoints(struct dt_transport *transport)
{
	struct sockaddr_storage name = { 0 };
	int size = sizeof(name);

	if (uv_tcp_getsockname(
		transport->tcp, (struct sockaddr *)&name, &size) == 0)
		dt_address_show(&transport->host, (struct sockaddr *)&name);
	size = sizeof(name);
	if (uv_tcp_getpeername(
		transport->tcp, (struct sockaddr *)&name, &size) == 0)
		dt_address_show(&transport->peer, (struct sockaddr *)&name);
}

/* Where the stream leads is whom the session is with. */
static void
offer_session(struct dt_transport *transport)
{
	const struct tls_backend *backend = transport->setup->backend;
	char peer[sizeof(transport->peer.address) + 8];

	if (transport->role != TLS_CLIENT || backend->resume == NULL)
		return;
	snprintf(peer, sizeof(peer), "%s %u", transport->peer.address,
	    transport->peer.port);
	backend->resume(transport->session, peer);
}

static void
start_session(struct dt_transport *transport)
{
	const struct tls_backend *backend = transport->setup->backend;

	transport->phase = SECURING;
	if (backend->session_new(&transport->session, transport->setup->context,
		transport->role, transport->events->verify,
		transport->arg) != 0) {
		transport->session = NULL;
		fail(transport, DT_NET_NO_MEMORY);
		return;
	}
	offer_session(transport);
	dt_timer_start(transport->timer, transport->patience.handshake);
	secure(transport);
}

/* A size the system does not grant is no reason not to connect. */
static void
set_options(struct dt_transport *transport)
{
	const struct dt_socket_options *options = &transport->options;
	uv_handle_t *handle = (uv_handle_t *)transport->tcp;
	int send = options->send_buffer;
	int receive = options->receive_buffer;

	if (send > 0)
		uv_send_buffer_size(handle, &send);
	if (receive > 0)
		uv_recv_buffer_size(handle, &receive);
	uv_tcp_nodelay(transport->tcp, options->no_delay);
}

/* The socket is there: from now on bytes flow. */
static void
start_stream(struct dt_transport *transport)
{
	int rc;

	transport->tcp->data = transport;
	set_options(transport);
	note_endpoints(transport);
	if (transport->role == TLS_CLIENT)
		transport->events->connected(transport->arg, DT_NET_OK);
	if (!is_live(transport))
		return;
	transport->phase = UP;
	/* Before the session, whose failure is said to the peer: the end of
	 * the stream is then waited for. */
	rc = uv_read_start((uv_stream_t *)transport->tcp, give_buffer, on_read);
	if (rc != 0)
		fail(transport, dt_net_error_from_uv(rc));
	else if (transport->setup != NULL)
		start_session(transport);
}

static void
on_connected(void *arg, enum dt_net_error error, uv_tcp_t *tcp)
{
	struct dt_transport *transport = arg;

	dt_transport_enter(transport);
	transport->connecting = NULL;
	transport->tcp = tcp;
	if (error != DT_NET_OK)
		fail(transport, error);
	else
		start_stream(transport);
	dt_transport_leave(transport);
}

void
dt_transport_connect(
    struct dt_transport *transport, const struct dt_tcp_target *target)
{
	struct dt_tcp_target patient = *target;
	enum dt_net_error error;

	patient.patience = transport->patience.connect;
	dt_transport_enter(transport);
	transport->role = TLS_CLIENT;
	error = dt_tcp_connect(&transport->connecting, transport->loop,
	    &patient, on_connected, transport);
	if (error != DT_NET_OK)
		fail(transport, error);
	dt_transport_leave(transport);
}

void
dt_transport_adopt(struct dt_transport *transport, int fd)
{
	dt_transport_enter(transport);
	transport->role = TLS_SERVER;
	transport->tcp = dt_tcp_adopt(transport->loop, fd);
	if (transport->tcp == NULL) {
		transport->phase = UP;
		fail(transport, DT_NET_NO_MEMORY);
	} else {
		start_stream(transport);
	}
	dt_transport_leave(transport);
}

static void
send_bytes(struct dt_transport *transport, struct dt_buffer *bytes,
    const struct write *what)
{
	struct dt_span span = dt_buffer_span(bytes);
	enum tls_status status;

	if (transport->setup == NULL) {
		write_bytes(transport, bytes, what);
		return;
	}
	if (transport->phase != UP)
		return;
	status = transport->setup->backend->write(
	    transport->session, span.data, span.size);
	flush_session(transport, what);
	if (status != TLS_OK)
		fail_session(transport);
}

void
dt_transport_send(
    struct dt_transport *transport, struct dt_buffer *bytes, unsigned tag)
{
	const struct write what = {
		.tag = tag, .size = dt_buffer_size(bytes), .is_message = true
	};

	if (transport->tcp != NULL && transport->phase <= OVER &&
	    transport->phase != SECURING) {
		dt_transport_enter(transport);
		send_bytes(transport, bytes, &what);
		dt_transport_leave(transport);
	}
	dt_buffer_clear(bytes);
}

void
dt_transport_write(
    struct dt_transport *transport, struct dt_span bytes, unsigned tag)
{
	struct dt_buffer copy = { 0 };

	dt_buffer_append(&copy, bytes.data, bytes.size);
	dt_transport_send(transport, &copy, tag);
}

struct dt_transport *
dt_transport_new(struct dt_loop *loop, struct dt_tls_setup *setup,
    const struct dt_patience *patience,
    const struct dt_transport_events *events, void *arg)
{
	struct dt_transport *transport = calloc(1, sizeof(*transport));

	if (transport == NULL)
		return NULL;
	transport->timer = dt_timer_new(loop, on_timeout, transport);
	if (transport->timer == NULL) {
		free(transport);
		return NULL;
	}
	transport->loop = loop;
	transport->setup = dt_tls_setup_ref(setup);
	transport->patience = *patience;
	transport->options = DT_SOCKET_DEFAULT;
	transport->events = events;
	transport->arg = arg;
	return transport;
}

void
dt_transport_set_socket(
    struct dt_transport *transport, const struct dt_socket_options *options)
{
	transport->options = *options;
}

const struct dt_endpoint *
dt_transport_host(const struct dt_transport *transport)
{
	return &transport->host;
}

const struct dt_endpoint *
dt_transport_peer(const struct dt_transport *transport)
{
	return &transport->peer;
}

bool
dt_transport_info(const struct dt_transport *transport, struct tls_info *info)
{
	if (transport->session == NULL)
		return false;
	transport->setup->backend->info(transport->session, info);
	return true;
}

bool
dt_transport_failure(
    const struct dt_transport *transport, struct tls_failure *failure)
{
	if (transport->session == NULL)
		return false;
	*failure = *transport->setup->backend->failure(transport->session);
	return true;
}

bool
dt_transport_was_unheard(const struct dt_transport *transport)
{
	return transport->setup != NULL && transport->role == TLS_CLIENT &&
	       transport->eof && !transport->seen;
}
