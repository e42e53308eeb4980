/* The bounded cursor; what it reads is tested where it is used. */
#include "base/reader.h"

#include <criterion/criterion.h>

Test(reader, absent_bytes_are_at_their_end)
{
	struct dt_reader reader = dt_reader(dt_span(NULL, 0));

	cr_expect_eq(dt_reader_left(&reader), 0);
	cr_expect_eq(dt_read_span(&reader, 0).size, 0);
	cr_expect_not(dt_reader_failed(&reader));
	cr_expect_eq(dt_read_u8(&reader), 0);
	cr_expect(dt_reader_failed(&reader));
}

Test(reader, what_does_not_fit_is_not_read_in_part)
{
	struct dt_reader reader = dt_reader(dt_span("\1\2\3", 3));

	cr_expect_eq(dt_read_be16(&reader), 0x0102);
	cr_expect_eq(dt_read_le16(&reader), 0);
	cr_expect(dt_reader_failed(&reader));
	cr_expect_eq(dt_read_u8(&reader), 0, "nothing more after a failure");
}
