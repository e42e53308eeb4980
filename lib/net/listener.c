/* Listening sockets; see listener.h. Connections are accepted here and given
 * away as descriptors, since a libuv stream cannot change its loop. */
#include "net/listener.h"

#include "net/uv_loop.h"

#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <unistd.h>

/* Connections taken before other sockets of the loop have their turn. */
#define ACCEPTS_IN_A_ROW 16
/* Rest after running out of descriptors: the waiting connection stays readable
 * and would otherwise keep the thread spinning. */
#define REST_MS 100

struct dt_listener {
	uv_poll_t poll;
	struct dt_timer *rest;
	int fd;
	dt_incoming_fn incoming;
	void *arg;
	bool freed;
	bool busy; /* incoming runs */
};

void
dt_socket_close(int fd)
{
	if (fd >= 0)
		close(fd);
}

static int
open_socket(const struct sockaddr_storage *address, int backlog)
{
	int on = 1, off = 0;
	int fd = socket(
	    address->ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (address->ss_family == AF_INET6)
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof(off));
	if (bind(fd, (const struct sockaddr *)address,
		dt_address_size(address)) == 0 &&
	    listen(fd, backlog) == 0)
		return fd;
	on = errno;
	close(fd);
	errno = on;
	return -1;
}

enum dt_net_error
dt_socket_listen(int *fd, struct dt_endpoint *bound,
    const struct sockaddr_storage *address, int backlog)
{
	struct sockaddr_storage name = { 0 };
	socklen_t size = sizeof(name);
	int made = open_socket(address, backlog > 0 ? backlog : SOMAXCONN);

	if (made < 0)
		return dt_net_error_from_errno(errno);
	getsockname(made, (struct sockaddr *)&name, &size);
	dt_address_show(bound, (struct sockaddr *)&name);
	*fd = made;
	return DT_NET_OK;
}

void
dt_socket_endpoints(int fd, struct dt_endpoint *host, struct dt_endpoint *peer)
{
	struct sockaddr_storage name = { 0 };
	socklen_t size = sizeof(name);

	if (getsockname(fd, (struct sockaddr *)&name, &size) == 0)
		dt_address_show(host, (struct sockaddr *)&name);
	size = sizeof(name);
	if (getpeername(fd, (struct sockaddr *)&name, &size) == 0)
		dt_address_show(peer, (struct sockaddr *)&name);
}

static void
free_listener(uv_handle_t *handle)
{
	struct dt_listener *listener = handle->data;

	close(listener->fd);
	free(listener);
}

static bool
is_transient(int code)
{
	return code == EAGAIN || code == EWOULDBLOCK || code == EINTR ||
	       code == ECONNABORTED;
}

/* False when nothing waits any more or nobody wants it. */
static bool
accept_one(struct dt_listener *listener)
{
	int fd =
	    accept4(listener->fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	if (fd < 0 && is_transient(errno))
		return false;
	if (fd < 0) {
		enum dt_net_error error = dt_net_error_from_errno(errno);

		uv_poll_stop(&listener->poll);
		dt_timer_start(listener->rest, REST_MS);
		listener->incoming(listener->arg, -1, error);
		return false;
	}
	listener->incoming(listener->arg, fd, DT_NET_OK);
	return !listener->freed;
}

static void
close_listener(struct dt_listener *listener)
{
	dt_timer_free(listener->rest);
	uv_close((uv_handle_t *)&listener->poll, free_listener);
}

static void
on_readable(uv_poll_t *poll, int status, int events)
{
	struct dt_listener *listener = poll->data;

	(void)status;
	(void)events;
	listener->busy = true;
	for (int i = 0; i < ACCEPTS_IN_A_ROW; i++)
		if (!accept_one(listener))
			break;
	listener->busy = false;
	if (listener->freed)
		close_listener(listener);
}

static void
resume(void *arg)
{
	struct dt_listener *listener = arg;

	uv_poll_start(&listener->poll, UV_READABLE, on_readable);
}

struct dt_listener *
dt_listener_new(
    struct dt_loop *loop, int fd, dt_incoming_fn incoming, void *arg)
{
	struct dt_listener *listener = calloc(1, sizeof(*listener));

	if (listener != NULL)
		listener->rest = dt_timer_new(loop, resume, listener);
	if (listener == NULL || listener->rest == NULL ||
	    uv_poll_init(dt_loop_uv(loop), &listener->poll, fd) != 0) {
		if (listener != NULL)
			dt_timer_free(listener->rest);
		free(listener);
		close(fd);
		return NULL;
	}
	listener->poll.data = listener;
	listener->fd = fd;
	listener->incoming = incoming;
	listener->arg = arg;
	resume(listener);
	return listener;
}

void
dt_listener_free(struct dt_listener *listener)
{
	if (listener == NULL || listener->freed)
		return;
	listener->freed = true;
	if (!listener->busy)
		close_listener(listener);
}
