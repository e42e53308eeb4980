/* Documented error numbers; see errors.h. */
#include "ltdic/errors.h"

#include "compat/verify_codes.h"

#include <stddef.h>

static const L_INT from_net[DT_NET_ERROR_COUNT] = {
	[DT_NET_OK] = DICOM_SUCCESS,
	[DT_NET_FAILURE] = DICOM_ERROR_NET_FAILURE,
	[DT_NET_NO_MEMORY] = DICOM_ERROR_MEMORY,
	[DT_NET_ACCESS] = DICOM_ERROR_NET_ACCESS,
	[DT_NET_ADDRESS_IN_USE] = DICOM_ERROR_NET_ADDRESS_IN_USE,
	[DT_NET_ADDRESS_NOT_AVAILABLE] = DICOM_ERROR_NET_ADDRESS_NOT_AVAILABLE,
	[DT_NET_FAMILY_NOT_SUPPORTED] = DICOM_ERROR_NET_ADDRESS_NOT_SUPPORTED,
	[DT_NET_FAMILY_CONFLICT] = DICOM_IPV4_IPV6_CONFLICT,
	[DT_NET_ABORTED] = DICOM_ERROR_NET_CONNECTION_ABORTED,
	[DT_NET_TRUNCATED] = DICOM_ERROR_NET_CONNECTION_ABORTED,
	[DT_NET_REFUSED] = DICOM_ERROR_NET_CONNECTION_REFUSED,
	[DT_NET_RESET] = DICOM_ERROR_NET_CONNECTION_RESET,
	[DT_NET_ARGUMENT] = DICOM_ERROR_NET_ARGUMENT_INCORRECT,
	[DT_NET_NETWORK_DOWN] = DICOM_ERROR_NET_DOWN,
	[DT_NET_NETWORK_UNREACHABLE] = DICOM_ERROR_NET_UN_REACH,
	[DT_NET_HOST_UNREACHABLE] = DICOM_ERROR_NET_HOST_UN_REACH,
	[DT_NET_NO_BUFFERS] = DICOM_ERROR_NET_NO_BUFFERS,
	[DT_NET_TIMED_OUT] = DICOM_ERROR_NET_TIME_OUT,
	[DT_NET_HOST_NOT_FOUND] = DICOM_ERROR_NET_HOST_NOT_FOUND,
	[DT_NET_TRY_AGAIN] = DICOM_ERROR_NET_TRY_AGAIN,
	[DT_NET_TLS] = DICOM_ERROR_TLS,
	[DT_NET_PEER_PLAIN] = DICOM_ERROR_BAD_SECURE_MODE,
	[DT_NET_PEER_TLS] = DICOM_ERROR_BAD_SECURE_MODE,
};

/* Alerts with a documented number, in its order from CLOSE_NOTIFY on. */
static const int alerts[] = { 0, 10, 20, 21, 22, 30, 40, 42, 43, 44, 45, 46, 47,
	48, 49, 50, 51, 60, 70, 71, 80, 90, 100 };

#define ALERT_CERTIFICATE_REQUIRED 116

static L_UINT32
from_alert(int alert)
{
	if (alert == ALERT_CERTIFICATE_REQUIRED)
		return DICOM_ERROR_TLS_HANDSHAKE_FAILURE;
	for (size_t i = 0; i < sizeof(alerts) / sizeof(alerts[0]); i++)
		if (alerts[i] == alert)
			return (L_UINT32)(DICOM_ERROR_TLS_CLOSE_NOTIFY + i);
	return DICOM_ERROR_TLS;
}

L_INT
dt_error_from_net(enum dt_net_error error)
{
	return from_net[error];
}

L_UINT32
dt_error_from_tls(const struct tls_failure *failure)
{
	if (failure->verify_error != 0)
		return (L_UINT32)dt_code_dicom_error(failure->verify_error);
	if (failure->alert_received >= 0)
		return from_alert(failure->alert_received);
	if (failure->no_certificate)
		return DICOM_ERROR_TLS_HANDSHAKE_FAILURE;
	return from_alert(failure->alert_sent);
}

L_UINT32
dt_error_of_stream(enum dt_net_error error, const struct tls_failure *failure)
{
	if (error == DT_NET_TLS && failure != NULL)
		return dt_error_from_tls(failure);
	return (L_UINT32)dt_error_from_net(error);
}
