/*
 * What is behind an HDICOMPDU, for the files of the contract that send and
 * receive associations.
 */
#ifndef DICOMTLS_LTDIC_ASSOCIATE_H
#define DICOMTLS_LTDIC_ASSOCIATE_H

#include "dicom/association.h"

#include "ltdic.h"

/* The association of a handle (get0); NULL with *error set to the documented
 * code if it is none. error may be NULL. */
struct dt_association *dt_associate_get(HDICOMPDU hPDU, L_INT *error);

/* A handle over an association of the library's own, for the time of a
 * callback: hPDU points at this struct. Setters of the program change only
 * the copy. */
struct dt_associate {
	uint32_t kind; /* first: tells this handle from others */
	struct dt_association association;
};

/* Copies; 0 or DICOMTLS_E_NOMEM. */
int dt_associate_init(
    struct dt_associate *pdu, const struct dt_association *association);
void dt_associate_clear(struct dt_associate *pdu);

/* The same on the heap, for longer; NULL: no memory. NULL may be freed. */
struct dt_associate *dt_associate_lend(
    const struct dt_association *association);
void dt_associate_free_lent(struct dt_associate *pdu);

/* Text into a buffer of size bytes, cut to fit, always with its NUL. Nothing
 * is written if out is NULL or size is 0. */
void dt_associate_put_text(const char *text, L_TCHAR *out, L_UINT32 size);

/* The context of an identifier (get0); NULL with *error set to the documented
 * code if there is none. error may be NULL. */
struct dt_presentation *dt_associate_find(
    HDICOMPDU hPDU, L_UCHAR id, L_INT *error);

/* Checks an argument that has to be a UID; the documented code if it is
 * none. uid borrows text. */
L_INT dt_associate_check_uid(const L_TCHAR *text, struct dt_span *uid);

#endif
