/* The pool of loops: posting, timers, starting and stopping. */
#include "net/loop.h"

#include "dicomtls.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stddef.h>
#include <uv.h>

struct task {
	struct dt_work work;
	struct dt_timer *timer;
	struct dt_loop *loop;
	unsigned *count;
	unsigned at; /* value of count when it ran */
	bool on_loop;
};

static void
run_task(struct dt_work *work)
{
	struct task *task = (struct task *)(void *)work;

	task->at = ++*task->count;
	task->on_loop = dt_loops_is_on();
}

/* The system's limits: the thread, or the wake-up, that cannot be had. */
static unsigned threads_left = UINT_MAX, wakes_left = UINT_MAX;

static bool
grant(unsigned *left)
{
	if (*left == 0)
		return false;
	*left -= *left != UINT_MAX;
	return true;
}

int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
    void *(*run)(void *arg), void *arg);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
    void *(*run)(void *arg), void *arg);
int
__wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes,
    void *(*run)(void *arg), void *arg)
{
	return grant(&threads_left)
		   ? __real_pthread_create(thread, attributes, run, arg)
		   : EAGAIN;
}

int __real_uv_async_init(uv_loop_t *loop, uv_async_t *wake, uv_async_cb run);
int __wrap_uv_async_init(uv_loop_t *loop, uv_async_t *wake, uv_async_cb run);
int
__wrap_uv_async_init(uv_loop_t *loop, uv_async_t *wake, uv_async_cb run)
{
	return grant(&wakes_left) ? __real_uv_async_init(loop, wake, run)
				  : UV_ENOMEM;
}

/* Neither the start nor what was started before it failed stays. */
static void
expect_no_start(unsigned *left)
{
	for (unsigned i = 0; i < 4; i++) {
		*left = i;
		cr_expect_eq(dt_loops_start(), DICOMTLS_E_NOMEM, "after %u", i);
		cr_expect_null(dt_loop_pick());
		cr_expect_not(dt_loops_is_last());
	}
	*left = UINT_MAX;
	cr_expect_eq(dt_loops_start(), 0);
	cr_expect(dt_loops_is_last());
	dt_loops_stop();
	cr_expect_null(dt_loop_pick());
}

Test(loop, without_a_thread_for_each_none_is_started)
{
	expect_no_start(&threads_left);
}

Test(loop, without_a_wake_up_for_each_none_is_started)
{
	expect_no_start(&wakes_left);
}

static sem_t ran;

/* A program that starts the library in a callback ends it in one. */
static void
start_and_stop(struct dt_work *work)
{
	struct task *task = (struct task *)(void *)work;

	task->at = (unsigned)dt_loops_start();
	task->on_loop = !dt_loops_is_last();
	dt_loops_stop();
	++*task->count;
	sem_post(&ran);
}

Test(loop, starts_on_a_loop_are_counted)
{
	unsigned count = 0;
	struct task task = { .work = { .run = start_and_stop },
		.count = &count };

	sem_init(&ran, 0, 0);
	cr_assert_eq(dt_loops_start(), 0);
	cr_assert(dt_loop_post(dt_loop_pick(), &task.work));
	sem_wait(&ran);
	cr_expect(dt_loops_is_last());
	dt_loops_stop();
	cr_expect_eq(count, 1);
	cr_expect_eq(task.at, 0);
	cr_expect(task.on_loop, "there were two users");
	cr_expect_null(dt_loop_pick());
}

Test(loop, a_user_without_a_loop_of_its_own_shares)
{
	struct dt_loop *first;

	cr_assert(dt_loops_set_many(true));
	cr_assert_eq(dt_loops_start(), 0);
	first = dt_loop_pick();
	cr_assert_not_null(first);
	threads_left = 0;
	cr_expect_not_null(dt_loop_pick());
	threads_left = UINT_MAX;
	dt_loops_stop();
}

Test(loop, there_is_no_loop_before_the_start_and_after_the_stop)
{
	cr_expect_null(dt_loop_pick());
	cr_assert_eq(dt_loops_start(), 0);
	cr_expect_not_null(dt_loop_pick());
	cr_expect(dt_loops_is_last());
	dt_loops_stop();
	cr_expect_null(dt_loop_pick());
}

Test(loop, starts_are_counted)
{
	cr_assert_eq(dt_loops_start(), 0);
	cr_assert_eq(dt_loops_start(), 0);
	cr_expect_not(dt_loops_is_last());
	dt_loops_stop();
	cr_expect_not_null(dt_loop_pick());
	dt_loops_stop();
	cr_expect_null(dt_loop_pick());
}

Test(loop, work_runs_on_the_loop_in_the_order_of_posting)
{
	unsigned count = 0;
	struct task tasks[50];
	struct dt_loop *loop;

	cr_assert_eq(dt_loops_start(), 0);
	loop = dt_loop_pick();
	for (size_t i = 0; i < 50; i++) {
		tasks[i] = (struct task){ .work = { .run = run_task },
			.count = &count };
		cr_assert(dt_loop_post(loop, &tasks[i].work));
	}
	dt_loops_stop(); /* waits for what was posted */
	for (size_t i = 0; i < 50; i++) {
		cr_expect_eq(tasks[i].at, i + 1);
		cr_expect(tasks[i].on_loop);
	}
	cr_expect_not(dt_loops_is_on());
}

