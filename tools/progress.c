/* The bar of a transfer; see progress.h. */
#include "tools/progress.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define BAR_WIDTH 24
#define FEW_COLUMNS 20
#define MANY_COLUMNS 120
/* To the start of the line, and what stands on it goes. */
#define ERASE "\r\033[K"

/* "999 B", "12.3 MB" */
static void
put_size(char *text, size_t room, uint64_t bytes)
{
	static const char units[][3] = { "B", "kB", "MB", "GB", "TB", "PB",
		"EB" };
	uint64_t whole = bytes, rest = 0;
	size_t unit = 0;

	for (; whole >= 1000; unit++) {
		rest = whole % 1000;
		whole /= 1000;
	}
	if (unit == 0)
		snprintf(text, room, "%u B", (unsigned)whole);
	else
		snprintf(text, room, "%u.%u %s", (unsigned)whole,
		    (unsigned)(rest / 100), units[unit]);
}

/* done of all, in parts; neither multiplication overflows for what a disk can
 * hold. */
static unsigned
share(uint64_t done, uint64_t all, unsigned parts)
{
	if (all == 0 || done >= all)
		return parts;
	return (unsigned)(done * parts / all);
}

void
progress_format(const struct progress_state *state, size_t columns, char *text)
{
	unsigned filled = share(state->bytes, state->all_bytes, BAR_WIDTH);
	char bar[BAR_WIDTH + 1], done[16], all[16], rate[16], line[160];
	uint64_t each = state->milliseconds == 0
			    ? 0
			    : state->bytes * 1000 / state->milliseconds;

	memset(bar, '-', BAR_WIDTH);
	memset(bar, '#', filled);
	bar[BAR_WIDTH] = '\0';
	put_size(done, sizeof(done), state->bytes);
	put_size(all, sizeof(all), state->all_bytes);
	put_size(rate, sizeof(rate), each);
	snprintf(line, sizeof(line),
	    "[%s] %3u %% %s of %s, %zu of %zu files, %s/s", bar,
	    share(state->bytes, state->all_bytes, 100), done, all, state->files,
	    state->all_files, rate);
	snprintf(text, columns + 1, "%s", line);
}

void
progress_init(struct progress *progress, bool wanted, size_t all_files,
    uint64_t all_bytes)
{
	memset(progress, 0, sizeof(*progress));
	progress->shown = wanted && isatty(STDERR_FILENO) == 1;
	progress->all_files = all_files;
	progress->all_bytes = all_bytes;
	pthread_mutex_init(&progress->lock, NULL);
	clock_gettime(CLOCK_MONOTONIC, &progress->start);
}

void
progress_add_bytes(struct progress *progress, size_t bytes)
{
	atomic_fetch_add(&progress->bytes, bytes);
}

void
progress_add_file(struct progress *progress)
{
	atomic_fetch_add(&progress->files, 1);
}

static size_t
columns_of_terminal(void)
{
	struct winsize size;

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) < 0 || size.ws_col == 0)
		return 79;
	if (size.ws_col < FEW_COLUMNS)
		return FEW_COLUMNS;
	/* The last column stays free: some terminals wrap behind it. */
	return size.ws_col > MANY_COLUMNS ? MANY_COLUMNS : size.ws_col - 1u;
}

void
progress_draw(struct progress *progress)
{
	struct progress_state state = {
		.bytes = atomic_load(&progress->bytes),
		.all_bytes = progress->all_bytes,
		.files = atomic_load(&progress->files),
		.all_files = progress->all_files,
	};
	char text[MANY_COLUMNS + 1];
	struct timespec now;

	if (!progress->shown)
		return;
	clock_gettime(CLOCK_MONOTONIC, &now);
	state.milliseconds =
	    (uint64_t)((now.tv_sec - progress->start.tv_sec) * 1000 +
		       (now.tv_nsec - progress->start.tv_nsec) / 1000000);
	progress_format(&state, columns_of_terminal(), text);
	pthread_mutex_lock(&progress->lock);
	fprintf(stderr, ERASE "%s", text);
	fflush(stderr);
	progress->drawn = true;
	pthread_mutex_unlock(&progress->lock);
}

void
progress_pause(struct progress *progress)
{
	if (progress == NULL)
		return;
	pthread_mutex_lock(&progress->lock);
	if (progress->drawn)
		fputs(ERASE, stderr);
	fflush(stderr);
	progress->drawn = false;
}

void
progress_resume(struct progress *progress)
{
	if (progress != NULL)
		pthread_mutex_unlock(&progress->lock);
}

void
progress_clear(struct progress *progress)
{
	progress_pause(progress);
	progress_resume(progress);
	pthread_mutex_destroy(&progress->lock);
}
