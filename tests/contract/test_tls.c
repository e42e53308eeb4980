/* The TLS questions of a handle outside a connection: its list of suites, what
 * a suite consists of, its own key, the secure mode and flag, and what
 * L_DicomInitializeNet does to them. */
#include "ltdic.h"

#include "tools/mint.h"

#include <criterion/criterion.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static HDICOMNET net, plain;

static void
create(void)
{
	net = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_TLS);
	plain = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);
	cr_assert_not_null(net);
	cr_assert_not_null(plain);
}

static void
destroy(void)
{
	L_DicomFreeNet(net);
	L_DicomFreeNet(plain);
}

TestSuite(tls, .init = create, .fini = destroy);

static void
fill_list(void)
{
	for (L_UINT32 i = 0; i < MAX_CIPHERSUITE_COUNT; i++)
		cr_assert_eq(
		    L_DicomSetCipherToIndexTLS(net, i,
			(L_CIPHERSUITE)(L_TLS_DHE_RSA_WITH_DES_CBC_SHA + i)),
		    DICOM_SUCCESS);
}

Test(tls, a_list_of_suites_is_kept_in_order)
{
	cr_expect_eq(L_DicomGetCipherFromIndexTLS(net, 0), L_CIPHERSUITE_NONE);
	fill_list();
	for (L_UINT32 i = 0; i < MAX_CIPHERSUITE_COUNT; i++)
		cr_expect_eq(L_DicomGetCipherFromIndexTLS(net, i),
		    L_TLS_DHE_RSA_WITH_DES_CBC_SHA + i);
	cr_expect_eq(
	    L_DicomSetCipherToIndexTLS(net, 0, L_TLS_CHACHA20_POLY1305_SHA256),
	    DICOM_SUCCESS);
	cr_expect_eq(L_DicomGetCipherFromIndexTLS(net, 0),
	    L_TLS_CHACHA20_POLY1305_SHA256);
	cr_expect_eq(L_DicomGetCipherFromIndexTLS(net, 1),
	    L_TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA);
}

Test(tls, nought_ends_the_list)
{
	fill_list();
	cr_expect_eq(L_DicomSetCipherToIndexTLS(net, 1, L_CIPHERSUITE_NONE), 0);
	cr_expect_eq(L_DicomGetCipherFromIndexTLS(net, 0),
	    L_TLS_DHE_RSA_WITH_DES_CBC_SHA);
	for (L_UINT32 i = 1; i < MAX_CIPHERSUITE_COUNT; i++)
		cr_expect_eq(L_DicomGetCipherFromIndexTLS(net, i), 0, "%u", i);
	cr_expect_eq(L_DicomSetCipherToIndexTLS(net, 0, L_CIPHERSUITE_NONE), 0);
	cr_expect_eq(L_DicomGetCipherFromIndexTLS(net, 0), 0);
}

Test(tls, wrong_entries_change_nothing)
{
	fill_list();
	cr_expect_eq(L_DicomSetCipherToIndexTLS(
			 net, MAX_CIPHERSUITE_COUNT, L_CIPHERSUITE_NONE),
	    DICOM_ERROR_RANGE);
	cr_expect_eq(L_DicomSetCipherToIndexTLS(net, 0, (L_CIPHERSUITE)0x11),
	    DICOM_ERROR_PARAMETER);
	cr_expect_eq(L_DicomSetCipherToIndexTLS(net, 0, (L_CIPHERSUITE)0x22),
	    DICOM_ERROR_PARAMETER);
	cr_expect_eq(L_DicomSetCipherToIndexTLS(
			 plain, 0, L_TLS_RSA_WITH_AES_128_CBC_SHA),
	    DICOM_ERROR_BAD_SECURE_MODE);
	cr_expect_eq(L_DicomGetCipherFromIndexTLS(net, 0),
	    L_TLS_DHE_RSA_WITH_DES_CBC_SHA);
	cr_expect_eq(
	    L_DicomGetCipherFromIndexTLS(net, MAX_CIPHERSUITE_COUNT), 0);
	cr_expect_eq(L_DicomGetCipherFromIndexTLS(plain, 0), 0);
}

