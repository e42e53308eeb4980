/* Listening sockets: connections are handed over, running out of descriptors
 * is survived. */
#include "net/listener.h"

#include <criterion/criterion.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

struct post {
	struct dt_work work;
	struct dt_work stop;
	struct dt_loop *loop;
	struct dt_listener *listener;
	int fd;
	unsigned port;
	bool free_at_once; /* inside the first call */

	pthread_mutex_t lock;
	pthread_cond_t changed;
	unsigned accepted;
	unsigned failed;
	enum dt_net_error error;
};

static void
on_incoming(void *arg, int fd, enum dt_net_error error)
{
	struct post *post = arg;

	pthread_mutex_lock(&post->lock);
	if (fd >= 0) {
		post->accepted++;
	} else {
		post->failed++;
		post->error = error;
	}
	pthread_cond_broadcast(&post->changed);
	pthread_mutex_unlock(&post->lock);
	dt_socket_close(fd);
	if (post->free_at_once)
		dt_listener_free(post->listener);
}

static void
await(struct post *post, const unsigned *count, unsigned wanted)
{
	pthread_mutex_lock(&post->lock);
	while (*count < wanted)
		pthread_cond_wait(&post->changed, &post->lock);
	pthread_mutex_unlock(&post->lock);
}

static void
run_start(struct dt_work *work)
{
	struct post *post = (struct post *)(void *)work;

	post->listener =
	    dt_listener_new(post->loop, post->fd, on_incoming, post);
}

static void
run_stop(struct dt_work *work)
{
	struct post *post =
	    (struct post *)(void *)((char *)work - offsetof(struct post, stop));

	dt_listener_free(post->listener);
}

static void
begin(struct post *post)
{
	struct sockaddr_storage address;
	struct dt_endpoint bound;

	*post = (struct post){ .work = { .run = run_start },
		.stop = { .run = run_stop } };
	pthread_mutex_init(&post->lock, NULL);
	pthread_cond_init(&post->changed, NULL);
	cr_assert_eq(dt_address_local(&address, "127.0.0.1", 0, DT_IP_V4), 0);
	cr_assert_eq(dt_socket_listen(&post->fd, &bound, &address, 20), 0);
	post->port = bound.port;
	cr_assert_eq(dt_loops_start(), 0);
	post->loop = dt_loop_pick();
	cr_assert(dt_loop_post(post->loop, &post->work));
}

static void
end(struct post *post)
{
	cr_assert(dt_loop_post(post->loop, &post->stop));
	dt_loops_stop();
}

static int
try_to_connect(const struct post *post, int fd)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)post->port),
		.sin_addr = { htonl(INADDR_LOOPBACK) } };

	return connect(fd, (struct sockaddr *)&address, sizeof(address));
}

static void
connect_to(const struct post *post, int fd)
{
	cr_assert_eq(try_to_connect(post, fd), 0);
}

TestSuite(listener, .timeout = 120);

Test(listener, hands_over_each_connection)
{
	struct post post;
	int fds[20];

	begin(&post);
	for (size_t i = 0; i < 20; i++) {
		fds[i] = socket(AF_INET, SOCK_STREAM, 0);
		connect_to(&post, fds[i]);
	}
	await(&post, &post.accepted, 20);
	cr_expect_eq(post.failed, 0);
	for (size_t i = 0; i < 20; i++)
		close(fds[i]);
	end(&post);
}

/* The connection waits until there are descriptors again. */
Test(listener, runs_out_of_descriptors_and_goes_on)
{
	struct post post;
	struct rlimit before, none;
	int fd, lowest;

	begin(&post);
	fd = socket(AF_INET, SOCK_STREAM, 0);
	lowest = dup(fd);
	close(lowest);
	cr_assert_eq(getrlimit(RLIMIT_NOFILE, &before), 0);
	none = before;
	none.rlim_cur = (rlim_t)lowest;
	cr_assert_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
	connect_to(&post, fd);
	await(&post, &post.failed, 1);
	cr_expect_eq(post.error, DT_NET_NO_BUFFERS);
	cr_expect_eq(post.accepted, 0);
	cr_assert_eq(setrlimit(RLIMIT_NOFILE, &before), 0);
	await(&post, &post.accepted, 1);
	close(fd);
	end(&post);
}

Test(listener, may_be_freed_when_it_reports)
{
	struct post post;
	int fds[2];

	begin(&post);
	post.free_at_once = true;
	for (size_t i = 0; i < 2; i++)
		fds[i] = socket(AF_INET, SOCK_STREAM, 0);
	connect_to(&post, fds[0]);
	/* Refused if the listener is gone already. */
	try_to_connect(&post, fds[1]);
	await(&post, &post.accepted, 1);
	dt_loops_stop(); /* returns when the listener is gone */
	cr_expect_eq(post.accepted, 1);
	close(fds[0]);
	close(fds[1]);
}

/* socket(2): EMFILE. */
Test(listener, without_a_descriptor_nothing_listens)
{
	struct sockaddr_storage address;
	struct dt_endpoint bound = { "kept", 7 };
	struct rlimit before, none;
	int fd = -5, lowest = dup(0);

	close(lowest);
	cr_assert_eq(dt_address_local(&address, "127.0.0.1", 0, DT_IP_V4), 0);
	cr_assert_eq(getrlimit(RLIMIT_NOFILE, &before), 0);
	none = before;
	none.rlim_cur = (rlim_t)lowest;
	cr_assert_eq(setrlimit(RLIMIT_NOFILE, &none), 0);
	cr_expect_eq(
	    dt_socket_listen(&fd, &bound, &address, 1), DT_NET_NO_BUFFERS);
	cr_assert_eq(setrlimit(RLIMIT_NOFILE, &before), 0);
	cr_expect_eq(fd, -5);
	cr_expect_str_eq(bound.address, "kept");
}

Test(listener, a_backlog_of_none_is_the_systems)
{
	struct sockaddr_storage address;
	struct dt_endpoint bound, host = { "", 0 }, peer = { "", 0 };
	int fd = -1;

	cr_assert_eq(dt_address_local(&address, "127.0.0.1", 0, DT_IP_V4), 0);
	cr_assert_eq(dt_socket_listen(&fd, &bound, &address, 0), DT_NET_OK);
	dt_socket_endpoints(fd, &host, &peer);
	cr_expect_eq(host.port, bound.port);
	cr_expect_eq(peer.port, 0, "a listener has no peer");
	dt_socket_close(fd);
	dt_socket_close(-1);
}
