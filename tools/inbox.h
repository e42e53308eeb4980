/*
 * A directory that takes the data sets of C-STORE requests and makes DICOM
 * files of them (PS3.10), one UID.dcm for each SOP instance. A file is there
 * as a whole or not at all: it is written under another name, brought to the
 * disk, and renamed; one that was there for the same instance is replaced in
 * that moment. Nothing a peer says is used as a path.
 */
#ifndef DICOMTLS_TOOLS_INBOX_H
#define DICOMTLS_TOOLS_INBOX_H

#include "base/message.h"
#include "dicom/data_stream.h"
#include "dicom/part10.h"

struct inbox;

/* max_size: the longest data set in octets, 0 for any. Files that an earlier
 * run did not finish are removed first. NULL: why names the directory and the
 * reason. */
struct inbox *inbox_open(
    const char *directory, uint64_t max_size, struct dt_message *why);
/* How many unfinished files were removed. */
unsigned inbox_removed(const struct inbox *inbox);
/* Once no data set is on its way any more. NULL is fine. */
void inbox_close(struct inbox *inbox);

/* What became of a data set. */
struct inbox_result {
	uint16_t status;       /* for the response */
	struct dt_part10 meta; /* empty while nothing valid was announced */
	uint64_t size;	       /* octets of the data set that arrived */
	struct dt_message why; /* of a failure, in words */
};

/* What one connection delivers, one data set after the other. Its functions
 * are called on the connection's thread. */
struct delivery;

/* inbox NULL: every data set is refused. NULL: no memory. */
struct delivery *delivery_new(struct inbox *inbox);
/* The connection has ended; a data set that is on its way ends first. NULL is
 * fine. */
void delivery_release(struct delivery *delivery);
struct dt_data_sink delivery_sink(struct delivery *delivery);
/* The result of the last data set, once. */
void delivery_take_result(
    struct delivery *delivery, struct inbox_result *result);

#endif
