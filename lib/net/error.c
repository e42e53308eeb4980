/* Names for network failures; see error.h. */
#include "net/error.h"

#include <stddef.h>
#include <uv.h>

static const struct {
	int code;
	enum dt_net_error error;
} from_uv[] = {
	{ 0, DT_NET_OK },
	{ UV_ENOMEM, DT_NET_NO_MEMORY },
	{ UV_EACCES, DT_NET_ACCESS },
	{ UV_EPERM, DT_NET_ACCESS },
	{ UV_EADDRINUSE, DT_NET_ADDRESS_IN_USE },
	{ UV_EADDRNOTAVAIL, DT_NET_ADDRESS_NOT_AVAILABLE },
	{ UV_EAFNOSUPPORT, DT_NET_FAMILY_NOT_SUPPORTED },
	{ UV_ECONNABORTED, DT_NET_ABORTED },
	{ UV_EOF, DT_NET_ABORTED },
	{ UV_ECONNREFUSED, DT_NET_REFUSED },
	{ UV_ECONNRESET, DT_NET_RESET },
	{ UV_EPIPE, DT_NET_RESET },
	{ UV_EINVAL, DT_NET_ARGUMENT },
	{ UV_ENETDOWN, DT_NET_NETWORK_DOWN },
	{ UV_ENETUNREACH, DT_NET_NETWORK_UNREACHABLE },
	{ UV_EHOSTUNREACH, DT_NET_HOST_UNREACHABLE },
	{ UV_ENOBUFS, DT_NET_NO_BUFFERS },
	{ UV_EMFILE, DT_NET_NO_BUFFERS },
	{ UV_ENFILE, DT_NET_NO_BUFFERS },
	{ UV_ETIMEDOUT, DT_NET_TIMED_OUT },
	{ UV_EAI_NONAME, DT_NET_HOST_NOT_FOUND },
	{ UV_EAI_NODATA, DT_NET_HOST_NOT_FOUND },
	{ UV_EAI_FAIL, DT_NET_HOST_NOT_FOUND },
	{ UV_EAI_ADDRFAMILY, DT_NET_HOST_NOT_FOUND },
	{ UV_EAI_AGAIN, DT_NET_TRY_AGAIN },
	{ UV_EAI_FAMILY, DT_NET_FAMILY_NOT_SUPPORTED },
	{ UV_EAI_MEMORY, DT_NET_NO_MEMORY },
};

static const char *const texts[DT_NET_ERROR_COUNT] = {
	[DT_NET_OK] = "no error",
	[DT_NET_FAILURE] = "the network failed",
	[DT_NET_NO_MEMORY] = "out of memory",
	[DT_NET_ACCESS] = "permission denied",
	[DT_NET_ADDRESS_IN_USE] = "the address is in use",
	[DT_NET_ADDRESS_NOT_AVAILABLE] = "the address is not one of this host",
	[DT_NET_FAMILY_NOT_SUPPORTED] = "the kind of address is not supported",
	[DT_NET_FAMILY_CONFLICT] = "the address is of the other IP version",
	[DT_NET_ABORTED] = "the peer closed the connection unexpectedly",
	[DT_NET_TRUNCATED] = "the peer ended TCP before TLS: data may be cut",
	[DT_NET_REFUSED] = "the peer refused the connection",
	[DT_NET_RESET] = "the peer reset the connection",
	[DT_NET_ARGUMENT] = "the system refused an argument",
	[DT_NET_NETWORK_DOWN] = "the network is down",
	[DT_NET_NETWORK_UNREACHABLE] = "the network cannot be reached",
	[DT_NET_HOST_UNREACHABLE] = "the host cannot be reached",
	[DT_NET_NO_BUFFERS] = "no buffers or descriptors are left",
	[DT_NET_TIMED_OUT] = "the peer did not answer in time",
	[DT_NET_HOST_NOT_FOUND] = "the host name is not known",
	[DT_NET_TRY_AGAIN] = "the host name could not be looked up now",
	[DT_NET_TLS] = "the TLS session failed",
	[DT_NET_PEER_PLAIN] = "the peer speaks plain DICOM, not TLS",
	[DT_NET_PEER_TLS] = "the peer speaks TLS, this end plain DICOM",
};

enum dt_net_error
dt_net_error_from_uv(int code)
{
	for (size_t i = 0; i < sizeof(from_uv) / sizeof(from_uv[0]); i++)
		if (from_uv[i].code == code)
			return from_uv[i].error;
	return DT_NET_FAILURE;
}

enum dt_net_error
dt_net_error_from_errno(int code)
{
	return dt_net_error_from_uv(uv_translate_sys_error(code));
}

const char *
dt_net_error_text(enum dt_net_error error)
{
	if ((unsigned)error >= DT_NET_ERROR_COUNT)
		error = DT_NET_FAILURE;
	return texts[error];
}
