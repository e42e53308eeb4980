/*
 * Whether coordinates satisfy the equation of a named curve (SEC 1 3.2.2.1):
 * the one piece of curve arithmetic that every certificate with such a key
 * costs when it is parsed. GMP's functions for limbs, without memory from the
 * heap. Public values only: nothing here runs in constant time.
 */
#include "x509/curve.h"

#include "base/limits.h"

#include <gmp.h>

#define MAX_LIMBS ((DT_MAX_EC_FIELD_BITS + GMP_LIMB_BITS - 1) / GMP_LIMB_BITS)

/* A number below p, in as many limbs as p has. */
struct element {
	mp_limb_t limbs[MAX_LIMBS];
};

struct field {
	struct element p;
	mp_size_t size; /* limbs; the highest is not 0 */
};

/* Bits from at on become those of a digit; there are none yet. */
static void
put_digit(struct element *to, size_t at, unsigned digit)
{
	to->limbs[at / GMP_LIMB_BITS] |= (mp_limb_t)digit << at % GMP_LIMB_BITS;
}

static void
set_octets(struct element *to, const uint8_t *octets, size_t size)
{
	*to = (struct element){ { 0 } };
	for (size_t at = 0; size > 0; at += 8)
		put_digit(to, at, octets[--size]);
}

/* Hexadecimal, in lower case. */
static void
set_text(struct element *to, const char *text)
{
	size_t size = strlen(text);

	*to = (struct element){ { 0 } };
	for (size_t at = 0; size > 0; at += 4) {
		char c = text[--size];

		put_digit(
		    to, at, (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10));
	}
}

static bool
is_below_p(const struct field *f, const struct element *a)
{
	return mpn_cmp(a->limbs, f->p.limbs, f->size) < 0;
}

/* to = a * b mod p */
static void
multiply(const struct field *f, struct element *to, const struct element *a,
    const struct element *b)
{
	mp_limb_t product[2 * MAX_LIMBS], quotient[MAX_LIMBS + 1];

	mpn_mul_n(product, a->limbs, b->limbs, f->size);
	mpn_tdiv_qr(
	    quotient, to->limbs, 0, product, 2 * f->size, f->p.limbs, f->size);
}

/* to = to + a mod p */
static void
add(const struct field *f, struct element *to, const struct element *a)
{
	mp_limb_t carry = mpn_add_n(to->limbs, to->limbs, a->limbs, f->size);

	if (carry != 0 || !is_below_p(f, to))
		mpn_sub_n(to->limbs, to->limbs, f->p.limbs, f->size);
}

/* y^2 = (x^2 + a) x + b */
static bool
holds(const struct field *f, const struct dt_curve *curve,
    const struct element *x, const struct element *y)
{
	struct element left, right, constant;

	multiply(f, &left, y, y);
	multiply(f, &right, x, x);
	set_text(&constant, curve->a);
	add(f, &right, &constant);
	multiply(f, &right, &right, x);
	set_text(&constant, curve->b);
	add(f, &right, &constant);
	return mpn_cmp(left.limbs, right.limbs, f->size) == 0;
}

bool
dt_curve_equation_holds(const struct dt_curve *curve, const uint8_t *xy)
{
	size_t size = dt_curve_field_size(curve);
	struct element x, y;
	struct field f;

	f.size =
	    (mp_size_t)(curve->field_bits + GMP_LIMB_BITS - 1) / GMP_LIMB_BITS;
	set_text(&f.p, curve->p);
	set_octets(&x, xy, size);
	set_octets(&y, xy + size, size);
	return is_below_p(&f, &x) && is_below_p(&f, &y) &&
	       holds(&f, curve, &x, &y);
}
