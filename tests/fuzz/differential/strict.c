/*
 * What is signed, and the signature of what has an issuer, must not change
 * unseen (RFC 5280 6.1.3 (a) (1), 6.3.3 (g)). Not so an anchor, which is
 * trusted as it is: its own signature is verified with CHECK_SS_SIGNATURE
 * only, and some of its fields have nothing to say. And a delta CRL that does
 * not fit its base any more is no delta of it: the base is judged alone.
 */
#include "strict.h"

#include <dicomtls.h>

struct change
strict_change(const struct case_data *data, const struct case_object *object,
    enum field field)
{
	bool delta = object->section == CASE_CRL &&
		     (data->flags & DICOMTLS_F_USE_DELTAS) != 0;
	bool verified = object->section != CASE_TRUSTED ||
			(data->flags & DICOMTLS_F_CHECK_SS_SIGNATURE) != 0;
	return (struct change){ .object = (int)object->section,
		.field = (int)field,
		.strict = verified && (!delta || field == FIELD_SIGNATURE),
		.optional = delta };
}
