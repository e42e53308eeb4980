#include "x509/any.h"

#include "tests/unit/der_text.h"

static bool
equal(const char *a, const char *b)
{
	struct dt_buffer x = der_from_text(a), y = der_from_text(b);
	struct dt_span in_x = dt_buffer_span(&x), in_y = dt_buffer_span(&y);
	struct dt_der first, second;
	bool result;

	cr_assert(dt_der_next(&in_x, &first) && dt_der_next(&in_y, &second));
	result = dt_any_equal(&first, &second);
	cr_expect_eq(dt_any_equal(&second, &first), result, "%s: exchanged", a);
	dt_buffer_clear(&x);
	dt_buffer_clear(&y);
	return result;
}

/* X.690 8.1.3: a length may have more octets than it needs. */
Test(any, primitive_values_are_equal_by_contents)
{
	cr_expect(equal("02 01 05", "02 81 01 05"));
	cr_expect(equal("05 00", "05 00"));
	cr_expect_not(equal("02 01 05", "02 01 06"));
	cr_expect_not(equal("02 01 05", "02 02 05 05"));
	cr_expect_not(equal("0c 01 41", "13 01 41"));
}

/* The reference keeps these with their headers. */
Test(any, what_is_kept_encoded_is_equal_as_it_is_encoded)
{
	cr_expect(equal("30 03 02 01 05", "30 03 02 01 05"));
	cr_expect_not(equal("30 03 02 01 05", "30 81 03 02 01 05"));
	cr_expect(equal("80 01 05", "80 01 05"));
	cr_expect_not(equal("80 01 05", "80 81 01 05"));
}

/* X.690 8.6.2.2: the first octet of a BIT STRING counts the unused bits. */
Test(any, unused_bits_do_not_count)
{
	cr_expect(equal("03 02 04 f5", "03 02 03 f0"));
	cr_expect_not(equal("03 02 04 f5", "03 02 04 e5"));
	cr_expect_not(equal("03 03 04 a0 f0", "03 03 04 b0 f0"));
	cr_expect_not(equal("03 02 00 f0", "03 03 00 f0 f0"));
	cr_expect(equal("03 01 00", "03 01 00"));
}

Test(any, a_bit_string_without_its_first_octet_equals_nothing)
{
	cr_expect_not(equal("03 00", "03 00"));
	cr_expect_not(equal("03 02 00 f0", "03 00"));
}
