/*
 * Worker n of N takes the cases n, n + N, ...: what a case is depends on the
 * seed and its number alone.
 */
#include "work.h"

#include "flips.h"
#include "forms.h"
#include "grammar.h"
#include "mutate.h"
#include "shrink.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	NEW_PERCENT = 25, /* cases that descend from no seed */
	SHRUNK_EACH = 2,  /* cases of one kind that are shrunk and written */
	CASE_SECONDS = 20 /* of processor time; then a case hangs */
};

struct worker {
	struct work *work;
	struct draw draw;
	struct judge judge;
	struct change change; /* that made the case out of an accepted one */
};

/* What shrinking has to keep. */
struct wanted {
	struct worker *worker;
	const char *kind;
};

/* SIGPROF ends the worker if a case takes longer. */
static void
limit_time(void)
{
	const struct itimerval limit = { .it_value.tv_sec = CASE_SECONDS };
	setitimer(ITIMER_PROF, &limit, NULL);
}

static int64_t
seconds_now(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

static struct sample *
draw_signed(struct worker *w)
{
	struct draw *d = &w->draw;
	const struct seeds *seeds = &w->work->seeds;
	bool is_new = draw_chance(d, NEW_PERCENT);
	struct sample *sample =
	    is_new ? grammar_draw(d) : sample_clone(d, seeds_draw(d, seeds));
	if (draw_chance(d, is_new ? 40 : 95))
		mutate(d, sample, seeds);
	return sample;
}

static struct sample *
draw_flipped(struct worker *w)
{
	struct draw *d = &w->draw;
	const struct seeds *seeds = &w->work->seeds;
	struct sample *sample = sample_clone(d, seeds_draw(d, seeds));
	flips_draw(d, sample, seeds, &w->change);
	return sample;
}

static struct sample *
draw_sample(struct worker *w, uint64_t number)
{
	struct draw *d = &w->draw;
	struct work *work = w->work;
	if (work->mode == WORK_FLIPS)
		return draw_flipped(w);
	if (work->mode == WORK_BITS)
		return bits_draw(d, &work->bits, number, &w->change);
	if (work->mode == WORK_FORMS)
		return forms_draw(d, &work->seeds, number, &w->change);
	return draw_signed(w);
}

/* The case with this number; NULL if nothing is left of it. */
static struct sample *
draw_case(struct worker *w, uint64_t number)
{
	struct draw *d = &w->draw;
	draw_begin(d, w->work->seed, number);
	if (w->work->mode == WORK_AS_IS)
		return sample_clone(d, w->work->seeds.samples[number]);
	struct sample *sample = draw_sample(w, number);
	if (!sample)
		return NULL;
	sample->data.id = draw_printf(d, "fuzz/%llu-%llu",
	    (unsigned long long)w->work->seed, (unsigned long long)number);
	return sample_arrange(sample) ? sample : NULL;
}

/* The name of the file goes to the kind. */
static void
write_case(struct worker *w, const struct sample *sample, struct kind *kind,
    uint64_t number)
{
	char path[sizeof(kind->example)];
	if (!w->work->output)
		return;
	snprintf(path, sizeof(path), "%s/%llu-%llu.case", w->work->output,
	    (unsigned long long)w->work->seed, (unsigned long long)number);
	FILE *out = fopen(path, "w");
	if (!out) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		return;
	}
	case_write(&sample->data, out);
	if (fclose(out) == 0)
		snprintf(kind->example, sizeof(kind->example), "%s", path);
}

static bool
is_still_different(const struct case_data *data, void *arg)
{
	struct wanted *wanted = arg;
	struct judgement judgement;
	limit_time();
	judge_forget();
	judge(&wanted->worker->judge, data, &judgement);
	return judgement.different && judgement.closed < 0 &&
	       strcmp(judgement.kind, wanted->kind) == 0;
}

static void
note_difference(
    struct worker *w, struct sample *sample, uint64_t number, const char *text)
{
	struct kind *kind;
	struct wanted wanted = { w, text };
	unsigned long times = findings_count(w->work->findings, text, &kind);
	if (times == 0 || times > SHRUNK_EACH || !w->work->output)
		return;
	shrink(&w->draw, &sample, is_still_different, &wanted);
	write_case(w, sample, kind, number);
}

/* Both accept what nobody may. */
static void
note_overlooked(struct worker *w, struct sample *sample, uint64_t number)
{
	char place[64];
	char text[JUDGE_KIND];
	struct kind *kind;
	tally_describe(&w->change, place, sizeof(place));
	snprintf(text, sizeof(text), "overlooked by both: %s", place);
	unsigned long times = findings_count(w->work->findings, text, &kind);
	if (times > 0 && times <= SHRUNK_EACH)
		write_case(w, sample, kind, number);
}

