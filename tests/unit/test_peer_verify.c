/*
 * The public attachment, on GnuTLS sessions as a program of its own has them.
 */
#include "tls/peer_verify.h"

#include "base/buffer.h"
#include "base/der.h"
#include "base/limits.h"
#include "tools/der_writer.h"
#include "tools/mint.h"

#include <gnutls/abstract.h>

#include <criterion/criterion.h>
#include <errno.h>

#define NOW 1767225600 /* 2026-01-01 */
#define VALID .not_before = "250101000000Z", .not_after = "270101000000Z"

static const struct mint_spec root = {
	.subject = { { "CN", "Root", 0 } }, .constraints = MINT_CA, VALID
};
static const struct mint_spec client_only = {
	.subject = { { "CN", "Client only", 0 } },
	.issuer = &root,
	.purposes = { "clientAuth" },
	VALID
};

struct end {
	gnutls_session_t session;
	struct dt_buffer in;
	struct end *peer;
};

static struct end client;
static struct end server;
static gnutls_certificate_credentials_t client_credentials;
static gnutls_certificate_credentials_t server_credentials;
static struct dicomtls_store *store;
static struct dicomtls_params *params;
static int errors[8];
static unsigned calls;

static ssize_t
pull(gnutls_transport_ptr_t arg, void *data, size_t room)
{
	struct end *end = arg;
	struct dt_span held = dt_buffer_span(&end->in);
	size_t size = held.size < room ? held.size : room;

	if (size == 0) {
		gnutls_transport_set_errno(end->session, EAGAIN);
		return -1;
	}
	memcpy(data, held.data, size);
	dt_buffer_consume(&end->in, size);
	return (ssize_t)size;
}

static ssize_t
push(gnutls_transport_ptr_t arg, const void *data, size_t size)
{
	struct end *end = arg;

	return dt_buffer_append(&end->peer->in, data, size) == 0 ? (ssize_t)size
								 : -1;
}

static gnutls_certificate_credentials_t
make_credentials(const struct mint_spec *spec)
{
	gnutls_certificate_credentials_t made;
	struct dt_buffer certificate = { 0 };
	struct dt_buffer key = { 0 };

	cr_assert_eq(gnutls_certificate_allocate_credentials(&made), 0);
	gnutls_certificate_set_verify_function(made, dicomtls_session_verify);
	if (spec == NULL)
		return made;
	mint_certificate(spec, MINT_PEM, &certificate);
	mint_private_key(spec, MINT_PEM, NULL, &key);
	cr_assert_eq(gnutls_certificate_set_x509_key_mem(made,
			 &(gnutls_datum_t){
			     certificate.data, (unsigned)certificate.end },
			 &(gnutls_datum_t){ key.data, (unsigned)key.end },
			 GNUTLS_X509_FMT_PEM),
	    0);
	dt_buffer_clear(&certificate);
	dt_buffer_clear(&key);
	return made;
}

static void
open_end(struct end *end, struct end *peer, unsigned flags,
    gnutls_certificate_credentials_t credentials)
{
	end->peer = peer;
	cr_assert_eq(gnutls_init(&end->session, flags | GNUTLS_NONBLOCK), 0);
	gnutls_set_default_priority(end->session);
	gnutls_credentials_set(
	    end->session, GNUTLS_CRD_CERTIFICATE, credentials);
	gnutls_transport_set_ptr(end->session, end);
	gnutls_transport_set_pull_function(end->session, pull);
	gnutls_transport_set_push_function(end->session, push);
}

static void
set_up(void)
{
	struct dt_buffer der = { 0 };

	client_credentials = make_credentials(NULL);
	server_credentials = make_credentials(&client_only);
	open_end(&client, &server, GNUTLS_CLIENT, client_credentials);
	open_end(&server, &client, GNUTLS_SERVER, server_credentials);
	mint_certificate(&root, MINT_DER, &der);
	cr_assert_eq(dicomtls_store_new(&store), 0);
	cr_assert_eq(dicomtls_store_add_der(store, der.data, der.end), 0);
	dt_buffer_clear(&der);
	cr_assert_eq(dicomtls_params_new(&params), 0);
	cr_assert_eq(dicomtls_params_set_time(params, NOW), 0);
}

static void
tear_down(void)
{
	gnutls_deinit(client.session);
	gnutls_deinit(server.session);
	gnutls_certificate_free_credentials(client_credentials);
	gnutls_certificate_free_credentials(server_credentials);
	dt_buffer_clear(&client.in);
	dt_buffer_clear(&server.in);
	dicomtls_store_free(store);
	dicomtls_params_free(params);
}

