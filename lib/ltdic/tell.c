/* Calls handed from loop threads to threads of the program; see tell.h. */
#include "ltdic/tell.h"

#include "ltdic/net.h"

#include "base/limits.h"
#include "net/loop.h"

#include <sched.h>
#include <string.h>
#include <time.h>

/* How long L_DicomBreathe waits for something to do: a program that calls it
 * in a loop keeps no processor busy. */
#define BREATH_MS 10

#define NONE SIZE_MAX

enum state { WAITING, RUNNING, OVER };

/* A call on its way; it lies on the stack of the loop thread that waits. */
struct errand {
	struct errand *next;
	struct dt_net *net;
	struct dt_link *link;
	size_t callback; /* in the table; NONE: not there */
	dt_tell_fn tell;
	void *arg;
	enum state state;
	bool made; /* the link was still the handle's */
	pthread_cond_t changed;
};

static atomic_bool by_breathing;
static atomic_uint answer_ms = DT_ANSWER_MS;

/* Held for a moment only, never with another. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_cond_t arrived;
static struct errand *first;
static struct errand **last = &first;

/* The clock that nobody sets. */
static void
make_condition(pthread_cond_t *condition)
{
	pthread_condattr_t attributes;

	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(condition, &attributes);
	pthread_condattr_destroy(&attributes);
}

static void
prepare(void)
{
	make_condition(&arrived);
}

static struct timespec
time_from_now(unsigned milliseconds)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	time.tv_sec += milliseconds / 1000;
	time.tv_nsec += (long)(milliseconds % 1000) * 1000000;
	if (time.tv_nsec >= 1000000000) {
		time.tv_sec++;
		time.tv_nsec -= 1000000000;
	}
	return time;
}

static bool
is_past(const struct timespec *time)
{
	const struct timespec now = time_from_now(0);

	return now.tv_sec > time->tv_sec ||
	       (now.tv_sec == time->tv_sec && now.tv_nsec >= time->tv_nsec);
}

/* Under the lock; false if somebody has taken it already. */
static bool
take_out(const struct errand *errand)
{
	struct errand **at = &first;

	while (*at != NULL && *at != errand)
		at = &(*at)->next;
	if (*at == NULL)
		return false;
	*at = errand->next;
	if (*at == NULL)
		last = at;
	return true;
}

/* Under the lock. */
static void
give_up(struct errand *errand)
{
	if (!take_out(errand))
		return;
	errand->state = OVER;
	pthread_cond_signal(&errand->changed);
}

static void
put(struct errand *errand)
{
	pthread_mutex_lock(&lock);
	errand->next = NULL;
	*last = errand;
	last = &errand->next;
	pthread_cond_signal(&arrived);
	pthread_mutex_unlock(&lock);
}

static bool
is_current(struct dt_net *net, const struct dt_link *link)
{
	bool current;

	pthread_mutex_lock(&net->lock);
	current = !net->freed && net->link == link;
	pthread_mutex_unlock(&net->lock);
	return current;
}

/* Until it is over, or nobody has begun it at that time (NULL: never). */
static void
wait_for(struct errand *errand, const struct timespec *end)
{
	/* Who detached the link before it was put did not find it. */
	const bool current = is_current(errand->net, errand->link);

	pthread_mutex_lock(&lock);
	if (!current)
		give_up(errand);
	while (errand->state != OVER) {
		if (end == NULL || errand->state == RUNNING)
			pthread_cond_wait(&errand->changed, &lock);
		else if (pthread_cond_timedwait(&errand->changed, &lock, end) !=
			 0)
			give_up(errand);
	}
	pthread_mutex_unlock(&lock);
}

bool
dt_has_callback(const DICOMNETCALLBACK *table, size_t callback)
{
	void (*function)(void);

	memcpy(&function, (const char *)table + callback, sizeof(function));
	return function != NULL;
}

/* Here and now; with another table than a moment ago perhaps. */
static void
make_call(struct errand *errand)
{
	const size_t callback = errand->callback;
	DICOMNETCALLBACK table;

	errand->made = dt_net_enter(errand->net, errand->link, &table);
	if (!errand->made)
		return;
	if (callback == NONE || dt_has_callback(&table, callback))
		errand->tell(&table, errand->arg);
	dt_net_leave(errand->net);
}

