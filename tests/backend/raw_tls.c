/*
 * Sessions of GnuTLS over memory; see raw_tls.h.
 */
#include "backend/raw_tls.h"

#include <errno.h>

const char raw_priority[] = "NORMAL:-VERS-ALL:+VERS-TLS1.3"
			    ":-GROUP-ALL:+GROUP-X25519:+GROUP-SECP256R1";

static ssize_t
pull(gnutls_transport_ptr_t arg, void *data, size_t room)
{
	struct raw_end *end = arg;
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
	const struct raw_end *end = arg;

	if (dt_buffer_append(end->out, data, size) == 0)
		return (ssize_t)size;
	gnutls_transport_set_errno(end->session, ENOMEM);
	return -1;
}

void
raw_end_attach(struct raw_end *end)
{
	gnutls_transport_set_ptr(end->session, end);
	gnutls_transport_set_pull_function(end->session, pull);
	gnutls_transport_set_push_function(end->session, push);
}

bool
raw_end_open(struct raw_end *end, unsigned role,
    gnutls_certificate_credentials_t credentials, struct dt_buffer *out)
{
	const unsigned flags = role | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL |
			       GNUTLS_NO_TICKETS | GNUTLS_FORCE_CLIENT_CERT |
			       GNUTLS_KEY_SHARE_TOP;

	*end = (struct raw_end){ .out = out };
	if (gnutls_init(&end->session, flags) != 0) {
		end->session = NULL;
		return false;
	}
	raw_end_attach(end);
	if (role == GNUTLS_SERVER)
		gnutls_certificate_server_set_request(
		    end->session, GNUTLS_CERT_REQUIRE);
	return gnutls_credentials_set(
		   end->session, GNUTLS_CRD_CERTIFICATE, credentials) == 0;
}

void
raw_end_close(struct raw_end *end)
{
	if (end->session != NULL)
		gnutls_deinit(end->session);
	dt_buffer_clear(&end->in);
}

int
raw_end_step(struct raw_end *end)
{
	int e;

	do
		e = gnutls_handshake(end->session);
	while (e == GNUTLS_E_INTERRUPTED);
	if (e == 0)
		return 1;
	return e == GNUTLS_E_AGAIN ? 0 : -1;
}
