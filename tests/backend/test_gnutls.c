/*
 * Our backend against itself: verify modes, what is negotiated, how a
 * connection ends. The numbers and alerts are those of the reference's
 * documents.
 */
#include "handshake.h"
#include "tools/mint.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <gnutls/gnutls.h>
#include <stdlib.h>

#define NOW 1767225600 /* 2026-01-01 */
#define VALID .not_before = "250101000000Z", .not_after = "270101000000Z"

static const struct mint_spec root = {
	.subject = { { "CN", "Root", 0 } }, .constraints = MINT_CA, VALID
};
static const struct mint_spec good = { .subject = { { "CN", "Good", 0 } },
	.issuer = &root,
	.key = "rsa2048",
	.names = { { MINT_IP, "127.0.0.1" } },
	VALID };
static const struct mint_spec bad = { .subject = { { "CN", "Bad", 0 } },
	VALID };

static struct mint_dir dir;
static char *trust;
static char *good_file;
static char *good_key;
static char *bad_file;
static char *bad_key;
static struct hs_side client;
static struct hs_side server;

static char *
write_certificate(const char *name, const struct mint_spec *spec)
{
	const struct mint_spec *const specs[] = { spec, NULL };

	return mint_dir_certificates(&dir, name, specs);
}

static void
set_up(void)
{
	cr_assert_eq(mint_dir_make(&dir), 0);
	trust = write_certificate("trust.pem", &root);
	good_file = write_certificate("good.pem", &good);
	good_key = mint_dir_key(&dir, "good.key", &good, NULL);
	bad_file = write_certificate("bad.pem", &bad);
	bad_key = mint_dir_key(&dir, "bad.key", &bad, NULL);
	client.backend = server.backend = &dt_gnutls_backend;
	client.config = server.config = hs_config();
	client.config.time = server.config.time = NOW;
	client.config.ca_file = server.config.ca_file = trust;
	client.config.verify_mode = TLS_VERIFY_PEER;
	server.config.certificate_file = good_file;
	server.config.key_file = good_key;
}

static void
tear_down(void)
{
	mint_dir_remove(&dir);
	free(trust);
	free(good_file);
	free(good_key);
	free(bad_file);
	free(bad_key);
}

TestSuite(gnutls, .init = set_up, .fini = tear_down);

static void
show_bad(struct hs_side *side)
{
	side->config.certificate_file = bad_file;
	side->config.key_file = bad_key;
}

static void
expect_link(void)
{
	hs_run(&client, &server);
	cr_expect(client.linked && server.linked, "%s | %s",
	    client.failure.message.text, server.failure.message.text);
}

Test(gnutls, best_version_and_default_suite)
{
	expect_link();
	cr_expect_eq(client.info.version, TLS_V1_3);
	cr_expect_eq(client.info.suite, 0x1302);
	cr_expect_str_eq(client.info.suite_name, "TLS_AES_256_GCM_SHA384");
	cr_expect_eq(server.info.suite, client.info.suite);
}

Test(gnutls, client_none_judges_and_goes_on)
{
	client.config.verify_mode = TLS_VERIFY_NONE;
	show_bad(&server);
	expect_link();
	cr_assert_eq(client.count, 1);
	cr_expect_eq(client.events[0].ok, 0);
	cr_expect_eq(
	    client.events[0].error, DICOMTLS_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT);
}

Test(gnutls, any_bit_makes_a_client_enforce)
{
	client.config.verify_mode = TLS_VERIFY_CLIENT_ONCE;
	show_bad(&server);
	hs_run(&client, &server);
	cr_expect_not(client.linked);
	cr_expect_eq(client.failure.alert_sent, 48);
	cr_expect_eq(server.failure.alert_received, 48);
}

Test(gnutls, server_none_asks_for_nothing)
{
	server.config.verify_mode = TLS_VERIFY_NONE;
	show_bad(&client);
	expect_link();
	cr_expect_eq(server.count, 0);
}

Test(gnutls, server_fail_without_peer_asks_for_nothing)
{
	server.config.verify_mode = TLS_VERIFY_FAIL_IF_NO_PEER_CERT;
	expect_link();
	cr_expect_eq(server.count, 0);
}

Test(gnutls, server_peer_lets_a_client_go_without)
{
	server.config.verify_mode = TLS_VERIFY_PEER;
	expect_link();
	cr_expect_eq(server.count, 0);
}

