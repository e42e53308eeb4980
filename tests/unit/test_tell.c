/* On which thread callbacks are called, and who waits for whom. A link is only
 * compared here, never looked into. */
#include "ltdic/tell.h"

#include "ltdic/net.h"
#include "net/loop.h"
#include "service.h"

#include <criterion/criterion.h>
#include <sched.h>

static char links[2];
#define LINK ((struct dt_link *)&links[0])
#define OTHER_LINK ((struct dt_link *)&links[1])

/* One call, and what became of it. */
struct told {
	struct dt_net *net;
	struct dt_link *link;
	bool asks;
	unsigned count;
	pthread_t where;
	bool stands_in;
	bool answered;
	atomic_bool returned;
};

static L_VOID EXT_CALLBACK
on_close(HDICOMNET hNet, L_INT nError, HDICOMNET hPeer, L_VOID *pUserData)
{
	(void)hNet;
	(void)nError;
	(void)hPeer;
	(void)pUserData;
}

static void
note(const DICOMNETCALLBACK *table, void *arg)
{
	struct told *told = arg;

	(void)table;
	told->count++;
	told->where = pthread_self();
	told->stands_in = dt_loops_is_on();
}

static void *
tell(void *arg)
{
	struct told *told = arg;

	if (told->asks)
		told->answered = dt_ask(told->net, told->link, note, told);
	else
		dt_tell(
		    told->net, told->link, DT_CALLBACK(pfnClose), note, told);
	atomic_store(&told->returned, true);
	return NULL;
}

static struct dt_net *
make_net(void)
{
	struct dt_net *net = dt_net_new(DICOM_SECURE_NONE, NULL);

	cr_assert_not_null(net);
	net->link = LINK;
	net->callbacks.pfnClose = on_close;
	return net;
}

static void
free_net(struct dt_net *net)
{
	net->link = NULL;
	dt_net_unref(net);
}

static void
choose(L_UINT delivery, L_UINT32 milliseconds)
{
	cr_assert_eq(L_DicomSetDelivery(delivery, milliseconds), DICOM_SUCCESS);
}

Test(tell, calls_on_the_thread_that_tells_by_default)
{
	struct told told = { .net = make_net(), .link = LINK };

	tell(&told);
	cr_expect_eq(told.count, 1);
	cr_expect(pthread_equal(told.where, pthread_self()));
	free_net(told.net);
}

Test(tell, calls_where_somebody_breathes)
{
	struct told told = { .net = make_net(), .link = LINK };
	pthread_t thread;

	choose(L_DICOM_DELIVER_BY_BREATHING, 0);
	pthread_create(&thread, NULL, tell, &told);
	while (!atomic_load(&told.returned))
		L_DicomBreathe();
	pthread_join(thread, NULL);
	cr_expect_eq(told.count, 1);
	cr_expect(pthread_equal(told.where, pthread_self()));
	cr_expect(told.stands_in, "it stands in for the one that waits");
	cr_expect_not(dt_loops_is_on(), "and no longer");
	free_net(told.net);
}

Test(tell, waits_for_nobody_where_there_is_no_callback)
{
	struct told told = { .net = make_net(), .link = LINK };

	choose(L_DICOM_DELIVER_BY_BREATHING, 0);
	told.net->callbacks.pfnClose = NULL;
	tell(&told);
	cr_expect_eq(told.count, 0);
	free_net(told.net);
}

Test(tell, tells_nobody_about_a_link_that_is_not_the_handles)
{
	struct told told = { .net = make_net(), .link = OTHER_LINK };

	choose(L_DICOM_DELIVER_BY_BREATHING, 0);
	tell(&told);
	choose(L_DICOM_DELIVER_BY_THREADS, 0);
	tell(&told);
	cr_expect_eq(told.count, 0);
	free_net(told.net);
}

