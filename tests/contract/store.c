/*
 * C-STORE over TLS: data sets of several MiB go both ways and are the same
 * afterwards; whatever ends a message in the middle ends it once and for both;
 * what cannot be sent is refused at once. A plain program.
 */
#include "scene.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CLASS "1.2.840.10008.5.1.4.1.1.7"
#define INSTANCE "1.2.3.4.5"
#define SIZE (5u * 1024 * 1024 + 2)
/* PDUs of 46,726 octets hold 46,720 of a data set; one more for the command. */
#define PDUS ((SIZE - 1) / 46720 + 1 + 1)

static char file[64], copy[64];
static L_UCHAR octets[SIZE];

/* What one play of the scene is about, and what its ends saw. */
static struct play {
	L_INT (*send)(HDICOMNET net); /* what the SCU does when associated */
	bool send_back;		      /* the SCP sends what it got */
	bool abort;		      /* the SCP aborts amid the data */
	bool hold;		      /* the SCP waits amid the data */
	L_UINT16 answer;

	L_INT sent;	      /* what send answered */
	L_UINT32 queue;	      /* GetQueueSend right after it */
	unsigned data_pdus;   /* that the SCP was shown */
	unsigned requests[2]; /* RECEIVECSTOREREQUEST: SCP, SCU */
	unsigned responses[2];
	unsigned unknowns;
	unsigned aborts[2];
	L_UCHAR source, reason;
	L_UINT16 status;
	bool same, described, lent, has_data, amid, let_go;
} play;

static int
index_of(struct scene *scene, HDICOMNET net)
{
	return scene_end_of(scene, net) == &scene->scu;
}

static L_INT
send_file(HDICOMNET net)
{
	HDICOMDS set = L_DicomCreateDS(NULL);
	L_INT rc = L_DicomLoadDS(set, file, 0);

	if (rc == DICOM_SUCCESS)
		rc = L_DicomSendCStoreRequest(net, 1, 7, (L_TCHAR *)CLASS,
		    (L_TCHAR *)INSTANCE, COMMAND_PRIORITY_HIGH,
		    (L_TCHAR *)"MOVER", 9, set);
	play.queue = L_DicomGetQueueSend(net);
	L_DicomFreeDS(set);
	return rc;
}

static L_VOID EXT_CALLBACK
on_associated(HDICOMNET hNet, HDICOMPDU hPDU, L_VOID *pUserData)
{
	(void)hPDU;
	(void)pUserData;
	play.sent = play.send(hNet);
}

static bool
is_same(HDICOMDS set)
{
	L_UINT32 size = 0;
	const L_UCHAR *bytes = L_DicomGetEncodedDS(set, &size);

	return bytes != NULL && size == SIZE &&
	       L_DicomGetSizeDS(set) == (L_INT64)SIZE &&
	       memcmp(bytes, octets, SIZE) == 0;
}

static bool
is_described(HDICOMDS set)
{
	char transfer[65], class_uid[65], instance[65];

	L_DicomGetTransferSyntaxDS(set, transfer, sizeof(transfer));
	L_DicomGetIdentityDS(
	    set, class_uid, sizeof(class_uid), instance, sizeof(instance));
	return strcmp(transfer, UID_IMPLICIT_VR_LITTLE_ENDIAN) == 0 &&
	       strcmp(class_uid, CLASS) == 0 && strcmp(instance, INSTANCE) == 0;
}

/* Lent: it can be looked at and saved, not filled, not freed. */
static bool
is_lent(HDICOMNET net, HDICOMDS set)
{
	L_UCHAR byte = 0;

	L_DicomFreeDS(set);
	return L_DicomSetEncodedDS(set, &byte, 1) == DICOM_ERROR_LOCKED &&
	       L_DicomLoadDS(set, file, 0) == DICOM_ERROR_LOCKED &&
	       L_DicomSetTransferSyntaxDS(set, NULL) == DICOM_ERROR_LOCKED &&
	       L_DicomSaveDS(set, copy, 0) == DICOM_SUCCESS &&
	       L_DicomGetCommandSet(net) != NULL;
}

