/*
 * Handshakes of GnuTLS's that verify no certificate: what no library for
 * certificates can go below.
 */
#include "bench/raw_tls.h"
#include "bench/side.h"

/* Far more than a handshake takes. */
#define MAX_TURNS 20

static void
close_credentials(void *state)
{
	if (state != NULL)
		gnutls_certificate_free_credentials(state);
}

static void *
open_credentials(const struct bench_input *input)
{
	gnutls_certificate_credentials_t credentials;

	if (gnutls_certificate_allocate_credentials(&credentials) != 0)
		return NULL;
	if (gnutls_certificate_set_x509_key_file(credentials, input->own,
		input->own_key, GNUTLS_X509_FMT_PEM) >= 0)
		return credentials;
	close_credentials(credentials);
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
	struct raw_end client = { 0 }, server = { 0 };
	bool ok = raw_end_open(&client, GNUTLS_CLIENT, state, &server.in);

	if (ok)
		ok = raw_end_open(&server, GNUTLS_SERVER, state, &client.in);
	ok = ok && shake(&client, &server);
	verdict->error = BENCH_NO_ERROR;
	raw_end_close(&client);
	raw_end_close(&server);
	return ok;
}

const struct bench_side bench_gnutls_tls = { "gnutls", open_credentials,
	close_credentials, run_tls, NULL };
