/* Peers that are refused for what they do not say, and the sentence for it. */
#include "hostile/wire.h"
#include "raw_tls.h"
#include "tls/backend.h"
#include "tools/mint.h"

#include <criterion/criterion.h>
#include <stdlib.h>

#define NOW 1767225600 /* 2026-01-01 */
#define VALID .not_before = "250101000000Z", .not_after = "270101000000Z"
#define OLD "NORMAL:-VERS-ALL:+VERS-TLS1.2"

enum { HANDSHAKE_FAILURE = 40, ROUNDS = 40 };

static const struct mint_spec root = {
	.subject = { { "CN", "Root", 0 } }, .constraints = MINT_CA, VALID
};
static const struct mint_spec good = {
	.subject = { { "CN", "Good", 0 } }, .issuer = &root, VALID
};

static const struct tls_backend *const tls = &dt_gnutls_backend;
static struct mint_dir dir;
static char *trust, *file, *key;
static struct tls_context *context;

static char *
write_certificate(const char *name, const struct mint_spec *spec)
{
	const struct mint_spec *const specs[] = { spec, NULL };

	return mint_dir_certificates(&dir, name, specs);
}

static void
set_up(void)
{
	struct tls_config config = { .verify_depth = -1,
		.auth_level = -1,
		.file_type = TLS_FILE_PEM,
		.time = NOW };
	struct dt_message why;

	cr_assert_eq(mint_dir_make(&dir), 0);
	trust = write_certificate("trust.pem", &root);
	file = write_certificate("good.pem", &good);
	key = mint_dir_key(&dir, "good.key", &good, NULL);
	config.ca_file = trust;
	config.certificate_file = file;
	config.key_file = key;
	cr_assert_eq(tls->context_new(&context, &config, &why), 0);
}

static void
tear_down(void)
{
	tls->context_free(context);
	mint_dir_remove(&dir);
	free(trust);
	free(file);
	free(key);
}

TestSuite(hellos, .init = set_up, .fini = tear_down);

static void
move(struct dt_buffer *from, struct dt_buffer *to)
{
	dt_buffer_append(to, dt_buffer_span(from).data, dt_buffer_size(from));
	dt_buffer_consume(from, dt_buffer_size(from));
}

static void
open_server(struct raw_end *server, gnutls_certificate_credentials_t own,
    const char *priority, struct dt_buffer *out)
{
	cr_assert_geq(gnutls_certificate_set_x509_key_file(
			  own, file, key, GNUTLS_X509_FMT_PEM),
	    0);
	cr_assert(raw_end_open(server, GNUTLS_SERVER, own, out));
	gnutls_certificate_server_set_request(
	    server->session, GNUTLS_CERT_IGNORE);
	cr_assert_eq(
	    gnutls_priority_set_direct(server->session, priority, NULL), 0);
}

/* Our client, and how its handshake with such a server ends. */
static struct tls_failure
meet(const char *priority, enum tls_status *status)
{
	gnutls_certificate_credentials_t own;
	struct dt_buffer out = { 0 };
	struct tls_session *client;
	struct tls_failure failure;
	struct raw_end server;

	cr_assert_eq(gnutls_certificate_allocate_credentials(&own), 0);
	open_server(&server, own, priority, &out);
	cr_assert_eq(
	    tls->session_new(&client, context, TLS_CLIENT, NULL, NULL), 0);
	*status = TLS_WANT_INPUT;
	for (int i = 0; i < ROUNDS && *status == TLS_WANT_INPUT; i++) {
		*status = tls->handshake(client);
		move(tls->output(client), &server.in);
		raw_end_step(&server);
		tls->feed(
		    client, dt_buffer_span(&out).data, dt_buffer_size(&out));
		dt_buffer_consume(&out, dt_buffer_size(&out));
	}
	failure = *tls->failure(client);
	tls->session_free(client);
	raw_end_close(&server);
	dt_buffer_clear(&out);
	gnutls_certificate_free_credentials(own);
	return failure;
}

Test(hellos, a_server_with_secure_renegotiation_is_taken)
{
	enum tls_status status;
	struct tls_failure failure = meet(OLD, &status);

	cr_expect_eq(status, TLS_OK, "%s", failure.message.text);
}

Test(hellos, a_server_without_secure_renegotiation_is_refused)
{
	enum tls_status status;
	struct tls_failure failure =
	    meet(OLD ":%DISABLE_SAFE_RENEGOTIATION", &status);

	cr_expect_eq(status, TLS_FAILED);
	cr_expect_eq(failure.alert_sent, HANDSHAKE_FAILURE);
	cr_expect_not_null(strstr(failure.message.text,
			       "the peer has no secure renegotiation"),
	    "%s", failure.message.text);
}

Test(hellos, a_client_that_lists_no_groups_is_refused)
{
	/* signature_algorithms alone */
	const struct hello hello = { .bare = true,
		.extensions = "000d 0004 0002 0403" };
	struct dt_buffer message = { 0 }, record = { 0 };
	const struct tls_failure *failure;
	struct tls_session *server;

	hello_append(&message, &hello);
	record_append(
	    &record, RECORD_HANDSHAKE, 0x0301, dt_buffer_span(&message));
	cr_assert_eq(
	    tls->session_new(&server, context, TLS_SERVER, NULL, NULL), 0);
	tls->feed(
	    server, dt_buffer_span(&record).data, dt_buffer_size(&record));
	cr_expect_eq(tls->handshake(server), TLS_FAILED);
	failure = tls->failure(server);
	cr_expect_eq(failure->alert_sent, HANDSHAKE_FAILURE);
	cr_expect_not_null(strstr(failure->message.text,
			       "the peer does not say which groups it has"),
	    "%s", failure->message.text);
	tls->session_free(server);
	dt_buffer_clear(&message);
	dt_buffer_clear(&record);
}
