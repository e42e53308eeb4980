/* TCP connections; see tcp.h. */
#include "net/tcp.h"

#include <stdio.h>
#include <stdlib.h>

struct dt_tcp_connect {
	struct dt_loop *loop;
	uv_getaddrinfo_t lookup;
	uv_connect_t request;
	struct dt_timer *timer;
	struct dt_tcp_target target;
	struct addrinfo *found;
	struct addrinfo *next;	 /* address to try next */
	uv_tcp_t *tcp;		 /* the attempt that runs */
	enum dt_net_error error; /* of the last attempt */
	bool pending;		 /* lookup or attempt not answered yet */
	bool over;		 /* done was called or must not be */
	dt_tcp_done_fn done;
	void *arg;
};

static void
free_tcp(uv_handle_t *handle)
{
	free(handle);
}

void
dt_tcp_free(uv_tcp_t *tcp)
{
	if (tcp != NULL)
		uv_close((uv_handle_t *)tcp, free_tcp);
}

uv_tcp_t *
dt_tcp_adopt(struct dt_loop *loop, int fd)
{
	uv_tcp_t *tcp = calloc(1, sizeof(*tcp));

	if (tcp == NULL) {
		uv_fs_t request;

		uv_fs_close(NULL, &request, fd, NULL);
		return NULL;
	}
	uv_tcp_init(dt_loop_uv(loop), tcp);
	if (uv_tcp_open(tcp, fd) != 0) {
		uv_fs_t request;

		uv_fs_close(NULL, &request, fd, NULL);
		dt_tcp_free(tcp);
		return NULL;
	}
	return tcp;
}

static void
free_connect(struct dt_tcp_connect *connect)
{
	uv_freeaddrinfo(connect->found);
	dt_timer_free(connect->timer);
	free(connect);
}

/* Ends it; memory goes when libuv no longer holds a request. */
static void
end(struct dt_tcp_connect *connect)
{
	connect->over = true;
	dt_timer_stop(connect->timer);
	dt_tcp_free(connect->tcp);
	connect->tcp = NULL;
	if (connect->pending)
		uv_cancel((uv_req_t *)&connect->lookup);
	else
		free_connect(connect);
}

static void
finish(struct dt_tcp_connect *connect, enum dt_net_error error)
{
	dt_tcp_done_fn done = connect->done;
	void *arg = connect->arg;
	uv_tcp_t *tcp = NULL;

	if (error == DT_NET_OK) {
		tcp = connect->tcp;
		connect->tcp = NULL;
	}
	end(connect);
	done(arg, error, tcp);
}

static void try_next(struct dt_tcp_connect *connect);

static void
on_connected(uv_connect_t *request, int status)
{
	struct dt_tcp_connect *connect = request->data;

	connect->pending = false;
	if (connect->over) {
		free_connect(connect);
		return;
	}
	if (status == 0) {
		finish(connect, DT_NET_OK);
		return;
	}
	connect->error = dt_net_error_from_uv(status);
	dt_tcp_free(connect->tcp);
	connect->tcp = NULL;
	try_next(connect);
}

static int
attempt(struct dt_tcp_connect *connect, const struct addrinfo *address)
{
	const struct sockaddr_storage *local = &connect->target.local;
	int rc = uv_tcp_init(dt_loop_uv(connect->loop), connect->tcp);

	if (rc == 0 && connect->target.has_local)
		rc = uv_tcp_bind(
		    connect->tcp, (const struct sockaddr *)local, 0);
	if (rc == 0)
		rc = uv_tcp_connect(&connect->request, connect->tcp,
		    address->ai_addr, on_connected);
	connect->pending = rc == 0;
	return rc;
}

/* Addresses of another IP version than the local one cannot be reached from
 * it. */
static bool
is_usable(const struct dt_tcp_connect *connect, const struct addrinfo *at)
{
	return !connect->target.has_local ||
	       at->ai_family == connect->target.local.ss_family;
}

static void
try_next(struct dt_tcp_connect *connect)
{
	while (connect->next != NULL) {
		struct addrinfo *address = connect->next;
		int rc;

		connect->next = address->ai_next;
		if (!is_usable(connect, address))
			continue;
		connect->tcp = calloc(1, sizeof(*connect->tcp));
		if (connect->tcp == NULL) {
			connect->error = DT_NET_NO_MEMORY;
			break;
		}
		rc = attempt(connect, address);
		if (rc == 0)
			return;
		connect->error = dt_net_error_from_uv(rc);
		dt_tcp_free(connect->tcp);
		connect->tcp = NULL;
	}
	finish(connect, connect->error);
}

static void
on_found(uv_getaddrinfo_t *lookup, int status, struct addrinfo *found)
{
	struct dt_tcp_connect *connect = lookup->data;

	connect->pending = false;
	connect->found = found;
	if (connect->over) {
		free_connect(connect);
		return;
	}
	if (status != 0) {
		finish(connect, dt_net_error_from_uv(status));
		return;
	}
	connect->next = found;
	connect->error = DT_NET_FAMILY_CONFLICT;
	try_next(connect);
}

static void
on_timeout(void *arg)
{
	finish(arg, DT_NET_TIMED_OUT);
}

static struct dt_tcp_connect *
new_connect(struct dt_loop *loop, const struct dt_tcp_target *target)
{
	struct dt_tcp_connect *connect = calloc(1, sizeof(*connect));

	if (connect == NULL)
		return NULL;
	connect->timer = dt_timer_new(loop, on_timeout, connect);
	if (connect->timer == NULL) {
		free(connect);
		return NULL;
	}
	connect->loop = loop;
	connect->target = *target;
	connect->lookup.data = connect;
	connect->request.data = connect;
	return connect;
}

enum dt_net_error
dt_tcp_connect(struct dt_tcp_connect **out, struct dt_loop *loop,
    const struct dt_tcp_target *target, dt_tcp_done_fn done, void *arg)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM,
		.ai_family = dt_address_family(target->type) };
	struct dt_tcp_connect *connect = new_connect(loop, target);
	char port[16];
	int rc;

	if (connect == NULL)
		return DT_NET_NO_MEMORY;
	connect->done = done;
	connect->arg = arg;
	snprintf(port, sizeof(port), "%u", target->port);
	rc = uv_getaddrinfo(dt_loop_uv(loop), &connect->lookup, on_found,
	    target->host, port, &hints);
	if (rc != 0) {
		free_connect(connect);
		/* Else it is no text a name could have. */
		return rc == UV_ENOMEM ? DT_NET_NO_MEMORY
				       : DT_NET_HOST_NOT_FOUND;
	}
	connect->pending = true;
	dt_timer_start(connect->timer, target->patience);
	*out = connect;
	return DT_NET_OK;
}

void
dt_tcp_cancel(struct dt_tcp_connect *connect)
{
	if (connect != NULL)
		end(connect);
}
