/*
 * The ARTIM timer of a connection (PS3.8 9.1.5, 9.2): a peer that keeps an
 * association waiting, or does not close after one, is left. And a secure
 * SCU at a plain SCP. The peer is a blocking socket; the timer is one
 * millisecond and the tests wait for what it causes.
 */
#include "ltdic/extras.h"

#include <criterion/criterion.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#define NEVER (600u * 1000)

static const struct dt_patience hasty = { NEVER, NEVER, .artim = 1, 1, 0 };
static const struct dt_patience calm = { NEVER, NEVER, .artim = NEVER, 1, 0 };
static const struct dt_patience strict = { NEVER, NEVER, NEVER, 1, .idle = 1 };
static const struct dt_patience brisk = { NEVER, .handshake = 1, NEVER, 1, 0 };

/* One handle of ours and the peer's socket. */
struct meeting {
	const struct dt_patience *patience; /* at first */
	bool accept;			    /* the association, else reject */
	HDICOMNET listener;
	HDICOMNET net;
	int peer_listener;
	int peer;

	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool lost;
	L_INT error;
	struct dt_session_report report;
};

/* CLOSE of the connection itself; its listener hears of it too. */
static L_VOID EXT_CALLBACK
on_close(HDICOMNET hNet, L_INT nError, HDICOMNET hPeer, L_VOID *pUserData)
{
	struct meeting *meeting = pUserData;

	if (hPeer != NULL)
		return;
	pthread_mutex_lock(&meeting->lock);
	meeting->lost = true;
	meeting->error = nError;
	dt_net_get_session_report(hNet, &meeting->report);
	pthread_cond_broadcast(&meeting->changed);
	pthread_mutex_unlock(&meeting->lock);
}

static void
await_end(struct meeting *meeting)
{
	pthread_mutex_lock(&meeting->lock);
	while (!meeting->lost)
		pthread_cond_wait(&meeting->changed, &meeting->lock);
	pthread_mutex_unlock(&meeting->lock);
}

static L_VOID EXT_CALLBACK
on_request(HDICOMNET hNet, HDICOMPDU hPDU, L_VOID *pUserData)
{
	const struct meeting *meeting = pUserData;
	HDICOMPDU answer = L_DicomCreateAssociate(L_FALSE);

	(void)hPDU;
	L_DicomAddPresentation(answer, 1, PDU_ACCEPT_RESULT_SUCCESS, NULL);
	L_DicomAddTransfer(
	    answer, 1, (L_TCHAR[]){ UID_IMPLICIT_VR_LITTLE_ENDIAN });
	if (meeting->accept) {
		cr_expect_eq(L_DicomSendAssociateAccept(hNet, answer), 0);
	} else {
		dt_net_set_patience(hNet, &hasty);
		L_DicomSendAssociateReject(hNet, PDU_REJECT_RESULT_PERMANENT,
		    PDU_REJECT_SOURCE_USER, PDU_REJECT_REASON_CALLED);
	}
	L_DicomFreeAssociate(answer);
}

static L_VOID EXT_CALLBACK
on_connect(HDICOMNET hNet, L_INT nError, L_VOID *pUserData)
{
	HDICOMPDU request = L_DicomCreateAssociate(L_TRUE);

	(void)pUserData;
	cr_expect_eq(nError, DICOM_SUCCESS);
	/* With TLS it would be too early. */
	if (L_DicomGetSecureMode(hNet) == DICOM_SECURE_TLS)
		goto out;
	L_DicomDefaultAssociate(request);
	L_DicomSetCalling(request, (L_TCHAR *)"SCU");
	L_DicomSetCalled(request, (L_TCHAR *)"SCP");
	cr_expect_eq(L_DicomSendAssociateRequest(hNet, request), 0);
out:
	L_DicomFreeAssociate(request);
}

static HDICOMNET
new_net(struct meeting *meeting, L_UINT32 mode)
{
	DICOMNETCALLBACK callbacks = { .pfnConnect = on_connect,
		.pfnClose = on_close,
		.pfnReceiveAssociateRequest = on_request,
		.pUserData = meeting };
	HDICOMNET net = L_DicomCreateNet(NULL, (L_INT32)mode);

	L_DicomSetCallback(net, &callbacks);
	cr_assert_eq(
	    dt_net_set_patience(net, meeting->patience), DICOM_SUCCESS);
	return net;
}

