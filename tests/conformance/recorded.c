/*
 * Loads recorded traces and finds one by the id of its case.
 */
#include "recorded.h"
#include "child.h"

#include <errno.h>
#include <glob.h>
#include <stdlib.h>

static const char *const suffixes[OVERRIDES] = {
	[OVERRIDE_NONE] = ".trace",
	[OVERRIDE_ALL] = ".all.trace",
	[OVERRIDE_FIRST] = ".first.trace",
};

static bool
ends_with(const char *text, size_t length, const char *end)
{
	size_t size = strlen(end);
	return length >= size && memcmp(text + length - size, end, size) == 0;
}

/* The mode that a file holds: its longest suffix decides. */
static bool
is_of_mode(const char *path, enum override override)
{
	size_t length = strlen(path);
	if (ends_with(path, length, ".xz"))
		length -= 3;
	for (int i = OVERRIDES - 1; i >= 0; i--) {
		if (ends_with(path, length, suffixes[i]))
			return i == (int) override;
	}
	return false;
}

static int
add_trace(struct recorded *recorded, struct trace *trace)
{
	if (recorded->count == recorded->room) {
		size_t room = recorded->room * 2 + 256;
		struct trace *grown =
		    realloc(recorded->traces, room * sizeof(*grown));
		if (!grown)
			return -1;
		recorded->traces = grown;
		recorded->room = room;
	}
	recorded->traces[recorded->count++] = *trace;
	*trace = (struct trace){ 0 };
	return 0;
}

static int
load_stream(struct recorded *recorded, FILE *stream)
{
	struct trace trace = { 0 };
	int found;
	while ((found = trace_read(&trace, stream)) > 0) {
		if (add_trace(recorded, &trace) < 0) {
			found = -1;
			break;
		}
	}
	trace_clear(&trace);
	return found;
}

static int
load_file(struct recorded *recorded, const char *path)
{
	if (!ends_with(path, strlen(path), ".xz")) {
		FILE *stream = fopen(path, "r");
		int result = stream ? load_stream(recorded, stream) : -1;
		if (stream)
			fclose(stream);
		return result;
	}
	const char *const command[] = { "xz", "-dc", path, NULL };
	struct child child;
	if (child_start(&child, command, NULL) < 0)
		return -1;
	int result = load_stream(recorded, child.output);
	return child_finish(&child) == 0 ? result : -1;
}

static int
compare_ids(const void *a, const void *b)
{
	return strcmp(
	    ((const struct trace *)a)->id, ((const struct trace *)b)->id);
}

int
recorded_load(struct recorded *recorded, const char *folder,
    enum override override, struct dt_message *message)
{
	glob_t found = { 0 };
	char pattern[4096];
	int result = 0;
	snprintf(pattern, sizeof(pattern), "%s/*.trace*", folder);
	glob(pattern, 0, NULL, &found);
	for (size_t i = 0; result == 0 && i < found.gl_pathc; i++) {
		if (!is_of_mode(found.gl_pathv[i], override))
			continue;
		result = load_file(recorded, found.gl_pathv[i]);
		if (result < 0)
			dt_message_set(message, "%s: cannot read traces",
			    found.gl_pathv[i]);
	}
	globfree(&found);
	if (result == 0 && recorded->count == 0) {
		dt_message_set(message, "%s: no traces for override %s", folder,
		    override_name(override));
		return -1;
	}
	if (result == 0)
		qsort(recorded->traces, recorded->count,
		    sizeof(*recorded->traces), compare_ids);
	return result;
}

const struct trace *
recorded_find(const struct recorded *recorded, const char *id)
{
	struct trace key = { .id = (char *)(uintptr_t)id };
	return bsearch(&key, recorded->traces, recorded->count,
	    sizeof(*recorded->traces), compare_ids);
}

void
recorded_clear(struct recorded *recorded)
{
	for (size_t i = 0; i < recorded->count; i++)
		trace_clear(&recorded->traces[i]);
	free(recorded->traces);
	*recorded = (struct recorded){ 0 };
}
