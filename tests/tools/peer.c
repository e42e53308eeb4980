/*
 * A peer that does not behave, for the script tests of the command. Usage:
 *
 *   peer MODE            an SCP on a free port of loopback, which it prints as
 *                        dicomtls listen does
 *   peer MODE PORT       an SCU
 *
 * MODE is a word of the table at the end, with numbers in it separated by
 * colons ("reject:1:1:3"). It meets one peer and ends. Sockets block; whoever
 * is to wait does so until the other end closes.
 */
#include "tls/backend.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct peer {
	int fd;
	bool client;
	int numbers[3]; /* of MODE */
	struct tls_context *context;
	struct tls_session *session;
};

static void
require(bool ok, const char *what)
{
	if (ok)
		return;
	fprintf(stderr, "peer: %s\n", what);
	exit(1);
}

/* The other end may be gone: that is what some modes are about. */
static void
send_bytes(struct peer *peer, const void *bytes, size_t size)
{
	(void)!send(peer->fd, bytes, size, MSG_NOSIGNAL);
}

static void
flush(struct peer *peer)
{
	struct dt_buffer *out = dt_gnutls_backend.output(peer->session);

	send_bytes(peer, dt_buffer_span(out).data, dt_buffer_size(out));
	dt_buffer_consume(out, dt_buffer_size(out));
}

/* False: the other end has closed. */
static bool
receive(struct peer *peer)
{
	uint8_t bytes[4096];
	ssize_t n = recv(peer->fd, bytes, sizeof(bytes), 0);

	if (n > 0 && peer->session != NULL)
		dt_gnutls_backend.feed(peer->session, bytes, (size_t)n);
	return n > 0;
}

static void
wait_for_end(struct peer *peer)
{
	while (receive(peer))
		;
}

static void
secure(struct peer *peer)
{
	const char *name = peer->client ? "good" : "server";
	char certificate[32], key[32];
	const struct tls_config config = { .verify_depth = -1,
		.auth_level = -1,
		.ca_file = "ca.pem",
		.certificate_file = certificate,
		.key_file = key,
		.file_type = TLS_FILE_PEM };
	struct dt_message why = { "" };
	enum tls_status status;

	snprintf(certificate, sizeof(certificate), "%s.pem", name);
	snprintf(key, sizeof(key), "%s.key", name);
	require(
	    dt_gnutls_backend.context_new(&peer->context, &config, &why) == 0,
	    why.text);
	require(dt_gnutls_backend.session_new(&peer->session, peer->context,
		    peer->client ? TLS_CLIENT : TLS_SERVER, NULL, NULL) == 0,
	    "session");
	while ((status = dt_gnutls_backend.handshake(peer->session)) ==
	       TLS_WANT_INPUT) {
		flush(peer);
		require(receive(peer), "no handshake");
	}
	flush(peer);
	require(status == TLS_OK, "handshake");
}

/* A whole PDU of less than 64 KiB; its type. */
static int
read_pdu(struct peer *peer)
{
	uint8_t pdu[65536 + 6];
	size_t have = 0;

	while (have < 6 || have < 6 + ((size_t)pdu[4] << 8 | pdu[5])) {
		size_t size = sizeof(pdu) - have;
		enum tls_status status =
		    dt_gnutls_backend.read(peer->session, pdu + have, &size);

		if (status == TLS_WANT_INPUT)
			require(receive(peer), "no PDU");
		else
			require(status == TLS_OK, "read");
		have += status == TLS_OK ? size : 0;
	}
	return pdu[0];
}

static void
write_pdu(struct peer *peer, const void *pdu, size_t size)
{
	require(dt_gnutls_backend.write(peer->session, pdu, size) == TLS_OK,
	    "write");
	flush(peer);
}

/* A-ASSOCIATE-RQ for Verification (PS3.8 9.3.2). */
static size_t
make_request(uint8_t pdu[256])
{
	static const char items[] = "\x10\0\0\x15"
				    "1.2.840.10008.3.1.1.1"
				    "\x20\0\0\x2e\1\0\0\0"
				    "\x30\0\0\x11"
				    "1.2.840.10008.1.1"
				    "\x40\0\0\x11"
				    "1.2.840.10008.1.2"
				    "\x50\0\0\x08\x51\0\0\4\0\0\x40\0";
	const size_t size = 68 + sizeof(items) - 1;

	memset(pdu, 0, 256);
	pdu[0] = 1;
	pdu[5] = (uint8_t)size;
	pdu[7] = 1;
	memset(pdu + 10, ' ', 32);
	memcpy(pdu + 10, "SCP", 3);
	memcpy(pdu + 26, "SCU", 3);
	memcpy(pdu + 74, items, sizeof(items) - 1);
	return 6 + size;
}

/* As far as a request: an SCP has read one, an SCU sent it. */
static void
begin_association(struct peer *peer)
{
	uint8_t request[256];

	secure(peer);
	if (peer->client)
		write_pdu(peer, request, make_request(request));
	else
		require(read_pdu(peer) == 1, "A-ASSOCIATE-RQ");
}

/* An SCU's association stands. */
static void
associate(struct peer *peer)
{
	begin_association(peer);
	require(read_pdu(peer) == 2, "A-ASSOCIATE-AC");
}

