/*
 * What may be sent when, and what SEND tells of it: every PDU once, in order,
 * with the length the other end receives; what is not possible in a state
 * (PS3.8 9.2) or is no value of PS3.8 is refused at once and changes nothing.
 * A plain program; see link.c.
 */
#include "scene.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* PDUs by type and length, as one end told of them. */
struct list {
	char text[512];
};

static struct list sent[2], received[2]; /* SCU, SCP */

static int
index_of(struct scene *scene, HDICOMNET net)
{
	return scene_end_of(scene, net) == &scene->scp;
}

static void
add(struct list *list, L_INT error, L_UCHAR type, L_UINT32 bytes)
{
	size_t used = strlen(list->text);

	snprintf(list->text + used, sizeof(list->text) - used, "%d:%u%s ", type,
	    bytes, error == DICOM_SUCCESS ? "" : "!");
}

static L_VOID EXT_CALLBACK
on_sent(HDICOMNET hNet, L_INT nError, L_UCHAR nType, L_UINT32 nBytes,
    L_VOID *pUserData)
{
	add(&sent[index_of(pUserData, hNet)], nError, nType, nBytes);
}

static L_VOID EXT_CALLBACK
on_received(HDICOMNET hNet, L_INT nError, L_UCHAR nType, L_UCHAR *pBuffer,
    L_UINT32 nBytes, L_VOID *pUserData)
{
	(void)pBuffer;
	add(&received[index_of(pUserData, hNet)], nError, nType, nBytes);
}

static void
listen_to_pdus(struct scene *scene, DICOMNETCALLBACK *callbacks)
{
	(void)scene;
	callbacks->pfnSend = on_sent;
	callbacks->pfnReceive = on_received;
}

static void
check_types(const struct list *list, const char *want, const char *what)
{
	char types[64] = "";
	size_t n = 0;

	for (const char *p = list->text; *p != '\0' && n < 62;
	     p = strchr(p, ' ') + 1) {
		types[n++] = *p;
		types[n] = '\0';
	}
	check_text(types, want, what);
}

static void
every_pdu_is_told_once(const struct scene_files *client, bool secure)
{
	struct scene scene = { .arrange = listen_to_pdus };

	memset(sent, 0, sizeof(sent));
	memset(received, 0, sizeof(received));
	scene_begin(&scene, client, secure);
	scene_await(&scene, &scene.scu.closed);
	scene_await(&scene, &scene.scp.closed);
	scene_finish(&scene);
	check_types(&sent[0], "145", "the SCU asks, echoes and releases");
	check_types(&sent[1], "246", "the SCP answers each");
	check_text(sent[0].text, received[1].text,
	    "what the SCU sent is what the SCP received");
	check_text(sent[1].text, received[0].text, "and the other way round");
}

/* ------------------------------------------------------------- refusals -- */

static L_TCHAR no_uid[] = "1.2.x";

/* Nothing but a request for an association, and that only once. */
static L_VOID EXT_CALLBACK
on_connect(HDICOMNET hNet, L_INT nError, L_VOID *pUserData)
{
	struct scene *scene = pUserData;
	HDICOMPDU pdu = L_DicomCreateAssociate(L_TRUE);

	scene->scu.connect_error = nError;
	check_number(L_DicomSendAssociateRequest(hNet, pdu),
	    DICOM_ERROR_PARAMETER, "a request without titles is none");
	L_DicomDefaultAssociate(pdu);
	L_DicomSetCalling(pdu, (L_TCHAR *)"SCU");
	L_DicomSetCalled(pdu, (L_TCHAR *)"SCP");
	L_DicomSetRequest(pdu, L_FALSE);
	check_number(L_DicomSendAssociateRequest(hNet, pdu),
	    DICOM_ERROR_PDU_TYPE, "nor is an answer");
	check_number(L_DicomSendAssociateAccept(hNet, pdu),
	    DICOM_ERROR_NET_INVALID, "who asks does not accept");
	L_DicomSetRequest(pdu, L_TRUE);
	check_number(L_DicomSendAssociateReject(hNet, 1, 1, 1),
	    DICOM_ERROR_NET_INVALID, "nor reject");
	check_number(L_DicomSendReleaseRequest(hNet), DICOM_ERROR_NET_INVALID,
	    "nothing is there to release");
	check_number(L_DicomSendCEchoRequest(hNet, 1, 1, NULL),
	    DICOM_ERROR_NET_INVALID, "nor a context for an echo");
	check_number(L_DicomSendAbort(hNet, 0, 0), DICOM_ERROR_NET_INVALID,
	    "nor an association to abort");
	check_number(
	    L_DicomSendAssociateRequest(hNet, pdu), 0, "a whole one is sent");
	check_number(L_DicomSendAssociateRequest(hNet, pdu),
	    DICOM_ERROR_NET_INVALID, "but once");
	L_DicomFreeAssociate(pdu);
}

