/*
 * The published example of a certificate string, byte for byte, from a
 * certificate with the same contents: by the text function and as the SCP's
 * VERIFY gets it.
 */
#define L_DICOM_VERIFY_USERDATA
#include "ltdic.h"

#include "tools/mint.h"

#include "dicomtls.h"

#include <criterion/criterion.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static const char published[] =
    "Subject Name: CN = Test Client, C = US, ST = Nebraska, L = Omaha, "
    "O = Test Client Organization\n"
    "Issuer Name: CN = LEAD CA, L = Charlotte, ST = North Carolina, C = US, "
    "emailAddress = support@leadtools.com, "
    "O = \"LEAD Technologies, Inc.\"\n"
    "Valid From: Jun  1 21:31:35 2020 GMT\n"
    "Valid To: May 30 21:31:35 2030 GMT\n"
    "Serial Number: ae:8a:75:37:56:03:c4:45\n"
    "Basic Constraints:Not a CA (Certificate Authority)\n"
    "Certificate purposes:\n"
    "\tSSL client : No\n"
    "\tSSL client CA : No\n"
    "\tSSL server : No\n"
    "\tSSL server CA : No\n"
    "\tNetscape SSL server : No\n"
    "\tNetscape SSL server CA : No\n"
    "\tS/MIME signing : No\n"
    "\tS/MIME signing CA : No\n"
    "\tS/MIME encryption : No\n"
    "\tS/MIME encryption CA : No\n"
    "\tCRL signing : No\n"
    "\tCRL signing CA : No\n"
    "\tAny Purpose : Yes\n"
    "\tAny Purpose CA : Yes\n"
    "\tOCSP helper : Yes\n"
    "\tOCSP helper CA : No\n"
    "\tTime Stamp signing : No\n";

static const struct mint_spec ca = {
	.subject = { { "CN", "LEAD CA", 0 }, { "L", "Charlotte", 0 },
	    { "ST", "North Carolina", 0 }, { "C", "US", 0 },
	    { "emailAddress", "support@leadtools.com", 0 },
	    { "O", "LEAD Technologies, Inc.", 0 } },
	.constraints = MINT_CA,
	.key_usage = MINT_KEY_CERT_SIGN | MINT_CRL_SIGN,
};

static const struct mint_spec client = {
	.subject = { { "CN", "Test Client", 0 }, { "C", "US", 0 },
	    { "ST", "Nebraska", 0 }, { "L", "Omaha", 0 },
	    { "O", "Test Client Organization", 0 } },
	.issuer = &ca,
	.serial = "ae:8a:75:37:56:03:c4:45",
	.not_before = "200601213135Z",
	.not_after = "300530213135Z",
	.constraints = MINT_NOT_CA,
	.key_usage = MINT_DIGITAL_SIGNATURE | MINT_KEY_ENCIPHERMENT,
	.purposes = { "codeSigning" },
};

static const struct mint_spec server = {
	.subject = { { "CN", "SCP", 0 } },
	.issuer = &ca,
	.key_usage = MINT_DIGITAL_SIGNATURE,
	.purposes = { "serverAuth" },
};

Test(certificate_string, is_the_published_example)
{
	struct dt_buffer der = { 0 };
	char *text = NULL;

	cr_assert_eq(mint_certificate(&client, MINT_DER, &der), 0);
	cr_assert_eq(
	    dicomtls_certificate_string(der.data, dt_buffer_size(&der), &text),
	    0);
	cr_expect_str_eq(text, published);
	free(text);
	dt_buffer_clear(&der);
}

/* What the callbacks of both ends leave behind. */
struct meeting {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	L_UINT32 scp_error; /* of ONSECURELINKREADY */
	int scp_told, verify_calls, verify_ok, verify_error;
	char text[2048];
	char error_text[128];
	HDICOMNET peer;
	char *ca, *certificate, *key;
};

static HDICOMNET
make_end(const char *authority, const char *certificate, const char *key)
{
	L_SSL_CTX_CREATE context = {
		.uStructSize = sizeof(context),
		.uFlags = FLAG_SSL_CTX_CREATE_CAFILE |
			  FLAG_SSL_CTX_CREATE_VERIFY_MODE,
		.pszCAfile = (L_TCHAR *)authority,
		.uVerifyMode =
		    L_SSL_VERIFY_PEER | L_SSL_VERIFY_FAIL_IF_NO_PEER_CERT,
	};
	HDICOMNET handle =
	    L_DicomCreateNetExt(NULL, (L_INT32)DICOM_SECURE_TLS, &context);

	cr_assert_eq(context.nSuccess, DICOM_SUCCESS);
	cr_assert_not_null(handle);
	cr_assert_eq(
	    L_DicomSetClientCertificateTLS(handle, (L_TCHAR *)certificate,
		L_TLS_FILETYPE_PEM, (L_TCHAR *)key),
	    DICOM_SUCCESS);
	return handle;
}

