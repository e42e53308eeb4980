/*
 * From where and to where: what L_DicomConnect and L_DicomListen take for an
 * address, which handle is listening, connected or neither, and what is told
 * of both ends. A plain program; see link.c.
 */
#include "ltdic.h"

#include "scene.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define HERE ((L_TCHAR *)"127.0.0.1")

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

static struct seen {
	bool connected, accepted, lost;
	L_INT error; /* of CONNECT */
	L_INT accept_error, busy_error;
	char peer[NET_MAX_ADDRESS_SIZE];
} seen;

static HDICOMNET listener, scp, scu;
static L_UINT port;

static void
announce(bool *flag)
{
	pthread_mutex_lock(&lock);
	*flag = true;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&lock);
}

static void
await(const bool *flag)
{
	pthread_mutex_lock(&lock);
	while (!*flag)
		pthread_cond_wait(&changed, &lock);
	pthread_mutex_unlock(&lock);
}

static L_VOID EXT_CALLBACK
on_accept(HDICOMNET hNet, L_INT nError, L_VOID *pUserData)
{
	(void)nError;
	(void)pUserData;
	seen.busy_error = L_DicomAccept(hNet, listener);
	scp = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);
	seen.accept_error = L_DicomAccept(hNet, scp);
	L_DicomGetPeerInfo(scp, seen.peer, sizeof(seen.peer), NULL);
	announce(&seen.accepted);
}

static L_VOID EXT_CALLBACK
on_lost(HDICOMNET hNet, L_INT nError, HDICOMNET hPeer, L_VOID *pUserData)
{
	(void)hNet;
	(void)nError;
	(void)pUserData;
	L_DicomFreeNet(hPeer);
	announce(&seen.lost);
}

static L_VOID EXT_CALLBACK
on_connect(HDICOMNET hNet, L_INT nError, L_VOID *pUserData)
{
	(void)hNet;
	(void)pUserData;
	seen.error = nError;
	announce(&seen.connected);
}

static void
begin(void)
{
	DICOMNETCALLBACK serve = { .pfnAccept = on_accept,
		.pfnClose = on_lost };
	DICOMNETCALLBACK ask = { .pfnConnect = on_connect };

	seen = (struct seen){ 0 };
	listener = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);
	scu = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);
	L_DicomSetCallback(listener, &serve);
	L_DicomSetCallback(scu, &ask);
	if (L_DicomListen(listener, HERE, 0, 1) != 0 ||
	    L_DicomGetHostInfo(listener, NULL, 0, &port) != 0)
		check(false, "a listener gets a port");
}

static void
finish(void)
{
	L_DicomFreeNet(scu);
	if (!L_DicomIsActivated(listener))
		L_DicomFreeNet(scp); /* nobody is told of its end */
	else if (seen.accepted)
		await(&seen.lost);
	L_DicomFreeNet(listener);
}

/* How an attempt that starts ends. */
static L_INT
outcome(L_TCHAR *host, L_UINT host_port, L_TCHAR *peer, L_INT type)
{
	seen.connected = false;
	if (L_DicomConnectExt(scu, host, host_port, peer, port, type) != 0)
		return -1;
	await(&seen.connected);
	/* Returns when CONNECT has. */
	if (seen.error != 0)
		L_DicomClose(scu);
	return seen.error;
}

static void
check_states(HDICOMNET net, bool active, bool connected, const char *what)
{
	check(L_DicomIsActivated(net) == active &&
		  L_DicomIsConnected(net) == connected &&
		  !L_DicomIsAssociated(net),
	    what);
}

