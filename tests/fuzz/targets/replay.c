/*
 * Runs a fuzz target over files and over what lies in folders, without a
 * fuzzer: one TAP line for each argument. A finding ends the program.
 */
#include "target.h"

#include <dirent.h>
#include <sys/stat.h>

static unsigned ran;

static bool
run_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	struct dt_buffer content = { 0 };
	uint8_t part[4096];
	uint8_t *exact;
	size_t n;

	if (file == NULL)
		return false;
	while ((n = fread(part, 1, sizeof(part), file)) > 0)
		REQUIRE(dt_buffer_append(&content, part, n) == 0);
	fclose(file);
	exact = fuzz_copy(dt_buffer_span(&content));
	LLVMFuzzerTestOneInput(exact, dt_buffer_size(&content));
	free(exact);
	dt_buffer_clear(&content);
	ran++;
	return true;
}

static bool
run_folder(const char *path)
{
	DIR *folder = opendir(path);
	const struct dirent *entry;
	unsigned before = ran;
	bool all = true;

	if (folder == NULL)
		return false;
	while ((entry = readdir(folder)) != NULL) {
		struct dt_buffer name = { 0 };
		char *whole;

		if (entry->d_name[0] == '.')
			continue;
		dt_buffer_printf(&name, "%s/%s", path, entry->d_name);
		whole = dt_buffer_take_text(&name);
		all = whole != NULL && run_file(whole) && all;
		free(whole);
	}
	closedir(folder);
	return all && ran > before;
}

static bool
run(const char *path)
{
	struct stat status;

	if (stat(path, &status) < 0)
		return false;
	return S_ISDIR(status.st_mode) ? run_folder(path) : run_file(path);
}

int
main(int argc, char **argv)
{
	printf("1..%d\n", argc - 1);
	for (int i = 1; i < argc; i++) {
		unsigned before = ran;
		bool done = run(argv[i]);

		printf("%s %d - %u inputs of %s end well\n",
		    done ? "ok" : "not ok", i, ran - before, argv[i]);
		fflush(stdout);
	}
	return ran > 0 ? 0 : 1;
}
