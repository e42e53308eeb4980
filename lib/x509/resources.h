/*
 * Resources a certificate claims (RFC 3779): blocks of IP addresses and
 * ranges of AS numbers. Order, canonical form and containment; what a path of
 * them must satisfy is in verify/check_resources.c.
 *
 * The functions read contents that have passed dt_shape_ip_addr_blocks and
 * dt_shape_as_ids.
 */
#ifndef DICOMTLS_X509_RESOURCES_H
#define DICOMTLS_X509_RESOURCES_H

#include "base/span.h"

/* Elements of a set are INTEGERs, not addresses. */
#define DT_AS_NUMBERS (-1)

/* A list of single elements and ranges. */
struct dt_resource_set {
	struct dt_span list; /* contents of the SEQUENCE OF; unset: no set */
	int address_size;    /* octets, 0 for an unknown family, or
			      * DT_AS_NUMBERS */
};

/* Inherited from the issuer, or a set of its own. */
struct dt_resources {
	bool inherits;
	struct dt_resource_set set; /* no list if inherited or absent */
};

/* IPAddressFamily (RFC 3779 2.2.3). */
struct dt_address_family {
	struct dt_span key; /* AFI and SAFI */
	struct dt_resources addresses;
};

/* Ascending, without neighbours that could be one, every range written in the
 * only way allowed. */
bool dt_resource_set_is_canonical(const struct dt_resource_set *set);

/* Every element of child lies in one range of parent. Both are taken to be
 * ascending; where they are not, the answer is OpenSSL's. */
bool dt_resource_set_contains(
    const struct dt_resource_set *parent, const struct dt_resource_set *child);

/* Takes the next family off the contents of IPAddrBlocks. */
bool dt_address_family_next(
    struct dt_span *blocks, struct dt_address_family *family);

/* AFI of two octets and at most one of SAFI (RFC 3779 2.2.3.3). */
bool dt_address_family_is_sound(const struct dt_address_family *family);

/* RFC 3779 2.2.3.3, 2.2.3.6, 2.2.3.7. */
bool dt_address_blocks_are_canonical(struct dt_span blocks);

/* AS numbers and routing domain identifiers (RFC 3779 3.2.3). */
struct dt_as_ids {
	struct dt_resources numbers;
	struct dt_resources domains;
};

void dt_as_ids_read(struct dt_as_ids *ids, struct dt_span content);
bool dt_as_ids_are_canonical(const struct dt_as_ids *ids);

#endif
