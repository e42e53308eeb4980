/* Any octets as a file of verification cases: each is put to the library as
 * the replay does, with each answer of the verify function; what was read is
 * written and read again. */
#include "target.h"

#include "conformance/ours.h"

#include <sys/mman.h>
#include <unistd.h>

/* Few, so that some are forgotten. */
#define SIGNATURES 64

/* A file in memory with this content, and its path. */
static int
make_file(struct dt_span content, char *path, size_t room)
{
	int fd = memfd_create("case", MFD_CLOEXEC);

	REQUIRE(fd >= 0);
	REQUIRE(write(fd, content.data, content.size) == (ssize_t)content.size);
	snprintf(path, room, "/proc/self/fd/%d", fd);
	return fd;
}

/* The case as text again, which has to be a case of the same objects. */
static void
write_and_read(const struct case_data *data)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	struct case_file file;
	char path[64];
	int fd;

	REQUIRE(out != NULL);
	case_write(data, out);
	REQUIRE(fclose(out) == 0);
	fd = make_file(dt_span(text, size), path, sizeof(path));
	REQUIRE(case_file_open(&file, path) == 0);
	REQUIRE(case_file_next(&file) == 1);
	REQUIRE(file.data.object_count == data->object_count);
	REQUIRE(file.data.flags == data->flags);
	REQUIRE(file.data.cleared == data->cleared);
	REQUIRE(file.data.hosts.count == data->hosts.count);
	REQUIRE(case_file_next(&file) == 0);
	case_file_close(&file);
	close(fd);
	free(text);
}

/* What is accepted without an override is accepted with any. */
static void
verify(const struct case_data *data)
{
	bool accepted[OVERRIDES];

	for (int i = OVERRIDE_NONE; i < OVERRIDES; i++) {
		struct trace trace = { .id = NULL };
		struct dt_message message;

		trace_begin(&trace, data->id, (enum override)i);
		/* Questions that nobody can ask are refused. */
		if (ours_replay(data, &trace, &message) < 0)
			trace_result_parse(&trace);
		REQUIRE(!trace.failed);
		accepted[i] = trace_accepts(&trace);
		trace_clear(&trace);
	}
	REQUIRE(!accepted[OVERRIDE_NONE] || accepted[OVERRIDE_ALL]);
	REQUIRE(!accepted[OVERRIDE_NONE] || accepted[OVERRIDE_FIRST]);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool remembers;
	struct case_file file;
	char path[64];
	int fd = make_file(dt_span(data, size), path, sizeof(path));

	if (!remembers)
		REQUIRE(ours_remember(SIGNATURES) == 0);
	remembers = true;
	if (case_file_open(&file, path) == 0)
		while (case_file_next(&file) == 1) {
			verify(&file.data);
			write_and_read(&file.data);
		}
	case_file_close(&file);
	close(fd);
	return 0;
}
