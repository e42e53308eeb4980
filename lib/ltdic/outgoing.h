/*
 * What one connection has to send: PDUs, and data sets that become PDUs only
 * when the network has room for them, in the order in which they were put. An
 * A-ABORT overtakes a data set: the rest of that is not sent any more.
 *
 * Filled by any thread, emptied by the loop thread of the connection.
 */
#ifndef DICOMTLS_LTDIC_OUTGOING_H
#define DICOMTLS_LTDIC_OUTGOING_H

#include "dicom/data_cutter.h"

struct dt_outgoing;

/* NULL: no memory. */
struct dt_outgoing *dt_outgoing_new(void);
/* Closes the sources left. */
void dt_outgoing_free(struct dt_outgoing *outgoing);

/* Copies the PDU. 0 or DICOMTLS_E_NOMEM. */
int dt_outgoing_put(
    struct dt_outgoing *outgoing, uint8_t type, struct dt_span pdu);
/* Takes the source in any case. 0 or DICOMTLS_E_NOMEM. */
int dt_outgoing_put_data(struct dt_outgoing *outgoing, uint8_t context,
    uint32_t max_length, const struct dt_data_source *source);

/* The next PDU into an empty buffer. 1: there was one; 0: nothing to send;
 * negative: no memory, or a source that failed: the message cannot be
 * finished. Loop thread only. */
int dt_outgoing_next(
    struct dt_outgoing *outgoing, struct dt_buffer *pdu, uint8_t *type);
/* A PDU that dt_outgoing_next gave was handed to the system. */
void dt_outgoing_sent(struct dt_outgoing *outgoing);

/* PDUs to be sent, those of data sets and those on their way included; a data
 * set of unknown size counts as one. */
uint64_t dt_outgoing_count(struct dt_outgoing *outgoing);
/* True if dt_outgoing_next has nothing to give. */
bool dt_outgoing_is_empty(struct dt_outgoing *outgoing);
/* True if more waits than DT_MAX_WAITING messages. */
bool dt_outgoing_is_full(struct dt_outgoing *outgoing);

#endif
