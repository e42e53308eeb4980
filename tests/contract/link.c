/*
 * One SCU and one SCP in one process over loopback, through ltdic.h alone: a
 * plain program, so that sanitizers and valgrind see everything. Callbacks
 * write their names into a trace; the trace is the expectation.
 *
 * Nothing here sleeps: the main thread waits for what a callback announces.
 * alarm() ends a run that hangs.
 */
#include "ltdic.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum role { SCU, SCP, LISTENER };

/* What happens in which callback of the SCU. */
enum behaviour {
	ECHO_AND_RELEASE,
	FREE_IN_ECHO_RESPONSE,
	CLOSE_IN_ECHO_RESPONSE,
	ABORT_IN_ECHO_RESPONSE,
	HOLD_IN_ECHO_RESPONSE,
	REJECTED
};

struct link {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	enum behaviour behaviour;
	HDICOMNET listener, scp, scu;
	L_UINT port;
	char trace[3][512]; /* by role */
	bool done;	    /* the SCU is through */
	bool lost;	    /* the listener heard of the end */
	bool held;	    /* the SCU's callback runs and waits */
	bool let_go;
	L_INT close_error;
	L_UINT16 status;
	L_UCHAR abort_source;
};

static int tests, failures;

static void
check(bool good, const char *what)
{
	tests++;
	if (!good)
		failures++;
	printf("%sok %d - %s\n", good ? "" : "not ", tests, what);
}

static void
check_trace(
    const struct link *link, enum role role, const char *want, const char *what)
{
	check(strcmp(link->trace[role], want) == 0, what);
	if (strcmp(link->trace[role], want) != 0)
		printf("# got  %s\n# want %s\n", link->trace[role], want);
}

static void
note(struct link *link, enum role role, const char *text)
{
	char *trace = link->trace[role];

	pthread_mutex_lock(&link->lock);
	if (*trace != '\0')
		strcat(trace, " ");
	strcat(trace, text);
	pthread_mutex_unlock(&link->lock);
}

static void
announce(struct link *link, bool *flag)
{
	pthread_mutex_lock(&link->lock);
	*flag = true;
	pthread_cond_broadcast(&link->changed);
	pthread_mutex_unlock(&link->lock);
}

static void
await(struct link *link, const bool *flag)
{
	pthread_mutex_lock(&link->lock);
	while (!*flag)
		pthread_cond_wait(&link->changed, &link->lock);
	pthread_mutex_unlock(&link->lock);
}

static enum role
role_of(const struct link *link, HDICOMNET hNet)
{
	return hNet == link->scu ? SCU : SCP;
}

/* ----------------------------------------------------- callbacks of both -- */

static L_VOID EXT_CALLBACK
on_receive(HDICOMNET hNet, L_INT nError, L_UCHAR nType, L_UCHAR *pBuffer,
    L_UINT32 nBytes, L_VOID *pUserData)
{
	char text[32];

	snprintf(text, sizeof(text), "receive%d", nType);
	if (nError != 0 || nBytes < 10 || pBuffer[0] != nType)
		strcpy(text, "receive?");
	note(pUserData, role_of(pUserData, hNet), text);
}

/* ------------------------------------------------------------------ SCP -- */

static L_VOID EXT_CALLBACK
on_request(HDICOMNET hNet, HDICOMPDU hPDU, L_VOID *pUserData)
{
	struct link *link = pUserData;
	HDICOMPDU answer = L_DicomCreateAssociate(L_FALSE);
	L_UCHAR id = L_DicomFindAbstract(hPDU, UID_VERIFICATION_CLASS);

	note(link, SCP, "request");
	if (link->behaviour == REJECTED) {
		L_DicomSendAssociateReject(hNet, PDU_REJECT_RESULT_PERMANENT,
		    PDU_REJECT_SOURCE_USER, PDU_REJECT_REASON_CALLED);
	} else {
		L_DicomAddPresentation(
		    answer, id, PDU_ACCEPT_RESULT_SUCCESS, NULL);
		L_DicomAddTransfer(answer, id, UID_IMPLICIT_VR_LITTLE_ENDIAN);
		if (L_DicomSendAssociateAccept(hNet, answer) != 0)
			note(link, SCP, "accept-failed");
	}
	L_DicomFreeAssociate(answer);
}

