/*
 * Any words as arguments of a subcommand that opens no connection, with any
 * octets as its file: words end with a NUL each, the list with one more, the
 * rest is the file. The word "@" stands for the file's name.
 */
#include "target.h"

#include "tools/command.h"

#include <fcntl.h>
#include <stdarg.h>
#include <sys/mman.h>
#include <unistd.h>

#define MAX_WORDS 12

static int (*const commands[])(
    int argc, char **argv) = { command_show, command_verify, command_codes };
static char *names[] = { "show", "verify", "codes" };

/* main.c's writes to standard error. */
void
command_error(const char *name, const char *format, ...)
{
	char text[1024];
	va_list args;

	REQUIRE(name != NULL);
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
}

static char *
next_word(struct dt_span *input, char *file)
{
	const uint8_t *end = memchr(input->data, 0, input->size);
	char *word;

	if (end == NULL || end == input->data)
		return NULL;
	word = (char *)fuzz_copy(
	    fuzz_take(input, (size_t)(end - input->data) + 1));
	if (strcmp(word, "@") != 0)
		return word;
	free(word);
	return strdup(file);
}

/* Runs it with standard output going nowhere. */
static int
run_silently(size_t which, int argc, char **argv)
{
	int out = dup(STDOUT_FILENO);
	int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
	int status;

	REQUIRE(out >= 0 && nowhere >= 0);
	fflush(stdout);
	REQUIRE(dup2(nowhere, STDOUT_FILENO) >= 0);
	status = commands[which](argc, argv);
	fflush(stdout);
	REQUIRE(dup2(out, STDOUT_FILENO) >= 0);
	close(out);
	close(nowhere);
	return status;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct dt_span input = dt_span(data, size);
	size_t which = fuzz_octet(&input) % 3;
	char *argv[MAX_WORDS + 2] = { names[which] };
	char path[64];
	int argc = 1;
	int status;
	int fd = memfd_create("file", MFD_CLOEXEC);

	REQUIRE(fd >= 0);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	while (argc <= MAX_WORDS && input.size > 0 &&
	       (argv[argc] = next_word(&input, path)) != NULL)
		argc++;
	argv[argc] = NULL;
	(void)fuzz_octet(&input);
	REQUIRE(write(fd, input.data, input.size) == (ssize_t)input.size);
	status = run_silently(which, argc, argv);
	REQUIRE(status >= STATUS_DONE && status <= STATUS_UNUSABLE);
	while (argc > 1)
		free(argv[--argc]);
	close(fd);
	return 0;
}
