/* The pool of loop threads, posted work and timers; see loop.h. */
#include "net/loop.h"

#include "net/uv_loop.h"

#include "dicomtls.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

/* Enough to keep a slow callback from delaying everybody; connections are
 * cheap, threads are not. */
#define LOOPS 4
/* Where callbacks wait for a thread of the program. They are started when they
 * are needed. */
#define MANY_LOOPS 64
/* Descriptors of a loop by twos: it has four, and the first one makes libuv
 * open two. */
#define PIPES_OF_LOOP 3

struct dt_loop {
	uv_loop_t uv;
	uv_async_t wake;
	pthread_t thread;
	uint8_t input[DT_LOOP_INPUT];

	pthread_mutex_t lock; /* the fields below */
	struct dt_work *first;
	struct dt_work **last;
	bool open;
	bool stopping;

	/* Of the pool's lock. */
	bool started;
	unsigned users;
};

static struct dt_loop loops[MANY_LOOPS];
static pthread_once_t pool_once = PTHREAD_ONCE_INIT;
/* Held while threads are started and waited for; never taken on a loop that
 * has anything left to do, so that waiting cannot wait for itself. */
static pthread_mutex_t life_lock = PTHREAD_MUTEX_INITIALIZER;
static bool running;
/* Held for a moment only. */
static pthread_mutex_t pool_lock = PTHREAD_MUTEX_INITIALIZER;
static unsigned pool_count; /* starts without their stop */
static unsigned pool_turn;
static unsigned pool_size = LOOPS;
static _Thread_local bool on_loop;

static void
prepare_pool(void)
{
	for (size_t i = 0; i < MANY_LOOPS; i++)
		pthread_mutex_init(&loops[i].lock, NULL);
}

/* Takes the oldest work. When there is none and the loop is to stop, it
 * closes the queue in the same breath, so that nothing can slip in between. */
static struct dt_work *
take_work(struct dt_loop *loop)
{
	struct dt_work *work;

	pthread_mutex_lock(&loop->lock);
	work = loop->first;
	if (work != NULL) {
		loop->first = work->next;
		if (loop->first == NULL)
			loop->last = &loop->first;
	} else if (loop->stopping) {
		loop->open = false;
	}
	pthread_mutex_unlock(&loop->lock);
	return work;
}

static bool
is_open(struct dt_loop *loop)
{
	bool open;

	pthread_mutex_lock(&loop->lock);
	open = loop->open;
	pthread_mutex_unlock(&loop->lock);
	return open;
}

static void
run_queue(uv_async_t *wake)
{
	struct dt_loop *loop = wake->data;
	struct dt_work *work;

	while ((work = take_work(loop)) != NULL)
		work->run(work);
	if (!is_open(loop) && !uv_is_closing((uv_handle_t *)wake))
		uv_close((uv_handle_t *)wake, NULL);
}

static void *
run_loop(void *arg)
{
	struct dt_loop *loop = arg;

	on_loop = true;
	uv_run(&loop->uv, UV_RUN_DEFAULT);
	uv_loop_close(&loop->uv);
	return NULL;
}

/* A thread that signals pass by: the program's handlers run on the program's
 * threads, and a peer that is gone does not end it by SIGPIPE, which libuv's
 * writes raise. Not so a fault of the thread itself: what follows is undefined
 * where it is blocked, and nobody would learn the place. */
static int
start_thread(struct dt_loop *loop)
{
	static const int faults[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP,
		SIGABRT, SIGSYS };
	sigset_t all, before;
	int rc;

	sigfillset(&all);
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
		sigdelset(&all, faults[i]);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	rc = pthread_create(&loop->thread, NULL, run_loop, loop);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return rc;
}

/* Where descriptors run out, libuv's first loop ends the process and later
 * ones lose some: none is begun unless there are enough. */
static bool
has_descriptors(void)
{
	int ends[PIPES_OF_LOOP][2];
	int pipes = 0;

	while (pipes < PIPES_OF_LOOP && pipe(ends[pipes]) == 0)
		pipes++;
	for (int i = 0; i < pipes; i++) {
		close(ends[i][0]);
		close(ends[i][1]);
	}
	return pipes == PIPES_OF_LOOP;
}

static int
start_loop(struct dt_loop *loop)
{
	if (!has_descriptors() || uv_loop_init(&loop->uv) != 0)
		return DICOMTLS_E_NOMEM;
	if (uv_async_init(&loop->uv, &loop->wake, run_queue) != 0) {
		uv_loop_close(&loop->uv);
		return DICOMTLS_E_NOMEM;
	}
	loop->wake.data = loop;
	pthread_mutex_lock(&loop->lock);
	loop->first = NULL;
	loop->last = &loop->first;
	loop->open = true;
	loop->stopping = false;
	pthread_mutex_unlock(&loop->lock);
	if (start_thread(loop) == 0)
		return 0;
	loop->open = false;
	uv_close((uv_handle_t *)&loop->wake, NULL);
	uv_run(&loop->uv, UV_RUN_DEFAULT);
	uv_loop_close(&loop->uv);
	return DICOMTLS_E_NOMEM;
}

static void
stop_loop(struct dt_loop *loop)
{
	pthread_mutex_lock(&loop->lock);
	loop->stopping = true;
	/* Under the lock: the loop closes its wake-up only after it saw the
	 * queue empty and stopping set. */
	uv_async_send(&loop->wake);
	pthread_mutex_unlock(&loop->lock);
}

