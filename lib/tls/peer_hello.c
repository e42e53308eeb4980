/* Hellos and what follows them in clear; see peer_hello.h. */
#include "tls/peer_hello.h"

#include "tls/extension_place.h"

static bool
is_tls13(gnutls_session_t session)
{
	return gnutls_protocol_get_version(session) >= GNUTLS_TLS1_3;
}

static bool
is_elliptic(gnutls_session_t session)
{
	const gnutls_kx_algorithm_t kx = gnutls_kx_get(session);

	return kx == GNUTLS_KX_ECDHE_ECDSA || kx == GNUTLS_KX_ECDHE_RSA;
}

/* GnuTLS asks for another key_share before it calls check_client_hello. */
int
dt_peer_hello_sent(
    struct dt_peer_hello *hello, unsigned type, struct dt_span message)
{
	if (type == GNUTLS_HANDSHAKE_CLIENT_HELLO) {
		hello->is_client = true;
		dt_own_hello_keep(&hello->own, message);
	}
	if (type != GNUTLS_HANDSHAKE_HELLO_RETRY_REQUEST)
		return 0;
	hello->retry_suite = dt_server_hello_suite(message);
	return hello->client_fault;
}

static int
check_client_form(struct dt_peer_hello *hello, gnutls_session_t session,
    struct dt_span message)
{
	(void)session;
	hello->client_fault = dt_hello_check_1_3(message);
	return dt_hello_check(message);
}

/* Version and suite are known when GnuTLS has read the hello. */
static int
check_client_hello(struct dt_peer_hello *hello, gnutls_session_t session,
    struct dt_span message)
{
	if (!is_tls13(session))
		return dt_hello_check_1_2(message, is_elliptic(session));
	return hello->client_fault == 0 && hello->retry_suite != 0
		   ? dt_hello_check_again(message, hello->retry_suite)
		   : hello->client_fault;
}

static int
check_server_form(struct dt_peer_hello *hello, gnutls_session_t session,
    struct dt_span message)
{
	(void)hello;
	(void)session;
	return dt_server_hello_places(message);
}

static int
check_server_hello(struct dt_peer_hello *hello, gnutls_session_t session,
    struct dt_span message)
{
	return dt_server_hello_check(message, &hello->own, is_tls13(session));
}

static int
check_retry(struct dt_peer_hello *hello, gnutls_session_t session,
    struct dt_span message)
{
	(void)session;
	return dt_retry_check(message, &hello->own);
}

static int
check_encrypted(struct dt_peer_hello *hello, gnutls_session_t session,
    struct dt_span message)
{
	(void)hello;
	(void)session;
	return dt_extension_places(
	    DT_IN_ENCRYPTED_EXTENSIONS, dt_reader(message));
}

static int
check_request(struct dt_peer_hello *hello, gnutls_session_t session,
    struct dt_span message)
{
	struct dt_reader r = dt_reader(message);

	(void)hello;
	if (!is_tls13(session))
		return 0;
	dt_read_skip(&r, dt_read_u8(&r)); /* context */
	return dt_extension_places(DT_IN_CERTIFICATE_REQUEST, r);
}

static const struct {
	unsigned type;
	unsigned when;
	int (*check)(struct dt_peer_hello *hello, gnutls_session_t session,
	    struct dt_span message);
} heard[] = {
	{ GNUTLS_HANDSHAKE_CLIENT_HELLO, GNUTLS_HOOK_PRE, check_client_form },
	{ GNUTLS_HANDSHAKE_CLIENT_HELLO, GNUTLS_HOOK_POST, check_client_hello },
	{ GNUTLS_HANDSHAKE_SERVER_HELLO, GNUTLS_HOOK_PRE, check_server_form },
	{ GNUTLS_HANDSHAKE_SERVER_HELLO, GNUTLS_HOOK_POST, check_server_hello },
	{ GNUTLS_HANDSHAKE_HELLO_RETRY_REQUEST, GNUTLS_HOOK_PRE, check_retry },
	{ GNUTLS_HANDSHAKE_ENCRYPTED_EXTENSIONS, GNUTLS_HOOK_PRE,
	    check_encrypted },
	{ GNUTLS_HANDSHAKE_CERTIFICATE_REQUEST, GNUTLS_HOOK_PRE,
	    check_request },
};

/* What is the other end's to say GnuTLS refuses. */
int
dt_peer_hello_heard(struct dt_peer_hello *hello, gnutls_session_t session,
    unsigned type, unsigned when, struct dt_span message)
{
	if (hello->is_client == (type == GNUTLS_HANDSHAKE_CLIENT_HELLO))
		return 0;
	for (size_t i = 0; i < sizeof(heard) / sizeof(heard[0]); i++)
		if (heard[i].type == type && heard[i].when == when)
			return heard[i].check(hello, session, message);
	return 0;
}