static void
hand_over(struct errand *errand, const struct timespec *end)
{
	pthread_once(&once, prepare);
	make_condition(&errand->changed);
	put(errand);
	wait_for(errand, end);
	pthread_cond_destroy(&errand->changed);
}

static bool
is_wanted(struct dt_net *net, size_t callback)
{
	bool wanted;

	pthread_mutex_lock(&net->lock);
	wanted = dt_has_callback(&net->callbacks, callback);
	pthread_mutex_unlock(&net->lock);
	return wanted;
}

void
dt_tell(struct dt_net *net, struct dt_link *link, size_t callback,
    dt_tell_fn tell, void *arg)
{
	struct errand errand = { .net = net,
		.link = link,
		.callback = callback,
		.tell = tell,
		.arg = arg };

	if (!is_wanted(net, callback))
		return;
	if (atomic_load(&by_breathing))
		hand_over(&errand, NULL);
	else
		make_call(&errand);
}

bool
dt_ask(struct dt_net *net, struct dt_link *link, dt_tell_fn ask, void *arg)
{
	const struct timespec end = time_from_now(atomic_load(&answer_ms));
	struct errand errand = { .net = net,
		.link = link,
		.callback = NONE,
		.tell = ask,
		.arg = arg };

	if (!atomic_load(&by_breathing)) {
		make_call(&errand);
		return errand.made;
	}
	hand_over(&errand, &end);
	return errand.made && !is_past(&end);
}

void
dt_tell_nobody(const struct dt_net *net, const struct dt_link *link)
{
	struct errand *errand, *next;

	pthread_mutex_lock(&lock);
	for (errand = first; errand != NULL; errand = next) {
		next = errand->next;
		if (errand->net == net && errand->link == link)
			give_up(errand);
	}
	pthread_mutex_unlock(&lock);
}

/* The first that waits, now under way; NULL if there is none. */
static struct errand *
take_first(void)
{
	struct errand *errand;

	pthread_mutex_lock(&lock);
	errand = first;
	if (errand != NULL) {
		take_out(errand);
		errand->state = RUNNING;
	}
	pthread_mutex_unlock(&lock);
	return errand;
}

static void
run(struct errand *errand)
{
	const bool before = dt_loops_stand_in(true);

	make_call(errand);
	dt_loops_stand_in(before);
	pthread_mutex_lock(&lock);
	errand->state = OVER;
	pthread_cond_signal(&errand->changed);
	pthread_mutex_unlock(&lock);
}

static void
await_errand(void)
{
	const struct timespec end = time_from_now(BREATH_MS);
	int rc = 0;

	pthread_mutex_lock(&lock);
	while (first == NULL && rc == 0)
		rc = pthread_cond_timedwait(&arrived, &lock, &end);
	pthread_mutex_unlock(&lock);
}

/* One after the other for a while: who is told has often something to send,
 * and is told of it soon. Inside a callback nothing is waited for. */
static void
breathe(void)
{
	const struct timespec end = time_from_now(BREATH_MS);
	struct errand *errand;

	pthread_once(&once, prepare);
	if (!dt_loops_is_on())
		await_errand();
	while ((errand = take_first()) != NULL) {
		run(errand);
		if (is_past(&end))
			break;
	}
}

L_VOID
L_DicomBreathe(L_VOID)
{
	if (atomic_load(&by_breathing))
		breathe();
	else
		sched_yield();
}

L_INT
L_DicomSetDelivery(L_UINT nDelivery, L_UINT32 nMilliseconds)
{
	if (nDelivery != L_DICOM_DELIVER_BY_THREADS &&
	    nDelivery != L_DICOM_DELIVER_BY_BREATHING)
		return DICOM_ERROR_RANGE;
	if (!dt_loops_set_many(nDelivery == L_DICOM_DELIVER_BY_BREATHING))
		return DICOM_ERROR_NET_INVALID;
	atomic_store(&answer_ms,
	    nMilliseconds == 0 ? (unsigned)DT_ANSWER_MS : nMilliseconds);
	atomic_store(&by_breathing, nDelivery == L_DICOM_DELIVER_BY_BREATHING);
	return DICOM_SUCCESS;
}
