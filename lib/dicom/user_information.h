/*
 * The user information of an association (PS3.8 annex D, PS3.7 D.3.3):
 * maximum length, implementation, asynchronous operations window, and for an
 * abstract syntax the roles and the extended negotiation of its service class.
 * Other items (user identity, common extended negotiation) are kept as bytes.
 *
 * On the wire roles and extended negotiation name an abstract syntax, in an
 * association object they belong to a presentation context. An answer does
 * not name abstract syntaxes: its items wait until the request has given them.
 */
#ifndef DICOMTLS_DICOM_USER_INFORMATION_H
#define DICOMTLS_DICOM_USER_INFORMATION_H

#include "dicom/association.h"

/* An item that is kept as bytes. */
struct dt_user_item {
	uint8_t type;
	struct dt_buffer bytes;
};

/* True for the types that have fields of their own in an association. */
bool dt_user_item_is_special(uint8_t type);

/* Adds, replaces, removes an item. 0, DICOMTLS_E_LIMIT: too many, or longer
 * than an item can be, DICOMTLS_E_INVALID: no such index, DICOMTLS_E_NOMEM. */
int dt_user_item_add(
    struct dt_association *association, uint8_t type, struct dt_span bytes);
int dt_user_item_set(struct dt_association *association, size_t index,
    uint8_t type, struct dt_span bytes);
int dt_user_item_remove(struct dt_association *association, size_t index);
/* get0; NULL past the end. */
const struct dt_user_item *dt_user_item_at(
    const struct dt_association *association, size_t index);

void dt_user_items_clear(struct dt_association *association);
/* Into a target that has none. 0 or DICOMTLS_E_NOMEM. */
int dt_user_items_copy(
    struct dt_association *copy, const struct dt_association *from);

/* Appends the content of the user information item. */
void dt_user_information_put(
    const struct dt_association *association, struct dt_buffer *out);
/* Reads it. 0, DICOMTLS_E_FORMAT or DICOMTLS_E_NOMEM. */
int dt_user_information_read(
    struct dt_association *association, struct dt_span content);

/* Gives contexts the roles and extended negotiation that name their abstract
 * syntax; what names another is dropped. 0, DICOMTLS_E_LIMIT (over
 * DT_MAX_EXTENDED) or DICOMTLS_E_NOMEM. */
int dt_user_information_place(struct dt_association *association);

/* Takes out of an answer what was not proposed, which PS3.7 D.3.3 does not
 * allow there: a window larger than the proposed one, roles and extended
 * negotiation of a context that had none. */
void dt_user_information_limit(
    struct dt_association *answer, const struct dt_association *request);

#endif
