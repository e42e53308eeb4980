/* An SCP and calls to it; see service.h. */
#define L_DICOM_VERIFY_USERDATA
#include "service.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

const struct mint_spec service_authority = {
	.subject = { { "CN", "Test CA", 0 } },
	.constraints = MINT_CA,
	.key_usage = MINT_KEY_CERT_SIGN | MINT_CRL_SIGN,
};
const struct mint_spec service_server = {
	.subject = { { "CN", "Test Server", 0 } },
	.issuer = &service_authority,
	.serial = "11",
	.key_usage = MINT_DIGITAL_SIGNATURE,
	.purposes = { "serverAuth" },
};
static const struct mint_spec good = {
	.subject = { { "CN", "Good Client", 0 } },
	.issuer = &service_authority,
	.serial = "12",
	.key_usage = MINT_DIGITAL_SIGNATURE,
	.purposes = { "clientAuth" },
};
static const struct mint_spec lost = {
	.subject = { { "CN", "Lost Client", 0 } },
	.issuer = &service_authority,
	.serial = "15",
	.key_usage = MINT_DIGITAL_SIGNATURE,
	.purposes = { "clientAuth" },
};
static const struct mint_crl_spec empty_list = { .issuer = &service_authority,
	.number = 1 };

struct mint_dir service_dir;
struct scene_files service_server_files, service_good, service_lost;
L_TCHAR *service_crl;
HDICOMNET service_listener, service_settings;

static L_TCHAR *ca_file;
static L_UINT port;
static atomic_uint verified, elsewhere;
static _Thread_local bool breathing;

bool service_breathes;
struct service_hooks service_hooks;

unsigned
service_elsewhere(void)
{
	return atomic_load(&elsewhere);
}

void
service_breathe(void)
{
	const bool before = breathing;

	breathing = true;
	L_DicomBreathe();
	breathing = before;
}

/* In every callback. */
static void
note_thread(void)
{
	if (service_breathes && !breathing)
		atomic_fetch_add(&elsewhere, 1);
}

/* Counts, and leaves the answer as it is. */
static L_INT EXT_CALLBACK
on_verify(HDICOMNET hNet, L_INT ok, L_TCHAR *pszCertificateString, L_INT nError,
    L_TCHAR *pszErrorString, L_VOID *pUserData)
{
	atomic_uint *count = pUserData;

	note_thread();
	(void)hNet;
	(void)pszCertificateString;
	(void)nError;
	(void)pszErrorString;
	atomic_fetch_add(count, 1);
	return service_hooks.verify != NULL ? service_hooks.verify(hNet, ok)
					    : ok;
}

unsigned
service_verified(void)
{
	return atomic_load(&verified);
}

/* What could not be sent is the end: nobody is to wait for it. */
static void
must_be_sent(HDICOMNET net, L_INT rc)
{
	if (rc != DICOM_SUCCESS)
		L_DicomSendAbort(net, PDU_ABORT_SOURCE_USER, 0);
}

/* ------------------------------------------------------------------ SCP -- */

static L_VOID EXT_CALLBACK
on_request(HDICOMNET hNet, HDICOMPDU hPDU, L_VOID *pUserData)
{
	HDICOMPDU answer = L_DicomCreateAssociate(L_FALSE);

	note_thread();
	(void)hPDU;
	(void)pUserData;
	L_DicomAddPresentation(answer, 1, PDU_ACCEPT_RESULT_SUCCESS, NULL);
	L_DicomAddTransfer(answer, 1, UID_IMPLICIT_VR_LITTLE_ENDIAN);
	must_be_sent(hNet, L_DicomSendAssociateAccept(hNet, answer));
	L_DicomFreeAssociate(answer);
}

static L_VOID EXT_CALLBACK
on_echo_request(HDICOMNET hNet, L_UCHAR nPresentationID, L_UINT16 nMessageID,
    L_TCHAR *pszClass, L_VOID *pUserData)
{
	note_thread();
	(void)pUserData;
	must_be_sent(hNet, L_DicomSendCEchoResponse(
			       hNet, nPresentationID, nMessageID, pszClass, 0));
}

static L_VOID EXT_CALLBACK
on_release(HDICOMNET hNet, L_VOID *pUserData)
{
	note_thread();
	(void)pUserData;
	must_be_sent(hNet, L_DicomSendReleaseResponse(hNet));
}

