#include "tools/outbox.h"
#include "tools/store_contexts.h"

#include <criterion/criterion.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define CT "1.2.840.10008.5.1.4.1.1.2"
#define MEDIA_DIRECTORY "1.2.840.10008.1.3.10"

static char path[64];
static struct outbox outbox;
static unsigned refusals;
static char refused[256]; /* the last one */

static int
remove_entry(
    const char *name, const struct stat *status, int type, struct FTW *ftw)
{
	(void)status;
	(void)type;
	(void)ftw;
	return remove(name);
}

/* A directory of its own, which is the current one. */
static void
enter(void)
{
	strcpy(path, "/tmp/test_outbox.XXXXXX");
	cr_assert_not_null(mkdtemp(path));
	cr_assert_eq(chdir(path), 0);
}

static void
leave(void)
{
	outbox_clear(&outbox);
	cr_expect_eq(nftw(path, remove_entry, 8, FTW_DEPTH | FTW_PHYS), 0);
}

TestSuite(outbox, .init = enter, .fini = leave);

static void
make_dicom(const char *name, const char *sop_class, const char *data_set)
{
	struct dt_part10 meta = { "", "1.2.3", "1.2.840.10008.1.2.1" };
	struct dt_buffer bytes = { 0 };
	FILE *file = fopen(name, "wb");

	cr_assert_not_null(file);
	strcpy(meta.sop_class, sop_class);
	cr_assert_eq(dt_part10_write(&meta, &bytes), 0);
	dt_buffer_text(&bytes, data_set);
	cr_assert_eq(
	    fwrite(bytes.data, 1, dt_buffer_size(&bytes), file), bytes.end);
	fclose(file);
	dt_buffer_clear(&bytes);
}

static void
make_text(const char *name, const char *text)
{
	FILE *file = fopen(name, "wb");

	cr_assert_not_null(file);
	fputs(text, file);
	fclose(file);
}

static void
refuse(const char *name, const char *why, void *arg)
{
	(void)arg;
	refusals++;
	snprintf(refused, sizeof(refused), "%s: %s", name, why);
}

static void
add(const char *name, bool recurse)
{
	outbox_add(&outbox, name, recurse, refuse, NULL);
}

static void
expect_refused(const char *name, const char *text)
{
	unsigned before = refusals;

	add(name, false);
	cr_expect_eq(refusals, before + 1, "%s", name);
	cr_expect_not_null(
	    strstr(refused, text), "\"%s\" lacks \"%s\"", refused, text);
}

Test(outbox, file_is_known_by_its_head)
{
	make_dicom("ct.dcm", CT, "octets");
	add("ct.dcm", false);
	cr_assert_eq(outbox.count, 1);
	cr_expect_str_eq(outbox.files[0].path, "ct.dcm");
	cr_expect_str_eq(outbox.files[0].meta.sop_class, CT);
	cr_expect_eq(outbox.files[0].size, 6);
	cr_expect_eq(outbox.bytes, 6);
	cr_expect_eq(refusals, 0);
}

Test(outbox, data_set_is_what_is_opened)
{
	char octets[8] = "";
	struct dt_message why;
	int file;

	make_dicom("ct.dcm", CT, "octets");
	add("ct.dcm", false);
	file = outgoing_open(&outbox.files[0], &why);
	cr_assert_geq(file, 0);
	cr_expect_eq(read(file, octets, sizeof(octets)), 6);
	cr_expect_str_eq(octets, "octets");
	close(file);
}

Test(outbox, file_that_cannot_be_sent_is_refused)
{
	make_text("text", "no DICOM here");
	make_dicom("empty", CT, "");
	cr_assert_eq(mkfifo("fifo", 0600), 0);
	cr_assert_eq(mkdir("directory", 0700), 0);
	expect_refused("nowhere", "nowhere: No such file or directory");
	expect_refused("text", "text: is not a DICOM file");
	expect_refused("empty", "empty: has no data set");
	expect_refused("fifo", "fifo: is not a file");
	expect_refused("directory", "--recurse");
	cr_expect_eq(outbox.count, 0);
	cr_expect_eq(outbox.passed_over, 0);
}

