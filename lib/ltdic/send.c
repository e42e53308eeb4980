/* Sending: L_DicomSendAssociateRequest to L_DicomSendCEchoResponse. Requests
 * are judged by the protocol object at once and sent by the loop. */
#include "ltdic/associate.h"
#include "ltdic/dataset.h"
#include "ltdic/handle.h"
#include "ltdic/link.h"

#include "dicomtls.h"
#include "ltdic.h"

static const L_INT from_ul[] = {
	[DT_UL_OK] = DICOM_SUCCESS,
	[DT_UL_NOMEM] = DICOM_ERROR_MEMORY,
	[DT_UL_STATE] = DICOM_ERROR_NET_INVALID,
	[DT_UL_TYPE] = DICOM_ERROR_PDU_TYPE,
	[DT_UL_INCOMPLETE] = DICOM_ERROR_PARAMETER,
	[DT_UL_CONTEXT] = DICOM_ERROR_PDU_ID,
	[DT_UL_RANGE] = DICOM_ERROR_RANGE,
};

/* The connection to send on, with a reference; NULL if there is none, or no
 * secure link yet. */
static struct dt_link *
sending_link(struct dt_net *net)
{
	struct dt_link *link = NULL;
	bool secure;

	pthread_mutex_lock(&net->lock);
	secure = net->mode != DICOM_SECURE_TLS || net->secured;
	if (net->link != NULL && net->connected && secure)
		link = dt_link_ref(net->link);
	pthread_mutex_unlock(&net->lock);
	return link;
}

static L_INT
request_on(struct dt_link *link, const struct dt_request *request)
{
	L_INT rc =
	    from_ul[dt_exchange_request(dt_link_exchange(link), request)];

	if (rc == DICOM_SUCCESS)
		dt_link_wake(link);
	return rc;
}

static L_INT
send_on(HDICOMNET handle, const struct dt_request *request)
{
	L_INT rc;
	struct dt_net *net = dt_net_get(handle, &rc);
	struct dt_link *link;

	if (net == NULL)
		return rc;
	link = sending_link(net);
	dt_net_unref(net);
	if (link == NULL)
		return DICOM_ERROR_NET_NOT_CONNECTED;
	rc = request_on(link, request);
	dt_link_unref(link);
	return rc;
}

static enum dt_ul_result
make_associate_request(struct dt_ul *ul, const struct dt_request *request)
{
	return dt_ul_associate_request(ul, request->association);
}

static enum dt_ul_result
make_associate_accept(struct dt_ul *ul, const struct dt_request *request)
{
	return dt_ul_associate_accept(ul, request->association);
}

static enum dt_ul_result
make_associate_reject(struct dt_ul *ul, const struct dt_request *request)
{
	return dt_ul_associate_reject(
	    ul, request->result, request->source, request->reason);
}

static enum dt_ul_result
make_release_request(struct dt_ul *ul, const struct dt_request *request)
{
	(void)request;
	return dt_ul_release_request(ul);
}

static enum dt_ul_result
make_release_response(struct dt_ul *ul, const struct dt_request *request)
{
	(void)request;
	return dt_ul_release_response(ul);
}

static enum dt_ul_result
make_abort(struct dt_ul *ul, const struct dt_request *request)
{
	return dt_ul_abort(ul, request->source, request->reason);
}

static L_INT
send_association(HDICOMNET handle, HDICOMPDU pdu, struct dt_request *request)
{
	L_INT error = DICOM_ERROR_PARAMETER;

	request->association = dt_associate_get(pdu, &error);
	return request->association == NULL ? error : send_on(handle, request);
}

L_INT
L_DicomSendAssociateRequest(HDICOMNET hNet, HDICOMPDU hPDU)
{
	struct dt_request request = { .make = make_associate_request };

	return send_association(hNet, hPDU, &request);
}

L_INT
L_DicomSendAssociateAccept(HDICOMNET hNet, HDICOMPDU hPDU)
{
	struct dt_request request = { .make = make_associate_accept };

	return send_association(hNet, hPDU, &request);
}

L_INT
L_DicomSendAssociateReject(
    HDICOMNET hNet, L_UCHAR nResult, L_UCHAR nSource, L_UCHAR nReason)
{
	struct dt_request request = { .make = make_associate_reject,
		.result = nResult,
		.source = nSource,
		.reason = nReason };

	return send_on(hNet, &request);
}

