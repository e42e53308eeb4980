/*
 * A bar that shows how far a transfer is, on the last line of a terminal at
 * standard error. Lines of a report go above it. Nothing is drawn where
 * standard error is no terminal.
 */
#ifndef DICOMTLS_TOOLS_PROGRESS_H
#define DICOMTLS_TOOLS_PROGRESS_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

/* What the bar shows. */
struct progress_state {
	uint64_t bytes;
	uint64_t all_bytes;
	size_t files;
	size_t all_files;
	uint64_t milliseconds; /* since the start */
};

/* The bar as text of at most columns characters and its NUL; room for
 * them. Sizes are in units of 1000. */
void progress_format(
    const struct progress_state *state, size_t columns, char *text);

struct progress {
	bool shown;
	bool drawn; /* it stands on the line now */
	pthread_mutex_t lock;
	struct timespec start;
	uint64_t all_bytes;
	size_t all_files;
	atomic_ullong bytes;
	atomic_size_t files;
};

void progress_init(struct progress *progress, bool wanted, size_t all_files,
    uint64_t all_bytes);
/* From any thread. */
void progress_add_bytes(struct progress *progress, size_t bytes);
void progress_add_file(struct progress *progress);
/* Draws the bar as it is now. */
void progress_draw(struct progress *progress);
/* Takes the bar away while something is printed, and no one draws meanwhile.
 * NULL is fine. */
void progress_pause(struct progress *progress);
void progress_resume(struct progress *progress);
void progress_clear(struct progress *progress);

#endif
