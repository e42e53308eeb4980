/* SCP and SCUs in any number; see ends.h. */
#include "load/ends.h"

#include "ltdic/extras.h"
#include "tools/mint.h"

#include <stdlib.h>
#include <string.h>

static const struct mint_spec authority = {
	.subject = { { "CN", "Load CA", 0 } },
	.constraints = MINT_CA,
	.key_usage = MINT_KEY_CERT_SIGN | MINT_CRL_SIGN,
};
static const struct mint_spec server = {
	.subject = { { "CN", "Load Server", 0 } },
	.issuer = &authority,
	.key_usage = MINT_DIGITAL_SIGNATURE,
	.purposes = { "serverAuth" },
};
static const struct mint_spec client = {
	.subject = { { "CN", "Load Client", 0 } },
	.issuer = &authority,
	.key_usage = MINT_DIGITAL_SIGNATURE,
	.purposes = { "clientAuth" },
};
static const struct mint_spec foreigner = {
	.subject = { { "CN", "Load Foreigner", 0 } },
	.issuer = &authority,
	.key_usage = MINT_DIGITAL_SIGNATURE,
	.purposes = { "codeSigning" },
};

static struct mint_dir dir;
static L_TCHAR *ca_file;
static struct files {
	L_TCHAR *certificate, *key;
} server_files, client_files, foreign_files;

static bool
make_files(struct files *files, const struct mint_spec *spec,
    const char *certificate, const char *key)
{
	const struct mint_spec *chain[] = { spec, NULL };

	files->certificate = mint_dir_certificates(&dir, certificate, chain);
	files->key = mint_dir_key(&dir, key, spec, NULL);
	return files->certificate != NULL && files->key != NULL;
}

bool
ends_prepare(void)
{
	const struct mint_spec *anchors[] = { &authority, NULL };

	if (mint_dir_make(&dir) != 0)
		return false;
	ca_file = mint_dir_certificates(&dir, "ca.pem", anchors);
	return ca_file != NULL &&
	       make_files(&server_files, &server, "server.pem", "server.key") &&
	       make_files(&client_files, &client, "client.pem", "client.key") &&
	       make_files(
		   &foreign_files, &foreigner, "foreign.pem", "foreign.key");
}

static void
free_files(struct files *files)
{
	free(files->certificate);
	free(files->key);
}

void
ends_clean_up(void)
{
	free(ca_file);
	free_files(&server_files);
	free_files(&client_files);
	free_files(&foreign_files);
	mint_dir_remove(&dir);
}

static HDICOMNET
make_net(bool secure)
{
	L_SSL_CTX_CREATE settings = { .uStructSize = sizeof(settings),
		.uFlags = FLAG_SSL_CTX_CREATE_CAFILE |
			  FLAG_SSL_CTX_CREATE_VERIFY_MODE,
		.pszCAfile = ca_file,
		.uVerifyMode =
		    L_SSL_VERIFY_PEER | L_SSL_VERIFY_FAIL_IF_NO_PEER_CERT };

	return L_DicomCreateNetExt(NULL,
	    (L_INT32)(secure ? DICOM_SECURE_TLS : DICOM_SECURE_NONE),
	    secure ? &settings : NULL);
}

static void
await(pthread_mutex_t *lock, pthread_cond_t *changed,
    const unsigned long *counter, unsigned long value)
{
	pthread_mutex_lock(lock);
	while (*counter < value)
		pthread_cond_wait(changed, lock);
	pthread_mutex_unlock(lock);
}

static unsigned long
read_counter(pthread_mutex_t *lock, const unsigned long *counter)
{
	unsigned long value;

	pthread_mutex_lock(lock);
	value = *counter;
	pthread_mutex_unlock(lock);
	return value;
}

/* ------------------------------------------------------------------ SCP -- */

static void
count(struct scp *scp, unsigned long *counter)
{
	pthread_mutex_lock(&scp->lock);
	++*counter;
	pthread_cond_broadcast(&scp->changed);
	pthread_mutex_unlock(&scp->lock);
}

