/*
 * Many associations over TLS, at once and one after the other, on one SCP
 * with two processors: none is lost, what an idle one costs in memory is
 * measured and bounded, and afterwards descriptors and memory are what they
 * were.
 *
 * The SCUs live in a process of their own, so that the SCP's alone is
 * measured. LOAD=small in the environment: few of each, for make check.
 */
#include "load/ends.h"
#include "load/usage.h"
#include "support/heap.h"

#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * What an idle association may cost the SCP, in bytes: handle, TLS context of
 * its own with certificate, key and anchor (the contract gives each handle
 * one), GnuTLS session, read buffer of 16 KiB and the two association
 * objects. What is measured (doc/load.md), and a third more for other versions
 * of GnuTLS and allocators.
 */
#define MOST_PER_ASSOCIATION (64 * 1024)

/* Growth that is no leak: tables that double with the most there ever was.
 * libuv has one of pointers by descriptor for each of four loops, the library
 * one of handles and one of a listener's peers. */
#define SLACK 4096
#define SLACK_PER_ASSOCIATION (2 * (4 * 8 + 24 + 8))

/* SCUs that connect at the same time: more handshakes at once would only wait
 * for each other, in the end for longer than the patience of a handshake. */
#define WINDOW 32

static struct sizes {
	unsigned long concurrent, sequential;
} sizes = { 1000, 10000 };

/* From the SCP's process to the SCUs' and back. */
struct order {
	char what; /* 'h'old, 'e'cho on all held, 'r'elease them, 's'equence,
		    * 'q'uit */
	unsigned long count;
};

struct report {
	unsigned long good, lost;
};

/* ----------------------------------------------------- the SCUs' process -- */

static struct crowd crowd = { .secure = true };
static struct scu *held;
static unsigned long held_count;

static void
hold(unsigned long number, struct report *report)
{
	held = calloc(number, sizeof(*held));
	held_count = number;
	crowd.echoes = crowd.over = crowd.lost = 0;
	for (unsigned long i = 0; held != NULL && i < number; i++) {
		scu_start(&held[i], &crowd, SCU_HOLDS);
		pthread_mutex_lock(&crowd.lock);
		while (crowd.echoes + crowd.over + WINDOW < i)
			pthread_cond_wait(&crowd.changed, &crowd.lock);
		pthread_mutex_unlock(&crowd.lock);
		progress("concurrent associations", i + 1, number);
	}
	pthread_mutex_lock(&crowd.lock);
	while (crowd.echoes + crowd.over < number)
		pthread_cond_wait(&crowd.changed, &crowd.lock);
	report->good = crowd.echoes;
	report->lost = crowd.over;
	pthread_mutex_unlock(&crowd.lock);
}

static void
echo_all(struct report *report)
{
	for (unsigned long i = 0; i < held_count; i++)
		scu_echo(&held[i]);
	pthread_mutex_lock(&crowd.lock);
	while (crowd.echoes + crowd.over < 2 * held_count)
		pthread_cond_wait(&crowd.changed, &crowd.lock);
	report->good = crowd.echoes - held_count;
	report->lost = crowd.over;
	pthread_mutex_unlock(&crowd.lock);
}

static void
release_all(struct report *report)
{
	for (unsigned long i = 0; i < held_count; i++)
		scu_release(&held[i]);
	crowd_await(&crowd, &crowd.over, held_count);
	report->lost = crowd_read(&crowd, &crowd.lost);
	report->good = held_count - report->lost;
	for (unsigned long i = 0; i < held_count; i++)
		scu_free(&held[i]);
	free(held);
	held = NULL;
}

static void
run_sequence(unsigned long number, struct report *report)
{
	for (unsigned long i = 0; i < number; i++) {
		if (scu_run(&crowd))
			report->good++;
		else
			report->lost++;
		progress("associations in sequence", i + 1, number);
	}
}

static int
play_scus(int channel)
{
	struct order order;

	if (read(channel, &crowd.port, sizeof(crowd.port)) !=
	    sizeof(crowd.port))
		return 1;
	L_DicomStartUp();
	crowd_open(&crowd);
	while (read(channel, &order, sizeof(order)) == sizeof(order)) {
		struct report report = { 0, 0 };

		if (order.what == 'q')
			break;
		if (order.what == 'h')
			hold(order.count, &report);
		else if (order.what == 'e')
			echo_all(&report);
		else if (order.what == 'r')
			release_all(&report);
		else
			run_sequence(order.count, &report);
		if (write(channel, &report, sizeof(report)) != sizeof(report))
			break;
	}
	L_DicomShutDown();
	crowd_close(&crowd);
	return 0;
}

/* ------------------------------------------------------ the SCP's process --
 */

