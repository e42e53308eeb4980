/*
 * Callbacks inside L_DicomBreathe, through ltdic.h alone: all of them come
 * there, a VERIFY that nobody answers in time is a refusal, and closing and
 * freeing work inside a callback, beside it and while nobody breathes. A plain
 * program, for sanitizers; see link.c.
 */
#include "service.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { CALLS = 8, MOMENTS = 80 };

/* With a library that was started for it. */
static void
begin(L_UINT32 answer_ms)
{
	service_hooks = (struct service_hooks){ .accepted = NULL };
	service_breathes = true;
	check_number(
	    L_DicomSetDelivery(L_DICOM_DELIVER_BY_BREATHING, answer_ms),
	    DICOM_SUCCESS, "delivery is chosen before the start");
	if (!service_start())
		check(false, "files are made");
}

static void
all_callbacks_come_inside(void)
{
	struct call calls[CALLS];
	HDICOMNET nets[CALLS];
	unsigned echoes = 0, asked = 0;

	begin(0);
	check_number(L_DicomSetDelivery(L_DICOM_DELIVER_BY_THREADS, 0),
	    DICOM_ERROR_NET_INVALID, "afterwards it is too late");
	check(call_once(&service_good).echoed, "an echo travels");
	for (int i = 0; i < CALLS; i++) {
		calls[i] = (struct call){ .error = -1 };
		nets[i] = service_client(&service_good);
		call_begin(&calls[i], nets[i]);
	}
	for (int i = 0; i < CALLS; i++) {
		call_end(&calls[i]);
		L_DicomFreeNet(nets[i]);
		echoes += calls[i].echoed;
		asked += calls[i].verified;
	}
	check_number(echoes, CALLS, "and so it does on many handles at once");
	check_number(asked, 2 * CALLS, "VERIFY is asked for root and leaf");
	check_number((long)service_verified(), 2 * CALLS + 2,
	    "and so it is at the server");
	check_number((long)service_elsewhere(), 0,
	    "every callback comes inside L_DicomBreathe");
	service_stop();
}

static HDICOMNET caller;
static struct call *calling;

/* The caller's CONNECT may come after ACCEPT; VERIFY waits for it. */
static void
wait_for_connection(void)
{
	call_await(calling, &calling->connected);
}

/* The only thread that breathes is here, and VERIFY of the caller waits. */
static void
wait_for_refusal(void)
{
	while (L_DicomGetErrorSecure(caller) == DICOM_SUCCESS)
		sched_yield();
}

static void
no_answer_is_a_refusal(void)
{
	struct call call = { .error = -1 };

	begin(1);
	service_hooks.incoming = wait_for_connection;
	service_hooks.accepted = wait_for_refusal;
	calling = &call;
	caller = service_client(&service_good);
	call_begin(&call, caller);
	call_end(&call);
	check_number((long)call.verified, 0, "a VERIFY that nobody calls");
	check_number((long)call.error,
	    DICOM_ERROR_TLS_CERTIFICATE_VERIFY_FAILED, "is a refusal");
	check(!call.echoed, "and no echo travels");
	L_DicomFreeNet(caller);
	service_stop();
}

static L_INT
accept_late(HDICOMNET net, L_INT ok)
{
	struct timespec begun, now;

	(void)net;
	(void)ok;
	clock_gettime(CLOCK_MONOTONIC, &begun);
	do
		clock_gettime(CLOCK_MONOTONIC, &now);
	while ((now.tv_sec - begun.tv_sec) * 1000000000 + now.tv_nsec -
		   begun.tv_nsec <
	       2000000);
	return 1;
}

static void
a_late_answer_is_a_refusal(void)
{
	struct call call = { .error = -1 };

	begin(1);
	service_hooks.verify = accept_late;
	caller = service_client(&service_good);
	call_begin(&call, caller);
	call_end(&call);
	check(call.verified <= 1, "an answer that comes too late is the last");
	check(!call.echoed && call.error != DICOM_SUCCESS,
	    "and a refusal, whatever it is");
	L_DicomFreeNet(caller);
	service_stop();
}

static struct call *held;

static void
finish_held(void)
{
	pthread_mutex_lock(&held->lock);
	held->over = true;
	pthread_mutex_unlock(&held->lock);
}

static void
free_inside(struct call *call)
{
	held = call;
	L_DicomFreeNet(call->net);
	finish_held();
}

static void
close_inside(struct call *call)
{
	held = call;
	L_DicomClose(call->net);
	finish_held();
}

static L_INT
close_inside_verify(HDICOMNET net, L_INT ok)
{
	if (net == caller) {
		L_DicomClose(net);
		finish_held();
	}
	return ok;
}

