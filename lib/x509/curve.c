/*
 * Which octets are a point of a curve (SEC 1 2.3.4; OpenSSL's ecp_oct.c),
 * and which spelled-out parameters are a curve (X9.62 C.2;
 * OpenSSL's ec_asn1.c).
 *
 * Public values only: nothing here runs in constant time. No group
 * arithmetic; the equation of a named curve is in curve_equation.c.
 */
#include "x509/curve.h"

#include "base/der.h"
#include "base/limits.h"

#include <gmp.h>

/* The equation of a curve, for arithmetic. */
struct equation {
	mpz_t p, a, b;
	size_t size; /* bytes of a coordinate */
};

/* A decoded point. */
struct affine {
	mpz_t x, y;
	bool infinity;
};

static void
set_number(mpz_t number, struct dt_span bytes)
{
	mpz_import(number, bytes.size, 1, 1, 0, 0, bytes.data);
}

static void
equation_init(struct equation *eq)
{
	mpz_inits(eq->p, eq->a, eq->b, NULL);
}

static void
equation_clear(struct equation *eq)
{
	mpz_clears(eq->p, eq->a, eq->b, NULL);
}

static void
equation_measure(struct equation *eq)
{
	eq->size = (mpz_sizeinbase(eq->p, 2) + 7) / 8;
}

static void
equation_of(struct equation *eq, const struct dt_curve *curve)
{
	equation_init(eq);
	mpz_set_str(eq->p, curve->p, 16);
	mpz_set_str(eq->a, curve->a, 16);
	mpz_set_str(eq->b, curve->b, 16);
	equation_measure(eq);
}

/* rhs = x^3 + ax + b mod p */
static void
right_side(mpz_t rhs, const struct equation *eq, const mpz_t x)
{
	mpz_mul(rhs, x, x);
	mpz_add(rhs, rhs, eq->a);
	mpz_mul(rhs, rhs, x);
	mpz_add(rhs, rhs, eq->b);
	mpz_mod(rhs, rhs, eq->p);
}

/* Infinity is one octet; otherwise the form octet tells how many coordinates
 * follow. Only compressed and hybrid forms may carry the bit of y. */
static bool
has_form(struct dt_span point, size_t size)
{
	static const uint8_t coordinates[] = { 0, 0, 1, 1, 2, 0, 2, 2 };
	uint8_t form;

	if (point.size == 0)
		return false;
	form = point.data[0];
	if (form == 0)
		return point.size == 1;
	return form < sizeof(coordinates) && coordinates[form] != 0 &&
	       point.size == 1 + coordinates[form] * size;
}

static bool
is_compressed(struct dt_span point)
{
	return point.data[0] == 2 || point.data[0] == 3;
}

/* Both coordinates are there; those that are hybrid carry the bit of y too. */
static bool
is_complete(struct dt_span point, size_t size)
{
	return point.size == 1 + 2 * size;
}

static bool
agrees_with_form(struct dt_span point)
{
	return point.data[0] == 4 ||
	       (point.data[0] & 1) == (point.data[point.size - 1] & 1);
}

/* p mod 4 = 3: the power is a square root of rhs, unless p is composite. */
static bool
square_root(mpz_t y, const mpz_t rhs, const mpz_t p)
{
	mpz_t n;
	bool good;

	mpz_init(n);
	mpz_add_ui(n, p, 1);
	mpz_tdiv_q_2exp(n, n, 2);
	mpz_powm(y, rhs, n, p);
	mpz_mul(n, y, y);
	mpz_mod(n, n, p);
	good = mpz_cmp(n, rhs) == 0;
	mpz_clear(n);
	return good;
}

/* In other fields only the existence of y is told, and y stays 0; a key may
 * claim a p that is no prime, where the symbol says nothing. */
static bool
has_square_root(const mpz_t rhs, const mpz_t p)
{
	return mpz_probab_prime_p(p, 20) > 0 && mpz_legendre(rhs, p) == 1;
}

static bool
decompress(struct affine *at, const struct equation *eq, struct dt_span point)
{
	int odd = point.data[0] & 1;
	bool found;
	mpz_t rhs;

	mpz_init(rhs);
	right_side(rhs, eq, at->x);
	if (mpz_sgn(rhs) == 0) {
		found = odd == 0;
	} else if (mpz_tdiv_ui(eq->p, 4) != 3) {
		found = has_square_root(rhs, eq->p);
	} else {
		found = square_root(at->y, rhs, eq->p);
		if (mpz_odd_p(at->y) != odd)
			mpz_sub(at->y, eq->p, at->y);
	}
	mpz_clear(rhs);
	return found;
}

