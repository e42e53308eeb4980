/*
 * What the subcommands of dicomtls are made to do while allocations fail: each
 * play is a command line with the peer it needs, which has its memory.
 */
#ifndef DICOMTLS_TESTS_FAULTS_PLAY_H
#define DICOMTLS_TESTS_FAULTS_PLAY_H

#include "faults/starve.h"

enum play_peer {
	PLAY_ALONE,
	PLAY_SCP,    /* one that goes on from run to run */
	PLAY_ECHOES, /* an SCU that echoes */
	PLAY_STORES, /* an SCU that stores */
	PLAY_FOREIGN /* an SCU that is refused */
};

struct play {
	const char *name;
	enum play_peer peer;
	int status;	      /* while there is memory */
	bool overrides;	      /* it goes on after whatever VERIFY is told */
	size_t every;	      /* allocation of so many */
	const char *argv[24]; /* "PORT" stands for the SCP's */
};

/* Files in a folder that becomes the current one. False: they cannot be
 * made. */
bool plays_prepare(void);
void plays_clean_up(void);

/* The SCP was there to the end, and nothing unfinished is left of it. */
bool plays_end_well(void);

/* NULL behind the last one. */
const struct play *play_at(size_t index);

/* Runs it with the nth allocation failing, 0: none. traced: see starve.h. */
void play_run(
    const struct play *play, size_t nth, bool traced, struct outcome *outcome);

/* True if all of want is said and, unless an SCU tried again, nothing else. */
bool play_says_the_same(const struct play *play, const struct outcome *want,
    const struct outcome *got);

/* VERIFY was told of something that it is not told otherwise. */
bool play_tells_of_another_failure(
    const struct outcome *want, const struct outcome *got);

/* No unfinished file, none that differs from what was sent, and none missing
 * that either side calls stored. */
bool play_left_whole_files(const struct play *play, const struct outcome *got);

#endif
