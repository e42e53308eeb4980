/*
 * New files without a restart, through ltdic.h alone: handshakes run while
 * files are read again, a connection goes on through it, a new CRL counts for
 * the next, and a file that cannot be used changes nothing. A plain program,
 * for sanitizers; see link.c.
 */
#include "ltdic.h"

#include "tools/mint.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CALLERS = 3, CALLS = 12, RELOADS = 60 };

static const struct mint_spec authority = {
	.subject = { { "CN", "Test CA", 0 } },
	.constraints = MINT_CA,
	.key_usage = MINT_KEY_CERT_SIGN | MINT_CRL_SIGN,
};
static const struct mint_spec server = {
	.subject = { { "CN", "Test Server", 0 } },
	.issuer = &authority,
	.serial = "11",
	.key_usage = MINT_DIGITAL_SIGNATURE,
	.purposes = { "serverAuth" },
};
static const struct mint_spec good = {
	.subject = { { "CN", "Good Client", 0 } },
	.issuer = &authority,
	.serial = "12",
	.key_usage = MINT_DIGITAL_SIGNATURE,
	.purposes = { "clientAuth" },
};
static const struct mint_spec lost = {
	.subject = { { "CN", "Lost Client", 0 } },
	.issuer = &authority,
	.serial = "15",
	.key_usage = MINT_DIGITAL_SIGNATURE,
	.purposes = { "clientAuth" },
};
static const struct mint_crl_spec first_list = { .issuer = &authority,
	.number = 1 };
static const struct mint_crl_spec second_list = {
	.issuer = &authority, .number = 2, .revoked = { { "15", NULL, 1 } }
};

struct files {
	char *certificate, *key;
};

static struct mint_dir dir;
static char *ca_file, *crl_file;
static struct files server_files, good_files, lost_files;
static HDICOMNET listener, settings;
static L_UINT port;

static int tests, failures;

static void
check(bool right, const char *what)
{
	tests++;
	if (!right)
		failures++;
	printf("%sok %d - %s\n", right ? "" : "not ", tests, what);
}

static void
check_number(unsigned long got, unsigned long want, const char *what)
{
	check(got == want, what);
	if (got != want)
		printf("# got %lu, want %lu\n", got, want);
}

/* ------------------------------------------------------------------ SCP -- */

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
on_echo_request(HDICOMNET hNet, L_UCHAR nPresentationID, L_UINT16 nMessageID,
    L_TCHAR *pszClass, L_VOID *pUserData)
{
	(void)pUserData;
	L_DicomSendCEchoResponse(
	    hNet, nPresentationID, nMessageID, pszClass, 0);
}

static L_VOID EXT_CALLBACK
on_release(HDICOMNET hNet, L_VOID *pUserData)
{
	(void)pUserData;
	L_DicomSendReleaseResponse(hNet);
}

static L_VOID EXT_CALLBACK
on_accept(HDICOMNET hNet, L_INT nError, L_VOID *pUserData)
{
	DICOMNETCALLBACK callbacks = {
		.pfnReceiveAssociateRequest = on_request,
		.pfnReceiveCEchoRequest = on_echo_request,
		.pfnReceiveReleaseRequest = on_release,
	};
	HDICOMNET peer = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);

	(void)nError;
	(void)pUserData;
	L_DicomSetCallback(peer, &callbacks);
	if (L_DicomShareTLS(peer, settings) != DICOM_SUCCESS ||
	    L_DicomAccept(hNet, peer) != DICOM_SUCCESS)
		L_DicomFreeNet(peer);
}

static L_VOID EXT_CALLBACK
on_lost(HDICOMNET hNet, L_INT nError, HDICOMNET hPeer, L_VOID *pUserData)
{
	(void)hNet;
	(void)nError;
	(void)pUserData;
	L_DicomFreeNet(hPeer);
}

/* ------------------------------------------------------------------ SCU -- */

struct call {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	HDICOMNET net;
	bool stay; /* the association stays until it is told to end */
	bool associated, over;
	bool echoed;
	L_INT error; /* how the link ended */
};

static void
announce(struct call *call, bool *flag)
{
	pthread_mutex_lock(&call->lock);
	*flag = true;
	pthread_cond_broadcast(&call->changed);
	pthread_mutex_unlock(&call->lock);
}