static bool
is_on_curve(const struct affine *at, const struct equation *eq)
{
	mpz_t left, right;
	bool equal;

	mpz_inits(left, right, NULL);
	mpz_mul(left, at->y, at->y);
	mpz_mod(left, left, eq->p);
	right_side(right, eq, at->x);
	equal = mpz_cmp(left, right) == 0;
	mpz_clears(left, right, NULL);
	return equal;
}

static bool
decode_point(struct affine *at, const struct equation *eq, struct dt_span point)
{
	uint8_t form;

	if (!has_form(point, eq->size))
		return false;
	form = point.data[0];
	at->infinity = form == 0;
	if (at->infinity)
		return true;
	set_number(at->x, dt_span(point.data + 1, eq->size));
	if (mpz_cmp(at->x, eq->p) >= 0)
		return false;
	if (is_compressed(point))
		return decompress(at, eq, point);
	set_number(at->y, dt_span(point.data + 1 + eq->size, eq->size));
	if (mpz_cmp(at->y, eq->p) >= 0)
		return false;
	return agrees_with_form(point) && is_on_curve(at, eq);
}

static bool
is_point(const struct equation *eq, struct dt_span point)
{
	struct affine at;
	bool good;

	mpz_inits(at.x, at.y, NULL);
	good = decode_point(&at, eq, point);
	mpz_clears(at.x, at.y, NULL);
	return good;
}

const struct dt_curve *
dt_curve_find(struct dt_span oid)
{
	for (size_t i = 0; i < dt_curve_count; i++) {
		if (dt_span_equal(dt_curves[i].oid, oid))
			return &dt_curves[i];
	}
	return NULL;
}

size_t
dt_curve_field_size(const struct dt_curve *curve)
{
	return (curve->field_bits + 7) / 8;
}

bool
dt_curve_has_point(const struct dt_curve *curve, struct dt_span point)
{
	size_t size = dt_curve_field_size(curve);
	struct equation eq;
	bool good;

	if (!has_form(point, size))
		return false;
	if (is_complete(point, size))
		return agrees_with_form(point) &&
		       dt_curve_equation_holds(curve, point.data + 1);
	equation_of(&eq, curve);
	good = is_point(&eq, point);
	equation_clear(&eq);
	return good;
}

/* Big-endian, padded on the left. number fits into size bytes. */
static void
put_number(uint8_t *out, size_t size, const mpz_t number)
{
	size_t used = (mpz_sizeinbase(number, 2) + 7) / 8;

	memset(out, 0, size);
	if (mpz_sgn(number) != 0)
		mpz_export(out + size - used, NULL, 1, 1, 0, 0, number);
}

bool
dt_curve_affine(const struct dt_curve *curve, struct dt_span point, uint8_t *xy)
{
	size_t size = dt_curve_field_size(curve);
	struct equation eq;
	struct affine at;
	bool good;

	if (is_complete(point, size)) {
		memcpy(xy, point.data + 1, 2 * size);
		return true;
	}
	equation_of(&eq, curve);
	mpz_inits(at.x, at.y, NULL);
	good = decode_point(&at, &eq, point) && !at.infinity &&
	       is_on_curve(&at, &eq);
	if (good) {
		put_number(xy, eq.size, at.x);
		put_number(xy + eq.size, eq.size, at.y);
	}
	mpz_clears(at.x, at.y, NULL);
	equation_clear(&eq);
	return good;
}

/* ECParameters, taken apart but not judged. */
struct parameters {
	struct dt_span p, a, b, base, order;
	bool has_cofactor;
	struct dt_span cofactor;
};

static const uint8_t oid_prime_field[] = { 0x2a, 0x86, 0x48, 0xce, 0x3d, 1, 1 };

/* FieldID ::= SEQUENCE { prime-field, INTEGER } */
static bool
take_prime_field(struct parameters *out, struct dt_span in)
{
	struct dt_der e;

	if (!dt_der_take(&in, DT_DER_OID, &e) ||
	    !dt_span_equal(
		e.content, dt_span(oid_prime_field, sizeof(oid_prime_field))) ||
	    !dt_der_take(&in, DT_DER_INTEGER, &e) ||
	    !dt_der_is_integer(e.content))
		return false;
	out->p = e.content;
	return in.size == 0;
}

/* Curve ::= SEQUENCE { a, b OCTET STRING, seed BIT STRING OPTIONAL }; a seed
 * without bits is an error to OpenSSL. */