Test(gnutls, server_peer_judges_what_is_sent)
{
	server.config.verify_mode = TLS_VERIFY_PEER;
	show_bad(&client);
	hs_run(&client, &server);
	cr_expect_not(server.shaken);
	cr_expect_eq(server.failure.verify_error,
	    DICOMTLS_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT);
	cr_expect_eq(client.failure.alert_received, 48);
	cr_expect_not(server.failure.no_certificate);
}

Test(gnutls, missing_certificate_is_named)
{
	server.config.verify_mode =
	    TLS_VERIFY_PEER | TLS_VERIFY_FAIL_IF_NO_PEER_CERT;
	hs_run(&client, &server);
	cr_expect(server.failure.no_certificate);
	cr_expect_eq(server.failure.verify_error, 0);
	cr_expect_str_eq(
	    server.failure.message.text, "the peer sent no certificate");
}

/* As the reference: a callback that refuses a good certificate leaves the
 * error at 0, which becomes UNSPECIFIED and internal_error. */
static int
refuse(int ok, const struct dicomtls_event *event, void *arg)
{
	(void)ok;
	(void)event;
	(void)arg;
	return 0;
}

struct ends {
	struct tls_context *contexts[2];
	struct tls_session *sessions[2];
};

static void
open_ends(struct ends *ends, dicomtls_verify_fn verify)
{
	const struct tls_backend *b = &dt_gnutls_backend;
	struct dt_message why = { "" };

	cr_assert_eq(b->context_new(&ends->contexts[0], &client.config, &why),
	    0, "%s", why.text);
	cr_assert_eq(b->context_new(&ends->contexts[1], &server.config, &why),
	    0, "%s", why.text);
	cr_assert_eq(b->session_new(&ends->sessions[0], ends->contexts[0],
			 TLS_CLIENT, verify, NULL),
	    0);
	cr_assert_eq(b->session_new(&ends->sessions[1], ends->contexts[1],
			 TLS_SERVER, NULL, NULL),
	    0);
}

static void
close_ends(struct ends *ends)
{
	for (int i = 0; i < 2; i++) {
		dt_gnutls_backend.session_free(ends->sessions[i]);
		dt_gnutls_backend.context_free(ends->contexts[i]);
	}
}

static void
carry(struct ends *ends, int from)
{
	struct dt_buffer *out = dt_gnutls_backend.output(ends->sessions[from]);
	struct dt_span bytes = dt_buffer_span(out);

	dt_gnutls_backend.feed(
	    ends->sessions[1 - from], bytes.data, bytes.size);
	dt_buffer_consume(out, bytes.size);
}

/* Client first; both statuses of the last round. */
static void
shake(struct ends *ends, enum tls_status status[2])
{
	for (int round = 0; round < 8; round++)
		for (int i = 0; i < 2; i++) {
			status[i] =
			    dt_gnutls_backend.handshake(ends->sessions[i]);
			carry(ends, i);
			if (status[i] == TLS_FAILED)
				return;
		}
}

Test(gnutls, refusing_a_good_certificate_is_unspecified)
{
	struct ends ends;
	enum tls_status status[2];
	const struct tls_failure *f;

	open_ends(&ends, refuse);
	shake(&ends, status);
	cr_assert_eq(status[0], TLS_FAILED);
	f = dt_gnutls_backend.failure(ends.sessions[0]);
	cr_expect_eq(f->verify_error, DICOMTLS_V_ERR_UNSPECIFIED);
	cr_expect_eq(f->alert_sent, 80);
	close_ends(&ends);
}

Test(gnutls, data_close_and_sudden_end)
{
	static uint8_t data[100000], got[100000];
	const struct tls_backend *b = &dt_gnutls_backend;
	struct ends ends;
	enum tls_status status[2];
	size_t size, sum = 0;

	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (uint8_t)(i * 31);
	open_ends(&ends, NULL);
	shake(&ends, status);
	cr_assert_eq(status[0], TLS_OK);
	cr_assert_eq(status[1], TLS_OK);
	cr_assert_eq(b->write(ends.sessions[0], data, sizeof(data)), TLS_OK);
	b->close(ends.sessions[0]);
	carry(&ends, 0);
	while (sum < sizeof(got)) {
		size = sizeof(got) - sum;
		cr_assert_eq(
		    b->read(ends.sessions[1], got + sum, &size), TLS_OK);
		sum += size;
	}
	cr_expect_arr_eq(got, data, sizeof(data));
	size = 1;
	cr_expect_eq(b->read(ends.sessions[1], got, &size), TLS_CLOSED);

	size = 1;
	cr_expect_eq(b->read(ends.sessions[0], got, &size), TLS_WANT_INPUT);
	b->feed_eof(ends.sessions[0]);
	cr_expect_eq(b->read(ends.sessions[0], got, &size), TLS_FAILED,
	    "an end without close_notify is no close");
	cr_expect_eq(
	    b->failure(ends.sessions[0])->alert_sent, -1, "nobody listens");
	close_ends(&ends);
}

