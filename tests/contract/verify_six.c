/* VERIFY with the sixth parameter, through which it finds its scene. */
#define L_DICOM_VERIFY_USERDATA
#include "verify_forms.h"

static L_INT EXT_CALLBACK
on_verify(HDICOMNET hNet, L_INT ok, L_TCHAR *pszCertificateString, L_INT nError,
    L_TCHAR *pszErrorString, L_VOID *pUserData)
{
	return verify_note(
	    pUserData, hNet, ok, pszCertificateString, nError, pszErrorString);
}

void
verify_six_install(struct scene *scene, HDICOMNET net)
{
	DICOMNETCALLBACKEXT ext = { .uStructSize = sizeof(ext),
		.pUserData = scene,
		.pfnVerify = on_verify };

	L_DicomSetCallbackExt(net, &ext);
}
