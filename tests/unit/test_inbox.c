#include "tools/inbox.h"

#include "base/limits.h"
#include "dicom/association.h"

#include "dicomtls.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define CLASS "1.2.840.10008.5.1.4.1.1.7"
#define INSTANCE "1.2.3.4"
#define EXPLICIT_LE "1.2.840.10008.1.2.1"

/* An inbox in a directory of its own, which is the current one, and one
 * connection to it. */
struct scene {
	char path[64];
	struct inbox *inbox;
	struct delivery *delivery;
	struct dt_data_sink sink;
	struct dt_command command;
	const char *abstract; /* of the context */
	struct inbox_result result;
};

static void
open_inbox(struct scene *scene, uint64_t max_size)
{
	struct dt_message why = { "" };

	scene->inbox = inbox_open(scene->path, max_size, &why);
	cr_assert_not_null(scene->inbox, "%s", why.text);
	scene->delivery = delivery_new(scene->inbox);
	cr_assert_not_null(scene->delivery);
	scene->sink = delivery_sink(scene->delivery);
}

static void
enter(struct scene *scene, uint64_t max_size)
{
	memset(scene, 0, sizeof(*scene));
	scene->abstract = CLASS;
	strcpy(scene->path, "/tmp/test_inbox.XXXXXX");
	cr_assert_not_null(mkdtemp(scene->path));
	cr_assert_eq(chdir(scene->path), 0);
	open_inbox(scene, max_size);
}

static unsigned
count_entries(void)
{
	DIR *directory = opendir(".");
	const struct dirent *entry;
	unsigned count = 0;

	cr_assert_not_null(directory);
	while ((entry = readdir(directory)) != NULL)
		count += strcmp(entry->d_name, ".") != 0 &&
			 strcmp(entry->d_name, "..") != 0;
	closedir(directory);
	return count;
}

static void
leave(struct scene *scene)
{
	DIR *directory = opendir(".");
	const struct dirent *entry;

	delivery_release(scene->delivery);
	inbox_close(scene->inbox);
	dt_command_clear(&scene->command);
	cr_assert_not_null(directory);
	while ((entry = readdir(directory)) != NULL)
		unlinkat(dirfd(directory), entry->d_name, 0);
	closedir(directory);
	cr_expect_eq(rmdir(scene->path), 0);
}

/* instance NULL: without it. */
static int
begin(struct scene *scene, const char *sop_class, const char *instance,
    void **stream)
{
	struct dt_data_head head = {
		.context = 1,
		.command = &scene->command,
		.abstract_syntax = scene->abstract,
		.transfer_syntax = EXPLICIT_LE,
	};

	dt_command_clear(&scene->command);
	cr_assert_eq(dt_command_put_uid(
			 &scene->command, DT_COMMAND_AFFECTED_CLASS, sop_class),
	    0);
	cr_assert_eq(
	    dt_command_put_u16(&scene->command, DT_COMMAND_FIELD, 1), 0);
	if (instance != NULL)
		cr_assert_eq(dt_command_put_uid(&scene->command,
				 DT_COMMAND_AFFECTED_INSTANCE, instance),
		    0);
	return scene->sink.begin(scene->sink.arg, &head, stream);
}

static void
take_result(struct scene *scene)
{
	delivery_take_result(scene->delivery, &scene->result);
}

/* A whole data set; what the response would say. */
static unsigned
deliver(struct scene *scene, const char *instance, const char *octets)
{
	struct dt_span span = dt_span(octets, strlen(octets));
	void *stream;

	if (begin(scene, CLASS, instance, &stream) == 0)
		scene->sink.end(stream, scene->sink.put(stream, span) == 0
					    ? DT_DATA_COMPLETE
					    : DT_DATA_CUT);
	take_result(scene);
	return scene->result.status;
}

/* The file's meta information and its data set. */
static void
expect_file(const char *name, const char *instance, const char *octets)
{
	static uint8_t bytes[100000];
	struct dt_part10 meta = { 0 };
	struct dt_message why = { "" };
	size_t size = 0, head = 0;
	FILE *file = fopen(name, "rb");

	cr_assert_not_null(file, "%s", name);
	size = fread(bytes, 1, sizeof(bytes), file);
	fclose(file);
	cr_assert_eq(dt_part10_read(dt_span(bytes, size), &meta, &head, &why),
	    0, "%s", why.text);
	cr_expect_str_eq(meta.sop_class, CLASS);
	cr_expect_str_eq(meta.sop_instance, instance);
	cr_expect_str_eq(meta.transfer, EXPLICIT_LE);
	cr_expect(dt_span_equal(dt_span(bytes + head, size - head),
	    dt_span(octets, strlen(octets))));
}

