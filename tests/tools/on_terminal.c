/*
 * Runs a command on a terminal of its own and prints what it wrote there.
 * Usage: on_terminal COMMAND [ARGUMENT]...; ends with the command's status.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

static void
run(const char *terminal, char **argv)
{
	const struct winsize size = { .ws_row = 24, .ws_col = 100 };
	int fd;

	setsid();
	fd = open(terminal, O_RDWR);
	if (fd < 0 || ioctl(fd, TIOCSWINSZ, &size) < 0 || dup2(fd, 0) < 0 ||
	    dup2(fd, 1) < 0 || dup2(fd, 2) < 0)
		_exit(126);
	execvp(argv[0], argv);
	_exit(127);
}

/* EIO is how a terminal says that nobody has it open any more. */
static void
copy(int master)
{
	char bytes[4096];
	ssize_t got;

	while ((got = read(master, bytes, sizeof(bytes))) > 0 ||
	       (got < 0 && errno == EINTR))
		if (got > 0)
			fwrite(bytes, 1, (size_t)got, stdout);
}

int
main(int argc, char **argv)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY);
	int status, keep;
	pid_t child;

	if (argc < 2 || master < 0 || grantpt(master) < 0 ||
	    unlockpt(master) < 0)
		return 125;
	/* Held open here too until the command has ended by itself: a terminal
	 * that nobody has opened yet looks like one that all have left. */
	keep = open(ptsname(master), O_RDWR | O_NOCTTY);
	child = fork();
	if (child == 0)
		run(ptsname(master), argv + 1);
	if (child < 0 || keep < 0)
		return 125;
	close(keep);
	copy(master);
	if (waitpid(child, &status, 0) < 0 || !WIFEXITED(status))
		return 125;
	return WEXITSTATUS(status);
}
