/*
 * A small pool of libuv loops, one thread each, and the only way onto them.
 *
 * Threading rules, for everything above:
 *
 *  1. Whatever belongs to a connection (socket, timers, TLS session, protocol
 *     state) is touched by one thread only, that of the loop it was given
 *     when it was made. It therefore needs no lock.
 *  2. Any other thread asks for a change by posting work. Work posted to one
 *     loop runs in the order of posting, on its thread.
 *  3. No thread ever waits for a loop. What a caller must know at once (the
 *     port of a listener, whether a file can be read) is found out on the
 *     caller's thread, before anything is posted; the rest is reported by
 *     callback. Two loops can therefore never wait for each other.
 *  4. No lock is held while work, a callback of the program or a TLS function
 *     runs. The lock of a loop covers its queue and nothing else.
 *  5. Nothing on a loop thread blocks but for the program: a callback that
 *     does, and one that waits for its turn on a thread of the program
 *     (ltdic/tell.h), delay the connections of its loop, and no other. Where
 *     they wait for a turn there are many loops.
 *
 * A loop whose pool is stopped takes no more work and ends when the last of
 * its sockets and timers has closed itself.
 */
#ifndef DICOMTLS_NET_LOOP_H
#define DICOMTLS_NET_LOOP_H

#include <stdbool.h>

struct dt_loop;

/* Starts and stops are counted: the first start makes the threads, the last
 * stop waits for them. 0 or DICOMTLS_E_NOMEM; failing starts do not count. */
int dt_loops_start(void);

/* A thread cannot wait for itself: the last stop on a loop thread counts, but
 * the threads stay until a stop from elsewhere or the end of the process. */
void dt_loops_stop(void);
/* True if the next stop is the last one. */
bool dt_loops_is_last(void);

/* True on any thread of the pool. */
bool dt_loops_is_on(void);
/* Makes this thread stand in for one of the pool, or no longer: one of the
 * pool waits for it. Returns what was before. */
bool dt_loops_stand_in(bool does);

/* Before the first start, or after the last stop: a loop for each user, as
 * far as that goes, or a few for all. False: it is too late. */
bool dt_loops_set_many(bool many);

/* The loop whose turn it is; NULL while the pool is not started. Loops are
 * never freed, so that the pointer stays good to post to. Release it when
 * nothing is posted any more. */
struct dt_loop *dt_loop_pick(void);
void dt_loop_release(struct dt_loop *loop);

/* A piece of work, embedded in what it works on, so that posting cannot run
 * out of memory. It may be posted again once it runs. */
struct dt_work {
	struct dt_work *next;
	void (*run)(struct dt_work *work);
};

/* False if the loop has ended: the work was not taken and will not run. */
bool dt_loop_post(struct dt_loop *loop, struct dt_work *work);

/*
 * Timers, on the thread of their loop. A timer that is started again begins
 * anew; a freed one does not fire.
 */
struct dt_timer;

/* NULL if there is no memory. */
struct dt_timer *dt_timer_new(
    struct dt_loop *loop, void (*fire)(void *arg), void *arg);
void dt_timer_start(struct dt_timer *timer, unsigned milliseconds);
void dt_timer_stop(struct dt_timer *timer);
void dt_timer_free(struct dt_timer *timer);

#endif
