/* Two ends over loopback; see scene.h. */
#include "scene.h"

#include "tools/mint.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct mint_spec authority = {
	.subject = { { "CN", "Test CA", 0 } },
	.constraints = MINT_CA,
	.key_usage = MINT_KEY_CERT_SIGN | MINT_CRL_SIGN,
};
static const struct mint_spec server = {
	.subject = { { "CN", "Test Server", 0 } },
	.issuer = &authority,
	.key_usage = MINT_DIGITAL_SIGNATURE,
	.purposes = { "serverAuth" },
};
static const struct mint_spec good_client = {
	.subject = { { "CN", "Good Client", 0 } },
	.issuer = &authority,
	.key_usage = MINT_DIGITAL_SIGNATURE,
	.purposes = { "clientAuth" },
};
static const struct mint_spec wrong_client = {
	.subject = { { "CN", "Test Client", 0 } },
	.issuer = &authority,
	.key_usage = MINT_DIGITAL_SIGNATURE | MINT_KEY_ENCIPHERMENT,
	.purposes = { "codeSigning" },
};
static const struct mint_spec weak_client = {
	.subject = { { "CN", "Weak Client", 0 } },
	.issuer = &authority,
	.key = "rsa1024",
	.purposes = { "clientAuth" },
};

static struct mint_dir dir;
static L_TCHAR *ca_file;
static struct scene_files server_files;
struct scene_files scene_good_client, scene_wrong_client, scene_weak_client;

static int tests, failures;
static bool quiet;

void
check(bool good, const char *what)
{
	if (good && quiet)
		return;
	tests++;
	if (!good)
		failures++;
	printf("%sok %d - %s\n", good ? "" : "not ", tests, what);
}

void
check_number(long got, long want, const char *what)
{
	check(got == want, what);
	if (got != want)
		printf("# got %ld, want %ld\n", got, want);
}

void
check_text(const char *got, const char *want, const char *what)
{
	check(strcmp(got, want) == 0, what);
	if (strcmp(got, want) != 0)
		printf("# got '%s', want '%s'\n", got, want);
}

void
scene_announce(struct scene *scene, bool *flag)
{
	pthread_mutex_lock(&scene->lock);
	*flag = true;
	pthread_cond_broadcast(&scene->changed);
	pthread_mutex_unlock(&scene->lock);
}

void
scene_await(struct scene *scene, const bool *flag)
{
	pthread_mutex_lock(&scene->lock);
	while (!*flag)
		pthread_cond_wait(&scene->changed, &scene->lock);
	pthread_mutex_unlock(&scene->lock);
}

struct end *
scene_end_of(struct scene *scene, HDICOMNET hNet)
{
	struct end *end;

	pthread_mutex_lock(&scene->lock);
	end = hNet == scene->scp.net ? &scene->scp : &scene->scu;
	pthread_mutex_unlock(&scene->lock);
	return end;
}

static L_VOID EXT_CALLBACK
on_ready(HDICOMNET hNet, L_UINT32 nError, L_VOID *pUserData)
{
	struct scene *scene = pUserData;
	struct end *end = scene_end_of(scene, hNet);
	HDICOMPDU request;

	end->secure_error = nError;
	end->suite = L_DicomGetCiphersuiteTLS(hNet);
	end->readies++;
	if (nError == 0 && end == &scene->scu) {
		request = L_DicomCreateAssociate(L_TRUE);
		L_DicomDefaultAssociate(request);
		L_DicomSetCalling(request, (L_TCHAR *)"SCU");
		L_DicomSetCalled(request, (L_TCHAR *)"SCP");
		L_DicomSendAssociateRequest(hNet, request);
		L_DicomFreeAssociate(request);
	}
	scene_announce(scene, &end->ready);
}

static L_VOID EXT_CALLBACK
on_connect(HDICOMNET hNet, L_INT nError, L_VOID *pUserData)
{
	struct scene *scene = pUserData;

	scene->scu.connect_error = nError;
	if (nError != 0) {
		scene_announce(scene, &scene->scu.ready);
		scene_announce(scene, &scene->scu.closed);
	} else if (!scene->scu.secure) {
		on_ready(hNet, DICOM_SUCCESS, pUserData);
	}
}