TestSuite(peer_verify, .init = set_up, .fini = tear_down);

static int
note(int ok, const struct dicomtls_event *event, void *arg)
{
	cr_expect_eq(arg, store);
	cr_assert_lt(calls, 8);
	errors[calls++] = dicomtls_event_error(event);
	return ok;
}

/* What the client's handshake ends with. */
static int
shake(void)
{
	int e = GNUTLS_E_AGAIN;

	for (int i = 0; i < 8 && e == GNUTLS_E_AGAIN; i++) {
		e = gnutls_handshake(client.session);
		gnutls_handshake(server.session);
	}
	return e;
}

static int
attach(void)
{
	return dicomtls_session_attach(
	    client.session, store, params, note, store);
}

Test(peer_verify, a_client_asks_for_a_server)
{
	struct dicomtls_verdict verdict;

	cr_assert_eq(attach(), 0);
	cr_expect_eq(dicomtls_session_verdict(client.session, &verdict),
	    DICOMTLS_E_INVALID, "not yet");
	cr_expect_eq(shake(), GNUTLS_E_CERTIFICATE_ERROR);
	cr_assert_eq(calls, 1);
	cr_expect_eq(errors[0], DICOMTLS_V_ERR_INVALID_PURPOSE);
	cr_assert_eq(dicomtls_session_verdict(client.session, &verdict), 0);
	cr_expect_eq(verdict.result, 0);
	cr_expect_eq(verdict.error, DICOMTLS_V_ERR_INVALID_PURPOSE);
	cr_expect_eq(verdict.alert, 43);
	gnutls_handshake(server.session);
	cr_expect_eq(gnutls_alert_get(server.session), 43);
}

Test(peer_verify, a_purpose_of_the_program_stands)
{
	struct dicomtls_verdict verdict;

	cr_assert_eq(
	    dicomtls_params_set_purpose(params, DICOMTLS_PURPOSE_SSL_CLIENT),
	    0);
	cr_assert_eq(attach(), 0);
	cr_expect_eq(shake(), 0);
	cr_expect_eq(calls, 2, "root and leaf pass");
	cr_assert_eq(dicomtls_session_verdict(client.session, &verdict), 0);
	cr_expect_eq(verdict.result, 1);
}

/* Until the certificates end, on the first of January 2027. */
#define YEAR (365u * 24 * 3600)

Test(peer_verify, an_acceptance_lasts_as_long_as_the_engine_would_accept)
{
	cr_assert_eq(
	    dicomtls_params_set_purpose(params, DICOMTLS_PURPOSE_SSL_CLIENT),
	    0);
	cr_assert_eq(attach(), 0);
	cr_expect_not(dicomtls_session_lasts(client.session, 0), "not yet");
	cr_expect_eq(shake(), 0);
	calls = 0;
	cr_expect(dicomtls_session_lasts(client.session, 0));
	cr_expect(dicomtls_session_lasts(client.session, YEAR - 1));
	cr_expect_not(dicomtls_session_lasts(client.session, YEAR + 1));
	cr_expect_eq(calls, 0, "the program is not asked");
}

Test(peer_verify, an_acceptance_without_dates_lasts)
{
	dicomtls_params_free(params);
	cr_assert_eq(dicomtls_params_new(&params), 0);
	cr_assert_eq(
	    dicomtls_params_set_flags(params, DICOMTLS_F_NO_CHECK_TIME), 0);
	cr_assert_eq(
	    dicomtls_params_set_purpose(params, DICOMTLS_PURPOSE_SSL_CLIENT),
	    0);
	cr_assert_eq(attach(), 0);
	cr_expect_eq(shake(), 0);
	cr_expect(dicomtls_session_lasts(client.session, 100 * YEAR));
}

/* What GnuTLS says it read of the peer, in place of what it did. */
static struct {
	bool on;
	const gnutls_datum_t *items;
	unsigned count;
} claimed;

const gnutls_datum_t *__real_gnutls_certificate_get_peers(
    gnutls_session_t session, unsigned *count);
const gnutls_datum_t *__wrap_gnutls_certificate_get_peers(
    gnutls_session_t session, unsigned *count);
const gnutls_datum_t *
__wrap_gnutls_certificate_get_peers(gnutls_session_t session, unsigned *count)
{
	if (!claimed.on)
		return __real_gnutls_certificate_get_peers(session, count);
	*count = claimed.count;
	return claimed.items;
}

