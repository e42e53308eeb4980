/*
 * The public functions for profiles, on GnuTLS sessions as a program of its own
 * has them. What each profile allows is in tests/backend/test_profiles.c.
 */
#include "dicomtls.h"

#include "base/buffer.h"
#include "tools/mint.h"

#include <criterion/criterion.h>
#include <errno.h>

static const struct mint_spec strong = {
	.subject = { { "CN", "Strong", 0 } },
};
static const struct mint_spec weak = {
	.subject = { { "CN", "Weak", 0 } },
	.key = "rsa1024",
};

struct end {
	gnutls_session_t session;
	gnutls_certificate_credentials_t credentials;
	struct dt_buffer in;
	struct end *peer;
};

static struct end client;
static struct end server;
static struct dicomtls_profile *profile;
static char why[256];

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

static void
load(struct end *end, const struct mint_spec *spec)
{
	struct dt_buffer certificate = { 0 };
	struct dt_buffer key = { 0 };

	mint_certificate(spec, MINT_PEM, &certificate);
	mint_private_key(spec, MINT_PEM, NULL, &key);
	cr_assert_eq(gnutls_certificate_set_x509_key_mem(end->credentials,
			 &(gnutls_datum_t){
			     certificate.data, (unsigned)certificate.end },
			 &(gnutls_datum_t){ key.data, (unsigned)key.end },
			 GNUTLS_X509_FMT_PEM),
	    0);
	dt_buffer_clear(&certificate);
	dt_buffer_clear(&key);
}

static void
open_end(struct end *end, struct end *peer, unsigned flags)
{
	end->peer = peer;
	cr_assert_eq(
	    gnutls_certificate_allocate_credentials(&end->credentials), 0);
	cr_assert_eq(gnutls_init(&end->session, flags | GNUTLS_NONBLOCK), 0);
	gnutls_set_default_priority(end->session);
	gnutls_credentials_set(
	    end->session, GNUTLS_CRD_CERTIFICATE, end->credentials);
	gnutls_transport_set_ptr(end->session, end);
	gnutls_transport_set_pull_function(end->session, pull);
	gnutls_transport_set_push_function(end->session, push);
}

static void
close_end(struct end *end)
{
	gnutls_deinit(end->session);
	gnutls_certificate_free_credentials(end->credentials);
	dt_buffer_clear(&end->in);
}

static void
set_up(void)
{
	open_end(&client, &server, GNUTLS_CLIENT);
	open_end(&server, &client, GNUTLS_SERVER);
}

static void
tear_down(void)
{
	close_end(&client);
	close_end(&server);
	dicomtls_profile_free(profile);
}

TestSuite(profile_session, .init = set_up, .fini = tear_down);

static void
make(const char *name)
{
	cr_assert_eq(dicomtls_profile_new(&profile, name, why, sizeof(why)), 0,
	    "%s", why);
	cr_assert_str_eq(why, "");
}

static void
shake(void)
{
	int c = GNUTLS_E_AGAIN, s = GNUTLS_E_AGAIN;

	for (int round = 0; round < 8; round++) {
		if (c != 0)
			c = gnutls_handshake(client.session);
		if (s != 0)
			s = gnutls_handshake(server.session);
	}
	cr_assert_eq(c, 0, "%s", gnutls_strerror(c));
	cr_assert_eq(s, 0, "%s", gnutls_strerror(s));
}

static int
check(void)
{
	return dicomtls_profile_check(
	    profile, client.session, why, sizeof(why));
}

static void
expect_alert(int alert)
{
	ssize_t e = GNUTLS_E_AGAIN;
	char byte;

	for (int i = 0; i < 4 && e == GNUTLS_E_AGAIN; i++)
		e = gnutls_record_recv(server.session, &byte, 1);
	cr_expect_eq(
	    e, GNUTLS_E_FATAL_ALERT_RECEIVED, "%s", gnutls_strerror((int)e));
	cr_expect_eq((int)gnutls_alert_get(server.session), alert);
}

Test(profile_session, names_start_with_the_default_and_end)
{
	unsigned n = 0;

	while (dicomtls_profile_name(n) != NULL)
		n++;
	cr_expect_eq(n, 7);
	cr_expect_str_eq(dicomtls_profile_name(0), "bcp195-8996");
	cr_expect_eq(dicomtls_profile_is_retired("bcp195-8996-mod"), 0);
	cr_expect_eq(dicomtls_profile_is_retired("aes"), 1);
	cr_expect_eq(dicomtls_profile_is_retired("iscl"), DICOMTLS_E_INVALID);
	cr_expect_eq(dicomtls_profile_is_retired(NULL), DICOMTLS_E_INVALID);
}

Test(profile_session, an_unknown_one_is_named)
{
	struct dicomtls_profile *none = NULL;

	cr_expect_eq(dicomtls_profile_new(&none, "B.99", why, sizeof(why)),
	    DICOMTLS_E_INVALID);
	cr_expect_null(none);
	cr_expect_not_null(strstr(why, "B.99"), "%s", why);
	cr_expect_eq(
	    dicomtls_profile_new(NULL, NULL, NULL, 0), DICOMTLS_E_INVALID);
}

