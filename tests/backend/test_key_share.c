/*
 * The key shares of our client (RFC 8446 4.2.8), and servers that want another
 * group than the one it guessed.
 */
#include "backend/raw_tls.h"

#include "base/reader.h"
#include "tls/backend.h"
#include "tools/mint.h"

#include <criterion/criterion.h>
#include <stdlib.h>

#define SERVER_HELLO_ROUNDS 8

static const struct mint_spec own = { .subject = { { "CN", "Server", 0 } } };

static struct tls_context *context;
static struct tls_session *client;
static struct raw_end server;
static struct dt_buffer wire; /* from the server */
static gnutls_certificate_credentials_t credentials;

static void
set_up(void)
{
	const struct tls_config config = {
		.verify_depth = -1, .auth_level = -1, .file_type = TLS_FILE_PEM
	};
	struct dt_buffer certificate = { 0 }, key = { 0 };
	struct dt_message why;

	cr_assert_eq(dt_gnutls_backend.context_new(&context, &config, &why), 0);
	cr_assert_eq(dt_gnutls_backend.session_new(
			 &client, context, TLS_CLIENT, NULL, NULL),
	    0);
	mint_certificate(&own, MINT_PEM, &certificate);
	mint_private_key(&own, MINT_PEM, NULL, &key);
	gnutls_certificate_allocate_credentials(&credentials);
	cr_assert_eq(gnutls_certificate_set_x509_key_mem(credentials,
			 &(gnutls_datum_t){
			     certificate.data, (unsigned)certificate.end },
			 &(gnutls_datum_t){ key.data, (unsigned)key.end },
			 GNUTLS_X509_FMT_PEM),
	    0);
	dt_buffer_clear(&certificate);
	dt_buffer_clear(&key);
}

static void
tear_down(void)
{
	raw_end_close(&server);
	gnutls_certificate_free_credentials(credentials);
	dt_buffer_clear(&wire);
	dt_gnutls_backend.session_free(client);
	dt_gnutls_backend.context_free(context);
}

TestSuite(key_share, .init = set_up, .fini = tear_down);

/* The client's key_share extension; empty if there is none. */
static struct dt_span
find_key_shares(struct dt_span hello)
{
	struct dt_reader r = dt_reader(hello);

	dt_read_skip(&r, 5 + 4 + 2 + 32); /* headers, version, random */
	dt_read_skip(&r, dt_read_u8(&r));
	dt_read_skip(&r, dt_read_be16(&r));
	dt_read_skip(&r, dt_read_u8(&r));
	dt_read_be16(&r);
	while (dt_reader_left(&r) > 0 && !dt_reader_failed(&r)) {
		uint16_t type = dt_read_be16(&r);
		struct dt_span data = dt_read_span(&r, dt_read_be16(&r));

		if (type == 51)
			return data;
	}
	return dt_span(NULL, 0);
}

Test(key_share, the_client_computes_one)
{
	struct dt_reader r;

	cr_assert_eq(dt_gnutls_backend.handshake(client), TLS_WANT_INPUT);
	r = dt_reader(
	    find_key_shares(dt_buffer_span(dt_gnutls_backend.output(client))));
	dt_read_be16(&r);
	cr_expect_eq(dt_read_be16(&r), 29, "x25519");
	dt_read_skip(&r, dt_read_be16(&r));
	cr_expect_not(dt_reader_failed(&r));
	cr_expect_eq(dt_reader_left(&r), 0, "no other");
}

static void
carry(struct dt_buffer *from, struct dt_buffer *to)
{
	struct dt_span bytes = dt_buffer_span(from);

	dt_buffer_append(to, bytes.data, bytes.size);
	dt_buffer_consume(from, bytes.size);
}

/* How the client ends against a server with one group only. */
static enum tls_status
shake_with(const char *priority)
{
	enum tls_status status = TLS_WANT_INPUT;

	cr_assert(raw_end_open(&server, GNUTLS_SERVER, credentials, &wire));
	gnutls_certificate_server_set_request(
	    server.session, GNUTLS_CERT_IGNORE);
	cr_assert_eq(
	    gnutls_priority_set_direct(server.session, priority, NULL), 0);
	for (int i = 0; i < SERVER_HELLO_ROUNDS && status == TLS_WANT_INPUT;
	     i++) {
		struct dt_span bytes;

		status = dt_gnutls_backend.handshake(client);
		carry(dt_gnutls_backend.output(client), &server.in);
		raw_end_step(&server);
		bytes = dt_buffer_span(&wire);
		dt_gnutls_backend.feed(client, bytes.data, bytes.size);
		dt_buffer_consume(&wire, bytes.size);
	}
	return status;
}

Test(key_share, a_server_may_ask_for_another_group)
{
	cr_expect_eq(shake_with("NORMAL:-GROUP-ALL:+GROUP-SECP256R1"), TLS_OK);
	cr_expect_eq(gnutls_group_get(server.session), GNUTLS_GROUP_SECP256R1);
}

Test(key_share, a_server_without_a_common_group_is_refused)
{
	cr_expect_neq(shake_with("NORMAL:-VERS-ALL:+VERS-TLS1.3:-GROUP-ALL"
				 ":+GROUP-FFDHE8192"),
	    TLS_OK);
}
