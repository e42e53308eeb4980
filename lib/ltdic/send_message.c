/*
 * Sending of DIMSE messages: L_DicomSendData to L_DicomSendCStoreResponse, and
 * from a source for the command. A data set is not read here but when the
 * network has room for it (outgoing.h).
 */
#include "ltdic/send.h"

#include "ltdic/dataset.h"
#include "ltdic/handle.h"

#include "dicomtls.h"
#include "ltdic.h"

static enum dt_ul_result
make_message(struct dt_ul *ul, const struct dt_request *request)
{
	return dt_ul_send(ul, request->message);
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
	if (rc == 0 && dt_command_has_data_set(&changed) ==
			   dt_command_has_data_set(command)) {
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

/* A message to be sent, with what has to be released if it is not. */
struct outgoing {
	struct dt_command command;
	bool has_source;
	struct dt_data_source source;
	struct dt_ul_message message;
};

static L_INT
send_on_link(
    struct dt_net *net, struct dt_link *link, struct outgoing *outgoing)
{
	const struct dt_request request = { .make = make_message,
		.message = &outgoing->message };
	L_INT rc = show_before_sending(net, &outgoing->command);

	if (rc != DICOM_SUCCESS)
		return rc;
	if (dt_outgoing_is_full(dt_exchange_outgoing(dt_link_exchange(link))))
		return DICOM_ERROR_NET_NO_BUFFERS;
	outgoing->message.command = &outgoing->command;
	if (outgoing->has_source)
		outgoing->message.source = &outgoing->source;
	return dt_send_on(link, &request);
}

/* Sends unless something went wrong before; made is how the making of the
 * command went. Ends the command. */
static L_INT
send_message(HDICOMNET handle, struct outgoing *outgoing, int made)
{
	struct dt_link *link = NULL;
	L_INT rc;
	struct dt_net *net = dt_net_get(handle, &rc);

	if (net != NULL) {
		link = dt_send_link(net);
		rc = link == NULL ? DICOM_ERROR_NET_NOT_CONNECTED
		     : made < 0	  ? DICOM_ERROR_MEMORY
				  : send_on_link(net, link, outgoing);
		if (link != NULL)
			dt_link_unref(link);
	}
	dt_net_unref(net);
	dt_command_clear(&outgoing->command);
	return rc;
}

/* The same with the data set of a handle; NULL: none. */
static L_INT
send_with_set(HDICOMNET handle, struct outgoing *outgoing, int made,
    const struct dt_dataset *set)
{
	L_INT rc;

	if (set != NULL && made == 0) {
		outgoing->has_source =
		    dt_content_source(set->content, &outgoing->source) == 0;
		outgoing->message.transfer = set->meta.transfer;
		made = outgoing->has_source ? 0 : DICOMTLS_E_NOMEM;
	}
	rc = send_message(handle, outgoing, made);
	if (rc != DICOM_SUCCESS && outgoing->has_source)
		outgoing->source.close(outgoing->source.arg);
	return rc;
}

/* A data set that can be sent: one that has been given its octets. */
static L_INT
get_filled(HDICOMDS handle, struct dt_dataset **set)
{
	L_INT rc;

	*set = dt_dataset_get(handle, &rc);
	if (*set != NULL && (*set)->content == NULL)
		return DICOM_ERROR_PARAMETER;
	return rc;
}

/* The class of an echo: the program's, else Verification. NULL: no UID. */
static const char *
echo_class(const char *uid)
{
	if (uid == NULL)
		return UID_VERIFICATION_CLASS;
	return dt_uid_is_valid(dt_span(uid, strlen(uid))) ? uid : NULL;
}

L_INT
L_DicomSendCEchoRequest(HDICOMNET hNet, L_UCHAR nPresentationID,
    L_UINT16 nMessageID, L_TCHAR *pszClass)
{
	const char *uid = echo_class(pszClass);
	struct outgoing out = { .message.context = nPresentationID };

	if (uid == NULL)
		return DICOM_ERROR_PARAMETER;
	return send_message(
	    hNet, &out, dt_command_c_echo_rq(&out.command, nMessageID, uid));
}

L_INT
L_DicomSendCEchoResponse(HDICOMNET hNet, L_UCHAR nPresentationID,
    L_UINT16 nMessageID, L_TCHAR *pszClass, L_UINT16 nStatus)
{
	const char *uid = echo_class(pszClass);
	struct outgoing out = { .message.context = nPresentationID };

	if (uid == NULL)
		return DICOM_ERROR_PARAMETER;
	return send_message(hNet, &out,
	    dt_command_c_echo_rsp(&out.command, nMessageID, uid, nStatus));
}

L_INT
L_DicomSendData(
    HDICOMNET hNet, L_UCHAR nPresentationID, HDICOMDS hCS, HDICOMDS hDS)
{
	struct outgoing out = { .message.context = nPresentationID };
	struct dt_dataset *set = NULL;
	L_UINT32 size;
	L_UCHAR *bytes;
	L_INT rc;
	int made;

	if (dt_dataset_get(hCS, &rc) == NULL)
		return rc;
	if (hDS != NULL)
		rc = get_filled(hDS, &set);
	if (rc != DICOM_SUCCESS)
		return rc;
	bytes = L_DicomGetEncodedDS(hCS, &size);
	made = dt_command_decode(&out.command, dt_span(bytes, size));
	if (made == DICOMTLS_E_FORMAT ||
	    (made == 0 &&
		dt_command_has_data_set(&out.command) != (set != NULL))) {
		dt_command_clear(&out.command);
		return DICOM_ERROR_PARAMETER;
	}
	return send_with_set(hNet, &out, made, set);
}

static L_INT
check_uid(const char *uid)
{
	if (uid == NULL)
		return DICOM_ERROR_NULL_PTR;
	return dt_uid_is_valid(dt_span(uid, strlen(uid)))
		   ? DICOM_SUCCESS
		   : DICOM_ERROR_PARAMETER;
}

/* What a response may leave out (PS3.7 table 9.3-2), as it has to where the
 * request had none that is valid. */
static L_INT
check_uid_of_response(const char *uid)
{
	return uid == NULL ? DICOM_SUCCESS : check_uid(uid);
}

/* PS3.7 9.1.1; a title is one as in an association. */
static L_INT
check_store(const struct dt_store_request *request)
{
	char title[DT_TITLE_MAX + 1];
	L_INT rc = check_uid(request->class_uid);

	if (rc == DICOM_SUCCESS)
		rc = check_uid(request->instance_uid);
	if (rc != DICOM_SUCCESS)
		return rc;
	if (request->priority > COMMAND_PRIORITY_LOW)
		return DICOM_ERROR_RANGE;
	if (request->move_ae != NULL &&
	    dt_association_set_title(
		title, dt_span(request->move_ae, strlen(request->move_ae))) < 0)
		return DICOM_ERROR_PARAMETER;
	return DICOM_SUCCESS;
}

L_INT
L_DicomSendCStoreRequest(HDICOMNET hNet, L_UCHAR nPresentationID,
    L_UINT16 nMessageID, L_TCHAR *pszClass, L_TCHAR *pszInstance,
    L_UINT16 nPriority, L_TCHAR *pszMoveAE, L_UINT16 nMoveMessageID,
    HDICOMDS hDS)
{
	const bool moved = pszMoveAE != NULL && *pszMoveAE != '\0';
	const struct dt_store_request request = { .message_id = nMessageID,
		.class_uid = pszClass,
		.instance_uid = pszInstance,
		.priority = nPriority,
		.move_ae = moved ? pszMoveAE : NULL,
		.move_message_id = nMoveMessageID };
	struct outgoing out = { .message.context = nPresentationID };
	struct dt_dataset *set;
	L_INT rc = check_store(&request);

	if (rc == DICOM_SUCCESS)
		rc = get_filled(hDS, &set);
	if (rc != DICOM_SUCCESS)
		return rc;
	return send_with_set(
	    hNet, &out, dt_command_c_store_rq(&out.command, &request), set);
}

L_INT
L_DicomSendCStoreResponse(HDICOMNET hNet, L_UCHAR nPresentationID,
    L_UINT16 nMessageID, L_TCHAR *pszClass, L_TCHAR *pszInstance,
    L_UINT16 nStatus)
{
	const struct dt_store_request request = { .message_id = nMessageID,
		.class_uid = pszClass,
		.instance_uid = pszInstance };
	struct outgoing out = { .message.context = nPresentationID };
	L_INT rc = check_uid_of_response(pszClass);

	if (rc == DICOM_SUCCESS)
		rc = check_uid_of_response(pszInstance);
	if (rc != DICOM_SUCCESS)
		return rc;
	return send_message(hNet, &out,
	    dt_command_c_store_rsp(&out.command, &request, nStatus));
}

int
dt_net_send_store(HDICOMNET hNet, const struct dt_store_request *request,
    const struct dt_data_source *source)
{
	struct outgoing out = { .message.context = request->context,
		.has_source = true,
		.source = *source };
	L_INT rc = check_store(request);

	if (rc != DICOM_SUCCESS)
		return rc;
	return send_message(
	    hNet, &out, dt_command_c_store_rq(&out.command, request));
}
