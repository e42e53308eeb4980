/*
 * No descriptors are left (EMFILE), or only a few: for starting, resolving,
 * connecting, accepting, and for the files of a TLS handle. The error says so,
 * each end is told once, and once there are descriptors again the listener
 * takes who waits and who comes. A plain program that speaks TAP.
 */
#include "load/ends.h"
#include "load/usage.h"

#include <sched.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

/* More than any step needs at a time. */
#define ENOUGH 24

/* libuv keeps one for each of the four loops, from its first stream on. */
#define KEPT_BY_LIBUV 4

static struct rlimit usual;
static int quiet; /* descriptors while nobody is connected */
static int hoard[1024];
static int hoarded;

/* From now on only so many more can be opened. */
static void
leave_files(int number)
{
	struct rlimit tight = usual;
	int highest = dup(0);

	/* Holes in the numbers count too: they are filled. */
	hoarded = 0;
	hoard[hoarded++] = highest;
	tight.rlim_cur = (rlim_t)highest + 64;
	setrlimit(RLIMIT_NOFILE, &tight);
	while (hoarded < 1024 && (hoard[hoarded] = dup(0)) >= 0)
		hoarded++;
	while (number-- > 0)
		close(hoard[--hoarded]);
}

static void
give_files_back(void)
{
	while (hoarded > 0)
		close(hoard[--hoarded]);
	setrlimit(RLIMIT_NOFILE, &usual);
}

/* No thread of the pool has anything left to close. */
static void
settle(struct scp *scp)
{
	pthread_mutex_lock(&scp->lock);
	while (scp->closed < scp->accepted)
		pthread_cond_wait(&scp->changed, &scp->lock);
	pthread_mutex_unlock(&scp->lock);
	usage_await_files(quiet);
}

/* ------------------------------------------------------------- starting -- */

/* How often it failed. */
static int
start_with_more_and_more(void)
{
	int left = 0;

	for (; left < ENOUGH; left++) {
		L_INT rc;

		leave_files(left);
		rc = L_DicomStartUp();
		give_files_back();
		if (rc == DICOM_SUCCESS)
			break;
	}
	L_DicomShutDown();
	return left;
}

/* libuv keeps a pipe from its first loop on. */
static void
starts_when_there_are_enough(void)
{
	int first = start_with_more_and_more();
	const int files = usage_files();
	int second = start_with_more_and_more();

	tell(first > 0 && first < ENOUGH && second > 0 && second < ENOUGH,
	    "StartUp fails %d and %d times, then succeeds", first, second);
	tell(usage_files() == files, "and leaves no descriptor");
}

/* ------------------------------------------------------------- resolving -- */

/* The SCU is through, or waits until the listener has a descriptor for it. */
static void
await_lack(struct scp *scp, struct scu *scu, unsigned long missed)
{
	bool over = false;

	while (!over && scp_read(scp, &scp->not_accepted) == missed) {
		pthread_mutex_lock(&scu->crowd->lock);
		over = scu->over;
		pthread_mutex_unlock(&scu->crowd->lock);
		sched_yield();
	}
}

/* One attempt with so many left; freed. */
static struct scu
try(struct scp *scp, struct crowd *crowd, int left)
{
	const unsigned long missed = scp_read(scp, &scp->not_accepted);
	struct scu scu;

	leave_files(left);
	scu_start(&scu, crowd, SCU_RELEASES);
	await_lack(scp, &scu, missed);
	give_files_back();
	scu_await_end(&scu);
	scu_free(&scu);
	return scu;
}

static bool
was_told_of_failure(const struct scu *scu)
{
	return scu_was_told_once(scu) && scu->connects == 1 && !scu->connected;
}

static void
connecting_says_so(struct scp *scp, struct crowd *crowd)
{
	struct scu scu;

	settle(scp);
	scu = try(scp, crowd, 0);
	tell(was_told_of_failure(&scu) &&
		 scu.error == DICOM_ERROR_NET_NO_BUFFERS,
	    "connecting without a descriptor fails with %d", scu.error);
	settle(scp);
	crowd->host = "localhost";
	scu = try(scp, crowd, 0);
	crowd->host = NULL;
	/* What the system's resolver makes of it differs. */
	tell(was_told_of_failure(&scu), "so does resolving a name, with %d",
	    scu.error);
	tell(scu_run(crowd), "and with one it succeeds");
}

/* ------------------------------------------------------------- accepting -- */

/* The SCU has the last one; the listener is told, and takes the connection
 * later. */
static void
listener_waits_for_one(struct scp *scp, struct crowd *crowd)
{
	const unsigned long missed = scp_read(scp, &scp->not_accepted);
	struct scu scu;

	settle(scp);
	leave_files(1);
	scu_start(&scu, crowd, SCU_RELEASES);
	scp_await(scp, &scp->not_accepted, missed + 1);
	give_files_back();
	scu_await_end(&scu);
	scu_free(&scu);
	tell(scp->accept_error == DICOM_ERROR_NET_NO_BUFFERS,
	    "accepting without a descriptor fails with %d", scp->accept_error);
	tell(scu.error == DICOM_SUCCESS && scu.echoes == 1,
	    "and who waited is served once there is one");
	tell(scu_run(crowd), "and so is the next");
}

/* ------------------------------------------------------ a secure one whole --
 */

static bool
has_room(struct scp *scp, struct crowd *crowd, int left)
{
	struct scu scu = try(scp, crowd, left);
	bool good = scu_was_told_once(&scu);

	if (!good)
		printf("# %d left: CONNECT %u, ready %u, CLOSE %u\n", left,
		    scu.connects, scu.readies, scu.closes);
	settle(scp);
	if (!scu_run(crowd)) {
		printf("# %d left: the next one fails\n", left);
		good = false;
	}
	settle(scp);
	if (usage_files() > quiet) {
		printf("# %d left: %d descriptors, not %d\n", left,
		    usage_files(), quiet);
		good = false;
	}
	return good;
}

static void
secure_ones_fail_cleanly(struct scp *scp, struct crowd *crowd)
{
	int wrong = 0;

	for (int left = 0; left < ENOUGH; left++)
		wrong += !has_room(scp, crowd, left);
	tell(wrong == 0,
	    "with 0 to %d descriptors each end of a secure one is told once, "
	    "and nothing is left",
	    ENOUGH - 1);
}

int
main(void)
{
	struct scp scp = { .secure = true }, plain = { .secure = false };
	struct crowd crowd = { .secure = true };
	struct crowd plain_crowd = { .secure = false };

	alarm(120);
	usage_allow_files(256);
	if (getrlimit(RLIMIT_NOFILE, &usual) != 0 || !ends_prepare())
		return 2;
	starts_when_there_are_enough();
	if (L_DicomStartUp() != DICOM_SUCCESS || !scp_open(&scp) ||
	    !scp_open(&plain))
		return 2;
	quiet = usage_files() + KEPT_BY_LIBUV;
	crowd.port = scp.port;
	plain_crowd.port = plain.port;
	crowd_open(&crowd);
	crowd_open(&plain_crowd);
	for (int i = 0; i < 8; i++)
		scu_run(&crowd);
	settle(&scp);
	connecting_says_so(&plain, &plain_crowd);
	listener_waits_for_one(&plain, &plain_crowd);
	settle(&plain);
	secure_ones_fail_cleanly(&scp, &crowd);
	scp_close(&scp);
	scp_close(&plain);
	L_DicomShutDown();
	ends_clean_up();
	return tell_end();
}
