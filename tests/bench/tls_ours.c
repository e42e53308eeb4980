/*
 * Handshakes of our TLS backend, both ends in one thread, joined by memory.
 * Contexts live as long as a program's: what a connection costs is measured.
 */
#include "bench/side.h"

#include "tls/backend.h"

#include "dicomtls.h"

#include <stdlib.h>

#define REMEMBERED 4096
/* Far more than a handshake takes. */
#define MAX_TURNS 20

static const struct tls_backend *const backend = &dt_gnutls_backend;

struct ends {
	struct tls_context *client;
	struct tls_context *server;
};

static void
close_ends(void *state)
{
	struct ends *ends = state;

	if (ends == NULL)
		return;
	backend->context_free(ends->client);
	backend->context_free(ends->server);
	free(ends);
}

static void *
open_with(const struct bench_input *input, unsigned remembered)
{
	const struct tls_config config = {
		.min_version = TLS_V1_3,
		.verify_mode =
		    TLS_VERIFY_PEER | TLS_VERIFY_FAIL_IF_NO_PEER_CERT,
		.verify_depth = -1,
		.auth_level = -1,
		.ca_file = input->anchors,
		.certificate_file = input->own,
		.key_file = input->own_key,
		.file_type = TLS_FILE_PEM,
		.questions.signatures = remembered,
	};
	struct ends *ends = calloc(1, sizeof(*ends));
	struct dt_message why;

	if (ends != NULL &&
	    backend->context_new(&ends->client, &config, &why) == 0 &&
	    backend->context_new(&ends->server, &config, &why) == 0)
		return ends;
	close_ends(ends);
	return NULL;
}

static void *
open_cold(const struct bench_input *input)
{
	return open_with(input, 0);
}

static void *
open_warm(const struct bench_input *input)
{
	return open_with(input, REMEMBERED);
}

static int
read_event(int ok, const struct dicomtls_event *event, void *arg)
{
	gnutls_datum_t der;
	long *sum = arg;

	dicomtls_event_certificate(event, &der);
	*sum += dicomtls_event_error(event) + dicomtls_event_depth(event) +
		der.data[0];
	return ok;
}

static bool
carry(struct tls_session *from, struct tls_session *to)
{
	struct dt_buffer *out = backend->output(from);
	struct dt_span bytes = dt_buffer_span(out);

	if (backend->feed(to, bytes.data, bytes.size) != 0)
		return false;
	dt_buffer_consume(out, bytes.size);
	return true;
}

static bool
shake(struct tls_session *client, struct tls_session *server)
{
	for (int turn = 0; turn < MAX_TURNS; turn++) {
		enum tls_status c = backend->handshake(client);
		enum tls_status s;

		if (c == TLS_FAILED || !carry(client, server))
			return false;
		s = backend->handshake(server);
		if (s == TLS_FAILED || !carry(server, client))
			return false;
		if (c == TLS_OK && s == TLS_OK)
			return true;
	}
	return false;
}

static bool
run_tls(void *state, struct bench_verdict *verdict)
{
	const struct ends *ends = state;
	struct tls_session *client = NULL;
	struct tls_session *server = NULL;
	long sum = 0;
	bool ok = backend->session_new(&client, ends->client, TLS_CLIENT,
		      read_event, &sum) == 0 &&
		  backend->session_new(&server, ends->server, TLS_SERVER,
		      read_event, &sum) == 0 &&
		  shake(client, server) && sum != 0;

	(void)verdict;
	backend->session_free(client);
	backend->session_free(server);
	return ok;
}

const struct bench_side bench_ours_tls_cold = { "ours", open_cold, close_ends,
	run_tls, NULL };
const struct bench_side bench_ours_tls_warm = { "ours", open_warm, close_ends,
	run_tls, NULL };
