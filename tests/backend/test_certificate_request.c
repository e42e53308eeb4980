/*
 * What our server's CertificateRequest says (RFC 5246 7.4.4): it lists no
 * certificate authorities, so that a client of any CA shows what it has and
 * is judged for it. OpenSSL lists none either unless it is told names with
 * SSL_CTX_set_client_CA_list, which loading a file of trusted certificates
 * does not do.
 */
#include "tls/backend.h"
#include "base/reader.h"

#include "tools/mint.h"

#include <criterion/criterion.h>
#include <stdlib.h>

enum { RECORD_HANDSHAKE = 22, CERTIFICATE_REQUEST = 13 };

static const struct mint_spec root = { .subject = { { "CN", "Root", 0 } },
	.constraints = MINT_CA,
	.key_usage = MINT_KEY_CERT_SIGN };
static const struct mint_spec leaf = { .subject = { { "CN", "Leaf", 0 } },
	.issuer = &root };

/* The handshake messages in a flight of plain records. */
static void
collect(struct dt_span flight, struct dt_buffer *messages)
{
	struct dt_reader in = dt_reader(flight);

	while (dt_reader_left(&in) > 0) {
		uint8_t type = dt_read_u8(&in);
		struct dt_span content;

		dt_read_skip(&in, 2);
		content = dt_read_span(&in, dt_read_be16(&in));
		cr_assert_not(dt_reader_failed(&in));
		if (type == RECORD_HANDSHAKE)
			dt_buffer_append(messages, content.data, content.size);
	}
}

/* Finds a message; its body. */
static struct dt_span
find_message(struct dt_span messages, uint8_t wanted)
{
	struct dt_reader in = dt_reader(messages);

	while (dt_reader_left(&in) > 0) {
		uint8_t type = dt_read_u8(&in);
		size_t size = (size_t)dt_read_u8(&in) << 16;
		struct dt_span body;

		size |= dt_read_be16(&in);
		body = dt_read_span(&in, size);
		cr_assert_not(dt_reader_failed(&in));
		if (type == wanted)
			return body;
	}
	return dt_span(NULL, 0);
}

static struct tls_session *
open_session(struct tls_context **context, const struct tls_config *config,
    enum tls_role role)
{
	struct tls_session *session;
	struct dt_message why = { "" };

	cr_assert_eq(dt_gnutls_backend.context_new(context, config, &why), 0,
	    "%s", why.text);
	cr_assert_eq(
	    dt_gnutls_backend.session_new(&session, *context, role, NULL, NULL),
	    0);
	return session;
}

static void
close_session(struct tls_session *session, struct tls_context *context)
{
	dt_gnutls_backend.session_free(session);
	dt_gnutls_backend.context_free(context);
}

/* The answer of a server with this configuration to a ClientHello. */
static void
answer_of(const struct tls_config *config, struct dt_buffer *messages)
{
	const struct tls_backend *tls = &dt_gnutls_backend;
	const struct tls_config defaults = {
		.verify_depth = -1, .auth_level = -1, .max_version = TLS_V1_2
	};
	struct tls_context *theirs, *ours;
	struct tls_session *client =
	    open_session(&theirs, &defaults, TLS_CLIENT);
	struct tls_session *server = open_session(&ours, config, TLS_SERVER);
	struct dt_span hello;

	cr_assert_eq(tls->handshake(client), TLS_WANT_INPUT);
	hello = dt_buffer_span(tls->output(client));
	cr_assert_eq(tls->feed(server, hello.data, hello.size), 0);
	cr_assert_eq(tls->handshake(server), TLS_WANT_INPUT);
	collect(dt_buffer_span(tls->output(server)), messages);
	close_session(client, theirs);
	close_session(server, ours);
}

Test(certificate_request, lists_no_authorities)
{
	static const struct mint_spec *const roots[] = { &root, NULL };
	static const struct mint_spec *const leaves[] = { &leaf, NULL };
	struct dt_buffer messages = { 0 };
	struct mint_dir dir;
	struct tls_config config = { .verify_depth = -1,
		.auth_level = -1,
		.verify_mode =
		    TLS_VERIFY_PEER | TLS_VERIFY_FAIL_IF_NO_PEER_CERT,
		.file_type = TLS_FILE_PEM };
	struct dt_reader in;

	cr_assert_eq(mint_dir_make(&dir), 0);
	config.ca_file = mint_dir_certificates(&dir, "ca.pem", roots);
	config.certificate_file = mint_dir_certificates(&dir, "c.pem", leaves);
	config.key_file = mint_dir_key(&dir, "c.key", &leaf, NULL);
	answer_of(&config, &messages);
	in = dt_reader(
	    find_message(dt_buffer_span(&messages), CERTIFICATE_REQUEST));
	cr_assert_gt(dt_reader_left(&in), 0, "a certificate is asked for");
	dt_read_skip(&in, dt_read_u8(&in));   /* kinds of certificates */
	dt_read_skip(&in, dt_read_be16(&in)); /* signature algorithms */
	cr_expect_eq(dt_read_be16(&in), 0, "no names");
	cr_expect_not(dt_reader_failed(&in));
	cr_expect_eq(dt_reader_left(&in), 0);
	dt_buffer_clear(&messages);
	mint_dir_remove(&dir);
}