static L_VOID EXT_CALLBACK
on_close(HDICOMNET hNet, L_INT nError, HDICOMNET hPeer, L_VOID *pUserData)
{
	struct scene *scene = pUserData;
	struct end *end = scene_end_of(scene, hNet);

	/* On the listener; the connection hears of its end itself. */
	if (hPeer != NULL)
		return;
	end->close_error = nError;
	end->closes++;
	scene_announce(scene, &end->ready);
	scene_announce(scene, &end->closed);
}

static L_VOID EXT_CALLBACK
on_request(HDICOMNET hNet, HDICOMPDU hPDU, L_VOID *pUserData)
{
	HDICOMPDU answer = L_DicomCreateAssociate(L_FALSE);

	(void)hPDU;
	(void)pUserData;
	L_DicomAddPresentation(answer, 1, PDU_ACCEPT_RESULT_SUCCESS, NULL);
	L_DicomAddTransfer(answer, 1, UID_IMPLICIT_VR_LITTLE_ENDIAN);
	L_DicomSendAssociateAccept(hNet, answer);
	L_DicomFreeAssociate(answer);
}

static L_VOID EXT_CALLBACK
on_associated(HDICOMNET hNet, HDICOMPDU hPDU, L_VOID *pUserData)
{
	struct scene *scene = pUserData;

	(void)hPDU;
	scene->echo_error = L_DicomSendCEchoRequest(hNet, 1, 1, NULL);
	if (scene->echo_error != DICOM_SUCCESS)
		L_DicomSendReleaseRequest(hNet);
}

static L_VOID EXT_CALLBACK
on_data(HDICOMNET hNet, L_UCHAR nPresentationID, HDICOMDS hCS, HDICOMDS hDS,
    L_VOID *pUserData)
{
	struct scene *scene = pUserData;

	(void)nPresentationID;
	(void)hDS;
	if (scene->on_data != NULL)
		scene->on_data(scene, hNet, hCS);
}

static L_VOID EXT_CALLBACK
on_echo_request(HDICOMNET hNet, L_UCHAR nPresentationID, L_UINT16 nMessageID,
    L_TCHAR *pszClass, L_VOID *pUserData)
{
	(void)pUserData;
	L_DicomSendCEchoResponse(
	    hNet, nPresentationID, nMessageID, pszClass, 0);
}

static L_VOID EXT_CALLBACK
on_echo_response(HDICOMNET hNet, L_UCHAR nPresentationID, L_UINT16 nMessageID,
    L_TCHAR *pszClass, L_UINT16 nStatus, L_VOID *pUserData)
{
	struct scene *scene = pUserData;

	(void)nPresentationID;
	(void)nMessageID;
	(void)pszClass;
	scene->echoed = nStatus == COMMAND_STATUS_SUCCESS;
	L_DicomSendReleaseRequest(hNet);
}

static L_VOID EXT_CALLBACK
on_release(HDICOMNET hNet, L_VOID *pUserData)
{
	(void)pUserData;
	L_DicomSendReleaseResponse(hNet);
}

static HDICOMNET
make_end(struct scene *scene, bool secure)
{
	L_SSL_CTX_CREATE settings = { .uStructSize = sizeof(settings),
		.uFlags = FLAG_SSL_CTX_CREATE_CAFILE |
			  FLAG_SSL_CTX_CREATE_VERIFY_MODE,
		.pszCAfile = ca_file,
		.uVerifyMode =
		    L_SSL_VERIFY_PEER | L_SSL_VERIFY_FAIL_IF_NO_PEER_CERT };
	DICOMNETCALLBACK callbacks = { .pfnConnect = on_connect,
		.pfnClose = on_close,
		.pfnReceiveAssociateRequest = on_request,
		.pfnReceiveAssociateAccept = on_associated,
		.pfnReceiveData = on_data,
		.pfnReceiveCEchoRequest = on_echo_request,
		.pfnReceiveCEchoResponse = on_echo_response,
		.pfnReceiveReleaseRequest = on_release,
		.pfnOnSecureLinkReady = on_ready,
		.pUserData = scene };
	HDICOMNET net = L_DicomCreateNetExt(scene->folder,
	    (L_INT32)(secure ? DICOM_SECURE_TLS : DICOM_SECURE_NONE),
	    secure ? &settings : NULL);

	if (net == NULL)
		printf("# nSuccess %d\n", settings.nSuccess);
	if (scene->arrange != NULL)
		scene->arrange(scene, &callbacks);
	L_DicomSetCallback(net, &callbacks);
	if (scene->install != NULL)
		scene->install(scene, net);
	return net;
}

