/*
 * A TLS server whose client is GnuTLS's and asks for another handshake; see
 * bounds_flight.h. The client's time and memory count too.
 */
#include "deep/bounds_flight.h"

#include "backend/raw_tls.h"

/* Far more than a handshake takes. */
#define MAX_TURNS 20

#define TLS12 "NORMAL:-VERS-ALL:+VERS-TLS1.2"

/* Both ends and what is on its way to the server. */
struct link {
	const struct tls_backend *backend;
	struct tls_session *server;
	struct raw_end client;
	struct dt_buffer wire;
	gnutls_certificate_credentials_t credentials;
};

static bool
carry(struct link *link)
{
	struct dt_span bytes = dt_buffer_span(&link->wire);
	bool fed =
	    link->backend->feed(link->server, bytes.data, bytes.size) == 0;

	dt_buffer_consume(&link->wire, bytes.size);
	return fed;
}

static bool
carry_back(struct link *link)
{
	struct dt_buffer *out = link->backend->output(link->server);
	struct dt_span bytes = dt_buffer_span(out);
	bool kept =
	    dt_buffer_append(&link->client.in, bytes.data, bytes.size) == 0;

	dt_buffer_consume(out, bytes.size);
	return kept;
}

static bool
shake(struct link *link)
{
	for (int turn = 0; turn < MAX_TURNS; turn++) {
		int client = raw_end_step(&link->client);
		enum tls_status server;

		if (client < 0 || !carry(link))
			return false;
		server = link->backend->handshake(link->server);
		if (server == TLS_FAILED || !carry_back(link))
			return false;
		if (client == 1 && server == TLS_OK)
			return true;
	}
	return false;
}

static bool
open_link(
    struct link *link, const struct bounds_server *from, const char *priority)
{
	const struct bench_input *bench = &from->input->bench;

	link->backend = from->backend;
	return gnutls_certificate_allocate_credentials(&link->credentials) ==
		   0 &&
	       gnutls_certificate_set_x509_key_file(link->credentials,
		   bench->own, bench->own_key, GNUTLS_X509_FMT_PEM) >= 0 &&
	       raw_end_open(&link->client, GNUTLS_CLIENT, link->credentials,
		   &link->wire) &&
	       gnutls_priority_set_direct(
		   link->client.session, priority, NULL) == 0 &&
	       link->backend->session_new(
		   &link->server, from->context, TLS_SERVER, NULL, NULL) == 0;
}

static void
close_link(struct link *link)
{
	link->backend->session_free(link->server);
	raw_end_close(&link->client);
	dt_buffer_clear(&link->wire);
	if (link->credentials != NULL)
		gnutls_certificate_free_credentials(link->credentials);
}

/* The server sees a ClientHello where data is due, and answers. */
static int
ask_again(struct link *link)
{
	uint8_t octet;
	size_t size = sizeof(octet);

	if (gnutls_handshake(link->client.session) != GNUTLS_E_AGAIN ||
	    !carry(link))
		return -1;
	link->backend->read(link->server, &octet, &size);
	if (!carry_back(link) || gnutls_handshake(link->client.session) !=
				     GNUTLS_E_WARNING_ALERT_RECEIVED)
		return -1;
	return (int)gnutls_alert_get(link->client.session);
}

bool
bounds_server_renegotiated(void *state, struct bounds_outcome *outcome)
{
	struct link link = { .server = NULL };
	bool ok = open_link(&link, state, TLS12) && shake(&link);

	if (ok)
		*outcome =
		    (struct bounds_outcome){ BOUNDS_ALERT, ask_again(&link) };
	close_link(&link);
	return ok;
}

static void *
open_ours(const struct bounds_input *input)
{
	return bounds_server_open(&dt_gnutls_backend, input);
}

const struct bounds_side bounds_ours_renegotiated = { open_ours,
	bounds_server_renegotiated, bounds_server_close };