static L_VOID EXT_CALLBACK
on_secured(HDICOMNET hNet, L_UINT32 nError, L_VOID *pUserData)
{
	struct scp *scp = pUserData;

	(void)hNet;
	if (nError != DICOM_SUCCESS) {
		pthread_mutex_lock(&scp->lock);
		scp->last_error = nError;
		pthread_mutex_unlock(&scp->lock);
	}
	count(scp, nError == DICOM_SUCCESS ? &scp->secured : &scp->not_secured);
}

static L_VOID EXT_CALLBACK
on_request(HDICOMNET hNet, HDICOMPDU hPDU, L_VOID *pUserData)
{
	struct scp *scp = pUserData;
	HDICOMPDU answer = L_DicomCreateAssociate(L_FALSE);

	(void)hPDU;
	if (answer == NULL ||
	    L_DicomAddPresentation(
		answer, 1, PDU_ACCEPT_RESULT_SUCCESS, NULL) != 0 ||
	    L_DicomAddTransfer(answer, 1, UID_IMPLICIT_VR_LITTLE_ENDIAN) != 0 ||
	    L_DicomSendAssociateAccept(hNet, answer) != DICOM_SUCCESS)
		L_DicomSendAbort(hNet, PDU_ABORT_SOURCE_USER, 0);
	else
		count(scp, &scp->associated);
	L_DicomFreeAssociate(answer);
}

static L_VOID EXT_CALLBACK
on_echo_request(HDICOMNET hNet, L_UCHAR nPresentationID, L_UINT16 nMessageID,
    L_TCHAR *pszClass, L_VOID *pUserData)
{
	struct scp *scp = pUserData;

	if (scp->on_echo != NULL)
		scp->on_echo(scp, hNet);
	if (L_DicomSendCEchoResponse(hNet, nPresentationID, nMessageID,
		pszClass, COMMAND_STATUS_SUCCESS) != DICOM_SUCCESS)
		L_DicomSendAbort(hNet, PDU_ABORT_SOURCE_USER, 0);
	count(scp, &scp->echoes);
}

static L_VOID EXT_CALLBACK
on_store_request(HDICOMNET hNet, L_UCHAR nPresentationID, L_UINT16 nMessageID,
    L_TCHAR *pszClass, L_TCHAR *pszInstance, L_UINT16 nPriority,
    L_TCHAR *pszMoveAE, L_UINT16 nMoveMessageID, HDICOMDS hDS,
    L_VOID *pUserData)
{
	struct scp *scp = pUserData;
	L_UINT16 status = scp->on_store == NULL
			      ? COMMAND_STATUS_PROCESSING_FAILURE
			      : scp->on_store(scp, hDS);

	(void)nPriority;
	(void)pszMoveAE;
	(void)nMoveMessageID;
	if (L_DicomSendCStoreResponse(hNet, nPresentationID, nMessageID,
		pszClass, pszInstance, status) != DICOM_SUCCESS)
		L_DicomSendAbort(hNet, PDU_ABORT_SOURCE_USER, 0);
}

static L_VOID EXT_CALLBACK
on_release_request(HDICOMNET hNet, L_VOID *pUserData)
{
	(void)pUserData;
	if (L_DicomSendReleaseResponse(hNet) != DICOM_SUCCESS)
		L_DicomSendAbort(hNet, PDU_ABORT_SOURCE_USER, 0);
}

static L_VOID EXT_CALLBACK
on_peer_closed(HDICOMNET hNet, L_INT nError, HDICOMNET hPeer, L_VOID *pUserData)
{
	struct scp *scp = pUserData;

	(void)hNet;
	(void)hPeer;
	if (nError == DICOM_SUCCESS)
		count(scp, &scp->closed_well);
}

/* Of the listener: the documented place to free the handle of a peer. */
static L_VOID EXT_CALLBACK
on_peer_lost(HDICOMNET hNet, L_INT nError, HDICOMNET hPeer, L_VOID *pUserData)
{
	struct scp *scp = pUserData;

	(void)hNet;
	(void)nError;
	L_DicomFreeNet(hPeer);
	count(scp, &scp->closed);
}

