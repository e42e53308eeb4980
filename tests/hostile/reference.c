/*
 * The reference at the other end: OpenSSL, asked for what dicomtls listen asks
 * for, answers one connection after another; a request is sent back. Usage:
 * reference CERTIFICATE KEY CA; prints the line that dicomtls listen prints,
 * and serves until its standard input ends.
 */
#include "backend/openssl.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

/* Not even an A-ASSOCIATE-RQ is shorter (PS3.8 9.3.2). */
enum { REQUEST = 74 };

static const struct tls_backend *const tls = &openssl_backend;

static void
flush(struct tls_session *session, int fd)
{
	struct dt_buffer *out = tls->output(session);

	while (dt_buffer_size(out) > 0) {
		struct dt_span octets = dt_buffer_span(out);
		ssize_t n = send(fd, octets.data, octets.size, MSG_NOSIGNAL);

		dt_buffer_consume(out, n > 0 ? (size_t)n : octets.size);
	}
}

static enum tls_status
step(struct tls_session *session)
{
	enum tls_status status = tls->handshake(session);
	uint8_t data[16384];

	while (status == TLS_OK) {
		size_t size = sizeof(data);

		status = tls->read(session, data, &size);
		if (status == TLS_OK && size >= REQUEST)
			status = tls->write(session, data, size);
	}
	return status;
}

/* The end of the stream comes to OpenSSL too, which may have an answer. */
static void
talk(struct tls_session *session, int fd)
{
	enum tls_status status = TLS_WANT_INPUT;
	uint8_t octets[16384];
	ssize_t n = 1;

	while (status == TLS_WANT_INPUT && n > 0) {
		n = recv(fd, octets, sizeof(octets), 0);
		if (n > 0)
			tls->feed(session, octets, (size_t)n);
		else
			tls->feed_eof(session);
		status = step(session);
		flush(session, fd);
	}
	shutdown(fd, SHUT_WR);
	while (n > 0)
		n = recv(fd, octets, sizeof(octets), 0);
}

static void
serve(struct tls_context *context, int fd)
{
	struct tls_session *session;

	if (tls->session_new(&session, context, TLS_SERVER, NULL, NULL) == 0) {
		talk(session, fd);
		tls->session_free(session);
	}
	close(fd);
}

static int
open_listener(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
		.sin_addr = { htonl(INADDR_LOOPBACK) } };
	socklen_t size = sizeof(address);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (bind(fd, (struct sockaddr *)&address, size) != 0 ||
	    listen(fd, 16) != 0 ||
	    getsockname(fd, (struct sockaddr *)&address, &size) != 0)
		return -1;
	printf("listening on 127.0.0.1:%u\n", ntohs(address.sin_port));
	fflush(stdout);
	return fd;
}

int
main(int argc, char **argv)
{
	struct tls_config config = { .verify_mode =
					 TLS_VERIFY_PEER |
					 TLS_VERIFY_FAIL_IF_NO_PEER_CERT,
		.verify_depth = -1,
		.auth_level = -1,
		.file_type = TLS_FILE_PEM,
		.alpn = true };
	struct tls_context *context;
	struct dt_message why = { "" };
	int fd, one;

	if (argc != 4)
		return 2;
	config.certificate_file = argv[1];
	config.key_file = argv[2];
	config.ca_file = argv[3];
	if (tls->context_new(&context, &config, &why) != 0 ||
	    (fd = open_listener()) < 0)
		return 1;
	for (;;) {
		struct pollfd both[] = { { .fd = 0, .events = POLLIN },
			{ .fd = fd, .events = POLLIN } };

		poll(both, 2, -1);
		if (both[0].revents != 0)
			break;
		one = accept(fd, NULL, NULL);
		if (one >= 0)
			serve(context, one);
	}
	close(fd);
	tls->context_free(context);
	return 0;
}