static L_VOID EXT_CALLBACK
on_accept(HDICOMNET hNet, L_INT nError, L_VOID *pUserData)
{
	DICOMNETCALLBACK callbacks = {
		.pfnReceiveAssociateRequest = on_request,
		.pfnReceiveCEchoRequest = on_echo_request,
		.pfnReceiveReleaseRequest = on_release,
	};
	DICOMNETCALLBACKEXT ext = { .uStructSize = sizeof(ext),
		.pfnVerify = on_verify,
		.pUserData = &verified };
	HDICOMNET peer = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);

	note_thread();
	(void)nError;
	(void)pUserData;
	if (service_hooks.incoming != NULL)
		service_hooks.incoming();
	L_DicomSetCallback(peer, &callbacks);
	L_DicomSetCallbackExt(peer, &ext);
	if (L_DicomShareTLS(peer, service_settings) != DICOM_SUCCESS ||
	    L_DicomAccept(hNet, peer) != DICOM_SUCCESS)
		L_DicomFreeNet(peer);
	if (service_hooks.accepted != NULL)
		service_hooks.accepted();
}

static L_VOID EXT_CALLBACK
on_lost(HDICOMNET hNet, L_INT nError, HDICOMNET hPeer, L_VOID *pUserData)
{
	note_thread();
	(void)hNet;
	(void)nError;
	(void)pUserData;
	L_DicomFreeNet(hPeer);
}

/* ------------------------------------------------------------------ SCU -- */

static void
announce(struct call *call, bool *flag)
{
	pthread_mutex_lock(&call->lock);
	*flag = true;
	pthread_cond_broadcast(&call->changed);
	pthread_mutex_unlock(&call->lock);
}

static bool
is_set(struct call *call, const bool *flag)
{
	bool set;

	pthread_mutex_lock(&call->lock);
	set = *flag || call->over;
	pthread_mutex_unlock(&call->lock);
	return set;
}

void
call_await(struct call *call, const bool *flag)
{
	while (service_breathes && !is_set(call, flag))
		service_breathe();
	pthread_mutex_lock(&call->lock);
	while (!*flag && !call->over)
		pthread_cond_wait(&call->changed, &call->lock);
	pthread_mutex_unlock(&call->lock);
}

static L_VOID EXT_CALLBACK
on_connect(HDICOMNET hNet, L_INT nError, L_VOID *pUserData)
{
	struct call *call = pUserData;

	note_thread();
	(void)hNet;
	if (nError == DICOM_SUCCESS) {
		announce(call, &call->connected);
		return;
	}
	call->error = nError;
	announce(call, &call->over);
}

/* There is no association yet that could be aborted. */
static void
give_up(struct call *call, L_INT rc)
{
	L_DicomClose(call->net);
	call->error = rc;
	announce(call, &call->over);
}

static L_VOID EXT_CALLBACK
on_ready(HDICOMNET hNet, L_UINT32 nError, L_VOID *pUserData)
{
	HDICOMPDU request;
	L_INT rc;

	note_thread();
	if (nError != 0)
		return;
	request = L_DicomCreateAssociate(L_TRUE);
	L_DicomDefaultAssociate(request);
	L_DicomSetCalling(request, (L_TCHAR *)"SCU");
	L_DicomSetCalled(request, (L_TCHAR *)"SCP");
	rc = L_DicomSendAssociateRequest(hNet, request);
	L_DicomFreeAssociate(request);
	if (rc != DICOM_SUCCESS)
		give_up(pUserData, rc);
}

static L_VOID EXT_CALLBACK
on_associated(HDICOMNET hNet, HDICOMPDU hPDU, L_VOID *pUserData)
{
	struct call *call = pUserData;

	note_thread();
	(void)hPDU;
	if (!call->stay)
		must_be_sent(hNet, L_DicomSendCEchoRequest(hNet, 1, 1, NULL));
	announce(call, &call->associated);
}

static L_VOID EXT_CALLBACK
on_echo_response(HDICOMNET hNet, L_UCHAR nPresentationID, L_UINT16 nMessageID,
    L_TCHAR *pszClass, L_UINT16 nStatus, L_VOID *pUserData)
{
	struct call *call = pUserData;

	note_thread();
	(void)nPresentationID;
	(void)nMessageID;
	(void)pszClass;
	call->echoed = nStatus == COMMAND_STATUS_SUCCESS;
	if (service_hooks.echoed != NULL)
		service_hooks.echoed(call);
	else
		must_be_sent(hNet, L_DicomSendReleaseRequest(hNet));
}

static L_VOID EXT_CALLBACK
on_close(HDICOMNET hNet, L_INT nError, HDICOMNET hPeer, L_VOID *pUserData)
{
	struct call *call = pUserData;

	note_thread();
	(void)hNet;
	(void)hPeer;
	call->error = nError;
	announce(call, &call->over);
}

