/* Every function that takes a handle, given something that is none: NULL, a
 * pointer of the program's, a handle that was freed. Functions that return an
 * error give the documented one; the rest answer 0, L_FALSE, NULL or "" and do
 * nothing. */
#include "ltdic.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <string.h>

#define SUITE L_TLS_AES_128_GCM_SHA256

static L_TCHAR file[] = "/dev/null", address[] = "127.0.0.1", uid[] = "1.2.3";

static void
expect_settings(HDICOMNET h, L_INT want)
{
	const L_UINT32 code = (L_UINT32)want;
	DICOMSOCKETOPTIONS options = { .uStructSize = sizeof(options) };
	L_SSL_CTX_CREATE create = { .uStructSize = sizeof(create) };
	L_TCHAR reason[] = "#";

	cr_expect_eq(L_DicomInitializeNet(h, NULL, 0, &create), want);
	cr_expect_eq(create.nSuccess, want);
	cr_expect_eq(
	    L_DicomSetClientCertificateTLS(h, file, L_TLS_FILETYPE_PEM, file),
	    code);
	cr_expect_eq(
	    L_DicomSetServerCertificateTLS(h, file, L_TLS_FILETYPE_PEM, file),
	    code);
	cr_expect_eq(L_DicomSetCipherToIndexTLS(h, 0, SUITE), code);
	cr_expect_eq(L_DicomSetResumeTLS(h, L_TRUE), code);
	cr_expect_eq(L_DicomSetCrlFileTLS(h, NULL, L_TRUE), code);
	cr_expect_eq(L_DicomSetProfileTLS(h, NULL), code);
	cr_expect_eq(L_DicomReloadTLS(h, reason, sizeof(reason)), code);
	cr_expect_str_empty(reason);
	cr_expect_eq(L_DicomSetSocketOptions(h, &options), want);
	cr_expect_eq(
	    L_DicomGetSocketOptions(h, &options, sizeof(options)), want);
}

static void
expect_sharing(HDICOMNET h, L_INT want)
{
	HDICOMNET net = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_TLS);

	cr_expect_eq(L_DicomShareTLS(h, net), (L_UINT32)want);
	cr_expect_eq(L_DicomShareTLS(net, h), (L_UINT32)want);
	cr_expect_eq(L_DicomAccept(net, h), want);
	cr_expect_eq(L_DicomAccept(h, net), want);
	L_DicomFreeNet(net);
}

static void
expect_connecting(HDICOMNET h, L_INT want)
{
	L_TCHAR text[] = "#";
	L_UINT port = 1;

	cr_expect_eq(L_DicomConnect(h, NULL, 0, address, 1), want);
	cr_expect_eq(L_DicomConnectExt(h, NULL, 0, address, 1, 0), want);
	cr_expect_eq(L_DicomListen(h, address, 0, 1), want);
	cr_expect_eq(L_DicomListenExt(h, address, 0, 1, 0), want);
	cr_expect_eq(L_DicomCloseForced(h, L_TRUE), want);
	cr_expect_eq(L_DicomGetHostInfo(h, text, sizeof(text), &port), want);
	cr_expect_eq(L_DicomGetPeerInfo(h, text, sizeof(text), &port), want);
}

/* A C-FIND-CANCEL-RQ (PS3.7 9.3.2.3), which has no data set. */
static L_UCHAR cancel[] = { 0, 0, 0, 0, 4, 0, 0, 0, 30, 0, 0, 0, 0, 0, 0, 1, 2,
	0, 0, 0, 0xFF, 0x0F, 0, 0, 0x20, 1, 2, 0, 0, 0, 3, 0, 0, 0, 0, 8, 2, 0,
	0, 0, 1, 1 };

static void
expect_sending(HDICOMNET h, L_INT want)
{
	HDICOMPDU pdu = L_DicomCreateAssociate(L_TRUE);
	HDICOMDS set = L_DicomCreateDS(NULL);

	L_DicomSetEncodedDS(set, cancel, sizeof(cancel));
	cr_expect_eq(L_DicomSendAssociateRequest(h, pdu), want);
	L_DicomSetRequest(pdu, L_FALSE);
	cr_expect_eq(L_DicomSendAssociateAccept(h, pdu), want);
	cr_expect_eq(L_DicomSendAssociateReject(h, 1, 1, 1), want);
	cr_expect_eq(L_DicomSendReleaseRequest(h), want);
	cr_expect_eq(L_DicomSendReleaseResponse(h), want);
	cr_expect_eq(L_DicomSendAbort(h, 0, 0), want);
	cr_expect_eq(L_DicomSendCEchoRequest(h, 1, 1, NULL), want);
	cr_expect_eq(L_DicomSendCEchoResponse(h, 1, 1, NULL, 0), want);
	cr_expect_eq(
	    L_DicomSendCStoreRequest(h, 1, 1, uid, uid, 0, NULL, 0, set), want);
	cr_expect_eq(L_DicomSendCStoreResponse(h, 1, 1, uid, uid, 0), want);
	cr_expect_eq(L_DicomSendData(h, 1, set, NULL), want);
	L_DicomFreeAssociate(pdu);
	L_DicomFreeDS(set);
}

