/*
 * The secure link through ltdic.h: the documented example (a client whose
 * certificate lacks the TLS purposes), both ways to answer it, and the mix-up
 * of TLS and plain DICOM. A plain program; see link.c.
 */
#include "scene.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* VERIFY in its documented form has no user data. */
static struct scene *current;

/* Notes "ok/error". */
static L_INT EXT_CALLBACK
on_verify(HDICOMNET hNet, L_INT ok, L_TCHAR *pszCertificateString, L_INT nError,
    L_TCHAR *pszErrorString)
{
	char *trace = scene_end_of(current, hNet)->trace;
	size_t used = strlen(trace);

	snprintf(trace + used, sizeof(current->scu.trace) - used, "%s%d/%d%s",
	    used > 0 ? " " : "", ok, nError,
	    strncmp(pszCertificateString, "Subject Name: ", 14) != 0 ||
		    *pszErrorString == '\0'
		? "?"
		: "");
	return current->accept_anyway ? 1 : ok;
}

static void
install(struct scene *scene, HDICOMNET net)
{
	DICOMNETCALLBACKEXT ext = { .uStructSize = sizeof(ext),
		.pfnVerify = on_verify };

	current = scene;
	L_DicomSetCallbackExt(net, &ext);
}

static void
good_ends(void)
{
	struct scene scene = { .install = install };

	scene_begin(&scene, &scene_good_client, true);
	scene_await(&scene, &scene.scu.closed);
	scene_await(&scene, &scene.scp.closed);
	check_text(scene.scu.trace, "1/0 1/0", "the SCU judges root and leaf");
	check_text(scene.scp.trace, "1/0 1/0", "the SCP judges root and leaf");
	check(scene.echoed, "an echo travels over the secure link");
	check_number(scene.scp.close_error, 0, "the link ends well");
	scene_finish(&scene);
}

static void
documented_example(void)
{
	struct scene scene = { .install = install };

	scene_begin(&scene, &scene_wrong_client, true);
	scene_await(&scene, &scene.scp.ready);
	scene_await(&scene, &scene.scu.closed);
	check_text(scene.scp.trace, "0/26", "a client without the purpose");
	check_number((long)scene.scp.secure_error,
	    DICOM_ERROR_TLS_INVALID_PURPOSE, "is refused for it");
	check_number((long)L_DicomGetErrorSecure(scene.scp.net),
	    DICOM_ERROR_TLS_INVALID_PURPOSE, "which the handle remembers");
	scene_await(&scene, &scene.scp.closed);
	check_number(scene.scp.close_error, DICOM_ERROR_TLS_INVALID_PURPOSE,
	    "and CLOSE follows with");
	check_number(scene.scu.close_error,
	    DICOM_ERROR_TLS_UNSUPPORTED_CERTIFICATE,
	    "and learns it from the alert");
	check(!scene.echoed, "no echo travels");
	scene_finish(&scene);
}

static void
documented_example_accepted(void)
{
	struct scene scene = { .install = install, .accept_anyway = true };

	scene_begin(&scene, &scene_wrong_client, true);
	scene_await(&scene, &scene.scu.closed);
	scene_await(&scene, &scene.scp.closed);
	check_text(scene.scp.trace, "0/26 1/26 1/26",
	    "a VERIFY that returns 1 sees the sticky error");
	check(scene.echoed, "and lets the echo through");
	scene_finish(&scene);
}

static void
tls_to_plain(void)
{
	struct scene scene = { .install = install };

	scene_begin(&scene, &scene_good_client, false);
	scene_await(&scene, &scene.scu.ready);
	scene_await(&scene, &scene.scp.closed);
	check_number((long)scene.scu.secure_error, DICOM_ERROR_BAD_SECURE_MODE,
	    "the SCU sees that the SCP is plain");
	check_number(scene.scp.close_error, DICOM_ERROR_BAD_SECURE_MODE,
	    "the plain SCP sees that the SCU speaks TLS");
	scene_finish(&scene);
}

