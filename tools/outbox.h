/*
 * The files that are to be sent: what their heads say (PS3.10 7.1) is read
 * before any connection is made, their data sets only when they are sent.
 */
#ifndef DICOMTLS_TOOLS_OUTBOX_H
#define DICOMTLS_TOOLS_OUTBOX_H

#include "base/message.h"
#include "dicom/part10.h"

#include <sys/stat.h>

struct outgoing {
	char *path;
	struct dt_part10 meta;
	uint64_t offset;  /* of the data set */
	uint64_t size;	  /* of the data set, at least 1 */
	struct stat seen; /* what the file was when its head was read */
};

/* Initialise with zeros. */
struct outbox {
	struct outgoing *files;
	size_t count;
	size_t room;
	uint64_t bytes;	    /* of all data sets */
	size_t passed_over; /* found in a directory, and no DICOM file */
};

/* Is told of a file that was named and cannot be sent. */
typedef void (*outbox_refuse_fn)(const char *path, const char *why, void *arg);

/* Adds a file, or with recurse all DICOM files below a directory, in the order
 * of their names; links are followed where they are named, not below. */
void outbox_add(struct outbox *outbox, const char *path, bool recurse,
    outbox_refuse_fn refuse, void *arg);
void outbox_clear(struct outbox *outbox);

/* Opens the file at its data set; the descriptor, or -1: why says the reason,
 * which may be that the file is not what it was. */
int outgoing_open(const struct outgoing *file, struct dt_message *why);

#endif
