/*
 * Handles that many threads share: they connect, send, ask, close, free and
 * make anew what others use at the same moment. Every call returns a
 * documented answer, no callback comes for a handle whose FreeNet has
 * returned, and nothing is left. What each thread does follows from its
 * number; how they meet is the machine's. LOAD=small: fewer turns.
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

#define THREADS 8
#define PLACES 6
#define MOST_BREATHS 256

static unsigned long turns = 20000;
static struct scp scps[2] = { { .secure = true }, { .secure = false } };
static struct crowd crowds[2] = { { .secure = true }, { .secure = false } };

/* A handle, while and after it exists; what its callbacks get. */
struct guest {
	HDICOMNET net;
	struct crowd *crowd;
	atomic_bool freed;
};

static struct guest *guests;
static atomic_ulong made;
static _Atomic(struct guest *) places[PLACES];

static atomic_ulong late, undocumented, calls, connected, echoed;

/* ------------------------------------------------------------- callbacks -- */

static void
note_call(struct guest *guest)
{
	late += atomic_load(&guest->freed);
}

static void
associate(HDICOMNET net)
{
	HDICOMPDU request = L_DicomCreateAssociate(L_TRUE);

	L_DicomDefaultAssociate(request);
	L_DicomSetCalling(request, (L_TCHAR *)"SCU");
	L_DicomSetCalled(request, (L_TCHAR *)"SCP");
	L_DicomSendAssociateRequest(net, request);
	L_DicomFreeAssociate(request);
}

static L_VOID EXT_CALLBACK
on_connect(HDICOMNET hNet, L_INT nError, L_VOID *pUserData)
{
	struct guest *guest = pUserData;

	note_call(guest);
	connected += nError == DICOM_SUCCESS;
	if (nError == DICOM_SUCCESS && !guest->crowd->secure)
		associate(hNet);
	note_call(guest);
}

static L_VOID EXT_CALLBACK
on_ready(HDICOMNET hNet, L_UINT32 nError, L_VOID *pUserData)
{
	note_call(pUserData);
	if (nError == DICOM_SUCCESS)
		associate(hNet);
	note_call(pUserData);
}

static L_VOID EXT_CALLBACK
on_accepted(HDICOMNET hNet, HDICOMPDU hPDU, L_VOID *pUserData)
{
	(void)hPDU;
	note_call(pUserData);
	L_DicomSendCEchoRequest(hNet, 1, 1, NULL);
	note_call(pUserData);
}

static L_VOID EXT_CALLBACK
on_echoed(HDICOMNET hNet, L_UCHAR nPresentationID, L_UINT16 nMessageID,
    L_TCHAR *pszClass, L_UINT16 nStatus, L_VOID *pUserData)
{
	(void)hNet;
	(void)nPresentationID;
	(void)nMessageID;
	(void)pszClass;
	note_call(pUserData);
	echoed += nStatus == COMMAND_STATUS_SUCCESS;
}

static L_VOID EXT_CALLBACK
on_close(HDICOMNET hNet, L_INT nError, HDICOMNET hPeer, L_VOID *pUserData)
{
	(void)hNet;
	(void)nError;
	(void)hPeer;
	note_call(pUserData);
}

/* -------------------------------------------------- what a thread may do -- */

static void
free_guest(struct guest *guest)
{
	L_DicomFreeNet(guest->net);
	atomic_store(&guest->freed, true);
}

static L_INT
make(size_t place)
{
	struct guest *guest = &guests[atomic_fetch_add(&made, 1)];
	struct guest *none = NULL;
	DICOMNETCALLBACK callbacks = { .pfnConnect = on_connect,
		.pfnClose = on_close,
		.pfnOnSecureLinkReady = on_ready,
		.pfnReceiveAssociateAccept = on_accepted,
		.pfnReceiveCEchoResponse = on_echoed,
		.pUserData = guest };

	guest->crowd = &crowds[place % 2];
	guest->net = crowd_make_net(guest->crowd, &callbacks);
	if (guest->net == NULL)
		return DICOM_ERROR_MEMORY;
	if (!atomic_compare_exchange_strong(&places[place], &none, guest))
		free_guest(guest);
	return DICOM_SUCCESS;
}

static L_INT
take_away(size_t place)
{
	struct guest *guest = atomic_exchange(&places[place], NULL);

	if (guest != NULL)
		free_guest(guest);
	return DICOM_SUCCESS;
}

static L_INT
connect_it(const struct guest *guest)
{
	return L_DicomConnect(
	    guest->net, NULL, 0, (L_TCHAR *)"127.0.0.1", guest->crowd->port);
}

static L_INT
echo(const struct guest *guest)
{
	return L_DicomSendCEchoRequest(guest->net, 1, 2, NULL);
}

static L_INT
release(const struct guest *guest)
{
	return L_DicomSendReleaseRequest(guest->net);
}

static L_INT
abort_it(const struct guest *guest)
{
	return L_DicomSendAbort(guest->net, PDU_ABORT_SOURCE_USER, 0);
}

