/*
 * Elliptic curves over prime fields: the named curves OpenSSL has built in,
 * and which octet strings are points on them (SEC 1 2.3.4, X9.62 4.3.7).
 *
 * Curves over binary fields are left out: keys on them are refused, because
 * nothing here could check their points.
 */
#ifndef DICOMTLS_X509_CURVE_H
#define DICOMTLS_X509_CURVE_H

#include "base/span.h"

/* y^2 = x^3 + ax + b over the prime p; numbers in hexadecimal. */
struct dt_curve {
	const char *name; /* OpenSSL's short name */
	struct dt_span oid;
	unsigned field_bits;
	unsigned order_bits;
	const char *p, *a, *b;
	const char *x, *y; /* base point */
	const char *n;	   /* its order */
};

/* The table, in the order in which OpenSSL searches it. */
extern const struct dt_curve dt_curves[];
extern const size_t dt_curve_count;

/* oid: contents octets; NULL if the curve is not built in. */
const struct dt_curve *dt_curve_find(struct dt_span oid);

/*
 * True if EC_POINT_oct2point takes these octets as a point of the curve:
 * infinity, compressed, uncompressed or hybrid.
 */
bool dt_curve_has_point(const struct dt_curve *curve, struct dt_span point);

/* Bytes of one coordinate. */
size_t dt_curve_field_size(const struct dt_curve *curve);

/* Both coordinates, each of dt_curve_field_size bytes, are below p and satisfy
 * the equation. */
bool dt_curve_equation_holds(const struct dt_curve *curve, const uint8_t *xy);

/*
 * Writes the coordinates of a point that dt_curve_has_point accepts, each of
 * dt_curve_field_size bytes. False for infinity and for a
 * compressed point over a prime p with p mod 4 = 1 (P-224: its square roots
 * take another algorithm).
 */
bool dt_curve_affine(
    const struct dt_curve *curve, struct dt_span point, uint8_t *xy);

/* What parameters spelled out in a key describe. */
struct dt_curve_explicit {
	const struct dt_curve *curve; /* the same built-in curve, or NULL */
	unsigned order_bits;
};

/*
 * Decodes ECParameters (X9.62 C.2; contents of the SEQUENCE) as
 * EC_GROUP_new_from_ecparameters does, and checks point against them. False
 * if OpenSSL could not decode a key with them. Binary fields are refused
 * here, though OpenSSL takes them.
 */
bool dt_curve_explicit(struct dt_curve_explicit *out, struct dt_span parameters,
    struct dt_span point);

#endif
