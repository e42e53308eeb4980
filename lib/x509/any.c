/* Values of open types (ASN1_TYPE_cmp); see any.h. */
#include "x509/any.h"

static bool
same_bits(struct dt_span a, struct dt_span b)
{
	struct dt_span x, y;
	unsigned unused_x, unused_y;
	uint8_t last_x, last_y;

	if (!dt_der_bit_string(a, &x, &unused_x) ||
	    !dt_der_bit_string(b, &y, &unused_y) || x.size != y.size)
		return false;
	if (x.size == 0)
		return true;
	last_x = (uint8_t)(x.data[x.size - 1] & (0xffu << unused_x));
	last_y = (uint8_t)(y.data[y.size - 1] & (0xffu << unused_y));
	return last_x == last_y && memcmp(x.data, y.data, x.size - 1) == 0;
}

bool
dt_any_equal(const struct dt_der *a, const struct dt_der *b)
{
	if (a->tag != b->tag)
		return false;
	if (a->tag == DT_DER_BIT_STRING)
		return same_bits(a->content, b->content);
	return (a->tag & 0xe0) != 0 ? dt_span_equal(a->whole, b->whole)
				    : dt_span_equal(a->content, b->content);
}
