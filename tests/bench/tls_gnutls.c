/*
 * Handshakes of GnuTLS's that verify no certificate: what no library for
 * certificates can go below.
 */
#include "backend/raw_tls.h"
#include "bench/side.h"

#include <stdlib.h>

/* Far more than a handshake takes. */
#define MAX_TURNS 20

/* Made once, as our contexts do. */
struct theirs {
	gnutls_certificate_credentials_t credentials;
	gnutls_priority_t priority;
};

static void
close_theirs(void *state)
{
	struct theirs *theirs = state;

	if (theirs == NULL)
		return;
	if (theirs->credentials != NULL)
		gnutls_certificate_free_credentials(theirs->credentials);
	if (theirs->priority != NULL)
		gnutls_priority_deinit(theirs->priority);
	free(theirs);
}

static void *
open_theirs(const struct bench_input *input)
{
	struct theirs *theirs = calloc(1, sizeof(*theirs));

	if (theirs != NULL &&
	    gnutls_certificate_allocate_credentials(&theirs->credentials) ==
		0 &&
	    gnutls_certificate_set_x509_key_file(theirs->credentials,
		input->own, input->own_key, GNUTLS_X509_FMT_PEM) >= 0 &&
	    gnutls_priority_init(&theirs->priority, raw_priority, NULL) == 0)
		return theirs;
	close_theirs(theirs);
	return NULL;
}

static bool
shake(struct raw_end *client, struct raw_end *server)
{
	for (int turn = 0; turn < MAX_TURNS; turn++) {
		int c = raw_end_step(client);
		int s = raw_end_step(server);

		if (c < 0 || s < 0)
			return false;
		if (c == 1 && s == 1)
			return true;
	}
	return false;
}

static bool
run_tls(void *state, struct bench_verdict *verdict)
{
	const struct theirs *theirs = state;
	struct raw_end client = { 0 }, server = { 0 };
	bool ok = raw_end_open(&client, GNUTLS_CLIENT, theirs->credentials,
		      &server.in) &&
		  raw_end_open(&server, GNUTLS_SERVER, theirs->credentials,
		      &client.in) &&
		  gnutls_priority_set(client.session, theirs->priority) == 0 &&
		  gnutls_priority_set(server.session, theirs->priority) == 0 &&
		  shake(&client, &server);

	verdict->error = BENCH_NO_ERROR;
	raw_end_close(&client);
	raw_end_close(&server);
	return ok;
}

const struct bench_side bench_gnutls_tls = { "gnutls", open_theirs,
	close_theirs, run_tls, NULL };
