/* A command that runs out of memory; see starve.h. */
#include "faults/starve.h"

#include "support/heap.h"

#include <dlfcn.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/* All of the command but for the name of its main: what a subcommand does
 * behind its return, such as telling that output is lost, counts too. */
int dicomtls_main(int argc, char **argv);
#define main dicomtls_main
#include "tools/main.c"
#undef main

/* It should have ended long before. */
#define HANG_SECONDS 120

#define FRAMES 32

/* What a child leaves for its parent. */
static struct notes {
	bool failed, ended, ours, asked_by_us;
	long left, left_by_us;
	char asked[128];
	char place[128];
} * notes;

static const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

static bool
is_of_c_library(const char *file)
{
	return strncmp(file, "libc.", 5) == 0 || strncmp(file, "ld-", 3) == 0 ||
	       strncmp(file, "libpthread", 10) == 0 ||
	       strncmp(file, "libgcc_s", 8) == 0;
}

/* False: nothing is known of it. */
static bool
describe(const void *address, char *text, size_t room, bool *c_library)
{
	Dl_info info;

	if (address == NULL || dladdr(address, &info) == 0)
		return false;
	if (info.dli_sname != NULL)
		snprintf(text, room, "%s %s", base_name(info.dli_fname),
		    info.dli_sname);
	else
		snprintf(text, room, "%s+0x%lx", base_name(info.dli_fname),
		    (unsigned long)((uintptr_t)address -
				    (uintptr_t)info.dli_fbase));
	*c_library = is_of_c_library(base_name(info.dli_fname));
	return true;
}

static bool
is_ours(const void *address)
{
	Dl_info place, here;

	return dladdr(address, &place) != 0 &&
	       dladdr((const void *)&is_ours, &here) != 0 &&
	       place.dli_fbase == here.dli_fbase;
}

/* The innermost place outside the C library, in which abort and memcpy are;
 * the first two are this and the signal's. */
static void
note_death(int number)
{
	void *frames[FRAMES];
	int count = backtrace(frames, FRAMES);
	bool c_library = true;

	for (int i = 2; i < count && c_library; i++) {
		if (!describe(frames[i], notes->place, sizeof(notes->place),
			&c_library) ||
		    c_library)
			continue;
		notes->ours = is_ours(frames[i]);
	}
	describe(
	    heap_failed_at(), notes->asked, sizeof(notes->asked), &c_library);
	signal(number, SIG_DFL);
	raise(number);
}

static void
watch_for_death(void)
{
	static const int signals[] = { SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL,
		SIGALRM };
	static char room[65536];
	const stack_t stack = { .ss_sp = room, .ss_size = sizeof(room) };
	const struct sigaction action = { .sa_handler = note_death,
		.sa_flags = SA_ONSTACK };

	sigaltstack(&stack, NULL);
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		sigaction(signals[i], &action, NULL);
	alarm(HANG_SECONDS);
}

/* What the command says goes there, through a stream that it has to make. */
static void
redirect(int out, int err)
{
	dup2(out, STDOUT_FILENO);
	dup2(err, STDERR_FILENO);
	stdout = fdopen(STDOUT_FILENO, "w");
}

int
starve_run(char *const *argv)
{
	char *words[32] = { "dicomtls" };
	int count = 1;

	while (argv[count - 1] != NULL && count < 31) {
		words[count] = argv[count - 1];
		count++;
	}
	return dicomtls_main(count, words);
}

static void
act(const struct hunger *hunger)
{
	long blocks;
	bool c_library;
	int status;

	watch_for_death();
	blocks = heap_blocks();
	if (hunger->traced)
		heap_trace();
	heap_fail_at(hunger->nth);
	status = starve_run(hunger->argv);
	notes->failed = heap_fail_no_more() && hunger->nth > 0;
	fclose(stdout);
	notes->left = heap_blocks() - blocks;
	notes->left_by_us = heap_left().by_program;
	if (describe(heap_failed_at(), notes->asked, sizeof(notes->asked),
		&c_library))
		notes->asked_by_us = c_library || is_ours(heap_failed_at());
	notes->ended = true;
	_exit(status);
}

static char *
read_all(int file)
{
	off_t size = lseek(file, 0, SEEK_END);
	char *text = calloc(1, (size_t)size + 1);

	if (text != NULL && pread(file, text, (size_t)size, 0) != size)
		text[0] = '\0';
	return text;
}

/* What comes through the pipe, until its other end is closed. */
static void
listen_to(int pipe_end, int copy, void (*heard)(const char *line))
{
	char octets[4096], line[256];
	size_t known = 0;
	ssize_t got;

	while ((got = read(pipe_end, octets, sizeof(octets))) > 0) {
		if (write(copy, octets, (size_t)got) != got)
			break;
		for (ssize_t i = 0; heard != NULL && i < got; i++) {
			if (octets[i] != '\n' && known < sizeof(line) - 1) {
				line[known++] = octets[i];
				continue;
			}
			line[known] = '\0';
			heard(line);
			heard = NULL;
		}
	}
}

void
starve(const struct hunger *hunger, struct outcome *outcome)
{
	int out = memfd_create("out", MFD_CLOEXEC);
	int err = memfd_create("err", MFD_CLOEXEC);
	int ends[2], status;
	pid_t child;

	*outcome = (struct outcome){ 0 };
	*notes = (struct notes){ 0 };
	if (pipe2(ends, O_CLOEXEC) < 0)
		abort();
	fflush(NULL);
	child = fork();
	if (child == 0) {
		redirect(ends[1], err);
		close(ends[0]);
		close(ends[1]);
		act(hunger);
	}
	close(ends[1]);
	listen_to(ends[0], out, hunger->heard);
	close(ends[0]);
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		continue;
	outcome->failed = notes->failed || !notes->ended;
	outcome->status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	outcome->died_of = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
	outcome->left = notes->left;
	outcome->left_by_us = notes->left_by_us;
	outcome->ours = notes->ours;
	outcome->asked_by_us = notes->asked_by_us;
	memcpy(outcome->asked, notes->asked, sizeof(outcome->asked));
	memcpy(outcome->place, notes->place, sizeof(outcome->place));
	outcome->out = read_all(out);
	outcome->err = read_all(err);
	close(out);
	close(err);
}

void
outcome_clear(struct outcome *outcome)
{
	free(outcome->out);
	free(outcome->err);
	*outcome = (struct outcome){ 0 };
}

pid_t
starve_spawn(int (*part)(void *arg), void *arg)
{
	pid_t child;
	int null;

	fflush(NULL);
	child = fork();
	if (child != 0)
		return child;
	null = open("/dev/null", O_RDWR);
	redirect(null, null);
	alarm(HANG_SECONDS);
	_exit(part(arg));
}

bool
starve_prepare(void)
{
	void *frames[2];

	if (!heap_take_over_all())
		return false;
	backtrace(frames, 2); /* loads what it needs */
	notes = mmap(NULL, sizeof(*notes), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	return notes != MAP_FAILED;
}