static void
expect_plain_dicom(int side, uint8_t first)
{
	const uint8_t pdu[] = { first, 0, 0, 0, 0, 4, 0, 0, 2, 2 };
	const struct tls_backend *b = &dt_gnutls_backend;
	struct ends ends;

	open_ends(&ends, NULL);
	b->handshake(ends.sessions[side]);
	b->feed(ends.sessions[side], pdu, sizeof(pdu));
	b->feed_eof(ends.sessions[side]);
	cr_expect_eq(b->handshake(ends.sessions[side]), TLS_FAILED);
	cr_expect_str_eq(b->failure(ends.sessions[side])->message.text,
	    "the peer speaks plain DICOM, not TLS");
	close_ends(&ends);
}

Test(gnutls, plain_association_request_is_told_from_tls)
{
	expect_plain_dicom(1, 1);
}

Test(gnutls, plain_abort_is_told_from_tls)
{
	expect_plain_dicom(0, 7);
}

Test(gnutls, end_of_input_in_the_handshake_fails_without_alert)
{
	const struct tls_backend *b = &dt_gnutls_backend;
	struct ends ends;

	open_ends(&ends, NULL);
	cr_expect_eq(b->handshake(ends.sessions[1]), TLS_WANT_INPUT);
	b->feed_eof(ends.sessions[1]);
	cr_expect_eq(b->handshake(ends.sessions[1]), TLS_FAILED);
	cr_expect_eq(b->failure(ends.sessions[1])->alert_sent, -1);
	cr_expect_eq(b->handshake(ends.sessions[1]), TLS_FAILED, "for good");
	close_ends(&ends);
}

Test(gnutls, no_common_version)
{
	client.config.max_version = TLS_V1_2;
	server.config.min_version = TLS_V1_3;
	hs_run(&client, &server);
	cr_expect_eq(server.failure.alert_sent, 70, "%d %s",
	    server.failure.alert_sent, server.failure.message.text);
	cr_expect_eq(client.failure.alert_received, 70);
}

Test(gnutls, no_common_suite)
{
	client.config.max_version = TLS_V1_2;
	client.config.suites[0] = 0xc030;
	server.config.suites[0] = 0xc02f;
	hs_run(&client, &server);
	cr_expect_eq(server.failure.alert_sent, 40);
	cr_expect_eq(client.failure.alert_received, 40);
}

/* A client of GnuTLS's own with other protocols; the session of ours is told
 * what it says. */
static ssize_t
push_to(gnutls_transport_ptr_t arg, const void *data, size_t size)
{
	return dt_gnutls_backend.feed(arg, data, size) == 0 ? (ssize_t)size
							    : -1;
}

static ssize_t
pull_from(gnutls_transport_ptr_t arg, void *data, size_t room)
{
	struct dt_buffer *out = dt_gnutls_backend.output(arg);
	struct dt_span held = dt_buffer_span(out);
	size_t size = held.size < room ? held.size : room;

	if (size == 0) {
		errno = EAGAIN;
		return -1;
	}
	memcpy(data, held.data, size);
	dt_buffer_consume(out, size);
	return (ssize_t)size;
}

