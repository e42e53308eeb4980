/*
 * An SCP that answers C-STORE with the statuses it is given, for what a real
 * one would do only when it is in trouble. Usage: answering_scp STATUS...
 *
 * It prints its port and serves one connection. The n-th request gets the n-th
 * status, a hexadecimal number; "abort" aborts, "other" answers a message that
 * nobody sent, "reject" as the first word rejects the association.
 */
#include "ltdic.h"

#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char **words;
static sem_t ended;
static HDICOMNET connection;

static L_VOID EXT_CALLBACK
on_request(HDICOMNET net, HDICOMPDU request, L_VOID *arg)
{
	HDICOMPDU answer;
	char transfer[PDU_MAX_UID_SIZE + 1];

	(void)arg;
	if (strcmp(*words, "reject") == 0) {
		L_DicomSendAssociateReject(net, PDU_REJECT_RESULT_TRANSIENT,
		    PDU_REJECT_SOURCE_PROVIDER2, PDU_REJECT_REASON_CONGESTION);
		return;
	}
	answer = L_DicomCreateAssociate(L_FALSE);
	for (L_INT i = 0; i < L_DicomGetPresentationCount(request); i++) {
		L_UCHAR id = L_DicomGetPresentation(request, i);

		L_DicomGetTransfer(request, id, 0, transfer, sizeof(transfer));
		L_DicomAddPresentation(
		    answer, id, PDU_ACCEPT_RESULT_SUCCESS, NULL);
		L_DicomAddTransfer(answer, id, transfer);
	}
	L_DicomSendAssociateAccept(net, answer);
	L_DicomFreeAssociate(answer);
}

static L_VOID EXT_CALLBACK
on_store(HDICOMNET net, L_UCHAR context, L_UINT16 message, L_TCHAR *sop_class,
    L_TCHAR *instance, L_UINT16 priority, L_TCHAR *move_ae,
    L_UINT16 move_message, HDICOMDS data_set, L_VOID *arg)
{
	const char *word = *words == NULL ? "0" : *words++;

	(void)priority;
	(void)move_ae;
	(void)move_message;
	(void)data_set;
	(void)arg;
	if (strcmp(word, "abort") == 0)
		L_DicomSendAbort(net, PDU_ABORT_SOURCE_USER, 0);
	else if (strcmp(word, "other") == 0)
		L_DicomSendCStoreResponse(net, context, message + 1u, sop_class,
		    instance, COMMAND_STATUS_SUCCESS);
	else
		L_DicomSendCStoreResponse(net, context, message, sop_class,
		    instance, (L_UINT16)strtoul(word, NULL, 16));
}

static L_VOID EXT_CALLBACK
on_release(HDICOMNET net, L_VOID *arg)
{
	(void)arg;
	L_DicomSendReleaseResponse(net);
}

static L_VOID EXT_CALLBACK
on_accept(HDICOMNET listener, L_INT error, L_VOID *arg)
{
	L_SSL_CTX_CREATE context = {
		.uStructSize = sizeof(context),
		.uFlags = FLAG_SSL_CTX_CREATE_CAFILE,
		.pszCAfile = (L_TCHAR *)"ca.pem",
	};
	DICOMNETCALLBACK callbacks = {
		.pfnReceiveAssociateRequest = on_request,
		.pfnReceiveCStoreRequest = on_store,
		.pfnReceiveReleaseRequest = on_release,
	};

	(void)arg;
	if (error != DICOM_SUCCESS || connection != NULL)
		return;
	connection =
	    L_DicomCreateNetExt(NULL, (L_INT32)DICOM_SECURE_TLS, &context);
	L_DicomSetCallback(connection, &callbacks);
	L_DicomSetServerCertificateTLS(connection, (L_TCHAR *)"server.pem",
	    L_TLS_FILETYPE_PEM, (L_TCHAR *)"server.key");
	L_DicomAccept(listener, connection);
}

static L_VOID EXT_CALLBACK
on_close(HDICOMNET listener, L_INT error, HDICOMNET peer, L_VOID *arg)
{
	(void)listener;
	(void)error;
	(void)peer;
	(void)arg;
	sem_post(&ended);
}

int
main(int argc, char **argv)
{
	DICOMNETCALLBACK callbacks = {
		.pfnAccept = on_accept,
		.pfnClose = on_close,
	};
	HDICOMNET listener;
	char address[64];
	L_UINT port = 0;

	if (argc < 2 || L_DicomStartUp() != DICOM_SUCCESS)
		return 1;
	words = argv + 1;
	sem_init(&ended, 0, 0);
	listener = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);
	L_DicomSetCallback(listener, &callbacks);
	if (L_DicomListen(listener, (L_TCHAR *)"127.0.0.1", 0, 1) !=
		DICOM_SUCCESS ||
	    L_DicomGetHostInfo(listener, address, sizeof(address), &port) !=
		DICOM_SUCCESS)
		return 1;
	printf("%u\n", port);
	fflush(stdout);
	sem_wait(&ended);
	L_DicomFreeNet(listener);
	L_DicomFreeNet(connection);
	L_DicomShutDown();
	return 0;
}
