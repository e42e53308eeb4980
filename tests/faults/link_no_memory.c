/*
 * A secure association with each allocation failing in turn, of either end and
 * of every library: each end is told once, the listener takes the next one,
 * no memory and no descriptor is left, and an SCU whose certificate is
 * refused is refused wherever memory ends. A data set that is stored arrives
 * whole or is not told.
 *
 * The argument is the step between the allocations that fail, 1 for each. A
 * plain program that speaks TAP.
 */
#include "load/ends.h"
#include "load/usage.h"
#include "support/heap.h"

#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* GnuTLS 3.7 loses a certificate list and a buffer when there is no memory to
 * put them where they belong. What we forget of a connection is more. */
#define BLOCKS_LOST_BY_GNUTLS 1

static struct figures {
	unsigned long failures; /* allocations that failed */
	unsigned long harmed;	/* associations that failed for it */
	unsigned long told_wrong;
	unsigned long not_again; /* the next association failed */
	unsigned long leaks;
	unsigned long lost_by_gnutls;
	unsigned long let_in; /* with a certificate that is refused */
} figures;

/* Data sets that were told and not the same. */
static atomic_ulong spoilt;

/* More than stays in memory on the way. */
#define DATA_SIZE 100000u

static L_UCHAR octets[DATA_SIZE];
static HDICOMDS data_set;

static L_UINT16
take(struct scp *scp, HDICOMDS set)
{
	L_UINT32 size = 0;
	const L_UCHAR *got = L_DicomGetEncodedDS(set, &size);

	(void)scp;
	/* No room to keep it, or to show it. */
	if (got == NULL)
		return COMMAND_STATUS_REFUSED_OUT_OF_RESOURCES;
	if (size != DATA_SIZE || memcmp(got, octets, size) != 0)
		atomic_fetch_add(&spoilt, 1);
	return COMMAND_STATUS_SUCCESS;
}

static bool
store(struct scu *scu)
{
	return scu->stored == 0 &&
	       L_DicomSendCStoreRequest(scu->net, 1, 2,
		   (L_TCHAR *)"1.2.840.10008.5.1.4.1.1.7", (L_TCHAR *)"1.2.3.4",
		   0, NULL, 0, data_set) == DICOM_SUCCESS;
}

static struct scp scp = { .secure = true, .on_store = take };
static size_t nth;

static void
die(int signal)
{
	(void)signal;
	printf("Bail out! it hangs without allocation %zu\n", nth);
	_exit(1);
}

/* The SCP's end of everything that has arrived. */
static void
settle(unsigned long arrived)
{
	pthread_mutex_lock(&scp.lock);
	while (scp.accepted + scp.not_accepted < arrived ||
	       scp.closed < scp.accepted)
		pthread_cond_wait(&scp.changed, &scp.lock);
	pthread_mutex_unlock(&scp.lock);
}

static unsigned long
arrivals(void)
{
	return scp_read(&scp, &scp.accepted) +
	       scp_read(&scp, &scp.not_accepted);
}

static bool
is_as_before(long blocks, int files)
{
	for (int i = 0; i < 100000; i++) {
		if (heap_blocks() <= blocks && usage_files() <= files)
			return true;
		sched_yield();
	}
	return false;
}

static void
judge_rest(long blocks, int files)
{
	if (is_as_before(blocks, files))
		return;
	if (heap_failed_in("libgnutls.so") && usage_files() <= files &&
	    heap_blocks() <= blocks + BLOCKS_LOST_BY_GNUTLS) {
		figures.lost_by_gnutls++;
		return;
	}
	figures.leaks++;
	printf("# %zu: %ld blocks and %d descriptors more\n", nth,
	    heap_blocks() - blocks, usage_files() - files);
}

/* True if the allocation came. */
static bool
fail_at(struct crowd *crowd, struct crowd *good)
{
	const long blocks = heap_blocks();
	const int files = usage_files();
	const unsigned long arrived = arrivals();
	const unsigned long secured = scp_read(&scp, &scp.secured);
	struct scu scu;
	bool failed;

	alarm(60);
	heap_fail_at(nth);
	scu_start(
	    &scu, crowd, crowd->store == NULL ? SCU_RELEASES : SCU_STORES);
	scu_await_end(&scu);
	settle(arrived + scu.connected);
	failed = heap_fail_no_more();
	scu_free(&scu);
	figures.failures += failed;
	figures.harmed += scu.error != DICOM_SUCCESS;
	if (!scu_was_told_once(&scu)) {
		figures.told_wrong++;
		printf("# %zu: CONNECT %u, ready %u, CLOSE %u\n", nth,
		    scu.connects, scu.readies, scu.closes);
	}
	if (crowd->foreign)
		figures.let_in += scp_read(&scp, &scp.secured) - secured;
	if (!scu_run(good)) {
		figures.not_again++;
		printf("# %zu: the next one fails\n", nth);
	}
	settle(arrived + scu.connected + 1);
	judge_rest(blocks, files);
	return failed;
}

static void
fail_all(struct crowd *crowd, struct crowd *good, size_t step)
{
	nth = SIZE_MAX; /* what libraries keep is there */
	fail_at(crowd, good);
	figures = (struct figures){ 0 };
	for (nth = 1; fail_at(crowd, good); nth += step)
		progress("allocation", nth, 0);
}

static void
judge(const char *who)
{
	tell(figures.failures > 0 && figures.harmed > 0,
	    "%s: %lu allocations fail, and %lu associations", who,
	    figures.failures, figures.harmed);
	tell(figures.told_wrong == 0, "%s: each end is told once", who);
	tell(figures.not_again == 0, "%s: the listener takes the next", who);
	tell(figures.leaks == 0,
	    "%s: nothing is left (GnuTLS loses %lu blocks)", who,
	    figures.lost_by_gnutls);
}

/* On every loop in every role, so that what a thread keeps is there. */
static void
warm_up(struct crowd *crowd)
{
	for (int i = 0; i < 12; i++)
		scu_run(crowd);
	settle(12);
}

static void
make_data_set(void)
{
	for (size_t i = 0; i < DATA_SIZE; i++)
		octets[i] = (L_UCHAR)(i * 3 + i / 256);
	data_set = L_DicomCreateDS(NULL);
	L_DicomSetEncodedDS(data_set, octets, DATA_SIZE);
}

int
main(int argc, char **argv)
{
	const size_t step = argc > 1 ? strtoul(argv[1], NULL, 10) : 13;
	struct crowd good = { .secure = true };
	struct crowd foreign = { .secure = true, .foreign = true };
	struct crowd storing = { .secure = true, .store = store };

	if (step == 0 || !heap_take_over()) {
		printf("1..0 # SKIP malloc cannot be replaced here\n");
		return 0;
	}
	setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
	make_data_set();
	signal(SIGALRM, die);
	if (!ends_prepare() || L_DicomStartUp() != DICOM_SUCCESS ||
	    !scp_open(&scp))
		return 2;
	good.port = foreign.port = storing.port = scp.port;
	crowd_open(&good);
	crowd_open(&foreign);
	crowd_open(&storing);
	warm_up(&good);
	fail_all(&good, &good, step);
	judge("a good SCU");
	fail_all(&foreign, &good, step);
	judge("a refused SCU");
	tell(figures.let_in == 0, "a refused SCU stays refused");
	fail_all(&storing, &good, step);
	judge("a storing SCU");
	tell(spoilt == 0, "a data set arrives as it was or not at all");
	scp_close(&scp);
	L_DicomFreeDS(data_set);
	L_DicomShutDown();
	ends_clean_up();
	return tell_end();
}
