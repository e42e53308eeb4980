/*
 * Links that ltdic.h makes in other ways than tests/faults/link_no_memory has
 * them, with each allocation failing in turn, of either end and of every
 * library: with callbacks inside L_DicomBreathe, with sessions that are
 * resumed, and with files read again by call. Each call is told of its end
 * once, a certificate that is refused stays refused, the next call works, what
 * was loaded before a reload that fails stays in force, and nothing is left.
 *
 * The argument is the step between the allocations that fail, 1 for each. A
 * plain program that speaks TAP.
 */
#include "service.h"

#include "load/tell.h"
#include "support/heap.h"

#include <dlfcn.h>
#include <execinfo.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/* As in link_no_memory: GnuTLS 3.7 loses what there is no memory to put where
 * it belongs. */
#define BLOCKS_LOST_BY_GNUTLS 1

static struct figures {
	unsigned long failures;
	unsigned long harmed; /* calls that failed, with an error */
	unsigned long silent; /* calls that failed without one */
	unsigned long let_in; /* who is refused otherwise */
	unsigned long not_again;
	unsigned long leaks;
	unsigned long lost_by_gnutls;
	unsigned long died; /* in GnuTLS */
} figures;

/* What a child leaves for its parent. */
static struct shared {
	struct figures figures;
	bool came;
	bool died_in_library;
} * shared;

static const char *scene_name;
static size_t nth;

static void
die(int number)
{
	(void)number;
	printf("Bail out! %s hangs without allocation %zu\n", scene_name, nth);
	_exit(1);
}

/* ---------------------------------------------------------------- scenes -- */

static const struct mint_crl_spec with_lost = { .issuer = &service_authority,
	.number = 2,
	.revoked = { { .serial = "15" } } };

static void
begin(bool breathes)
{
	service_breathes = breathes;
	L_DicomSetDelivery(breathes ? L_DICOM_DELIVER_BY_BREATHING
				    : L_DICOM_DELIVER_BY_THREADS,
	    0);
	if (!service_start())
		abort();
	free(mint_dir_crl(&service_dir, "ca.crl", &with_lost));
	L_DicomReloadTLS(service_settings, NULL, 0);
}

/* Until the listener has freed its end. */
static bool
is_as_before(long blocks)
{
	const int tries = service_breathes ? 400 : 20000;

	for (int i = 0; i < tries; i++) {
		if (heap_blocks() <= blocks)
			return true;
		if (service_breathes)
			service_breathe();
		else
			sched_yield();
	}
	return false;
}

static void
judge_rest(long blocks)
{
	if (is_as_before(blocks))
		return;
	if (heap_failed_in("libgnutls.so") &&
	    heap_blocks() <= blocks + BLOCKS_LOST_BY_GNUTLS) {
		figures.lost_by_gnutls++;
		return;
	}
	figures.leaks++;
	printf("# %s, %zu: %ld blocks more\n", scene_name, nth,
	    heap_blocks() - blocks);
}

static void
judge_call(const struct call *call, bool is_good)
{
	const bool ended_well = call->error == DICOM_SUCCESS && call->echoed;

	if (!ended_well && call->error == -1) {
		figures.silent++;
		printf("# %s, %zu: error %d\n", scene_name, nth, call->error);
	}
	figures.harmed += !ended_well;
	figures.let_in += !is_good && call->associated;
}

/* True if the allocation came. */
static bool
fail_call(HDICOMNET net, bool is_good)
{
	const long blocks = heap_blocks();
	struct call call = { .error = -1 };
	struct call next = { .error = -1 };
	bool failed;

	alarm(60);
	heap_fail_at(nth);
	call_begin(&call, net);
	call_end(&call);
	failed = heap_fail_no_more();
	figures.failures += failed;
	judge_call(&call, is_good);
	call_begin(&next, net);
	call_end(&next);
	if (next.echoed != is_good) {
		figures.not_again++;
		printf("# %s, %zu: the next ends with %d\n", scene_name, nth,
		    next.error);
	}
	L_DicomClose(net);
	judge_rest(blocks);
	return failed;
}

/* More loops than one call needs, where each link has its own: one that is not
 * over yet when the next begins makes no loop more then. */
static void
start_loops(void)
{
	HDICOMNET nets[4];
	struct call calls[4];

	for (int i = 0; i < 4; i++) {
		calls[i] = (struct call){ .error = -1 };
		nets[i] = service_client(&service_good);
		call_begin(&calls[i], nets[i]);
	}
	for (int i = 0; i < 4; i++) {
		call_end(&calls[i]);
		L_DicomFreeNet(nets[i]);
	}
}

/* On every loop, so that what a thread keeps is there. */
static void
warm_up(HDICOMNET net)
{
	start_loops();
	for (int i = 0; i < 12; i++) {
		struct call call = { .error = -1 };

		call_begin(&call, net);
		call_end(&call);
	}
	L_DicomClose(net);
	is_as_before(0);
}

static void
judge(const char *what)
{
	tell(figures.failures > 0 && figures.harmed > 0,
	    "%s: %lu allocations fail, and %lu calls; %lu end the process in "
	    "a library",
	    what, figures.failures, figures.harmed, figures.died);
	tell(figures.silent == 0, "%s: each is told why", what);
	tell(figures.not_again == 0, "%s: the next is as it should be", what);
	tell(figures.let_in == 0, "%s: who is refused stays refused", what);
	tell(figures.leaks == 0,
	    "%s: nothing is left (GnuTLS loses %lu blocks)", what,
	    figures.lost_by_gnutls);
}