/* The server's certificate would be accepted. */
static void
expect_refusal_of_what_is_claimed(void)
{
	claimed.on = true;
	cr_assert_eq(
	    dicomtls_params_set_purpose(params, DICOMTLS_PURPOSE_SSL_CLIENT),
	    0);
	cr_assert_eq(attach(), 0);
	cr_expect_eq(shake(), GNUTLS_E_CERTIFICATE_ERROR);
	cr_expect_eq(calls, 2, "root and leaf were judged");
	cr_expect(dt_peer_result(client.session)->refused);
	cr_expect_not(dt_peer_result(client.session)->passed);
	gnutls_handshake(server.session);
	cr_expect_eq(gnutls_alert_get(server.session), 80);
}

Test(peer_verify, another_certificate_than_was_judged_is_refused)
{
	static unsigned char other[] = { 0x30, 0 };
	const gnutls_datum_t item = { other, sizeof(other) };

	claimed.items = &item;
	claimed.count = 1;
	expect_refusal_of_what_is_claimed();
}

Test(peer_verify, fewer_certificates_than_were_judged_are_refused)
{
	expect_refusal_of_what_is_claimed();
}

/* Called by a program that has the hook, or before there is anything. */
Test(peer_verify, a_client_without_the_servers_certificate_refuses)
{
	static unsigned char other[] = { 0x30, 0 };
	gnutls_datum_t items[DT_MAX_CHAIN + 1];

	cr_assert_eq(attach(), 0);
	cr_expect_eq(dicomtls_session_verify(client.session),
	    GNUTLS_E_CERTIFICATE_ERROR);
	for (size_t i = 0; i <= DT_MAX_CHAIN; i++)
		items[i] = (gnutls_datum_t){ other, sizeof(other) };
	claimed.on = true;
	claimed.items = items;
	claimed.count = 0;
	cr_expect_eq(dicomtls_session_verify(client.session),
	    GNUTLS_E_CERTIFICATE_ERROR);
	claimed.count = DT_MAX_CHAIN + 1;
	cr_expect_eq(dicomtls_session_verify(client.session),
	    GNUTLS_E_CERTIFICATE_ERROR, "nor does it judge any number");
	cr_expect_eq(calls, 0);
}

Test(peer_verify, a_server_may_do_without_the_clients_certificate)
{
	cr_assert_eq(
	    dicomtls_session_attach(server.session, store, params, note, store),
	    0);
	cr_expect_eq(dicomtls_session_verify(server.session), 0);
	cr_expect_eq(calls, 0);
}

/* Bytes in an extension that has the number of ours, which we never send. */
static int
send_bytes(gnutls_session_t session, gnutls_buffer_t buffer)
{
	(void)session;
	cr_expect_eq(gnutls_buffer_append_data(buffer, "anything", 8), 0);
	return 8;
}

static int
take_bytes(gnutls_session_t session, const unsigned char *data, size_t size)
{
	(void)session;
	(void)data;
	(void)size;
	return 0;
}

Test(peer_verify, an_extension_of_the_number_we_use_is_ignored)
{
	cr_assert_eq(
	    dicomtls_session_attach(server.session, store, params, note, store),
	    0);
	cr_assert_eq(
	    gnutls_session_ext_register(client.session, "private", 0xffd1,
		GNUTLS_EXT_TLS, take_bytes, send_bytes, NULL, NULL, NULL,
		GNUTLS_EXT_FLAG_TLS | GNUTLS_EXT_FLAG_CLIENT_HELLO),
	    0);
	gnutls_certificate_set_verify_function(client_credentials, NULL);
	cr_expect_eq(shake(), 0);
	cr_assert_not_null(dt_peer_result(server.session));
	cr_expect_not(dt_peer_result(server.session)->refused);
}

static ssize_t
push_nothing(gnutls_transport_ptr_t arg, const void *data, size_t size)
{
	struct end *end = arg;

	(void)data;
	(void)size;
	gnutls_transport_set_errno(end->session, EPIPE);
	return -1;
}

static int
cut_the_line(int ok, const struct dicomtls_event *event, void *arg)
{
	(void)event;
	(void)arg;
	gnutls_transport_set_push_function(client.session, push_nothing);
	return ok;
}

