/*
 * One association of an SCU; see scu.h. Callbacks come from the library's
 * threads and only move a small record on; the thread of scu_run waits for
 * its end or for the time limit.
 */
#include "tools/scu.h"

#include "tools/failure.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* How often a watcher is called, in nanoseconds. */
#define WATCH_NS 100000000L
#define SECOND_NS 1000000000L

struct scu {
	atomic_uint users; /* scu_run, and streams that outlive it */
	const struct scu_request *request;
	struct endpoint endpoint;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct timespec moved; /* when the time limit started */
	bool done;
	struct result result;
};

void *
scu_arg(const struct scu *scu)
{
	return scu->request->arg;
}

void
scu_move(struct scu *scu)
{
	pthread_mutex_lock(&scu->lock);
	clock_gettime(CLOCK_MONOTONIC, &scu->moved);
	pthread_mutex_unlock(&scu->lock);
}

void
scu_reach(struct scu *scu, enum report_stage stage)
{
	pthread_mutex_lock(&scu->lock);
	if (!scu->done)
		scu->result.stage = stage;
	pthread_mutex_unlock(&scu->lock);
}

void
scu_finish(struct scu *scu, HDICOMNET handle, bool ok, const char *format, ...)
{
	va_list args;

	pthread_mutex_lock(&scu->lock);
	if (scu->done)
		goto out;
	scu->done = true;
	scu->result.ok = ok;
	if (ok || scu->result.stage == REPORT_TCP ||
	    !endpoint_explain(&scu->endpoint, handle, &scu->result)) {
		va_start(args, format);
		vsnprintf(
		    scu->result.text, sizeof(scu->result.text), format, args);
		va_end(args);
	}
	pthread_cond_signal(&scu->changed);
out:
	pthread_mutex_unlock(&scu->lock);
}

static L_VOID EXT_CALLBACK
on_connect(HDICOMNET handle, L_INT error, L_VOID *arg)
{
	struct scu *scu = arg;
	struct dt_message why;
	const char *advice;

	if (error == DICOM_SUCCESS) {
		scu_reach(scu, REPORT_TLS);
		return;
	}
	endpoint_last_message(handle, error, &why);
	advice = failure_advice(error);
	scu_finish(scu, handle, false, "%s port %u: %s (code %d)%s%s",
	    scu->request->host, scu->request->port, why.text, error,
	    advice == NULL ? "" : "; to mend it, ",
	    advice == NULL ? "" : advice);
}

static int
send_request(const struct scu_request *request, HDICOMNET handle)
{
	HDICOMPDU association = L_DicomCreateAssociate(L_TRUE);
	int code;

	if (association == NULL)
		return DICOM_ERROR_MEMORY;
	code = request->service->propose(association, request->arg);
	if (code == DICOM_SUCCESS)
		code =
		    L_DicomSetCalling(association, (L_TCHAR *)request->calling);
	if (code == DICOM_SUCCESS)
		code =
		    L_DicomSetCalled(association, (L_TCHAR *)request->called);
	if (code == DICOM_SUCCESS)
		code = L_DicomSendAssociateRequest(handle, association);
	L_DicomFreeAssociate(association);
	return code;
}

static L_VOID EXT_CALLBACK
on_secure_link(HDICOMNET handle, L_UINT32 error, L_VOID *arg)
{
	struct scu *scu = arg;
	int code;

	if (error != DICOM_SUCCESS) {
		scu_finish(scu, handle, false,
		    "the TLS handshake failed%s (code %u)",
		    failure_reason((L_INT)error), error);
		return;
	}
	scu_reach(scu, REPORT_ASSOCIATION);
	code = send_request(scu->request, handle);
	if (code != DICOM_SUCCESS)
		scu_finish(scu, handle, false,
		    "the association could not be asked for%s (code %d)",
		    failure_reason(code), code);
}

