/*
 * Handshakes of OpenSSL's, both ends in one thread, joined by memory: what ours
 * negotiates, no session tickets either, and a verify callback that reads what
 * it is told.
 */
#include "bench/side.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <stdlib.h>

/* Far more than a handshake takes. */
#define MAX_TURNS 20

struct ends {
	SSL_CTX *client;
	SSL_CTX *server;
};

static void
close_ends(void *state)
{
	struct ends *ends = state;

	if (ends == NULL)
		return;
	SSL_CTX_free(ends->client);
	SSL_CTX_free(ends->server);
	free(ends);
}

static long sum;

static int
read_event(int ok, X509_STORE_CTX *store)
{
	sum += X509_STORE_CTX_get_error(store) +
	       X509_STORE_CTX_get_error_depth(store) +
	       (X509_STORE_CTX_get_current_cert(store) != NULL);
	return ok;
}

static SSL_CTX *
make_context(const struct bench_input *input)
{
	SSL_CTX *ctx = SSL_CTX_new(TLS_method());

	if (ctx == NULL)
		return NULL;
	SSL_CTX_set_verify(
	    ctx, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, read_event);
	SSL_CTX_set_security_level(ctx, 2);
	SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF);
	if (SSL_CTX_set_min_proto_version(ctx, TLS1_3_VERSION) == 1 &&
	    SSL_CTX_set_num_tickets(ctx, 0) == 1 &&
	    SSL_CTX_set1_groups_list(ctx, "P-256") == 1 &&
	    SSL_CTX_load_verify_locations(ctx, input->anchors, NULL) == 1 &&
	    SSL_CTX_use_certificate_chain_file(ctx, input->own) == 1 &&
	    SSL_CTX_use_PrivateKey_file(
		ctx, input->own_key, SSL_FILETYPE_PEM) == 1)
		return ctx;
	SSL_CTX_free(ctx);
	return NULL;
}

static void *
open_ends(const struct bench_input *input)
{
	struct ends *ends = calloc(1, sizeof(*ends));

	if (ends == NULL)
		return NULL;
	ends->client = make_context(input);
	ends->server = make_context(input);
	if (ends->client != NULL && ends->server != NULL)
		return ends;
	close_ends(ends);
	return NULL;
}

static bool
join(SSL *client, SSL *server)
{
	BIO *a = NULL, *b = NULL;

	if (client == NULL || server == NULL ||
	    BIO_new_bio_pair(&a, 1 << 16, &b, 1 << 16) != 1)
		return false;
	SSL_set_bio(client, a, a);
	SSL_set_bio(server, b, b);
	SSL_set_connect_state(client);
	SSL_set_accept_state(server);
	return true;
}

/* 1: done; 0: waits for the other end; negative: it failed. */
static int
step(SSL *ssl)
{
	int result = SSL_do_handshake(ssl);

	if (result == 1)
		return 1;
	return SSL_get_error(ssl, result) == SSL_ERROR_WANT_READ ? 0 : -1;
}

static bool
shake(SSL *client, SSL *server)
{
	for (int turn = 0; turn < MAX_TURNS; turn++) {
		int c = step(client);
		int s = step(server);

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
	const struct ends *ends = state;
	SSL *client = SSL_new(ends->client);
	SSL *server = SSL_new(ends->server);
	bool ok;

	(void)verdict;
	sum = 0;
	ok = join(client, server) && shake(client, server) && sum != 0;
	SSL_free(client);
	SSL_free(server);
	ERR_clear_error();
	return ok;
}

const struct bench_side bench_openssl_tls = { "openssl", open_ends, close_ends,
	run_tls, NULL };
