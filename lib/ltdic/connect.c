/* Connecting, listening, accepting, closing, and what they say about a handle:
 * L_DicomConnect to L_DicomGetClient. */
#include "ltdic/deliver.h"
#include "ltdic/errors.h"
#include "ltdic/handle.h"
#include "ltdic/link.h"
#include "ltdic/report.h"
#include "ltdic/secure.h"

#include "net/listener.h"

#include "ltdic.h"

#include <stdio.h>

#define PORT_MAX 65535

static bool
is_ip_type(L_INT type)
{
	return type >= DICOM_IPTYPE_NONE && type <= DICOM_IPTYPE_IPV4_OR_IPV6;
}

/* A failure found before there is a stream to have it. */
static L_INT
note_failure(struct dt_net *net, enum dt_net_error error)
{
	L_INT code = dt_error_from_net(error);

	if (error == DT_NET_OK)
		return code;
	pthread_mutex_lock(&net->lock);
	dt_report_clear(&net->report);
	pthread_mutex_unlock(&net->lock);
	dt_report_text(net, (L_UINT32)code, dt_net_error_text(error));
	return code;
}

/* The local end to connect from, if the program wants a certain one. */
static L_INT
plan_local(struct dt_net *net, struct dt_link_plan *plan, const char *address,
    L_UINT port)
{
	bool any = address == NULL || *address == '\0';

	plan->has_local = !any || port != 0;
	if (!plan->has_local)
		return DICOM_SUCCESS;
	/* A port alone: on every interface, of the version the peer has. */
	if (any && plan->ip_type != DT_IP_V6)
		plan->ip_type = DT_IP_V4;
	return note_failure(
	    net, dt_address_local(&plan->local, any ? "*" : address, port,
		     (enum dt_ip_type)plan->ip_type));
}

static L_INT
connect_net(struct dt_net *net, struct dt_link_plan *plan, const char *address,
    L_UINT port)
{
	L_INT rc;

	if (plan->peer == NULL)
		return DICOM_ERROR_NULL_PTR;
	if (*plan->peer == '\0')
		return DICOM_ERROR_PARAMETER;
	if (port > PORT_MAX || plan->port == 0 || plan->port > PORT_MAX ||
	    !is_ip_type(plan->ip_type))
		return DICOM_ERROR_RANGE;
	if (dt_address_conflicts(plan->peer, (enum dt_ip_type)plan->ip_type))
		return DICOM_IPV4_IPV6_CONFLICT;
	rc = plan_local(net, plan, address, port);
	if (rc == DICOM_SUCCESS)
		rc = dt_secure_context(net, &plan->setup);
	if (rc == DICOM_SUCCESS)
		rc = dt_link_start(net, plan);
	dt_tls_setup_free(plan->setup);
	return rc;
}

L_INT
L_DicomConnectExt(HDICOMNET hNet, L_TCHAR *pszHostAddress, L_UINT nHostPort,
    L_TCHAR *pszPeerAddress, L_UINT nPeerPort, L_INT nIpType)
{
	struct dt_link_plan plan = { .kind = DT_LINK_CONNECT,
		.peer = pszPeerAddress,
		.port = nPeerPort,
		.ip_type = nIpType,
		.fd = -1 };
	L_INT rc;
	struct dt_net *net = dt_net_get(hNet, &rc);

	if (net != NULL)
		rc = connect_net(net, &plan, pszHostAddress, nHostPort);
	dt_net_unref(net);
	return rc;
}

L_INT
L_DicomConnect(HDICOMNET hNet, L_TCHAR *pszHostAddress, L_UINT nHostPort,
    L_TCHAR *pszPeerAddress, L_UINT nPeerPort)
{
	return L_DicomConnectExt(hNet, pszHostAddress, nHostPort,
	    pszPeerAddress, nPeerPort, DICOM_IPTYPE_NONE);
}

static void
note_listening(struct dt_net *net, const struct dt_endpoint *bound)
{
	pthread_mutex_lock(&net->lock);
	if (net->link != NULL) {
		net->listening = true;
		net->host = *bound;
	}
	pthread_mutex_unlock(&net->lock);
}

static bool
is_active(struct dt_net *net)
{
	bool active;

	pthread_mutex_lock(&net->lock);
	active = net->link != NULL;
	pthread_mutex_unlock(&net->lock);
	return active;
}

/* A host without IPv6 has no "*" of both versions. */
static enum dt_net_error
open_listener(struct dt_link_plan *plan, struct dt_endpoint *bound,
    const char *address, int backlog)
{
	enum dt_ip_type type = (enum dt_ip_type)plan->ip_type;
	enum dt_net_error error =
	    dt_address_local(&plan->local, address, plan->port, type);

	if (error == DT_NET_OK)
		error =
		    dt_socket_listen(&plan->fd, bound, &plan->local, backlog);
	if (error != DT_NET_FAMILY_NOT_SUPPORTED || type == DT_IP_V4 ||
	    type == DT_IP_V6)
		return error;
	return dt_address_local(&plan->local, address, plan->port, DT_IP_V4) !=
		       DT_NET_OK
		   ? error
		   : dt_socket_listen(&plan->fd, bound, &plan->local, backlog);
}