static L_VOID EXT_CALLBACK
on_accept(HDICOMNET handle, HDICOMPDU answer, L_VOID *arg)
{
	struct scu *scu = arg;

	scu->request->service->start(scu, handle, answer);
}

static L_VOID EXT_CALLBACK
on_reject(HDICOMNET handle, L_UCHAR outcome, L_UCHAR source, L_UCHAR reason,
    L_VOID *arg)
{
	char text[512];

	failure_of_rejection(outcome, source, reason, text, sizeof(text));
	scu_finish(arg, handle, false, "%s", text);
}

static L_VOID EXT_CALLBACK
on_released(HDICOMNET handle, L_VOID *arg)
{
	struct scu *scu = arg;
	char session[128], text[128];
	bool ok;

	endpoint_describe(handle, session, sizeof(session));
	ok = scu->request->service->conclude(scu, text, sizeof(text));
	scu_finish(scu, handle, ok, "%s over %s", text, session);
}

static L_VOID EXT_CALLBACK
on_abort(HDICOMNET handle, L_UCHAR source, L_UCHAR reason, L_VOID *arg)
{
	char text[512];

	failure_of_abort(source, reason, text, sizeof(text));
	scu_finish(arg, handle, false, "%s", text);
}

static L_VOID EXT_CALLBACK
on_close(HDICOMNET handle, L_INT error, HDICOMNET peer, L_VOID *arg)
{
	struct dt_message why;
	const char *advice = failure_advice(error);

	(void)peer;
	endpoint_last_message(handle, error, &why);
	scu_finish(arg, handle, false, "%s (code %d)%s%s",
	    error == DICOM_SUCCESS ? "the peer closed the connection"
				   : why.text,
	    error, advice == NULL ? "" : "; to mend it, ",
	    advice == NULL ? "" : advice);
}

static void
set_callbacks(struct scu *scu, HDICOMNET handle)
{
	DICOMNETCALLBACK callbacks = {
		.pfnConnect = on_connect,
		.pfnClose = on_close,
		.pfnReceiveAssociateAccept = on_accept,
		.pfnReceiveAssociateReject = on_reject,
		.pfnReceiveReleaseResponse = on_released,
		.pfnReceiveAbort = on_abort,
		.pfnOnSecureLinkReady = on_secure_link,
		.pUserData = scu,
	};

	scu->request->service->install(&callbacks);
	L_DicomSetCallback(handle, &callbacks);
}

static struct timespec
later(struct timespec time, long seconds, long nanoseconds)
{
	time.tv_nsec += nanoseconds;
	time.tv_sec += seconds + time.tv_nsec / SECOND_NS;
	time.tv_nsec %= SECOND_NS;
	return time;
}

static bool
is_past(struct timespec deadline)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec > deadline.tv_sec ||
	       (now.tv_sec == deadline.tv_sec &&
		   now.tv_nsec >= deadline.tv_nsec);
}

/* Waits for the end, for the watcher's turn, or for the deadline. */
static void
wait_once(struct scu *scu, struct timespec until)
{
	if (scu->request->watch != NULL) {
		clock_gettime(CLOCK_MONOTONIC, &until);
		until = later(until, 0, WATCH_NS);
	}
	pthread_cond_timedwait(&scu->changed, &scu->lock, &until);
	if (scu->request->watch == NULL || scu->done)
		return;
	pthread_mutex_unlock(&scu->lock);
	scu->request->watch(scu->request->arg);
	pthread_mutex_lock(&scu->lock);
}

static const char *
awaited(struct scu *scu)
{
	static const char *const what[] = {
		[REPORT_TCP] = "the TCP connection",
		[REPORT_TLS] = "the TLS handshake",
		[REPORT_VERIFY] = "the TLS handshake",
		[REPORT_ASSOCIATION] = "the association request",
		[REPORT_ECHO] = "C-ECHO",
		[REPORT_STORE] = "C-STORE",
	};
	enum report_stage stage;

	pthread_mutex_lock(&scu->lock);
	stage = scu->result.stage;
	pthread_mutex_unlock(&scu->lock);
	return what[stage];
}

