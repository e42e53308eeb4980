/*
 * The seven protocol data units as bytes (PS3.8 9.3, annex D). Decoders take a
 * whole PDU, header included, whose length dt_pdu_header has judged; they
 * never read outside it, and pass over items they do not know.
 *
 * All decoders return 0, DICOMTLS_E_FORMAT, DICOMTLS_E_LIMIT (one that would
 * take memory out of proportion) or DICOMTLS_E_NOMEM; encoders append one PDU
 * and return 0 or DICOMTLS_E_NOMEM.
 */
#ifndef DICOMTLS_DICOM_PDU_H
#define DICOMTLS_DICOM_PDU_H

#include "base/buffer.h"
#include "base/reader.h"
#include "dicom/association.h"
#include "dicom/dimse.h"

enum dt_pdu_type {
	DT_PDU_ASSOCIATE_RQ = 1,
	DT_PDU_ASSOCIATE_AC = 2,
	DT_PDU_ASSOCIATE_RJ = 3,
	DT_PDU_DATA_TF = 4,
	DT_PDU_RELEASE_RQ = 5,
	DT_PDU_RELEASE_RP = 6,
	DT_PDU_ABORT = 7
};

#define DT_PDU_HEADER_SIZE 6

/* Looks at the start of a PDU. 1: *type and *size (header included) are known
 * and allowed; 0: more bytes are needed; DICOMTLS_E_FORMAT: unknown type;
 * DICOMTLS_E_LIMIT: the length is none this type can have, or over our
 * limits.h. *type is set in the last case too. */
int dt_pdu_header(struct dt_span bytes, uint8_t *type, size_t *size);

/* A-ASSOCIATE-RQ or -AC, as association->request says. */
int dt_pdu_encode_associate(
    const struct dt_association *association, struct dt_buffer *out);
/* association is uninitialised; initialised on success. */
int dt_pdu_decode_associate(
    struct dt_span pdu, struct dt_association *association);

/* A-ASSOCIATE-RJ (result, source, reason). */
int dt_pdu_encode_reject(
    uint8_t result, uint8_t source, uint8_t reason, struct dt_buffer *out);
int dt_pdu_decode_reject(
    struct dt_span pdu, uint8_t *result, uint8_t *source, uint8_t *reason);

/* A-RELEASE-RQ, A-RELEASE-RP: nothing inside. */
int dt_pdu_encode_release(enum dt_pdu_type type, struct dt_buffer *out);

/* A-ABORT (source, reason). */
int dt_pdu_encode_abort(uint8_t source, uint8_t reason, struct dt_buffer *out);
int dt_pdu_decode_abort(struct dt_span pdu, uint8_t *source, uint8_t *reason);

/* P-DATA-TF with one value; and what comes before the bytes of that value. */
#define DT_PDU_DATA_OVERHEAD 12
void dt_pdu_data_header(uint8_t *at, const struct dt_pdv *pdv);
int dt_pdu_encode_data(const struct dt_pdv *pdv, struct dt_buffer *out);

/* Reads the values of a P-DATA-TF one after the other: start with a reader
 * over its variable field (dt_pdu_body); 1: one was read; 0: the end;
 * DICOMTLS_E_FORMAT. */
struct dt_reader dt_pdu_body(struct dt_span pdu);
int dt_pdu_next_pdv(struct dt_reader *body, struct dt_pdv *pdv);

#endif