static L_INT
close_it(const struct guest *guest)
{
	return L_DicomCloseForced(guest->net, L_FALSE);
}

static L_INT
close_at_once(const struct guest *guest)
{
	return L_DicomCloseForced(guest->net, L_TRUE);
}

static L_INT
ask(const struct guest *guest)
{
	L_TCHAR address[64];
	L_UINT port;

	L_DicomIsConnected(guest->net);
	L_DicomIsAssociated(guest->net);
	L_DicomIsActivated(guest->net);
	L_DicomGetQueueSend(guest->net);
	L_DicomGetErrorSecure(guest->net);
	return L_DicomGetPeerInfo(guest->net, address, sizeof(address), &port);
}

/* Likelier ones stand more often. */
static L_INT (*const deeds[])(const struct guest *) = { connect_it, connect_it,
	connect_it, echo, echo, ask, ask, ask, release, abort_it, close_it,
	close_at_once };
#define DEEDS (sizeof(deeds) / sizeof(deeds[0]))

static void
judge(L_INT rc)
{
	static const L_INT documented[] = { DICOM_SUCCESS,
		DICOM_ERROR_PARAMETER, DICOM_ERROR_NET_IS_CONNECTED,
		DICOM_ERROR_NET_NOT_CONNECTED, DICOM_ERROR_NET_INVALID,
		DICOM_ERROR_PDU_ID };

	calls++;
	for (size_t i = 0; i < sizeof(documented) / sizeof(documented[0]); i++)
		if (documented[i] == rc)
			return;
	undocumented++;
	printf("# a call returns %d\n", rc);
}

static void *
run(void *arg)
{
	unsigned long state = (unsigned long)(size_t)arg * 7919 + 1;

	for (unsigned long i = 0; i < turns; i++) {
		struct guest *guest;
		size_t place, deed;

		state = state * 6364136223846793005u + 1442695040888963407u;
		place = (state >> 33) % PLACES;
		deed = (state >> 40) % (DEEDS + 1);
		guest = atomic_load(&places[place]);
		if (guest == NULL)
			judge(make(place));
		else if (deed < DEEDS)
			judge(deeds[deed](guest));
		else
			judge(take_away(place));
		/* So that what was begun is at another point each time. */
		for (unsigned k = (state >> 48) % MOST_BREATHS; k > 0; k--)
			L_DicomBreathe();
		if (arg == NULL)
			progress("turns", i + 1, turns);
	}
	return NULL;
}

/* ----------------------------------------------------------------- claims --
 */

static void
run_threads(void)
{
	pthread_t threads[THREADS];

	for (size_t i = 0; i < THREADS; i++)
		pthread_create(&threads[i], NULL, run, (void *)i);
	for (size_t i = 0; i < THREADS; i++)
		pthread_join(threads[i], NULL);
	for (size_t i = 0; i < PLACES; i++)
		take_away(i);
}

static void
warm_up(struct scp *scp, struct crowd *crowd)
{
	crowd->port = scp->port;
	crowd_open(crowd);
	for (int i = 0; i < 8; i++)
		scu_run(crowd);
	scp_await(scp, &scp->closed, 8);
}

/* Each connection that came has gone too. */
static void
await_quiet(struct scp *scp)
{
	pthread_mutex_lock(&scp->lock);
	while (scp->closed < scp->accepted)
		pthread_cond_wait(&scp->changed, &scp->lock);
	pthread_mutex_unlock(&scp->lock);
}

int
main(void)
{
	const char *load = getenv("LOAD");
	int files;

	alarm(900);
	signal(SIGPIPE, SIG_IGN);
	if (load != NULL && strcmp(load, "small") == 0)
		turns = 400;
	usage_allow_files(4096);
	guests = calloc(THREADS * turns, sizeof(*guests));
	if (guests == NULL || !ends_prepare() ||
	    L_DicomStartUp() != DICOM_SUCCESS || !scp_open(&scps[0]) ||
	    !scp_open(&scps[1]))
		return 2;
	for (int i = 0; i < 2; i++)
		warm_up(&scps[i], &crowds[i]);
	files = usage_files();
	run_threads();
	tell(undocumented == 0,
	    "%lu calls of %d threads on %d places get documented answers",
	    calls, THREADS, PLACES);
	tell(connected > 0 && echoed > 0, "%lu connect, %lu echo", connected,
	    echoed);
	tell(late == 0, "no callback for one of %lu handles freed", made);
	for (int i = 0; i < 2; i++)
		tell(scu_run(&crowds[i]), "a new one is served as before");
	for (int i = 0; i < 2; i++)
		await_quiet(&scps[i]);
	usage_await_files(files);
	tell(usage_files() <= files, "%d descriptors before, %d after", files,
	    usage_files());
	for (int i = 0; i < 2; i++)
		scp_close(&scps[i]);
	L_DicomShutDown();
	ends_clean_up();
	free(guests);
	return tell_end();
}