static L_VOID EXT_CALLBACK
on_request(HDICOMNET hNet, HDICOMPDU hPDU, L_VOID *pUserData)
{
	HDICOMPDU answer = L_DicomCreateAssociate(L_FALSE);

	(void)pUserData;
	check_number(L_DicomSendAssociateAccept(hNet, hPDU),
	    DICOM_ERROR_PDU_TYPE, "a request is no answer");
	L_DicomAddPresentation(answer, 1, PDU_ACCEPT_RESULT_SUCCESS, NULL);
	check_number(L_DicomSendAssociateAccept(hNet, answer),
	    DICOM_ERROR_PARAMETER, "nor is one without a transfer syntax");
	L_DicomAddTransfer(answer, 1, UID_EXPLICIT_VR_LITTLE_ENDIAN);
	check_number(L_DicomSendAssociateAccept(hNet, answer),
	    DICOM_ERROR_PARAMETER, "or with one nobody proposed");
	L_DicomSetTransfer(answer, 1, 0, UID_IMPLICIT_VR_LITTLE_ENDIAN);
	check_number(L_DicomSendAssociateReject(hNet, 3, 1, 1),
	    DICOM_ERROR_RANGE, "results are 1 and 2");
	check_number(L_DicomSendAssociateReject(hNet, 1, 2, 3),
	    DICOM_ERROR_RANGE, "reasons are those of the source");
	check_number(L_DicomSendReleaseResponse(hNet), DICOM_ERROR_NET_INVALID,
	    "nobody asked for a release");
	check_number(L_DicomSendAssociateAccept(hNet, answer), DICOM_SUCCESS,
	    "what was proposed is accepted");
	check_number(L_DicomSendAssociateAccept(hNet, answer),
	    DICOM_ERROR_NET_INVALID, "but once");
	L_DicomFreeAssociate(answer);
}

static L_VOID EXT_CALLBACK
on_associated(HDICOMNET hNet, HDICOMPDU hPDU, L_VOID *pUserData)
{
	(void)hPDU;
	(void)pUserData;
	check_number(L_DicomSendCEchoRequest(hNet, 3, 1, NULL),
	    DICOM_ERROR_PDU_ID, "a context that was not accepted");
	check_number(L_DicomSendCEchoRequest(hNet, 1, 1, no_uid),
	    DICOM_ERROR_PARAMETER, "a class that is no UID");
	check_number(L_DicomSendCEchoResponse(hNet, 1, 1, no_uid, 0),
	    DICOM_ERROR_PARAMETER, "in a response neither");
	check_number(L_DicomSendAbort(hNet, 1, 0), DICOM_ERROR_RANGE,
	    "an abort has source 0 or 2");
	check_number(
	    L_DicomSendAbort(hNet, 0, 3), DICOM_ERROR_RANGE, "and no reason 3");
	check_number(
	    L_DicomSendAbort(hNet, 2, 7), DICOM_ERROR_RANGE, "or above 6");
	check(L_DicomIsAssociated(hNet), "none of it ends the association");
	check_number(L_DicomSendReleaseRequest(hNet), 0, "a release does");
	check_number(L_DicomSendCEchoRequest(hNet, 1, 1, NULL),
	    DICOM_ERROR_NET_INVALID, "nothing is sent after it");
	check_number(L_DicomSendReleaseRequest(hNet), DICOM_ERROR_NET_INVALID,
	    "nor is it sent twice");
}

static void
refuse(struct scene *scene, DICOMNETCALLBACK *callbacks)
{
	listen_to_pdus(scene, callbacks);
	callbacks->pfnConnect = on_connect;
	callbacks->pfnReceiveAssociateRequest = on_request;
	callbacks->pfnReceiveAssociateAccept = on_associated;
}

static void
what_is_refused_is_not_sent(void)
{
	struct scene scene = { .arrange = refuse };

	memset(sent, 0, sizeof(sent));
	scene_begin(&scene, NULL, false);
	scene_await(&scene, &scene.scu.closed);
	scene_await(&scene, &scene.scp.closed);
	scene_finish(&scene);
	check_types(&sent[0], "15", "the SCU sent what was possible");
	check_types(&sent[1], "26", "and so did the SCP");
}

int
main(void)
{
	alarm(120);
	if (!scene_prepare())
		return 1;
	every_pdu_is_told_once(NULL, false);
	every_pdu_is_told_once(&scene_good_client, true);
	what_is_refused_is_not_sent();
	scene_clean_up();
	return check_end();
}
