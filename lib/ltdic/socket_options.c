/* Socket options of a handle: L_DicomSetSocketOptions and its getters. */
#include "ltdic/net.h"

#include "ltdic.h"

/* Checks the struct; NULL with *error set if it, or the handle, is wrong. */
static struct dt_net *
open_options(HDICOMNET handle, const DICOMSOCKETOPTIONS *options, L_UINT size,
    L_INT *error)
{
	struct dt_net *net = dt_net_get(handle, error);

	if (net == NULL)
		return NULL;
	*error = DICOM_SUCCESS;
	if (options == NULL)
		*error = DICOM_ERROR_NULL_PTR;
	else if (size != sizeof(*options))
		*error = DICOM_ERROR_INVALID_STRUCT_SIZE;
	if (*error == DICOM_SUCCESS)
		return net;
	dt_net_unref(net);
	return NULL;
}

L_INT
L_DicomSetSocketOptions(HDICOMNET hNet, pDICOMSOCKETOPTIONS pOptions)
{
	L_INT error;
	struct dt_net *net = open_options(hNet, pOptions,
	    pOptions == NULL ? 0 : pOptions->uStructSize, &error);

	if (net == NULL)
		return error;
	if (pOptions->nSendBufferSize < 0 || pOptions->nReceiveBufferSize < 0) {
		dt_net_unref(net);
		return DICOM_ERROR_RANGE;
	}
	pthread_mutex_lock(&net->lock);
	net->socket.send_buffer = pOptions->nSendBufferSize;
	net->socket.receive_buffer = pOptions->nReceiveBufferSize;
	net->socket.no_delay = pOptions->bNoDelay != L_FALSE;
	pthread_mutex_unlock(&net->lock);
	dt_net_unref(net);
	return DICOM_SUCCESS;
}

static void
tell(DICOMSOCKETOPTIONS *options, const struct dt_socket_options *from)
{
	*options = (DICOMSOCKETOPTIONS){ .uStructSize = sizeof(*options),
		.nSendBufferSize = from->send_buffer,
		.nReceiveBufferSize = from->receive_buffer,
		.bNoDelay = from->no_delay ? L_TRUE : L_FALSE };
}

L_INT
L_DicomGetSocketOptions(
    HDICOMNET hNet, pDICOMSOCKETOPTIONS pOptions, L_UINT uStructSize)
{
	L_INT error;
	struct dt_net *net = open_options(hNet, pOptions, uStructSize, &error);

	if (net == NULL)
		return error;
	pthread_mutex_lock(&net->lock);
	tell(pOptions, &net->socket);
	pthread_mutex_unlock(&net->lock);
	dt_net_unref(net);
	return DICOM_SUCCESS;
}

L_INT
L_DicomGetDefaultSocketOptions(
    HDICOMNET hNet, pDICOMSOCKETOPTIONS pOptions, L_UINT uStructSize)
{
	L_INT error;
	struct dt_net *net = open_options(hNet, pOptions, uStructSize, &error);

	if (net == NULL)
		return error;
	tell(pOptions, &DT_SOCKET_DEFAULT);
	dt_net_unref(net);
	return DICOM_SUCCESS;
}