static void
call_and_end(const char *what)
{
	struct call call = { .error = -1 };

	held = &call;
	caller = service_client(&service_good);
	call_begin(&call, caller);
	call_end(&call);
	check_number(call.error, -1, what);
	L_DicomFreeNet(caller);
}

static void
ending_inside_a_callback(void)
{
	begin(0);
	service_hooks.echoed = free_inside;
	call_and_end("nothing follows a free inside a callback");
	service_hooks.echoed = close_inside;
	call_and_end("nothing follows a close inside a callback");
	service_hooks.echoed = NULL;
	service_hooks.verify = close_inside_verify;
	call_and_end("nor one inside VERIFY");
	service_hooks.verify = NULL;
	check(call_once(&service_good).echoed, "and others go on");
	service_stop();
}

/* One that waits for its turn while another's callback frees it. */
static HDICOMNET other;

static void
free_other(void)
{
	L_DicomFreeNet(other);
}

static void
ending_another_that_waits(void)
{
	struct call call = { .error = -1 }, lost = { .error = -1 };

	begin(0);
	service_hooks.accepted = free_other;
	other = service_client(&service_good);
	caller = service_client(&service_good);
	call_begin(&lost, other);
	call_begin(&call, caller);
	call_end(&call);
	check(call.echoed, "a callback frees another handle and goes on");
	check_number(lost.error, -1, "which hears of nothing");
	L_DicomFreeNet(caller);
	service_stop();
}

/* Whatever waits for its turn at that moment. */
static void
ending_while_nobody_breathes(void)
{
	unsigned survivors = 0;

	check_quietly();
	for (int i = 0; i < MOMENTS; i++) {
		struct call call = { .error = -1 };
		HDICOMNET net;

		begin(0);
		net = service_client(&service_good);
		call_begin(&call, net);
		for (int k = 0; k < i % 8; k++)
			service_breathe();
		for (int k = 0; k < i; k++)
			sched_yield();
		if (i % 2 == 0)
			L_DicomFreeNet(net);
		service_stop();
		L_DicomFreeNet(net);
		survivors += L_DicomGetSecureMode(net) != 0;
	}
	check_loudly();
	check_number(survivors, 0,
	    "handles are freed and the library stopped at any moment");
}

static void *
breathe_until_over(void *arg)
{
	struct call *call = arg;
	bool over = false;

	while (!over) {
		service_breathe();
		pthread_mutex_lock(&call->lock);
		over = call->over;
		pthread_mutex_unlock(&call->lock);
	}
	return NULL;
}

static void
several_threads_breathe(void)
{
	struct call call = { .error = -1 };
	pthread_t threads[3];

	begin(0);
	caller = service_client(&service_good);
	call_begin(&call, caller);
	for (int i = 0; i < 3; i++)
		pthread_create(&threads[i], NULL, breathe_until_over, &call);
	for (int i = 0; i < 3; i++)
		pthread_join(threads[i], NULL);
	call_end(&call);
	check(call.echoed, "several threads may breathe");
	check_number((long)service_elsewhere(), 0, "and no other is called");
	L_DicomFreeNet(caller);
	service_stop();
}

/* A callback that breathes lets those of other handles happen. */
static void
breathe_inside(struct call *call)
{
	struct call inner = { .error = -1 };
	HDICOMNET net = service_client(&service_good);

	service_hooks.echoed = NULL;
	call_begin(&inner, net);
	call_end(&inner);
	check(
	    inner.echoed, "a callback may breathe until another link is over");
	L_DicomFreeNet(net);
	L_DicomSendReleaseRequest(call->net);
}

static void
breathing_inside_a_callback(void)
{
	struct call call = { .error = -1 };

	begin(0);
	service_hooks.echoed = breathe_inside;
	caller = service_client(&service_good);
	call_begin(&call, caller);
	call_end(&call);
	check(call.echoed && call.error == 0, "and its own goes on then");
	L_DicomFreeNet(caller);
	service_stop();
}

static void
wrong_arguments(void)
{
	check_number(L_DicomSetDelivery(2, 0), DICOM_ERROR_RANGE,
	    "there are two ways of delivery");
	check_number(L_DicomSetDelivery(L_DICOM_DELIVER_BY_THREADS, 0),
	    DICOM_SUCCESS, "the default can be chosen again");
	service_breathes = false;
	service_hooks = (struct service_hooks){ .accepted = NULL };
	if (!service_start())
		check(false, "files are made");
	check(
	    call_once(&service_good).echoed, "and then nobody has to breathe");
	service_stop();
}

int
main(void)
{
	alarm(300);
	all_callbacks_come_inside();
	no_answer_is_a_refusal();
	a_late_answer_is_a_refusal();
	ending_inside_a_callback();
	ending_another_that_waits();
	ending_while_nobody_breathes();
	several_threads_breathe();
	breathing_inside_a_callback();
	wrong_arguments();
	return check_end();
}
