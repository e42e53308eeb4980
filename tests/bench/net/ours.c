/* C-STORE of the file from our SCU to our SCP, through ltdic.h; what arrives
 * is counted and thrown away, as storescp --ignore does. */
#include "net.h"

#include "ltdic/extras.h"

#include "ltdic.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

static struct {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool over;
	uint64_t received;
	bool stored;
	L_CIPHERSUITE suite;
	HDICOMNET scp;
} link = { .lock = PTHREAD_MUTEX_INITIALIZER,
	.changed = PTHREAD_COND_INITIALIZER };

static void
end_link(void)
{
	pthread_mutex_lock(&link.lock);
	link.over = true;
	pthread_cond_broadcast(&link.changed);
	pthread_mutex_unlock(&link.lock);
}

static int
begin(void *arg, const struct dt_data_head *head, void **stream)
{
	(void)arg;
	(void)head;
	*stream = &link.received;
	return 0;
}

static int
put(void *stream, struct dt_span octets)
{
	*(uint64_t *)stream += octets.size;
	return 0;
}

static void
end(void *stream, enum dt_data_end how)
{
	(void)stream;
	(void)how;
}

static L_VOID EXT_CALLBACK
on_close(HDICOMNET hNet, L_INT nError, HDICOMNET hPeer, L_VOID *pUserData)
{
	(void)pUserData;
	if (hPeer != NULL)
		return;
	if (nError != DICOM_SUCCESS)
		printf("# our end closed: %d\n", nError);
	/* The SCP's end is the last thing to happen. */
	if (hNet == link.scp || nError != DICOM_SUCCESS)
		end_link();
}

static L_VOID EXT_CALLBACK
on_ready(HDICOMNET hNet, L_UINT32 nError, L_VOID *pUserData)
{
	HDICOMPDU request;

	if (nError != DICOM_SUCCESS || pUserData == NULL)
		return;
	link.suite = L_DicomGetCiphersuiteTLS(hNet);
	request = L_DicomCreateAssociate(L_TRUE);
	L_DicomSetCalling(request, (L_TCHAR *)"SCU");
	L_DicomSetCalled(request, (L_TCHAR *)"SCP");
	L_DicomAddPresentation(request, 1, 0, (L_TCHAR *)NET_CLASS);
	L_DicomAddTransfer(request, 1, (L_TCHAR *)NET_TRANSFER);
	L_DicomSendAssociateRequest(hNet, request);
	L_DicomFreeAssociate(request);
}

static L_VOID EXT_CALLBACK
on_request(HDICOMNET hNet, HDICOMPDU hPDU, L_VOID *pUserData)
{
	HDICOMPDU answer = L_DicomCreateAssociate(L_FALSE);

	(void)hPDU;
	(void)pUserData;
	/* As storescp is told to. */
	L_DicomSetMaxLength(answer, L_TRUE, 131072);
	L_DicomAddPresentation(answer, 1, PDU_ACCEPT_RESULT_SUCCESS, NULL);
	L_DicomAddTransfer(answer, 1, (L_TCHAR *)NET_TRANSFER);
	L_DicomSendAssociateAccept(hNet, answer);
	L_DicomFreeAssociate(answer);
}

static L_VOID EXT_CALLBACK
on_accepted(HDICOMNET hNet, HDICOMPDU hPDU, L_VOID *pUserData)
{
	HDICOMDS set = L_DicomCreateDS(NULL);
	L_INT rc = L_DicomLoadDS(set, (L_TCHAR *)NET_FILE, 0);

	(void)hPDU;
	(void)pUserData;
	if (rc == DICOM_SUCCESS)
		rc = L_DicomSendCStoreRequest(hNet, 1, 1, (L_TCHAR *)NET_CLASS,
		    (L_TCHAR *)NET_INSTANCE, COMMAND_PRIORITY_MEDIUM, NULL, 0,
		    set);
	if (rc != DICOM_SUCCESS)
		printf("# our C-STORE: %d\n", rc);
	L_DicomFreeDS(set);
}

static L_VOID EXT_CALLBACK
on_store(HDICOMNET hNet, L_UCHAR nPresentationID, L_UINT16 nMessageID,
    L_TCHAR *pszClass, L_TCHAR *pszInstance, L_UINT16 nPriority,
    L_TCHAR *pszMoveAE, L_UINT16 nMoveMessageID, HDICOMDS hDS,
    L_VOID *pUserData)
{
	(void)nPriority;
	(void)pszMoveAE;
	(void)nMoveMessageID;
	(void)hDS;
	(void)pUserData;
	L_DicomSendCStoreResponse(hNet, nPresentationID, nMessageID, pszClass,
	    pszInstance, COMMAND_STATUS_SUCCESS);
}

