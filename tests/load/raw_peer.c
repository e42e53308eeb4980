/* A peer without manners; see raw_peer.h. */
#include "load/raw_peer.h"

#include "dicom/association.h"
#include "dicom/dimse.h"
#include "dicom/pdu.h"
#include "ltdic/associate.h"

#include "ltdic.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static bool
connect_to(struct raw_peer *peer, unsigned port)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr = { htonl(INADDR_LOOPBACK) } };
	int on = 1;

	peer->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (peer->fd < 0)
		return false;
	setsockopt(peer->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	return connect(
		   peer->fd, (struct sockaddr *)&address, sizeof(address)) == 0;
}

static bool
flush(struct raw_peer *peer)
{
	struct dt_buffer *out = dt_gnutls_backend.output(peer->session);
	bool good = raw_peer_write(peer, dt_buffer_span(out));

	dt_buffer_consume(out, dt_buffer_size(out));
	return good;
}

/* Gives what has arrived to the session, or to received. */
static bool
read_some(struct raw_peer *peer)
{
	uint8_t bytes[16384];
	ssize_t n = recv(peer->fd, bytes, sizeof(bytes), 0);

	if (n <= 0)
		return false;
	if (peer->session == NULL)
		return dt_buffer_append(&peer->received, bytes, (size_t)n) == 0;
	return dt_gnutls_backend.feed(peer->session, bytes, (size_t)n) == 0;
}

static bool
shake_hands(struct raw_peer *peer, const struct tls_config *config)
{
	struct dt_message why;
	enum tls_status status;

	if (dt_gnutls_backend.context_new(&peer->context, config, &why) != 0 ||
	    dt_gnutls_backend.session_new(
		&peer->session, peer->context, TLS_CLIENT, NULL, NULL) != 0)
		return false;
	for (;;) {
		status = dt_gnutls_backend.handshake(peer->session);
		if (!flush(peer))
			return false;
		if (status != TLS_WANT_INPUT)
			return status == TLS_OK;
		if (!read_some(peer))
			return false;
	}
}

bool
raw_peer_open(
    struct raw_peer *peer, unsigned port, const struct tls_config *config)
{
	*peer = (struct raw_peer){ .fd = -1 };
	return connect_to(peer, port) &&
	       (config == NULL || shake_hands(peer, config));
}

void
raw_peer_close(struct raw_peer *peer)
{
	if (peer->session != NULL)
		dt_gnutls_backend.session_free(peer->session);
	if (peer->context != NULL)
		dt_gnutls_backend.context_free(peer->context);
	dt_buffer_clear(&peer->received);
	if (peer->fd >= 0)
		close(peer->fd);
}

void
raw_associate_request(struct dt_buffer *pdu)
{
	struct dt_association *association;
	HDICOMPDU made = L_DicomCreateAssociate(L_TRUE);

	L_DicomDefaultAssociate(made);
	L_DicomSetCalling(made, (L_TCHAR *)"RAW");
	L_DicomSetCalled(made, (L_TCHAR *)"SCP");
	association = dt_associate_get(made, NULL);
	if (association != NULL)
		dt_pdu_encode_associate(association, pdu);
	L_DicomFreeAssociate(made);
}

static int
append(struct dt_span pdu, void *arg)
{
	return dt_buffer_append(arg, pdu.data, pdu.size);
}

void
raw_echo_request(struct dt_buffer *pdu)
{
	struct dt_command command = { 0 };

	dt_command_c_echo_rq(&command, 1, UID_VERIFICATION_CLASS);
	dt_dimse_fragment(&command, 1, 0, append, pdu);
	dt_command_clear(&command);
}

void
raw_peer_encode(
    struct raw_peer *peer, struct dt_span bytes, struct dt_buffer *wire)
{
	struct dt_buffer *out;

	if (peer->session == NULL) {
		dt_buffer_append(wire, bytes.data, bytes.size);
		return;
	}
	dt_gnutls_backend.write(peer->session, bytes.data, bytes.size);
	out = dt_gnutls_backend.output(peer->session);
	dt_buffer_append(
	    wire, dt_buffer_span(out).data, dt_buffer_span(out).size);
	dt_buffer_consume(out, dt_buffer_size(out));
}

bool
raw_peer_write(struct raw_peer *peer, struct dt_span wire)
{
	while (wire.size > 0) {
		ssize_t n = send(peer->fd, wire.data, wire.size, MSG_NOSIGNAL);

		if (n < 0)
			return false;
		wire = dt_span(wire.data + n, wire.size - (size_t)n);
	}
	return true;
}

ssize_t
raw_peer_push(struct raw_peer *peer, struct dt_span wire)
{
	ssize_t n =
	    send(peer->fd, wire.data, wire.size, MSG_NOSIGNAL | MSG_DONTWAIT);

	return n < 0 && errno == EAGAIN ? 0 : n;
}

/* Moves what the session has decrypted. */
static bool
decrypt(struct raw_peer *peer)
{
	uint8_t bytes[16384];
	enum tls_status status = TLS_OK;

	while (peer->session != NULL && status == TLS_OK) {
		size_t size = sizeof(bytes);

		status = dt_gnutls_backend.read(peer->session, bytes, &size);
		if (status == TLS_OK)
			dt_buffer_append(&peer->received, bytes, size);
	}
	return peer->session == NULL || status == TLS_WANT_INPUT;
}

static bool
await(struct raw_peer *peer, size_t size)
{
	while (decrypt(peer) && dt_buffer_size(&peer->received) < size)
		if (!read_some(peer))
			return false;
	return dt_buffer_size(&peer->received) >= size;
}

int
raw_peer_next(struct raw_peer *peer)
{
	uint8_t type;
	size_t size;

	if (!await(peer, DT_PDU_HEADER_SIZE) ||
	    dt_pdu_header(dt_buffer_span(&peer->received), &type, &size) != 1 ||
	    !await(peer, size))
		return 0;
	dt_buffer_consume(&peer->received, size);
	return type;
}

bool
raw_peer_associate(struct raw_peer *peer)
{
	struct dt_buffer request = { 0 }, wire = { 0 };
	bool good;

	raw_associate_request(&request);
	raw_peer_encode(peer, dt_buffer_span(&request), &wire);
	good = raw_peer_write(peer, dt_buffer_span(&wire)) &&
	       raw_peer_next(peer) == DT_PDU_ASSOCIATE_AC;
	dt_buffer_clear(&request);
	dt_buffer_clear(&wire);
	return good;
}
