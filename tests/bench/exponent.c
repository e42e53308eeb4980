/*
 * The exponent of growth, by least squares of the logarithms; see exponent.h.
 */
#include "bench/exponent.h"

#include <math.h>

double
bench_exponent(const unsigned *sizes, const double *seconds, unsigned count)
{
	double mean_x = 0, mean_y = 0, xy = 0, xx = 0;

	if (count < 2)
		return 0;
	for (unsigned i = 0; i < count; i++) {
		mean_x += log(sizes[i]) / count;
		mean_y += log(seconds[i]) / count;
	}
	for (unsigned i = 0; i < count; i++) {
		double x = log(sizes[i]) - mean_x;

		xy += x * (log(seconds[i]) - mean_y);
		xx += x * x;
	}
	return xy / xx;
}