L_INT
L_DicomSendReleaseRequest(HDICOMNET hNet)
{
	struct dt_request request = { .make = make_release_request };

	return send_on(hNet, &request);
}

L_INT
L_DicomSendReleaseResponse(HDICOMNET hNet)
{
	struct dt_request request = { .make = make_release_response };

	return send_on(hNet, &request);
}

L_INT
L_DicomSendAbort(HDICOMNET hNet, L_UCHAR nSource, L_UCHAR nReason)
{
	struct dt_request request = {
		.make = make_abort, .source = nSource, .reason = nReason
	};

	return send_on(hNet, &request);
}

/* The class of an echo: the program's, else Verification. NULL: no UID. */
static const char *
echo_class(const char *uid)
{
	if (uid == NULL)
		return UID_VERIFICATION_CLASS;
	return dt_uid_is_valid(dt_span(uid, strlen(uid))) ? uid : NULL;
}

static enum dt_ul_result
make_command(struct dt_ul *ul, const struct dt_request *request)
{
	return dt_ul_send_command(ul, request->context, request->command);
}

/* What BEFORESENDCOMMANDSET left, if it changed anything. */
static L_INT
take_changes(struct dt_command *command, const struct dt_dataset *set)
{
	struct dt_command changed = { 0 };
	int rc;

	if (!set->changed)
		return DICOM_SUCCESS;
	rc = dt_command_decode(&changed, set->bytes);
	if (rc == 0 && !dt_command_has_data_set(&changed)) {
		dt_command_clear(command);
		*command = changed;
		return DICOM_SUCCESS;
	}
	dt_command_clear(&changed);
	return rc == DICOMTLS_E_NOMEM ? DICOM_ERROR_MEMORY
				      : DICOM_ERROR_PARAMETER;
}

static L_INT
show_before_sending(struct dt_net *net, struct dt_command *command)
{
	struct dt_callbacks_ext ext;
	struct dt_buffer bytes = { 0 };
	struct dt_dataset set;
	L_INT rc = DICOM_ERROR_MEMORY;

	pthread_mutex_lock(&net->lock);
	ext = net->ext;
	pthread_mutex_unlock(&net->lock);
	if (ext.before_send == NULL)
		return DICOM_SUCCESS;
	if (dt_command_encode(command, &bytes) == 0) {
		set = dt_dataset_lend(dt_buffer_span(&bytes), false);
		ext.before_send(net->handle, &set, ext.user_data);
		rc = take_changes(command, &set);
		dt_dataset_take_back(&set);
	}
	dt_buffer_clear(&bytes);
	return rc;
}

/* Ends the command; made is how its making went. */
static L_INT
send_command(
    HDICOMNET handle, L_UCHAR context, struct dt_command *command, int made)
{
	const struct dt_request request = {
		.make = make_command, .context = context, .command = command
	};
	struct dt_link *link = NULL;
	L_INT rc;
	struct dt_net *net = dt_net_get(handle, &rc);

	if (net != NULL) {
		link = sending_link(net);
		rc = link == NULL ? DICOM_ERROR_NET_NOT_CONNECTED
		     : made < 0	  ? DICOM_ERROR_MEMORY
				  : show_before_sending(net, command);
		if (rc == DICOM_SUCCESS)
			rc = request_on(link, &request);
		if (link != NULL)
			dt_link_unref(link);
	}
	dt_net_unref(net);
	dt_command_clear(command);
	return rc;
}

L_INT
L_DicomSendCEchoRequest(HDICOMNET hNet, L_UCHAR nPresentationID,
    L_UINT16 nMessageID, L_TCHAR *pszClass)
{
	const char *uid = echo_class(pszClass);
	struct dt_command command = { 0 };

	if (uid == NULL)
		return DICOM_ERROR_PARAMETER;
	return send_command(hNet, nPresentationID, &command,
	    dt_command_c_echo_rq(&command, nMessageID, uid));
}

L_INT
L_DicomSendCEchoResponse(HDICOMNET hNet, L_UCHAR nPresentationID,
    L_UINT16 nMessageID, L_TCHAR *pszClass, L_UINT16 nStatus)
{
	const char *uid = echo_class(pszClass);
	struct dt_command command = { 0 };

	if (uid == NULL)
		return DICOM_ERROR_PARAMETER;
	return send_command(hNet, nPresentationID, &command,
	    dt_command_c_echo_rsp(&command, nMessageID, uid, nStatus));
}
