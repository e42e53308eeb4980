/*
 * fork and exec, with a pipe from the child's standard output.
 */
#include "child.h"

#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

static void
run(const char *const *command, FILE *input, int output)
{
	if ((!input || dup2(fileno(input), STDIN_FILENO) >= 0) &&
	    dup2(output, STDOUT_FILENO) >= 0)
		execvp(command[0], (char *const *)(uintptr_t)command);
	perror(command[0]);
	_exit(127);
}

int
child_start(struct child *child, const char *const *command, FILE *input)
{
	int ends[2];
	if (pipe(ends) < 0)
		return -1;
	pid_t pid = fork();
	if (pid == 0) {
		close(ends[0]);
		run(command, input, ends[1]);
	}
	close(ends[1]);
	FILE *output = pid > 0 ? fdopen(ends[0], "r") : NULL;
	if (!output) {
		close(ends[0]);
		return -1;
	}
	child->pid = pid;
	child->output = output;
	return 0;
}

int
child_finish(struct child *child)
{
	int status;
	fclose(child->output);
	if (waitpid(child->pid, &status, 0) != child->pid)
		return -1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
