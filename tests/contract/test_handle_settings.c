/* What a handle is asked and told outside a connection: socket options, the
 * TLS library. */
#include "ltdic.h"

#include <criterion/criterion.h>
#include <string.h>

static HDICOMNET net;

static void
create(void)
{
	net = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);
	cr_assert_not_null(net);
}

static void
destroy(void)
{
	L_DicomFreeNet(net);
}

TestSuite(handle_settings, .init = create, .fini = destroy);

Test(handle_settings, socket_options_start_with_the_defaults)
{
	DICOMSOCKETOPTIONS defaults, options;

	cr_assert_eq(
	    L_DicomGetDefaultSocketOptions(net, &defaults, sizeof(defaults)),
	    DICOM_SUCCESS);
	cr_assert_eq(L_DicomGetSocketOptions(net, &options, sizeof(options)),
	    DICOM_SUCCESS);
	cr_expect_eq(memcmp(&defaults, &options, sizeof(options)), 0);
	cr_expect_eq(options.uStructSize, sizeof(options));
	cr_expect_eq(options.bNoDelay, L_TRUE);
}

Test(handle_settings, socket_options_are_kept)
{
	DICOMSOCKETOPTIONS options = { .uStructSize = sizeof(options),
		.nSendBufferSize = 70000,
		.nReceiveBufferSize = 80000 };
	DICOMSOCKETOPTIONS got = { 0 };

	cr_expect_eq(L_DicomSetSocketOptions(net, &options), DICOM_SUCCESS);
	cr_assert_eq(L_DicomGetSocketOptions(net, &got, sizeof(got)), 0);
	cr_expect_eq(got.nSendBufferSize, 70000);
	cr_expect_eq(got.nReceiveBufferSize, 80000);
	cr_expect_eq(got.bNoDelay, L_FALSE);
	cr_assert_eq(L_DicomGetDefaultSocketOptions(net, &got, sizeof(got)), 0);
	cr_expect_neq(got.nSendBufferSize, 70000);
}

Test(handle_settings, wrong_socket_options_change_nothing)
{
	DICOMSOCKETOPTIONS options = { .uStructSize = sizeof(options),
		.nSendBufferSize = -1 };
	DICOMSOCKETOPTIONS got;

	cr_expect_eq(L_DicomSetSocketOptions(net, &options), DICOM_ERROR_RANGE);
	options.nSendBufferSize = 0;
	options.uStructSize = 4;
	cr_expect_eq(L_DicomSetSocketOptions(net, &options),
	    DICOM_ERROR_INVALID_STRUCT_SIZE);
	cr_expect_eq(L_DicomSetSocketOptions(net, NULL), DICOM_ERROR_NULL_PTR);
	cr_expect_eq(
	    L_DicomSetSocketOptions(NULL, &options), DICOM_ERROR_NULL_PTR);
	cr_expect_eq(L_DicomGetSocketOptions(net, &got, 4),
	    DICOM_ERROR_INVALID_STRUCT_SIZE);
	cr_expect_eq(L_DicomGetSocketOptions(net, NULL, sizeof(got)),
	    DICOM_ERROR_NULL_PTR);
	cr_assert_eq(L_DicomGetSocketOptions(net, &got, sizeof(got)), 0);
	cr_expect_eq(got.bNoDelay, L_TRUE);
}

Test(handle_settings, the_tls_library_is_named)
{
	DICOMOPENSSLVERSION version;

	cr_assert_eq(L_DicomGetOpenSslVersion(&version, sizeof(version), 0),
	    DICOM_SUCCESS);
	cr_expect_eq(version.uStructSize, sizeof(version));
	cr_expect_eq(version.bIsAvailable, L_TRUE);
	cr_expect_eq(strncmp(version.szInstalledVersion, "GnuTLS 3.", 9), 0);
	cr_expect_eq(strncmp(version.szRequiredVersion, "GnuTLS 3.", 9), 0);
	cr_expect_str_empty(version.szDownloadMessage);
}

Test(handle_settings, wrong_questions_have_the_documented_error)
{
	DICOMOPENSSLVERSION version;

	cr_expect_eq(L_DicomGetOpenSslVersion(NULL, sizeof(version), 0),
	    DICOM_ERROR_NULL_PTR);
	cr_expect_eq(L_DicomGetOpenSslVersion(&version, 4, 0),
	    DICOM_ERROR_INVALID_STRUCT_SIZE);
	cr_expect_eq(L_DicomGetOpenSslVersion(&version, sizeof(version), 1),
	    DICOM_ERROR_PARAMETER);
}

Test(handle_settings, an_idle_handle_has_no_association_and_no_queue)
{
	cr_expect_null(L_DicomGetAssociate(net));
	cr_expect_eq(L_DicomGetQueueSend(net), 0);
	cr_expect_null(L_DicomGetAssociate(NULL));
	cr_expect_eq(L_DicomGetQueueSend(NULL), 0);
}