Test(profile_session, is_applied_and_holds)
{
	gnutls_datum_t alpn;

	make(NULL);
	load(&server, &strong);
	cr_expect_eq(dicomtls_profile_apply(profile, client.session), 0);
	cr_expect_eq(dicomtls_profile_apply(profile, server.session), 0);
	cr_expect_str_eq(dicomtls_profile_missing(profile), "");
	shake();
	cr_expect_eq(check(), 0, "%s", why);
	cr_expect_eq(
	    dicomtls_profile_check(profile, server.session, NULL, 0), 0);
	cr_assert_eq(
	    gnutls_alpn_get_selected_protocol(server.session, &alpn), 0);
	cr_expect_arr_eq(alpn.data, "dicom", 5);
}

/* The program kept a priority of its own: X25519 comes first in it. */
Test(profile_session, a_group_outside_is_found_after_the_handshake)
{
	make("bcp195-8996-mod");
	load(&server, &strong);
	gnutls_priority_set_direct(
	    client.session, "NORMAL:-GROUP-ALL:+GROUP-X25519", NULL);
	shake();
	cr_expect_eq(check(), DICOMTLS_E_PROFILE);
	cr_expect_str_eq(why, "the peers agreed on group X25519, outside "
			      "profile bcp195-8996-mod");
	expect_alert(GNUTLS_A_INSUFFICIENT_SECURITY);
}

Test(profile_session, a_version_outside_is_found)
{
	make("bcp195-ex");
	load(&server, &strong);
	shake();
	cr_expect_eq(check(), DICOMTLS_E_PROFILE);
	cr_expect_str_eq(
	    why, "the peers agreed on TLS 1.3, outside profile bcp195-ex");
	expect_alert(GNUTLS_A_PROTOCOL_VERSION);
}

Test(profile_session, a_suite_outside_is_found)
{
	make(NULL);
	load(&server, &strong);
	gnutls_priority_set_direct(
	    client.session, "NORMAL:-CIPHER-ALL:+CHACHA20-POLY1305", NULL);
	shake();
	cr_expect_eq(check(), DICOMTLS_E_PROFILE);
	cr_expect_not_null(
	    strstr(why, "TLS_CHACHA20_POLY1305_SHA256"), "%s", why);
	expect_alert(GNUTLS_A_HANDSHAKE_FAILURE);
}

Test(profile_session, a_signature_outside_is_found)
{
	static const struct mint_spec edwards = {
		.subject = { { "CN", "Edwards", 0 } }, .key = "ed25519"
	};

	make("bcp195-8996-mod");
	load(&server, &edwards);
	gnutls_priority_set_direct(
	    client.session, "NORMAL:-GROUP-ALL:+GROUP-SECP256R1", NULL);
	shake();
	cr_expect_eq(check(), DICOMTLS_E_PROFILE);
	cr_expect_str_eq(why, "the peers agreed on signature algorithm "
			      "EdDSA-Ed25519, outside profile "
			      "bcp195-8996-mod");
	expect_alert(GNUTLS_A_INSUFFICIENT_SECURITY);
}

Test(profile_session, a_weak_certificate_is_found)
{
	make(NULL);
	load(&server, &weak);
	cr_expect_eq(dicomtls_profile_apply(profile, client.session), 0);
	shake();
	cr_expect_eq(check(), DICOMTLS_E_PROFILE);
	cr_expect_str_eq(why,
	    "certificate 1 of the peer, \"CN = Weak\", is outside profile "
	    "bcp195-8996: its RSA key has 1024 bits, 2048 are needed");
	expect_alert(GNUTLS_A_BAD_CERTIFICATE);
}

Test(profile_session, own_certificates_are_looked_at_before)
{
	make(NULL);
	cr_expect_eq(dicomtls_profile_check_own(
			 profile, server.credentials, why, sizeof(why)),
	    0, "there are none");
	load(&server, &strong);
	cr_expect_eq(dicomtls_profile_check_own(
			 profile, server.credentials, why, sizeof(why)),
	    0, "%s", why);
	load(&server, &weak);
	cr_expect_eq(dicomtls_profile_check_own(
			 profile, server.credentials, why, sizeof(why)),
	    DICOMTLS_E_PROFILE, "the second pair");
	cr_expect_not_null(strstr(why, "\"CN = Weak\""), "%s", why);
}

Test(profile_session, nothing_is_asked_of_null)
{
	make(NULL);
	cr_expect_eq(
	    dicomtls_profile_apply(NULL, client.session), DICOMTLS_E_INVALID);
	cr_expect_eq(dicomtls_profile_apply(profile, NULL), DICOMTLS_E_INVALID);
	cr_expect_eq(dicomtls_profile_check(NULL, client.session, NULL, 0),
	    DICOMTLS_E_INVALID);
	cr_expect_eq(dicomtls_profile_check_own(profile, NULL, NULL, 0),
	    DICOMTLS_E_INVALID);
	cr_expect_str_eq(dicomtls_profile_missing(NULL), "");
	dicomtls_profile_free(NULL);
}
