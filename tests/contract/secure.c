/*
 * The secure link through ltdic.h: the documented example (a client whose
 * certificate lacks the TLS purposes), both ways to answer it, and the mix-up
 * of TLS and plain DICOM. A plain program; see link.c.
 */
#include "ltdic.h"

#include "tools/mint.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct end {
	HDICOMNET net;
	char trace[1024]; /* "ok/error" of each VERIFY */
	bool ready;	  /* the handshake ended, or CLOSE came */
	L_UINT32 secure_error;
	L_INT close_error;
	bool closed;
	bool secure; /* TLS or plain */
};

struct scene {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct end scu, scp;
	HDICOMNET listener;
	bool accept_anyway;
	bool accepted;
	L_UINT32 certificate_error;
	L_INT accept_error;
	bool echoed;
	L_TCHAR *client_certificate, *client_key;
};

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

static L_TCHAR *ca_file, *server_certificate, *server_key;
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
check_number(long got, long want, const char *what)
{
	check(got == want, what);
	if (got != want)
		printf("# got %ld, want %ld\n", got, want);
}

static void
check_text(const char *got, const char *want, const char *what)
{
	check(strcmp(got, want) == 0, what);
	if (strcmp(got, want) != 0)
		printf("# got '%s', want '%s'\n", got, want);
}

static void
announce(struct scene *scene, bool *flag)
{
	pthread_mutex_lock(&scene->lock);
	*flag = true;
	pthread_cond_broadcast(&scene->changed);
	pthread_mutex_unlock(&scene->lock);
}

static void
await(struct scene *scene, const bool *flag)
{
	pthread_mutex_lock(&scene->lock);
	while (!*flag)
		pthread_cond_wait(&scene->changed, &scene->lock);
	pthread_mutex_unlock(&scene->lock);
}

/* VERIFY in its documented form has no user data. */
static struct scene *current;

static struct end *
end_of(struct scene *scene, HDICOMNET hNet)
{
	struct end *end;

	pthread_mutex_lock(&scene->lock);
	end = hNet == scene->scp.net ? &scene->scp : &scene->scu;
	pthread_mutex_unlock(&scene->lock);
	return end;
}

static L_INT EXT_CALLBACK
on_verify(HDICOMNET hNet, L_INT ok, L_TCHAR *pszCertificateString, L_INT nError,
    L_TCHAR *pszErrorString)
{
	char *trace = end_of(current, hNet)->trace;
	size_t used = strlen(trace);

	snprintf(trace + used, sizeof(current->scu.trace) - used, "%s%d/%d%s",
	    used > 0 ? " " : "", ok, nError,
	    strncmp(pszCertificateString, "Subject Name: ", 14) != 0 ||
		    *pszErrorString == '\0'
		? "?"
		: "");
	return current->accept_anyway ? 1 : ok;
}

static L_VOID EXT_CALLBACK
on_ready(HDICOMNET hNet, L_UINT32 nError, L_VOID *pUserData)
{
	struct scene *scene = pUserData;
	struct end *end = end_of(scene, hNet);
	HDICOMPDU request;

	end->secure_error = nError;
	if (nError == 0 && end == &scene->scu) {
		request = L_DicomCreateAssociate(L_TRUE);
		L_DicomDefaultAssociate(request);
		L_DicomSetCalling(request, (L_TCHAR *)"SCU");
		L_DicomSetCalled(request, (L_TCHAR *)"SCP");
		L_DicomSendAssociateRequest(hNet, request);
		L_DicomFreeAssociate(request);
	}
	announce(scene, &end->ready);
}

static L_VOID EXT_CALLBACK
on_connect(HDICOMNET hNet, L_INT nError, L_VOID *pUserData)
{
	struct scene *scene = pUserData;

	if (!scene->scu.secure)
		on_ready(hNet, (L_UINT32)nError, pUserData);
}