static L_VOID EXT_CALLBACK
on_store(HDICOMNET hNet, L_UCHAR nPresentationID, L_UINT16 nMessageID,
    L_TCHAR *pszClass, L_TCHAR *pszInstance, L_UINT16 nPriority,
    L_TCHAR *pszMoveAE, L_UINT16 nMoveMessageID, HDICOMDS hDS,
    L_VOID *pUserData)
{
	const int scu = index_of(pUserData, hNet);

	play.requests[scu]++;
	play.has_data = hDS != NULL;
	play.same = is_same(hDS);
	play.described = is_described(hDS) && strcmp(pszClass, CLASS) == 0 &&
			 strcmp(pszInstance, INSTANCE) == 0 &&
			 nPriority == COMMAND_PRIORITY_HIGH &&
			 strcmp(pszMoveAE, "MOVER") == 0 && nMoveMessageID == 9;
	if (hDS != NULL)
		play.lent = is_lent(hNet, hDS);
	L_DicomSendCStoreResponse(hNet, nPresentationID, nMessageID, pszClass,
	    pszInstance, play.answer);
	if (play.send_back && !scu)
		L_DicomSendCStoreRequest(hNet, nPresentationID, 8, pszClass,
		    pszInstance, nPriority, pszMoveAE, nMoveMessageID, hDS);
}

static L_VOID EXT_CALLBACK
on_stored(HDICOMNET hNet, L_UCHAR nPresentationID, L_UINT16 nMessageID,
    L_TCHAR *pszClass, L_TCHAR *pszInstance, L_UINT16 nStatus,
    L_VOID *pUserData)
{
	const int scu = index_of(pUserData, hNet);

	(void)nPresentationID;
	(void)nMessageID;
	(void)pszClass;
	(void)pszInstance;
	play.responses[scu]++;
	play.status = nStatus;
	if (scu && !play.send_back)
		L_DicomSendReleaseRequest(hNet);
	if (!scu)
		L_DicomSendReleaseRequest(hNet);
}

static L_VOID EXT_CALLBACK
on_receive(HDICOMNET hNet, L_INT nError, L_UCHAR nType, L_UCHAR *pBuffer,
    L_UINT32 nBytes, L_VOID *pUserData)
{
	struct scene *scene = pUserData;

	(void)nError;
	(void)pBuffer;
	(void)nBytes;
	if (nType != PDU_DATA_TRANSFER || index_of(scene, hNet) != 0)
		return;
	play.data_pdus++;
	if (play.abort && play.data_pdus == 3)
		L_DicomSendAbort(hNet, PDU_ABORT_SOURCE_USER, 0);
	if (play.hold && play.data_pdus == 3) {
		scene_announce(scene, &play.amid);
		scene_await(scene, &play.let_go);
	}
}

static L_VOID EXT_CALLBACK
on_abort(HDICOMNET hNet, L_UCHAR nSource, L_UCHAR nReason, L_VOID *pUserData)
{
	play.aborts[index_of(pUserData, hNet)]++;
	play.source = nSource;
	play.reason = nReason;
}

static L_VOID EXT_CALLBACK
on_unknown(HDICOMNET hNet, L_UCHAR nPresentationID, HDICOMDS hCS, HDICOMDS hDS,
    L_VOID *pUserData)
{
	(void)nPresentationID;
	(void)pUserData;
	play.unknowns++;
	play.same = is_same(hDS);
	play.lent = L_DicomGetCommandSet(hNet) == hCS;
	L_DicomSendReleaseRequest(hNet);
}

static void
arrange(struct scene *scene, DICOMNETCALLBACK *callbacks)
{
	(void)scene;
	callbacks->pfnReceive = on_receive;
	callbacks->pfnReceiveAssociateAccept = on_associated;
	callbacks->pfnReceiveCStoreRequest = on_store;
	callbacks->pfnReceiveCStoreResponse = on_stored;
	callbacks->pfnReceiveAbort = on_abort;
	callbacks->pfnReceiveUnknown = on_unknown;
}

static void
begin(struct scene *scene, L_TCHAR *folder)
{
	scene->arrange = arrange;
	scene->folder = folder;
	scene_begin(scene, &scene_good_client, true);
}

static void
await_end(struct scene *scene)
{
	scene_await(scene, &scene->scu.closed);
	scene_await(scene, &scene->scp.closed);
	scene_finish(scene);
}

static void
goes_there_and_back(void)
{
	struct scene scene = { 0 };

	play = (struct play){ .send = send_file, .send_back = true };
	begin(&scene, NULL);
	await_end(&scene);
	check_number(play.sent, DICOM_SUCCESS, "a file of 5 MiB is sent");
	check_number(play.queue, PDUS, "and counts as the PDUs it will be");
	check_number(play.requests[0], 1, "the SCP is told once");
	check_number(play.requests[1], 1, "the SCU gets it back, once");
	check_number(
	    play.responses[0] + play.responses[1], 2, "and both are answered");
	check(play.same, "every octet is the same");
	check(play.described, "the message and the data set say what it is");
	check(play.lent, "a data set is lent to the callback");
	check_number(play.data_pdus, PDUS + 1, "no PDU more than it takes");
	check(access(copy, F_OK) == 0, "and can be saved");
}