Test(inbox, data_set_becomes_a_file_named_by_its_instance)
{
	struct scene scene;
	struct stat status;

	enter(&scene, 0);
	cr_expect_eq(deliver(&scene, INSTANCE, "octets"), 0);
	cr_expect_eq(scene.result.size, 6);
	cr_expect_str_eq(scene.result.meta.sop_instance, INSTANCE);
	cr_expect_eq(count_entries(), 1);
	expect_file(INSTANCE ".dcm", INSTANCE, "octets");
	cr_assert_eq(stat(INSTANCE ".dcm", &status), 0);
	cr_expect_eq(status.st_mode & 07137, 0, "mode %o", status.st_mode);
	leave(&scene);
}

Test(inbox, file_has_its_name_only_when_it_is_whole)
{
	struct scene scene;
	void *stream;

	enter(&scene, 0);
	cr_assert_eq(begin(&scene, CLASS, INSTANCE, &stream), 0);
	cr_assert_eq(scene.sink.put(stream, dt_span("octets", 6)), 0);
	cr_expect_eq(count_entries(), 1);
	cr_expect_neq(access(INSTANCE ".dcm", F_OK), 0);
	scene.sink.end(stream, DT_DATA_COMPLETE);
	cr_expect_eq(count_entries(), 1);
	cr_expect_eq(access(INSTANCE ".dcm", F_OK), 0);
	leave(&scene);
}

Test(inbox, same_instance_again_replaces_the_file_at_the_end)
{
	struct scene scene;
	void *stream;

	enter(&scene, 0);
	cr_expect_eq(deliver(&scene, INSTANCE, "before"), 0);
	cr_assert_eq(begin(&scene, CLASS, INSTANCE, &stream), 0);
	cr_assert_eq(scene.sink.put(stream, dt_span("after", 5)), 0);
	expect_file(INSTANCE ".dcm", INSTANCE, "before");
	scene.sink.end(stream, DT_DATA_COMPLETE);
	expect_file(INSTANCE ".dcm", INSTANCE, "after");
	cr_expect_eq(count_entries(), 1);
	leave(&scene);
}

Test(inbox, what_is_cut_leaves_nothing)
{
	struct scene scene;
	void *stream;

	enter(&scene, 0);
	cr_expect_eq(deliver(&scene, INSTANCE, "before"), 0);
	cr_assert_eq(begin(&scene, CLASS, INSTANCE, &stream), 0);
	cr_assert_eq(scene.sink.put(stream, dt_span("aft", 3)), 0);
	scene.sink.end(stream, DT_DATA_CUT);
	expect_file(INSTANCE ".dcm", INSTANCE, "before");
	cr_assert_eq(begin(&scene, CLASS, "1.2.3.5", &stream), 0);
	scene.sink.end(stream, DT_DATA_CUT);
	cr_expect_eq(count_entries(), 1);
	leave(&scene);
}

/* The handle may be freed while a data set is on its way. */
Test(inbox, data_set_may_outlive_its_connection)
{
	struct scene scene;
	void *stream;

	enter(&scene, 0);
	cr_assert_eq(begin(&scene, CLASS, INSTANCE, &stream), 0);
	delivery_release(scene.delivery);
	scene.delivery = NULL;
	scene.sink.end(stream, DT_DATA_CUT);
	cr_expect_eq(count_entries(), 0);
	leave(&scene);
}

/* One character more than PS3.5 9.1 allows. */
#define LONG_UID                                                               \
	"12345678901234567890123456789012345678901234567890123456789"          \
	"012345"

/* PS3.7 C.5.12. What cannot be is not even opened. */
Test(inbox, what_is_no_uid_is_refused)
{
	static const char *const texts[] = { "", ".", "..", "../1", "/1", "1/2",
		"1.2/../3", "1..2", "1.2.", ".1", "a", "1.2\n3", "1.2 3",
		LONG_UID };
	struct scene scene;

	enter(&scene, 0);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		cr_expect_eq(deliver(&scene, texts[i], "octets"), 0x0117,
		    "\"%s\"", texts[i]);
		cr_expect_str_empty(scene.result.meta.sop_instance);
	}
	cr_expect_eq(deliver(&scene, NULL, "octets"), 0x0117, "none at all");
	cr_expect_eq(count_entries(), 0);
	leave(&scene);
}

Test(inbox, longest_uid_is_a_name)
{
	static const char uid[] = "1234567890123456789012345678901234567890123"
				  "456789012345678901234";
	struct scene scene;
	char name[80];

	cr_assert_eq(strlen(uid), 64);
	enter(&scene, 0);
	cr_expect_eq(deliver(&scene, uid, "octets"), 0);
	snprintf(name, sizeof(name), "%s.dcm", uid);
	expect_file(name, uid, "octets");
	leave(&scene);
}

