/*
 * A data set as a stream of encoded octets (PS3.7 6.3, PS3.8 annex E): what it
 * is sent from and what takes it when it arrives. Nobody here looks into the
 * octets; the transfer syntax of the presentation context says what they are.
 *
 * Neither end ever holds a data set as a whole: a source is asked for the next
 * octets when the network has room for them, a sink is given what a P-DATA-TF
 * brought. Functions of one stream are never called at the same time.
 */
#ifndef DICOMTLS_DICOM_DATA_STREAM_H
#define DICOMTLS_DICOM_DATA_STREAM_H

#include "dicom/dimse.h"

/* Size of a source that finds out only at its end. */
#define DT_SIZE_UNKNOWN UINT64_MAX

/*
 * Where the octets of one data set to be sent come from.
 *
 * read    *size is the room in octets, at least 1, then how many were written
 *         there; 0 is the end. 0, or a negative DICOMTLS_E_*: the message
 *         cannot be finished and the association is aborted. It is called on
 *         the loop thread of the connection and delays the others of that
 *         loop: a local file is fine, a network is not.
 * close   called once, from any thread, whatever became of the message: it was
 *         read to its end, a read failed, the association ended before. Not
 *         called where the function that takes the source fails. May be NULL.
 *
 * A source with a size has to yield as many octets; one that ends early, or
 * has more, is taken as a failed read.
 */
struct dt_data_source {
	uint64_t size; /* octets, or DT_SIZE_UNKNOWN */
	int (*read)(void *arg, uint8_t *octets, size_t *size);
	void (*close)(void *arg);
	void *arg;
};

/* What a data set is announced with; all borrowed. */
struct dt_data_head {
	uint8_t context;
	const struct dt_command *command; /* its command set */
	const char *abstract_syntax;	  /* of the context */
	const char *transfer_syntax; /* of the context, and of the octets */
};

enum dt_data_end {
	DT_DATA_COMPLETE, /* the last fragment was put */
	DT_DATA_CUT	  /* abort, lost connection, closed or freed handle,
			   * or a put that failed */
};

/*
 * What takes the data sets that arrive on a connection, one after the other.
 *
 * begin   the command set arrived. *stream is handed to the functions below.
 *         0, or a negative DICOMTLS_E_*: the data set is passed over, and none
 *         of the functions below is called for it.
 * put     the next octets, never 0 of them; borrowed for the call. After a
 *         negative DICOMTLS_E_* the rest is passed over and end is called at
 *         once with DT_DATA_CUT.
 * end     once for each begin that gave 0; releases the stream. With
 *         DT_DATA_CUT it may come after the handle was closed or freed, but
 *         before the last L_DicomShutDown returns: what the stream points at
 *         has to last as long.
 *
 * All are called on the loop thread of the connection, without a lock; what
 * they take long for delays the connections of that loop, and the peer.
 */
struct dt_data_sink {
	int (*begin)(void *arg, const struct dt_data_head *head, void **stream);
	int (*put)(void *stream, struct dt_span octets);
	void (*end)(void *stream, enum dt_data_end end);
	void *arg;
};

#endif
