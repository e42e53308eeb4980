/*
 * The end of a byte stream; see transport.h.
 *
 * How a stream ends matters to the peer. A socket closed with bytes unread is
 * reset, and a reset destroys what the peer has not read yet: the alert that
 * says why it was refused, or the last PDU. A stream therefore ends in three
 * steps: what is to be said is written, our direction is shut down, and what
 * the peer still sends is thrown away until it closes too, within
 * its patience and DT_LINGER_BYTES.
 */
#include "net/transport_private.h"

#include "base/limits.h"

#include <stdlib.h>

static void
release(struct dt_transport *transport)
{
	if (transport->session != NULL)
		transport->setup->backend->session_free(transport->session);
	dt_tls_setup_free(transport->setup);
	dt_timer_free(transport->timer);
	free(transport);
}

static void
on_closed(uv_handle_t *handle)
{
	release(handle->data);
	free(handle);
}

static void
end(struct dt_transport *transport)
{
	transport->phase = ENDED;
	dt_tcp_cancel(transport->connecting);
	if (transport->tcp == NULL) {
		release(transport);
		return;
	}
	transport->tcp->data = transport;
	uv_close((uv_handle_t *)transport->tcp, on_closed);
}

static void
on_shut(uv_shutdown_t *request, int status)
{
	struct dt_transport *transport = request->data;

	if (transport->phase == ENDED)
		return;
	dt_transport_enter(transport);
	transport->shut = true;
	if (status != 0)
		transport->eof = true;
	dt_transport_leave(transport);
}

static void
start_lingering(struct dt_transport *transport)
{
	bool was_up = transport->phase == UP;
	bool polite = was_up ? !transport->at_once : transport->alerted;

	if (transport->phase == OVER && transport->setup == NULL)
		polite = true;
	transport->phase = LINGERING;
	if (!polite || transport->tcp == NULL ||
	    transport->write_error != DT_NET_OK) {
		transport->eof = transport->shut = true;
		return;
	}
	if (was_up && transport->session != NULL) {
		transport->setup->backend->close(transport->session);
		dt_transport_flush(transport);
	}
	transport->shutdown.data = transport;
	if (uv_shutdown(&transport->shutdown, (uv_stream_t *)transport->tcp,
		on_shut) != 0)
		transport->eof = transport->shut = true;
	dt_timer_start(transport->timer, transport->patience.linger);
}

void
dt_transport_settle(struct dt_transport *transport)
{
	if (transport->busy > 0 || !transport->abandoned ||
	    transport->phase == ENDED)
		return;
	if (transport->phase < LINGERING) {
		transport->busy++;
		start_lingering(transport);
		transport->busy--;
	}
	if ((transport->eof && transport->shut) ||
	    transport->discarded > DT_LINGER_BYTES)
		end(transport);
}

void
dt_transport_close(struct dt_transport *transport, bool at_once)
{
	if (transport == NULL || transport->abandoned)
		return;
	transport->abandoned = true;
	transport->at_once = at_once;
	dt_transport_settle(transport);
}