static L_VOID EXT_CALLBACK
on_echo_request(HDICOMNET hNet, L_UCHAR nPresentationID, L_UINT16 nMessageID,
    L_TCHAR *pszClass, L_VOID *pUserData)
{
	note(pUserData, SCP, "echo");
	/* What is lent stays whole when it is freed by mistake. */
	L_DicomFreeAssociate(L_DicomGetAssociate(hNet));
	if (L_DicomGetResult(L_DicomGetAssociate(hNet), nPresentationID) != 0)
		note(pUserData, SCP, "no-associate");
	L_DicomSendCEchoResponse(hNet, nPresentationID, nMessageID, pszClass,
	    COMMAND_STATUS_SUCCESS);
}

static L_VOID EXT_CALLBACK
on_release_request(HDICOMNET hNet, L_VOID *pUserData)
{
	note(pUserData, SCP, "release");
	L_DicomSendReleaseResponse(hNet);
}

static L_VOID EXT_CALLBACK
on_abort(HDICOMNET hNet, L_UCHAR nSource, L_UCHAR nReason, L_VOID *pUserData)
{
	struct link *link = pUserData;

	(void)hNet;
	(void)nReason;
	link->abort_source = nSource;
	note(link, SCP, "abort");
}

static L_VOID EXT_CALLBACK
on_accept(HDICOMNET hNet, L_INT nError, L_VOID *pUserData)
{
	struct link *link = pUserData;
	DICOMNETCALLBACK callbacks = { .pfnReceive = on_receive,
		.pfnReceiveAssociateRequest = on_request,
		.pfnReceiveCEchoRequest = on_echo_request,
		.pfnReceiveReleaseRequest = on_release_request,
		.pfnReceiveAbort = on_abort,
		.pUserData = link };
	char address[NET_MAX_ADDRESS_SIZE];

	note(link, LISTENER, nError == 0 ? "accept" : "accept-error");
	link->scp = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);
	L_DicomSetCallback(link->scp, &callbacks);
	snprintf(address, sizeof(address), "failed%d",
	    L_DicomAccept(hNet, link->scp));
	if (strcmp(address, "failed0") != 0)
		note(link, LISTENER, address);
	if (L_DicomGetPeerInfo(link->scp, address, sizeof(address), NULL) !=
		DICOM_SUCCESS ||
	    strcmp(address, "127.0.0.1") != 0)
		note(link, LISTENER, "no-peer-info");
	if (L_DicomGetClientCount(hNet) != 1 ||
	    L_DicomGetClient(hNet, 0) != link->scp ||
	    L_DicomGetServer(link->scp) != hNet)
		note(link, LISTENER, "not-listed");
}

static L_VOID EXT_CALLBACK
on_lost(HDICOMNET hNet, L_INT nError, HDICOMNET hPeer, L_VOID *pUserData)
{
	struct link *link = pUserData;

	note(link, LISTENER, hPeer == link->scp ? "close" : "close?");
	link->close_error = nError;
	if (L_DicomGetClientCount(hNet) != 0)
		note(link, LISTENER, "still-listed");
	L_DicomFreeNet(hPeer);
	announce(link, &link->lost);
}

/* ------------------------------------------------------------------ SCU -- */

static L_VOID EXT_CALLBACK
on_connect(HDICOMNET hNet, L_INT nError, L_VOID *pUserData)
{
	struct link *link = pUserData;
	HDICOMPDU request = L_DicomCreateAssociate(L_TRUE);
	char text[32];

	snprintf(text, sizeof(text), "connect%d", nError);
	note(link, SCU, text);
	L_DicomDefaultAssociate(request);
	L_DicomSetCalling(request, (L_TCHAR *)"SCU");
	L_DicomSetCalled(request, (L_TCHAR *)"SCP");
	if (nError != 0)
		announce(link, &link->done);
	else if (L_DicomGetAssociate(hNet) != NULL ||
		 L_DicomSendAssociateRequest(hNet, request) != DICOM_SUCCESS ||
		 L_DicomGetQueueSend(hNet) != 1)
		note(link, SCU, "send-failed");
	L_DicomFreeAssociate(request);
}