static void
saved_is_what_came(void)
{
	HDICOMDS set = L_DicomCreateDS(NULL);

	check_number(
	    L_DicomLoadDS(set, copy, DS_LOAD_CLOSE | DS_METAHEADER_PRESENT),
	    DICOM_SUCCESS, "the saved file loads into memory");
	check(is_same(set) && is_described(set), "and is what was sent");
	L_DicomFreeDS(set);
}

static void
abort_of_the_scp(void)
{
	struct scene scene = { 0 };

	play = (struct play){ .send = send_file, .abort = true };
	begin(&scene, NULL);
	await_end(&scene);
	check_number(play.aborts[1], 1, "an abort amid the data comes once");
	check_number(play.requests[0], 0, "half a data set is not told");
	check_number(
	    scene.scu.closes + scene.scp.closes, 2, "each end closes once");
}

/* So that the system cannot hold the whole data set. */
static void
set_small_buffers(struct scene *scene, HDICOMNET net)
{
	DICOMSOCKETOPTIONS options = { .uStructSize = sizeof(options),
		.nSendBufferSize = 65536,
		.nReceiveBufferSize = 65536 };

	(void)scene;
	L_DicomSetSocketOptions(net, &options);
}

static void
cut_connection(void)
{
	struct scene scene = { .install = set_small_buffers };

	play = (struct play){ .send = send_file, .hold = true };
	begin(&scene, NULL);
	scene_await(&scene, &play.amid);
	L_DicomCloseForced(scene.scu.net, L_TRUE);
	scene_announce(&scene, &play.let_go);
	scene_await(&scene, &scene.scp.closed);
	scene_finish(&scene);
	check(scene.scp.close_error != DICOM_SUCCESS,
	    "a connection cut amid the data is no good end");
	check_number(play.requests[0], 0, "and no data set");
	check_number(scene.scp.closes, 1, "it is told once");
	check_number(scene.scu.closes, 0, "who closes is not told");
}

/* The program closes before anything can have gone out. */
static L_INT
send_and_close(HDICOMNET net)
{
	L_INT rc = send_file(net);

	L_DicomClose(net);
	return rc;
}

static void
close_sends_what_is_queued(void)
{
	struct scene scene = { 0 };

	play = (struct play){ .send = send_and_close };
	begin(&scene, NULL);
	scene_await(&scene, &scene.scp.closed);
	scene_finish(&scene);
	check_number(play.requests[0], 1, "a close sends what is queued");
	check(play.same, "to the last octet");
}

static L_INT
send_shrinking_file(HDICOMNET net)
{
	L_INT rc = send_file(net);

	return truncate(file, SIZE / 2) == 0 ? rc : DICOM_ERROR_WRITE;
}

static void
make_file(void)
{
	HDICOMDS set = L_DicomCreateDS(NULL);

	for (size_t i = 0; i < SIZE; i++)
		octets[i] = (L_UCHAR)(i * 31 + i / 251);
	L_DicomSetEncodedDS(set, octets, SIZE);
	L_DicomSetTransferSyntaxDS(
	    set, (L_TCHAR *)UID_IMPLICIT_VR_LITTLE_ENDIAN);
	L_DicomSetIdentityDS(set, (L_TCHAR *)CLASS, (L_TCHAR *)INSTANCE);
	check_number(L_DicomSaveDS(set, file, 0), DICOM_SUCCESS,
	    "a data set is saved as a file");
	L_DicomFreeDS(set);
}

static void
file_that_shrinks_ends_the_association(void)
{
	struct scene scene = { 0 };

	play = (struct play){ .send = send_shrinking_file };
	begin(&scene, NULL);
	await_end(&scene);
	check_number(play.aborts[0], 1, "the SCP hears an abort");
	check_number(play.source, PDU_ABORT_SOURCE_PROVIDER, "by the provider");
	check_number(scene.scu.close_error, DICOM_ERROR_READ,
	    "the SCU hears that the file could not be read");
	check_number(play.requests[0], 0, "half a data set is not told");
	make_file();
}

