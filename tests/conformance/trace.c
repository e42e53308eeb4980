/*
 * Text of traces. The format is described with the vectors.
 */
#include "trace.h"

#include <stdlib.h>

static const char *const override_names[OVERRIDES] = {
	[OVERRIDE_NONE] = "none",
	[OVERRIDE_ALL] = "all",
	[OVERRIDE_FIRST] = "first",
};

const char *
override_name(enum override override)
{
	return override_names[override];
}

int
override_find(const char *name)
{
	for (int i = 0; i < OVERRIDES; i++) {
		if (strcmp(override_names[i], name) == 0)
			return i;
	}
	return -1;
}

void
trace_clear(struct trace *trace)
{
	free(trace->id);
	dt_buffer_clear(&trace->lines);
	*trace = (struct trace){ 0 };
}

void
trace_begin(struct trace *trace, const char *id, enum override override)
{
	trace_clear(trace);
	trace->id = strdup(id);
	trace->override = override;
	trace->failed = !trace->id;
}

void
trace_parse_error(struct trace *trace, const struct case_object *object)
{
	dt_buffer_printf(&trace->lines, "  parse-error %s index=%d\n",
	    case_section_name(object->section), object->index);
}

int
trace_event(struct trace *trace, int depth, int ok, int error)
{
	dt_buffer_printf(
	    &trace->lines, "  depth=%d ok=%d error=%d\n", depth, ok, error);
	if (ok != 0 || trace->override == OVERRIDE_NONE || trace->overridden)
		return trace->override == OVERRIDE_ALL ? 1 : ok;
	trace->overridden = trace->override == OVERRIDE_FIRST;
	return 1;
}

void
trace_result(struct trace *trace, int result, int error)
{
	dt_buffer_printf(
	    &trace->lines, "  result=%d error=%d\n", result, error);
}

void
trace_result_parse(struct trace *trace)
{
	dt_buffer_text(&trace->lines, "  result=parse\n");
}

struct dt_span
trace_lines(const struct trace *trace)
{
	return dt_buffer_span(&trace->lines);
}

bool
trace_accepts(const struct trace *trace)
{
	static const char accepted[] = "  result=1 ";
	struct dt_span lines = trace_lines(trace);
	size_t start = lines.size;
	while (
	    start > 0 && (start == lines.size || lines.data[start - 1] != '\n'))
		start--;
	size_t length = lines.size - start;
	return length >= sizeof(accepted) - 1 &&
	       memcmp(lines.data + start, accepted, sizeof(accepted) - 1) == 0;
}

void
trace_print(const struct trace *trace, FILE *stream)
{
	struct dt_span lines = trace_lines(trace);
	fprintf(stream, "case %s\n", trace->id);
	fwrite(lines.data, 1, lines.size, stream);
	fputc('\n', stream);
}

int
trace_read(struct trace *trace, FILE *stream)
{
	char line[512];
	if (!fgets(line, sizeof(line), stream))
		return 0;
	if (strncmp(line, "case ", 5) != 0)
		return -1;
	line[strcspn(line, "\n")] = '\0';
	trace_begin(trace, line + 5, OVERRIDE_NONE);
	while (fgets(line, sizeof(line), stream)) {
		if (line[0] == '\n')
			return trace->failed ? -1 : 1;
		dt_buffer_text(&trace->lines, line);
	}
	return -1;
}