static L_VOID EXT_CALLBACK
on_accept(HDICOMNET hNet, L_INT nError, L_VOID *pUserData)
{
	struct meeting *meeting = pUserData;

	cr_expect_eq(nError, DICOM_SUCCESS);
	meeting->net = new_net(meeting, DICOM_SECURE_NONE);
	cr_expect_eq(L_DicomAccept(hNet, meeting->net), DICOM_SUCCESS);
}

static void
begin(struct meeting *meeting, const struct dt_patience *patience)
{
	*meeting =
	    (struct meeting){ .patience = patience, .peer_listener = -1 };
	pthread_mutex_init(&meeting->lock, NULL);
	pthread_cond_init(&meeting->changed, NULL);
	cr_assert_eq(L_DicomStartUp(), DICOM_SUCCESS);
}

/* Returns when every socket of ours is closed. */
static void
end(struct meeting *meeting)
{
	L_DicomFreeNet(meeting->net);
	L_DicomFreeNet(meeting->listener);
	L_DicomShutDown();
	if (meeting->peer >= 0)
		close(meeting->peer);
	if (meeting->peer_listener >= 0)
		close(meeting->peer_listener);
}

static struct sockaddr_in
loopback(unsigned port)
{
	return (struct sockaddr_in){ .sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr = { htonl(INADDR_LOOPBACK) } };
}

/* Our SCP and a peer that connected to it. */
static void
begin_scp(struct meeting *meeting, const struct dt_patience *patience)
{
	DICOMNETCALLBACK callbacks = { .pfnAccept = on_accept,
		.pfnClose = on_close,
		.pUserData = meeting };
	struct sockaddr_in address;
	L_UINT port = 0;

	begin(meeting, patience);
	meeting->listener = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);
	L_DicomSetCallback(meeting->listener, &callbacks);
	cr_assert_eq(
	    L_DicomListen(meeting->listener, (L_TCHAR *)"127.0.0.1", 0, 1), 0);
	L_DicomGetHostInfo(meeting->listener, NULL, 0, &port);
	address = loopback(port);
	meeting->peer = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	cr_assert_eq(connect(meeting->peer, (struct sockaddr *)&address,
			 sizeof(address)),
	    0);
}

/* Our SCU, connected to the peer. */
static void
begin_scu(
    struct meeting *meeting, const struct dt_patience *patience, L_UINT32 mode)
{
	struct sockaddr_in address = loopback(0);
	socklen_t size = sizeof(address);

	begin(meeting, patience);
	meeting->peer_listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	cr_assert_eq(bind(meeting->peer_listener, (struct sockaddr *)&address,
			 sizeof(address)),
	    0);
	cr_assert_eq(listen(meeting->peer_listener, 1), 0);
	getsockname(meeting->peer_listener, (struct sockaddr *)&address, &size);
	meeting->net = new_net(meeting, mode);
	cr_assert_eq(L_DicomConnect(meeting->net, NULL, 0,
			 (L_TCHAR *)"127.0.0.1", ntohs(address.sin_port)),
	    0);
	meeting->peer = accept(meeting->peer_listener, NULL, NULL);
}

/* A whole PDU from our end: its type; 0 at the end of stream. */
static int
read_pdu(const struct meeting *meeting)
{
	uint8_t header[6];
	uint8_t body[1024];
	size_t size;

	if (recv(meeting->peer, header, sizeof(header), MSG_WAITALL) !=
	    sizeof(header))
		return 0;
	size = (size_t)header[4] << 8 | header[5];
	cr_assert_leq(size, sizeof(body));
	cr_assert_eq(
	    recv(meeting->peer, body, size, MSG_WAITALL), (ssize_t)size);
	return header[0];
}

static void
send_bytes(const struct meeting *meeting, const void *bytes, size_t size)
{
	cr_assert_eq(
	    send(meeting->peer, bytes, size, MSG_NOSIGNAL), (ssize_t)size);
}

/* A-ASSOCIATE-RQ for Verification in Implicit VR Little Endian (PS3.8
 * 9.3.2). */
static void
send_request(const struct meeting *meeting)
{
	static const char titles[] = "\0\1\0\0"
				     "SCP             "
				     "SCU             ";
	static const char items[] = "\x10\0\0\x15"
				    "1.2.840.10008.3.1.1.1"
				    "\x20\0\0\x2e\1\0\0\0"
				    "\x30\0\0\x11"
				    "1.2.840.10008.1.1"
				    "\x40\0\0\x11"
				    "1.2.840.10008.1.2"
				    "\x50\0\0\x08\x51\0\0\4\0\0\x40\0";
	uint8_t pdu[6 + 68 + sizeof(items) - 1] = { 1, 0, 0, 0, 0,
		(uint8_t)(68 + sizeof(items) - 1) };

	memcpy(pdu + 6, titles, sizeof(titles) - 1);
	memcpy(pdu + 74, items, sizeof(items) - 1);
	send_bytes(meeting, pdu, sizeof(pdu));
}