/* RFC 5246 A.5 and C, RFC 5288, 5289, 7905, RFC 8446 B.4. Bits are those of
 * SSL_CIPHER_get_bits. */
static const struct {
	L_CIPHERSUITE suite;
	L_UINT32 encryption, bits, authentication, integrity, exchange;
} suites[] = {
	{ L_TLS_DHE_RSA_WITH_DES_CBC_SHA, L_CRYPT_DES, 56, L_MUTUALAUTH_RSA,
	    L_MAC_SHA1, L_KEYEXCHANGE_RSA_SIGNED_DHE },
	{ L_TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA, L_CRYPT_3DES, 168,
	    L_MUTUALAUTH_RSA, L_MAC_SHA1, L_KEYEXCHANGE_RSA_SIGNED_DHE },
	{ L_TLS_DHE_RSA_AES256_SHA, L_CRYPT_AES, 256, L_MUTUALAUTH_RSA,
	    L_MAC_SHA1, L_KEYEXCHANGE_RSA_SIGNED_DHE },
	{ L_TLS_RSA_WITH_AES_128_CBC_SHA, L_CRYPT_AES, 128, L_MUTUALAUTH_RSA,
	    L_MAC_SHA1, L_KEYEXCHANGE_RSA },
	{ L_TLS_RSA_WITH_3DES_EDE_CBC_SHA, L_CRYPT_3DES, 168, L_MUTUALAUTH_RSA,
	    L_MAC_SHA1, L_KEYEXCHANGE_RSA },
	{ L_TLS_DHE_RSA_WITH_AES_128_GCM_SHA256, L_CRYPT_AES, 128,
	    L_MUTUALAUTH_RSA, L_MAC_AEAD, L_KEYEXCHANGE_RSA_SIGNED_DHE },
	{ L_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, L_CRYPT_AES, 128,
	    L_MUTUALAUTH_RSA, L_MAC_AEAD, L_KEYEXCHANGE_ECDHE },
	{ L_TLS_DHE_RSA_WITH_AES_256_GCM_SHA384, L_CRYPT_AES, 256,
	    L_MUTUALAUTH_RSA, L_MAC_AEAD, L_KEYEXCHANGE_RSA_SIGNED_DHE },
	{ L_TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384, L_CRYPT_AES, 256,
	    L_MUTUALAUTH_RSA, L_MAC_AEAD, L_KEYEXCHANGE_ECDHE },
	{ L_TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, L_CRYPT_AES, 128,
	    L_MUTUALAUTH_ECDSA, L_MAC_AEAD, L_KEYEXCHANGE_ECDHE },
	{ L_TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, L_CRYPT_AES, 256,
	    L_MUTUALAUTH_ECDSA, L_MAC_AEAD, L_KEYEXCHANGE_ECDHE },
	{ L_TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256, L_CRYPT_CHACHA20, 256,
	    L_MUTUALAUTH_RSA, L_MAC_AEAD, L_KEYEXCHANGE_ECDHE },
	{ L_TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, L_CRYPT_CHACHA20,
	    256, L_MUTUALAUTH_ECDSA, L_MAC_AEAD, L_KEYEXCHANGE_ECDHE },
	{ L_TLS_AES_128_GCM_SHA256, L_CRYPT_AES, 128, L_MUTUALAUTH_NONE,
	    L_MAC_AEAD, L_KEYEXCHANGE_ECDHE },
	{ L_TLS_AES_256_GCM_SHA384, L_CRYPT_AES, 256, L_MUTUALAUTH_NONE,
	    L_MAC_AEAD, L_KEYEXCHANGE_ECDHE },
	{ L_TLS_CHACHA20_POLY1305_SHA256, L_CRYPT_CHACHA20, 256,
	    L_MUTUALAUTH_NONE, L_MAC_AEAD, L_KEYEXCHANGE_ECDHE },
};

#define SUITES (sizeof(suites) / sizeof(suites[0]))

