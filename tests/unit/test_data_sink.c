/*
 * Data sets as streams through two handles of ours: what a sink is told, and
 * that a source is not read faster than the peer takes its octets. Plain
 * DICOM; the TLS of tests/contract/store changes nothing here.
 */
#include "base/limits.h"
#include "dicom/association.h"
#include "ltdic/extras.h"

#include "base/limits.h"

#include <criterion/criterion.h>
#include <pthread.h>

#define SIZE (16u * 1024 * 1024)
/* What may be under way of a data set: PDUs given to the network, the buffers
 * of the system (twice what was asked for, on either end), one PDU and one
 * read at each end. */
#define SOCKET_BUFFER (64 * 1024)
#define MOST_UNDER_WAY                                                         \
	(DT_MAX_IN_FLIGHT + 4 * SOCKET_BUFFER + 4 * DT_MAX_SENT_FRAGMENT)

static struct {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	HDICOMNET listener, scu, scp;

	uint64_t read, put, most_under_way;
	unsigned closes, begins, ends, requests;
	enum dt_data_end end;
	bool over;    /* the SCU has its answer, or its connection ended */
	bool stalled; /* the sink waits in its first put */
	bool has_set;
	char transfer[DT_UID_MAX + 1];

	/* What the sink does. */
	int begin_answer, put_answer;
	uint64_t wait_for; /* octets read, before the first put returns */
} play = { .lock = PTHREAD_MUTEX_INITIALIZER,
	.changed = PTHREAD_COND_INITIALIZER };

static void
announce(bool *flag)
{
	pthread_mutex_lock(&play.lock);
	*flag = true;
	pthread_cond_broadcast(&play.changed);
	pthread_mutex_unlock(&play.lock);
}

static void
await(const bool *flag)
{
	pthread_mutex_lock(&play.lock);
	while (!*flag)
		pthread_cond_wait(&play.changed, &play.lock);
	pthread_mutex_unlock(&play.lock);
}

/* ---------------------------------------------------------- source, sink -- */

static int
read_some(void *arg, uint8_t *octets, size_t *size)
{
	(void)arg;
	pthread_mutex_lock(&play.lock);
	if (*size > SIZE - play.read)
		*size = (size_t)(SIZE - play.read);
	memset(octets, 7, *size);
	play.read += *size;
	if (play.read - play.put > play.most_under_way)
		play.most_under_way = play.read - play.put;
	pthread_cond_broadcast(&play.changed);
	pthread_mutex_unlock(&play.lock);
	return 0;
}

static void
close_source(void *arg)
{
	(void)arg;
	pthread_mutex_lock(&play.lock);
	play.closes++;
	pthread_mutex_unlock(&play.lock);
}

static int
begin(void *arg, const struct dt_data_head *head, void **stream)
{
	uint16_t field = 0;

	cr_expect_eq(arg, &play);
	cr_expect(dt_command_u16(head->command, DT_COMMAND_FIELD, &field));
	cr_expect_eq(field, DT_C_STORE_RQ);
	cr_expect_eq(head->context, 1);
	cr_expect_str_eq(head->abstract_syntax, DT_UID_VERIFICATION);
	strcpy(play.transfer, head->transfer_syntax);
	play.begins++;
	*stream = &play.put;
	return play.begin_answer;
}

static int
put(void *stream, struct dt_span octets)
{
	cr_expect_eq(stream, &play.put);
	cr_expect_gt(octets.size, 0);
	pthread_mutex_lock(&play.lock);
	play.stalled = true;
	pthread_cond_broadcast(&play.changed);
	while (play.read < play.wait_for)
		pthread_cond_wait(&play.changed, &play.lock);
	play.put += octets.size;
	pthread_mutex_unlock(&play.lock);
	return play.put_answer;
}

static void
end(void *stream, enum dt_data_end how)
{
	cr_expect_eq(stream, &play.put);
	play.ends++;
	play.end = how;
}

/* ------------------------------------------------------------- callbacks -- */

