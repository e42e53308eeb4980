/*
 * Each call of dicomtls.h and ltdic.h that allocates, with each of its
 * allocations failing in turn: it returns DICOMTLS_E_NOMEM or
 * DICOM_ERROR_MEMORY, what it writes to is as before, nothing leaks, and the
 * same call succeeds afterwards on the same object. Handshakes and associations
 * are for link_no_memory and service_no_memory. A plain program that speaks
 * TAP.
 */
#include "faults/calls.h"
#include "load/tell.h"
#include "support/heap.h"

#include "dicomtls.h"
#include "ltdic.h"

#include <sched.h>
#include <stdio.h>

struct figures {
	unsigned long failures, said, survived, otherwise, not_again, leaks;
	unsigned long misnamed; /* by GnuTLS, whose call it was */
	unsigned long lost;	/* blocks, likewise */
};

/* A listener is freed on its loop. */
static bool
is_as_before(long blocks)
{
	for (int i = 0; i < 100000; i++) {
		if (heap_blocks() <= blocks)
			return true;
		sched_yield();
	}
	return false;
}

/* False: the allocation did not come. */
static bool
fail_at(const struct call *call, size_t nth, struct figures *figures)
{
	const long before = heap_blocks();
	bool failed;
	int rc;

	calls_make_objects();
	heap_fail_at(nth);
	rc = call->run();
	failed = heap_fail_no_more();
	figures->failures += failed;
	figures->said += failed && rc == DICOMTLS_E_NOMEM;
	figures->survived += failed && rc == 0;
	if (failed && rc != 0 && rc != DICOMTLS_E_NOMEM &&
	    heap_failed_in("libgnutls.so")) {
		figures->misnamed++;
	} else if (failed && rc != 0 && rc != DICOMTLS_E_NOMEM) {
		figures->otherwise++;
		printf("# %s, allocation %zu: %d\n", call->name, nth, rc);
	}
	figures->not_again += failed && rc != 0 && call->run() != 0;
	calls_free_objects();
	if (!is_as_before(before) && heap_failed_in("libgnutls.so")) {
		figures->lost++;
	} else if (heap_blocks() > before) {
		figures->leaks++;
		printf("# %s, allocation %zu: %ld blocks\n", call->name, nth,
		    heap_blocks() - before);
	}
	return failed;
}

static void
judge(const struct call *call)
{
	struct figures f = { 0 };
	const char *name = call->name;

	calls_forget();
	/* What is kept from the first call on is there then. */
	calls_make_objects();
	call->run();
	calls_free_objects();
	for (size_t nth = 1; fail_at(call, nth, &f); nth++)
		continue;
	tell(f.failures > 0 && f.said > 0 && f.otherwise == 0,
	    "%s: of %lu that fail %lu are said, %lu do no harm, %lu have "
	    "another name in GnuTLS",
	    name, f.failures, f.said, f.survived, f.misnamed);
	tell(calls_left_outputs(), "%s: its outputs are as before", name);
	tell(f.not_again == 0, "%s: then it succeeds", name);
	tell(f.leaks == 0, "%s: nothing leaks (GnuTLS loses %lu blocks)", name,
	    f.lost);
}

/* The pool of loops is either there or not. */
static void
start_up(void)
{
	unsigned long said = 0, otherwise = 0, failures = 0, leaks = 0;
	bool failed = true;
	long before;

	/* What the system keeps of threads is there then. */
	for (int i = 0; i < 4; i++) {
		L_DicomStartUp();
		L_DicomShutDown();
	}
	before = heap_blocks();
	for (size_t nth = 1; failed; nth++) {
		L_INT rc;

		heap_fail_at(nth);
		rc = L_DicomStartUp();
		failed = heap_fail_no_more();
		failures += failed;
		said += rc == DICOM_ERROR_MEMORY;
		otherwise += rc != DICOM_ERROR_MEMORY && rc != DICOM_SUCCESS;
		if (rc == DICOM_SUCCESS)
			L_DicomShutDown();
		if (!is_as_before(before)) {
			printf("# L_DicomStartUp, allocation %zu: %ld blocks\n",
			    nth, heap_blocks() - before);
			before = heap_blocks();
			leaks++;
		}
	}
	tell(failures > 0 && otherwise == 0,
	    "L_DicomStartUp: of %lu that fail %lu are said", failures, said);
	tell(leaks == 0, "L_DicomStartUp: nothing leaks");
}

int
main(void)
{
	if (!heap_take_over()) {
		printf("1..0 # SKIP malloc cannot be replaced here\n");
		return 0;
	}
	setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
	if (!calls_make_files())
		return 2;
	start_up();
	if (L_DicomStartUp() != DICOM_SUCCESS)
		return 2;
	for (const struct call *call = calls; call->name != NULL; call++)
		judge(call);
	L_DicomShutDown();
	calls_remove_files();
	return tell_end();
}