static void
reset(struct peer *peer)
{
	const struct linger now = { 1, 0 };

	setsockopt(peer->fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
}

static void
play_silent(struct peer *peer)
{
	wait_for_end(peer);
}

static void
play_mute(struct peer *peer)
{
	receive(peer);
	shutdown(peer->fd, SHUT_WR);
	wait_for_end(peer);
}

/* What a plain SCP says to a ClientHello: A-ABORT, unrecognized PDU. */
static void
play_plain(struct peer *peer)
{
	static const uint8_t abort_pdu[] = { 7, 0, 0, 0, 0, 4, 0, 0, 2, 1 };

	receive(peer);
	send_bytes(peer, abort_pdu, sizeof(abort_pdu));
	wait_for_end(peer);
}

static void
play_plain_request(struct peer *peer)
{
	uint8_t request[256];

	send_bytes(peer, request, make_request(request));
	wait_for_end(peer);
}

static void
play_alert(struct peer *peer)
{
	const uint8_t alert[] = { 21, 3, 3, 0, 2, 2,
		(uint8_t)peer->numbers[0] };

	receive(peer);
	send_bytes(peer, alert, sizeof(alert));
	reset(peer);
}

static void
play_deaf(struct peer *peer)
{
	begin_association(peer);
	wait_for_end(peer);
}

static void
play_reject(struct peer *peer)
{
	const uint8_t pdu[] = { 3, 0, 0, 0, 0, 4, 0, (uint8_t)peer->numbers[0],
		(uint8_t)peer->numbers[1], (uint8_t)peer->numbers[2] };

	begin_association(peer);
	write_pdu(peer, pdu, sizeof(pdu));
	wait_for_end(peer);
}

static void
play_abort(struct peer *peer)
{
	const uint8_t pdu[] = { 7, 0, 0, 0, 0, 4, 0, 0,
		(uint8_t)peer->numbers[0], (uint8_t)peer->numbers[1] };

	if (peer->client)
		associate(peer);
	else
		begin_association(peer);
	write_pdu(peer, pdu, sizeof(pdu));
	wait_for_end(peer);
}

/* TCP ends and TLS has not. */
static void
play_truncate(struct peer *peer)
{
	begin_association(peer);
	if (peer->client)
		require(read_pdu(peer) == 2, "A-ASSOCIATE-AC");
	shutdown(peer->fd, SHUT_WR);
	wait_for_end(peer);
}

/* TLS ends in good order, in the middle of an association. */
static void
play_leave(struct peer *peer)
{
	begin_association(peer);
	dt_gnutls_backend.close(peer->session);
	flush(peer);
	shutdown(peer->fd, SHUT_WR);
	wait_for_end(peer);
}

static void
play_reset(struct peer *peer)
{
	begin_association(peer);
	reset(peer);
}

static const struct {
	const char *word;
	void (*play)(struct peer *peer);
} modes[] = {
	{ "silent", play_silent },
	{ "mute", play_mute },
	{ "plain", play_plain },
	{ "plain-request", play_plain_request },
	{ "alert", play_alert },
	{ "deaf", play_deaf },
	{ "reject", play_reject },
	{ "abort", play_abort },
	{ "truncate", play_truncate },
	{ "leave", play_leave },
	{ "reset", play_reset },
};

static void
play(struct peer *peer, const char *mode)
{
	size_t size = strcspn(mode, ":");
	const char *number = mode + size;

	for (int i = 0; i < 3 && *number == ':'; i++) {
		peer->numbers[i] = atoi(number + 1);
		number += 1 + strcspn(number + 1, ":");
	}
	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++)
		if (strlen(modes[i].word) == size &&
		    strncmp(modes[i].word, mode, size) == 0) {
			modes[i].play(peer);
			return;
		}
	require(false, "no such mode");
}

static int
meet_client(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
		.sin_addr = { htonl(INADDR_LOOPBACK) } };
	socklen_t size = sizeof(address);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int met;

	require(bind(fd, (struct sockaddr *)&address, size) == 0 &&
		    listen(fd, 1) == 0 &&
		    getsockname(fd, (struct sockaddr *)&address, &size) == 0,
	    "listen");
	printf("listening on 127.0.0.1:%u\n", ntohs(address.sin_port));
	fflush(stdout);
	met = accept(fd, NULL, NULL);
	close(fd);
	return met;
}

static int
meet_server(const char *port)
{
	const struct sockaddr_in address = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)atoi(port)),
		.sin_addr = { htonl(INADDR_LOOPBACK) } };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	require(connect(fd, (const struct sockaddr *)&address,
		    sizeof(address)) == 0,
	    "connect");
	return fd;
}

int
main(int argc, char **argv)
{
	struct peer peer = { .client = argc == 3 };

	require(argc == 2 || argc == 3, "usage: peer MODE [PORT]");
	peer.fd = peer.client ? meet_server(argv[2]) : meet_client();
	require(peer.fd >= 0, "no peer");
	play(&peer, argv[1]);
	close(peer.fd);
	dt_gnutls_backend.session_free(peer.session);
	dt_gnutls_backend.context_free(peer.context);
	return 0;
}
