/* Walk over GeneralNames and into otherName; see general_name.h. */
#include "x509/general_name.h"

static const uint8_t smtp_utf8_mailbox[] = { 0x2b, 6, 1, 5, 5, 7, 8, 9 };
const struct dt_span dt_oid_smtp_utf8_mailbox = { smtp_utf8_mailbox,
	sizeof(smtp_utf8_mailbox) };

bool
dt_general_name_next(struct dt_span *list, struct dt_general_name *name)
{
	struct dt_der element;

	if (!dt_der_next(list, &element))
		return false;
	name->type = (enum dt_general_name_type)(element.tag & 0x1f);
	name->value = element.content;
	return true;
}

bool
dt_general_name_other(
    struct dt_span other, struct dt_span *oid, struct dt_der *value)
{
	struct dt_der type, outer;

	if (!dt_der_take(&other, DT_DER_OID, &type) ||
	    !dt_der_take(&other, DT_DER_CONTEXT_CONSTRUCTED, &outer) ||
	    !dt_der_next(&outer.content, value))
		return false;
	*oid = type.content;
	return true;
}
