/*
 * What TLS itself costs: gnutls_record_send in one thread, gnutls_record_recv
 * in another, a socket between them. No data set, no file.
 */
#include "net.h"

#include <gnutls/gnutls.h>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define RECORD 16384

/* One end, and the thread that it is. */
struct end {
	int fd;
	unsigned role;
	const char *certificate, *key;
	uint64_t size;
	bool good;
};

static bool
pair_sockets(int fds[2])
{
	struct sockaddr_in name = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof(name);
	int one = 1;
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool good;

	fds[0] = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	good = bind(listener, (struct sockaddr *)&name, size) == 0 &&
	       listen(listener, 1) == 0 &&
	       getsockname(listener, (struct sockaddr *)&name, &size) == 0 &&
	       connect(fds[0], (struct sockaddr *)&name, size) == 0;
	fds[1] = good ? accept(listener, NULL, NULL) : -1;
	close(listener);
	setsockopt(fds[0], IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	return good && fds[1] >= 0;
}

static bool
send_all(gnutls_session_t session, uint64_t left)
{
	static const uint8_t record[RECORD] = { 1, 2, 3 };

	while (left > 0) {
		size_t size = left < RECORD ? (size_t)left : RECORD;
		ssize_t n = gnutls_record_send(session, record, size);

		if (n <= 0)
			return false;
		left -= (size_t)n;
	}
	return gnutls_bye(session, GNUTLS_SHUT_WR) == 0;
}

static bool
receive_all(gnutls_session_t session, uint64_t left)
{
	uint8_t record[RECORD];

	while (left > 0) {
		ssize_t n = gnutls_record_recv(session, record, RECORD);

		if (n == GNUTLS_E_AGAIN || n == GNUTLS_E_INTERRUPTED)
			continue;
		if (n <= 0)
			return false;
		left -= (size_t)n;
	}
	return true;
}

static bool
run_session(const struct end *end, gnutls_session_t session)
{
	int e;

	gnutls_transport_set_int(session, end->fd);
	do
		e = gnutls_handshake(session);
	while (e < 0 && gnutls_error_is_fatal(e) == 0);
	if (e < 0) {
		printf("# bare TLS: %s\n", gnutls_strerror(e));
		return false;
	}
	return end->role == GNUTLS_CLIENT ? send_all(session, end->size)
					  : receive_all(session, end->size);
}

static void *
run_end(void *arg)
{
	struct end *end = arg;
	gnutls_certificate_credentials_t credentials;
	gnutls_session_t session;

	gnutls_certificate_allocate_credentials(&credentials);
	gnutls_certificate_set_x509_key_file(
	    credentials, end->certificate, end->key, GNUTLS_X509_FMT_PEM);
	gnutls_init(&session, end->role);
	gnutls_credentials_set(session, GNUTLS_CRD_CERTIFICATE, credentials);
	end->good = gnutls_priority_set_direct(session,
			"NORMAL:-VERS-ALL:+VERS-TLS1.3:-CIPHER-ALL:"
			"+AES-256-GCM",
			NULL) == 0 &&
		    run_session(end, session);
	gnutls_deinit(session);
	gnutls_certificate_free_credentials(credentials);
	return NULL;
}

double
net_bare(uint64_t size)
{
	int fds[2];
	double begun = net_now();
	pthread_t thread;
	struct end client = { -1, GNUTLS_CLIENT, NET_CLIENT, NET_CLIENT_KEY,
		size, false };
	struct end server = { -1, GNUTLS_SERVER, NET_SERVER, NET_SERVER_KEY,
		size, false };

	if (!pair_sockets(fds)) {
		perror("# loopback");
		return -1;
	}
	client.fd = fds[0];
	server.fd = fds[1];
	if (pthread_create(&thread, NULL, run_end, &server) != 0)
		return -1;
	run_end(&client);
	pthread_join(thread, NULL);
	close(fds[0]);
	close(fds[1]);
	return client.good && server.good ? net_now() - begun : -1;
}
