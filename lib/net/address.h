/*
 * Local and peer addresses: what the text of the program stands for and how
 * an address is shown. Looking up a peer's name is tcp.c's work.
 */
#ifndef DICOMTLS_NET_ADDRESS_H
#define DICOMTLS_NET_ADDRESS_H

#include "net/error.h"

#include <stdbool.h>
#include <sys/socket.h>

/* Which addresses may be used; the values of DICOM_IPTYPE_*. */
enum dt_ip_type {
	DT_IP_ANY = 0,
	DT_IP_V4 = 1,
	DT_IP_V6 = 2,
	DT_IP_V4_OR_V6 = 3
};

/* An address and port as text. */
struct dt_endpoint {
	char address[48];
	unsigned port;
};

/* AF_INET, AF_INET6 or AF_UNSPEC. */
int dt_address_family(enum dt_ip_type type);

/* True if text is a numeric address of the version that type excludes. */
bool dt_address_conflicts(const char *text, enum dt_ip_type type);

/*
 * An address of this host: a numeric one, a name, "*" for every interface,
 * NULL or "" for the address this host's own name stands for (the loopback
 * address if it stands for none). May block on a name.
 */
enum dt_net_error dt_address_local(struct sockaddr_storage *address,
    const char *text, unsigned port, enum dt_ip_type type);

/* Text of an address; an IPv4 address mapped into IPv6 is shown as IPv4. */
void dt_address_show(
    struct dt_endpoint *endpoint, const struct sockaddr *address);

/* Size of the structure of this family, for bind(). */
socklen_t dt_address_size(const struct sockaddr_storage *address);

#endif
