/*
 * Name constraints (RFC 5280 4.2.1.10). Their algorithm is not part of this
 * version: a path in which a certificate constrains those below it is
 * refused, never taken as if it did not.
 */
#include "verify/stages.h"

enum dt_outcome
dt_check_names(struct dt_verify *v)
{
	for (size_t i = 1; i < v->path.count; i++)
		if (dt_path_cert(v, i)->has_name_constraints)
			return dt_verify_fail(v, DICOMTLS_E_UNSUPPORTED,
			    "a CA of the path carries name constraints, which "
			    "this version does not judge");
	return DT_CONTINUE;
}
