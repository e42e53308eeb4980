/*
 * Where cases come from: file names on the command line or, for "-", one a
 * line on standard input; restricted to listed ids if asked.
 */
#ifndef DICOMTLS_CONFORMANCE_SOURCE_H
#define DICOMTLS_CONFORMANCE_SOURCE_H

#include "case.h"

struct case_source {
	struct dt_array paths; /* char *, owned */
	struct dt_array ids;   /* char *, owned, sorted; empty: no list */
	bool listed;
	size_t next_path;
	bool is_open;
	struct case_file file;
	struct dt_message message;
};

/* Adds one file, or the names on standard input for "-". All functions that
 * return int give a negative number on failure, with source->message set. */
int case_source_add(struct case_source *source, const char *argument);
/* Restricts to the ids in a file, one a line. */
int case_source_restrict(struct case_source *source, const char *path);
/* 1 and the next case, borrowed until the next call; 0 at the end. */
int case_source_next(struct case_source *source, const struct case_data **data);
void case_source_clear(struct case_source *source);

#endif
