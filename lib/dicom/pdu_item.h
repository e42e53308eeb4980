/*
 * Items and sub-items of an association PDU: type, a reserved byte, length,
 * content (PS3.8 9.3.2, D.1).
 */
#ifndef DICOMTLS_DICOM_PDU_ITEM_H
#define DICOMTLS_DICOM_PDU_ITEM_H

#include "base/buffer.h"
#include "base/reader.h"

/* Appends an item. Content that no item can hold (64 KiB) makes out fail. */
void dt_pdu_item_put(
    struct dt_buffer *out, uint8_t type, struct dt_span content);
void dt_pdu_item_put_text(
    struct dt_buffer *out, uint8_t type, const char *text);
/* Moves what was gathered in part into an item of out. */
void dt_pdu_item_put_gathered(
    struct dt_buffer *out, uint8_t type, struct dt_buffer *part);

/* Next item; false at the end and for one that reaches past it, which
 * dt_reader_failed tells apart. */
bool dt_pdu_item_next(
    struct dt_reader *in, uint8_t *type, struct dt_span *content);

/* Some peers pad UIDs to an even length, which PS3.8 F does not ask for. */
struct dt_span dt_pdu_item_unpadded(struct dt_span uid);

#endif