Test(loop, a_stopped_loop_takes_no_work)
{
	unsigned count = 0;
	struct task task = { .work = { .run = run_task }, .count = &count };
	struct dt_loop *loop;

	cr_assert_eq(dt_loops_start(), 0);
	loop = dt_loop_pick();
	dt_loops_stop();
	cr_expect_not(dt_loop_post(loop, &task.work));
	cr_expect_eq(count, 0);
}

/* More than there are. */
#define USERS 100

static size_t
count_different(struct dt_loop *const *loops, size_t count)
{
	size_t different = 0;

	for (size_t i = 0; i < count; i++) {
		size_t k = 0;

		while (loops[k] != loops[i])
			k++;
		different += k == i;
	}
	return different;
}

Test(loop, a_few_serve_all)
{
	struct dt_loop *loops[USERS];

	cr_assert_eq(dt_loops_start(), 0);
	for (size_t i = 0; i < USERS; i++)
		loops[i] = dt_loop_pick();
	cr_expect_eq(count_different(loops, USERS), 4);
	dt_loops_stop();
}

Test(loop, where_there_are_many_each_user_has_its_own)
{
	struct dt_loop *loops[USERS];
	unsigned count = 0;
	struct task task = { .work = { .run = run_task }, .count = &count };

	cr_assert(dt_loops_set_many(true));
	cr_assert_eq(dt_loops_start(), 0);
	for (size_t i = 0; i < USERS; i++) {
		loops[i] = dt_loop_pick();
		cr_assert_not_null(loops[i]);
	}
	cr_expect_eq(count_different(loops, 64), 64);
	cr_expect_eq(count_different(loops, USERS), 64, "beyond, they share");
	dt_loop_release(loops[7]);
	dt_loop_release(loops[7 + 64]);
	cr_expect_eq(dt_loop_pick(), loops[7], "one that is free is taken");
	cr_expect(dt_loop_post(loops[63], &task.work), "all of them run");
	dt_loops_stop();
	cr_expect_eq(count, 1);
}

Test(loop, how_many_there_are_is_settled_before_the_start)
{
	cr_assert_eq(dt_loops_start(), 0);
	cr_expect_not(dt_loops_set_many(true));
	dt_loops_stop();
	cr_expect(dt_loops_set_many(true));
	cr_expect(dt_loops_set_many(false));
}

Test(loop, a_thread_may_stand_in_for_one_of_the_pool)
{
	cr_expect_not(dt_loops_stand_in(true));
	cr_expect(dt_loops_is_on());
	cr_expect(dt_loops_stand_in(false));
	cr_expect_not(dt_loops_is_on());
}

struct question {
	struct dt_work work;
	sigset_t mask;
};

static void
ask_mask(struct dt_work *work)
{
	struct question *question = (struct question *)(void *)work;

	pthread_sigmask(SIG_SETMASK, NULL, &question->mask);
}

/* Also SIGPIPE, which a write to a peer that is gone raises. */
Test(loop, signals_pass_by_the_loops)
{
	struct question question = { .work = { .run = ask_mask } };
	sigset_t mine;

	cr_assert_eq(dt_loops_start(), 0);
	cr_assert(dt_loop_post(dt_loop_pick(), &question.work));
	dt_loops_stop();
	cr_expect(sigismember(&question.mask, SIGPIPE));
	cr_expect(sigismember(&question.mask, SIGTERM));
	pthread_sigmask(SIG_SETMASK, NULL, &mine);
	cr_expect_not(sigismember(&mine, SIGTERM));
}

static void
fire(void *arg)
{
	struct task *task = arg;

	++*task->count;
	dt_timer_free(task->timer);
}

static void
start_timer(struct dt_work *work)
{
	struct task *task = (struct task *)(void *)work;

	task->timer = dt_timer_new(task->loop, fire, task);
	dt_timer_start(task->timer, 1);
}

static void
start_and_free_timer(struct dt_work *work)
{
	struct task *task = (struct task *)(void *)work;

	start_timer(work);
	dt_timer_free(task->timer);
}

/* The pool ends when the timer has fired and freed itself. */
static unsigned
count_fired(void (*run)(struct dt_work *work))
{
	unsigned count = 0;
	struct task task = { .work = { .run = run }, .count = &count };

	cr_assert_eq(dt_loops_start(), 0);
	task.loop = dt_loop_pick();
	cr_assert(dt_loop_post(task.loop, &task.work));
	dt_loops_stop();
	return count;
}

Test(loop, a_timer_fires_once)
{
	cr_expect_eq(count_fired(start_timer), 1);
}

Test(loop, a_freed_timer_does_not_fire)
{
	cr_expect_eq(count_fired(start_and_free_timer), 0);
}