static void
await(struct call *call, const bool *flag)
{
	pthread_mutex_lock(&call->lock);
	while (!*flag && !call->over)
		pthread_cond_wait(&call->changed, &call->lock);
	pthread_mutex_unlock(&call->lock);
}

static L_VOID EXT_CALLBACK
on_ready(HDICOMNET hNet, L_UINT32 nError, L_VOID *pUserData)
{
	HDICOMPDU request;

	(void)pUserData;
	if (nError != 0)
		return;
	request = L_DicomCreateAssociate(L_TRUE);
	L_DicomDefaultAssociate(request);
	L_DicomSetCalling(request, (L_TCHAR *)"SCU");
	L_DicomSetCalled(request, (L_TCHAR *)"SCP");
	L_DicomSendAssociateRequest(hNet, request);
	L_DicomFreeAssociate(request);
}

static L_VOID EXT_CALLBACK
on_associated(HDICOMNET hNet, HDICOMPDU hPDU, L_VOID *pUserData)
{
	struct call *call = pUserData;

	(void)hPDU;
	if (!call->stay)
		L_DicomSendCEchoRequest(hNet, 1, 1, NULL);
	announce(call, &call->associated);
}

static L_VOID EXT_CALLBACK
on_echo_response(HDICOMNET hNet, L_UCHAR nPresentationID, L_UINT16 nMessageID,
    L_TCHAR *pszClass, L_UINT16 nStatus, L_VOID *pUserData)
{
	struct call *call = pUserData;

	(void)nPresentationID;
	(void)nMessageID;
	(void)pszClass;
	call->echoed = nStatus == COMMAND_STATUS_SUCCESS;
	L_DicomSendReleaseRequest(hNet);
}

static L_VOID EXT_CALLBACK
on_close(HDICOMNET hNet, L_INT nError, HDICOMNET hPeer, L_VOID *pUserData)
{
	struct call *call = pUserData;

	(void)hNet;
	(void)hPeer;
	call->error = nError;
	announce(call, &call->over);
}

static HDICOMNET
make_net(const struct files *files)
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

static void
begin_call(struct call *call, HDICOMNET net)
{
	DICOMNETCALLBACK callbacks = { .pfnReceiveAssociateAccept =
					   on_associated,
		.pfnReceiveCEchoResponse = on_echo_response,
		.pfnOnSecureLinkReady = on_ready,
		.pfnClose = on_close,
		.pUserData = call };

	pthread_mutex_init(&call->lock, NULL);
	pthread_cond_init(&call->changed, NULL);
	call->net = net;
	L_DicomSetCallback(net, &callbacks);
	L_DicomConnect(net, NULL, 0, (L_TCHAR *)"127.0.0.1", port);
}

static void
end_call(struct call *call)
{
	await(call, &call->over);
	L_DicomFreeNet(call->net);
	pthread_mutex_destroy(&call->lock);
	pthread_cond_destroy(&call->changed);
}

/* One association with an echo; how it ended. */
static struct call
call_once(const struct files *files)
{
	struct call call = { .error = -1 };

	begin_call(&call, make_net(files));
	end_call(&call);
	return call;
}

/* ------------------------------------------------------------ scenarios -- */

/* In one step, so that nobody reads half of it. */
static void
put_in_place(char *written, const char *path)
{
	if (written == NULL || rename(written, path) != 0)
		check(false, "a file is replaced");
	free(written);
}

static void
put_list(const struct mint_crl_spec *list)
{
	put_in_place(mint_dir_crl(&dir, "new.crl", list), crl_file);
}

static void
put_server(void)
{
	const struct mint_spec *chain[] = { &server, NULL };

	put_in_place(mint_dir_certificates(&dir, "new.pem", chain),
	    server_files.certificate);
}

static void *
call_often(void *arg)
{
	unsigned long *echoes = arg;

	for (int i = 0; i < CALLS; i++)
		*echoes += call_once(&good_files).echoed;
	return NULL;
}