static struct report
command(int channel, char what, unsigned long number)
{
	struct order order;
	struct report report = { 0, 0 };

	memset(&order, 0, sizeof(order));
	order.what = what;
	order.count = number;
	if (write(channel, &order, sizeof(order)) != sizeof(order) ||
	    read(channel, &report, sizeof(report)) != sizeof(report))
		report = (struct report){ 0, number };
	return report;
}

/* What one run of each kind leaves behind for good is there now. */
static void
warm_up(int channel, struct scp *scp)
{
	command(channel, 'h', 16);
	command(channel, 'r', 16);
	scp_await(scp, &scp->closed, 16);
}

static bool can_measure;

/* A connection's memory goes a moment after its descriptor. */
static void
check_heap(long before, long slack)
{
	for (long i = 0; i < 1000000 && heap_bytes() > before + slack; i++)
		sched_yield();
	if (can_measure)
		tell(heap_bytes() <= before + slack,
		    "the heap is what it was: %ld bytes, then %ld", before,
		    heap_bytes());
}

static void
check_concurrent(int channel, struct scp *scp)
{
	const unsigned long n = sizes.concurrent;
	const unsigned long before = scp_read(scp, &scp->closed);
	const int files = usage_files();
	const size_t resident = usage_resident();
	const long heap = heap_bytes();
	struct report report = command(channel, 'h', n);
	size_t per;

	tell(report.good == n && report.lost == 0,
	    "%lu associations at once, %lu lost", report.good, report.lost);
	if (can_measure) {
		per = (usage_resident() - resident) / n;
		tell(per <= MOST_PER_ASSOCIATION,
		    "an idle one takes %zu KiB (%ld of the heap), at most %d",
		    per / 1024, (heap_bytes() - heap) / (long)n / 1024,
		    MOST_PER_ASSOCIATION / 1024);
	}
	report = command(channel, 'e', n);
	tell(report.good == n && report.lost == 0, "%lu of them echo",
	    report.good);
	report = command(channel, 'r', n);
	tell(report.good == n && report.lost == 0, "%lu end well", report.good);
	scp_await(scp, &scp->closed, before + n);
	usage_await_files(files);
	tell(usage_files() <= files, "%d descriptors before, %d after", files,
	    usage_files());
	check_heap(heap, SLACK + SLACK_PER_ASSOCIATION * (long)n);
}

static void
check_sequential(int channel, struct scp *scp)
{
	const unsigned long half = sizes.sequential / 2;
	const unsigned long before = scp_read(scp, &scp->closed);
	const int files = usage_files();
	struct report first = command(channel, 's', half), second;
	long heap;

	scp_await(scp, &scp->closed, before + half);
	usage_await_files(files);
	heap = heap_bytes();
	second = command(channel, 's', half);
	tell(first.good + second.good == 2 * half,
	    "%lu associations in sequence, %lu lost", first.good + second.good,
	    first.lost + second.lost);
	scp_await(scp, &scp->closed, before + 2 * half);
	usage_await_files(files);
	tell(usage_files() <= files, "%d descriptors before, %d after", files,
	    usage_files());
	check_heap(heap, SLACK);
}

static int
play_scp(int channel)
{
	struct scp scp = { .secure = true };

	L_DicomStartUp();
	if (!scp_open(&scp) ||
	    write(channel, &scp.port, sizeof(scp.port)) != sizeof(scp.port)) {
		printf("Bail out! the SCP does not listen\n");
		return 1;
	}
	warm_up(channel, &scp);
	check_concurrent(channel, &scp);
	check_sequential(channel, &scp);
	tell(scp.not_accepted == 0 && scp.not_secured == 0,
	    "the SCP took all %lu connections", scp.accepted);
	command(channel, 'q', 0);
	scp_close(&scp);
	L_DicomShutDown();
	return 0;
}

static void
take_sizes(void)
{
	const char *load = getenv("LOAD");
	unsigned long files;

	if (load != NULL && strcmp(load, "small") == 0)
		sizes = (struct sizes){ 100, 200 };
	files = usage_allow_files(sizes.concurrent + 100);
	if (files >= sizes.concurrent + 100)
		return;
	printf("# no more than %lu descriptors are allowed\n", files);
	sizes.concurrent = files - 100;
}

int
main(void)
{
	int channel[2], status = 1;
	pid_t child;

	alarm(1800);
	signal(SIGPIPE, SIG_IGN);
	can_measure = heap_take_over();
	take_sizes();
	printf("# on %d processors\n", usage_take_two_cores());
	fflush(stdout);
	if (!ends_prepare() ||
	    socketpair(AF_UNIX, SOCK_STREAM, 0, channel) != 0)
		return 2;
	child = fork();
	close(channel[child == 0 ? 0 : 1]);
	if (child == 0)
		return play_scus(channel[1]);
	if (child < 0 || play_scp(channel[0]) != 0)
		return 2;
	close(channel[0]);
	waitpid(child, &status, 0);
	tell(status == 0, "the SCUs end well");
	ends_clean_up();
	return tell_end();
}
