/*
 * Walks files and the cases in them.
 */
#include "source.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

static int
add_copy(struct dt_array *array, const char *text)
{
	char *copy = strdup(text);
	if (copy && dt_array_push(array, copy) == 0)
		return 0;
	free(copy);
	return -1;
}

static int
add_lines(struct dt_array *array, FILE *stream)
{
	char *line = NULL;
	size_t room = 0;
	int error = 0;
	while (error == 0 && getline(&line, &room, stream) > 0) {
		line[strcspn(line, "\r\n")] = '\0';
		if (line[0] != '\0')
			error = add_copy(array, line);
	}
	free(line);
	return error == 0 && ferror(stream) ? -1 : error;
}

int
case_source_add(struct case_source *source, const char *argument)
{
	int error = strcmp(argument, "-") == 0
			? add_lines(&source->paths, stdin)
			: add_copy(&source->paths, argument);
	if (error < 0)
		dt_message_set(
		    &source->message, "%s: %s", argument, strerror(errno));
	return error;
}

static int
compare_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

int
case_source_restrict(struct case_source *source, const char *path)
{
	FILE *stream = fopen(path, "r");
	int error = stream ? add_lines(&source->ids, stream) : -1;
	if (error < 0)
		dt_message_set(
		    &source->message, "%s: %s", path, strerror(errno));
	if (stream)
		fclose(stream);
	if (source->ids.count > 0)
		qsort(source->ids.items, source->ids.count, sizeof(void *),
		    compare_text);
	source->listed = true;
	return error;
}

static bool
is_wanted(const struct case_source *source, const char *id)
{
	return !source->listed ||
	       (source->ids.count > 0 &&
		   bsearch(&id, source->ids.items, source->ids.count,
		       sizeof(void *), compare_text));
}

static void
close_file(struct case_source *source)
{
	if (source->is_open)
		case_file_close(&source->file);
	source->is_open = false;
}

/* The next case of any file, wanted or not. */
static int
next_case(struct case_source *source)
{
	for (;;) {
		int found = source->is_open ? case_file_next(&source->file) : 0;
		if (found != 0)
			return found;
		close_file(source);
		if (source->next_path == source->paths.count)
			return 0;
		source->is_open = true;
		if (case_file_open(&source->file,
			source->paths.items[source->next_path++]) < 0)
			return -1;
	}
}

int
case_source_next(struct case_source *source, const struct case_data **data)
{
	int found;
	while ((found = next_case(source)) > 0) {
		if (is_wanted(source, source->file.data.id)) {
			*data = &source->file.data;
			return 1;
		}
	}
	if (found < 0)
		source->message = source->file.message;
	return found;
}

static void
free_texts(struct dt_array *array)
{
	for (size_t i = 0; i < array->count; i++)
		free(array->items[i]);
	dt_array_clear(array);
}

void
case_source_clear(struct case_source *source)
{
	close_file(source);
	free_texts(&source->paths);
	free_texts(&source->ids);
	*source = (struct case_source){ 0 };
}
