/*
 * Making a TCP connection: the peer's name is looked up and its addresses are
 * tried in the order of the answer until one accepts or the time is over.
 */
#ifndef DICOMTLS_NET_TCP_H
#define DICOMTLS_NET_TCP_H

#include "net/address.h"
#include "net/uv_loop.h"

/* Whom to connect to, and from where. */
struct dt_tcp_target {
	const char *host; /* name or numeric address; copied */
	unsigned port;
	enum dt_ip_type type;
	bool has_local;
	struct sockaddr_storage local;
	unsigned patience; /* milliseconds for all of it */
};

struct dt_tcp_connect;

/* Called once. tcp is a connected socket on the heap that the callee now
 * owns, NULL on failure. */
typedef void (*dt_tcp_done_fn)(
    void *arg, enum dt_net_error error, uv_tcp_t *tcp);

/* Another answer than DT_NET_OK (no memory, or text that can be no name): done
 * is not called, and connect is as it was. */
enum dt_net_error dt_tcp_connect(struct dt_tcp_connect **connect,
    struct dt_loop *loop, const struct dt_tcp_target *target,
    dt_tcp_done_fn done, void *arg);
/* Before done was called: it will not be. */
void dt_tcp_cancel(struct dt_tcp_connect *connect);

/* Wraps a connected descriptor, which it takes in any case. */
uv_tcp_t *dt_tcp_adopt(struct dt_loop *loop, int fd);
/* Closes and frees. */
void dt_tcp_free(uv_tcp_t *tcp);

#endif