static bool
serve(struct scp *scp, HDICOMNET listener, HDICOMNET peer)
{
	DICOMNETCALLBACK callbacks = { .pfnClose = on_peer_closed,
		.pfnReceiveAssociateRequest = on_request,
		.pfnReceiveCEchoRequest = on_echo_request,
		.pfnReceiveCStoreRequest = on_store_request,
		.pfnReceiveReleaseRequest = on_release_request,
		.pfnOnSecureLinkReady = on_secured,
		.pUserData = scp };
	struct dt_patience patience = DT_PATIENCE_DEFAULT;

	if (peer == NULL)
		return false;
	L_DicomSetCallback(peer, &callbacks);
	if (scp->handshake_ms != 0) {
		patience.handshake = scp->handshake_ms;
		dt_net_set_patience(peer, &patience);
	}
	if (scp->secure &&
	    L_DicomSetServerCertificateTLS(peer, server_files.certificate,
		L_TLS_FILETYPE_PEM, server_files.key) != DICOM_SUCCESS)
		return false;
	return L_DicomAccept(listener, peer) == DICOM_SUCCESS;
}

static L_VOID EXT_CALLBACK
on_accept(HDICOMNET hNet, L_INT nError, L_VOID *pUserData)
{
	struct scp *scp = pUserData;
	HDICOMNET peer = nError == DICOM_SUCCESS ? make_net(scp->secure) : NULL;

	if (serve(scp, hNet, peer)) {
		count(scp, &scp->accepted);
		return;
	}
	L_DicomFreeNet(peer);
	pthread_mutex_lock(&scp->lock);
	scp->accept_error = nError;
	pthread_mutex_unlock(&scp->lock);
	count(scp, &scp->not_accepted);
}

bool
scp_open(struct scp *scp)
{
	DICOMNETCALLBACK callbacks = { .pfnAccept = on_accept,
		.pfnClose = on_peer_lost,
		.pUserData = scp };

	pthread_mutex_init(&scp->lock, NULL);
	pthread_cond_init(&scp->changed, NULL);
	scp->listener = make_net(false);
	L_DicomSetCallback(scp->listener, &callbacks);
	return L_DicomListen(scp->listener, (L_TCHAR *)"127.0.0.1", 0, 1024) ==
		   DICOM_SUCCESS &&
	       L_DicomGetHostInfo(scp->listener, NULL, 0, &scp->port) ==
		   DICOM_SUCCESS;
}

void
scp_await(struct scp *scp, const unsigned long *counter, unsigned long value)
{
	await(&scp->lock, &scp->changed, counter, value);
}

unsigned long
scp_read(struct scp *scp, const unsigned long *counter)
{
	return read_counter(&scp->lock, counter);
}

void
scp_close(struct scp *scp)
{
	L_DicomFreeNet(scp->listener);
	scp->listener = NULL;
}

/* ------------------------------------------------------------------ SCU -- */

static void
note_error(struct scu *scu, L_INT error)
{
	pthread_mutex_lock(&scu->crowd->lock);
	if (scu->error == DICOM_SUCCESS)
		scu->error = error;
	pthread_mutex_unlock(&scu->crowd->lock);
}

static void
end(struct scu *scu)
{
	struct crowd *crowd = scu->crowd;

	pthread_mutex_lock(&crowd->lock);
	if (!scu->over) {
		scu->over = true;
		crowd->over++;
		crowd->lost += scu->error != DICOM_SUCCESS || scu->echoes == 0;
		pthread_cond_broadcast(&crowd->changed);
	}
	pthread_mutex_unlock(&crowd->lock);
}

static void
give_up(struct scu *scu, L_INT error)
{
	note_error(scu, error);
	scu->gave_up = true;
	L_DicomClose(scu->net);
	end(scu);
}