static bool
take_coefficients(struct parameters *out, struct dt_span in)
{
	struct dt_der a, b, seed;
	struct dt_span bits;
	unsigned unused;

	if (!dt_der_take(&in, DT_DER_OCTET_STRING, &a) ||
	    !dt_der_take(&in, DT_DER_OCTET_STRING, &b))
		return false;
	out->a = a.content;
	out->b = b.content;
	if (in.size == 0)
		return true;
	return dt_der_take(&in, DT_DER_BIT_STRING, &seed) &&
	       dt_der_bit_string(seed.content, &bits, &unused) &&
	       bits.size > 0 && in.size == 0;
}

static bool
take_parameters(struct parameters *out, struct dt_span in)
{
	struct dt_der version, field, curve, base, order, cofactor;
	int32_t value;

	if (!dt_der_take(&in, DT_DER_INTEGER, &version) ||
	    !dt_der_int32(version.content, &value) ||
	    !dt_der_take(&in, DT_DER_SEQUENCE, &field) ||
	    !take_prime_field(out, field.content) ||
	    !dt_der_take(&in, DT_DER_SEQUENCE, &curve) ||
	    !take_coefficients(out, curve.content) ||
	    !dt_der_take(&in, DT_DER_OCTET_STRING, &base) ||
	    !dt_der_take(&in, DT_DER_INTEGER, &order) ||
	    !dt_der_is_integer(order.content))
		return false;
	out->base = base.content;
	out->order = order.content;
	out->has_cofactor = dt_der_take(&in, DT_DER_INTEGER, &cofactor);
	if (out->has_cofactor)
		out->cofactor = cofactor.content;
	return in.size == 0 &&
	       (!out->has_cofactor || dt_der_is_integer(out->cofactor));
}

static bool
is_negative(struct dt_span integer)
{
	return (integer.data[0] & 0x80) != 0;
}

/* ec_GFp_simple_group_set_curve wants an odd p above 3 bits; GMP needs no
 * more. */
static bool
set_equation(struct equation *eq, const struct parameters *from)
{
	size_t bits;

	if (is_negative(from->p))
		return false;
	set_number(eq->p, from->p);
	bits = mpz_sizeinbase(eq->p, 2);
	if (bits <= 2 || bits > DT_MAX_EC_FIELD_BITS || mpz_even_p(eq->p))
		return false;
	set_number(eq->a, from->a);
	set_number(eq->b, from->b);
	mpz_mod(eq->a, eq->a, eq->p);
	mpz_mod(eq->b, eq->b, eq->p);
	equation_measure(eq);
	return true;
}

/* Hasse: the order has at most one bit more than the field. */
static bool
is_order(const mpz_t order, const struct equation *eq)
{
	return mpz_sgn(order) > 0 &&
	       mpz_sizeinbase(order, 2) <= mpz_sizeinbase(eq->p, 2) + 1;
}

static bool
equals_text(const mpz_t number, const char *text)
{
	mpz_t other;
	bool equal;

	mpz_init_set_str(other, text, 16);
	equal = mpz_cmp(number, other) == 0;
	mpz_clear(other);
	return equal;
}

/* ossl_ec_curve_nid_from_params: field, coefficients, base point and order;
 * seed and cofactor do not count. */
static const struct dt_curve *
find_equal(
    const struct equation *eq, const struct affine *base, const mpz_t order)
{
	for (size_t i = 0; i < dt_curve_count; i++) {
		const struct dt_curve *c = &dt_curves[i];

		if (equals_text(eq->p, c->p) && equals_text(eq->a, c->a) &&
		    equals_text(eq->b, c->b) && equals_text(base->x, c->x) &&
		    equals_text(base->y, c->y) && equals_text(order, c->n))
			return c;
	}
	return NULL;
}

bool
dt_curve_explicit(struct dt_curve_explicit *out, struct dt_span parameters,
    struct dt_span point)
{
	struct parameters from;
	struct equation eq;
	struct affine base;
	mpz_t order;
	bool good;

	if (!take_parameters(&from, parameters) || is_negative(from.order) ||
	    (from.has_cofactor && is_negative(from.cofactor)))
		return false;
	equation_init(&eq);
	mpz_inits(base.x, base.y, order, NULL);
	set_number(order, from.order);
	good = set_equation(&eq, &from) && is_order(order, &eq) &&
	       decode_point(&base, &eq, from.base) && !base.infinity &&
	       is_point(&eq, point);
	if (good) {
		out->curve = find_equal(&eq, &base, order);
		out->order_bits = (unsigned)mpz_sizeinbase(order, 2);
	}
	mpz_clears(base.x, base.y, order, NULL);
	equation_clear(&eq);
	return good;
}