static void
states(void)
{
	HDICOMNET idle = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);

	begin();
	check_states(idle, false, false, "a new handle is idle");
	check_states(listener, true, false, "a listener is active");
	check_number(outcome(NULL, 0, HERE, DICOM_IPTYPE_IPV4), 0,
	    "an SCU connects to an address of its version");
	await(&seen.accepted);
	check_number(seen.accept_error, 0, "the connection is accepted");
	check_number(seen.busy_error, DICOM_ERROR_PARAMETER,
	    "not by the listener itself");
	check_states(scu, true, true, "a connected handle is connected");
	check_number(L_DicomAccept(listener, idle), DICOM_ERROR_NET_NO_DATA,
	    "outside ACCEPT no connection waits");
	check_number(L_DicomAccept(listener, scu), DICOM_ERROR_NET_IS_CONNECTED,
	    "a handle in use accepts nothing");
	check_number(L_DicomConnect(scu, NULL, 0, HERE, port),
	    DICOM_ERROR_NET_IS_CONNECTED, "and does not connect again");
	L_DicomServerClose(scu);
	check_states(scu, true, true, "closing a listener is not for an SCU");
	L_DicomServerClose(listener);
	check_states(listener, false, false, "but for a listener");
	check_states(scu, true, true, "its connections live on");
	L_DicomFreeNet(idle);
	finish();
}

static void
ends(void)
{
	char text[NET_MAX_ADDRESS_SIZE], cut[4];
	L_UINT told = 0;

	begin();
	check_number(L_DicomGetPeerInfo(listener, text, sizeof(text), &told),
	    DICOM_ERROR_NET_NOT_CONNECTED, "a listener has no peer");
	check(*text == '\0' && told == 0, "and tells of none");
	check_number(L_DicomGetHostInfo(scu, text, sizeof(text), &told),
	    DICOM_ERROR_NET_NOT_CONNECTED, "an idle handle has no end");
	outcome(NULL, 0, HERE, DICOM_IPTYPE_NONE);
	check_number(L_DicomGetPeerInfo(scu, text, sizeof(text), &told), 0,
	    "a connected one has a peer");
	check(strcmp(text, "127.0.0.1") == 0 && told == port, "who was asked");
	check_number(L_DicomGetPeerInfo(scu, cut, sizeof(cut), NULL), 0,
	    "its port need not be asked for");
	check_text(cut, "127", "an address is cut to the buffer");
	check_number(L_DicomGetPeerInfo(scu, text, 0, &told), 0, "of no size");
	check_text(text, "127.0.0.1", "nothing is written into");
	check(L_DicomGetServer(scu) == NULL && L_DicomGetClientCount(scu) == 0,
	    "an SCU is nobody's client");
	await(&seen.accepted);
	check(L_DicomGetServer(scp) == listener &&
		  L_DicomGetClient(listener, 0) == scp &&
		  L_DicomGetClient(listener, 1) == NULL,
	    "an accepted handle is its listener's");
	finish();
}

static void
chosen_local_end(void)
{
	begin();
	check_number(outcome((L_TCHAR *)"127.0.0.2", 0, HERE, 0), 0,
	    "an SCU connects from the address it wants");
	await(&seen.accepted);
	check_text(seen.peer, "127.0.0.2", "which the SCP sees");
	finish();
}

static void
impossible_local_ends(void)
{
	begin();
	check_number(outcome(NULL, port, HERE, DICOM_IPTYPE_NONE),
	    DICOM_ERROR_NET_ADDRESS_IN_USE, "a local port that is taken");
	check_number(outcome((L_TCHAR *)"", port, HERE, DICOM_IPTYPE_IPV4),
	    DICOM_ERROR_NET_ADDRESS_IN_USE, "with any address");
	check_number(outcome((L_TCHAR *)"192.0.2.1", 0, HERE, 0),
	    DICOM_ERROR_NET_ADDRESS_NOT_AVAILABLE, "another host's address");
	check_number(outcome((L_TCHAR *)"::1", 0, HERE, DICOM_IPTYPE_NONE),
	    DICOM_IPV4_IPV6_CONFLICT, "an address of the other version");
	check_number(L_DicomConnectExt(scu, (L_TCHAR *)"::1", 0, HERE, port,
			 DICOM_IPTYPE_IPV4),
	    DICOM_IPV4_IPV6_CONFLICT, "which is known at once with a type");
	check_states(scu, false, false, "the handle is idle each time");
	check_number(outcome(NULL, 0, HERE, DICOM_IPTYPE_IPV4_OR_IPV6), 0,
	    "and can connect");
	await(&seen.accepted);
	finish();
}