Test(peer_verify, an_alert_that_could_not_be_sent_is_not_claimed)
{
	cr_assert_eq(dicomtls_session_attach(
			 client.session, store, params, cut_the_line, NULL),
	    0);
	cr_expect_eq(shake(), GNUTLS_E_CERTIFICATE_ERROR);
	cr_expect(dt_peer_result(client.session)->refused);
	cr_expect_eq(dt_peer_result(client.session)->alert_sent, -1);
}

static int
accept_all(int ok, const struct dicomtls_event *event, void *arg)
{
	(void)ok;
	(void)event;
	(void)arg;
	return 1;
}

Test(peer_verify, what_was_overridden_or_not_judged_does_not_last)
{
	cr_expect_not(dicomtls_session_lasts(client.session, 0));
	cr_assert_eq(dicomtls_session_attach(
			 client.session, store, params, accept_all, NULL),
	    0);
	cr_expect_eq(shake(), 0);
	cr_expect_not(dicomtls_session_lasts(client.session, 0));
}

Test(peer_verify, a_refusal_does_not_last)
{
	cr_assert_eq(attach(), 0);
	cr_expect_eq(shake(), GNUTLS_E_CERTIFICATE_ERROR);
	cr_expect_not(dicomtls_session_lasts(client.session, 0));
}

/* The notice tells that policies were judged. */
Test(peer_verify, policies_of_the_program_are_checked)
{
	cr_assert_eq(
	    dicomtls_params_set_purpose(params, DICOMTLS_PURPOSE_SSL_CLIENT),
	    0);
	cr_assert_eq(
	    dicomtls_params_set_flags(params, DICOMTLS_F_NOTIFY_POLICY), 0);
	cr_assert_eq(dicomtls_params_add_policy(params, "1.2.3"), 0);
	cr_assert_eq(attach(), 0);
	cr_expect_eq(shake(), 0);
	cr_expect_eq(calls, 3, "root, leaf and notice");
}

Test(peer_verify, params_and_store_may_go_before_the_handshake)
{
	cr_assert_eq(attach(), 0);
	dicomtls_params_free(params);
	params = NULL;
	cr_expect_eq(shake(), GNUTLS_E_CERTIFICATE_ERROR);
	cr_expect_eq(errors[0], DICOMTLS_V_ERR_INVALID_PURPOSE);
}

Test(peer_verify, one_attachment_per_session)
{
	cr_expect_eq(attach(), 0);
	cr_expect_eq(attach(), DICOMTLS_E_INVALID);
}

Test(peer_verify, nothing_attached_refuses)
{
	struct dicomtls_verdict verdict;

	cr_expect_eq(shake(), GNUTLS_E_CERTIFICATE_ERROR);
	cr_expect_eq(dicomtls_session_verdict(client.session, &verdict),
	    DICOMTLS_E_INVALID);
	gnutls_handshake(server.session);
	cr_expect_eq(gnutls_alert_get(server.session), 80);
}

static int
own_hook(gnutls_session_t session, unsigned type, unsigned when,
    unsigned incoming, const gnutls_datum_t *message)
{
	(void)session;
	(void)type;
	(void)when;
	(void)incoming;
	(void)message;
	return 0;
}

Test(peer_verify, without_the_hook_the_imported_list_is_judged)
{
	cr_assert_eq(attach(), 0);
	gnutls_handshake_set_hook_function(client.session,
	    GNUTLS_HANDSHAKE_CERTIFICATE_PKT, GNUTLS_HOOK_PRE, own_hook);
	cr_expect_eq(shake(), GNUTLS_E_CERTIFICATE_ERROR);
	cr_assert_eq(calls, 1);
	cr_expect_eq(errors[0], DICOMTLS_V_ERR_INVALID_PURPOSE);
	gnutls_handshake(server.session);
	cr_expect_eq(gnutls_alert_get(server.session), 43);
}

Test(peer_verify, without_a_store_nothing_is_trusted)
{
	cr_assert_eq(
	    dicomtls_params_set_purpose(params, DICOMTLS_PURPOSE_SSL_CLIENT),
	    0);
	cr_assert_eq(
	    dicomtls_session_attach(client.session, NULL, params, NULL, NULL),
	    0);
	cr_expect_eq(shake(), GNUTLS_E_CERTIFICATE_ERROR);
}

/* RSA keys that nobody has: all bits set, and the exponent one octet shorter.
 */