/* All of this returns and does nothing. */
static void
do_nothing(HDICOMNET h)
{
	DICOMNETCALLBACK callbacks = { 0 };
	DICOMNETCALLBACKEXT ext = { .uStructSize = sizeof(ext) };

	L_DicomSetCallback(h, &callbacks);
	L_DicomSetCallbackExt(h, &ext);
	L_DicomSetIsSecureConnected(h, L_TRUE);
	L_DicomClose(h);
	L_DicomServerClose(h);
	L_DicomFreeNet(h);
}

static void
expect_nothing(HDICOMNET h)
{
	do_nothing(h);
	cr_expect_eq(L_DicomGetCipherFromIndexTLS(h, 0), 0);
	cr_expect_eq(L_DicomGetCiphersuiteTLS(h), 0);
	cr_expect_eq(L_DicomGetEncryptionAlgorithmTLS(h, SUITE), 0);
	cr_expect_eq(L_DicomGetEncryptKeyLengthTLS(h, SUITE), 0);
	cr_expect_eq(L_DicomGetMutualAuthKeyLengthTLS(h, SUITE), 0);
	cr_expect_eq(L_DicomGetErrorSecure(h), 0);
	cr_expect_eq(L_DicomGetSecureMode(h), 0);
	cr_expect_eq(L_DicomGetIsSecureConnected(h), L_FALSE);
	cr_expect_eq(L_DicomIsActivated(h), L_FALSE);
	cr_expect_eq(L_DicomIsConnected(h), L_FALSE);
	cr_expect_eq(L_DicomIsAssociated(h), L_FALSE);
	cr_expect_eq(L_DicomGetQueueSend(h), 0);
	cr_expect_null(L_DicomGetCommandSet(h));
	cr_expect_null(L_DicomGetAssociate(h));
	cr_expect_null(L_DicomGetServer(h));
	cr_expect_eq(L_DicomGetClientCount(h), 0);
	cr_expect_null(L_DicomGetClient(h, 0));
}

static void
expect_none(HDICOMNET h, L_INT want)
{
	expect_settings(h, want);
	expect_sharing(h, want);
	expect_connecting(h, want);
	expect_sending(h, want);
	expect_nothing(h);
}

Test(no_handle, null_has_the_documented_error)
{
	expect_none(NULL, DICOM_ERROR_NULL_PTR);
}

Test(no_handle, a_pointer_of_the_programs_has_the_documented_error)
{
	L_UINT32 other[16];

	memset(other, 0x5a, sizeof(other));
	expect_none(other, DICOM_ERROR_PARAMETER);
	for (int i = 0; i < 16; i++)
		cr_expect_eq(other[i], 0x5a5a5a5a);
}

Test(no_handle, a_freed_handle_has_the_documented_error)
{
	HDICOMNET net = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_TLS);

	L_DicomFreeNet(net);
	expect_none(net, DICOM_ERROR_PARAMETER);
}

/* Data sets have a kind of handle of their own. */
static void
expect_no_data_set(HDICOMDS h, L_INT want)
{
	L_UCHAR octets[2] = { 0 };
	L_TCHAR text[] = "#", other[] = "#";
	L_UINT32 size = 7;

	cr_expect_eq(L_DicomLoadDS(h, file, 0), (L_UINT16)want);
	cr_expect_eq(L_DicomSaveDS(h, file, 0), (L_UINT16)want);
	cr_expect_eq(L_DicomSetEncodedDS(h, octets, sizeof(octets)), want);
	cr_expect_eq(L_DicomSetTransferSyntaxDS(h, uid), want);
	cr_expect_eq(L_DicomSetIdentityDS(h, uid, uid), want);
	cr_expect_null(L_DicomGetEncodedDS(h, &size));
	cr_expect_eq(size, 0);
	cr_expect_null(L_DicomGetEncodedDS(h, NULL));
	cr_expect_eq(L_DicomGetSizeDS(h), 0);
	L_DicomGetTransferSyntaxDS(h, text, sizeof(text));
	cr_expect_str_empty(text);
	text[0] = '#';
	L_DicomGetIdentityDS(h, text, sizeof(text), other, sizeof(other));
	cr_expect_str_empty(text);
	cr_expect_str_empty(other);
	L_DicomFreeDS(h);
}

Test(no_handle, what_is_no_data_set_has_the_documented_error)
{
	HDICOMPDU pdu = L_DicomCreateAssociate(L_TRUE);

	expect_no_data_set(NULL, DICOM_ERROR_NULL_PTR);
	expect_no_data_set(pdu, DICOM_ERROR_PARAMETER);
	cr_expect_eq(L_DicomIsRequest(pdu), L_TRUE, "and is what it was");
	L_DicomFreeAssociate(pdu);
}