TestSuite(link, .timeout = 120);

/* Sta2, AA-2. */
Test(link, a_peer_that_asks_for_nothing_is_left)
{
	struct meeting meeting;

	begin_scp(&meeting, &hasty);
	await_end(&meeting);
	cr_expect_eq(meeting.error, DICOM_ERROR_NET_TIME_OUT);
	cr_expect_eq(meeting.report.error, DICOM_ERROR_NET_TIME_OUT);
	cr_expect_str_eq(meeting.report.message.text,
	    "the peer kept the association waiting");
	cr_expect_eq(read_pdu(&meeting), 0);
	end(&meeting);
}

/* Half a request is none: the timer runs on. */
Test(link, a_peer_that_does_not_finish_its_request_is_left)
{
	static const uint8_t half[] = { 1, 0, 0, 0, 1, 0, 0, 1 };
	struct meeting meeting;

	begin_scp(&meeting, &hasty);
	send_bytes(&meeting, half, sizeof(half));
	await_end(&meeting);
	cr_expect_eq(meeting.error, DICOM_ERROR_NET_TIME_OUT);
	end(&meeting);
}

/* Sta13, AR-2 left out by the peer: that is no failure of the association. */
Test(link, a_rejected_peer_that_does_not_close_is_left)
{
	struct meeting meeting;

	begin_scp(&meeting, &calm);
	send_request(&meeting);
	cr_expect_eq(read_pdu(&meeting), PDU_ASSOCIATE_REJECT);
	await_end(&meeting);
	cr_expect_eq(meeting.error, DICOM_SUCCESS);
	cr_expect_eq(read_pdu(&meeting), 0);
	end(&meeting);
}

/* Sta13 after AA-1. The requestor waits for its answer as long as it likes:
 * no timer runs in Sta5 (PS3.8 9.2.3), so the abort is read before the end. */
Test(link, an_aborted_peer_that_does_not_close_is_left)
{
	struct meeting meeting;

	begin_scu(&meeting, &hasty, DICOM_SECURE_NONE);
	cr_expect_eq(read_pdu(&meeting), PDU_ASSOCIATE_REQUEST);
	cr_expect_eq(
	    L_DicomSendAbort(meeting.net, PDU_ABORT_SOURCE_USER, 0), 0);
	cr_expect_eq(read_pdu(&meeting), PDU_ABORT);
	await_end(&meeting);
	cr_expect_eq(meeting.error, DICOM_SUCCESS);
	cr_expect_eq(read_pdu(&meeting), 0);
	end(&meeting);
}

static void
expect_reason(struct meeting *meeting, L_UINT32 error, const char *words)
{
	await_end(meeting);
	cr_expect_eq(meeting->error, (L_INT)error);
	cr_expect_eq(meeting->report.error, error);
	cr_expect_not_null(strstr(meeting->report.message.text, words), "%s",
	    meeting->report.message.text);
}

/* The peer reads a provider's abort. */
Test(link, an_idle_association_is_aborted)
{
	struct meeting meeting;

	begin_scp(&meeting, &strict);
	meeting.accept = true;
	send_request(&meeting);
	cr_expect_eq(read_pdu(&meeting), PDU_ASSOCIATE_ACCEPT);
	cr_expect_eq(read_pdu(&meeting), PDU_ABORT);
	shutdown(meeting.peer, SHUT_WR);
	expect_reason(&meeting, DICOM_ERROR_NET_TIME_OUT, "idle");
	cr_expect_eq(read_pdu(&meeting), 0);
	end(&meeting);
}

/* CONNECT with an error is all there is of such a connection. */
static L_VOID EXT_CALLBACK
on_no_connection(HDICOMNET hNet, L_INT nError, L_VOID *pUserData)
{
	on_close(hNet, nError, NULL, pUserData);
}

