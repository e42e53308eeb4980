/* Addresses of this host and their text; see address.h. */
#include "net/address.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

int
dt_address_family(enum dt_ip_type type)
{
	if (type == DT_IP_V4)
		return AF_INET;
	return type == DT_IP_V6 ? AF_INET6 : AF_UNSPEC;
}

/* Family of a numeric address, AF_UNSPEC for a name. */
static int
numeric_family(const char *text)
{
	struct in6_addr out;

	if (inet_pton(AF_INET, text, &out) == 1)
		return AF_INET;
	return inet_pton(AF_INET6, text, &out) == 1 ? AF_INET6 : AF_UNSPEC;
}

bool
dt_address_conflicts(const char *text, enum dt_ip_type type)
{
	int want = dt_address_family(type);
	int have = text == NULL ? AF_UNSPEC : numeric_family(text);

	return want != AF_UNSPEC && have != AF_UNSPEC && want != have;
}

static enum dt_net_error
from_lookup(int code)
{
	if (code == EAI_MEMORY)
		return DT_NET_NO_MEMORY;
	return code == EAI_AGAIN ? DT_NET_TRY_AGAIN : DT_NET_HOST_NOT_FOUND;
}

static void
set_port(struct sockaddr_storage *address, unsigned port)
{
	if (address->ss_family == AF_INET6)
		((struct sockaddr_in6 *)address)->sin6_port =
		    htons((uint16_t)port);
	else
		((struct sockaddr_in *)address)->sin_port =
		    htons((uint16_t)port);
}

static enum dt_net_error
look_up(struct sockaddr_storage *address, const char *name, int family)
{
	struct addrinfo hints = { .ai_family = family,
		.ai_socktype = SOCK_STREAM };
	struct addrinfo *found = NULL;
	int rc = getaddrinfo(name, NULL, &hints, &found);

	if (rc != 0)
		return from_lookup(rc);
	memcpy(address, found->ai_addr, found->ai_addrlen);
	freeaddrinfo(found);
	return DT_NET_OK;
}

/* :: also takes IPv4 connections unless told otherwise. */
static void
set_every(struct sockaddr_storage *address, int family)
{
	address->ss_family =
	    (sa_family_t)(family == AF_UNSPEC ? AF_INET6 : family);
}

static enum dt_net_error
set_own(struct sockaddr_storage *address, int family)
{
	char name[256];

	if (gethostname(name, sizeof(name)) == 0) {
		name[sizeof(name) - 1] = '\0';
		if (look_up(address, name, family) == DT_NET_OK)
			return DT_NET_OK;
	}
	return look_up(
	    address, family == AF_INET6 ? "::1" : "127.0.0.1", family);
}

enum dt_net_error
dt_address_local(struct sockaddr_storage *address, const char *text,
    unsigned port, enum dt_ip_type type)
{
	struct sockaddr_storage found = { 0 };
	int family = dt_address_family(type);
	enum dt_net_error error = DT_NET_OK;

	if (port > 65535)
		return DT_NET_ARGUMENT;
	if (dt_address_conflicts(text, type))
		return DT_NET_FAMILY_CONFLICT;
	if (text == NULL || *text == '\0')
		error = set_own(&found, family);
	else if (strcmp(text, "*") == 0)
		set_every(&found, family);
	else
		error = look_up(&found, text, family);
	if (error != DT_NET_OK)
		return error;
	set_port(&found, port);
	*address = found;
	return DT_NET_OK;
}

void
dt_address_show(struct dt_endpoint *endpoint, const struct sockaddr *address)
{
	static const char mapped[] = "::ffff:";
	char text[INET6_ADDRSTRLEN] = "";
	const char *shown = text;
	unsigned port = 0;

	if (address->sa_family == AF_INET) {
		const struct sockaddr_in *in = (const void *)address;

		uv_ip4_name(in, text, sizeof(text));
		port = ntohs(in->sin_port);
	} else if (address->sa_family == AF_INET6) {
		const struct sockaddr_in6 *in = (const void *)address;

		uv_ip6_name(in, text, sizeof(text));
		port = ntohs(in->sin6_port);
		if (IN6_IS_ADDR_V4MAPPED(&in->sin6_addr))
			shown += sizeof(mapped) - 1;
	}
	snprintf(endpoint->address, sizeof(endpoint->address), "%s", shown);
	endpoint->port = port;
}

socklen_t
dt_address_size(const struct sockaddr_storage *address)
{
	return address->ss_family == AF_INET6 ? sizeof(struct sockaddr_in6)
					      : sizeof(struct sockaddr_in);
}
