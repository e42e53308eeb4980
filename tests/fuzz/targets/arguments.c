/*
 * Any words as arguments of the command, with any octets as its files. Words
 * end with a NUL each, and with an empty one all of them; what follows are the
 * files 0, 1, ... of the folder that the command runs in, a line "@@" between
 * one and the next. No word leads out of that folder, and no_network.c is all
 * the network there is.
 */
#include "target.h"

#include "tools/command.h"
#include "tools/mint.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

/* The command itself. */
int command_main(int argc, char **argv);
#define main command_main
#include "tools/main.c"
#undef main

#define MAX_WORDS 60
#define MAX_FILES 8
#define BETWEEN "\n@@\n"

/* It would take no file and no option, and make a connection. */
int
command_demo(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	return STATUS_DONE;
}

static char *
next_word(struct dt_span *input)
{
	const uint8_t *end = memchr(input->data, 0, input->size);
	char *word;

	if (end == NULL || end == input->data)
		return NULL;
	word = (char *)fuzz_copy(
	    fuzz_take(input, (size_t)(end - input->data) + 1));
	for (char *at = word; *at != '\0'; at++)
		if (*at == '/')
			*at = '_';
	/* What the machine trusts is no input, and takes long to read. */
	if (strncmp(word, "--x509-sy", 9) == 0)
		word[2] = '_';
	return word;
}

/* A folder in a folder, so that the one above is ours too. */
static struct mint_dir above, folder;

static void
remove_above(void)
{
	mint_dir_remove(&above);
}

static void
make_folder(void)
{
	if (above.path[0] == '\0') {
		REQUIRE(mint_dir_make(&above) == 0);
		REQUIRE((size_t)snprintf(folder.path, sizeof(folder.path),
			    "%s/in", above.path) < sizeof(folder.path));
		atexit(remove_above);
	}
	REQUIRE(mkdir(folder.path, 0700) == 0 || errno == EEXIST);
}

static void
write_files(struct dt_span input)
{
	for (unsigned i = 0; i < MAX_FILES && input.size > 0; i++) {
		const uint8_t *end = memmem(
		    input.data, input.size, BETWEEN, sizeof(BETWEEN) - 1);
		size_t size =
		    end == NULL ? input.size : (size_t)(end - input.data);
		char name[2] = { (char)('0' + i), '\0' };

		free(mint_dir_write(&folder, name, fuzz_take(&input, size)));
		(void)fuzz_take(&input, sizeof(BETWEEN) - 1);
	}
}

/* Runs it in the folder, with standard output going nowhere. */
static int
run_inside(int argc, char **argv)
{
	int back = open(".", O_DIRECTORY | O_CLOEXEC);
	int out = dup(STDOUT_FILENO);
	int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
	sigset_t signals;
	int status;

	REQUIRE(back >= 0 && out >= 0 && nowhere >= 0);
	fflush(stdout);
	REQUIRE(dup2(nowhere, STDOUT_FILENO) >= 0);
	REQUIRE(chdir(folder.path) == 0);
	pthread_sigmask(SIG_SETMASK, NULL, &signals);
	status = command_main(argc, argv);
	pthread_sigmask(SIG_SETMASK, &signals, NULL);
	REQUIRE(fchdir(back) == 0);
	REQUIRE(dup2(out, STDOUT_FILENO) >= 0);
	close(back);
	close(out);
	close(nowhere);
	return status;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char name[] = "dicomtls";
	struct dt_span input = dt_span(data, size);
	char *argv[MAX_WORDS + 2] = { name };
	int argc = 1;
	int status;

	while (argc <= MAX_WORDS && input.size > 0 &&
	       (argv[argc] = next_word(&input)) != NULL)
		argc++;
	argv[argc] = NULL;
	(void)fuzz_octet(&input);
	make_folder();
	write_files(input);
	status = run_inside(argc, argv);
	REQUIRE(status >= STATUS_DONE && status <= STATUS_UNUSABLE);
	while (argc > 1)
		free(argv[--argc]);
	mint_dir_remove(&folder);
	return 0;
}
