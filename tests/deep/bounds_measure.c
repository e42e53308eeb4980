/* Runs of a row, ours and the reference's; see bounds_measure.h. */
#include "deep/bounds_measure.h"

#include "support/heap.h"

#include <sys/stat.h>
#include <time.h>

/* Runs are repeated so often, unless they take longer in all. */
#define RUNS 5
#define SECONDS 0.3

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static size_t
file_size(const char *path)
{
	struct stat status;

	return path != NULL && stat(path, &status) == 0 ? (size_t)status.st_size
							: 0;
}

/* Anchors count where they are what is read. */
static size_t
count_octets(const struct bounds_row *row, const struct bounds_input *input)
{
	const struct bench_input *bench = &input->bench;
	size_t wire = dt_buffer_size(&input->wire);
	size_t sum = wire + (wire - input->again) * input->times;

	if (input->octets != 0)
		return input->octets;
	if (row->ours == &bounds_ours_load)
		return file_size(bench->anchors);
	for (unsigned i = 0; wire == 0 && i < bench->chain_size; i++)
		sum += dt_buffer_size(&bench->chain[i]);
	return sum + file_size(bench->crl);
}

/* The first run is the one whose memory counts. */
static bool
run_often(const struct bounds_side *side, void *state, struct bounds_cost *cost)
{
	double begin = now();
	long left = 0;

	for (int i = 0; i < RUNS; i++) {
		const long before = heap_bytes();
		const double start = now();
		double seconds;

		heap_forget_peak();
		if (!side->run(state, &cost->outcome))
			return false;
		seconds = now() - start;
		if (i == 0) {
			cost->peak = heap_peak() - before;
			left = heap_bytes();
		}
		if (i == 0 || seconds < cost->seconds)
			cost->seconds = seconds;
		if (now() - begin > SECONDS)
			break;
	}
	cost->leaks = heap_bytes() > left;
	return true;
}

static bool
measure_side(const struct bounds_side *side, const struct bounds_input *input,
    struct bounds_cost *cost)
{
	void *state;
	bool ok;

	if (side == NULL || side->run == NULL)
		return true;
	state = side->open(input);
	ok = state != NULL && run_often(side, state, cost);
	if (side->close != NULL)
		side->close(state);
	return ok;
}

static void
clear(struct bounds_input *input)
{
	bench_input_clear(&input->bench);
	dt_buffer_clear(&input->wire);
	*input = (struct bounds_input){ 0 };
}

static bool
measure(const struct bounds_row *row, unsigned size, bool both,
    const struct mint_dir *dir, struct bounds_result *result)
{
	static struct bounds_input input;
	bool ok = row->make(&input, row, size, dir);

	result->octets = count_octets(row, &input);
	ok = ok && measure_side(row->ours, &input, &result->ours) &&
	     (!both || measure_side(row->theirs, &input, &result->theirs));
	clear(&input);
	return ok;
}

bool
bounds_measure(const struct bounds_row *row, unsigned size,
    const struct mint_dir *dir, struct bounds_result *result)
{
	struct bounds_result half = { 0 };

	*result = (struct bounds_result){ 0 };
	if (size > 1 && !measure(row, size / 2, false, dir, &half))
		return false;
	if (!measure(row, size, true, dir, result))
		return false;
	if (half.ours.seconds > 0)
		result->growth = result->ours.seconds / half.ours.seconds;
	return true;
}
