/*
 * One row: see compare.h. A row gives a line for time and, where it has a goal
 * for them, one for allocations and one for memory.
 */
#include "bench/compare.h"

#include "bench/measure.h"
#include "bench/report.h"

#include <stdio.h>

static unsigned
cut(unsigned size, const struct bench_settings *settings)
{
	return size > BENCH_LEAST_LIMIT && size > settings->limit
		   ? settings->limit
		   : size;
}

void
bench_row_label(char label[BENCH_LABEL], const struct bench_row *row,
    const struct bench_settings *settings)
{
	unsigned size = cut(row->size, settings);

	snprintf(
	    label, BENCH_LABEL, size == 0 ? "%s" : "%s-%u", row->name, size);
}

const char *
bench_judge(double value, double goal)
{
	if (goal <= 0)
		return "-";
	return value <= goal ? "ok" : "SHORT";
}

/* Whoever has no numbers of OpenSSL's may come to another verdict: GnuTLS
 * does. */
static bool
verdicts_agree(const struct bench_row *row, const struct bench_result *result)
{
	const struct bench_verdict *ours = &result->verdict[BENCH_OURS];
	const struct bench_verdict *theirs = &result->verdict[BENCH_THEIRS];

	if (ours->error == BENCH_NO_ERROR)
		return ours->result == theirs->result;
	if (ours->error != row->error)
		return false;
	return theirs->error == BENCH_NO_ERROR ||
	       (ours->error == theirs->error && ours->result == theirs->result);
}

static void
report_time(const struct bench_row *row, const struct bench_settings *settings,
    const struct bench_result *result, struct bench_line *line)
{
	bool whole = cut(row->size, settings) == row->size;

	line->unit = "us";
	line->ours = result->seconds[BENCH_OURS] * 1e6;
	line->theirs = result->seconds[BENCH_THEIRS] * 1e6;
	line->ratio = result->ratio;
	line->goal = whole ? row->goal : 0;
	line->judgement = verdicts_agree(row, result)
			      ? bench_judge(line->ratio, line->goal)
			      : "DIFFERS";
	line->allocations[0] = result->allocations[BENCH_OURS];
	line->allocations[1] = result->allocations[BENCH_THEIRS];
	line->rounds = result->rounds;
	bench_report(line, settings->json);
}

static void
report_heap(const struct bench_row *row, const struct bench_settings *settings,
    const struct bench_result *result, struct bench_line *line)
{
	bool whole = cut(row->size, settings) == row->size;

	line->unit = "KiB";
	line->ours = (double)result->heap[BENCH_OURS] / 1024;
	line->theirs = (double)result->heap[BENCH_THEIRS] / 1024;
	line->ratio = line->theirs > 0 ? line->ours / line->theirs : 0;
	line->goal = whole && line->theirs > 0 ? row->heap_goal : 0;
	line->judgement = bench_judge(line->ratio, line->goal);
	bench_report(line, settings->json);
}

static void
report_allocations(const struct bench_row *row,
    const struct bench_settings *settings, const struct bench_result *result,
    struct bench_line *line)
{
	line->unit = "allocations";
	line->ours = (double)result->allocations[BENCH_OURS];
	line->theirs = (double)result->allocations[BENCH_THEIRS];
	line->ratio = line->theirs > 0 ? line->ours / line->theirs : 0;
	line->goal = line->theirs > 0 ? row->allocations : 0;
	line->judgement = bench_judge(line->ours, line->goal);
	bench_report(line, settings->json);
}

static bool
is(const struct bench_line *line, const char *judgement)
{
	return strcmp(line->judgement, judgement) == 0;
}

static enum bench_status
report(const struct bench_row *row, const struct bench_settings *settings,
    const struct bench_result *result)
{
	char label[BENCH_LABEL], name[BENCH_LABEL + 16];
	struct bench_line line = { .name = label,
		.against =
		    row->against != NULL ? row->against : row->theirs->name };
	bool fell_short;

	bench_row_label(label, row, settings);
	report_time(row, settings, result, &line);
	if (is(&line, "DIFFERS"))
		return BENCH_DIFFERS;
	fell_short = is(&line, "SHORT");
	line.name = name;
	if (row->allocations > 0) {
		snprintf(name, sizeof(name), "%s.allocations", label);
		report_allocations(row, settings, result, &line);
		fell_short |= is(&line, "SHORT");
	}
	if (row->heap_goal > 0) {
		snprintf(name, sizeof(name), "%s.heap", label);
		report_heap(row, settings, result, &line);
		fell_short |= is(&line, "SHORT");
	}
	return settings->strict && fell_short ? BENCH_SHORT : BENCH_GOOD;
}

static enum bench_status
measure(const struct bench_row *row, const struct bench_settings *settings,
    const struct bench_task *task)
{
	struct bench_result result;
	char label[BENCH_LABEL];

	bench_row_label(label, row, settings);
	if (settings->count)
		return bench_count(task, label) ? BENCH_GOOD : BENCH_BROKEN;
	if (!bench_measure(task, &result))
		return BENCH_BROKEN;
	if (result.verdict[BENCH_OURS].error != BENCH_NO_ERROR)
		result.verdict[BENCH_OURS].error += settings->spoilt;
	return report(row, settings, &result);
}

enum bench_status
bench_compare(
    const struct bench_row *row, const struct bench_settings *settings)
{
	static struct bench_input inputs[BENCH_SIDES];
	struct bench_task task = {
		.sides = { row->ours, row->theirs },
		.inputs = { &inputs[0], &inputs[row->their_size > 0] },
		.rounds = settings->rounds,
		.seconds = settings->seconds,
	};
	enum bench_status status = BENCH_BROKEN;

	if (bench_input_make(&inputs[0], row->kind, cut(row->size, settings),
		settings->dir) &&
	    (row->their_size == 0 || bench_input_make(&inputs[1], row->kind,
					 row->their_size, settings->dir)))
		status = measure(row, settings, &task);
	if (status == BENCH_BROKEN)
		fprintf(stderr, "bench: %s could not be done\n", row->name);
	bench_input_clear(&inputs[0]);
	bench_input_clear(&inputs[1]);
	return status;
}
