/*
 * Files to be sent; see outbox.h. A file that is named must be one that can be
 * sent. What lies in a directory beside such files is passed over, and so is a
 * directory of media (PS3.3 F.3), which is about files and is not sent.
 */
#include "tools/outbox.h"

#include "base/limits.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define MEDIA_DIRECTORY "1.2.840.10008.1.3.10"

/* A search: where findings go, and how deep it is below what was named. */
struct search {
	struct outbox *outbox;
	outbox_refuse_fn refuse;
	void *arg;
	unsigned depth;
};

/* Without waiting for a writer, should it be a FIFO. */
static int
open_file(const char *path, struct stat *status, struct dt_message *why)
{
	int file = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

	if (file < 0 || fstat(file, status) < 0)
		dt_message_set(why, "%s", strerror(errno));
	else if (!S_ISREG(status->st_mode))
		dt_message_set(why, "is not a file");
	else
		return file;
	if (file >= 0)
		close(file);
	return -1;
}

/* As much of the start as there is, up to room; -1: errno. */
static ssize_t
read_start(int file, uint8_t *bytes, size_t room)
{
	size_t size = 0;

	while (size < room) {
		ssize_t got =
		    pread(file, bytes + size, room - size, (off_t)size);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		size += (size_t)got;
	}
	return (ssize_t)size;
}

static bool
read_head(int file, struct outgoing *found, struct dt_message *why)
{
	uint8_t bytes[DT_PART10_ROOM];
	ssize_t size = read_start(file, bytes, sizeof(bytes));
	size_t offset;

	if (size < 0) {
		dt_message_set(why, "%s", strerror(errno));
		return false;
	}
	if (dt_part10_read(
		dt_span(bytes, (size_t)size), &found->meta, &offset, why) < 0)
		return false;
	found->offset = offset;
	if ((uint64_t)found->seen.st_size <= found->offset) {
		dt_message_set(
		    why, "has no data set behind its file meta information");
		return false;
	}
	found->size = (uint64_t)found->seen.st_size - found->offset;
	return true;
}

static bool
keep(struct outbox *outbox, const struct outgoing *found, const char *path)
{
	struct outgoing *files = outbox->files;

	if (outbox->count == outbox->room) {
		size_t room = outbox->room == 0 ? 16 : outbox->room * 2;

		files = reallocarray(files, room, sizeof(*files));
		if (files == NULL)
			return false;
		outbox->files = files;
		outbox->room = room;
	}
	files[outbox->count] = *found;
	files[outbox->count].path = strdup(path);
	if (files[outbox->count].path == NULL)
		return false;
	outbox->count++;
	outbox->bytes += found->size;
	return true;
}

static void
add_file(struct search *search, const char *path)
{
	struct outgoing found = { 0 };
	struct dt_message why;
	int file = open_file(path, &found.seen, &why);
	bool is_read = file >= 0 && read_head(file, &found, &why);
	bool is_passed_over =
	    search->depth > 0 && file >= 0 &&
	    (!is_read || strcmp(found.meta.sop_class, MEDIA_DIRECTORY) == 0);

	if (file >= 0)
		close(file);
	if (is_passed_over)
		search->outbox->passed_over++;
	else if (!is_read)
		search->refuse(path, why.text, search->arg);
	else if (!keep(search->outbox, &found, path))
		search->refuse(path, "no memory", search->arg);
}

static int
is_entry(const struct dirent *entry)
{
	return strcmp(entry->d_name, ".") != 0 &&
	       strcmp(entry->d_name, "..") != 0;
}

static void add_directory(struct search *search, const char *path);

/* What a directory holds: only files and directories, not what links point
 * at, so that a search cannot go round in circles. */
static void
add_entry(struct search *search, const char *directory, const char *name)
{
	struct stat status;
	char *path;

	if (asprintf(&path, "%s/%s", directory, name) < 0) {
		search->refuse(directory, "no memory", search->arg);
		return;
	}
	if (lstat(path, &status) < 0)
		search->refuse(path, strerror(errno), search->arg);
	else if (S_ISDIR(status.st_mode))
		add_directory(search, path);
	else if (S_ISREG(status.st_mode))
		add_file(search, path);
	else
		search->outbox->passed_over++;
	free(path);
}

static void
add_directory(struct search *search, const char *path)
{
	struct dirent **entries;
	int count = scandir(path, &entries, is_entry, alphasort);

	if (count < 0) {
		search->refuse(path, strerror(errno), search->arg);
		return;
	}
	search->depth++;
	for (int i = 0; i < count; i++) {
		add_entry(search, path, entries[i]->d_name);
		free(entries[i]);
	}
	search->depth--;
	free(entries);
}

void
outbox_add(struct outbox *outbox, const char *path, bool recurse,
    outbox_refuse_fn refuse, void *arg)
{
	struct search search = { outbox, refuse, arg, 0 };
	struct stat status;

	if (stat(path, &status) < 0 || !S_ISDIR(status.st_mode))
		add_file(&search, path);
	else if (recurse)
		add_directory(&search, path);
	else
		refuse(path, "is a directory; --recurse sends what is below it",
		    arg);
}

void
outbox_clear(struct outbox *outbox)
{
	for (size_t i = 0; i < outbox->count; i++)
		free(outbox->files[i].path);
	free(outbox->files);
	*outbox = (struct outbox){ 0 };
}

static bool
is_same(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino &&
	       a->st_size == b->st_size &&
	       a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
	       a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

int
outgoing_open(const struct outgoing *found, struct dt_message *why)
{
	struct stat status;
	int file = open_file(found->path, &status, why);

	if (file < 0)
		return -1;
	if (!is_same(&status, &found->seen))
		dt_message_set(why, "has changed since its head was read");
	else if (lseek(file, (off_t)found->offset, SEEK_SET) < 0)
		dt_message_set(why, "%s", strerror(errno));
	else
		return file;
	close(file);
	return -1;
}
