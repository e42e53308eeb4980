/* The same header for a program whose VERIFY has the sixth parameter. */
#define L_DICOM_VERIFY_USERDATA
#include "ltdic.h"

#include <criterion/criterion.h>

_Static_assert(sizeof(DICOMNETCALLBACKEXT) == 40, "DICOMNETCALLBACKEXT");

static L_INT EXT_CALLBACK
judge(HDICOMNET hNet, L_INT ok, L_TCHAR *pszCertificateString, L_INT nError,
    L_TCHAR *pszErrorString, L_VOID *pUserData)
{
	(void)hNet;
	(void)ok;
	(void)pszCertificateString;
	(void)nError;
	(void)pszErrorString;
	return *(L_INT *)pUserData;
}

Test(layout_userdata, verify_has_six_parameters)
{
	L_INT answer = 42;
	DICOMNETCALLBACKEXT ext = { .uStructSize = sizeof(ext),
		.pUserData = &answer,
		.pfnVerify = judge };

	cr_expect_eq(ext.pfnVerify(NULL, 1, NULL, 0, NULL, ext.pUserData), 42);
}

#define TEXT_OF(name) #name
#define EXPANDED(name) TEXT_OF(name)

Test(layout_userdata, setter_has_a_symbol_of_its_own)
{
	cr_expect_str_eq(
	    EXPANDED(L_DicomSetCallbackExt), "L_DicomSetCallbackExtUserData");
}
