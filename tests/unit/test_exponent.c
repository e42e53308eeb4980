/* The exponent of growth against curves whose exponent is known. */
#include "bench/exponent.h"

#include <criterion/criterion.h>

#include <math.h>

static const unsigned sizes[] = { 1, 10, 100, 1000 };

static void
expect(double seconds[4], double exponent)
{
	double found = bench_exponent(sizes, seconds, 4);

	cr_expect(fabs(found - exponent) < 1e-9, "%f, not %f", found, exponent);
}

Test(exponent, of_power_laws)
{
	expect((double[]){ 3, 3, 3, 3 }, 0);
	expect((double[]){ 2e-6, 2e-5, 2e-4, 2e-3 }, 1);
	expect((double[]){ 5e-7, 5e-5, 5e-3, 5e-1 }, 2);
}

/* Slopes 0, 1 and 0 between four equally spaced points: the middle one counts
 * for 4/10, the outer two for 3/10 each. */
Test(exponent, is_the_line_of_least_squares)
{
	expect((double[]){ 1, 1, 10, 10 }, 0.4);
}

Test(exponent, needs_two_sizes)
{
	double seconds[] = { 1 };

	cr_expect_eq(bench_exponent(sizes, seconds, 1), 0);
}