static L_INT EXT_CALLBACK
on_verify(HDICOMNET handle, L_INT ok, L_TCHAR *certificate, L_INT error,
    L_TCHAR *text, L_VOID *arg)
{
	struct meeting *meeting = arg;

	(void)handle;
	pthread_mutex_lock(&meeting->lock);
	meeting->verify_calls++;
	meeting->verify_ok = ok;
	meeting->verify_error = error;
	strncpy(meeting->text, certificate, sizeof(meeting->text) - 1);
	strncpy(meeting->error_text, text, sizeof(meeting->error_text) - 1);
	pthread_mutex_unlock(&meeting->lock);
	return ok;
}

static L_VOID EXT_CALLBACK
on_scp_link(HDICOMNET handle, L_UINT32 error, L_VOID *arg)
{
	struct meeting *meeting = arg;

	(void)handle;
	pthread_mutex_lock(&meeting->lock);
	meeting->scp_error = error;
	meeting->scp_told = 1;
	pthread_cond_signal(&meeting->changed);
	pthread_mutex_unlock(&meeting->lock);
}

static L_VOID EXT_CALLBACK
on_accept(HDICOMNET listener, L_INT error, L_VOID *arg)
{
	struct meeting *meeting = arg;
	DICOMNETCALLBACK callbacks = {
		.pfnOnSecureLinkReady = on_scp_link,
		.pUserData = meeting,
	};
	DICOMNETCALLBACKEXT verify = {
		.uStructSize = sizeof(verify),
		.pfnVerify = on_verify,
		.pUserData = meeting,
	};

	cr_assert_eq(error, DICOM_SUCCESS);
	meeting->peer =
	    make_end(meeting->ca, meeting->certificate, meeting->key);
	L_DicomSetCallback(meeting->peer, &callbacks);
	L_DicomSetCallbackExt(meeting->peer, &verify);
	cr_assert_eq(L_DicomAccept(listener, meeting->peer), DICOM_SUCCESS);
}

static void
wait_for_scp(struct meeting *meeting)
{
	pthread_mutex_lock(&meeting->lock);
	while (!meeting->scp_told)
		pthread_cond_wait(&meeting->changed, &meeting->lock);
	pthread_mutex_unlock(&meeting->lock);
}

static HDICOMNET
start_listener(struct meeting *meeting, L_UINT *port)
{
	HDICOMNET listener = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);
	DICOMNETCALLBACK callbacks = { .pfnAccept = on_accept,
		.pUserData = meeting };

	cr_assert_not_null(listener);
	L_DicomSetCallback(listener, &callbacks);
	cr_assert_eq(L_DicomListen(listener, (L_TCHAR *)"127.0.0.1", 0, 1),
	    DICOM_SUCCESS);
	cr_assert_eq(
	    L_DicomGetHostInfo(listener, NULL, 0, port), DICOM_SUCCESS);
	return listener;
}

Test(certificate_string, reaches_verify_with_error_26, .timeout = 60)
{
	const struct mint_spec *const ca_list[] = { &ca, NULL };
	const struct mint_spec *const server_list[] = { &server, NULL };
	const struct mint_spec *const client_list[] = { &client, NULL };
	struct meeting meeting = { .lock = PTHREAD_MUTEX_INITIALIZER,
		.changed = PTHREAD_COND_INITIALIZER };
	struct mint_dir dir;
	HDICOMNET listener, scu;
	char *certificate, *key;
	L_UINT port;

	cr_assert_eq(mint_dir_make(&dir), 0);
	meeting.ca = mint_dir_certificates(&dir, "ca.pem", ca_list);
	meeting.certificate =
	    mint_dir_certificates(&dir, "scp.pem", server_list);
	meeting.key = mint_dir_key(&dir, "scp.key", &server, NULL);
	certificate = mint_dir_certificates(&dir, "scu.pem", client_list);
	key = mint_dir_key(&dir, "scu.key", &client, NULL);

	cr_assert_eq(L_DicomStartUp(), DICOM_SUCCESS);
	listener = start_listener(&meeting, &port);
	scu = make_end(meeting.ca, certificate, key);
	cr_assert_eq(L_DicomConnect(scu, NULL, 0, (L_TCHAR *)"127.0.0.1", port),
	    DICOM_SUCCESS);
	wait_for_scp(&meeting);

	cr_expect_eq(meeting.scp_error, DICOM_ERROR_TLS_INVALID_PURPOSE);
	cr_expect_eq(meeting.verify_calls, 1);
	cr_expect_eq(meeting.verify_ok, 0);
	cr_expect_eq(meeting.verify_error, L_X509_V_ERR_INVALID_PURPOSE);
	cr_expect_str_eq(meeting.error_text, "unsuitable certificate purpose");
	cr_expect_str_eq(meeting.text, published);

	L_DicomFreeNet(scu);
	L_DicomFreeNet(listener);
	L_DicomFreeNet(meeting.peer);
	L_DicomShutDown();
	mint_dir_remove(&dir);
	free(meeting.ca);
	free(meeting.certificate);
	free(meeting.key);
	free(certificate);
	free(key);
}