static void
wait_for_end(struct scu *scu, HDICOMNET handle)
{
	struct timespec deadline;

	scu_move(scu);
	pthread_mutex_lock(&scu->lock);
	while (!scu->done) {
		deadline = later(scu->moved, scu->request->timeout, 0);
		if (is_past(deadline))
			break;
		wait_once(scu, deadline);
	}
	pthread_mutex_unlock(&scu->lock);
	scu_finish(scu, handle, false, "no answer to %s within %ld seconds",
	    awaited(scu), scu->request->timeout);
}

static struct scu *
new_scu(const struct scu_request *request)
{
	struct scu *scu = calloc(1, sizeof(*scu));
	pthread_condattr_t attributes;

	if (scu == NULL)
		return NULL;
	atomic_init(&scu->users, 1);
	scu->request = request;
	scu->endpoint.settings = &request->endpoint;
	scu->endpoint.report = request->report;
	scu->endpoint.source.role = "scu";
	scu->result.stage = REPORT_TCP;
	scu->result.alert = -1;
	pthread_mutex_init(&scu->lock, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&scu->changed, &attributes);
	pthread_condattr_destroy(&attributes);
	return scu;
}

struct scu *
scu_ref(struct scu *scu)
{
	atomic_fetch_add(&scu->users, 1);
	return scu;
}

void
scu_unref(struct scu *scu)
{
	if (atomic_fetch_sub(&scu->users, 1) > 1)
		return;
	endpoint_clear(&scu->endpoint);
	pthread_cond_destroy(&scu->changed);
	pthread_mutex_destroy(&scu->lock);
	free(scu);
}

/* What a good end must not hide: a check that was overridden or never asked
 * for. */
static void
add_caveats(const struct scu *scu, struct result *result)
{
	const struct scu_request *request = scu->request;
	size_t used = strlen(result->text);
	char *end = result->text + used;
	size_t room = sizeof(result->text) - used;

	if (!result->ok)
		return;
	result->finding = scu->endpoint.finding;
	if (result->finding.error != 0)
		snprintf(end, room,
		    ", although the certificate \"%s\" failed: %d %s",
		    result->finding.subject,
		    dicomtls_code_l_number(result->finding.error),
		    dicomtls_code_name(result->finding.error));
	else if (request->endpoint.name.host == NULL &&
		 !endpoint_leaf_names(&scu->endpoint, request->host))
		snprintf(end, room,
		    "; the certificate is not made out to %s, which was not "
		    "asked for: use --hostname to check the name",
		    request->host);
}

/* An association that ends in failure is aborted: nobody is to believe that it
 * was meant to end so, and what is still to be sent does not matter. */
static void
hang_up(const struct scu *scu, HDICOMNET handle)
{
	if (!scu->result.ok && L_DicomIsAssociated(handle))
		L_DicomSendAbort(
		    handle, PDU_ABORT_SOURCE_USER, PDU_ABORT_REASON_UNKNOWN);
	L_DicomClose(handle);
	L_DicomFreeNet(handle);
}

bool
scu_run(const struct scu_request *request, struct result *result,
    struct dt_message *why)
{
	struct scu *scu = new_scu(request);
	HDICOMNET handle;
	int code;

	if (scu == NULL) {
		dt_message_set(why, "no memory");
		return false;
	}
	handle = endpoint_open(&scu->endpoint, why);
	if (handle == NULL) {
		scu_unref(scu);
		return false;
	}
	endpoint_note_missing(&scu->endpoint);
	set_callbacks(scu, handle);
	code = L_DicomConnect(
	    handle, NULL, 0, (L_TCHAR *)request->host, request->port);
	if (code != DICOM_SUCCESS)
		on_connect(handle, code, scu);
	wait_for_end(scu, handle);
	hang_up(scu, handle);
	*result = scu->result;
	add_caveats(scu, result);
	scu_unref(scu);
	return true;
}