static L_INT
listen_net(struct dt_net *net, struct dt_link_plan *plan, const char *address,
    L_INT backlog)
{
	struct dt_endpoint bound = { "", 0 };
	L_INT rc;

	if (plan->port > PORT_MAX || backlog < 1 || !is_ip_type(plan->ip_type))
		return DICOM_ERROR_RANGE;
	if (is_active(net))
		return DICOM_ERROR_NET_IS_CONNECTED;
	rc = note_failure(net, open_listener(plan, &bound, address, backlog));
	if (rc != DICOM_SUCCESS)
		return rc;
	rc = dt_link_start(net, plan);
	if (rc == DICOM_SUCCESS)
		note_listening(net, &bound);
	else
		dt_socket_close(plan->fd);
	return rc;
}

L_INT
L_DicomListenExt(HDICOMNET hNet, L_TCHAR *pszHostAddress, L_UINT nHostPort,
    L_INT nNbPeers, L_INT nIpType)
{
	struct dt_link_plan plan = { .kind = DT_LINK_LISTEN,
		.port = nHostPort,
		.ip_type = nIpType,
		.fd = -1 };
	L_INT rc;
	struct dt_net *net = dt_net_get(hNet, &rc);

	if (net != NULL)
		rc = listen_net(net, &plan, pszHostAddress, nNbPeers);
	dt_net_unref(net);
	return rc;
}

L_INT
L_DicomListen(
    HDICOMNET hNet, L_TCHAR *pszHostAddress, L_UINT nHostPort, L_INT nNbPeers)
{
	return L_DicomListenExt(
	    hNet, pszHostAddress, nHostPort, nNbPeers, DICOM_IPTYPE_NONE);
}

static int
take_pending(struct dt_net *server)
{
	int fd;

	pthread_mutex_lock(&server->lock);
	fd = server->pending;
	server->pending = -1;
	pthread_mutex_unlock(&server->lock);
	return fd;
}

/* Enters the peer into the listener's list before it starts, so that its end
 * finds it there. */
static L_INT
adopt_peer(struct dt_net *server, struct dt_net *peer)
{
	int rc;

	pthread_mutex_lock(&server->lock);
	rc = dt_array_push(&server->clients, peer->handle);
	pthread_mutex_unlock(&server->lock);
	if (rc != 0)
		return DICOM_ERROR_MEMORY;
	pthread_mutex_lock(&peer->lock);
	peer->server = server->handle;
	pthread_mutex_unlock(&peer->lock);
	return DICOM_SUCCESS;
}

static void
note_accepted(struct dt_net *peer, int fd)
{
	struct dt_endpoint host = { "", 0 }, remote = { "", 0 };

	dt_socket_endpoints(fd, &host, &remote);
	pthread_mutex_lock(&peer->lock);
	peer->host = host;
	peer->peer = remote;
	pthread_mutex_unlock(&peer->lock);
}

static L_INT
accept_peer(struct dt_net *server, struct dt_net *peer)
{
	struct dt_link_plan plan = { .kind = DT_LINK_ACCEPTED };
	L_INT rc = DICOM_ERROR_NET_NO_DATA;

	if (is_active(peer))
		return DICOM_ERROR_NET_IS_CONNECTED;
	plan.fd = take_pending(server);
	if (plan.fd < 0)
		return rc;
	note_accepted(peer, plan.fd);
	rc = dt_secure_context(peer, &plan.setup);
	if (rc == DICOM_SUCCESS)
		rc = adopt_peer(server, peer);
	if (rc == DICOM_SUCCESS)
		rc = dt_link_start(peer, &plan);
	if (rc != DICOM_SUCCESS) {
		dt_forget_client(server, peer->handle);
		dt_socket_close(plan.fd);
	}
	dt_tls_setup_free(plan.setup);
	return rc;
}

L_INT
L_DicomAccept(HDICOMNET hNet, HDICOMNET hPeer)
{
	L_INT rc;
	struct dt_net *server = dt_net_get(hNet, &rc);
	struct dt_net *peer = server == NULL ? NULL : dt_net_get(hPeer, &rc);

	if (peer != NULL && peer == server)
		rc = DICOM_ERROR_PARAMETER;
	else if (peer != NULL)
		rc = accept_peer(server, peer);
	dt_net_unref(peer);
	dt_net_unref(server);
	return rc;
}

L_INT
L_DicomCloseForced(HDICOMNET hNet, L_BOOL bForced)
{
	L_INT rc;
	struct dt_net *net = dt_net_get(hNet, &rc);

	if (net == NULL)
		return rc;
	dt_net_close(net, bForced != L_FALSE);
	dt_net_unref(net);
	return DICOM_SUCCESS;
}