static void
associate(struct scu *scu)
{
	HDICOMPDU request = L_DicomCreateAssociate(L_TRUE);
	L_INT rc;

	L_DicomDefaultAssociate(request);
	L_DicomSetCalling(request, (L_TCHAR *)"SCU");
	L_DicomSetCalled(request, (L_TCHAR *)"SCP");
	rc = L_DicomSendAssociateRequest(scu->net, request);
	L_DicomFreeAssociate(request);
	if (rc != DICOM_SUCCESS)
		give_up(scu, rc);
}

static L_VOID EXT_CALLBACK
on_ready(HDICOMNET hNet, L_UINT32 nError, L_VOID *pUserData)
{
	struct scu *scu = pUserData;

	(void)hNet;
	pthread_mutex_lock(&scu->crowd->lock);
	scu->readies++;
	pthread_mutex_unlock(&scu->crowd->lock);
	if (nError == DICOM_SUCCESS)
		associate(scu);
	else
		note_error(scu, (L_INT)nError);
}

static L_VOID EXT_CALLBACK
on_connect(HDICOMNET hNet, L_INT nError, L_VOID *pUserData)
{
	struct scu *scu = pUserData;

	(void)hNet;
	pthread_mutex_lock(&scu->crowd->lock);
	scu->connects++;
	scu->connected = nError == DICOM_SUCCESS;
	pthread_mutex_unlock(&scu->crowd->lock);
	if (nError != DICOM_SUCCESS) {
		note_error(scu, nError);
		end(scu);
	} else if (!scu->crowd->secure) {
		associate(scu);
	}
}

static L_VOID EXT_CALLBACK
on_associated(HDICOMNET hNet, HDICOMPDU hPDU, L_VOID *pUserData)
{
	(void)hNet;
	(void)hPDU;
	scu_echo(pUserData);
}

static void
store_next(struct scu *scu)
{
	if (!scu->crowd->store(scu))
		scu_release(scu);
}

static L_VOID EXT_CALLBACK
on_echo_response(HDICOMNET hNet, L_UCHAR nPresentationID, L_UINT16 nMessageID,
    L_TCHAR *pszClass, L_UINT16 nStatus, L_VOID *pUserData)
{
	struct scu *scu = pUserData;

	(void)hNet;
	(void)nPresentationID;
	(void)nMessageID;
	(void)pszClass;
	pthread_mutex_lock(&scu->crowd->lock);
	if (nStatus == COMMAND_STATUS_SUCCESS) {
		scu->echoes++;
		scu->crowd->echoes++;
	}
	pthread_cond_broadcast(&scu->crowd->changed);
	pthread_mutex_unlock(&scu->crowd->lock);
	if (scu->plan == SCU_STORES)
		store_next(scu);
	else if (scu->plan == SCU_RELEASES)
		scu_release(scu);
}

static L_VOID EXT_CALLBACK
on_store_response(HDICOMNET hNet, L_UCHAR nPresentationID, L_UINT16 nMessageID,
    L_TCHAR *pszClass, L_TCHAR *pszInstance, L_UINT16 nStatus,
    L_VOID *pUserData)
{
	struct scu *scu = pUserData;

	(void)hNet;
	(void)nPresentationID;
	(void)nMessageID;
	(void)pszClass;
	(void)pszInstance;
	pthread_mutex_lock(&scu->crowd->lock);
	if (nStatus == COMMAND_STATUS_SUCCESS) {
		scu->stored++;
		scu->crowd->stored++;
	}
	pthread_cond_broadcast(&scu->crowd->changed);
	pthread_mutex_unlock(&scu->crowd->lock);
	store_next(scu);
}

static L_VOID EXT_CALLBACK
on_closed(HDICOMNET hNet, L_INT nError, HDICOMNET hPeer, L_VOID *pUserData)
{
	struct scu *scu = pUserData;

	(void)hNet;
	(void)hPeer;
	pthread_mutex_lock(&scu->crowd->lock);
	scu->closes++;
	pthread_mutex_unlock(&scu->crowd->lock);
	if (nError != DICOM_SUCCESS)
		note_error(scu, nError);
	end(scu);
}

