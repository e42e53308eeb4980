/* Sending of association PDUs: L_DicomSendAssociateRequest to
 * L_DicomSendAbort. Requests are judged by the protocol object at once and
 * sent by the loop. */
#include "ltdic/send.h"

#include "ltdic/associate.h"
#include "ltdic/handle.h"

#include "ltdic.h"

static const L_INT from_ul[] = {
	[DT_UL_OK] = DICOM_SUCCESS,
	[DT_UL_NOMEM] = DICOM_ERROR_MEMORY,
	[DT_UL_STATE] = DICOM_ERROR_NET_INVALID,
	[DT_UL_TYPE] = DICOM_ERROR_PDU_TYPE,
	[DT_UL_INCOMPLETE] = DICOM_ERROR_PARAMETER,
	[DT_UL_CONTEXT] = DICOM_ERROR_PDU_ID,
	[DT_UL_TRANSFER] = DICOM_ERROR_FORMAT,
	[DT_UL_RANGE] = DICOM_ERROR_RANGE,
};

struct dt_link *
dt_send_link(struct dt_net *net)
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

L_INT
dt_send_on(struct dt_link *link, const struct dt_request *request)
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
	link = dt_send_link(net);
	dt_net_unref(net);
	if (link == NULL)
		return DICOM_ERROR_NET_NOT_CONNECTED;
	rc = dt_send_on(link, request);
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
