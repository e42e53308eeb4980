/*
 * Time against size; see growth.h. Sizes over the limit are left out rather
 * than cut.
 */
#include "bench/growth.h"

#include "bench/exponent.h"
#include "bench/measure.h"
#include "bench/report.h"

#include <stdio.h>

static bool
measure(const struct bench_growth *growth, unsigned size,
    const struct bench_settings *settings, struct bench_result *result)
{
	static struct bench_input input;
	struct bench_task task = {
		.sides = { growth->ours,
		    size <= growth->their_most ? growth->theirs : NULL },
		.inputs = { &input, &input },
		.rounds = settings->rounds,
		.seconds = settings->seconds,
	};
	bool ok = bench_input_make(&input, growth->kind, size, settings->dir) &&
		  bench_measure(&task, result);

	bench_input_clear(&input);
	return ok;
}

static void
report_size(const struct bench_growth *growth, unsigned size,
    const struct bench_settings *settings, const struct bench_result *result)
{
	char name[BENCH_LABEL];
	struct bench_line line = {
		.name = name,
		.against =
		    size <= growth->their_most ? growth->theirs->name : NULL,
		.unit = "us",
		.ours = result->seconds[BENCH_OURS] * 1e6,
		.theirs = result->seconds[BENCH_THEIRS] * 1e6,
		.ratio = result->ratio,
		.judgement = "-",
		.allocations = { result->allocations[BENCH_OURS],
		    result->allocations[BENCH_THEIRS] },
		.rounds = result->rounds,
	};

	snprintf(name, sizeof(name), "%s-%u", growth->name, size);
	bench_report(&line, settings->json);
}

static enum bench_status
report_exponents(const struct bench_growth *growth, double ours, double theirs,
    const struct bench_settings *settings)
{
	const double goal = ours != 0 ? BENCH_GROWTH_GOAL : 0;
	const struct bench_line line = {
		.name = growth->name,
		.against = theirs != 0 ? growth->theirs->name : NULL,
		.unit = "exponent",
		.ours = ours,
		.theirs = theirs,
		.goal = goal,
		.judgement = bench_judge(ours, goal),
	};

	bench_report(&line, settings->json);
	return settings->strict && ours > BENCH_GROWTH_GOAL ? BENCH_SHORT
							    : BENCH_GOOD;
}

enum bench_status
bench_grow(
    const struct bench_growth *growth, const struct bench_settings *settings)
{
	double times[BENCH_SIDES][BENCH_SIZES];
	unsigned sizes[BENCH_SIZES];
	unsigned count = 0, theirs = 0;

	for (; count < BENCH_SIZES && growth->sizes[count] != 0; count++) {
		unsigned size = growth->sizes[count];
		struct bench_result result;

		if (size > settings->limit && size > BENCH_LEAST_LIMIT)
			break;
		if (!measure(growth, size, settings, &result)) {
			fprintf(stderr, "bench: %s-%u could not be done\n",
			    growth->name, size);
			return BENCH_BROKEN;
		}
		report_size(growth, size, settings, &result);
		sizes[count] = size - growth->less;
		times[BENCH_OURS][count] = result.seconds[BENCH_OURS];
		times[BENCH_THEIRS][count] = result.seconds[BENCH_THEIRS];
		theirs += size <= growth->their_most;
	}
	return report_exponents(growth,
	    bench_exponent(sizes, times[BENCH_OURS], count),
	    bench_exponent(sizes, times[BENCH_THEIRS], theirs), settings);
}
