/*
 * Many C-STORE streams over TLS at the same time: every data set arrives, as
 * it was sent, no association is lost, and what all of it holds in memory is
 * bounded and gone afterwards. LOAD=small: fewer and smaller ones.
 */
#include "load/ends.h"
#include "load/usage.h"
#include "support/heap.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CLASS "1.2.840.10008.5.1.4.1.1.7"
#define INSTANCE "1.2.3.4.5"

/* Of both ends, for a stream: the PDUs on their way (DT_MAX_IN_FLIGHT), records
 * of TLS, what of a data set is in memory (DT_MAX_DATA_IN_MEMORY), and the
 * two associations. A data set that the program looks at is in memory as a
 * whole, one for each loop at a time. */
#define MOST_PER_STREAM (512L * 1024)

static unsigned long streams = 200, sets = 4;
static L_UINT32 size = 1024 * 1024 + 2;

static HDICOMDS *samples; /* one for each stream */
static struct scu *scus;
static atomic_ulong spoilt, arrived;
static atomic_long most;

/* The octets of the data sets of a stream follow from its number, which is
 * in front. */
static L_UCHAR
octet(unsigned long *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (L_UCHAR)(*state >> 56);
}

static void
fill(L_UCHAR *bytes, unsigned long number)
{
	memcpy(bytes, &number, sizeof(number));
	for (L_UINT32 i = sizeof(number); i < size; i++)
		bytes[i] = octet(&number);
}

static bool
is_sound(HDICOMDS set)
{
	L_UINT32 got = 0;
	unsigned long number = 0;
	const L_UCHAR *bytes = L_DicomGetEncodedDS(set, &got);

	if (bytes == NULL || got != size)
		return false;
	memcpy(&number, bytes, sizeof(number));
	for (L_UINT32 i = sizeof(number); i < size; i++)
		if (bytes[i] != octet(&number))
			return false;
	return true;
}

static L_UINT16
take(struct scp *scp, HDICOMDS set)
{
	long now = heap_bytes(), before = atomic_load(&most);

	(void)scp;
	while (
	    now > before && !atomic_compare_exchange_weak(&most, &before, now))
		;
	if (!is_sound(set))
		spoilt++;
	progress("data sets", ++arrived, streams * sets);
	return COMMAND_STATUS_SUCCESS;
}

static bool
store(struct scu *scu)
{
	if (scu->stored == sets)
		return false;
	return L_DicomSendCStoreRequest(scu->net, 1,
		   (L_UINT16)(scu->stored + 1), (L_TCHAR *)CLASS,
		   (L_TCHAR *)INSTANCE, COMMAND_PRIORITY_MEDIUM, NULL, 0,
		   samples[scu - scus]) == DICOM_SUCCESS;
}

static bool
make_samples(void)
{
	L_UCHAR *bytes = malloc(size);
	bool good = bytes != NULL;

	samples = calloc(streams, sizeof(*samples));
	scus = calloc(streams, sizeof(*scus));
	good = good && samples != NULL && scus != NULL;
	for (unsigned long i = 0; good && i < streams; i++) {
		samples[i] = L_DicomCreateDS(NULL);
		fill(bytes, i);
		good = L_DicomSetEncodedDS(samples[i], bytes, size) ==
			   DICOM_SUCCESS &&
		       L_DicomSetTransferSyntaxDS(samples[i],
			   (L_TCHAR *)UID_IMPLICIT_VR_LITTLE_ENDIAN) ==
			   DICOM_SUCCESS;
	}
	free(bytes);
	return good;
}

static void
free_samples(void)
{
	for (unsigned long i = 0; i < streams; i++)
		L_DicomFreeDS(samples[i]);
	free(samples);
	free(scus);
}

static void
run(struct scp *scp, struct crowd *crowd)
{
	const unsigned long closed = scp_read(scp, &scp->closed);
	const unsigned long over = crowd_read(crowd, &crowd->over);
	const int files = usage_files();
	const long heap = heap_bytes();

	atomic_store(&most, heap);
	for (unsigned long i = 0; i < streams; i++)
		scu_start(&scus[i], crowd, SCU_STORES);
	crowd_await(crowd, &crowd->over, over + streams);
	for (unsigned long i = 0; i < streams; i++)
		scu_free(&scus[i]);
	scp_await(scp, &scp->closed, closed + streams);
	usage_await_files(files);
	for (int i = 0; i < 100000 && heap_bytes() > heap + 65536; i++)
		sched_yield();
	tell(crowd->stored == streams * sets,
	    "%lu streams store %lu data sets of %u octets", streams,
	    crowd->stored, size);
	tell(arrived == streams * sets && spoilt == 0,
	    "%lu arrive, %lu other than they were sent", arrived, spoilt);
	tell(crowd->lost == 0, "%lu associations are lost", crowd->lost);
	tell(usage_files() <= files, "%d descriptors before, %d after", files,
	    usage_files());
	if (heap == 0)
		return;
	tell(most - heap <= MOST_PER_STREAM * (long)streams,
	    "no more than %ld KiB were held for each, at most %ld",
	    (most - heap) / (long)streams / 1024, MOST_PER_STREAM / 1024);
	tell(heap_bytes() <= heap + 65536,
	    "the heap is what it was: %ld bytes, then %ld", heap, heap_bytes());
}

int
main(void)
{
	const char *load = getenv("LOAD");
	struct scp scp = { .secure = true, .on_store = take };
	struct crowd crowd = { .secure = true, .store = store };

	alarm(900);
	heap_take_over();
	if (load != NULL && strcmp(load, "small") == 0) {
		streams = 20;
		sets = 2;
		size = 256 * 1024 + 2;
	}
	usage_allow_files(8 * streams + 100);
	if (!make_samples() || !ends_prepare() ||
	    L_DicomStartUp() != DICOM_SUCCESS || !scp_open(&scp))
		return 2;
	crowd.port = scp.port;
	crowd_open(&crowd);
	for (int i = 0; i < 8; i++)
		scu_run(&crowd);
	scp_await(&scp, &scp.closed, 8);
	run(&scp, &crowd);
	scp_close(&scp);
	L_DicomShutDown();
	ends_clean_up();
	free_samples();
	return tell_end();
}
