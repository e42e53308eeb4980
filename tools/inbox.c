/*
 * DICOM files from C-STORE requests; see inbox.h.
 *
 * Statuses are those of PS3.4 B.2.3 and PS3.7 annex C: 0117H for a SOP
 * instance UID that is none (C.5.12), 0122H for a SOP class that is not the
 * one agreed on for the presentation context or no storage (C.5.6), A700H where
 * disk, quota, descriptors, memory or our own limits give out, C000H for a
 * request without a data set, 0110H (C.5.14) for all other failures. After each
 * of them the association goes on.
 *
 * Whoever writes a file holds a lock on it, so that whoever finds an
 * unfinished one knows whether its writer is still alive. Left out: what the
 * data set itself says of its class and instance.
 */
#include "tools/inbox.h"

#include "base/limits.h"
#include "tools/storage_class.h"

#include "dicomtls.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define STATUS_PROCESSING_FAILURE 0x0110
#define STATUS_INVALID_INSTANCE 0x0117
#define STATUS_CLASS_NOT_SUPPORTED 0x0122
#define STATUS_OUT_OF_RESOURCES 0xa700
#define STATUS_CANNOT_UNDERSTAND 0xc000

/* Patients' data: for owner and group, less what the umask takes. */
#define FILE_MODE 0640

/* Names of files that are being written: process and number. */
#define UNFINISHED_FORMAT ".dicomtls-%ld-%u.part"
#define NAME_ROOM 64
#define FINISHED_ROOM (DT_UID_MAX + sizeof(".dcm"))

struct inbox {
	int directory;
	uint64_t max_size;
	unsigned removed;
	atomic_uint next; /* number for a name */
	atomic_uint open; /* files being written */
};

struct delivery {
	struct inbox *inbox;
	atomic_uint users; /* the connection, and a data set on its way */
	int file;	   /* -1: none */
	char name[NAME_ROOM];
	struct inbox_result result;
};

static int
fail(struct delivery *delivery, uint16_t status, const char *text)
{
	delivery->result.status = status;
	dt_message_set(&delivery->result.why, "%s", text);
	return DICOMTLS_E_INVALID;
}

/* The same for errno. */
static int
fail_call(struct delivery *delivery, const char *what)
{
	static const int exhausted[] = { ENOSPC, EDQUOT, EFBIG, EMFILE, ENFILE,
		ENOMEM };
	struct dt_message *why = &delivery->result.why;

	delivery->result.status = STATUS_PROCESSING_FAILURE;
	dt_message_set(why, "%s: %s", what, strerror(errno));
	for (size_t i = 0; i < sizeof(exhausted) / sizeof(exhausted[0]); i++)
		if (errno == exhausted[i])
			delivery->result.status = STATUS_OUT_OF_RESOURCES;
	return DICOMTLS_E_INVALID;
}

/* Ours, and nobody has looked at it meanwhile and taken it for a leftover. */
static bool
is_locked_by_us(int file)
{
	struct stat status;

	if (flock(file, LOCK_EX | LOCK_NB) < 0 && errno == EWOULDBLOCK)
		return false;
	return fstat(file, &status) == 0 && status.st_nlink == 1;
}

static int
open_unfinished(struct delivery *delivery)
{
	struct inbox *inbox = delivery->inbox;
	int file;

	do {
		snprintf(delivery->name, sizeof(delivery->name),
		    UNFINISHED_FORMAT, (long)getpid(),
		    atomic_fetch_add(&inbox->next, 1));
		file = openat(inbox->directory, delivery->name,
		    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
		    FILE_MODE);
		if (file >= 0 && !is_locked_by_us(file)) {
			close(file);
			file = -1;
			errno = EEXIST;
		}
	} while (file < 0 && errno == EEXIST);
	if (file < 0)
		return fail_call(delivery, "no file can be made");
	delivery->file = file;
	return 0;
}

static int
write_octets(struct delivery *delivery, struct dt_span octets)
{
	while (octets.size > 0) {
		ssize_t written =
		    write(delivery->file, octets.data, octets.size);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return fail_call(delivery, "writing failed");
		octets = dt_span_tail(octets, (size_t)written);
	}
	return 0;
}