static L_VOID EXT_CALLBACK
on_associated(HDICOMNET hNet, HDICOMPDU hPDU, L_VOID *pUserData)
{
	note(pUserData, SCU,
	    L_DicomGetResult(hPDU, 1) == PDU_ACCEPT_RESULT_SUCCESS &&
		    L_DicomIsAssociated(hNet) && L_DicomGetQueueSend(hNet) == 0
		? "accepted"
		: "accepted?");
	if (L_DicomFindAbstract(
		L_DicomGetAssociate(hNet), UID_VERIFICATION_CLASS) != 1)
		note(pUserData, SCU, "no-associate");
	L_DicomSendCEchoRequest(hNet, 1, 7, NULL);
}

static L_VOID EXT_CALLBACK
on_rejected(HDICOMNET hNet, L_UCHAR nResult, L_UCHAR nSource, L_UCHAR nReason,
    L_VOID *pUserData)
{
	char text[32];

	(void)hNet;
	snprintf(
	    text, sizeof(text), "rejected%d/%d/%d", nResult, nSource, nReason);
	note(pUserData, SCU, text);
}

static void
hold(struct link *link)
{
	announce(link, &link->held);
	await(link, &link->let_go);
	note(link, SCU, "returned");
}

static L_VOID EXT_CALLBACK
on_echo_response(HDICOMNET hNet, L_UCHAR nPresentationID, L_UINT16 nMessageID,
    L_TCHAR *pszClass, L_UINT16 nStatus, L_VOID *pUserData)
{
	struct link *link = pUserData;

	note(link, SCU,
	    nPresentationID == 1 && nMessageID == 7 &&
		    strcmp(pszClass, UID_VERIFICATION_CLASS) == 0
		? "echoed"
		: "echoed?");
	link->status = nStatus;
	if (link->behaviour == ECHO_AND_RELEASE)
		L_DicomSendReleaseRequest(hNet);
	else if (link->behaviour == FREE_IN_ECHO_RESPONSE)
		L_DicomFreeNet(hNet);
	else if (link->behaviour == CLOSE_IN_ECHO_RESPONSE)
		L_DicomClose(hNet);
	else if (link->behaviour == ABORT_IN_ECHO_RESPONSE)
		L_DicomSendAbort(hNet, PDU_ABORT_SOURCE_USER, 0);
	else
		hold(link);
	if (link->behaviour != ECHO_AND_RELEASE &&
	    link->behaviour != ABORT_IN_ECHO_RESPONSE)
		announce(link, &link->done);
}

static L_VOID EXT_CALLBACK
on_released(HDICOMNET hNet, L_VOID *pUserData)
{
	struct link *link = pUserData;

	note(link, SCU, "released");
	L_DicomClose(hNet);
	announce(link, &link->done);
}

static L_VOID EXT_CALLBACK
on_scu_close(HDICOMNET hNet, L_INT nError, HDICOMNET hPeer, L_VOID *pUserData)
{
	struct link *link = pUserData;

	(void)hNet;
	note(link, SCU, nError == 0 && hPeer == NULL ? "close" : "close?");
	announce(link, &link->done);
}

/* ------------------------------------------------------------ scenarios -- */

static void
start_listener(struct link *link)
{
	DICOMNETCALLBACK callbacks = {
		.pfnAccept = on_accept, .pfnClose = on_lost, .pUserData = link
	};

	link->listener = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);
	L_DicomSetCallback(link->listener, &callbacks);
	if (L_DicomListen(link->listener, (L_TCHAR *)"127.0.0.1", 0, 5) != 0 ||
	    L_DicomGetHostInfo(link->listener, NULL, 0, &link->port) != 0)
		check(false, "a listener gets a port");
}

static void
start_scu(struct link *link)
{
	DICOMNETCALLBACK callbacks = { .pfnConnect = on_connect,
		.pfnReceive = on_receive,
		.pfnReceiveAssociateAccept = on_associated,
		.pfnReceiveAssociateReject = on_rejected,
		.pfnReceiveCEchoResponse = on_echo_response,
		.pfnReceiveReleaseResponse = on_released,
		.pfnClose = on_scu_close,
		.pUserData = link };

	link->scu = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);
	L_DicomSetCallback(link->scu, &callbacks);
	if (L_DicomConnect(
		link->scu, NULL, 0, (L_TCHAR *)"127.0.0.1", link->port) != 0)
		check(false, "connecting starts");
}

