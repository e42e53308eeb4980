/*
 * The octets of a data set: in memory, or a part of a file that is held open.
 * They never change, so that a data set being sent and the HDICOMDS it came
 * from share them, and a file is never held in memory as a whole.
 */
#ifndef DICOMTLS_LTDIC_CONTENT_H
#define DICOMTLS_LTDIC_CONTENT_H

#include "dicom/data_stream.h"

struct dt_content;

/* Each with one reference; NULL: no memory. Takes what is in the buffer, which
 * is left empty, also on failure. */
struct dt_content *dt_content_of_buffer(struct dt_buffer *buffer);
/* Takes fd, also on failure. */
struct dt_content *dt_content_of_file(int fd, uint64_t offset, uint64_t size);

/* Drops octets of a file from the start; for who made it, before anybody else
 * has it. */
void dt_content_skip(struct dt_content *content, uint64_t size);

/* From any thread; NULL is fine. */
struct dt_content *dt_content_ref(struct dt_content *content);
void dt_content_unref(struct dt_content *content);

uint64_t dt_content_size(const struct dt_content *content);

/* Octets from at on; *size is the room, then what was read, which is 0 at the
 * end only. 0 or DICOMTLS_E_IO: the file cannot be read, or is shorter than it
 * was. Any number of threads at a time. */
int dt_content_read(const struct dt_content *content, uint64_t at,
    uint8_t *octets, size_t *size);

/* The octets where they are in memory; not set for those of a file. */
struct dt_span dt_content_span(const struct dt_content *content);

/* Appends all of them. 0, DICOMTLS_E_NOMEM or DICOMTLS_E_IO; on failure the
 * buffer is as it was. */
int dt_content_copy(const struct dt_content *content, struct dt_buffer *out);

/* A source that reads them from the start and holds a reference until it is
 * closed. 0 or DICOMTLS_E_NOMEM. */
int dt_content_source(
    struct dt_content *content, struct dt_data_source *source);

/* Writes all of octets to a file. 0 or DICOMTLS_E_IO. */
int dt_octets_write(int fd, struct dt_span octets);

#endif