static void
plain_to_tls(void)
{
	struct scene scene = { .install = install };

	scene_begin(&scene, NULL, true);
	scene_await(&scene, &scene.scp.ready);
	scene_await(&scene, &scene.scu.closed);
	check_number((long)scene.scp.secure_error, DICOM_ERROR_BAD_SECURE_MODE,
	    "the SCP sees that the SCU is plain");
	check_number(scene.scu.close_error, DICOM_ERROR_BAD_SECURE_MODE,
	    "the plain SCU sees that the SCP speaks TLS");
	scene_finish(&scene);
}

/* OpenSSL's SSL_CTX_use_certificate refuses it at the default level. */
static void
weak_own_certificate(void)
{
	HDICOMNET net = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_TLS);

	check_number((long)L_DicomSetClientCertificateTLS(net,
			 scene_weak_client.certificate, L_TLS_FILETYPE_PEM,
			 scene_weak_client.key),
	    DICOM_ERROR_CERTIFICATE_LOAD_FAILED,
	    "an own certificate with a weak key is refused when it is set");
	L_DicomFreeNet(net);
}

/* Both ends; PS3.15 B.11 ends with TLS 1.2. */
static void
install_profile(struct scene *scene, HDICOMNET net)
{
	install(scene, net);
	check_number((long)L_DicomSetProfileTLS(net, (L_TCHAR *)"B.11"),
	    DICOM_SUCCESS, "a profile is set by its section");
}

static void
within_a_profile(void)
{
	struct scene scene = { .install = install_profile };

	scene_begin(&scene, &scene_good_client, true);
	scene_await(&scene, &scene.scu.ready);
	check_number((long)scene.scu.suite,
	    L_TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
	    "the link has a suite of the profile");
	scene_await(&scene, &scene.scu.closed);
	scene_await(&scene, &scene.scp.closed);
	check(scene.echoed, "and an echo travels over it");
	scene_finish(&scene);
}

static void
profiles_as_settings(void)
{
	HDICOMNET net = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_TLS);
	HDICOMNET plain = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);
	char name[] = "bcp195-8996-mod", unknown[] = "B.99";

	check_number((long)L_DicomSetProfileTLS(net, unknown),
	    DICOM_ERROR_TLS_INVALID_CTX, "an unknown profile is refused");
	check_number((long)L_DicomSetProfileTLS(net, name), DICOM_SUCCESS,
	    "a profile is set by name");
	check_number((long)L_DicomSetClientCertificateTLS(net,
			 scene_weak_client.certificate, L_TLS_FILETYPE_PEM,
			 scene_weak_client.key),
	    DICOM_ERROR_CERTIFICATE_LOAD_FAILED,
	    "and refuses a weak certificate of our own");
	check_number((long)L_DicomSetClientCertificateTLS(net,
			 scene_good_client.certificate, L_TLS_FILETYPE_PEM,
			 scene_good_client.key),
	    DICOM_SUCCESS, "not a good one");
	check_number((long)L_DicomSetProfileTLS(net, NULL), DICOM_SUCCESS,
	    "and may be left again");
	check_number((long)L_DicomSetProfileTLS(plain, name),
	    DICOM_ERROR_BAD_SECURE_MODE, "a plain handle has none");
	L_DicomFreeNet(net);
	L_DicomFreeNet(plain);
	check_number((long)L_DicomSetProfileTLS(net, name),
	    DICOM_ERROR_PARAMETER, "a freed one neither");
}

int
main(void)
{
	alarm(120);
	if (!scene_prepare())
		return 1;
	good_ends();
	documented_example();
	documented_example_accepted();
	tls_to_plain();
	plain_to_tls();
	weak_own_certificate();
	within_a_profile();
	profiles_as_settings();
	scene_clean_up();
	return check_end();
}