Test(outbox, file_that_changed_meanwhile_is_not_opened)
{
	struct dt_message why;

	make_dicom("a", CT, "octets");
	make_dicom("b", CT, "octets");
	add("a", false);
	make_dicom("a", CT, "more octets");
	cr_expect_lt(outgoing_open(&outbox.files[0], &why), 0);
	cr_expect_str_eq(why.text, "has changed since its head was read");
	cr_assert_eq(rename("b", "a"), 0);
	cr_expect_lt(outgoing_open(&outbox.files[0], &why), 0, "another file");
	cr_assert_eq(unlink("a"), 0);
	cr_expect_lt(outgoing_open(&outbox.files[0], &why), 0);
	cr_expect_str_eq(why.text, "No such file or directory");
}

Test(outbox, directories_are_searched_in_order_of_names)
{
	cr_assert_eq(mkdir("study", 0700), 0);
	cr_assert_eq(mkdir("study/b", 0700), 0);
	make_dicom("study/c", CT, "x");
	make_dicom("study/b/2", CT, "x");
	make_dicom("study/b/1", CT, "x");
	make_dicom("study/a", CT, "x");
	add("study", true);
	cr_assert_eq(outbox.count, 4);
	cr_expect_str_eq(outbox.files[0].path, "study/a");
	cr_expect_str_eq(outbox.files[1].path, "study/b/1");
	cr_expect_str_eq(outbox.files[2].path, "study/b/2");
	cr_expect_str_eq(outbox.files[3].path, "study/c");
	cr_expect_eq(refusals, 0);
}

Test(outbox, what_lies_beside_the_files_is_passed_over)
{
	cr_assert_eq(mkdir("study", 0700), 0);
	make_dicom("study/a", CT, "x");
	make_text("study/readme", "no DICOM here");
	make_dicom("study/DICOMDIR", MEDIA_DIRECTORY, "x");
	cr_assert_eq(mkfifo("study/fifo", 0600), 0);
	cr_assert_eq(symlink("a", "study/link"), 0);
	cr_assert_eq(symlink(".", "study/circle"), 0);
	add("study", true);
	cr_expect_eq(outbox.count, 1);
	cr_expect_eq(outbox.passed_over, 5);
	cr_expect_eq(refusals, 0);
}

Test(outbox, link_that_is_named_is_followed)
{
	make_dicom("a", CT, "x");
	cr_assert_eq(symlink("a", "link"), 0);
	add("link", false);
	cr_expect_eq(outbox.count, 1);
}

/* Files that differ in class or transfer syntax, without any on disk. */
static void
make_kinds(struct outgoing *files, size_t count)
{
	memset(files, 0, count * sizeof(*files));
	for (size_t i = 0; i < count; i++) {
		struct dt_part10 *meta = &files[i].meta;

		snprintf(
		    meta->sop_class, sizeof(meta->sop_class), "1.%zu", i / 2);
		snprintf(
		    meta->transfer, sizeof(meta->transfer), "2.%zu", i % 2);
	}
}

Test(store_contexts, files_of_a_kind_share_one)
{
	struct store_contexts contexts;
	struct outgoing files[6];

	make_kinds(files, 3);
	make_kinds(files + 3, 3);
	cr_expect_eq(store_contexts_make(&contexts, files, 6), 6);
	cr_expect_eq(contexts.count, 3);
	cr_expect_eq(store_contexts_find(&contexts, &files[1].meta), 1);
	cr_expect_eq(store_contexts_find(&contexts, &files[5].meta), 2);
}

Test(store_contexts, association_has_room_for_128)
{
	struct outgoing files[300];
	struct store_contexts contexts;

	make_kinds(files, 300);
	files[129] = files[3]; /* fits, but stands behind one that does not */
	cr_expect_eq(store_contexts_make(&contexts, files, 128), 128);
	cr_expect_eq(store_contexts_make(&contexts, files, 300), 128);
	cr_expect_eq(contexts.count, 128);
	files[128] = files[2];
	cr_expect_eq(store_contexts_make(&contexts, files, 300), 130);
	cr_expect_eq(store_contexts_make(&contexts, files + 260, 40), 40);
}

Test(store_contexts, identifiers_are_odd)
{
	cr_expect_eq(store_context_id(0), 1);
	cr_expect_eq(store_context_id(1), 3);
	cr_expect_eq(store_context_id(127), 255);
}