static void
handshakes_run_beside_reloads(void)
{
	pthread_t threads[CALLERS];
	unsigned long echoes[CALLERS] = { 0 };
	unsigned long all = 0, refused = 0;

	for (int i = 0; i < CALLERS; i++)
		pthread_create(&threads[i], NULL, call_often, &echoes[i]);
	for (int i = 0; i < RELOADS; i++) {
		put_list(i % 2 == 0 ? &second_list : &first_list);
		put_server();
		refused += L_DicomReloadTLS(settings, NULL, 0) != DICOM_SUCCESS;
	}
	for (int i = 0; i < CALLERS; i++) {
		pthread_join(threads[i], NULL);
		all += echoes[i];
	}
	check_number(refused, 0, "files are read again while handshakes run");
	check_number(all, CALLERS * CALLS, "and no handshake suffers");
}

static void *
reload_often(void *arg)
{
	unsigned long *failed = arg;

	for (int i = 0; i < RELOADS; i++)
		*failed += L_DicomReloadTLS(settings, NULL, 0) != 0;
	return NULL;
}

static void
reloads_run_beside_each_other(void)
{
	pthread_t threads[CALLERS];
	unsigned long failed[CALLERS] = { 0 };

	for (int i = 0; i < CALLERS; i++)
		pthread_create(&threads[i], NULL, reload_often, &failed[i]);
	for (int i = 0; i < CALLERS; i++) {
		pthread_join(threads[i], NULL);
		check_number(failed[i], 0, "reloads from several threads");
	}
	check(call_once(&good_files).echoed, "and the link works afterwards");
}

static void
a_connection_goes_on_through_it(void)
{
	struct call call = { .stay = true, .error = -1 };
	struct call next;

	put_list(&first_list);
	L_DicomReloadTLS(settings, NULL, 0);
	begin_call(&call, make_net(&lost_files));
	await(&call, &call.associated);
	check(call.associated, "who is not on the list is let in");

	put_list(&second_list);
	check(
	    call_once(&lost_files).echoed, "a new list alone changes nothing");
	check_number(L_DicomReloadTLS(settings, NULL, 0), DICOM_SUCCESS,
	    "the new list is read");
	next = call_once(&lost_files);
	check_number((unsigned long)next.error,
	    DICOM_ERROR_TLS_CERTIFICATE_REVOKED, "who is on it now is refused");
	check(!next.echoed, "and gets nothing");
	check(call_once(&good_files).echoed, "others are let in");

	L_DicomSendCEchoRequest(call.net, 1, 1, NULL);
	end_call(&call);
	check(call.echoed && call.error == 0,
	    "a connection that was there goes on to its end");
}

static void
check_reason(const char *path)
{
	L_TCHAR reason[512];

	check_number(L_DicomReloadTLS(settings, reason, sizeof(reason)),
	    DICOM_ERROR_TLS_INVALID_CTX, "a file that cannot be used");
	check(strncmp(reason, path, strlen(path)) == 0 &&
		  reason[strlen(path)] == ':',
	    "is named, with the reason");
	if (strncmp(reason, path, strlen(path)) != 0)
		printf("# got '%s'\n", reason);
	check(call_once(&good_files).echoed &&
		  call_once(&lost_files).error ==
		      DICOM_ERROR_TLS_CERTIFICATE_REVOKED,
	    "and all that was loaded before stays in force");
}

static void
a_broken_file_changes_nothing(void)
{
	static const char junk[] = "-----BEGIN CERTIFICATE-----\nMAMC\n";
	const struct dt_span bytes = dt_span(junk, sizeof(junk) - 1);
	L_TCHAR reason[512] = "?";
	L_TCHAR little[4];

	put_in_place(
	    mint_dir_write(&dir, "new.pem", bytes), server_files.certificate);
	check_reason(server_files.certificate);
	put_server();
	/* Newer, and in force all the same: it was not read with the others. */
	put_list(&first_list);
	remove(server_files.key);
	check_reason(server_files.key);
	free(mint_dir_key(&dir, "server.key", &server, NULL));
	put_list(&second_list);
	remove(crl_file);
	check_reason(crl_file);
	L_DicomReloadTLS(settings, little, sizeof(little));
	check(strlen(little) == 3, "a reason that does not fit is cut");
	put_list(&second_list);
	check_number(L_DicomReloadTLS(settings, reason, sizeof(reason)),
	    DICOM_SUCCESS, "once mended it is read");
	check(*reason == '\0', "without a reason");
}

