/* L_DicomGetOpenSslVersion, which tells of the library that does the work of
 * the one it is named after. */
#include "tls/backend.h"

#include "ltdic.h"

#include <stdio.h>

L_INT
L_DicomGetOpenSslVersion(
    pDICOMOPENSSLVERSION pVersion, L_UINT uStructSize, L_UINT uFlagsReserved)
{
	if (pVersion == NULL)
		return DICOM_ERROR_NULL_PTR;
	if (uStructSize != sizeof(*pVersion))
		return DICOM_ERROR_INVALID_STRUCT_SIZE;
	if (uFlagsReserved != 0)
		return DICOM_ERROR_PARAMETER;
	*pVersion = (DICOMOPENSSLVERSION){ .uStructSize = uStructSize,
		.bIsAvailable = L_TRUE };
	snprintf(pVersion->szRequiredVersion,
	    sizeof(pVersion->szRequiredVersion), "GnuTLS %s",
	    dt_gnutls_oldest());
	snprintf(pVersion->szInstalledVersion,
	    sizeof(pVersion->szInstalledVersion), "GnuTLS %s",
	    dt_gnutls_running());
	return DICOM_SUCCESS;
}
