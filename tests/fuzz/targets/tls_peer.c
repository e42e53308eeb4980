/* GnuTLS over two buffers, with certificates by the retrieve function. */
#include "tls_peer.h"

#include "target.h"

#include <errno.h>
#include <gnutls/abstract.h>

#define MOST 16

struct tls_peer {
	gnutls_session_t session;
	struct dt_buffer in, out;
	gnutls_pcert_st shown[MOST]; /* all but the key is borrowed */
	unsigned count;
	bool attached;
	bool shaken;
	bool over;
};

static gnutls_certificate_credentials_t credentials;
static gnutls_pcert_st own;
static gnutls_privkey_t key;
static struct dicomtls_store *store;

static ssize_t
pull(gnutls_transport_ptr_t arg, void *data, size_t size)
{
	struct tls_peer *peer = arg;
	struct dt_span in = dt_buffer_span(&peer->in);

	if (in.size == 0) {
		gnutls_transport_set_errno(peer->session, EAGAIN);
		return -1;
	}
	if (size > in.size)
		size = in.size;
	memcpy(data, in.data, size);
	dt_buffer_consume(&peer->in, size);
	return (ssize_t)size;
}

static ssize_t
push(gnutls_transport_ptr_t arg, const void *data, size_t size)
{
	struct tls_peer *peer = arg;

	REQUIRE(dt_buffer_append(&peer->out, data, size) == 0);
	return (ssize_t)size;
}

static int
show(gnutls_session_t session, const struct gnutls_cert_retr_st *info,
    gnutls_pcert_st **certificates, unsigned *count,
    gnutls_ocsp_data_st **answers, unsigned *answer_count,
    gnutls_privkey_t *private_key, unsigned *flags)
{
	struct tls_peer *peer = gnutls_transport_get_ptr(session);

	(void)info;
	*certificates = peer->shown;
	*count = peer->count;
	*answers = NULL;
	*answer_count = 0;
	*private_key = key;
	*flags = 0;
	return 0;
}

/* That of a session to which nothing is attached lets everybody through. */
static int
verify(gnutls_session_t session)
{
	const struct tls_peer *peer = gnutls_transport_get_ptr(session);

	return peer->attached ? dicomtls_session_verify(session) : 0;
}

void
tls_peer_load(
    const char *certificate_file, const char *key_file, const char *ca_file)
{
	gnutls_datum_t text;

	REQUIRE(gnutls_load_file(certificate_file, &text) == 0);
	REQUIRE(gnutls_pcert_import_x509_raw(
		    &own, &text, GNUTLS_X509_FMT_PEM, 0) == 0);
	gnutls_free(text.data);
	REQUIRE(gnutls_load_file(key_file, &text) == 0);
	REQUIRE(gnutls_privkey_init(&key) == 0);
	REQUIRE(gnutls_privkey_import_x509_raw(
		    key, &text, GNUTLS_X509_FMT_PEM, NULL, 0) == 0);
	gnutls_free(text.data);
	REQUIRE(gnutls_certificate_allocate_credentials(&credentials) == 0);
	gnutls_certificate_set_retrieve_function3(credentials, show);
	gnutls_certificate_set_verify_function(credentials, verify);
	REQUIRE(dicomtls_store_new(&store) == 0);
	REQUIRE(dicomtls_store_add_file(store, ca_file) == 0);
}

void
tls_peer_attach(struct tls_peer *peer, bool hook)
{
	REQUIRE(dicomtls_session_attach(
		    peer->session, store, NULL, NULL, NULL) == 0);
	if (!hook)
		gnutls_handshake_set_hook_function(peer->session,
		    GNUTLS_HANDSHAKE_CERTIFICATE_PKT, GNUTLS_HOOK_PRE, NULL);
	peer->attached = true;
}

static void
list(struct tls_peer *peer, struct dt_span octets)
{
	while (octets.size > 0 && peer->count < MOST) {
		size_t size = (size_t)fuzz_octet(&octets) << 8;
		struct dt_span der;

		size |= fuzz_octet(&octets);
		der = fuzz_take(&octets, size);
		peer->shown[peer->count] = own;
		if (size > 0) {
			peer->shown[peer->count].cert.data =
			    (unsigned char *)(uintptr_t)der.data;
			peer->shown[peer->count].cert.size = (unsigned)der.size;
		}
		peer->count++;
	}
}

struct tls_peer *
tls_peer_new(enum tls_role role, struct dt_span certificates)
{
	const unsigned flags =
	    GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL |
	    (role == TLS_CLIENT ? GNUTLS_CLIENT | GNUTLS_FORCE_CLIENT_CERT
				: GNUTLS_SERVER);
	struct tls_peer *peer = calloc(1, sizeof(*peer));

	REQUIRE(peer != NULL);
	list(peer, certificates);
	REQUIRE(gnutls_init(&peer->session, flags) == 0);
	REQUIRE(gnutls_priority_set_direct(peer->session,
		    "NORMAL:+VERS-TLS1.1:+VERS-TLS1.0", NULL) == 0);
	REQUIRE(gnutls_credentials_set(
		    peer->session, GNUTLS_CRD_CERTIFICATE, credentials) == 0);
	if (role == TLS_SERVER)
		gnutls_certificate_server_set_request(
		    peer->session, GNUTLS_CERT_REQUEST);
	gnutls_transport_set_ptr(peer->session, peer);
	gnutls_transport_set_pull_function(peer->session, pull);
	gnutls_transport_set_push_function(peer->session, push);
	return peer;
}

void
tls_peer_free(struct tls_peer *peer)
{
	gnutls_deinit(peer->session);
	dt_buffer_clear(&peer->in);
	dt_buffer_clear(&peer->out);
	free(peer);
}

void
tls_peer_feed(struct tls_peer *peer, struct dt_span octets)
{
	REQUIRE(dt_buffer_append(&peer->in, octets.data, octets.size) == 0);
}

/* A client sees a certificate, and each that was seen was accepted. */
static bool
has_judged(struct tls_peer *peer)
{
	struct dicomtls_verdict verdict;
	unsigned count;

	if (gnutls_certificate_get_peers(peer->session, &count) == NULL)
		return true;
	return dicomtls_session_verdict(peer->session, &verdict) == 0 &&
	       verdict.result == 1;
}

void
tls_peer_step(struct tls_peer *peer)
{
	char data[64];
	int e;

	if (peer->over)
		return;
	if (peer->shaken) {
		(void)gnutls_record_recv(peer->session, data, sizeof(data));
		return;
	}
	e = gnutls_handshake(peer->session);
	peer->over = e < 0 && gnutls_error_is_fatal(e) != 0;
	if (peer->over)
		(void)gnutls_alert_send_appropriate(peer->session, e);
	if (e != 0)
		return;
	peer->shaken = true;
	REQUIRE(!peer->attached || has_judged(peer));
	(void)gnutls_record_send(peer->session, "hello", 5);
	(void)gnutls_bye(peer->session, GNUTLS_SHUT_WR);
}

struct dt_buffer *
tls_peer_output(struct tls_peer *peer)
{
	return &peer->out;
}