/* The alert that the client got, 0: none. */
static int
offer_protocol(const char *name, struct tls_failure *failure)
{
	const gnutls_datum_t alpn = { (unsigned char *)name,
		(unsigned)strlen(name) };
	gnutls_certificate_credentials_t credentials;
	gnutls_session_t session;
	struct ends ends;
	int e;

	server.config.alpn = true;
	open_ends(&ends, NULL);
	gnutls_certificate_allocate_credentials(&credentials);
	gnutls_init(&session, GNUTLS_CLIENT | GNUTLS_NONBLOCK);
	gnutls_set_default_priority(session);
	gnutls_credentials_set(session, GNUTLS_CRD_CERTIFICATE, credentials);
	gnutls_alpn_set_protocols(session, &alpn, 1, 0);
	gnutls_transport_set_ptr(session, ends.sessions[1]);
	gnutls_transport_set_push_function(session, push_to);
	gnutls_transport_set_pull_function(session, pull_from);
	cr_expect_eq(gnutls_handshake(session), GNUTLS_E_AGAIN);
	dt_gnutls_backend.handshake(ends.sessions[1]);
	e = gnutls_handshake(session);
	*failure = *dt_gnutls_backend.failure(ends.sessions[1]);
	e = e == GNUTLS_E_FATAL_ALERT_RECEIVED ? (int)gnutls_alert_get(session)
					       : 0;
	gnutls_deinit(session);
	gnutls_certificate_free_credentials(credentials);
	close_ends(&ends);
	return e;
}

/* RFC 7301 3.2, PS3.15: "dicom". */
Test(gnutls, another_protocol_is_turned_away)
{
	struct tls_failure failure;

	cr_expect_eq(offer_protocol("h2", &failure), 120);
	cr_expect_eq(failure.alert_sent, 120);
	cr_expect_str_eq(failure.message.text,
	    "TLS handshake: the peer asks for another protocol than DICOM "
	    "(ALPN)");
	cr_expect_eq(offer_protocol("dicom", &failure), 0);
	cr_expect_str_eq(failure.message.text, "");
}

Test(gnutls, a_list_of_suites_is_kept)
{
	client.config.suites[0] = 0xc02f;
	client.config.max_version = TLS_V1_2;
	expect_link();
	cr_expect_eq(server.info.suite, 0xc02f);
}

/* The client's priority string composes its list to more than it names. */
Test(gnutls, a_suite_outside_the_list_is_turned_down)
{
	client.config.max_version = TLS_V1_2;
	client.config.suites[0] = 0xc030; /* ECDHE-RSA, AES-256 */
	client.config.suites[1] = 0xc02b; /* ECDHE-ECDSA, AES-128 */
	server.config.suites[0] = 0xc02f; /* ECDHE-RSA, AES-128 */
	hs_run(&client, &server);
	cr_expect_not(client.linked);
	cr_expect_not_null(strstr(client.failure.message.text,
	    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"));
}

Test(gnutls, addresses_are_checked_as_addresses)
{
	client.config.host_name = "127.0.0.1";
	expect_link();
	client.config.host_name = "127.0.0.2";
	hs_run(&client, &server);
	cr_expect_eq(
	    client.failure.verify_error, DICOMTLS_V_ERR_IP_ADDRESS_MISMATCH);
	cr_expect_eq(client.failure.alert_sent, 42);
}

static void
expect_no_context(int want, const char *part)
{
	struct tls_context *context = NULL;
	struct dt_message why = { "" };

	cr_expect_eq(
	    dt_gnutls_backend.context_new(&context, &client.config, &why),
	    want);
	cr_expect_null(context);
	cr_expect_not_null(strstr(why.text, part), "%s", why.text);
}

Test(gnutls, a_missing_ca_file_is_named)
{
	client.config.ca_file = "/nonexistent/ca.pem";
	expect_no_context(DICOMTLS_E_IO, "/nonexistent/ca.pem");
}

Test(gnutls, a_ca_file_without_certificate_is_named)
{
	client.config.ca_file = good_key;
	expect_no_context(DICOMTLS_E_FORMAT, "good.key");
}

Test(gnutls, a_missing_crl_file_is_named)
{
	static const char *const files[] = { "/nonexistent/ca.crl", NULL };

	client.config.questions.crl_files = files;
	expect_no_context(DICOMTLS_E_IO, "/nonexistent/ca.crl");
}

Test(gnutls, a_policy_that_is_no_oid_is_named)
{
	static const char *const policies[] = { "any", NULL };

	client.config.questions.policies = policies;
	expect_no_context(DICOMTLS_E_INVALID, "'any'");
}

Test(gnutls, crossed_versions_make_no_context)
{
	client.config.min_version = TLS_V1_3;
	client.config.max_version = TLS_V1_2;
	expect_no_context(DICOMTLS_E_INVALID, "TLS version");
}

Test(gnutls, an_empty_host_name_makes_no_context)
{
	client.config.host_name = "";
	expect_no_context(DICOMTLS_E_INVALID, "host name");
}
