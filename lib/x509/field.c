/* Fields that certificates and CRLs have in common; see field.h. */
#include "x509/field.h"

#include "base/der.h"

#include "dicomtls.h"

bool
dt_field_algorithm(struct dt_span *in, struct dt_span *whole)
{
	struct dt_der algorithm, part;

	if (!dt_der_take(in, DT_DER_SEQUENCE, &algorithm) ||
	    !dt_der_take(&algorithm.content, DT_DER_OID, &part) ||
	    !dt_der_is_oid(part.content))
		return false;
	if (algorithm.content.size > 0 &&
	    (!dt_der_next(&algorithm.content, &part) || !dt_der_is_any(&part) ||
		algorithm.content.size > 0))
		return false;
	*whole = algorithm.whole;
	return true;
}

bool
dt_field_time(struct dt_span *in, struct dt_time *time)
{
	struct dt_der element;

	if (!dt_der_take(in, DT_DER_UTC_TIME, &element) &&
	    !dt_der_take(in, DT_DER_GENERALIZED_TIME, &element))
		return false;
	*time = (struct dt_time){ element.tag, element.content };
	return true;
}

bool
dt_field_bit_string(
    struct dt_span *in, uint8_t tag, struct dt_span *bits, unsigned *unused)
{
	struct dt_der element;

	return dt_der_take(in, tag, &element) &&
	       dt_der_bit_string(element.content, bits, unused);
}

bool
dt_field_extension(struct dt_span *list, struct dt_extension *extension)
{
	struct dt_der item, part;

	if (!dt_der_take(list, DT_DER_SEQUENCE, &item) ||
	    !dt_der_take(&item.content, DT_DER_OID, &part) ||
	    !dt_der_is_oid(part.content))
		return false;
	extension->oid = part.content;
	extension->critical = false;
	if (dt_der_take(&item.content, DT_DER_BOOLEAN, &part)) {
		if (part.content.size != 1)
			return false;
		extension->critical = part.content.data[0] != 0;
	}
	if (!dt_der_take(&item.content, DT_DER_OCTET_STRING, &part))
		return false;
	extension->value = part.content;
	return item.content.size == 0;
}

int
dt_field_extensions(struct dt_arena *arena, struct dt_span list,
    struct dt_extension **extensions, size_t *count)
{
	struct dt_span rest = list;
	struct dt_extension *array;
	struct dt_der item;
	size_t n = 0;

	while (dt_der_next(&rest, &item))
		n++;
	if (rest.size > 0)
		return DICOMTLS_E_FORMAT;
	array = dt_arena_array(arena, n, sizeof(*array));
	if (array == NULL)
		return DICOMTLS_E_NOMEM;
	for (size_t i = 0; i < n; i++)
		if (!dt_field_extension(&list, &array[i]))
			return DICOMTLS_E_FORMAT;
	*extensions = array;
	*count = n;
	return 0;
}