static void
no_room_for_the_data(void)
{
	struct scene scene = { 0 };

	play = (struct play){ .send = send_file,
		.answer = COMMAND_STATUS_REFUSED_OUT_OF_RESOURCES };
	begin(&scene, (L_TCHAR *)"/dev/null/nowhere");
	await_end(&scene);
	check_number(play.requests[0], 1, "without room the SCP is told");
	check(!play.has_data, "of a message without its data set");
	check_number(play.status, COMMAND_STATUS_REFUSED_OUT_OF_RESOURCES,
	    "and can say so");
}

/* A C-FIND-RQ (PS3.7 9.3.2.1) with what it takes for one. */
static const L_UCHAR find[] = { 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1,
	2, 0, 0, 0, 0x20, 0, 0, 0, 0x10, 1, 2, 0, 0, 0, 3, 0, 0, 0, 0, 8, 2, 0,
	0, 0, 0, 0 };

static L_INT
send_any_message(HDICOMNET net)
{
	HDICOMDS command = L_DicomCreateDS(NULL);
	HDICOMDS set = L_DicomCreateDS(NULL);
	L_INT rc;

	L_DicomSetEncodedDS(command, (L_UCHAR *)find, sizeof(find));
	check_number(L_DicomSendData(net, 1, command, NULL),
	    DICOM_ERROR_PARAMETER, "an announced data set has to come");
	check_number(L_DicomSendData(net, 1, command, set),
	    DICOM_ERROR_PARAMETER, "and may not be empty");
	check_number(L_DicomSendData(net, 1, set, set), DICOM_ERROR_PARAMETER,
	    "nothing is no command set");
	check_number(L_DicomSendData(net, 1, NULL, set), DICOM_ERROR_NULL_PTR,
	    "nor is NULL");
	L_DicomSetEncodedDS(set, octets, SIZE);
	check_number(L_DicomSendData(net, 3, command, set), DICOM_ERROR_PDU_ID,
	    "it takes a context both ends agreed on");
	L_DicomSetTransferSyntaxDS(
	    set, (L_TCHAR *)UID_EXPLICIT_VR_LITTLE_ENDIAN);
	check_number(L_DicomSendData(net, 1, command, set), DICOM_ERROR_FORMAT,
	    "and its transfer syntax");
	L_DicomSetTransferSyntaxDS(set, NULL);
	rc = L_DicomSendData(net, 1, command, set);
	L_DicomFreeDS(command);
	L_DicomFreeDS(set);
	return rc;
}

static void
other_services_go_to_unknown(void)
{
	struct scene scene = { 0 };

	play = (struct play){ .send = send_any_message };
	begin(&scene, NULL);
	await_end(&scene);
	check_number(play.sent, DICOM_SUCCESS, "any message can be sent");
	check_number(play.unknowns, 1, "what has no callback is unknown");
	check(play.same, "with its data set");
	check(play.lent, "and its command set");
	check(L_DicomGetCommandSet(NULL) == NULL, "which is none elsewhere");
}

static L_INT
store(HDICOMNET net, const char *class_uid, const char *instance,
    L_UINT16 priority, const char *title, HDICOMDS set)
{
	return L_DicomSendCStoreRequest(net, 1, 1, (L_TCHAR *)class_uid,
	    (L_TCHAR *)instance, priority, (L_TCHAR *)title, 0, set);
}

