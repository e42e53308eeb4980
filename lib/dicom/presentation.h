/*
 * One presentation context of an association (PS3.8 9.3.2.2, 9.3.3.2): an odd
 * identifier, an abstract syntax, the transfer syntaxes proposed or chosen,
 * and in an answer the result. Also what counts as UID text.
 */
#ifndef DICOMTLS_DICOM_PRESENTATION_H
#define DICOMTLS_DICOM_PRESENTATION_H

#include "base/array.h"
#include "base/buffer.h"
#include "base/span.h"

#define DT_UID_MAX 64

enum dt_presentation_result {
	DT_RESULT_ACCEPTANCE = 0,
	DT_RESULT_USER_REJECTION = 1,
	DT_RESULT_NO_REASON = 2,
	DT_RESULT_ABSTRACT_SYNTAX = 3,
	DT_RESULT_TRANSFER_SYNTAXES = 4
};

struct dt_presentation {
	uint8_t id;
	uint8_t result;
	char abstract[DT_UID_MAX + 1]; /* empty: none */
	struct dt_array transfers;     /* of char *, owned */
	/* PS3.7 D.3.3.4: 1 supported, 0 not; without it the requestor is the
	 * SCU. */
	bool has_roles;
	uint8_t user_role;
	uint8_t provider_role;
	/* PS3.7 D.3.3.5: what the service class makes of it; empty: none */
	struct dt_buffer extended;
};

/* PS3.5 9.1: digits and dots, 1..64 bytes, no empty component. Leading zeros
 * are let pass: they are common and harm nobody. */
bool dt_uid_is_valid(struct dt_span text);

/* Odd, 1..255. */
bool dt_presentation_id_is_valid(unsigned id);

struct dt_presentation *dt_presentation_new(uint8_t id, uint8_t result);
void dt_presentation_free(struct dt_presentation *presentation);
/* A deep copy; NULL: no memory. */
struct dt_presentation *dt_presentation_copy(
    const struct dt_presentation *presentation);

/* Transfer syntaxes by position, in order of preference. */
size_t dt_presentation_transfer_count(const struct dt_presentation *p);
/* get0; NULL past the end. */
const char *dt_presentation_transfer(
    const struct dt_presentation *p, size_t index);
bool dt_presentation_has_transfer(
    const struct dt_presentation *p, const char *uid);

/* 0, DICOMTLS_E_FORMAT: no UID, DICOMTLS_E_LIMIT: already there or too many,
 * DICOMTLS_E_INVALID: no such index, DICOMTLS_E_NOMEM. */
int dt_presentation_set_abstract(struct dt_presentation *p, struct dt_span uid);
int dt_presentation_add_transfer(struct dt_presentation *p, struct dt_span uid);
int dt_presentation_set_transfer(
    struct dt_presentation *p, size_t index, struct dt_span uid);
int dt_presentation_remove_transfer(struct dt_presentation *p, size_t index);

#endif
