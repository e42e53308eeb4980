/*
 * Distribution points of CRLs (RFC 5280 4.2.1.13, 5.2.5): the names under
 * which a certificate asks for a CRL and a CRL says what it is.
 */
#ifndef DICOMTLS_X509_DISTRIBUTION_POINT_H
#define DICOMTLS_X509_DISTRIBUTION_POINT_H

#include "x509/name_list.h"

/* Every reason there is (OpenSSL CRLDP_ALL_REASONS), as dt_der_flags packs
 * them. */
#define DT_ALL_REASONS 0x807fu

enum dt_point_kind {
	DT_POINT_NONE = 0, /* no name */
	DT_POINT_FULL,
	DT_POINT_RELATIVE,
	DT_POINT_BROKEN /* a relative name that makes no name: equals nothing */
};

struct dt_point_name {
	enum dt_point_kind kind;
	struct dt_name_list full;
	struct dt_name relative; /* made whole */
};

struct dt_distribution_point {
	struct dt_point_name name;
	unsigned reasons;
	bool has_crl_issuer;
	struct dt_name_list crl_issuer;
};

struct dt_distribution_points {
	struct dt_distribution_point *items;
	size_t count;
};

/* choice: contents of the explicit tag around a DistributionPointName, of the
 * right shape; base: the name that a relative one continues. False if there is
 * no memory or a relative name is malformed (it is then BROKEN). */
bool dt_point_name_decode(struct dt_arena *arena, struct dt_point_name *point,
    struct dt_span choice, const struct dt_name *base);

/* RFC 5280 6.3.3 (b)(2)(i), OpenSSL's idp_check_dp: what the certificate asks
 * for and what the CRL gives have a name in common, or one of them has none;
 * but a certificate's BROKEN name asks for what nobody gives. */
bool dt_point_names_meet(
    const struct dt_point_name *asked, const struct dt_point_name *given);

/*
 * Decodes the contents of cRLDistributionPoints, which have passed
 * dt_shape_distribution_points and must outlive the points. False if there is
 * no memory or a point says nothing: the certificate is then invalid, and the
 * points from there on cover no reason.
 */
bool dt_distribution_points_decode(struct dt_arena *arena,
    struct dt_distribution_points *points, struct dt_span content,
    const struct dt_name *issuer);

#endif