static void
begin(struct link *link, enum behaviour behaviour)
{
	*link = (struct link){ .behaviour = behaviour, .status = 0xFFFF };
	pthread_mutex_init(&link->lock, NULL);
	pthread_cond_init(&link->changed, NULL);
	L_DicomStartUp();
	start_listener(link);
	start_scu(link);
}

static void
finish(struct link *link)
{
	L_DicomFreeNet(link->scu);
	L_DicomFreeNet(link->listener);
	L_DicomShutDown();
	L_DicomFreeNet(link->scp); /* if the listener did not hear of it */
	pthread_mutex_destroy(&link->lock);
	pthread_cond_destroy(&link->changed);
}

static void
echo_and_release(void)
{
	struct link link;

	begin(&link, ECHO_AND_RELEASE);
	await(&link, &link.done);
	await(&link, &link.lost);
	check_trace(&link, SCU,
	    "connect0 receive2 accepted receive4 echoed receive6 released",
	    "the SCU's callbacks come in the documented order");
	check_trace(&link, SCP,
	    "receive1 request receive4 echo receive5 release",
	    "the SCP's callbacks come in the documented order");
	check_trace(&link, LISTENER, "accept close",
	    "the listener hears of the connection's begin and end");
	check(link.status == COMMAND_STATUS_SUCCESS, "the echo succeeds");
	check(link.close_error == 0, "a released association ends well");
	check(!L_DicomIsActivated(link.scu) &&
		  L_DicomGetAssociate(link.scu) == NULL &&
		  L_DicomGetQueueSend(link.scu) == 0,
	    "a closed handle is idle");
	finish(&link);
}

static void
free_inside_a_callback(void)
{
	struct link link;

	begin(&link, FREE_IN_ECHO_RESPONSE);
	await(&link, &link.done);
	await(&link, &link.lost);
	check_trace(&link, SCU, "connect0 receive2 accepted receive4 echoed",
	    "nothing follows a free inside a callback");
	check(link.close_error == DICOM_ERROR_NET_CONNECTION_ABORTED,
	    "leaving within an association is an abort to the peer");
	check(L_DicomSendReleaseRequest(link.scu) == DICOM_ERROR_PARAMETER,
	    "a freed handle is refused");
	finish(&link);
}

static void
close_inside_a_callback(void)
{
	struct link link;

	begin(&link, CLOSE_IN_ECHO_RESPONSE);
	await(&link, &link.done);
	await(&link, &link.lost);
	check_trace(&link, SCU, "connect0 receive2 accepted receive4 echoed",
	    "nothing follows a close inside a callback");
	check(L_DicomSendReleaseRequest(link.scu) ==
		  DICOM_ERROR_NET_NOT_CONNECTED,
	    "a closed handle is not connected");
	finish(&link);
}

static void
abort_reaches_the_peer(void)
{
	struct link link;

	begin(&link, ABORT_IN_ECHO_RESPONSE);
	await(&link, &link.done);
	await(&link, &link.lost);
	check_trace(&link, SCP, "receive1 request receive4 echo receive7 abort",
	    "the SCP hears of an abort");
	check(link.abort_source == PDU_ABORT_SOURCE_USER, "and of its source");
	finish(&link);
}

static void
rejection_reaches_the_peer(void)
{
	struct link link;

	begin(&link, REJECTED);
	await(&link, &link.done);
	check_trace(&link, SCU, "connect0 receive3 rejected1/1/7 close",
	    "the SCU hears of a rejection and its reason");
	finish(&link);
}

static void *
free_scu(void *arg)
{
	struct link *link = arg;

	L_DicomFreeNet(link->scu);
	note(link, SCU, "freed");
	return NULL;
}

static void
free_waits_for_a_callback(void)
{
	struct link link;
	pthread_t thread;

	begin(&link, HOLD_IN_ECHO_RESPONSE);
	await(&link, &link.held);
	pthread_create(&thread, NULL, free_scu, &link);
	/* The other thread is either about to free or waiting: in both cases
	 * it may come back only after the callback did. */
	while (L_DicomGetSecureMode(link.scu) != 0)
		L_DicomBreathe();
	announce(&link, &link.let_go);
	pthread_join(thread, NULL);
	await(&link, &link.lost);
	check_trace(&link, SCU,
	    "connect0 receive2 accepted receive4 echoed returned freed",
	    "freeing from another thread waits for the callback");
	finish(&link);
}