Test(tls, a_suite_consists_of_what_its_name_says)
{
	for (size_t i = 0; i < SUITES; i++) {
		L_CIPHERSUITE suite = suites[i].suite;

		cr_expect_eq(L_DicomGetEncryptionAlgorithmTLS(net, suite),
		    suites[i].encryption, "0x%x", suite);
		cr_expect_eq(L_DicomGetEncryptKeyLengthTLS(net, suite),
		    suites[i].bits, "0x%x", suite);
		cr_expect_eq(L_DicomGetAuthenticationAlgorithmTLS(net, suite),
		    suites[i].authentication, "0x%x", suite);
		cr_expect_eq(L_DicomGetIntegrityAlgorithmTLS(net, suite),
		    suites[i].integrity, "0x%x", suite);
		cr_expect_eq(L_DicomGetKeyExchangeAlgorithmTLS(net, suite),
		    suites[i].exchange, "0x%x", suite);
	}
}

static void
expect_nothing(HDICOMNET handle, L_CIPHERSUITE suite)
{
	cr_expect_eq(L_DicomGetEncryptionAlgorithmTLS(handle, suite), 0);
	cr_expect_eq(L_DicomGetEncryptKeyLengthTLS(handle, suite), 0);
	cr_expect_eq(L_DicomGetAuthenticationAlgorithmTLS(handle, suite), 0);
	cr_expect_eq(L_DicomGetIntegrityAlgorithmTLS(handle, suite), 0);
	cr_expect_eq(L_DicomGetKeyExchangeAlgorithmTLS(handle, suite), 0);
	cr_expect_eq(L_DicomGetMutualAuthKeyLengthTLS(handle, suite), 0);
}

Test(tls, what_is_no_suite_consists_of_nothing)
{
	expect_nothing(net, L_CIPHERSUITE_NONE);
	expect_nothing(net, (L_CIPHERSUITE)0x11);
	expect_nothing(net, (L_CIPHERSUITE)0x22);
	expect_nothing(NULL, L_TLS_AES_128_GCM_SHA256);
	expect_nothing(&net, L_TLS_AES_128_GCM_SHA256);
}

static const struct mint_spec rsa = {
	.subject = { { "CN", "Owner of an RSA Key", 0 } },
	.key = "rsa2048",
};
static const struct mint_spec ec = {
	.subject = { { "CN", "Owner of an EC Key", 0 } },
	.key = "p384",
};

/* The length by which the key of spec is known once its certificate is set. */
static L_UINT32
own_bits(const struct mint_dir *dir, const struct mint_spec *spec)
{
	const struct mint_spec *chain[] = { spec, NULL };
	char *certificate = mint_dir_certificates(dir, "own.pem", chain);
	char *key = mint_dir_key(dir, "own.key", spec, NULL);

	cr_assert_not_null(certificate);
	cr_assert_not_null(key);
	cr_expect_eq(L_DicomSetClientCertificateTLS(
			 net, certificate, L_TLS_FILETYPE_PEM, key),
	    DICOM_SUCCESS);
	free(certificate);
	free(key);
	return L_DicomGetMutualAuthKeyLengthTLS(net, L_TLS_AES_128_GCM_SHA256);
}

Test(tls, the_length_of_the_own_key_is_in_bits)
{
	struct mint_dir dir;

	cr_assert_eq(mint_dir_make(&dir), 0);
	cr_expect_eq(
	    L_DicomGetMutualAuthKeyLengthTLS(net, L_TLS_AES_128_GCM_SHA256), 0,
	    "without a certificate");
	cr_expect_eq(own_bits(&dir, &rsa), 2048);
	cr_expect_eq(own_bits(&dir, &ec), 384);
	cr_expect_eq(
	    L_DicomGetMutualAuthKeyLengthTLS(net, L_CIPHERSUITE_NONE), 0);
	mint_dir_remove(&dir);
	cr_expect_eq(
	    L_DicomGetMutualAuthKeyLengthTLS(net, L_TLS_AES_128_GCM_SHA256), 0,
	    "a file that is gone");
}

static unsigned asked;

static L_INT EXT_CALLBACK
on_password(HDICOMNET hNet, L_TCHAR *pszPassword, L_INT nSize, L_INT nFlag,
    L_VOID *pUserData)
{
	static const char password[] = "secret";

	asked++;
	if (hNet != net || nFlag != 0 || nSize < (L_INT)sizeof(password) ||
	    pUserData != &asked)
		return 0;
	memcpy(pszPassword, password, sizeof(password));
	return (L_INT)sizeof(password) - 1;
}