/* No loop is started meanwhile: the pool has no user. */
static void
stop_all(void)
{
	for (size_t i = 0; i < MANY_LOOPS; i++)
		if (loops[i].started)
			stop_loop(&loops[i]);
	for (size_t i = 0; i < MANY_LOOPS; i++) {
		if (loops[i].started)
			pthread_join(loops[i].thread, NULL);
		loops[i].started = false;
	}
}

static int
start_first(size_t count)
{
	pthread_once(&pool_once, prepare_pool);
	for (size_t i = 0; i < count; i++) {
		int rc = start_loop(&loops[i]);

		if (rc != 0) {
			stop_all();
			return rc;
		}
		loops[i].started = true;
	}
	running = true;
	return 0;
}

static unsigned
change_count(int change)
{
	unsigned count;

	pthread_mutex_lock(&pool_lock);
	if (change > 0)
		pool_count++;
	else if (change < 0 && pool_count > 0)
		pool_count--;
	count = pool_count;
	pthread_mutex_unlock(&pool_lock);
	return count;
}

int
dt_loops_start(void)
{
	int rc = 0;

	if (on_loop) {
		change_count(1);
		return 0;
	}
	pthread_mutex_lock(&life_lock);
	if (!running)
		rc = start_first(pool_size == MANY_LOOPS ? 1 : pool_size);
	if (rc == 0)
		change_count(1);
	pthread_mutex_unlock(&life_lock);
	return rc;
}

void
dt_loops_stop(void)
{
	if (on_loop) {
		change_count(-1);
		return;
	}
	pthread_mutex_lock(&life_lock);
	if (change_count(-1) == 0 && running) {
		stop_all();
		running = false;
	}
	pthread_mutex_unlock(&life_lock);
}

bool
dt_loops_is_last(void)
{
	return change_count(0) == 1;
}

bool
dt_loops_is_on(void)
{
	return on_loop;
}

bool
dt_loops_stand_in(bool does)
{
	bool before = on_loop;

	on_loop = does;
	return before;
}

bool
dt_loops_set_many(bool many)
{
	bool early;

	pthread_mutex_lock(&life_lock);
	early = !running;
	if (early)
		pool_size = many ? MANY_LOOPS : LOOPS;
	pthread_mutex_unlock(&life_lock);
	return early;
}

/* Under the lock. One that nobody uses, if there is one and it starts. */
static struct dt_loop *
find_free(void)
{
	for (size_t i = 0; i < MANY_LOOPS; i++) {
		if (loops[i].users > 0)
			continue;
		if (!loops[i].started)
			loops[i].started = start_loop(&loops[i]) == 0;
		return loops[i].started ? &loops[i] : NULL;
	}
	return NULL;
}

/* Under the lock. The first is always there. */
static struct dt_loop *
take_turn(void)
{
	struct dt_loop *loop = &loops[pool_turn++ % pool_size];

	return loop->started ? loop : &loops[0];
}

struct dt_loop *
dt_loop_pick(void)
{
	struct dt_loop *loop = NULL;

	pthread_mutex_lock(&pool_lock);
	if (pool_count > 0 && pool_size == MANY_LOOPS)
		loop = find_free();
	if (pool_count > 0 && loop == NULL)
		loop = take_turn();
	if (loop != NULL)
		loop->users++;
	pthread_mutex_unlock(&pool_lock);
	return loop;
}

void
dt_loop_release(struct dt_loop *loop)
{
	if (loop == NULL)
		return;
	pthread_mutex_lock(&pool_lock);
	loop->users--;
	pthread_mutex_unlock(&pool_lock);
}

bool
dt_loop_post(struct dt_loop *loop, struct dt_work *work)
{
	bool open;

	pthread_mutex_lock(&loop->lock);
	open = loop->open;
	if (open) {
		work->next = NULL;
		*loop->last = work;
		loop->last = &work->next;
		uv_async_send(&loop->wake);
	}
	pthread_mutex_unlock(&loop->lock);
	return open;
}

uv_loop_t *
dt_loop_uv(struct dt_loop *loop)
{
	return &loop->uv;
}

uint8_t *
dt_loop_input(struct dt_loop *loop)
{
	return loop->input;
}

struct dt_timer {
	uv_timer_t uv;
	void (*fire)(void *arg);
	void *arg;
};

static void
fire_timer(uv_timer_t *uv)
{
	struct dt_timer *timer = uv->data;

	timer->fire(timer->arg);
}

static void
free_timer(uv_handle_t *uv)
{
	free(uv->data);
}

struct dt_timer *
dt_timer_new(struct dt_loop *loop, void (*fire)(void *arg), void *arg)
{
	struct dt_timer *timer = calloc(1, sizeof(*timer));

	if (timer == NULL)
		return NULL;
	uv_timer_init(&loop->uv, &timer->uv);
	timer->uv.data = timer;
	timer->fire = fire;
	timer->arg = arg;
	return timer;
}

void
dt_timer_start(struct dt_timer *timer, unsigned milliseconds)
{
	/* Callbacks of the program may have taken long since the loop last
	 * looked at the clock. */
	uv_update_time(timer->uv.loop);
	uv_timer_start(&timer->uv, fire_timer, milliseconds, 0);
}

void
dt_timer_stop(struct dt_timer *timer)
{
	uv_timer_stop(&timer->uv);
}

void
dt_timer_free(struct dt_timer *timer)
{
	if (timer != NULL)
		uv_close((uv_handle_t *)&timer->uv, free_timer);
}