static L_VOID EXT_CALLBACK
on_close(HDICOMNET hNet, L_INT nError, HDICOMNET hPeer, L_VOID *pUserData)
{
	struct scene *scene = pUserData;
	struct end *end = end_of(scene, hNet);

	/* On the listener; the connection hears of its end itself. */
	if (hPeer != NULL)
		return;
	end->close_error = nError;
	announce(scene, &end->ready);
	announce(scene, &end->closed);
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
	(void)hPDU;
	(void)pUserData;
	L_DicomSendCEchoRequest(hNet, 1, 1, NULL);
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
		.pfnReceiveCEchoRequest = on_echo_request,
		.pfnReceiveCEchoResponse = on_echo_response,
		.pfnReceiveReleaseRequest = on_release,
		.pfnOnSecureLinkReady = on_ready,
		.pUserData = scene };
	DICOMNETCALLBACKEXT ext = { .uStructSize = sizeof(ext),
		.pfnVerify = on_verify };
	HDICOMNET net = L_DicomCreateNetExt(NULL,
	    (L_INT32)(secure ? DICOM_SECURE_TLS : DICOM_SECURE_NONE),
	    secure ? &settings : NULL);

	if (net == NULL)
		printf("# nSuccess %d\n", settings.nSuccess);
	L_DicomSetCallback(net, &callbacks);
	L_DicomSetCallbackExt(net, &ext);
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
		scene->certificate_error = L_DicomSetServerCertificateTLS(
		    peer, server_certificate, L_TLS_FILETYPE_PEM, server_key);
	scene->accept_error = L_DicomAccept(hNet, peer);
	announce(scene, &scene->accepted);
}

static void
begin(struct scene *scene, bool secure_scu, bool secure_scp)
{
	DICOMNETCALLBACK callbacks = {
		.pfnAccept = on_accept, .pfnClose = on_close, .pUserData = scene
	};
	L_UINT port = 0;

	current = scene;
	pthread_mutex_init(&scene->lock, NULL);
	pthread_cond_init(&scene->changed, NULL);
	scene->scu.secure = secure_scu;
	scene->scp.secure = secure_scp;
	L_DicomStartUp();
	scene->listener = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);
	L_DicomSetCallback(scene->listener, &callbacks);
	L_DicomListen(scene->listener, (L_TCHAR *)"127.0.0.1", 0, 5);
	L_DicomGetHostInfo(scene->listener, NULL, 0, &port);
	scene->scu.net = make_end(scene, secure_scu);
	if (secure_scu)
		check_number((long)L_DicomSetClientCertificateTLS(
				 scene->scu.net, scene->client_certificate,
				 L_TLS_FILETYPE_PEM, scene->client_key),
		    DICOM_SUCCESS, "the client's certificate loads");
	L_DicomConnect(scene->scu.net, NULL, 0, (L_TCHAR *)"127.0.0.1", port);
	await(scene, &scene->accepted);
	check_number((long)scene->certificate_error, DICOM_SUCCESS,
	    "the server's certificate loads where it has one");
	check_number(
	    scene->accept_error, DICOM_SUCCESS, "the connection is accepted");
}

static void
finish(struct scene *scene)
{
	L_DicomFreeNet(scene->scu.net);
	L_DicomFreeNet(scene->scp.net);
	L_DicomFreeNet(scene->listener);
	L_DicomShutDown();
	pthread_mutex_destroy(&scene->lock);
	pthread_cond_destroy(&scene->changed);
}

static void
give_client(struct scene *scene, const struct mint_dir *dir,
    const struct mint_spec *spec)
{
	const struct mint_spec *chain[] = { spec, NULL };

	scene->client_certificate =
	    mint_dir_certificates(dir, "client.pem", chain);
	scene->client_key = mint_dir_key(dir, "client.key", spec, NULL);
}

static void
forget_client(struct scene *scene)
{
	free(scene->client_certificate);
	free(scene->client_key);
}