static L_VOID EXT_CALLBACK
on_connect(HDICOMNET hNet, L_INT nError, L_VOID *pUserData)
{
	HDICOMPDU request = L_DicomCreateAssociate(L_TRUE);

	(void)pUserData;
	cr_expect_eq(nError, 0);
	L_DicomDefaultAssociate(request);
	L_DicomSetCalling(request, (L_TCHAR *)"SCU");
	L_DicomSetCalled(request, (L_TCHAR *)"SCP");
	cr_expect_eq(L_DicomSendAssociateRequest(hNet, request), 0);
	L_DicomFreeAssociate(request);
}

static L_VOID EXT_CALLBACK
on_request(HDICOMNET hNet, HDICOMPDU hPDU, L_VOID *pUserData)
{
	HDICOMPDU answer = L_DicomCreateAssociate(L_FALSE);

	(void)hPDU;
	(void)pUserData;
	L_DicomAddPresentation(answer, 1, PDU_ACCEPT_RESULT_SUCCESS, NULL);
	L_DicomAddTransfer(answer, 1, (L_TCHAR *)UID_IMPLICIT_VR_LITTLE_ENDIAN);
	cr_expect_eq(L_DicomSendAssociateAccept(hNet, answer), 0);
	L_DicomFreeAssociate(answer);
}

static L_VOID EXT_CALLBACK
on_accepted(HDICOMNET hNet, HDICOMPDU hPDU, L_VOID *pUserData)
{
	struct dt_store_request request = { .context = 1,
		.message_id = 1,
		.class_uid = "1.2.3",
		.instance_uid = "not a UID" };
	const struct dt_data_source source = {
		.size = SIZE, .read = read_some, .close = close_source
	};

	(void)hPDU;
	(void)pUserData;
	cr_expect_eq(
	    dt_net_send_store(hNet, &request, &source), DICOM_ERROR_PARAMETER);
	cr_expect_eq(play.closes, 0, "not taken where it fails");
	request.instance_uid = "1.2.3.4";
	cr_expect_eq(dt_net_send_store(hNet, &request, &source), 0);
}

static L_VOID EXT_CALLBACK
on_store(HDICOMNET hNet, L_UCHAR nPresentationID, L_UINT16 nMessageID,
    L_TCHAR *pszClass, L_TCHAR *pszInstance, L_UINT16 nPriority,
    L_TCHAR *pszMoveAE, L_UINT16 nMoveMessageID, HDICOMDS hDS,
    L_VOID *pUserData)
{
	(void)nPriority;
	(void)pszMoveAE;
	(void)nMoveMessageID;
	(void)pUserData;
	cr_expect_eq(play.ends, play.begin_answer == 0, "after the end");
	play.requests++;
	play.has_set = hDS != NULL;
	L_DicomSendCStoreResponse(
	    hNet, nPresentationID, nMessageID, pszClass, pszInstance, 0);
}

static L_VOID EXT_CALLBACK
on_stored(HDICOMNET hNet, L_UCHAR nPresentationID, L_UINT16 nMessageID,
    L_TCHAR *pszClass, L_TCHAR *pszInstance, L_UINT16 nStatus,
    L_VOID *pUserData)
{
	(void)hNet;
	(void)nPresentationID;
	(void)nMessageID;
	(void)pszClass;
	(void)pszInstance;
	(void)pUserData;
	cr_expect_eq(nStatus, 0);
	announce(&play.over);
}

static HDICOMNET
make_end(void)
{
	DICOMNETCALLBACK callbacks = { .pfnConnect = on_connect,
		.pfnReceiveAssociateRequest = on_request,
		.pfnReceiveAssociateAccept = on_accepted,
		.pfnReceiveCStoreRequest = on_store,
		.pfnReceiveCStoreResponse = on_stored };
	DICOMSOCKETOPTIONS options = { .uStructSize = sizeof(options),
		.nSendBufferSize = SOCKET_BUFFER,
		.nReceiveBufferSize = SOCKET_BUFFER };
	HDICOMNET net = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);

	L_DicomSetCallback(net, &callbacks);
	cr_expect_eq(L_DicomSetSocketOptions(net, &options), 0);
	return net;
}

