#include "x509/curve.h"

#include <criterion/criterion.h>
#include <gmp.h>

/* Base point in uncompressed form, for any curve of the table. */
static struct dt_span
base_point(const struct dt_curve *curve, uint8_t form, uint8_t *out)
{
	size_t size = dt_curve_field_size(curve), used;
	const char *text[] = { curve->x, curve->y };

	memset(out, 0, 2 * size + 1);
	out[0] = form;
	for (size_t i = 0; i < 2; i++) {
		mpz_t n;

		mpz_init_set_str(n, text[i], 16);
		used = (mpz_sizeinbase(n, 2) + 7) / 8;
		mpz_export(
		    out + 1 + (i + 1) * size - used, NULL, 1, 1, 0, 0, n);
		mpz_clear(n);
	}
	return dt_span(out, 2 * size + 1);
}

/* Guards every row of the table against a mistyped digit. */
Test(curve, base_points_lie_on_their_curves)
{
	for (size_t i = 0; i < dt_curve_count; i++) {
		uint8_t octets[256];
		struct dt_span point = base_point(&dt_curves[i], 4, octets);

		cr_expect(dt_curve_has_point(&dt_curves[i], point), "%s",
		    dt_curves[i].name);
		octets[point.size - 1] ^= 1;
		cr_expect_not(dt_curve_has_point(&dt_curves[i], point),
		    "%s, next to the point", dt_curves[i].name);
	}
}

Test(curve, sizes_agree_with_the_numbers)
{
	for (size_t i = 0; i < dt_curve_count; i++) {
		const struct dt_curve *c = &dt_curves[i];
		mpz_t p, n;

		mpz_init_set_str(p, c->p, 16);
		mpz_init_set_str(n, c->n, 16);
		cr_expect_eq(
		    mpz_sizeinbase(p, 2), c->field_bits, "%s", c->name);
		cr_expect_eq(
		    mpz_sizeinbase(n, 2), c->order_bits, "%s", c->name);
		cr_expect(mpz_probab_prime_p(p, 20) > 0, "%s: field", c->name);
		cr_expect(mpz_probab_prime_p(n, 20) > 0, "%s: order", c->name);
		mpz_clears(p, n, NULL);
	}
}

Test(curve, oids_are_unique_and_found)
{
	for (size_t i = 0; i < dt_curve_count; i++)
		cr_expect_eq(dt_curve_find(dt_curves[i].oid), &dt_curves[i],
		    "%s", dt_curves[i].name);
	cr_expect_null(dt_curve_find(dt_span("\x2a\x03", 2)));
}

static const struct dt_curve *
p256(void)
{
	return dt_curve_find(dt_span("\x2a\x86\x48\xce\x3d\x03\x01\x07", 8));
}

Test(curve, compressed_points_are_completed)
{
	uint8_t octets[65], compressed[33], xy[64];
	struct dt_span point = base_point(p256(), 4, octets);

	memcpy(compressed, octets, sizeof(compressed));
	compressed[0] = (uint8_t)(2 | (octets[64] & 1));
	cr_assert(dt_curve_affine(p256(), dt_span(compressed, 33), xy));
	cr_expect_arr_eq(xy, point.data + 1, 64);
	compressed[0] ^= 1;
	cr_assert(dt_curve_affine(p256(), dt_span(compressed, 33), xy));
	cr_expect_arr_eq(xy, point.data + 1, 32);
	cr_expect_neq(memcmp(xy + 32, point.data + 33, 32), 0, "the other y");
}

Test(curve, infinity_is_a_point_without_coordinates)
{
	uint8_t xy[64];

	cr_expect(dt_curve_has_point(p256(), dt_span("\0", 1)));
	cr_expect_not(dt_curve_affine(p256(), dt_span("\0", 1), xy));
}

Test(curve, wrong_forms_and_lengths_are_refused)
{
	static const uint8_t forms[] = { 0, 1, 2, 3, 5, 8, 0x84 };
	uint8_t octets[66];
	struct dt_span point = base_point(p256(), 4, octets);

	for (size_t i = 0; i < sizeof(forms); i++) {
		octets[0] = forms[i];
		cr_expect_not(
		    dt_curve_has_point(p256(), point), "form %u", forms[i]);
	}
	octets[0] = 4;
	cr_expect(dt_curve_has_point(p256(), point));
	cr_expect_not(dt_curve_has_point(p256(), dt_span(octets, 64)));
	cr_expect_not(dt_curve_has_point(p256(), dt_span(octets, 66)));
	cr_expect_not(dt_curve_has_point(p256(), dt_span(octets, 0)));
}

/* SEC 1 2.3.6: a coordinate is below p, even where it would fit mod p. */
Test(curve, coordinates_above_the_field_are_refused)
{
	uint8_t octets[33];

	memset(octets, 0xff, sizeof(octets));
	octets[0] = 2;
	cr_expect_not(dt_curve_has_point(p256(), dt_span(octets, 33)));
}

/* The same number mod p, where it has room: secp521r1 has seven spare bits. */
Test(curve, coordinates_that_are_reduced_only_mod_p_are_refused)
{
	const struct dt_curve *p521 =
	    dt_curve_find(dt_span("\x2b\x81\x04\x00\x23", 5));
	uint8_t octets[133];
	struct dt_span point = base_point(p521, 4, octets);
	mpz_t p, n;

	cr_assert(dt_curve_has_point(p521, point));
	mpz_init_set_str(p, p521->p, 16);
	for (size_t i = 0; i < 2; i++) {
		uint8_t *at = octets + 1 + 66 * i;

		mpz_init(n);
		mpz_import(n, 66, 1, 1, 0, 0, at);
		mpz_add(n, n, p);
		mpz_export(at, NULL, 1, 1, 0, 0, n);
		cr_expect_not(dt_curve_has_point(p521, point), "%zu", i);
		mpz_sub(n, n, p);
		memset(at, 0, 66);
		mpz_export(at + 66 - (mpz_sizeinbase(n, 2) + 7) / 8, NULL, 1, 1,
		    0, 0, n);
		cr_expect(dt_curve_has_point(p521, point), "%zu", i);
		mpz_clear(n);
	}
	mpz_clear(p);
}

/* X9.62 4.3.6: the form tells whether y is odd. */
Test(curve, hybrid_points_say_which_y_they_have)
{
	for (size_t i = 0; i < dt_curve_count; i++) {
		uint8_t octets[256];
		struct dt_span point = base_point(&dt_curves[i], 6, octets);

		octets[0] |= octets[point.size - 1] & 1;
		cr_expect(dt_curve_has_point(&dt_curves[i], point), "%s",
		    dt_curves[i].name);
		octets[0] ^= 1;
		cr_expect_not(dt_curve_has_point(&dt_curves[i], point),
		    "%s, the other bit", dt_curves[i].name);
	}
}
