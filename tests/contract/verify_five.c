/* The documented VERIFY. */
#include "verify_forms.h"

/* It has no user data. */
static struct scene *current;

static L_INT EXT_CALLBACK
on_verify(HDICOMNET hNet, L_INT ok, L_TCHAR *pszCertificateString, L_INT nError,
    L_TCHAR *pszErrorString)
{
	return verify_note(
	    current, hNet, ok, pszCertificateString, nError, pszErrorString);
}

void
verify_five_install(struct scene *scene, HDICOMNET net)
{
	DICOMNETCALLBACKEXT ext = { .uStructSize = sizeof(ext),
		.pfnVerify = on_verify };

	current = scene;
	L_DicomSetCallbackExt(net, &ext);
}
