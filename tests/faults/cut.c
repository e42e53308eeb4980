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

#include "faults/proxy.h"

#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct cut {
	struct proxy proxy;
	int direction; /* that is cut */
	size_t at;     /* after so many bytes */
} cut;

static enum proxy_step
cut_here(struct proxy *proxy, int from, int to, int direction)
{
	enum proxy_step step;

	if (direction != cut.direction)
		return proxy_pass(proxy, from, to, direction, SIZE_MAX);
	step = proxy_pass(
	    proxy, from, to, direction, cut.at - proxy->passed[direction]);
	return proxy->passed[direction] < cut.at ? step : PROXY_DROP;
}

static L_UINT
route(L_UINT port)
{
	return proxy_start(&cut.proxy, port);
}

/* The default answer of VERIFY does. */
static void
install(struct scene *scene, HDICOMNET net)
{
	(void)scene;
	(void)net;
}

static void
run(struct scene *scene, int direction, size_t at, bool reset)
{
	*scene = (struct scene){ .install = install, .route = route };
	cut = (struct cut){ .proxy = { .move = cut_here,
				.reset = reset,
				.at_once = at == 0 },
		.direction = direction,
		.at = at };
	scene_begin(scene, &scene_good_client, true);
	scene_await(scene, &scene->scu.closed);
	scene_await(scene, &scene->scp.closed);
	scene_finish(scene);
	proxy_join(&cut.proxy);
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
	sizes[TO_SCP] = cut.proxy.passed[TO_SCP];
	sizes[TO_SCU] = cut.proxy.passed[TO_SCU];
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