Test(inbox, class_must_be_that_of_the_context)
{
	struct scene scene;
	void *stream;

	enter(&scene, 0);
	cr_expect_lt(
	    begin(&scene, "1.2.840.10008.5.1.4.1.1.2", INSTANCE, &stream), 0);
	take_result(&scene);
	cr_expect_eq(scene.result.status, 0x0122);
	cr_expect_eq(count_entries(), 0);
	leave(&scene);
}

/* Verification is accepted, but not to be stored. */
Test(inbox, class_must_be_storage)
{
	struct scene scene;
	void *stream;

	enter(&scene, 0);
	scene.abstract = "1.2.840.10008.1.1";
	cr_expect_lt(begin(&scene, scene.abstract, INSTANCE, &stream), 0);
	take_result(&scene);
	cr_expect_eq(scene.result.status, 0x0122);
	cr_expect_eq(count_entries(), 0);
	leave(&scene);
}

Test(inbox, without_directory_nothing_is_stored)
{
	struct delivery *delivery = delivery_new(NULL);
	struct scene scene;

	enter(&scene, 0);
	scene.sink = delivery_sink(delivery);
	delivery_release(scene.delivery);
	scene.delivery = delivery;
	cr_expect_eq(deliver(&scene, INSTANCE, "octets"), 0x0122);
	cr_expect_eq(count_entries(), 0);
	leave(&scene);
}

Test(inbox, request_without_data_set_is_not_understood)
{
	struct scene scene;

	enter(&scene, 0);
	take_result(&scene);
	cr_expect_eq(scene.result.status, 0xc000);
	cr_expect_eq(deliver(&scene, INSTANCE, "octets"), 0);
	take_result(&scene);
	cr_expect_eq(
	    scene.result.status, 0xc000, "the result of another came again");
	leave(&scene);
}

Test(inbox, longer_than_allowed_is_refused)
{
	struct scene scene;
	void *stream;

	enter(&scene, 6);
	cr_expect_eq(deliver(&scene, INSTANCE, "sixsix"), 0);
	cr_expect_eq(deliver(&scene, "1.2.3.5", "sevense"), 0xa700);
	cr_expect_not_null(strstr(scene.result.why.text, "--max-size"));
	cr_assert_eq(begin(&scene, CLASS, "1.2.3.5", &stream), 0);
	cr_assert_eq(scene.sink.put(stream, dt_span("six", 3)), 0);
	cr_assert_eq(scene.sink.put(stream, dt_span("six", 3)), 0);
	cr_assert_lt(scene.sink.put(stream, dt_span("s", 1)), 0);
	scene.sink.end(stream, DT_DATA_CUT);
	take_result(&scene);
	cr_expect_eq(scene.result.status, 0xa700);
	cr_expect_eq(count_entries(), 1);
	leave(&scene);
}

/* EFBIG here stands for ENOSPC, of which tests/tools/store.sh has a real
 * one. */
Test(inbox, full_disk_is_out_of_resources_and_leaves_nothing)
{
	struct rlimit limit = { 1000, 1000 };
	char octets[2000];
	struct scene scene;

	enter(&scene, 0);
	memset(octets, 'x', sizeof(octets) - 1);
	octets[sizeof(octets) - 1] = '\0';
	signal(SIGXFSZ, SIG_IGN);
	cr_assert_eq(setrlimit(RLIMIT_FSIZE, &limit), 0);
	cr_expect_eq(deliver(&scene, INSTANCE, octets), 0xa700);
	cr_expect_eq(count_entries(), 0);
	cr_expect_eq(deliver(&scene, INSTANCE, "octets"), 0, "a small one");
	expect_file(INSTANCE ".dcm", INSTANCE, "octets");
	leave(&scene);
}

Test(inbox, no_descriptors_are_out_of_resources)
{
	struct rlimit limit;
	struct scene scene;

	enter(&scene, 0);
	cr_assert_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
	limit.rlim_cur = 0;
	cr_assert_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
	cr_expect_eq(deliver(&scene, INSTANCE, "octets"), 0xa700);
	limit.rlim_cur = limit.rlim_max;
	cr_assert_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
	cr_expect_eq(deliver(&scene, INSTANCE, "octets"), 0);
	leave(&scene);
}