/* What was under way is given up wherever it stands; the sanitizers judge. */
static void
freeing_at_any_moment(void)
{
	int survivors = 0;

	for (int i = 0; i < 100; i++) {
		struct link link;

		begin(&link, ECHO_AND_RELEASE);
		for (int j = 0; j < i; j++)
			L_DicomBreathe();
		finish(&link);
		survivors += L_DicomGetSecureMode(link.scu) != 0 ||
			     L_DicomGetSecureMode(link.scp) != 0 ||
			     L_DicomGetSecureMode(link.listener) != 0;
	}
	check(survivors == 0, "both ends may be freed at any moment");
}

static void
refused_connection(void)
{
	struct link link = { .behaviour = ECHO_AND_RELEASE };

	pthread_mutex_init(&link.lock, NULL);
	pthread_cond_init(&link.changed, NULL);
	L_DicomStartUp();
	start_listener(&link);
	L_DicomServerClose(link.listener);
	L_DicomFreeNet(link.listener);
	L_DicomShutDown(); /* waits until the port is closed */
	L_DicomStartUp();
	start_scu(&link);
	await(&link, &link.done);
	check_trace(&link, SCU, "connect35",
	    "a refused connection is told by CONNECT and nothing else");
	finish(&link);
}

static void
wrong_arguments(void)
{
	HDICOMNET net;
	int foreign = 0;

	check(L_DicomConnect(NULL, NULL, 0, (L_TCHAR *)"127.0.0.1", 1) ==
		  DICOM_ERROR_NULL_PTR,
	    "no handle");
	check(L_DicomConnect(&foreign, NULL, 0, (L_TCHAR *)"127.0.0.1", 1) ==
		  DICOM_ERROR_PARAMETER,
	    "a foreign pointer is no handle");
	net = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);
	check(L_DicomConnect(net, NULL, 0, (L_TCHAR *)"127.0.0.1", 1) ==
		  DICOM_ERROR_NET_NOT_INITIALISED,
	    "connecting before StartUp");
	L_DicomStartUp();
	check(L_DicomConnect(net, NULL, 0, NULL, 1) == DICOM_ERROR_NULL_PTR,
	    "no peer address");
	check(L_DicomConnect(net, NULL, 0, (L_TCHAR *)"127.0.0.1", 65536) ==
		  DICOM_ERROR_RANGE,
	    "a port above 65535");
	check(L_DicomConnectExt(net, NULL, 0, (L_TCHAR *)"127.0.0.1", 1,
		  DICOM_IPTYPE_IPV6) == DICOM_IPV4_IPV6_CONFLICT,
	    "an IPv4 address for IPv6");
	check(L_DicomAccept(net, net) == DICOM_ERROR_PARAMETER,
	    "a handle cannot accept itself");
	check(L_DicomSendReleaseRequest(net) == DICOM_ERROR_NET_NOT_CONNECTED,
	    "sending without a connection");
	check(L_DicomListen(net, (L_TCHAR *)"127.0.0.1", 0, 0) ==
		  DICOM_ERROR_RANGE,
	    "a backlog of none");
	check(L_DicomListen(net, (L_TCHAR *)"127.0.0.1", 0, 1) == 0 &&
		  L_DicomListen(net, (L_TCHAR *)"127.0.0.1", 0, 1) ==
		      DICOM_ERROR_NET_IS_CONNECTED,
	    "listening twice");
	L_DicomFreeNet(&foreign);
	L_DicomFreeNet(net);
	L_DicomFreeNet(net);
	L_DicomShutDown();
	L_DicomShutDown();
}

int
main(void)
{
	alarm(120);
	echo_and_release();
	free_inside_a_callback();
	close_inside_a_callback();
	abort_reaches_the_peer();
	rejection_reaches_the_peer();
	free_waits_for_a_callback();
	freeing_at_any_moment();
	refused_connection();
	wrong_arguments();
	printf("1..%d\n", tests);
	return failures == 0 ? 0 : 1;
}
