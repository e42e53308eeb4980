/*
 * The command dicomtls in a child of its own with one allocation failing, and
 * what became of it: status or death, what it said, what it left allocated. No
 * library is spared (see heap.h): where one of them ends the process, the place
 * is known.
 */
#ifndef DICOMTLS_TESTS_FAULTS_STARVE_H
#define DICOMTLS_TESTS_FAULTS_STARVE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct outcome {
	bool failed;	 /* the allocation came */
	int status;	 /* if it ended by itself */
	int died_of;	 /* otherwise the signal */
	long left;	 /* blocks, if it ended by itself */
	long left_by_us; /* if it was traced: see heap_left */
	char asked[128]; /* "library function": for what failed */
	bool asked_by_us;
	char place[128]; /* where it died */
	bool ours;	 /* that is in our code */
	char *out, *err; /* owned */
};

/* False where there is nothing to replace malloc with. Call it first. */
bool starve_prepare(void);

/* Runs dicomtls with argv[0] as the subcommand; nth 0: no allocation fails.
 * heard gets the first line on standard output, once it is there; or NULL.
 * traced: it takes longer, and whose the blocks are that are left is known. */
struct hunger {
	char *const *argv;
	size_t nth;
	void (*heard)(const char *line);
	bool traced;
};
void starve(const struct hunger *hunger, struct outcome *outcome);
void outcome_clear(struct outcome *outcome);

/* In a child with nothing failing and its output thrown away. */
pid_t starve_spawn(int (*part)(void *arg), void *arg);
/* dicomtls in this process. */
int starve_run(char *const *argv);

#endif