static L_VOID EXT_CALLBACK
on_accept(HDICOMNET hNet, L_INT nError, L_VOID *pUserData)
{
	const struct dt_data_sink sink = { begin, put, end, &play };

	(void)nError;
	(void)pUserData;
	play.scp = make_end();
	cr_expect_eq(dt_net_set_data_sink(play.scp, &sink), 0);
	cr_expect_eq(L_DicomAccept(hNet, play.scp), 0);
}

static void
set_up(void)
{
	DICOMNETCALLBACK callbacks = { .pfnAccept = on_accept };
	L_UINT port = 0;

	L_DicomStartUp();
	play.listener = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);
	L_DicomSetCallback(play.listener, &callbacks);
	cr_assert_eq(
	    L_DicomListen(play.listener, (L_TCHAR *)"127.0.0.1", 0, 1), 0);
	L_DicomGetHostInfo(play.listener, NULL, 0, &port);
	play.scu = make_end();
	cr_assert_eq(
	    L_DicomConnect(play.scu, NULL, 0, (L_TCHAR *)"127.0.0.1", port), 0);
}

static void
tear_down(void)
{
	L_DicomFreeNet(play.scu);
	L_DicomFreeNet(play.scp);
	L_DicomFreeNet(play.listener);
	L_DicomShutDown();
}

Test(data_sink, takes_a_data_set_piece_by_piece)
{
	set_up();
	await(&play.over);
	tear_down();
	cr_expect_eq(play.put, SIZE);
	cr_expect_eq(play.begins, 1);
	cr_expect_eq(play.ends, 1);
	cr_expect_eq(play.end, DT_DATA_COMPLETE);
	cr_expect_eq(play.requests, 1);
	cr_expect_not(play.has_set, "the sink has it");
	cr_expect_eq(play.closes, 1);
	cr_expect_str_eq(play.transfer, UID_IMPLICIT_VR_LITTLE_ENDIAN);
}

Test(data_sink, refused_data_set_is_passed_over_and_told)
{
	play.begin_answer = DICOMTLS_E_IO;
	set_up();
	await(&play.over);
	tear_down();
	cr_expect_eq(play.put, 0);
	cr_expect_eq(play.ends, 0, "what was not begun does not end");
	cr_expect_eq(play.requests, 1, "the response is the program's");
	cr_expect_eq(play.closes, 1);
}

Test(data_sink, failed_sink_gets_no_more_and_is_told)
{
	play.put_answer = DICOMTLS_E_IO;
	set_up();
	await(&play.over);
	tear_down();
	cr_expect_gt(play.put, 0);
	cr_expect_lt(play.put, SIZE);
	cr_expect_eq(play.ends, 1);
	cr_expect_eq(play.end, DT_DATA_CUT);
	cr_expect_eq(play.requests, 1);
}

Test(data_sink, source_is_read_as_the_peer_takes_it)
{
	/* More than the network holds without the sink: it stalls. */
	play.wait_for = DT_MAX_IN_FLIGHT;
	set_up();
	await(&play.over);
	tear_down();
	cr_expect_eq(play.put, SIZE);
	cr_expect_geq(play.most_under_way, DT_MAX_IN_FLIGHT);
	cr_expect_leq(play.most_under_way, MOST_UNDER_WAY, "%zu",
	    (size_t)play.most_under_way);
}

Test(data_sink, stream_ends_once_when_its_handle_is_freed)
{
	play.wait_for = DT_MAX_IN_FLIGHT;
	set_up();
	await(&play.stalled);
	tear_down();
	cr_expect_eq(play.ends, 1);
	cr_expect_eq(play.end, DT_DATA_CUT);
	cr_expect_eq(play.requests, 0);
	cr_expect_eq(play.closes, 1, "the source too");
}

Test(data_sink, belongs_to_a_handle)
{
	cr_expect_eq(dt_net_set_data_sink(NULL, NULL), DICOM_ERROR_PARAMETER);
}
