/*
 * How a byte stream ends: time-outs, lingering, the last read before a reset
 * is reported. The transport runs on a loop of the pool; its peer is a
 * blocking socket in the hands of the test, and TLS is scripted_tls.h.
 *
 * Nothing here waits for time to pass. A limit that is to be reached is one
 * millisecond, and the test waits for the event; a limit that must not decide
 * is NEVER, and dt_loops_stop, which returns when the last transport is gone,
 * would hang on it.
 */
#include "net/listener.h"
#include "net/tcp.h"
#include "net/transport.h"

#include "base/limits.h"
#include "scripted_tls.h"

#include <criterion/criterion.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#define NEVER (600u * 1000)
#define AT_ONCE 1u

/* One transport and what is told about it. */
struct stage {
	struct dt_work work;
	struct dt_loop *loop;
	struct dt_tls_setup *setup;
	struct dt_patience patience;
	struct dt_socket_options options;
	struct dt_tcp_target target;
	int fd; /* to adopt; -1: connect to target */
	struct dt_transport *transport;

	int listener;
	int peer;

	pthread_mutex_t lock;
	pthread_cond_t changed;
	char trace[128]; /* c: connected, s: secured, r: received, w: sent */
	bool over;
	enum dt_net_error error; /* of the last event */
	int alert_received;
	bool unheard;

	const char *to_write; /* once secured */
	bool pause;	      /* before writing, until let_go */
	bool paused;
	bool let_go;
	bool close; /* once secured */
	bool at_once;
};

static void
announce(struct stage *stage, bool *flag)
{
	pthread_mutex_lock(&stage->lock);
	*flag = true;
	pthread_cond_broadcast(&stage->changed);
	pthread_mutex_unlock(&stage->lock);
}

static void
await(struct stage *stage, const bool *flag)
{
	pthread_mutex_lock(&stage->lock);
	while (!*flag)
		pthread_cond_wait(&stage->changed, &stage->lock);
	pthread_mutex_unlock(&stage->lock);
}

static void
note(struct stage *stage, char event)
{
	size_t used = strlen(stage->trace);

	if (used < sizeof(stage->trace) - 1)
		stage->trace[used] = event;
}

/* The last event: closes, as every owner does. */
static void
finish(struct stage *stage, enum dt_net_error error)
{
	struct tls_failure failure;

	stage->error = error;
	stage->alert_received = -1;
	if (dt_transport_failure(stage->transport, &failure))
		stage->alert_received = failure.alert_received;
	stage->unheard = dt_transport_was_unheard(stage->transport);
	dt_transport_close(stage->transport, stage->at_once);
	announce(stage, &stage->over);
}

static void
on_connected(void *arg, enum dt_net_error error)
{
	note(arg, 'c');
	if (error != DT_NET_OK)
		finish(arg, error);
}

static void
on_secured(void *arg, enum dt_net_error error)
{
	struct stage *stage = arg;

	note(stage, 's');
	if (error != DT_NET_OK) {
		finish(stage, error);
		return;
	}
	if (stage->pause) {
		announce(stage, &stage->paused);
		await(stage, &stage->let_go);
	}
	if (stage->to_write != NULL)
		dt_transport_write(stage->transport,
		    dt_span(stage->to_write, strlen(stage->to_write)), 1);
	if (stage->close)
		finish(stage, DT_NET_OK);
}

static void
on_received(void *arg, struct dt_span bytes)
{
	(void)bytes;
	note(arg, 'r');
}

static void
on_sent(void *arg, unsigned tag, size_t size)
{
	(void)tag;
	(void)size;
	note(arg, 'w');
}

static void
on_closed(void *arg, enum dt_net_error error)
{
	note(arg, 'x');
	finish(arg, error);
}

static const struct dt_transport_events events = {
	.connected = on_connected,
	.secured = on_secured,
	.received = on_received,
	.sent = on_sent,
	.closed = on_closed,
};

static void
run_start(struct dt_work *work)
{
	struct stage *stage = (struct stage *)(void *)work;

	stage->transport = dt_transport_new(
	    stage->loop, stage->setup, &stage->patience, &events, stage);
	dt_transport_set_socket(stage->transport, &stage->options);
	if (stage->fd >= 0)
		dt_transport_adopt(stage->transport, stage->fd);
	else
		dt_transport_connect(stage->transport, &stage->target);
}