static L_VOID EXT_CALLBACK
on_stored(HDICOMNET hNet, L_UCHAR nPresentationID, L_UINT16 nMessageID,
    L_TCHAR *pszClass, L_TCHAR *pszInstance, L_UINT16 nStatus,
    L_VOID *pUserData)
{
	(void)nPresentationID;
	(void)nMessageID;
	(void)pszClass;
	(void)pszInstance;
	(void)pUserData;
	link.stored = nStatus == COMMAND_STATUS_SUCCESS;
	L_DicomSendReleaseRequest(hNet);
}

static L_VOID EXT_CALLBACK
on_release(HDICOMNET hNet, L_VOID *pUserData)
{
	(void)pUserData;
	L_DicomSendReleaseResponse(hNet);
}

/* arg is set for the SCU, which asks for the association. */
static HDICOMNET
make_end(void *arg, const char *certificate, const char *key)
{
	L_SSL_CTX_CREATE settings = { .uStructSize = sizeof(settings),
		.uFlags = FLAG_SSL_CTX_CREATE_CAFILE |
			  FLAG_SSL_CTX_CREATE_VERIFY_MODE,
		.pszCAfile = (L_TCHAR *)NET_CA,
		.uVerifyMode = L_SSL_VERIFY_PEER };
	DICOMNETCALLBACK callbacks = { .pfnClose = on_close,
		.pfnOnSecureLinkReady = on_ready,
		.pfnReceiveAssociateRequest = on_request,
		.pfnReceiveAssociateAccept = on_accepted,
		.pfnReceiveCStoreRequest = on_store,
		.pfnReceiveCStoreResponse = on_stored,
		.pfnReceiveReleaseRequest = on_release,
		.pUserData = arg };
	HDICOMNET net =
	    L_DicomCreateNetExt(NULL, (L_INT32)DICOM_SECURE_TLS, &settings);

	L_DicomSetCallback(net, &callbacks);
	L_DicomSetCipherToIndexTLS(net, 0, L_TLS_AES_256_GCM_SHA384);
	L_DicomSetClientCertificateTLS(
	    net, (L_TCHAR *)certificate, L_TLS_FILETYPE_PEM, (L_TCHAR *)key);
	return net;
}

static L_VOID EXT_CALLBACK
on_accept(HDICOMNET hNet, L_INT nError, L_VOID *pUserData)
{
	const struct dt_data_sink sink = { begin, put, end, NULL };

	(void)nError;
	(void)pUserData;
	link.scp = make_end(NULL, NET_SERVER, NET_SERVER_KEY);
	dt_net_set_data_sink(link.scp, &sink);
	L_DicomAccept(hNet, link.scp);
}

static void
await_end(void)
{
	pthread_mutex_lock(&link.lock);
	while (!link.over)
		pthread_cond_wait(&link.changed, &link.lock);
	pthread_mutex_unlock(&link.lock);
}

static bool
is_good(uint64_t size)
{
	if (link.suite != L_TLS_AES_256_GCM_SHA384)
		printf("# our suite is %d\n", (int)link.suite);
	else if (!link.stored || link.received < size)
		printf("# our C-STORE failed\n");
	else
		return true;
	return false;
}

double
net_ours(uint64_t size)
{
	DICOMNETCALLBACK callbacks = { .pfnAccept = on_accept };
	HDICOMNET listener, scu;
	L_UINT port = 0;
	double begun, took;

	link.over = link.stored = false;
	link.received = 0;
	L_DicomStartUp();
	listener = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);
	L_DicomSetCallback(listener, &callbacks);
	L_DicomListen(listener, (L_TCHAR *)"127.0.0.1", 0, 5);
	L_DicomGetHostInfo(listener, NULL, 0, &port);
	scu = make_end(&link, NET_CLIENT, NET_CLIENT_KEY);
	begun = net_now();
	L_DicomConnect(scu, NULL, 0, (L_TCHAR *)"127.0.0.1", port);
	await_end();
	took = net_now() - begun;
	L_DicomFreeNet(scu);
	L_DicomFreeNet(link.scp);
	L_DicomFreeNet(listener);
	L_DicomShutDown();
	return is_good(size) ? took : -1;
}
