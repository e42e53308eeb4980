/*
 * Looks for texts in all that a running program can write to: what it freed
 * and its stack too. Usage:
 *
 *	left_behind FILE COMMAND ARGUMENT...
 *
 * Starts the command, waits until it has printed a line (or ended its output),
 * and searches its memory for each line of FILE. Prints how often each was
 * found, as "N TEXT", and ends the command. Status 0, 2 for wrong usage, 3 if
 * it could not look, 77 if the system has no /proc.
 */
#include "base/buffer.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PIECE = 1 << 16, MOST_TEXTS = 16, TEXT_ROOM = 512 };

struct text {
	char bytes[TEXT_ROOM];
	size_t size;
	unsigned long found;
};

struct search {
	struct text texts[MOST_TEXTS];
	size_t count;
	int memory; /* of the other process */
};

static bool
read_texts(struct search *s, const char *path)
{
	FILE *file = fopen(path, "r");

	if (file == NULL)
		return false;
	while (s->count < MOST_TEXTS &&
	       fgets(s->texts[s->count].bytes, TEXT_ROOM, file) != NULL) {
		struct text *text = &s->texts[s->count];

		text->size = strcspn(text->bytes, "\n");
		text->bytes[text->size] = '\0';
		s->count += text->size > 0;
	}
	fclose(file);
	return s->count > 0;
}

/* Starts the command with its output in a pipe and reads one line of it. */
static pid_t
start(char **command, int *output)
{
	int ends[2];
	char letter = '\0';
	pid_t child;

	if (pipe(ends) < 0 || (child = fork()) < 0)
		return -1;
	if (child == 0) {
		dup2(ends[1], STDOUT_FILENO);
		close(ends[0]);
		close(ends[1]);
		execvp(command[0], command);
		_exit(127);
	}
	close(ends[1]);
	*output = ends[0];
	while (letter != '\n' && read(ends[0], &letter, 1) == 1)
		;
	return child;
}

static void
count_in(struct text *text, const uint8_t *bytes, size_t size)
{
	const uint8_t *at = bytes;

	while ((at = memmem(at, size - (size_t)(at - bytes), text->bytes,
		    text->size)) != NULL) {
		text->found++;
		at++;
	}
}

/* Pieces overlap, so that nothing is cut; what lies in the overlap is a whole
 * text in one of the two only. */
static void
search_range(struct search *s, unsigned long from, unsigned long to)
{
	static uint8_t piece[PIECE];

	for (size_t i = 0; i < s->count; i++) {
		struct text *text = &s->texts[i];
		unsigned long at = from;

		while (at < to) {
			size_t wanted = to - at < PIECE ? to - at : PIECE;
			ssize_t got =
			    pread(s->memory, piece, wanted, (off_t)at);

			if (got < (ssize_t)text->size)
				break;
			count_in(text, piece, (size_t)got);
			at += (size_t)got - text->size + 1;
		}
	}
}

/* Every mapping that can be written to; false if they cannot be read. */
static bool
search_process(struct search *s, pid_t process)
{
	char path[64], line[1024], mode[8];
	unsigned long from, to;
	FILE *maps;
	bool can_read;

	snprintf(path, sizeof(path), "/proc/%d/mem", (int)process);
	s->memory = open(path, O_RDONLY | O_CLOEXEC);
	snprintf(path, sizeof(path), "/proc/%d/maps", (int)process);
	maps = fopen(path, "r");
	can_read = s->memory >= 0 && maps != NULL;
	while (can_read && fgets(line, sizeof(line), maps) != NULL)
		if (sscanf(line, "%lx-%lx %7s", &from, &to, mode) == 3 &&
		    mode[0] == 'r' && mode[1] == 'w')
			search_range(s, from, to);
	if (maps != NULL)
		fclose(maps);
	if (s->memory >= 0)
		close(s->memory);
	return can_read;
}

int
main(int argc, char **argv)
{
	struct search s = { .memory = -1 };
	int output = -1;
	pid_t child;
	bool searched;

	if (argc < 3 || !read_texts(&s, argv[1]))
		return 2;
	if (access("/proc/self/mem", R_OK) < 0)
		return 77;
	child = start(argv + 2, &output);
	if (child < 0)
		return 3;
	searched = search_process(&s, child);
	kill(child, SIGTERM);
	close(output);
	waitpid(child, NULL, 0);
	for (size_t i = 0; searched && i < s.count; i++)
		printf("%lu %s\n", s.texts[i].found, s.texts[i].bytes);
	return searched ? 0 : 3;
}