/* Opens the peer's listener and makes the pool. */
static void
set(struct stage *stage)
{
	struct sockaddr_storage address;
	struct dt_endpoint bound;

	*stage = (struct stage){ .work = { .run = run_start },
		.patience = { NEVER, NEVER, NEVER, NEVER, 0 },
		.options = DT_SOCKET_DEFAULT,
		.fd = -1,
		.peer = -1 };
	pthread_mutex_init(&stage->lock, NULL);
	pthread_cond_init(&stage->changed, NULL);
	cr_assert_eq(dt_address_local(&address, "127.0.0.1", 0, DT_IP_V4), 0);
	cr_assert_eq(
	    dt_socket_listen(&stage->listener, &bound, &address, 1), 0);
	stage->target =
	    (struct dt_tcp_target){ .host = "127.0.0.1", .port = bound.port };
	cr_assert_eq(
	    dt_tls_setup_new(&stage->setup, &scripted_tls, NULL, NULL), 0);
	cr_assert_eq(dt_loops_start(), 0);
	stage->loop = dt_loop_pick();
}

static int
accept_blocking(int listener)
{
	struct pollfd wait = { .fd = listener, .events = POLLIN };

	/* The listener itself does not block. */
	poll(&wait, 1, -1);
	return accept4(listener, NULL, NULL, SOCK_CLOEXEC);
}

