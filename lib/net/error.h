/*
 * What can go wrong on a connection, free of libuv's and the system's
 * numbers, so that the layer above translates one short list.
 */
#ifndef DICOMTLS_NET_ERROR_H
#define DICOMTLS_NET_ERROR_H

enum dt_net_error {
	DT_NET_OK = 0,
	DT_NET_FAILURE, /* anything not listed */
	DT_NET_NO_MEMORY,
	DT_NET_ACCESS,
	DT_NET_ADDRESS_IN_USE,
	DT_NET_ADDRESS_NOT_AVAILABLE,
	DT_NET_FAMILY_NOT_SUPPORTED,
	DT_NET_FAMILY_CONFLICT, /* an IPv4 address where IPv6 is asked for... */
	DT_NET_ABORTED,		/* the peer left without saying goodbye */
	DT_NET_TRUNCATED,	/* TLS ended without close_notify */
	DT_NET_REFUSED,
	DT_NET_RESET,
	DT_NET_ARGUMENT,
	DT_NET_NETWORK_DOWN,
	DT_NET_NETWORK_UNREACHABLE,
	DT_NET_HOST_UNREACHABLE,
	DT_NET_NO_BUFFERS,
	DT_NET_TIMED_OUT,
	DT_NET_HOST_NOT_FOUND,
	DT_NET_TRY_AGAIN,
	DT_NET_TLS,	   /* the TLS session failed: ask it why */
	DT_NET_PEER_PLAIN, /* we speak TLS, the peer does not */
	DT_NET_PEER_TLS,   /* the peer speaks TLS, we do not */
	DT_NET_ERROR_COUNT
};

/* From a UV_* code (negative) or 0. */
enum dt_net_error dt_net_error_from_uv(int code);
/* From errno. */
enum dt_net_error dt_net_error_from_errno(int code);
/* English, one clause without capital and full stop. */
const char *dt_net_error_text(enum dt_net_error error);

#endif
