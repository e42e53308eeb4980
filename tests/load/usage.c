/* Descriptors, memory and processors of this process; see usage.h. */
#include "load/usage.h"

#include <fcntl.h>
#include <malloc.h>
#include <sched.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

/* No test opens more. */
#define MOST_FILES 8192

/* One by one: a directory of /proc would take a descriptor itself, whose number
 * a loop thread may have closed without ThreadSanitizer's knowledge. */
int
usage_files(void)
{
	struct rlimit limit = { 0 };
	int count = 0;

	getrlimit(RLIMIT_NOFILE, &limit);
	for (int fd = 0; fd < (int)limit.rlim_max && fd < MOST_FILES; fd++)
		count += fcntl(fd, F_GETFD) >= 0;
	return count;
}

/* The loop threads close in their own time; there is no call that tells. */
void
usage_await_files(int files)
{
	for (int i = 0; i < 20000 && usage_files() > files; i++)
		sched_yield();
}

size_t
usage_resident(void)
{
	FILE *file;
	size_t pages = 0;

#ifdef __GLIBC__
	malloc_trim(0);
#endif
	file = fopen("/proc/self/statm", "r");
	if (file == NULL)
		return 0;
	if (fscanf(file, "%*s %zu", &pages) != 1)
		pages = 0;
	fclose(file);
	return pages * (size_t)sysconf(_SC_PAGESIZE);
}

unsigned long
usage_allow_files(unsigned long wanted)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		return 0;
	if (limit.rlim_cur < wanted) {
		limit.rlim_cur = wanted;
		if (limit.rlim_cur > limit.rlim_max)
			limit.rlim_cur = limit.rlim_max;
		setrlimit(RLIMIT_NOFILE, &limit);
	}
	return limit.rlim_cur;
}

int
usage_take_two_cores(void)
{
	cpu_set_t all, two;
	int taken = 0;

	CPU_ZERO(&two);
	if (sched_getaffinity(0, sizeof(all), &all) != 0)
		return 0;
	for (size_t i = 0; i < CPU_SETSIZE && taken < 2; i++) {
		if (!CPU_ISSET(i, &all))
			continue;
		CPU_SET(i, &two);
		taken++;
	}
	sched_setaffinity(0, sizeof(two), &two);
	return taken;
}