static void
wrong_arguments(void)
{
	HDICOMNET net = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);
	HDICOMDS set = L_DicomCreateDS(NULL);
	char title[] = "SEVENTEEN LETTERS";
	int foreign = 0;

	check_number(store(net, CLASS, INSTANCE, 0, NULL, set),
	    DICOM_ERROR_PARAMETER, "an empty data set is not stored");
	L_DicomSetEncodedDS(set, octets, 2);
	check_number(store(net, CLASS, INSTANCE, 0, NULL, set),
	    DICOM_ERROR_NET_NOT_CONNECTED, "nor without a connection");
	check_number(store(NULL, CLASS, INSTANCE, 0, NULL, set),
	    DICOM_ERROR_NULL_PTR, "nor without a handle");
	check_number(store(net, NULL, INSTANCE, 0, NULL, set),
	    DICOM_ERROR_NULL_PTR, "nor without a class");
	check_number(L_DicomSendCStoreResponse(net, 1, 1, (L_TCHAR *)CLASS,
			 (L_TCHAR *)"../1", COMMAND_STATUS_SUCCESS),
	    DICOM_ERROR_PARAMETER, "no response names what is no UID");
	check_number(L_DicomSendCStoreResponse(
			 net, 1, 1, NULL, NULL, COMMAND_STATUS_SUCCESS),
	    DICOM_ERROR_NET_NOT_CONNECTED, "but it may be left out");
	check_number(store(net, CLASS, "1.2.x", 0, NULL, set),
	    DICOM_ERROR_PARAMETER, "nor what is no UID");
	check_number(store(net, CLASS, INSTANCE, 3, NULL, set),
	    DICOM_ERROR_RANGE, "nor with a priority nobody knows");
	check_number(store(net, CLASS, INSTANCE, 0, title, set),
	    DICOM_ERROR_PARAMETER, "nor for a title that is none");
	check_number(store(net, CLASS, INSTANCE, 0, NULL, NULL),
	    DICOM_ERROR_NULL_PTR, "nor without a data set");
	check_number(store(net, CLASS, INSTANCE, 0, NULL, &foreign),
	    DICOM_ERROR_PARAMETER, "nor something else instead");
	L_DicomFreeDS(set);
	L_DicomFreeNet(net);
}

static void
wrong_files(void)
{
	HDICOMDS set = L_DicomCreateDS(NULL);

	L_DicomSetEncodedDS(set, octets, 2);
	check_number(L_DicomLoadDS(set, (L_TCHAR *)"/nowhere", 0),
	    DICOM_ERROR_OPEN, "a file that is not there is not loaded");
	check_number(L_DicomLoadDS(set, (L_TCHAR *)"/", 0), DICOM_ERROR_OPEN,
	    "nor a folder");
	check_number(L_DicomLoadDS(set, (L_TCHAR *)"/dev/zero", 0),
	    DICOM_ERROR_OPEN, "nor a device");
	check_number(L_DicomLoadDS(set, scene_good_client.certificate, 0),
	    DICOM_ERROR_FORMAT, "nor what is no DICOM file");
	check_number(
	    L_DicomLoadDS(set, NULL, 0), DICOM_ERROR_NULL_PTR, "nor nothing");
	check_number(L_DicomLoadDS(set, file, DS_METAHEADER_ABSENT),
	    DICOM_ERROR_FEATURE_NOT_SUPPORTED, "nor without a head");
	check_number(
	    L_DicomGetSizeDS(set), 2, "and what was there is there still");
	check_number(L_DicomSaveDS(set, copy, 0), DICOM_ERROR_PARAMETER,
	    "what has no identity is not saved");
	L_DicomSetTransferSyntaxDS(
	    set, (L_TCHAR *)UID_IMPLICIT_VR_LITTLE_ENDIAN);
	check_number(
	    L_DicomSetIdentityDS(set, (L_TCHAR *)CLASS, (L_TCHAR *)"not a UID"),
	    DICOM_ERROR_PARAMETER, "an identity is two UIDs");
	L_DicomSetIdentityDS(set, (L_TCHAR *)CLASS, (L_TCHAR *)INSTANCE);
	check_number(L_DicomSaveDS(set, (L_TCHAR *)"/dev/null/x", 0),
	    DICOM_ERROR_OPEN, "nor is it where no file can be");
	check_number(L_DicomSaveDS(set, copy, DS_BIG_ENDIAN),
	    DICOM_ERROR_FEATURE_NOT_SUPPORTED, "nor in another encoding");
	check_number(L_DicomSaveDS(set, (L_TCHAR *)"/dev/full/..", 0),
	    DICOM_ERROR_OPEN, "nor as a folder");
	L_DicomFreeDS(set);
	L_DicomFreeDS(NULL);
}

int
main(void)
{
	char folder[] = "/tmp/dicomtls-store-XXXXXX";

	alarm(300);
	if (!scene_prepare() || mkdtemp(folder) == NULL)
		return 1;
	snprintf(file, sizeof(file), "%s/file.dcm", folder);
	snprintf(copy, sizeof(copy), "%s/copy.dcm", folder);
	make_file();
	goes_there_and_back();
	saved_is_what_came();
	abort_of_the_scp();
	cut_connection();
	close_sends_what_is_queued();
	file_that_shrinks_ends_the_association();
	no_room_for_the_data();
	other_services_go_to_unknown();
	wrong_arguments();
	wrong_files();
	unlink(file);
	unlink(copy);
	check(rmdir(folder) == 0, "no file is left behind");
	scene_clean_up();
	return check_end();
}