static void
fail_calls(const struct scene_files *files, size_t step, const char *what)
{
	HDICOMNET net = service_client(files);
	const bool is_good = files == &service_good;

	figures = (struct figures){ 0 };
	scene_name = what;
	warm_up(net);
	for (nth = 1; fail_call(net, is_good); nth += step)
		progress(what, nth, 0);
	L_DicomFreeNet(net);
	judge(what);
}

/* ------------------------------------------------------------- reloading -- */

static void
call_both(void)
{
	figures.let_in += call_once(&service_lost).associated;
	figures.not_again += !call_once(&service_good).echoed;
}

/* The list of revoked certificates is read again, and must stay in force. What
 * is loaded without all of its memory may be a block more, until the next. */
static bool
fail_reload(long at_first)
{
	const long blocks = heap_blocks();
	char reason[256] = "-";
	L_UINT32 rc;
	bool failed;

	alarm(60);
	heap_fail_at(nth);
	rc = L_DicomReloadTLS(service_settings, reason, sizeof(reason));
	failed = heap_fail_no_more();
	figures.failures += failed;
	figures.harmed += rc != DICOM_SUCCESS;
	if (rc != DICOM_SUCCESS && reason[0] == '\0') {
		figures.silent++;
		printf("# reload, %zu: %u without a reason\n", nth, rc);
	}
	call_both();
	if (!failed)
		judge_rest(at_first + (long)figures.lost_by_gnutls);
	else if (rc != DICOM_SUCCESS)
		judge_rest(blocks);
	else
		is_as_before(blocks);
	return failed;
}

static void
fail_reloads(size_t step)
{
	long blocks;

	figures = (struct figures){ 0 };
	scene_name = "reload";
	call_both();
	is_as_before(0);
	blocks = heap_blocks();
	for (nth = 1; fail_reload(blocks); nth += step)
		progress("reload", nth, 0);
	judge("reload");
}

/* -------------------------------------------------------------- resuming -- */

/* GnuTLS 3.7 follows a null pointer where there is no memory for what a
 * session brings along, and frees its ticket twice: each allocation has a child
 * of its own. */
enum { FRAMES = 32 };

static bool
is_of_c_library(const Dl_info *place)
{
	const char *slash = strrchr(place->dli_fname, '/');
	const char *file = slash == NULL ? place->dli_fname : slash + 1;

	return strncmp(file, "libc.", 5) == 0;
}

/* Of heap.c, which stands in for the C library's. */
static bool
is_of_heap(const Dl_info *place)
{
	const char *name = place->dli_sname;

	return name != NULL &&
	       (strcmp(name, "free") == 0 || strcmp(name, "realloc") == 0);
}

/* Where the innermost frame outside the C library is. A block freed twice may
 * be seen when a thread ends, where there is none. */
static void
note_death(int number)
{
	void *frames[FRAMES];
	int depth = backtrace(frames, FRAMES);
	Dl_info here, place;

	(void)number;
	shared->died_in_library = heap_failed_in("libgnutls.so");
	dladdr((const void *)&figures, &here);
	for (int i = 2; i < depth; i++) {
		if (dladdr(frames[i], &place) == 0 || is_of_c_library(&place) ||
		    is_of_heap(&place))
			continue;
		shared->died_in_library = place.dli_fbase != here.dli_fbase;
		break;
	}
	_exit(1);
}

/* One link that is full, and one that could be resumed. */
static int
resume_once(bool is_good)
{
	HDICOMNET net;

	signal(SIGSEGV, note_death);
	signal(SIGABRT, note_death);
	begin(false);
	L_DicomSetResumeTLS(service_settings, L_TRUE);
	net = service_client(is_good ? &service_good : &service_lost);
	L_DicomSetResumeTLS(net, L_TRUE);
	warm_up(net);
	shared->came = fail_call(net, is_good);
	L_DicomFreeNet(net);
	service_stop();
	shared->figures = figures;
	return 0;
}

/* True if the allocation came. */
static bool
resume_in_child(bool is_good)
{
	int status = 0;
	pid_t child;

	*shared = (struct shared){ .came = true };
	fflush(stdout);
	child = fork();
	if (child == 0)
		_exit(resume_once(is_good));
	if (child < 0 || waitpid(child, &status, 0) != child)
		abort();
	if (status == 0) {
		figures = shared->figures;
	} else if (shared->died_in_library) {
		figures.failures++;
		figures.died++;
	} else {
		figures.silent++;
		printf("# %s, %zu: ends with %#x\n", scene_name, nth,
		    (unsigned)status);
	}
	return shared->came;
}

static void
fail_resuming(bool is_good, size_t step, const char *what)
{
	figures = (struct figures){ 0 };
	scene_name = what;
	for (nth = 1; resume_in_child(is_good); nth += step)
		progress(what, nth, 0);
	judge(what);
}

int
main(int argc, char **argv)
{
	const size_t step = argc > 1 ? strtoul(argv[1], NULL, 10) : 61;

	if (step == 0 || !heap_take_over()) {
		printf("1..0 # SKIP malloc cannot be replaced here\n");
		return 0;
	}
	setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
	signal(SIGALRM, die);
	check_quietly();
	backtrace((void *[1]){ NULL }, 1); /* loads what it needs */
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED)
		return 2;
	fail_resuming(true, step, "resuming");
	fail_resuming(false, step, "resuming, revoked");
	begin(true);
	fail_calls(&service_good, step, "breathing");
	fail_calls(&service_lost, step, "breathing, revoked");
	service_stop();
	begin(false);
	fail_reloads(step);
	service_stop();
	return tell_end();
}
