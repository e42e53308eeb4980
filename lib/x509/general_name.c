/* Walk over GeneralNames; see general_name.h. */
#include "x509/general_name.h"

#include "base/der.h"

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