HDICOMNET
service_client(const struct scene_files *files)
{
	L_SSL_CTX_CREATE context = { .uStructSize = sizeof(context),
		.uFlags = FLAG_SSL_CTX_CREATE_CAFILE |
			  FLAG_SSL_CTX_CREATE_VERIFY_MODE,
		.pszCAfile = ca_file,
		.uVerifyMode =
		    L_SSL_VERIFY_PEER | L_SSL_VERIFY_FAIL_IF_NO_PEER_CERT };
	HDICOMNET net =
	    L_DicomCreateNetExt(NULL, (L_INT32)DICOM_SECURE_TLS, &context);

	if (L_DicomSetClientCertificateTLS(net, files->certificate,
		L_TLS_FILETYPE_PEM, files->key) != DICOM_SUCCESS)
		check(false, "certificate and key load");
	return net;
}

void
call_begin(struct call *call, HDICOMNET net)
{
	DICOMNETCALLBACK callbacks = { .pfnReceiveAssociateAccept =
					   on_associated,
		.pfnReceiveCEchoResponse = on_echo_response,
		.pfnConnect = on_connect,
		.pfnOnSecureLinkReady = on_ready,
		.pfnClose = on_close,
		.pUserData = call };
	DICOMNETCALLBACKEXT ext = { .uStructSize = sizeof(ext),
		.pfnVerify = on_verify,
		.pUserData = &call->verified };
	L_INT rc;

	pthread_mutex_init(&call->lock, NULL);
	pthread_cond_init(&call->changed, NULL);
	call->net = net;
	/* Returns when the CLOSE of an earlier connection has. */
	L_DicomClose(net);
	L_DicomSetCallback(net, &callbacks);
	L_DicomSetCallbackExt(net, &ext);
	rc = L_DicomConnect(net, NULL, 0, (L_TCHAR *)"127.0.0.1", port);
	if (rc == DICOM_SUCCESS)
		return;
	call->error = rc;
	announce(call, &call->over);
}

void
call_end(struct call *call)
{
	call_await(call, &call->over);
	pthread_mutex_destroy(&call->lock);
	pthread_cond_destroy(&call->changed);
}

struct call
call_once(const struct scene_files *files)
{
	HDICOMNET net = service_client(files);
	struct call call = { .error = -1 };

	call_begin(&call, net);
	call_end(&call);
	L_DicomFreeNet(net);
	return call;
}

static bool
make_files(struct scene_files *files, const struct mint_spec *spec,
    const char *certificate, const char *key)
{
	const struct mint_spec *chain[] = { spec, NULL };

	files->certificate =
	    mint_dir_certificates(&service_dir, certificate, chain);
	files->key = mint_dir_key(&service_dir, key, spec, NULL);
	return files->certificate != NULL && files->key != NULL;
}

static bool
prepare(void)
{
	const struct mint_spec *anchors[] = { &service_authority, NULL };

	if (mint_dir_make(&service_dir) != 0)
		return false;
	ca_file = mint_dir_certificates(&service_dir, "ca.pem", anchors);
	service_crl = mint_dir_crl(&service_dir, "ca.crl", &empty_list);
	return ca_file != NULL && service_crl != NULL &&
	       make_files(&service_server_files, &service_server, "server.pem",
		   "server.key") &&
	       make_files(&service_good, &good, "good.pem", "good.key") &&
	       make_files(&service_lost, &lost, "lost.pem", "lost.key");
}

static void
free_files(struct scene_files *files)
{
	free(files->certificate);
	free(files->key);
}

static void
clean_up(void)
{
	mint_dir_remove(&service_dir);
	free_files(&service_server_files);
	free_files(&service_good);
	free_files(&service_lost);
	free(ca_file);
	free(service_crl);
}

bool
service_start(void)
{
	DICOMNETCALLBACK callbacks = { .pfnAccept = on_accept,
		.pfnClose = on_lost };

	if (!prepare())
		return false;
	L_DicomStartUp();
	service_settings = service_client(&service_server_files);
	check_number(
	    L_DicomSetCrlFileTLS(service_settings, service_crl, L_FALSE),
	    DICOM_SUCCESS, "a CRL file is read");
	service_listener = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);
	L_DicomSetCallback(service_listener, &callbacks);
	L_DicomListen(service_listener, (L_TCHAR *)"127.0.0.1", 0, 16);
	L_DicomGetHostInfo(service_listener, NULL, 0, &port);
	return true;
}

void
service_stop(void)
{
	L_DicomServerClose(service_listener);
	/* Those whose end it has not heard of. */
	while (L_DicomGetClientCount(service_listener) > 0)
		L_DicomFreeNet(L_DicomGetClient(service_listener, 0));
	L_DicomFreeNet(service_listener);
	L_DicomFreeNet(service_settings);
	L_DicomShutDown();
	clean_up();
}