static void
good_ends(const struct mint_dir *dir)
{
	struct scene scene = { 0 };

	give_client(&scene, dir, &good_client);
	begin(&scene, true, true);
	await(&scene, &scene.scu.closed);
	await(&scene, &scene.scp.closed);
	check_text(scene.scu.trace, "1/0 1/0", "the SCU judges root and leaf");
	check_text(scene.scp.trace, "1/0 1/0", "the SCP judges root and leaf");
	check(scene.echoed, "an echo travels over the secure link");
	check_number(scene.scp.close_error, 0, "the link ends well");
	finish(&scene);
	forget_client(&scene);
}

static void
documented_example(const struct mint_dir *dir)
{
	struct scene scene = { 0 };

	give_client(&scene, dir, &wrong_client);
	begin(&scene, true, true);
	await(&scene, &scene.scp.ready);
	await(&scene, &scene.scu.closed);
	check_text(scene.scp.trace, "0/26", "a client without the purpose");
	check_number((long)scene.scp.secure_error,
	    DICOM_ERROR_TLS_INVALID_PURPOSE, "is refused for it");
	check_number((long)L_DicomGetErrorSecure(scene.scp.net),
	    DICOM_ERROR_TLS_INVALID_PURPOSE, "which the handle remembers");
	await(&scene, &scene.scp.closed);
	check_number(scene.scp.close_error, DICOM_ERROR_TLS_INVALID_PURPOSE,
	    "and CLOSE follows with");
	check_number(scene.scu.close_error,
	    DICOM_ERROR_TLS_UNSUPPORTED_CERTIFICATE,
	    "and learns it from the alert");
	check(!scene.echoed, "no echo travels");
	finish(&scene);
	forget_client(&scene);
}

static void
documented_example_accepted(const struct mint_dir *dir)
{
	struct scene scene = { .accept_anyway = true };

	give_client(&scene, dir, &wrong_client);
	begin(&scene, true, true);
	await(&scene, &scene.scu.closed);
	await(&scene, &scene.scp.closed);
	check_text(scene.scp.trace, "0/26 1/26 1/26",
	    "a VERIFY that returns 1 sees the sticky error");
	check(scene.echoed, "and lets the echo through");
	finish(&scene);
	forget_client(&scene);
}

static void
tls_to_plain(const struct mint_dir *dir)
{
	struct scene scene = { 0 };

	give_client(&scene, dir, &good_client);
	begin(&scene, true, false);
	await(&scene, &scene.scu.ready);
	await(&scene, &scene.scp.closed);
	check_number((long)scene.scu.secure_error, DICOM_ERROR_BAD_SECURE_MODE,
	    "the SCU sees that the SCP is plain");
	check_number(scene.scp.close_error, DICOM_ERROR_BAD_SECURE_MODE,
	    "the plain SCP sees that the SCU speaks TLS");
	finish(&scene);
	forget_client(&scene);
}

static void
plain_to_tls(void)
{
	struct scene scene = { 0 };

	begin(&scene, false, true);
	await(&scene, &scene.scp.ready);
	await(&scene, &scene.scu.closed);
	check_number((long)scene.scp.secure_error, DICOM_ERROR_BAD_SECURE_MODE,
	    "the SCP sees that the SCU is plain");
	check_number(scene.scu.close_error, DICOM_ERROR_BAD_SECURE_MODE,
	    "the plain SCU sees that the SCP speaks TLS");
	finish(&scene);
}

int
main(void)
{
	const struct mint_spec *anchors[] = { &authority, NULL };
	const struct mint_spec *servers[] = { &server, NULL };
	struct mint_dir dir;

	alarm(120);
	if (mint_dir_make(&dir) != 0)
		return 1;
	ca_file = mint_dir_certificates(&dir, "ca.pem", anchors);
	server_certificate = mint_dir_certificates(&dir, "server.pem", servers);
	server_key = mint_dir_key(&dir, "server.key", &server, NULL);
	good_ends(&dir);
	documented_example(&dir);
	documented_example_accepted(&dir);
	tls_to_plain(&dir);
	plain_to_tls();
	free(ca_file);
	free(server_certificate);
	free(server_key);
	mint_dir_remove(&dir);
	printf("1..%d\n", tests);
	return failures == 0 ? 0 : 1;
}