/* The outcome of setting a certificate whose key needs a password. */
static L_UINT32
set_encrypted(const struct mint_dir *dir)
{
	const struct mint_spec *chain[] = { &ec, NULL };
	char *certificate = mint_dir_certificates(dir, "own.pem", chain);
	char *key = mint_dir_key(dir, "own.key", &ec, "secret");
	L_UINT32 rc = L_DicomSetClientCertificateTLS(
	    net, certificate, L_TLS_FILETYPE_PEM, key);

	free(certificate);
	free(key);
	return rc;
}

/* The table has grown; a program may have been built with any of its sizes. */
Test(tls, a_callback_table_of_any_known_size_is_stored)
{
	const L_UINT sizes[] = { offsetof(DICOMNETCALLBACKEXT, pfnVerify),
		offsetof(DICOMNETCALLBACKEXT, pfnBeforeSendCommandSet),
		sizeof(DICOMNETCALLBACKEXT) };
	DICOMNETCALLBACKEXT ext = { .pfnPrivateKeyPassword = on_password,
		.pUserData = &asked };
	struct mint_dir dir;

	cr_assert_eq(mint_dir_make(&dir), 0);
	for (size_t i = 0; i < 3; i++) {
		L_DicomSetCallbackExt(net, NULL);
		cr_expect_eq(set_encrypted(&dir),
		    DICOM_ERROR_PRIVATE_KEY_LOAD_FAILED, "nobody to ask");
		ext.uStructSize = sizes[i];
		L_DicomSetCallbackExt(net, &ext);
		cr_expect_eq(set_encrypted(&dir), DICOM_SUCCESS, "%zu", i);
		cr_expect_eq(asked, i + 1);
	}
	mint_dir_remove(&dir);
}

Test(tls, a_callback_table_of_unknown_size_is_not_stored)
{
	DICOMNETCALLBACKEXT ext = { .uStructSize = sizeof(ext),
		.pfnPrivateKeyPassword = on_password,
		.pUserData = &asked };
	DICOMNETCALLBACKEXT none = { .uStructSize = sizeof(ext) + 1 };
	struct mint_dir dir;

	cr_assert_eq(mint_dir_make(&dir), 0);
	L_DicomSetCallbackExt(net, &ext);
	L_DicomSetCallbackExt(net, &none);
	none.uStructSize = 0;
	L_DicomSetCallbackExt(net, &none);
	cr_expect_eq(set_encrypted(&dir), DICOM_SUCCESS, "the first counts");
	cr_expect_eq(asked, 1);
	mint_dir_remove(&dir);
}

Test(tls, a_certificate_needs_a_file_of_a_known_type)
{
	L_TCHAR file[] = "/dev/null";

	cr_expect_eq(L_DicomSetClientCertificateTLS(net, file, 0, NULL),
	    DICOM_ERROR_PARAMETER);
	cr_expect_eq(L_DicomSetServerCertificateTLS(net, file, 3, NULL),
	    DICOM_ERROR_PARAMETER);
	cr_expect_eq(
	    L_DicomSetServerCertificateTLS(net, NULL, L_TLS_FILETYPE_PEM, file),
	    DICOM_ERROR_NULL_PTR);
	cr_expect_eq(
	    L_DicomSetServerCertificateTLS(net, file, L_TLS_FILETYPE_PEM, file),
	    DICOM_ERROR_CERTIFICATE_LOAD_FAILED);
	cr_expect_eq(L_DicomSetServerCertificateTLS(
			 net, file, L_TLS_FILETYPE_ASN1, NULL),
	    DICOM_ERROR_CERTIFICATE_LOAD_FAILED);
	cr_expect_eq(L_DicomSetServerCertificateTLS(
			 plain, file, L_TLS_FILETYPE_PEM, NULL),
	    DICOM_ERROR_BAD_SECURE_MODE);
}