/* Fills in what the file is going to be about, or finds what is wrong. */
static int
take_head(struct delivery *delivery, const struct dt_data_head *head)
{
	struct dt_part10 meta = { 0 };

	if (!dt_command_text(head->command, DT_COMMAND_AFFECTED_INSTANCE,
		meta.sop_instance, sizeof(meta.sop_instance)) ||
	    !dt_uid_is_valid(
		dt_span(meta.sop_instance, strlen(meta.sop_instance))))
		return fail(delivery, STATUS_INVALID_INSTANCE, "");
	if (!storage_class_is_known(head->abstract_syntax))
		return fail(delivery, STATUS_CLASS_NOT_SUPPORTED, "");
	if (!dt_command_text(head->command, DT_COMMAND_AFFECTED_CLASS,
		meta.sop_class, sizeof(meta.sop_class)) ||
	    strcmp(meta.sop_class, head->abstract_syntax) != 0)
		return fail(delivery, STATUS_CLASS_NOT_SUPPORTED,
		    "the SOP class is not that of the presentation context");
	snprintf(
	    meta.transfer, sizeof(meta.transfer), "%s", head->transfer_syntax);
	delivery->result.meta = meta;
	return 0;
}

static void
discard(struct delivery *delivery)
{
	unlinkat(delivery->inbox->directory, delivery->name, 0);
	close(delivery->file);
	delivery->file = -1;
	atomic_fetch_sub(&delivery->inbox->open, 1);
}

static int
write_head(struct delivery *delivery)
{
	struct dt_buffer head = { 0 };
	int rc = dt_part10_write(&delivery->result.meta, &head);

	if (rc < 0)
		fail(delivery, STATUS_OUT_OF_RESOURCES, "no memory");
	else
		rc = write_octets(delivery, dt_buffer_span(&head));
	dt_buffer_clear(&head);
	return rc;
}

static int
open_file(struct delivery *delivery)
{
	struct inbox *inbox = delivery->inbox;
	int rc;

	if (atomic_fetch_add(&inbox->open, 1) >= DT_MAX_OPEN_STORES)
		rc = fail(delivery, STATUS_OUT_OF_RESOURCES,
		    "too many data sets arrive at the same time");
	else
		rc = open_unfinished(delivery);
	if (rc < 0) {
		atomic_fetch_sub(&inbox->open, 1);
		return rc;
	}
	rc = write_head(delivery);
	if (rc < 0)
		discard(delivery);
	return rc;
}

static int
begin(void *arg, const struct dt_data_head *head, void **stream)
{
	struct delivery *delivery = arg;
	int rc;

	delivery->result = (struct inbox_result){ 0 };
	if (delivery->inbox == NULL)
		return fail(delivery, STATUS_CLASS_NOT_SUPPORTED,
		    "nothing is stored without --output-dir");
	rc = take_head(delivery, head);
	if (rc == 0)
		rc = open_file(delivery);
	if (rc < 0)
		return rc;
	atomic_fetch_add(&delivery->users, 1);
	*stream = delivery;
	return 0;
}

static int
put(void *stream, struct dt_span octets)
{
	struct delivery *delivery = stream;
	uint64_t most = delivery->inbox->max_size;

	if (most != 0 && octets.size > most - delivery->result.size)
		return fail(delivery, STATUS_OUT_OF_RESOURCES,
		    "the data set is longer than --max-size allows");
	delivery->result.size += octets.size;
	return write_octets(delivery, octets);
}

/* The order matters: a name must not stand for octets that a power cut could
 * still take away. */
static void
finish(struct delivery *delivery)
{
	int directory = delivery->inbox->directory;
	char finished[FINISHED_ROOM];

	snprintf(finished, sizeof(finished), "%s.dcm",
	    delivery->result.meta.sop_instance);
	if (fsync(delivery->file) < 0) {
		fail_call(delivery, "writing failed");
		discard(delivery);
	} else if (renameat(directory, delivery->name, directory, finished) <
		   0) {
		fail_call(delivery, "the file cannot get its name");
		discard(delivery);
	} else {
		if (fsync(directory) < 0)
			fail_call(delivery, "writing failed");
		close(delivery->file);
		delivery->file = -1;
		atomic_fetch_sub(&delivery->inbox->open, 1);
	}
}