static void
wrong_arguments(void)
{
	HDICOMNET plain = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);
	HDICOMNET other = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);
	L_TCHAR reason[64] = "?";

	check_number(L_DicomReloadTLS(NULL, reason, sizeof(reason)),
	    DICOM_ERROR_NULL_PTR, "no handle to reload");
	check(*reason == '\0', "gives no reason");
	check_number(L_DicomReloadTLS(plain, NULL, 0),
	    DICOM_ERROR_BAD_SECURE_MODE, "a plain handle has nothing to read");
	check_number(L_DicomShareTLS(other, plain), DICOM_ERROR_BAD_SECURE_MODE,
	    "nor anything to share");
	check_number(L_DicomShareTLS(NULL, settings), DICOM_ERROR_NULL_PTR,
	    "no handle to share with");
	check_number(L_DicomShareTLS(listener, settings),
	    DICOM_ERROR_NET_IS_CONNECTED, "a handle in use is left alone");
	check_number(L_DicomShareTLS(other, settings), DICOM_SUCCESS,
	    "a handle takes settings over");
	check_number(L_DicomGetSecureMode(other), DICOM_SECURE_TLS,
	    "and becomes one for TLS");
	check_number(L_DicomSetCrlFileTLS(other, (L_TCHAR *)"absent", L_FALSE),
	    DICOM_ERROR_TLS_INVALID_CTX, "a CRL file that is not there");
	check_number(L_DicomSetCrlFileTLS(plain, crl_file, L_FALSE),
	    DICOM_ERROR_BAD_SECURE_MODE, "a CRL for a plain handle");
	check_number(L_DicomSetCrlFileTLS(other, NULL, L_TRUE), DICOM_SUCCESS,
	    "no CRL any more");
	L_DicomFreeNet(plain);
	L_DicomFreeNet(other);
}

static bool
make_files(struct files *files, const struct mint_spec *spec,
    const char *certificate, const char *key)
{
	const struct mint_spec *chain[] = { spec, NULL };

	files->certificate = mint_dir_certificates(&dir, certificate, chain);
	files->key = mint_dir_key(&dir, key, spec, NULL);
	return files->certificate != NULL && files->key != NULL;
}

static bool
prepare(void)
{
	const struct mint_spec *anchors[] = { &authority, NULL };

	if (mint_dir_make(&dir) != 0)
		return false;
	ca_file = mint_dir_certificates(&dir, "ca.pem", anchors);
	crl_file = mint_dir_crl(&dir, "ca.crl", &first_list);
	return ca_file != NULL && crl_file != NULL &&
	       make_files(&server_files, &server, "server.pem", "server.key") &&
	       make_files(&good_files, &good, "good.pem", "good.key") &&
	       make_files(&lost_files, &lost, "lost.pem", "lost.key");
}

static void
free_files(struct files *files)
{
	free(files->certificate);
	free(files->key);
}

static void
clean_up(void)
{
	mint_dir_remove(&dir);
	free_files(&server_files);
	free_files(&good_files);
	free_files(&lost_files);
	free(ca_file);
	free(crl_file);
}

static void
start_scp(void)
{
	DICOMNETCALLBACK callbacks = { .pfnAccept = on_accept,
		.pfnClose = on_lost };

	settings = make_net(&server_files);
	check_number(L_DicomSetCrlFileTLS(settings, crl_file, L_FALSE),
	    DICOM_SUCCESS, "a CRL file is read");
	listener = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);
	L_DicomSetCallback(listener, &callbacks);
	L_DicomListen(listener, (L_TCHAR *)"127.0.0.1", 0, 16);
	L_DicomGetHostInfo(listener, NULL, 0, &port);
}

/* Handles whose end the listener has not heard of yet. */
static void
stop_scp(void)
{
	L_DicomServerClose(listener);
	while (L_DicomGetClientCount(listener) > 0)
		L_DicomFreeNet(L_DicomGetClient(listener, 0));
	L_DicomFreeNet(listener);
	L_DicomFreeNet(settings);
}

int
main(void)
{
	alarm(300);
	if (!prepare())
		return 1;
	L_DicomStartUp();
	start_scp();
	handshakes_run_beside_reloads();
	reloads_run_beside_each_other();
	a_connection_goes_on_through_it();
	a_broken_file_changes_nothing();
	wrong_arguments();
	stop_scp();
	L_DicomShutDown();
	clean_up();
	printf("1..%d\n", tests);
	return failures == 0 ? 0 : 1;
}
