/* Numbers and layout of the contract, as documented, on LP64. */
#include "ltdic.h"

#include <criterion/criterion.h>

_Static_assert(sizeof(L_SSL_CTX_CREATE) == 48, "L_SSL_CTX_CREATE");
_Static_assert(sizeof(DICOMNETCALLBACKEXT) == 40, "DICOMNETCALLBACKEXT");
_Static_assert(
    sizeof(DICOMNETCALLBACK) == 44 * sizeof(void *), "DICOMNETCALLBACK");
_Static_assert(sizeof(L_BOOL) == 4 && sizeof(L_INT) == 4 &&
		   sizeof(L_LONG) == 4 && sizeof(L_DICOM_OFFSET) == 8 &&
		   sizeof(L_TCHAR) == 1,
    "basic types");
_Static_assert(sizeof(L_CIPHERSUITE) == 4, "enumerations are int-sized");

#define FIELD(type, field, offset)                                             \
	cr_expect_eq(offsetof(type, field), (size_t)(offset), #type "." #field)

Test(layout, ssl_ctx_create)
{
	FIELD(L_SSL_CTX_CREATE, uStructSize, 0);
	FIELD(L_SSL_CTX_CREATE, uFlags, 4);
	FIELD(L_SSL_CTX_CREATE, nMethodTypeSSL, 8);
	FIELD(L_SSL_CTX_CREATE, pszCAfile, 16);
	FIELD(L_SSL_CTX_CREATE, uVerifyMode, 24);
	FIELD(L_SSL_CTX_CREATE, nVerifyDepth, 28);
	FIELD(L_SSL_CTX_CREATE, nOptions, 32);
	FIELD(L_SSL_CTX_CREATE, nSuccess, 36);
	FIELD(L_SSL_CTX_CREATE, nReserved1, 40);
	FIELD(L_SSL_CTX_CREATE, nReserved2, 44);
}

Test(layout, callback_ext)
{
	FIELD(DICOMNETCALLBACKEXT, uStructSize, 0);
	FIELD(DICOMNETCALLBACKEXT, pfnPrivateKeyPassword, 8);
	FIELD(DICOMNETCALLBACKEXT, pUserData, 16);
	FIELD(DICOMNETCALLBACKEXT, pfnVerify, 24);
	FIELD(DICOMNETCALLBACKEXT, pfnBeforeSendCommandSet, 32);
}

Test(layout, socket_options)
{
	cr_expect_eq(sizeof(DICOMSOCKETOPTIONS), 24);
	FIELD(DICOMSOCKETOPTIONS, uStructSize, 0);
	FIELD(DICOMSOCKETOPTIONS, nSendBufferSize, 4);
	FIELD(DICOMSOCKETOPTIONS, nReceiveBufferSize, 8);
	FIELD(DICOMSOCKETOPTIONS, bNoDelay, 12);
	FIELD(DICOMSOCKETOPTIONS, uReserved1, 16);
	FIELD(DICOMSOCKETOPTIONS, uReserved2, 20);
}

Test(layout, openssl_version)
{
	cr_expect_eq(sizeof(DICOMOPENSSLVERSION), 588);
	FIELD(DICOMOPENSSLVERSION, uStructSize, 0);
	FIELD(DICOMOPENSSLVERSION, uFlags, 4);
	FIELD(DICOMOPENSSLVERSION, szRequiredVersion, 8);
	FIELD(DICOMOPENSSLVERSION, szInstalledVersion, 40);
	FIELD(DICOMOPENSSLVERSION, bIsAvailable, 72);
	FIELD(DICOMOPENSSLVERSION, szDownloadMessage, 76);
}

/* Position in the documented order, counted from 1. */
#define PLACE(field, place)                                                    \
	FIELD(DICOMNETCALLBACK, field, ((place)-1) * sizeof(void *))

Test(layout, callback_table_of_the_association)
{
	PLACE(pfnConnect, 1);
	PLACE(pfnAccept, 2);
	PLACE(pfnClose, 3);
	PLACE(pfnReceive, 4);
	PLACE(pfnSend, 5);
	PLACE(pfnReceiveAssociateRequest, 6);
	PLACE(pfnReceiveAssociateAccept, 7);
	PLACE(pfnReceiveAssociateReject, 8);
	PLACE(pfnReceiveData, 9);
	PLACE(pfnReceiveReleaseRequest, 10);
	PLACE(pfnReceiveReleaseResponse, 11);
	PLACE(pfnReceiveAbort, 12);
	PLACE(pfnReceiveUnknown, 36);
	PLACE(pUserData, 37);
	PLACE(pfnGetChallenge, 38);
	PLACE(pfnInternalAuthenticate, 39);
	PLACE(pfnExternalAuthenticate, 40);
	PLACE(pfnOnSecureLinkReady, 41);
	PLACE(pfnOnNonSecureSendISCL, 42);
	PLACE(pfnOnNonSecureReceivedISCL, 43);
	PLACE(pfnOnReceivedISCLPacket, 44);
}

Test(layout, callback_table_of_the_services)
{
	PLACE(pfnReceiveCStoreRequest, 13);
	PLACE(pfnReceiveCStoreResponse, 14);
	PLACE(pfnReceiveCFindRequest, 15);
	PLACE(pfnReceiveCFindResponse, 16);
	PLACE(pfnReceiveCGetRequest, 17);
	PLACE(pfnReceiveCGetResponse, 18);
	PLACE(pfnReceiveCMoveRequest, 19);
	PLACE(pfnReceiveCMoveResponse, 20);
	PLACE(pfnReceiveCCancelRequest, 21);
	PLACE(pfnReceiveCEchoRequest, 22);
	PLACE(pfnReceiveCEchoResponse, 23);
	PLACE(pfnReceiveNReportRequest, 24);
	PLACE(pfnReceiveNReportResponse, 25);
	PLACE(pfnReceiveNGetRequest, 26);
	PLACE(pfnReceiveNGetResponse, 27);
	PLACE(pfnReceiveNSetRequest, 28);
	PLACE(pfnReceiveNSetResponse, 29);
	PLACE(pfnReceiveNActionRequest, 30);
	PLACE(pfnReceiveNActionResponse, 31);
	PLACE(pfnReceiveNCreateRequest, 32);
	PLACE(pfnReceiveNCreateResponse, 33);
	PLACE(pfnReceiveNDeleteRequest, 34);
	PLACE(pfnReceiveNDeleteResponse, 35);
}

Test(layout, security_constants)
{
	cr_expect_eq(DICOM_SECURE_NONE, 0xABCD0000);
	cr_expect_eq(DICOM_SECURE_TLS, 0xABCD0002);
	cr_expect_eq(L_SSL_VERIFY_ALL, L_SSL_VERIFY_PEER |
					   L_SSL_VERIFY_FAIL_IF_NO_PEER_CERT |
					   L_SSL_VERIFY_CLIENT_ONCE);
	cr_expect_eq(FLAG_SSL_CTX_CREATE_ALL, 0x1F);
	cr_expect_eq(TYPE_TLS_METHOD, 5);
	cr_expect_eq(L_SSL_OP_NO_TLSv1_2, 0x08000000);
	cr_expect_eq(TLS_DHE_RSA_AES256_SHA, 0x14);
	cr_expect_eq(TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, 0x1A);
	cr_expect_eq(L_TLS_CHACHA20_POLY1305_SHA256, 0x21);
	cr_expect_eq(L_KEYEXCHANGE_ECDHE, 0x45);
	cr_expect_eq(L_MAC_AEAD, 0x14);
	cr_expect_eq(L_MUTUALAUTH_ECDSA, 0x23);
}

Test(layout, certificate_numbers_keep_their_documented_places)
{
	cr_expect_eq(L_X509_V_OK, 0);
	cr_expect_eq(L_X509_V_ERR_CERT_HAS_EXPIRED, 10);
	cr_expect_eq(L_X509_V_ERR_INVALID_CA, 24);
	cr_expect_eq(L_X509_V_ERR_INVALID_PURPOSE, 26);
	cr_expect_eq(L_X509_V_ERR_APPLICATION_VERIFICATION, 50);
	cr_expect_eq(L_X509_V_ERR_INVALID_CALL, 65);
	cr_expect_eq(L_X509_V_ERR_STORE_LOOKUP, 66);
	cr_expect_eq(L_X509_V_ERR_PROXY_SUBJECT_NAME_VIOLATION, 67);
}

Test(layout, additions_take_the_places_they_were_given)
{
	cr_expect_eq(L_X509_V_ERR_PATH_LOOP, 55);
	cr_expect_eq(L_X509_V_ERR_CA_MD_TOO_WEAK, 68);
	cr_expect_eq(L_X509_V_ERR_DANE_NO_MATCH, 69);
	cr_expect_eq(L_X509_V_ERR_EE_KEY_TOO_SMALL, 70);
	cr_expect_eq(L_X509_V_ERR_CA_KEY_TOO_SMALL, 72);
	cr_expect_eq(L_X509_V_ERR_NO_ISSUER_PUBLIC_KEY, 79);
	cr_expect_eq(L_X509_V_ERR_EC_KEY_EXPLICIT_PARAMS, 94);
}

Test(layout, return_codes)
{
	cr_expect_eq(DICOM_ERROR_TLS_CERT_HAS_EXPIRED,
	    158 + L_X509_V_ERR_CERT_HAS_EXPIRED);
	cr_expect_eq(DICOM_ERROR_TLS_INVALID_PURPOSE, 184);
	cr_expect_eq(DICOM_ERROR_TLS_KEYUSAGE_NO_CERTSIGN, 190);
	cr_expect_eq(DICOM_ERROR_TLS_HANDSHAKE_FAILURE, 134);
	cr_expect_eq(DICOM_ERROR_TLS_NO_RENEGOTIATION, 150);
	cr_expect_eq(DICOM_ERROR_TLS_INVALID_CTX_OPTIONS, 196);
	cr_expect_eq(DICOM_ERROR_NET_SECURITY_BREACH, 65);
	cr_expect_eq(DICOM_ERROR_NULL_PTR, 214);
}

/* A program's handlers, written as the contract says. */
static L_INT EXT_CALLBACK
judge(HDICOMNET hNet, L_INT ok, L_TCHAR *pszCertificateString, L_INT nError,
    L_TCHAR *pszErrorString)
{
	(void)hNet;
	(void)pszCertificateString;
	(void)nError;
	(void)pszErrorString;
	return ok;
}

Test(layout, verify_has_five_parameters)
{
	DICOMNETCALLBACKEXT ext = { .uStructSize = sizeof(ext),
		.pfnVerify = judge };

	cr_expect_eq(ext.pfnVerify(NULL, 1, NULL, 0, NULL), 1);
}