static struct dt_buffer
rsa_key(size_t octets)
{
	static uint8_t number[2050];
	struct dt_buffer key = { 0 }, out = { 0 };
	size_t whole = der_begin(&out), algorithm = whole;

	memset(number + 1, 0xff, sizeof(number) - 1);
	der_put(&key, DT_DER_INTEGER, dt_span(number, octets + 1));
	der_put(&key, DT_DER_INTEGER, dt_span(number, octets));
	der_end(&key, 0, DT_DER_SEQUENCE);
	der_put_oid(&out, "1.2.840.113549.1.1.1");
	der_put(&out, DT_DER_NULL, dt_span(NULL, 0));
	der_end(&out, algorithm, DT_DER_SEQUENCE);
	der_put_bits(&out, dt_buffer_span(&key));
	der_end(&out, whole, DT_DER_SEQUENCE);
	dt_buffer_clear(&key);
	return out;
}

static int
sign_nothing(gnutls_privkey_t key, gnutls_sign_algorithm_t algorithm, void *arg,
    unsigned flags, const gnutls_datum_t *hash, gnutls_datum_t *signature)
{
	const size_t *octets = arg;

	(void)key;
	(void)algorithm;
	(void)flags;
	(void)hash;
	signature->data = gnutls_malloc(*octets);
	cr_assert_not_null(signature->data);
	memset(signature->data, 1, *octets);
	signature->size = (unsigned)*octets;
	return 0;
}

static int
tell_key(gnutls_privkey_t key, unsigned asked, void *arg)
{
	const size_t *octets = arg;

	(void)key;
	if (asked == GNUTLS_PRIVKEY_INFO_PK_ALGO)
		return GNUTLS_PK_RSA;
	if (asked == GNUTLS_PRIVKEY_INFO_PK_ALGO_BITS)
		return (int)*octets * 8;
	return (asked & GNUTLS_PRIVKEY_INFO_HAVE_SIGN_ALGO) != 0 ? 1 : -1;
}

/* The server shows a key of so many octets and signs as if it had it. */
static void
show_key(size_t *octets)
{
	struct dt_buffer spki = rsa_key(*octets), der = { 0 };
	struct mint_spec leaf = client_only;
	gnutls_pcert_st certificate;
	gnutls_privkey_t key;

	leaf.purposes[0] = "serverAuth";
	leaf.public_key = dt_buffer_span(&spki);
	cr_assert_eq(mint_certificate(&leaf, MINT_DER, &der), 0);
	cr_assert_eq(gnutls_pcert_import_x509_raw(&certificate,
			 &(gnutls_datum_t){ der.data, (unsigned)der.end },
			 GNUTLS_X509_FMT_DER, 0),
	    0);
	cr_assert_eq(gnutls_privkey_init(&key), 0);
	cr_assert_eq(gnutls_privkey_import_ext4(key, octets, NULL, sign_nothing,
			 NULL, NULL, tell_key, 0),
	    0);
	gnutls_certificate_free_keys(server_credentials);
	gnutls_certificate_set_flags(
	    server_credentials, GNUTLS_CERTIFICATE_SKIP_KEY_CERT_MATCH);
	cr_assert_geq(gnutls_certificate_set_key(
			  server_credentials, NULL, 0, &certificate, 1, key),
	    0);
	dt_buffer_clear(&spki);
	dt_buffer_clear(&der);
}

/* Modulus over 16,384 bits; exponent over 64 with a modulus over 3,072. */
Test(peer_verify, a_key_that_costs_too_much_is_not_used)
{
	size_t sizes[] = { 2049, 2048, 385 };

	for (size_t i = 0; i < 3; i++) {
		struct dicomtls_verdict verdict;

		if (i > 0) {
			tear_down();
			set_up();
		}
		calls = 0;
		show_key(&sizes[i]);
		cr_assert_eq(attach(), 0);
		cr_expect_eq(shake(), GNUTLS_E_CERTIFICATE_ERROR, "%zu octets",
		    sizes[i]);
		cr_expect_eq(calls, 2, "root and leaf pass all the same");
		cr_assert_eq(
		    dicomtls_session_verdict(client.session, &verdict), 0);
		cr_expect_eq(verdict.result, 1);
		gnutls_handshake(server.session);
		cr_expect_eq(gnutls_alert_get(server.session), 51);
	}
}

Test(peer_verify, a_key_within_the_limits_is_used_to_find_it_wrong)
{
	size_t octets = 384;

	show_key(&octets);
	cr_assert_eq(attach(), 0);
	cr_expect_eq(shake(), GNUTLS_E_PK_SIG_VERIFY_FAILED);
	cr_expect_eq(calls, 2);
}