static int
connect_to(unsigned port)
{
	struct sockaddr_in address = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr = { htonl(INADDR_LOOPBACK) } };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	cr_assert_eq(
	    connect(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	return fd;
}

static void
start(struct stage *stage)
{
	cr_assert(dt_loop_post(stage->loop, &stage->work));
}

static void
start_client(struct stage *stage)
{
	start(stage);
	stage->peer = accept_blocking(stage->listener);
}

static void
start_server(struct stage *stage)
{
	stage->peer = connect_to(stage->target.port);
	stage->fd = accept_blocking(stage->listener);
	start(stage);
}

/* Returns when the transport is gone; the peer need not be. */
static void
strike(struct stage *stage)
{
	await(stage, &stage->over);
	dt_loops_stop();
	dt_tls_setup_free(stage->setup);
	close(stage->listener);
}

static void
say(const struct stage *stage, const char *text)
{
	cr_assert_eq(send(stage->peer, text, strlen(text), MSG_NOSIGNAL),
	    (ssize_t)strlen(text));
}

/* What the peer reads until the end of stream; "?" after an error. */
static void
expect_last_words(const struct stage *stage, const char *want)
{
	char got[64] = "";
	size_t used = 0;
	ssize_t n;

	while (used < sizeof(got) - 1 &&
	       (n = recv(stage->peer, got + used, sizeof(got) - 1 - used, 0)) !=
		   0) {
		if (n < 0)
			strcpy(got + used, "?");
		used = strlen(got);
		if (n < 0)
			break;
	}
	cr_expect_str_eq(got, want);
}

/* True if the peer's socket was reset since it was last asked. */
static bool
was_reset(const struct stage *stage)
{
	int code = 0;
	socklen_t size = sizeof(code);

	getsockopt(stage->peer, SOL_SOCKET, SO_ERROR, &code, &size);
	return code != 0;
}

/* Closes the peer's socket with a reset instead of an end of stream. */
static void
reset(const struct stage *stage)
{
	struct linger hard = { .l_onoff = 1, .l_linger = 0 };

	setsockopt(stage->peer, SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
	close(stage->peer);
}

TestSuite(transport, .timeout = 120);

Test(transport, a_peer_that_does_not_answer_ends_the_connecting)
{
	struct stage stage;
	int first;

	set(&stage);
	/* A backlog of none has room for one; Linux then drops what asks for
	 * a connection. */
	cr_assert_eq(listen(stage.listener, 0), 0);
	first = connect_to(stage.target.port);
	stage.patience.connect = AT_ONCE;
	start(&stage);
	strike(&stage);
	cr_expect_str_eq(stage.trace, "c");
	cr_expect_eq(stage.error, DT_NET_TIMED_OUT);
	close(first);
}

Test(transport, a_silent_server_ends_the_handshake)
{
	struct stage stage;

	set(&stage);
	stage.patience.handshake = AT_ONCE;
	start_client(&stage);
	strike(&stage);
	cr_expect_str_eq(stage.trace, "cs");
	cr_expect_eq(stage.error, DT_NET_TIMED_OUT);
	expect_last_words(&stage, "h");
	close(stage.peer);
}

Test(transport, a_silent_client_ends_the_handshake)
{
	struct stage stage;

	set(&stage);
	stage.patience.handshake = AT_ONCE;
	start_server(&stage);
	strike(&stage);
	cr_expect_str_eq(stage.trace, "s");
	cr_expect_eq(stage.error, DT_NET_TIMED_OUT);
	expect_last_words(&stage, "");
	close(stage.peer);
}

/* What the peer sends after it was refused does not cost it the alert: our
 * direction is closed, its bytes are taken until it closes too. */
Test(transport, an_alert_reaches_a_peer_that_goes_on_talking)
{
	static const char more[64 * 1024];
	struct stage stage;

	set(&stage);
	start_server(&stage);
	say(&stage, "F");
	expect_last_words(&stage, "!");
	cr_expect_eq(send(stage.peer, more, sizeof(more), MSG_NOSIGNAL),
	    (ssize_t)sizeof(more));
	shutdown(stage.peer, SHUT_WR);
	strike(&stage);
	cr_expect_str_eq(stage.trace, "s");
	cr_expect_eq(stage.error, DT_NET_TLS);
	cr_expect_not(was_reset(&stage));
	close(stage.peer);
}

Test(transport, an_alert_is_waited_for_when_closing_at_once)
{
	struct stage stage;

	set(&stage);
	stage.at_once = true;
	start_server(&stage);
	say(&stage, "F");
	expect_last_words(&stage, "!");
	say(&stage, "more");
	shutdown(stage.peer, SHUT_WR);
	strike(&stage);
	cr_expect_not(was_reset(&stage));
	close(stage.peer);
}

Test(transport, a_peer_that_does_not_close_is_left_after_a_time)
{
	struct stage stage;

	set(&stage);
	stage.patience.linger = AT_ONCE;
	start_server(&stage);
	say(&stage, "F");
	strike(&stage); /* while the peer's end is still open */
	expect_last_words(&stage, "!");
	close(stage.peer);
}

Test(transport, a_peer_that_floods_is_left_after_a_megabyte)
{
	static const char flood[64 * 1024];
	struct stage stage;
	size_t sent = 0;
	ssize_t n;

	set(&stage);
	start_server(&stage);
	say(&stage, "F");
	while ((n = send(stage.peer, flood, sizeof(flood), MSG_NOSIGNAL)) > 0)
		sent += (size_t)n;
	cr_expect_gt(sent, DT_LINGER_BYTES);
	strike(&stage);
	close(stage.peer);
}

Test(transport, a_close_says_goodbye_after_what_was_written)
{
	struct stage stage;

	set(&stage);
	stage.to_write = "last";
	stage.close = true;
	start_server(&stage);
	say(&stage, "H");
	expect_last_words(&stage, "lastc");
	shutdown(stage.peer, SHUT_WR);
	strike(&stage);
	cr_expect_not(was_reset(&stage));
	close(stage.peer);
}

Test(transport, a_close_at_once_waits_for_nobody)
{
	struct stage stage;

	set(&stage);
	stage.close = true;
	stage.at_once = true;
	start_server(&stage);
	say(&stage, "H");
	strike(&stage);
	expect_last_words(&stage, "");
	close(stage.peer);
}

/* Leads a client to the moment before its write, resets the connection after
 * these last bytes of the peer, and lets it write. */
static void
write_into_reset(struct stage *stage, const char *last)
{
	set(stage);
	stage->to_write = "request";
	stage->pause = true;
	start_client(stage);
	say(stage, "H");
	await(stage, &stage->paused);
	say(stage, last);
	reset(stage);
	announce(stage, &stage->let_go);
	strike(stage);
	cr_expect_str_eq(stage->trace, "csx");
}

Test(transport, a_failed_write_is_explained_by_a_waiting_alert)
{
	struct stage stage;

	write_into_reset(&stage, "A");
	cr_expect_eq(stage.error, DT_NET_TLS);
	cr_expect_eq(stage.alert_received, 48);
}

Test(transport, a_failed_write_without_an_alert_is_a_reset)
{
	struct stage stage;

	write_into_reset(&stage, "");
	cr_expect_eq(stage.error, DT_NET_RESET);
	cr_expect_eq(stage.alert_received, -1);
}

/* A peer of another protocol takes our first bytes and leaves, or leaves them
 * unread. */
Test(transport, a_peer_that_leaves_without_a_byte_is_told_apart)
{
	struct stage stage;

	set(&stage);
	start_client(&stage);
	shutdown(stage.peer, SHUT_WR);
	strike(&stage);
	cr_expect_eq(stage.error, DT_NET_ABORTED);
	cr_expect(stage.unheard);
	close(stage.peer);
}

Test(transport, a_peer_that_resets_without_a_byte_too)
{
	struct stage stage;
	char hello;

	set(&stage);
	start_client(&stage);
	/* Else the reset could come before the connection is known. */
	cr_assert_eq(recv(stage.peer, &hello, 1, 0), 1);
	reset(&stage);
	strike(&stage);
	cr_expect_eq(stage.error, DT_NET_RESET);
	cr_expect(stage.unheard);
}

Test(transport, one_that_answered_spoke_tls)
{
	struct stage stage;

	set(&stage);
	start_client(&stage);
	say(&stage, "A");
	close(stage.peer);
	strike(&stage);
	cr_expect_eq(stage.error, DT_NET_TLS);
	cr_expect_not(stage.unheard);
}

static int
option_of(int fd, int level, int name)
{
	int value = -1;
	socklen_t size = sizeof(value);

	getsockopt(fd, level, name, &value, &size);
	return value;
}

/* Linux gives twice the size that was asked for, for its own book-keeping. */
Test(transport, socket_options_reach_the_socket)
{
	struct stage stage;

	set(&stage);
	stage.pause = true;
	stage.close = true;
	stage.options = (struct dt_socket_options){ 50000, 60000, false };
	start_server(&stage);
	say(&stage, "H");
	await(&stage, &stage.paused);
	cr_expect_eq(option_of(stage.fd, SOL_SOCKET, SO_SNDBUF), 100000);
	cr_expect_eq(option_of(stage.fd, SOL_SOCKET, SO_RCVBUF), 120000);
	cr_expect_eq(option_of(stage.fd, IPPROTO_TCP, TCP_NODELAY), 0);
	announce(&stage, &stage.let_go);
	close(stage.peer);
	strike(&stage);
}

Test(transport, without_options_small_messages_go_out_at_once)
{
	struct stage stage;

	set(&stage);
	stage.pause = true;
	stage.close = true;
	start_server(&stage);
	say(&stage, "H");
	await(&stage, &stage.paused);
	cr_expect_eq(option_of(stage.fd, IPPROTO_TCP, TCP_NODELAY), 1);
	announce(&stage, &stage.let_go);
	close(stage.peer);
	strike(&stage);
}

/* RFC 8446 6.1: an end without close_notify is a truncation. */
Test(transport, an_end_without_close_notify_is_a_truncation)
{
	struct stage stage;

	set(&stage);
	start_server(&stage);
	say(&stage, "Hdata");
	close(stage.peer);
	strike(&stage);
	cr_expect_str_eq(stage.trace, "srrrrx");
	cr_expect_eq(stage.error, DT_NET_TRUNCATED);
}

Test(transport, a_close_notify_is_a_good_end)
{
	struct stage stage;

	set(&stage);
	start_server(&stage);
	say(&stage, "HC");
	strike(&stage);
	cr_expect_str_eq(stage.trace, "sx");
	cr_expect_eq(stage.error, DT_NET_OK);
	close(stage.peer);
}