Test(tls, the_secure_flag_is_also_the_programs)
{
	cr_expect_eq(L_DicomGetIsSecureConnected(net), L_FALSE);
	L_DicomSetIsSecureConnected(net, 7);
	cr_expect_eq(L_DicomGetIsSecureConnected(net), L_TRUE);
	cr_expect_eq(L_DicomGetCiphersuiteTLS(net), L_CIPHERSUITE_NONE,
	    "which changes nothing else");
	cr_expect_eq(L_DicomIsConnected(net), L_FALSE);
	L_DicomSetIsSecureConnected(net, L_FALSE);
	cr_expect_eq(L_DicomGetIsSecureConnected(net), L_FALSE);
}

Test(tls, a_handle_knows_its_mode)
{
	cr_expect_eq(L_DicomGetSecureMode(net), DICOM_SECURE_TLS);
	cr_expect_eq(L_DicomGetSecureMode(plain), DICOM_SECURE_NONE);
	cr_expect_eq(L_DicomGetErrorSecure(net), DICOM_ERROR_TLS_OK);
}

Test(tls, another_mode_forgets_the_list)
{
	L_SSL_CTX_CREATE create = { .uStructSize = sizeof(create),
		.nSuccess = -1 };

	fill_list();
	cr_expect_eq(
	    L_DicomInitializeNet(net, NULL, (L_INT32)DICOM_SECURE_TLS, &create),
	    DICOM_SUCCESS);
	cr_expect_eq(create.nSuccess, DICOM_SUCCESS);
	cr_expect_eq(L_DicomGetCipherFromIndexTLS(net, 0), L_CIPHERSUITE_NONE);
	cr_expect_eq(L_DicomInitializeNet(net, NULL, 5, NULL), DICOM_SUCCESS);
	cr_expect_eq(L_DicomGetSecureMode(net), DICOM_SECURE_NONE);
}

Test(tls, a_failed_change_keeps_what_was_there)
{
	L_SSL_CTX_CREATE create = { .uStructSize = sizeof(create),
		.uFlags = FLAG_SSL_CTX_CREATE_CAFILE,
		.pszCAfile = (L_TCHAR *)"/dev/null" };

	fill_list();
	cr_expect_eq(
	    L_DicomInitializeNet(net, NULL, (L_INT32)DICOM_SECURE_TLS, &create),
	    DICOM_ERROR_TLS_INVALID_CTX_CAFILE);
	cr_expect_eq(create.nSuccess, DICOM_ERROR_TLS_INVALID_CTX_CAFILE);
	create.uFlags = 0x20;
	cr_expect_eq(
	    L_DicomInitializeNet(net, NULL, (L_INT32)DICOM_SECURE_TLS, &create),
	    DICOM_ERROR_TLS_INVALID_CTX);
	cr_expect_eq(
	    L_DicomInitializeNet(net, NULL, (L_INT32)DICOM_SECURE_ISCL, NULL),
	    DICOM_ERROR_BAD_SECURE_MODE);
	cr_expect_eq(L_DicomGetSecureMode(net), DICOM_SECURE_TLS);
	cr_expect_eq(L_DicomGetCipherFromIndexTLS(net, 0),
	    L_TLS_DHE_RSA_WITH_DES_CBC_SHA);
}

/* Nothing behind the caller's struct is written. */
Test(tls, a_short_struct_has_no_room_for_the_outcome)
{
	L_SSL_CTX_CREATE create = { .uStructSize =
					offsetof(L_SSL_CTX_CREATE, nSuccess),
		.nSuccess = -1 };

	cr_expect_eq(
	    L_DicomInitializeNet(net, NULL, (L_INT32)DICOM_SECURE_TLS, &create),
	    DICOM_SUCCESS);
	cr_expect_eq(create.nSuccess, -1);
}