Test(inbox, number_of_unfinished_files_is_limited)
{
	struct delivery *deliveries[DT_MAX_OPEN_STORES];
	void *streams[DT_MAX_OPEN_STORES];
	struct rlimit limit;
	struct scene scene;

	cr_assert_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
	cr_assert_gt(limit.rlim_max, DT_MAX_OPEN_STORES + 50);
	limit.rlim_cur = limit.rlim_max;
	cr_assert_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
	enter(&scene, 0);
	for (unsigned i = 0; i < DT_MAX_OPEN_STORES; i++) {
		deliveries[i] = delivery_new(scene.inbox);
		scene.sink = delivery_sink(deliveries[i]);
		cr_assert_eq(
		    begin(&scene, CLASS, INSTANCE, &streams[i]), 0, "%u", i);
	}
	scene.sink = delivery_sink(scene.delivery);
	cr_expect_eq(deliver(&scene, INSTANCE, "octets"), 0xa700);
	cr_expect_not_null(strstr(scene.result.why.text, "too many"));
	for (unsigned i = 0; i < DT_MAX_OPEN_STORES; i++) {
		scene.sink.end(streams[i], DT_DATA_CUT);
		delivery_release(deliveries[i]);
	}
	cr_expect_eq(deliver(&scene, INSTANCE, "octets"), 0);
	cr_expect_eq(count_entries(), 1);
	leave(&scene);
}

/* A directory where the file should be: not ours to remove. */
Test(inbox, what_cannot_be_replaced_is_a_failure)
{
	struct scene scene;

	enter(&scene, 0);
	cr_assert_eq(mkdir(INSTANCE ".dcm", 0700), 0);
	cr_expect_eq(deliver(&scene, INSTANCE, "octets"), 0x0110);
	cr_expect_eq(count_entries(), 1);
	cr_assert_eq(rmdir(INSTANCE ".dcm"), 0);
	leave(&scene);
}

Test(inbox, link_in_the_place_of_the_file_is_not_followed)
{
	struct scene scene;
	struct stat status;

	enter(&scene, 0);
	cr_assert_eq(symlink("target", INSTANCE ".dcm"), 0);
	cr_expect_eq(deliver(&scene, INSTANCE, "octets"), 0);
	cr_expect_neq(access("target", F_OK), 0);
	cr_assert_eq(lstat(INSTANCE ".dcm", &status), 0);
	cr_expect(S_ISREG(status.st_mode));
	leave(&scene);
}

static void
make_file(const char *name)
{
	int file = open(name, O_WRONLY | O_CREAT | O_EXCL, 0600);

	cr_assert_geq(file, 0, "%s", name);
	close(file);
}

Test(inbox, leftovers_of_a_crash_are_removed)
{
	struct scene scene;

	enter(&scene, 0);
	cr_expect_eq(inbox_removed(scene.inbox), 0);
	make_file(".dicomtls-123-0.part");
	make_file(".dicomtls-77-4000000000.part");
	delivery_release(scene.delivery);
	inbox_close(scene.inbox);
	open_inbox(&scene, 0);
	cr_expect_eq(inbox_removed(scene.inbox), 2);
	cr_expect_eq(count_entries(), 0);
	leave(&scene);
}

Test(inbox, files_of_others_stay)
{
	static const char *const names[] = { ".dicomtls-1-0.par",
		".dicomtls-1-0.part.dcm", ".dicomtls-01-0.part",
		".dicomtls-x-0.part", ".dicomtls-1-.part", "dicomtls-1-0.part",
		".dicomtls-1-99999999999.part", "1.2.3.dcm" };
	const unsigned count = sizeof(names) / sizeof(names[0]);
	struct scene scene;

	enter(&scene, 0);
	for (unsigned i = 0; i < count; i++)
		make_file(names[i]);
	cr_assert_eq(symlink("1.2.3.dcm", ".dicomtls-1-1.part"), 0);
	cr_assert_eq(link("1.2.3.dcm", ".dicomtls-1-2.part"), 0);
	cr_assert_eq(mkfifo(".dicomtls-1-3.part", 0600), 0);
	delivery_release(scene.delivery);
	inbox_close(scene.inbox);
	open_inbox(&scene, 0);
	cr_expect_eq(inbox_removed(scene.inbox), 0);
	cr_expect_eq(count_entries(), count + 3);
	leave(&scene);
}

Test(inbox, another_one_at_work_keeps_its_files)
{
	struct dt_message why = { "" };
	struct inbox *second;
	struct scene scene;
	void *stream;

	enter(&scene, 0);
	cr_assert_eq(begin(&scene, CLASS, INSTANCE, &stream), 0);
	second = inbox_open(scene.path, 0, &why);
	cr_assert_not_null(second);
	cr_expect_eq(inbox_removed(second), 0);
	inbox_close(second);
	cr_assert_eq(scene.sink.put(stream, dt_span("octets", 6)), 0);
	scene.sink.end(stream, DT_DATA_COMPLETE);
	expect_file(INSTANCE ".dcm", INSTANCE, "octets");
	leave(&scene);
}

Test(inbox, directory_must_be_there)
{
	struct dt_message why = { "" };

	cr_expect_null(inbox_open("/nowhere/at/all", 0, &why));
	cr_expect_str_eq(
	    why.text, "/nowhere/at/all: No such file or directory");
	cr_expect_null(inbox_open("/dev/null", 0, &why));
	cr_expect_str_eq(why.text, "/dev/null: Not a directory");
}
