/*
 * A server that resumes without a new exchange of keys (psk_ke, RFC 8446
 * 4.2.9) is refused. GnuTLS's does so if its priorities have PSK.
 */
#include "raw_tls.h"
#include "tls/backend.h"
#include "tools/mint.h"

#include <criterion/criterion.h>
#include <stdlib.h>

#define NOW 1767225600 /* 2026-01-01 */
#define VALID .not_before = "250101000000Z", .not_after = "270101000000Z"
#define MODERN "NORMAL:-VERS-ALL:+VERS-TLS1.3"

enum { MISSING_EXTENSION = 109, ROUNDS = 40 };

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
static gnutls_certificate_credentials_t credentials;
static gnutls_datum_t ticket_key;

static char *
write_certificate(const char *name, const struct mint_spec *spec)
{
	const struct mint_spec *const specs[] = { spec, NULL };

	return mint_dir_certificates(&dir, name, specs);
}

static void
set_up(void)
{
	struct tls_config config = { .verify_mode = TLS_VERIFY_PEER,
		.verify_depth = -1,
		.auth_level = -1,
		.file_type = TLS_FILE_PEM,
		.resume = true,
		.time = NOW };
	struct dt_message why;

	cr_assert_eq(mint_dir_make(&dir), 0);
	trust = write_certificate("trust.pem", &root);
	file = write_certificate("good.pem", &good);
	key = mint_dir_key(&dir, "good.key", &good, NULL);
	config.ca_file = trust;
	cr_assert_eq(tls->context_new(&context, &config, &why), 0);
	cr_assert_eq(gnutls_certificate_allocate_credentials(&credentials), 0);
	cr_assert_geq(gnutls_certificate_set_x509_key_file(
			  credentials, file, key, GNUTLS_X509_FMT_PEM),
	    0);
	cr_assert_eq(gnutls_session_ticket_key_generate(&ticket_key), 0);
}

static void
tear_down(void)
{
	tls->context_free(context);
	gnutls_certificate_free_credentials(credentials);
	gnutls_free(ticket_key.data);
	mint_dir_remove(&dir);
	free(trust);
	free(file);
	free(key);
}

TestSuite(psk_ke, .init = set_up, .fini = tear_down);

struct found {
	enum tls_status status;
	bool resumed;
	struct tls_failure failure;
};

static void
open_server(struct raw_end *server, const char *priority, struct dt_buffer *out)
{
	*server = (struct raw_end){ .out = out };
	cr_assert_eq(gnutls_init(&server->session,
			 GNUTLS_SERVER | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL),
	    0);
	raw_end_attach(server);
	gnutls_credentials_set(
	    server->session, GNUTLS_CRD_CERTIFICATE, credentials);
	gnutls_session_ticket_enable_server(server->session, &ticket_key);
	cr_assert_eq(
	    gnutls_priority_set_direct(server->session, priority, NULL), 0);
}

static void
move(struct dt_buffer *from, struct dt_buffer *to)
{
	dt_buffer_append(to, dt_buffer_span(from).data, dt_buffer_size(from));
	dt_buffer_consume(from, dt_buffer_size(from));
}

static enum tls_status
ask(struct tls_session *client)
{
	enum tls_status status = tls->handshake(client);
	uint8_t data[8];
	size_t size = sizeof(data);

	return status == TLS_OK ? tls->read(client, data, &size) : status;
}

/* One connection; the server sends an octet when it is up. */
static struct found
meet(const char *priority)
{
	struct found found = { TLS_WANT_INPUT, false, { 0 } };
	struct dt_buffer out = { 0 };
	struct tls_session *client;
	struct tls_info info = { 0 };
	struct raw_end server;
	bool sent = false;

	cr_assert_eq(
	    tls->session_new(&client, context, TLS_CLIENT, NULL, NULL), 0);
	tls->resume(client, "peer");
	open_server(&server, priority, &out);
	for (int i = 0; i < ROUNDS && found.status == TLS_WANT_INPUT; i++) {
		found.status = ask(client);
		move(tls->output(client), &server.in);
		if (!sent && raw_end_step(&server) == 1)
			sent = gnutls_record_send(server.session, "x", 1) == 1;
		tls->feed(
		    client, dt_buffer_span(&out).data, dt_buffer_size(&out));
		dt_buffer_consume(&out, dt_buffer_size(&out));
	}
	tls->info(client, &info);
	found.resumed = info.resumed;
	found.failure = *tls->failure(client);
	tls->session_free(client);
	raw_end_close(&server);
	dt_buffer_clear(&out);
	return found;
}

Test(psk_ke, a_session_is_resumed_with_new_keys)
{
	struct found found = meet(MODERN);

	cr_assert_eq(found.status, TLS_OK, "%s", found.failure.message.text);
	found = meet(MODERN);
	cr_expect_eq(found.status, TLS_OK, "%s", found.failure.message.text);
	cr_expect(found.resumed);
}

Test(psk_ke, a_session_is_not_resumed_without_them)
{
	struct found found = meet(MODERN);

	cr_assert_eq(found.status, TLS_OK, "%s", found.failure.message.text);
	found = meet(MODERN ":+PSK");
	cr_expect_eq(found.status, TLS_FAILED);
	cr_expect_eq(found.failure.alert_sent, MISSING_EXTENSION);
	found = meet(MODERN);
	cr_expect_eq(found.status, TLS_OK, "%s", found.failure.message.text);
	cr_expect_not(found.resumed, "the session is forgotten");
}
