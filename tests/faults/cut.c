/*
 * A connection that is cut after so many bytes of the handshake, of the
 * association, of the release, in either direction, by an end of stream or a
 * reset. Whatever was under way: each end hears of the handshake once and of
 * the end once, the next connection is made, no descriptor is left.
 *
 * The argument is the step between the places that are cut, 1 for every byte.
 * A plain program, for sanitizers too.
 */
#include "scene.h"

#include <dirent.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum { TO_SCP, TO_SCU, DIRECTIONS };

/* Between the two ends; one at a time. */
static struct proxy {
	pthread_t thread;
	int listener;
	L_UINT target;
	int direction; /* that is cut */
	size_t cut;    /* after so many bytes */
	bool reset;
	size_t passed[DIRECTIONS];
} proxy;

static struct sockaddr_in
loopback(L_UINT port)
{
	return (struct sockaddr_in){ .sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr = { htonl(INADDR_LOOPBACK) } };
}

/* Forwards what there is; false when the connection is over or to be cut. */
static bool
forward(int from, int to, int direction)
{
	char bytes[4096];
	size_t left = sizeof(bytes);
	ssize_t n;

	if (direction == proxy.direction &&
	    proxy.cut - proxy.passed[direction] < left)
		left = proxy.cut - proxy.passed[direction];
	n = recv(from, bytes, left, 0);
	if (n == 0)
		return shutdown(to, SHUT_WR) == 0;
	if (n < 0 || send(to, bytes, (size_t)n, MSG_NOSIGNAL) != n)
		return false;
	proxy.passed[direction] += (size_t)n;
	return direction != proxy.direction ||
	       proxy.passed[direction] < proxy.cut;
}

static void
pass(int scu, int scp)
{
	struct pollfd ends[] = { { .fd = scu, .events = POLLIN },
		{ .fd = scp, .events = POLLIN } };
	bool over[DIRECTIONS] = { false, false };

	while (!over[TO_SCP] || !over[TO_SCU]) {
		poll(ends, 2, -1);
		for (int i = 0; i < DIRECTIONS; i++) {
			size_t before = proxy.passed[i];

			if (ends[i].revents == 0)
				continue;
			if (!forward(ends[i].fd, ends[1 - i].fd, i))
				return;
			over[i] = proxy.passed[i] == before;
			if (over[i])
				ends[i].fd = -1 - ends[i].fd;
		}
	}
}

static void
drop(int fd)
{
	const struct linger hard = { .l_onoff = 1, .l_linger = 0 };

	if (proxy.reset)
		setsockopt(fd, SOL_SOCKET, SO_LINGER, &hard, sizeof(hard));
	close(fd);
}

static void *
run_proxy(void *arg)
{
	struct sockaddr_in address = loopback(proxy.target);
	int scu = accept(proxy.listener, NULL, NULL);
	int scp = socket(AF_INET, SOCK_STREAM, 0);

	(void)arg;
	if (connect(scp, (struct sockaddr *)&address, sizeof(address)) == 0 &&
	    proxy.cut > 0)
		pass(scu, scp);
	drop(scu);
	drop(scp);
	close(proxy.listener);
	return NULL;
}

static L_UINT
route(L_UINT port)
{
	struct sockaddr_in address = loopback(0);
	socklen_t size = sizeof(address);

	proxy.target = port;
	proxy.listener = socket(AF_INET, SOCK_STREAM, 0);
	if (bind(proxy.listener, (struct sockaddr *)&address,
		sizeof(address)) != 0 ||
	    listen(proxy.listener, 1) != 0)
		return 0;
	getsockname(proxy.listener, (struct sockaddr *)&address, &size);
	pthread_create(&proxy.thread, NULL, run_proxy, NULL);
	return ntohs(address.sin_port);
}

/* The default answer of VERIFY does. */
static void
install(struct scene *scene, HDICOMNET net)
{
	(void)scene;
	(void)net;
}

static void
run(struct scene *scene, int direction, size_t cut, bool reset)
{
	*scene = (struct scene){ .install = install, .route = route };
	proxy = (struct proxy){
		.direction = direction, .cut = cut, .reset = reset
	};
	scene_begin(scene, &scene_good_client, true);
	scene_await(scene, &scene->scu.closed);
	scene_await(scene, &scene->scp.closed);
	scene_finish(scene);
	pthread_join(proxy.thread, NULL);
}

static int
open_files(void)
{
	DIR *dir = opendir("/proc/self/fd");
	int count = 0;

	while (dir != NULL && readdir(dir) != NULL)
		count++;
	if (dir != NULL)
		closedir(dir);
	return count;
}

/* A reset may come before the connection is known to be made. */
static bool
is_told_once(const struct end *end)
{
	if (end->connect_error != 0)
		return end->readies == 0 && end->closes == 0;
	return end->readies == 1 && end->closes == 1;
}

/* How many of the cut connections went wrong. */
static unsigned
cut_all(int direction, size_t size, size_t step, bool reset)
{
	unsigned wrong = 0;

	for (size_t at = 0; at < size; at += step) {
		struct scene scene;

		run(&scene, direction, at, reset);
		if (is_told_once(&scene.scu) && is_told_once(&scene.scp))
			continue;
		wrong++;
		printf("# cut %zu: SCU %u/%u, SCP %u/%u\n", at,
		    scene.scu.readies, scene.scu.closes, scene.scp.readies,
		    scene.scp.closes);
	}
	return wrong;
}

int
main(int argc, char **argv)
{
	const size_t step = argc > 1 ? strtoul(argv[1], NULL, 10) : 67;
	size_t sizes[DIRECTIONS];
	unsigned wrong[DIRECTIONS][2];
	struct scene scene;
	int files;

	alarm(1200);
	if (step == 0 || !scene_prepare())
		return 2;
	run(&scene, TO_SCP, SIZE_MAX, false);
	check(scene.echoed, "a connection that is not cut works");
	sizes[TO_SCP] = proxy.passed[TO_SCP];
	sizes[TO_SCU] = proxy.passed[TO_SCU];
	files = open_files();
	check_quietly();
	for (int i = 0; i < DIRECTIONS; i++)
		for (int k = 0; k < 2; k++)
			wrong[i][k] = cut_all(i, sizes[i], step, k == 1);
	check_loudly();
	printf("# %zu and %zu bytes, cut every %zu\n", sizes[TO_SCP],
	    sizes[TO_SCU], step);
	check_number(wrong[TO_SCP][0], 0, "cut on the way to the SCP");
	check_number(wrong[TO_SCP][1], 0, "reset on the way to the SCP");
	check_number(wrong[TO_SCU][0], 0, "cut on the way to the SCU");
	check_number(wrong[TO_SCU][1], 0, "reset on the way to the SCU");
	run(&scene, TO_SCP, SIZE_MAX, false);
	check(scene.echoed, "afterwards a connection works as before");
	check_number(open_files(), files, "no descriptor is left");
	scene_clean_up();
	return check_end();
}
