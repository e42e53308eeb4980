/*
 * A listening socket. It is opened on the caller's thread, so that the caller
 * learns its port or why there is none; connections are then reported on the
 * thread of its loop.
 */
#ifndef DICOMTLS_NET_LISTENER_H
#define DICOMTLS_NET_LISTENER_H

#include "net/address.h"
#include "net/loop.h"

struct dt_listener;

/* A connection waits: fd belongs to the callee, who gives it to
 * dt_transport_adopt or closes it with dt_socket_close. -1: error. */
typedef void (*dt_incoming_fn)(void *arg, int fd, enum dt_net_error error);

/* Opens the socket; bound receives the address and the port chosen. */
enum dt_net_error dt_socket_listen(int *fd, struct dt_endpoint *bound,
    const struct sockaddr_storage *address, int backlog);
void dt_socket_close(int fd);
/* Both ends of a connected socket. */
void dt_socket_endpoints(
    int fd, struct dt_endpoint *host, struct dt_endpoint *peer);

/* On the thread of loop. Takes fd, also when it fails (NULL: no memory). */
struct dt_listener *dt_listener_new(
    struct dt_loop *loop, int fd, dt_incoming_fn incoming, void *arg);
/* No call follows. */
void dt_listener_free(struct dt_listener *listener);

#endif
