/*
 * A TLS server that is fed, ours or the reference's, until it has had enough;
 * see bounds_flight.h.
 */
#include "deep/bounds_flight.h"

#include <stdlib.h>

/* Where the compression method stands in a ServerHello: behind record and
 * message header, version, random, session and suite. */
#define SESSION_AT (5 + 4 + 2 + 32)

void
bounds_server_close(void *state)
{
	struct bounds_server *server = state;

	if (server == NULL)
		return;
	server->backend->context_free(server->context);
	free(server);
}

void *
bounds_server_open(
    const struct tls_backend *backend, const struct bounds_input *input)
{
	const struct tls_config config = {
		.verify_mode =
		    TLS_VERIFY_PEER | TLS_VERIFY_FAIL_IF_NO_PEER_CERT,
		.verify_depth = -1,
		.auth_level = -1,
		.ca_file = input->bench.anchors,
		.certificate_file = input->bench.own,
		.key_file = input->bench.own_key,
		.file_type = TLS_FILE_PEM,
	};
	struct bounds_server *server = calloc(1, sizeof(*server));
	struct dt_message why;

	if (server == NULL)
		return NULL;
	server->backend = backend;
	server->input = input;
	if (backend->context_new(&server->context, &config, &why) == 0)
		return server;
	free(server);
	return NULL;
}

/* False: it has had enough. */
static bool
feed(const struct bounds_server *server, struct tls_session *session,
    struct dt_span octets)
{
	return server->backend->feed(session, octets.data, octets.size) == 0 &&
	       server->backend->handshake(session) == TLS_WANT_INPUT;
}

/* The method of a ServerHello; 0 is null. */
static int
compression_of(struct dt_span flight)
{
	size_t at = SESSION_AT;

	if (flight.size <= at)
		return -1;
	at += 1u + flight.data[at] + 2;
	return flight.size > at ? flight.data[at] : -1;
}

bool
bounds_server_run(void *state, struct bounds_outcome *outcome)
{
	const struct bounds_server *server = state;
	const struct tls_backend *backend = server->backend;
	const struct bounds_input *input = server->input;
	struct dt_span wire = dt_buffer_span(&input->wire);
	struct tls_session *session;
	bool early, more;

	if (backend->session_new(
		&session, server->context, TLS_SERVER, NULL, NULL) != 0)
		return false;
	more = feed(server, session, dt_span(wire.data, input->again));
	wire = dt_span_tail(wire, input->again);
	early = !more && wire.size > 0;
	for (unsigned i = 0; more && wire.size > 0 && i <= input->times; i++)
		more = feed(server, session, wire);
	if (more)
		*outcome = (struct bounds_outcome){ BOUNDS_ACCEPTED,
			compression_of(
			    dt_buffer_span(backend->output(session))) };
	else
		*outcome = (struct bounds_outcome){ early ? BOUNDS_EARLY
							  : BOUNDS_ALERT,
			backend->failure(session)->alert_sent };
	backend->session_free(session);
	return true;
}

static void *
open_ours(const struct bounds_input *input)
{
	return bounds_server_open(&dt_gnutls_backend, input);
}

const struct bounds_side bounds_ours_tls = { open_ours, bounds_server_run,
	bounds_server_close };
