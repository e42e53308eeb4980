/* GeneralNames (RFC 5280 4.2.1.6): a walk over the contents of the list. */
#ifndef DICOMTLS_X509_GENERAL_NAME_H
#define DICOMTLS_X509_GENERAL_NAME_H

#include "base/der.h"
#include "base/span.h"

/* Context tag numbers of the choices. */
enum dt_general_name_type {
	DT_GN_OTHER = 0,
	DT_GN_EMAIL = 1,
	DT_GN_DNS = 2,
	DT_GN_X400 = 3,
	DT_GN_DIRECTORY = 4,
	DT_GN_EDI_PARTY = 5,
	DT_GN_URI = 6,
	DT_GN_IP = 7,
	DT_GN_REGISTERED_ID = 8
};

struct dt_general_name {
	enum dt_general_name_type type;
	struct dt_span value; /* contents; for DIRECTORY the Name element */
};

/* Takes the next name off the list; false at its end. The list must have
 * passed dt_shape_general_names. */
bool dt_general_name_next(struct dt_span *list, struct dt_general_name *name);

/* Type (contents octets of an OID) and value of an otherName. */
bool dt_general_name_other(
    struct dt_span other, struct dt_span *oid, struct dt_der *value);

/* id-on-SmtpUTF8Mailbox, RFC 8398 */
extern const struct dt_span dt_oid_smtp_utf8_mailbox;

#endif
