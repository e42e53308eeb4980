/* Between two ends; see proxy.h. */
#include "faults/proxy.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

static struct sockaddr_in
loopback(L_UINT port)
{
	return (struct sockaddr_in){ .sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr = { htonl(INADDR_LOOPBACK) } };
}

enum proxy_step
proxy_pass(struct proxy *proxy, int from, int to, int direction, size_t most)
{
	char bytes[4096];
	ssize_t n =
	    recv(from, bytes, most < sizeof(bytes) ? most : sizeof(bytes), 0);

	if (n == 0 && shutdown(to, SHUT_WR) == 0)
		return PROXY_OVER;
	if (n <= 0 || send(to, bytes, (size_t)n, MSG_NOSIGNAL) != n)
		return PROXY_DROP;
	proxy->passed[direction] += (size_t)n;
	return PROXY_GO_ON;
}

static void
run(struct proxy *proxy, int scu, int scp)
{
	struct pollfd ends[] = { { .fd = scu, .events = POLLIN },
		{ .fd = scp, .events = POLLIN } };
	bool over[DIRECTIONS] = { false, false };

	while (!over[TO_SCP] || !over[TO_SCU]) {
		poll(ends, 2, -1);
		for (int i = 0; i < DIRECTIONS; i++) {
			enum proxy_step step = PROXY_GO_ON;

			if (ends[i].revents != 0)
				step = proxy->move(
				    proxy, ends[i].fd, i == 0 ? scp : scu, i);
			if (step == PROXY_DROP)
				return;
			if (step != PROXY_OVER)
				continue;
			over[i] = true;
			ends[i].fd = -1 - ends[i].fd;
		}
	}
}

static void
drop(int fd, bool reset)
{
	const struct linger hard = { .l_onoff = 1, .l_linger = 0 };

	if (reset)
		setsockopt(fd, SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
	close(fd);
}

static void *
run_proxy(void *arg)
{
	struct proxy *proxy = arg;
	struct sockaddr_in address = loopback(proxy->target);
	int scu = accept(proxy->listener, NULL, NULL);
	int scp = socket(AF_INET, SOCK_STREAM, 0);

	if (connect(scp, (struct sockaddr *)&address, sizeof(address)) == 0 &&
	    !proxy->at_once)
		run(proxy, scu, scp);
	drop(scu, proxy->reset);
	drop(scp, proxy->reset);
	close(proxy->listener);
	return NULL;
}

L_UINT
proxy_start(struct proxy *proxy, L_UINT port)
{
	struct sockaddr_in address = loopback(0);
	socklen_t size = sizeof(address);

	proxy->target = port;
	proxy->listener = socket(AF_INET, SOCK_STREAM, 0);
	if (bind(proxy->listener, (struct sockaddr *)&address,
		sizeof(address)) != 0 ||
	    listen(proxy->listener, 1) != 0)
		return 0;
	getsockname(proxy->listener, (struct sockaddr *)&address, &size);
	pthread_create(&proxy->thread, NULL, run_proxy, proxy);
	return ntohs(address.sin_port);
}

void
proxy_join(struct proxy *proxy)
{
	pthread_join(proxy->thread, NULL);
}