static L_VOID EXT_CALLBACK
on_accept(HDICOMNET hNet, L_INT nError, L_VOID *pUserData)
{
	struct scene *scene = pUserData;
	HDICOMNET peer = make_end(scene, scene->scp.secure);

	(void)nError;
	pthread_mutex_lock(&scene->lock);
	scene->scp.net = peer;
	pthread_mutex_unlock(&scene->lock);
	if (scene->scp.secure)
		scene->certificate_error = L_DicomSetServerCertificateTLS(peer,
		    server_files.certificate, L_TLS_FILETYPE_PEM,
		    server_files.key);
	scene->accept_error = L_DicomAccept(hNet, peer);
	scene_announce(scene, &scene->accepted);
}

void
scene_begin(
    struct scene *scene, const struct scene_files *client, bool secure_scp)
{
	DICOMNETCALLBACK callbacks = {
		.pfnAccept = on_accept, .pfnClose = on_close, .pUserData = scene
	};
	L_UINT port = 0;

	pthread_mutex_init(&scene->lock, NULL);
	pthread_cond_init(&scene->changed, NULL);
	scene->scu.secure = client != NULL;
	scene->scp.secure = secure_scp;
	L_DicomStartUp();
	scene->listener = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);
	L_DicomSetCallback(scene->listener, &callbacks);
	L_DicomListen(scene->listener, (L_TCHAR *)"127.0.0.1", 0, 5);
	L_DicomGetHostInfo(scene->listener, NULL, 0, &port);
	scene->scu.net = make_end(scene, client != NULL);
	if (client != NULL)
		check_number(
		    (long)L_DicomSetClientCertificateTLS(scene->scu.net,
			client->certificate, L_TLS_FILETYPE_PEM, client->key),
		    DICOM_SUCCESS, "the client's certificate loads");
	if (scene->route != NULL)
		port = scene->route(port);
	L_DicomConnect(scene->scu.net, NULL, 0, (L_TCHAR *)"127.0.0.1", port);
	scene_await(scene, &scene->accepted);
	check_number((long)scene->certificate_error, DICOM_SUCCESS,
	    "the server's certificate loads where it has one");
	check_number(
	    scene->accept_error, DICOM_SUCCESS, "the connection is accepted");
}

void
scene_finish(struct scene *scene)
{
	L_DicomFreeNet(scene->scu.net);
	L_DicomFreeNet(scene->scp.net);
	L_DicomFreeNet(scene->listener);
	L_DicomShutDown();
	pthread_mutex_destroy(&scene->lock);
	pthread_cond_destroy(&scene->changed);
}

static bool
make_files(struct scene_files *files, const struct mint_spec *spec,
    const char *certificate, const char *key)
{
	const struct mint_spec *chain[] = { spec, NULL };

	files->certificate = mint_dir_certificates(&dir, certificate, chain);
	files->key = mint_dir_key(&dir, key, spec, NULL);
	return files->certificate != NULL && files->key != NULL;
}

bool
scene_prepare(void)
{
	const struct mint_spec *anchors[] = { &authority, NULL };

	if (mint_dir_make(&dir) != 0)
		return false;
	ca_file = mint_dir_certificates(&dir, "ca.pem", anchors);
	return ca_file != NULL &&
	       make_files(&server_files, &server, "server.pem", "server.key") &&
	       make_files(
		   &scene_good_client, &good_client, "good.pem", "good.key") &&
	       make_files(&scene_wrong_client, &wrong_client, "wrong.pem",
		   "wrong.key") &&
	       make_files(
		   &scene_weak_client, &weak_client, "weak.pem", "weak.key");
}

static void
free_files(struct scene_files *files)
{
	free(files->certificate);
	free(files->key);
}

void
scene_clean_up(void)
{
	free(ca_file);
	free_files(&server_files);
	free_files(&scene_good_client);
	free_files(&scene_wrong_client);
	free_files(&scene_weak_client);
	mint_dir_remove(&dir);
}

void
check_quietly(void)
{
	quiet = true;
}

void
check_loudly(void)
{
	quiet = false;
}

int
check_end(void)
{
	printf("1..%d\n", tests);
	return failures == 0 ? 0 : 1;
}