static void
try_case(struct worker *w, uint64_t number)
{
	struct findings *findings = w->work->findings;
	struct judgement judgement;
	struct sample *sample = draw_case(w, number);
	if (!sample)
		return;
	judge(&w->judge, &sample->data, &judgement);
	atomic_fetch_add(&findings->cases, 1);
	atomic_fetch_add(&findings->accepted, judgement.accepted);
	atomic_fetch_add(&findings->accepted_alone, judgement.accepted_alone);
	if (w->work->mode >= WORK_FLIPS)
		tally_count(&findings->tally, &w->change, &judgement);
	if (judgement.accepted && w->change.strict &&
	    !(w->change.optional && judgement.left_out))
		note_overlooked(w, sample, number);
	if (!judgement.different)
		atomic_fetch_add(&findings->equal, 1);
	else if (judgement.closed >= 0)
		atomic_fetch_add(&findings->closed[judgement.closed], 1);
	else
		note_difference(w, sample, number, judgement.kind);
}

static void
work_through(struct work *work, unsigned job, uint64_t start, int64_t end)
{
	struct worker w = { .work = work,
		.judge = { .planted = work->planted,
		    .lax = work->lax,
		    .plain = work->mode == WORK_BITS } };
	for (uint64_t number = start; number < work->count;
	     number += work->jobs) {
		if (work->seconds > 0 && seconds_now() >= end)
			break;
		atomic_store(&work->findings->at[job], number);
		limit_time();
		try_case(&w, number);
	}
	draw_clear(&w.draw);
	judge_clear(&w.judge);
	judge_forget();
}

/* In a process of its own, because drawing the case may be what fails. */
static void
write_fatal_case(struct work *work, uint64_t number, const char *text)
{
	struct kind *kind;
	atomic_fetch_add(&work->findings->cases, 1);
	if (findings_count(work->findings, text, &kind) > SHRUNK_EACH)
		return;
	pid_t child = fork();
	if (child == 0) {
		struct worker w = { .work = work };
		struct sample *sample = draw_case(&w, number);
		if (sample)
			write_case(&w, sample, kind, number);
		_exit(0);
	}
	if (child > 0)
		waitpid(child, NULL, 0);
}

struct job {
	pid_t process;
	bool done;
};

static int
start(struct work *work, struct job *job, unsigned index, uint64_t number,
    int64_t end)
{
	fflush(NULL);
	job->process = fork();
	if (job->process == 0) {
		work_through(work, index, number, end);
		exit(0);
	}
	return job->process < 0 ? -1 : 0;
}

/* A worker that ended well is done; another died of its case. */
static int
settle(
    struct work *work, struct job *job, unsigned index, int status, int64_t end)
{
	char text[64];
	uint64_t number = work->findings->at[index];
	job->done = WIFEXITED(status) && WEXITSTATUS(status) == 0;
	if (job->done)
		return 0;
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGPROF)
		snprintf(text, sizeof(text), "hang");
	else if (WIFSIGNALED(status))
		snprintf(
		    text, sizeof(text), "crash: signal %d", WTERMSIG(status));
	else
		snprintf(text, sizeof(text), "crash: exit status %d",
		    WEXITSTATUS(status));
	write_fatal_case(work, number, text);
	return start(work, job, index, number + work->jobs, end);
}

static void
show_progress(const struct findings *findings, int64_t since)
{
	static unsigned long last;
	unsigned long cases = findings->cases;
	if (!isatty(STDERR_FILENO) || cases == last)
		return;
	last = cases;
	fprintf(stderr, "\r%lu cases, %lu different, %lld s ", cases,
	    findings->different, (long long)(seconds_now() - since));
}

int
work_run(struct work *work)
{
	struct job jobs[MAX_JOBS] = { { 0, false } };
	int64_t since = seconds_now();
	int64_t end = since + work->seconds;
	unsigned running = work->jobs;
	for (unsigned i = 0; i < work->jobs; i++) {
		if (start(work, &jobs[i], i, work->first + i, end) < 0)
			return -1;
	}
	while (running > 0) {
		poll(NULL, 0, 100);
		show_progress(work->findings, since);
		for (unsigned i = 0; i < work->jobs; i++) {
			int status;
			if (jobs[i].done ||
			    waitpid(jobs[i].process, &status, WNOHANG) <= 0)
				continue;
			if (settle(work, &jobs[i], i, status, end) < 0)
				return -1;
			running -= jobs[i].done;
		}
	}
	if (isatty(STDERR_FILENO))
		fprintf(stderr, "\r%60s\r", "");
	return 0;
}