L_VOID
L_DicomClose(HDICOMNET hNet)
{
	L_DicomCloseForced(hNet, L_FALSE);
}

L_VOID
L_DicomServerClose(HDICOMNET hNet)
{
	struct dt_net *net = dt_handle_get(hNet);
	bool listening;

	if (net == NULL)
		return;
	pthread_mutex_lock(&net->lock);
	listening = net->listening;
	pthread_mutex_unlock(&net->lock);
	if (listening)
		dt_net_close(net, false);
	dt_net_unref(net);
}

L_BOOL
L_DicomIsActivated(HDICOMNET hNet)
{
	struct dt_net *net = dt_handle_get(hNet);
	bool active = net != NULL && is_active(net);

	dt_net_unref(net);
	return active ? L_TRUE : L_FALSE;
}

L_BOOL
L_DicomIsConnected(HDICOMNET hNet)
{
	struct dt_net *net = dt_handle_get(hNet);
	bool connected;

	if (net == NULL)
		return L_FALSE;
	pthread_mutex_lock(&net->lock);
	connected = net->connected;
	pthread_mutex_unlock(&net->lock);
	dt_net_unref(net);
	return connected ? L_TRUE : L_FALSE;
}

L_BOOL
L_DicomIsAssociated(HDICOMNET hNet)
{
	struct dt_net *net = dt_handle_get(hNet);
	struct dt_link *link = NULL;
	bool associated = false;

	if (net == NULL)
		return L_FALSE;
	pthread_mutex_lock(&net->lock);
	if (net->link != NULL && net->connected)
		link = dt_link_ref(net->link);
	pthread_mutex_unlock(&net->lock);
	if (link != NULL) {
		associated = dt_exchange_is_associated(dt_link_exchange(link));
		dt_link_unref(link);
	}
	dt_net_unref(net);
	return associated ? L_TRUE : L_FALSE;
}

/* One end of the connection as the program wants it. */
static L_INT
tell_endpoint(const struct dt_endpoint *endpoint, L_TCHAR *address,
    L_UINT32 size, L_UINT *port)
{
	if (address != NULL && size > 0)
		snprintf(address, size, "%s", endpoint->address);
	if (port != NULL)
		*port = endpoint->port;
	return endpoint->port != 0 ? DICOM_SUCCESS
				   : DICOM_ERROR_NET_NOT_CONNECTED;
}

L_INT
L_DicomGetHostInfo(HDICOMNET hNet, L_TCHAR *pszAddress,
    L_UINT32 AddressSizeInWords, L_UINT *pnPort)
{
	struct dt_endpoint host = { "", 0 };
	L_INT rc;
	struct dt_net *net = dt_net_get(hNet, &rc);

	if (net == NULL)
		return rc;
	pthread_mutex_lock(&net->lock);
	if (net->link != NULL)
		host = net->host;
	pthread_mutex_unlock(&net->lock);
	dt_net_unref(net);
	return tell_endpoint(&host, pszAddress, AddressSizeInWords, pnPort);
}

L_INT
L_DicomGetPeerInfo(HDICOMNET hNet, L_TCHAR *pszAddress,
    L_UINT32 AddressSizeInWords, L_UINT *pnPort)
{
	struct dt_endpoint peer = { "", 0 };
	L_INT rc;
	struct dt_net *net = dt_net_get(hNet, &rc);

	if (net == NULL)
		return rc;
	pthread_mutex_lock(&net->lock);
	if (net->link != NULL && !net->listening)
		peer = net->peer;
	pthread_mutex_unlock(&net->lock);
	dt_net_unref(net);
	return tell_endpoint(&peer, pszAddress, AddressSizeInWords, pnPort);
}

HDICOMNET
L_DicomGetServer(HDICOMNET hNet)
{
	struct dt_net *net = dt_handle_get(hNet);
	struct dt_net *server;
	HDICOMNET handle;

	if (net == NULL)
		return NULL;
	pthread_mutex_lock(&net->lock);
	handle = net->server;
	pthread_mutex_unlock(&net->lock);
	dt_net_unref(net);
	server = dt_handle_get(handle);
	dt_net_unref(server);
	return server == NULL ? NULL : handle;
}

L_UINT32
L_DicomGetClientCount(HDICOMNET hNet)
{
	struct dt_net *net = dt_handle_get(hNet);
	size_t count;

	if (net == NULL)
		return 0;
	pthread_mutex_lock(&net->lock);
	count = net->clients.count;
	pthread_mutex_unlock(&net->lock);
	dt_net_unref(net);
	return (L_UINT32)count;
}

HDICOMNET
L_DicomGetClient(HDICOMNET hNet, L_UINT nIndex)
{
	struct dt_net *net = dt_handle_get(hNet);
	HDICOMNET client = NULL;

	if (net == NULL)
		return NULL;
	pthread_mutex_lock(&net->lock);
	if (nIndex < net->clients.count)
		client = net->clients.items[nIndex];
	pthread_mutex_unlock(&net->lock);
	dt_net_unref(net);
	return client;
}
