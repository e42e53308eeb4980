/*
 * The trace of one case: parse errors, the events in their order, the result;
 * in memory exactly as it is printed.
 */
#ifndef DICOMTLS_CONFORMANCE_TRACE_H
#define DICOMTLS_CONFORMANCE_TRACE_H

#include "base/buffer.h"
#include "case.h"

#include <stdio.h>

/* What the verify callback answers. */
enum override {
	OVERRIDE_NONE,	/* what it is given */
	OVERRIDE_ALL,	/* always 1 */
	OVERRIDE_FIRST, /* 1 for the first failing event, then what it is
			 * given */
	OVERRIDES
};

/* Name as in --override=NAME; and back, -1 if there is none. */
const char *override_name(enum override override);
int override_find(const char *name);

struct trace {
	char *id;
	struct dt_buffer lines;
	enum override override;
	bool overridden; /* OVERRIDE_FIRST has been spent */
	bool failed;	 /* no memory: the trace is not complete */
};

/* Empties the trace and gives it a case. */
void trace_begin(struct trace *trace, const char *id, enum override override);
void trace_clear(struct trace *trace);

void trace_parse_error(struct trace *trace, const struct case_object *object);
/* Notes one callback and returns what the callback has to answer. */
int trace_event(struct trace *trace, int depth, int ok, int error);
void trace_result(struct trace *trace, int result, int error);
void trace_result_parse(struct trace *trace);

/* The lines between "case" and the blank line. */
struct dt_span trace_lines(const struct trace *trace);
bool trace_accepts(const struct trace *trace);

void trace_print(const struct trace *trace, FILE *stream);
/* 1: read the next trace; 0: there is none; -1: not the text of a trace. */
int trace_read(struct trace *trace, FILE *stream);

#endif
