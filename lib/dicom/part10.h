/*
 * The head of a DICOM file (PS3.10 7.1): preamble, prefix and file meta
 * information, as bytes. It says what the data set behind it is and how it is
 * encoded; the data set itself is not looked at.
 */
#ifndef DICOMTLS_DICOM_PART10_H
#define DICOMTLS_DICOM_PART10_H

#include "base/buffer.h"
#include "base/message.h"
#include "dicom/presentation.h"

struct dt_part10 {
	char sop_class[DT_UID_MAX + 1];
	char sop_instance[DT_UID_MAX + 1];
	char transfer[DT_UID_MAX + 1];
};

/* How much of a file dt_part10_read has to see; less if the file is
 * shorter. */
#define DT_PART10_ROOM (DT_PART10_PREFIX + DT_MAX_FILE_META)
#define DT_PART10_PREFIX 132

/*
 * Reads the head of a file. *size is its length: the offset of the data set.
 * DICOMTLS_E_FORMAT: no DICOM file, or a head that is cut off, not in Explicit
 * VR Little Endian, in disorder, or without one of the three valid UIDs;
 * DICOMTLS_E_LIMIT: it does not end within DT_PART10_ROOM. why (may be NULL)
 * then says so in words that may follow the name of the file.
 */
int dt_part10_read(struct dt_span start, struct dt_part10 *meta, size_t *size,
    struct dt_message *why);

/* Appends the head of a file with our implementation class and version. The
 * UIDs of meta must be valid, else DICOMTLS_E_INVALID; or DICOMTLS_E_NOMEM. */
int dt_part10_write(const struct dt_part10 *meta, struct dt_buffer *out);

#endif