void
crowd_open(struct crowd *crowd)
{
	pthread_mutex_init(&crowd->lock, NULL);
	pthread_cond_init(&crowd->changed, NULL);
}

void
crowd_close(struct crowd *crowd)
{
	pthread_mutex_destroy(&crowd->lock);
	pthread_cond_destroy(&crowd->changed);
}

void
crowd_await(
    struct crowd *crowd, const unsigned long *counter, unsigned long value)
{
	await(&crowd->lock, &crowd->changed, counter, value);
}

unsigned long
crowd_read(struct crowd *crowd, const unsigned long *counter)
{
	return read_counter(&crowd->lock, counter);
}

HDICOMNET
crowd_make_net(const struct crowd *crowd, DICOMNETCALLBACK *callbacks)
{
	const struct files *files =
	    crowd->foreign ? &foreign_files : &client_files;
	HDICOMNET net = make_net(crowd->secure);

	if (net == NULL)
		return NULL;
	L_DicomSetCallback(net, callbacks);
	if (!crowd->secure ||
	    L_DicomSetClientCertificateTLS(net, files->certificate,
		L_TLS_FILETYPE_PEM, files->key) == DICOM_SUCCESS)
		return net;
	L_DicomFreeNet(net);
	return NULL;
}

static L_INT
start(struct scu *scu)
{
	DICOMNETCALLBACK callbacks = { .pfnConnect = on_connect,
		.pfnClose = on_closed,
		.pfnReceiveAssociateAccept = on_associated,
		.pfnReceiveCEchoResponse = on_echo_response,
		.pfnReceiveCStoreResponse = on_store_response,
		.pfnOnSecureLinkReady = on_ready,
		.pUserData = scu };
	const struct crowd *crowd = scu->crowd;
	const char *host = crowd->host == NULL ? "127.0.0.1" : crowd->host;

	scu->net = crowd_make_net(crowd, &callbacks);
	if (scu->net == NULL)
		return DICOM_ERROR_MEMORY;
	return L_DicomConnect(scu->net, NULL, 0, (L_TCHAR *)host, crowd->port);
}

void
scu_start(struct scu *scu, struct crowd *crowd, enum scu_plan plan)
{
	L_INT rc;

	*scu = (struct scu){ .crowd = crowd, .plan = plan };
	rc = start(scu);
	if (rc != DICOM_SUCCESS)
		give_up(scu, rc);
}

void
scu_echo(struct scu *scu)
{
	L_INT rc = L_DicomSendCEchoRequest(scu->net, 1, 1, NULL);

	if (rc != DICOM_SUCCESS)
		give_up(scu, rc);
}

void
scu_release(struct scu *scu)
{
	L_INT rc = L_DicomSendReleaseRequest(scu->net);

	if (rc != DICOM_SUCCESS)
		give_up(scu, rc);
}

void
scu_free(struct scu *scu)
{
	L_DicomFreeNet(scu->net);
	scu->net = NULL;
}

void
scu_await_end(struct scu *scu)
{
	pthread_mutex_lock(&scu->crowd->lock);
	while (!scu->over)
		pthread_cond_wait(&scu->crowd->changed, &scu->crowd->lock);
	pthread_mutex_unlock(&scu->crowd->lock);
}

bool
scu_run(struct crowd *crowd)
{
	struct scu scu;

	scu_start(&scu, crowd, SCU_RELEASES);
	scu_await_end(&scu);
	scu_free(&scu);
	return scu.error == DICOM_SUCCESS && scu.echoes == 1;
}

bool
scu_was_told_once(const struct scu *scu)
{
	bool failed_at_once = scu->connects == 1 && !scu->connected;

	if (scu->connects > 1 || scu->readies > 1 || scu->closes > 1)
		return false;
	if (scu->gave_up || failed_at_once)
		return scu->closes == 0;
	return scu->closes == 1;
}