Test(tls, a_handle_in_use_keeps_its_settings)
{
	cr_assert_eq(L_DicomStartUp(), DICOM_SUCCESS);
	fill_list();
	cr_assert_eq(L_DicomListen(net, (L_TCHAR *)"127.0.0.1", 0, 1), 0);
	cr_expect_eq(
	    L_DicomInitializeNet(net, NULL, (L_INT32)DICOM_SECURE_NONE, NULL),
	    DICOM_ERROR_NET_IS_CONNECTED);
	cr_expect_eq(L_DicomShareTLS(net, net), DICOM_ERROR_NET_IS_CONNECTED);
	cr_expect_eq(L_DicomGetSecureMode(net), DICOM_SECURE_TLS);
	cr_expect_eq(L_DicomGetCipherFromIndexTLS(net, 0),
	    L_TLS_DHE_RSA_WITH_DES_CBC_SHA);
	L_DicomClose(net);
	cr_expect_eq(
	    L_DicomInitializeNet(net, NULL, (L_INT32)DICOM_SECURE_NONE, NULL),
	    DICOM_SUCCESS);
	L_DicomShutDown();
}

/* Single DES is in no implementation: nothing to choose from is left. */
Test(tls, a_list_of_suites_nobody_has_does_not_connect)
{
	cr_assert_eq(L_DicomStartUp(), DICOM_SUCCESS);
	cr_expect_eq(
	    L_DicomSetCipherToIndexTLS(net, 0, L_TLS_DHE_RSA_WITH_DES_CBC_SHA),
	    DICOM_SUCCESS);
	cr_expect_eq(L_DicomConnect(net, NULL, 0, (L_TCHAR *)"127.0.0.1", 1),
	    DICOM_ERROR_TLS_INVALID_CTX);
	cr_expect_eq(L_DicomShareTLS(plain, net), DICOM_ERROR_TLS_INVALID_CTX);
	cr_expect_eq(L_DicomGetSecureMode(plain), DICOM_SECURE_NONE);
	cr_expect_not(L_DicomIsActivated(net));
	L_DicomShutDown();
}

Test(tls, settings_are_shared_by_tls_handles_only)
{
	cr_expect_eq(L_DicomShareTLS(net, plain), DICOM_ERROR_BAD_SECURE_MODE);
	cr_expect_eq(L_DicomGetSecureMode(net), DICOM_SECURE_TLS);
	fill_list();
	cr_expect_eq(L_DicomSetCipherToIndexTLS(
			 net, 0, L_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256),
	    DICOM_SUCCESS);
	cr_expect_eq(L_DicomShareTLS(plain, net), DICOM_SUCCESS);
	cr_expect_eq(L_DicomGetSecureMode(plain), DICOM_SECURE_TLS);
	cr_expect_eq(L_DicomGetCipherFromIndexTLS(plain, 0),
	    L_TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256);
}

Test(tls, what_needs_tls_is_refused_on_a_plain_handle)
{
	L_TCHAR reason[8] = "#";

	cr_expect_eq(
	    L_DicomSetResumeTLS(plain, L_TRUE), DICOM_ERROR_BAD_SECURE_MODE);
	cr_expect_eq(L_DicomSetCrlFileTLS(plain, NULL, L_FALSE),
	    DICOM_ERROR_BAD_SECURE_MODE);
	cr_expect_eq(L_DicomReloadTLS(plain, reason, sizeof(reason)),
	    DICOM_ERROR_BAD_SECURE_MODE);
	cr_expect_str_empty(reason);
	cr_expect_eq(L_DicomSetResumeTLS(net, L_TRUE), DICOM_SUCCESS);
}

/* Why a reload failed is told as far as there is room. */
Test(tls, the_reason_of_a_failed_reload_may_be_cut_or_left_out)
{
	L_TCHAR reason[5] = "####";

	cr_expect_eq(
	    L_DicomSetCipherToIndexTLS(net, 0, L_TLS_DHE_RSA_WITH_DES_CBC_SHA),
	    DICOM_SUCCESS);
	cr_expect_eq(L_DicomReloadTLS(net, NULL, sizeof(reason)),
	    DICOM_ERROR_TLS_INVALID_CTX);
	cr_expect_eq(
	    L_DicomReloadTLS(net, reason, 0), DICOM_ERROR_TLS_INVALID_CTX);
	cr_expect_str_eq(reason, "####");
	cr_expect_eq(
	    L_DicomReloadTLS(net, reason, 4), DICOM_ERROR_TLS_INVALID_CTX);
	cr_expect_eq(strlen(reason), 3);
}
