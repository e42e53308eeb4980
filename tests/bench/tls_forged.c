/*
 * A client that shows a certificate with a key of absurd size, and signs with
 * what it has: nothing. To find that out by arithmetic is what it is after; the
 * server is ours, or GnuTLS alone.
 */
#include "backend/raw_tls.h"
#include "bench/side.h"

#include "tls/backend.h"

#include <gnutls/abstract.h>

#include <stdlib.h>

/* Far more than a handshake takes. */
#define MAX_TURNS 20
struct scene {
	const struct bench_input *input;
	gnutls_certificate_credentials_t client;
	gnutls_certificate_credentials_t server; /* of GnuTLS alone */
	struct tls_context *ours;
	gnutls_priority_t priority;
};

static int
sign_nothing(gnutls_privkey_t key, gnutls_sign_algorithm_t algorithm, void *arg,
    unsigned flags, const gnutls_datum_t *data, gnutls_datum_t *signature)
{
	const struct scene *scene = arg;
	const unsigned size = scene->input->modulus_size;

	(void)key;
	(void)algorithm;
	(void)flags;
	(void)data;
	signature->data = gnutls_malloc(size);
	if (signature->data == NULL)
		return GNUTLS_E_MEMORY_ERROR;
	memset(signature->data, BENCH_FORGED, size);
	signature->size = size;
	return 0;
}

static int
tell_key(gnutls_privkey_t key, unsigned asked, void *arg)
{
	const struct scene *scene = arg;

	(void)key;
	if (asked == GNUTLS_PRIVKEY_INFO_PK_ALGO)
		return GNUTLS_PK_RSA;
	if (asked == GNUTLS_PRIVKEY_INFO_PK_ALGO_BITS)
		return (int)scene->input->modulus_size * 8;
	return (asked & GNUTLS_PRIVKEY_INFO_HAVE_SIGN_ALGO) != 0 ? 1 : -1;
}

static bool
import_chain(const struct bench_input *input, gnutls_pcert_st *chain)
{
	for (unsigned i = 0; i < input->chain_size; i++) {
		struct dt_span der = dt_buffer_span(&input->chain[i]);
		const gnutls_datum_t bytes = { (unsigned char *)der.data,
			(unsigned)der.size };

		if (gnutls_pcert_import_x509_raw(
			&chain[i], &bytes, GNUTLS_X509_FMT_DER, 0) != 0)
			return false;
	}
	return true;
}

/* The credentials take over chain and key. */
static bool
give_forged(struct scene *scene)
{
	gnutls_pcert_st *chain = calloc(BENCH_CHAIN, sizeof(*chain));
	gnutls_privkey_t key = NULL;
	bool ok = chain != NULL && import_chain(scene->input, chain) &&
		  gnutls_privkey_init(&key) == 0 &&
		  gnutls_privkey_import_ext4(key, scene, NULL, sign_nothing,
		      NULL, NULL, tell_key, 0) == 0;

	if (ok) {
		gnutls_certificate_set_flags(
		    scene->client, GNUTLS_CERTIFICATE_SKIP_KEY_CERT_MATCH);
		ok = gnutls_certificate_set_key(scene->client, NULL, 0, chain,
			 (int)scene->input->chain_size, key) >= 0;
	}
	free(chain);
	return ok;
}

static void
close_scene(void *state)
{
	struct scene *scene = state;

	if (scene == NULL)
		return;
	if (scene->client != NULL)
		gnutls_certificate_free_credentials(scene->client);
	if (scene->server != NULL)
		gnutls_certificate_free_credentials(scene->server);
	if (scene->priority != NULL)
		gnutls_priority_deinit(scene->priority);
	dt_gnutls_backend.context_free(scene->ours);
	free(scene);
}

static bool
open_servers(struct scene *scene)
{
	const struct bench_input *input = scene->input;
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
	};
	struct dt_message why;

	return dt_gnutls_backend.context_new(&scene->ours, &config, &why) ==
		   0 &&
	       gnutls_certificate_set_x509_key_file(scene->server, input->own,
		   input->own_key, GNUTLS_X509_FMT_PEM) >= 0;
}

static void *
open_scene(const struct bench_input *input)
{
	struct scene *scene = calloc(1, sizeof(*scene));

	if (scene == NULL)
		return NULL;
	scene->input = input;
	if (gnutls_certificate_allocate_credentials(&scene->client) == 0 &&
	    gnutls_certificate_allocate_credentials(&scene->server) == 0 &&
	    gnutls_priority_init(&scene->priority, raw_priority, NULL) == 0 &&
	    give_forged(scene) && open_servers(scene))
		return scene;
	close_scene(scene);
	return NULL;
}

/* True if the server refuses. */
static bool
is_refused(struct raw_end *client, struct tls_session *server)
{
	const struct tls_backend *backend = &dt_gnutls_backend;
	struct dt_buffer *out = backend->output(server);

	for (int turn = 0; turn < MAX_TURNS; turn++) {
		struct dt_span bytes;
		enum tls_status status;

		if (raw_end_step(client) < 0)
			return false;
		bytes = dt_buffer_span(client->out);
		if (backend->feed(server, bytes.data, bytes.size) != 0)
			return false;
		dt_buffer_consume(client->out, bytes.size);
		status = backend->handshake(server);
		if (status != TLS_WANT_INPUT)
			return status == TLS_FAILED;
		bytes = dt_buffer_span(out);
		if (dt_buffer_append(&client->in, bytes.data, bytes.size) != 0)
			return false;
		dt_buffer_consume(out, bytes.size);
	}
	return false;
}

static bool
run_ours(void *state, struct bench_verdict *verdict)
{
	const struct scene *scene = state;
	struct tls_session *server = NULL;
	struct raw_end client = { 0 };
	struct dt_buffer wire = { 0 };
	bool ok = raw_end_open(&client, GNUTLS_CLIENT, scene->client, &wire) &&
		  gnutls_priority_set(client.session, scene->priority) == 0 &&
		  dt_gnutls_backend.session_new(
		      &server, scene->ours, TLS_SERVER, NULL, NULL) == 0 &&
		  is_refused(&client, server);

	*verdict = (struct bench_verdict){ 0, BENCH_NO_ERROR };
	dt_gnutls_backend.session_free(server);
	raw_end_close(&client);
	dt_buffer_clear(&wire);
	return ok;
}

static bool
run_gnutls(void *state, struct bench_verdict *verdict)
{
	const struct scene *scene = state;
	struct raw_end client = { 0 }, server = { 0 };
	bool ok =
	    raw_end_open(&client, GNUTLS_CLIENT, scene->client, &server.in) &&
	    raw_end_open(&server, GNUTLS_SERVER, scene->server, &client.in) &&
	    gnutls_priority_set(client.session, scene->priority) == 0 &&
	    gnutls_priority_set(server.session, scene->priority) == 0;
	int status = 0;

	for (int turn = 0; ok && status == 0 && turn < MAX_TURNS; turn++) {
		ok = raw_end_step(&client) >= 0;
		status = raw_end_step(&server);
	}
	*verdict = (struct bench_verdict){ 0, BENCH_NO_ERROR };
	raw_end_close(&client);
	raw_end_close(&server);
	return ok && status < 0;
}

const struct bench_side bench_ours_tls_forged = { "ours", open_scene,
	close_scene, run_ours, NULL };
const struct bench_side bench_gnutls_tls_forged = { "gnutls", open_scene,
	close_scene, run_gnutls, NULL };