/* A name of more than 255 characters is none (RFC 1123 2.1). */
static void
impossible_peers(void)
{
	char endless[400];

	memset(endless, 'x', sizeof(endless));
	endless[sizeof(endless) - 1] = '\0';
	begin();
	check_number(outcome(NULL, 0, endless, DICOM_IPTYPE_NONE),
	    DICOM_ERROR_NET_HOST_NOT_FOUND, "a name that can be nobody's");
	check_number(L_DicomConnect(scu, NULL, 0, (L_TCHAR *)"", port),
	    DICOM_ERROR_PARAMETER, "no name");
	check_number(L_DicomConnect(scu, NULL, 0, HERE, 0), DICOM_ERROR_RANGE,
	    "no port");
	check_number(L_DicomConnect(scu, HERE, 65536, HERE, port),
	    DICOM_ERROR_RANGE, "a local port above 65535");
	check_number(L_DicomConnectExt(scu, NULL, 0, HERE, port, 4),
	    DICOM_ERROR_RANGE, "an unknown kind of address");
	check_number(L_DicomConnectExt(scu, NULL, 0, HERE, port, -1),
	    DICOM_ERROR_RANGE, "on either side");
	check_states(scu, false, false, "none of which starts");
	finish();
}

static void
impossible_listeners(void)
{
	HDICOMNET other = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);

	begin();
	check_number(L_DicomListen(other, HERE, port, 1),
	    DICOM_ERROR_NET_ADDRESS_IN_USE, "a port that is taken");
	check_number(L_DicomListen(other, (L_TCHAR *)"192.0.2.1", 0, 1),
	    DICOM_ERROR_NET_ADDRESS_NOT_AVAILABLE, "another host's address");
	check_number(L_DicomListen(other, HERE, 65536, 1), DICOM_ERROR_RANGE,
	    "a port above 65535");
	check_number(L_DicomListenExt(other, HERE, 0, 1, 4), DICOM_ERROR_RANGE,
	    "an unknown kind of address");
	check_number(L_DicomListenExt(other, HERE, 0, 1, DICOM_IPTYPE_IPV6),
	    DICOM_IPV4_IPV6_CONFLICT, "an address of the other version");
	check_states(other, false, false, "are not listened at");
	check_number(L_DicomListenExt(other, HERE, 0, 1, DICOM_IPTYPE_IPV4), 0,
	    "the handle may listen elsewhere");
	L_DicomFreeNet(other);
	finish();
}

/* Where the host has IPv6. */
static void
over_ipv6(void)
{
	HDICOMNET other = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);
	char text[46];
	L_INT rc = L_DicomListen(other, (L_TCHAR *)"::1", 0, 1);

	if (rc == DICOM_ERROR_NET_ADDRESS_NOT_AVAILABLE ||
	    rc == DICOM_ERROR_NET_ADDRESS_NOT_SUPPORTED) {
		check(true, "this host listens over IPv6 # SKIP it has none");
	} else {
		check_number(rc, 0, "this host listens over IPv6");
		L_DicomGetHostInfo(other, text, sizeof(text), NULL);
		check_text(text, "::1", "at the address asked for");
	}
	L_DicomFreeNet(other);
}

static void
before_the_start(void)
{
	HDICOMNET other = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);

	check_number(L_DicomListen(other, HERE, 0, 1),
	    DICOM_ERROR_NET_NOT_INITIALISED, "nobody listens before StartUp");
	check_states(other, false, false, "the handle stays idle");
	L_DicomFreeNet(other);
}

int
main(void)
{
	alarm(120);
	before_the_start();
	L_DicomStartUp();
	states();
	ends();
	chosen_local_end();
	impossible_local_ends();
	impossible_peers();
	impossible_listeners();
	over_ipv6();
	L_DicomShutDown();
	return check_end();
}