static void
end(void *stream, enum dt_data_end how)
{
	struct delivery *delivery = stream;

	if (how == DT_DATA_COMPLETE)
		finish(delivery);
	else
		discard(delivery);
	delivery_release(delivery);
}

struct delivery *
delivery_new(struct inbox *inbox)
{
	struct delivery *delivery = calloc(1, sizeof(*delivery));

	if (delivery == NULL)
		return NULL;
	delivery->inbox = inbox;
	delivery->file = -1;
	atomic_init(&delivery->users, 1);
	fail(delivery, STATUS_CANNOT_UNDERSTAND, "no data set came");
	return delivery;
}

void
delivery_release(struct delivery *delivery)
{
	if (delivery != NULL && atomic_fetch_sub(&delivery->users, 1) == 1)
		free(delivery);
}

struct dt_data_sink
delivery_sink(struct delivery *delivery)
{
	return (struct dt_data_sink){
		.begin = begin, .put = put, .end = end, .arg = delivery
	};
}

void
delivery_take_result(struct delivery *delivery, struct inbox_result *result)
{
	*result = delivery->result;
	delivery->result = (struct inbox_result){ 0 };
	fail(delivery, STATUS_CANNOT_UNDERSTAND, "no data set came");
}

/* A name as open_unfinished makes them, character by character. */
static bool
is_unfinished_name(const char *name)
{
	char again[NAME_ROOM];
	unsigned number;
	long process;

	if (sscanf(name, UNFINISHED_FORMAT, &process, &number) != 2)
		return false;
	snprintf(again, sizeof(again), UNFINISHED_FORMAT, process, number);
	return strcmp(again, name) == 0;
}

/* Removes a file that has such a name, if it is a file, belongs to our user
 * and nobody is writing it. */
static void
remove_leftover(struct inbox *inbox, const char *name)
{
	struct stat status;
	int file = openat(inbox->directory, name,
	    O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);

	if (file < 0)
		return;
	if (fstat(file, &status) == 0 && S_ISREG(status.st_mode) &&
	    status.st_uid == geteuid() && status.st_nlink == 1 &&
	    flock(file, LOCK_EX | LOCK_NB) == 0 &&
	    unlinkat(inbox->directory, name, 0) == 0)
		inbox->removed++;
	close(file);
}

static bool
remove_leftovers(struct inbox *inbox)
{
	int again = fcntl(inbox->directory, F_DUPFD_CLOEXEC, 0);
	DIR *directory = again < 0 ? NULL : fdopendir(again);
	const struct dirent *entry;

	if (directory == NULL) {
		if (again >= 0)
			close(again);
		return false;
	}
	while ((entry = readdir(directory)) != NULL)
		if (is_unfinished_name(entry->d_name))
			remove_leftover(inbox, entry->d_name);
	closedir(directory);
	return true;
}

struct inbox *
inbox_open(const char *directory, uint64_t max_size, struct dt_message *why)
{
	struct inbox *inbox = calloc(1, sizeof(*inbox));

	if (inbox == NULL) {
		dt_message_set(why, "no memory");
		return NULL;
	}
	inbox->max_size = max_size;
	inbox->directory = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (inbox->directory >= 0 &&
	    faccessat(inbox->directory, ".", W_OK | X_OK, AT_EACCESS) == 0 &&
	    remove_leftovers(inbox))
		return inbox;
	dt_message_set(why, "%s: %s", directory, strerror(errno));
	inbox_close(inbox);
	return NULL;
}

unsigned
inbox_removed(const struct inbox *inbox)
{
	return inbox->removed;
}

void
inbox_close(struct inbox *inbox)
{
	if (inbox == NULL)
		return;
	if (inbox->directory >= 0)
		close(inbox->directory);
	free(inbox);
}