/* Whether the call waits already or is about to. */
Test(tell, gives_up_what_waits_when_the_link_is_taken_away)
{
	struct told told = { .net = make_net(), .link = LINK };
	pthread_t thread;

	choose(L_DICOM_DELIVER_BY_BREATHING, 0);
	pthread_create(&thread, NULL, tell, &told);
	pthread_mutex_lock(&told.net->lock);
	told.net->link = NULL;
	pthread_mutex_unlock(&told.net->lock);
	dt_tell_nobody(told.net, OTHER_LINK);
	dt_tell_nobody(told.net, LINK);
	pthread_join(thread, NULL);
	cr_expect_eq(told.count, 0);
	L_DicomBreathe();
	cr_expect_eq(told.count, 0, "nor later");
	free_net(told.net);
}

Test(ask, is_answered_where_somebody_breathes)
{
	struct told told = { .net = make_net(), .link = LINK, .asks = true };
	pthread_t thread;

	choose(L_DICOM_DELIVER_BY_BREATHING, 0);
	pthread_create(&thread, NULL, tell, &told);
	while (!atomic_load(&told.returned))
		L_DicomBreathe();
	pthread_join(thread, NULL);
	cr_expect_eq(told.count, 1);
	cr_expect(told.answered);
	free_net(told.net);
}

Test(ask, has_no_answer_where_nobody_breathes)
{
	struct told told = { .net = make_net(), .link = LINK, .asks = true };

	choose(L_DICOM_DELIVER_BY_BREATHING, 1);
	tell(&told);
	cr_expect_not(told.answered);
	cr_expect_eq(told.count, 0);
	L_DicomBreathe();
	cr_expect_eq(told.count, 0, "and it is not asked any more");
	free_net(told.net);
}

Test(ask, has_no_answer_once_the_link_is_gone)
{
	struct told told = {
		.net = make_net(), .link = OTHER_LINK, .asks = true
	};

	tell(&told);
	cr_expect_not(told.answered);
	choose(L_DICOM_DELIVER_BY_BREATHING, 0);
	tell(&told);
	cr_expect_not(told.answered);
	free_net(told.net);
}

Test(delivery, cannot_change_while_the_library_runs)
{
	cr_assert_eq(L_DicomStartUp(), DICOM_SUCCESS);
	cr_expect_eq(L_DicomSetDelivery(L_DICOM_DELIVER_BY_BREATHING, 0),
	    DICOM_ERROR_NET_INVALID);
	L_DicomShutDown();
	cr_expect_eq(
	    L_DicomSetDelivery(L_DICOM_DELIVER_BY_BREATHING, 0), DICOM_SUCCESS);
	cr_expect_eq(L_DicomSetDelivery(7, 0), DICOM_ERROR_RANGE);
}

static HDICOMNET caller;
static struct call *calling;

/* The caller's CONNECT may come after ACCEPT; VERIFY waits for it. */
static void
wait_for_connection(void)
{
	call_await(calling, &calling->connected);
}

static void
wait_for_refusal(void)
{
	while (L_DicomGetErrorSecure(caller) == DICOM_SUCCESS)
		sched_yield();
}

Test(delivery, a_refusal_for_want_of_an_answer_is_explained)
{
	struct call call = { .error = -1 };
	struct dt_session_report report;

	choose(L_DICOM_DELIVER_BY_BREATHING, 1);
	service_breathes = true;
	cr_assert(service_start());
	/* Nobody else breathes while this runs. */
	service_hooks.incoming = wait_for_connection;
	service_hooks.accepted = wait_for_refusal;
	calling = &call;
	caller = service_client(&service_good);
	call_begin(&call, caller);
	call_end(&call);
	cr_expect_eq(call.error, DICOM_ERROR_TLS_CERTIFICATE_VERIFY_FAILED);
	cr_assert_eq(dt_net_get_session_report(caller, &report), DICOM_SUCCESS);
	cr_expect_not_null(strstr(report.message.text, "L_DicomBreathe"), "%s",
	    report.message.text);
	L_DicomFreeNet(caller);
	service_stop();
}