/* A listener whose queue is full does not answer (Linux drops the SYN). */
Test(link, a_peer_that_does_not_answer_is_named)
{
	static const struct dt_patience none = {
		.connect = 1, NEVER, NEVER, 1, 0
	};
	struct sockaddr_in address = loopback(0);
	socklen_t size = sizeof(address);
	DICOMNETCALLBACK callbacks = { .pfnConnect = on_no_connection };
	struct meeting meeting;
	int filler[4];

	begin(&meeting, &none);
	meeting.peer = -1;
	meeting.peer_listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	cr_assert_eq(
	    bind(meeting.peer_listener, (struct sockaddr *)&address, size), 0);
	cr_assert_eq(listen(meeting.peer_listener, 0), 0);
	getsockname(meeting.peer_listener, (struct sockaddr *)&address, &size);
	for (int i = 0; i < 4; i++) {
		filler[i] = socket(
		    AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
		connect(filler[i], (struct sockaddr *)&address, size);
	}
	meeting.net = new_net(&meeting, DICOM_SECURE_NONE);
	callbacks.pUserData = &meeting;
	L_DicomSetCallback(meeting.net, &callbacks);
	cr_assert_eq(L_DicomConnect(meeting.net, NULL, 0,
			 (L_TCHAR *)"127.0.0.1", ntohs(address.sin_port)),
	    0);
	expect_reason(&meeting, DICOM_ERROR_NET_TIME_OUT,
	    "the peer did not answer in time");
	for (int i = 0; i < 4; i++)
		close(filler[i]);
	end(&meeting);
}

Test(link, a_server_that_is_silent_in_the_handshake_is_named)
{
	struct meeting meeting;

	begin_scu(&meeting, &brisk, DICOM_SECURE_TLS);
	expect_reason(&meeting, DICOM_ERROR_NET_TIME_OUT, "TLS handshake");
	end(&meeting);
}

/* A secure SCU at a plain SCP: whatever that does with the ClientHello, the
 * report names the likely cause. */
static void
expect_plain_peer(struct meeting *meeting, L_UINT32 error)
{
	expect_reason(meeting, error, "plain DICOM");
	end(meeting);
}

static void
take_hello(const struct meeting *meeting)
{
	uint8_t record[5], body[4096];
	size_t size;

	cr_assert_eq(recv(meeting->peer, record, 5, MSG_WAITALL), 5);
	cr_assert_eq(record[0], 22, "a TLS handshake record");
	size = (size_t)record[3] << 8 | record[4];
	cr_assert_leq(size, sizeof(body));
	cr_assert_eq(
	    recv(meeting->peer, body, size, MSG_WAITALL), (ssize_t)size);
}

Test(link, a_plain_scp_that_leaves)
{
	struct meeting meeting;

	begin_scu(&meeting, &hasty, DICOM_SECURE_TLS);
	take_hello(&meeting);
	shutdown(meeting.peer, SHUT_WR);
	expect_plain_peer(&meeting, DICOM_ERROR_NET_CONNECTION_ABORTED);
}

Test(link, a_plain_scp_that_leaves_bytes_unread)
{
	struct meeting meeting;
	uint8_t byte;

	begin_scu(&meeting, &hasty, DICOM_SECURE_TLS);
	cr_assert_eq(recv(meeting.peer, &byte, 1, 0), 1);
	close(meeting.peer);
	meeting.peer = -1;
	expect_plain_peer(&meeting, DICOM_ERROR_NET_CONNECTION_RESET);
}

/* A-ABORT, provider, unrecognized PDU (PS3.8 9.3.8). */
Test(link, a_plain_scp_that_answers)
{
	static const uint8_t abort_pdu[] = { 7, 0, 0, 0, 0, 4, 0, 0, 2, 1 };
	struct meeting meeting;

	begin_scu(&meeting, &hasty, DICOM_SECURE_TLS);
	take_hello(&meeting);
	send_bytes(&meeting, abort_pdu, sizeof(abort_pdu));
	expect_plain_peer(&meeting, DICOM_ERROR_BAD_SECURE_MODE);
}

Test(link, patience_is_set_on_a_handle)
{
	HDICOMNET net = L_DicomCreateNet(NULL, (L_INT32)DICOM_SECURE_NONE);

	cr_expect_eq(dt_net_set_patience(net, NULL), DICOM_ERROR_NULL_PTR);
	cr_expect_eq(dt_net_set_patience(NULL, &hasty), DICOM_ERROR_NULL_PTR);
	L_DicomFreeNet(net);
	cr_expect_eq(dt_net_set_patience(net, &hasty), DICOM_ERROR_PARAMETER);
}
