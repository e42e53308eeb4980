/*
 * Cuts a data set into P-DATA-TF PDUs (PS3.8 9.3.5, E.2), one at a time, as
 * the network has room for them.
 */
#ifndef DICOMTLS_DICOM_DATA_CUTTER_H
#define DICOMTLS_DICOM_DATA_CUTTER_H

#include "dicom/data_stream.h"

struct dt_data_cutter {
	struct dt_data_source source;
	uint8_t context;
	size_t most;   /* octets of the data set in one PDU */
	uint64_t left; /* octets to come, or DT_SIZE_UNKNOWN */
	/* One octet read ahead: a source without a size is at its end only
	 * when it says so, and the last PDU has to be marked. */
	bool has_ahead;
	uint8_t ahead;
};

/* Takes the source; max_length is what the peer takes, 0: no limit. */
void dt_data_cutter_init(struct dt_data_cutter *cutter, uint8_t context,
    uint32_t max_length, const struct dt_data_source *source);
/* Closes the source. */
void dt_data_cutter_clear(struct dt_data_cutter *cutter);

/* Appends the next PDU. 1: more follow; 0: it was the last one;
 * DICOMTLS_E_NOMEM, DICOMTLS_E_IO (the source is shorter or longer than it
 * said), or what the source answered. */
int dt_data_cutter_next(struct dt_data_cutter *cutter, struct dt_buffer *pdu);

/* PDUs to come; 1 while the size is unknown. */
uint64_t dt_data_cutter_count(const struct dt_data_cutter *cutter);

#endif
