/* One C-ECHO; see scu_echo.h. */
#include "tools/scu_echo.h"

#include "tools/failure.h"

#include <stdio.h>

#define CONTEXT 1
#define MESSAGE 1

/* The default association asks for Verification. Whether there was memory for
 * it, it does not say. */
static int
propose(HDICOMPDU request, void *arg)
{
	(void)arg;
	L_DicomDefaultAssociate(request);
	return L_DicomGetTransferCount(request, CONTEXT) == 1
		   ? DICOM_SUCCESS
		   : DICOM_ERROR_MEMORY;
}

static void
start(struct scu *scu, HDICOMNET handle, HDICOMPDU answer)
{
	int code;

	if (L_DicomGetResult(answer, CONTEXT) != PDU_ACCEPT_RESULT_SUCCESS) {
		scu_finish(scu, handle, false,
		    "the peer accepted the association, but not the "
		    "Verification service (result %u)",
		    L_DicomGetResult(answer, CONTEXT));
		return;
	}
	scu_reach(scu, REPORT_ECHO);
	code = L_DicomSendCEchoRequest(handle, CONTEXT, MESSAGE, NULL);
	if (code != DICOM_SUCCESS)
		scu_finish(scu, handle, false,
		    "C-ECHO could not be asked for%s (code %d)",
		    failure_reason(code), code);
}

static L_VOID EXT_CALLBACK
on_echo(HDICOMNET handle, L_UCHAR context, L_UINT16 message, L_TCHAR *sop_class,
    L_UINT16 status, L_VOID *arg)
{
	(void)context;
	(void)message;
	(void)sop_class;
	if (status != COMMAND_STATUS_SUCCESS)
		scu_finish(arg, handle, false,
		    "C-ECHO ended with status 0x%04x", status);
	else if (L_DicomSendReleaseRequest(handle) != DICOM_SUCCESS)
		scu_finish(arg, handle, false, "the release could not be sent");
}

static void
install(DICOMNETCALLBACK *callbacks)
{
	callbacks->pfnReceiveCEchoResponse = on_echo;
}

static bool
conclude(struct scu *scu, char *text, size_t room)
{
	(void)scu;
	snprintf(text, room, "association and C-ECHO succeeded");
	return true;
}

const struct scu_service scu_echo = {
	.propose = propose,
	.install = install,
	.start = start,
	.conclude = conclude,
};
