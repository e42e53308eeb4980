/* What fits and what would fit if strings were put together. That each shape
 * is OpenSSL's is shown in tests/conformance. */
#include "x509/shape.h"

#include <criterion/criterion.h>

#define BYTES(text) dt_span(text, sizeof(text) - 1)

Test(shape, fields_come_in_order_and_fill_their_structure)
{
	const struct dt_shape *shape = &dt_shape_basic_constraints;

	cr_expect(dt_shape_fits(shape, BYTES("\x30\x00"), NULL));
	cr_expect(dt_shape_fits(
	    shape, BYTES("\x30\x06\x01\x01\xff\x02\x01\x00"), NULL));
	cr_expect_not(dt_shape_fits(
	    shape, BYTES("\x30\x06\x02\x01\x00\x01\x01\xff"), NULL));
	cr_expect_not(
	    dt_shape_fits(shape, BYTES("\x30\x05\x01\x01\xff\x05\x00"), NULL));
	cr_expect_not(dt_shape_fits(shape, BYTES("\x30\x02\x00\x00"), NULL));
	cr_expect_not(dt_shape_fits(shape, BYTES("\x10\x00"), NULL));
}

Test(shape, what_follows_is_not_looked_at)
{
	struct dt_span content;

	cr_assert(dt_shape_fits(
	    &dt_shape_octet_string, BYTES("\x04\x01\x05\xff"), &content));
	cr_expect_eq(content.size, 1);
}

Test(shape, lists_may_lack_the_constructed_bit)
{
	cr_expect(dt_shape_fits(
	    &dt_shape_oids, BYTES("\x10\x04\x06\x02\x2a\x03"), NULL));
}

/* A value without such strings fits either way. */
Test(shape, strings_in_pieces_are_told_apart)
{
	const struct dt_shape *names = &dt_shape_general_names;
	const struct {
		const char *what;
		struct dt_span value;
		bool fits, in_pieces;
	} rows[] = {
		{ "whole", BYTES("\x30\x04\x82\x02\x61\x62"), true, true },
		{ "one piece", BYTES("\x30\x06\xa2\x04\x04\x02\x61\x62"), false,
		    true },
		{ "no piece", BYTES("\x30\x02\xa2\x00"), false, true },
		{ "a piece too long", BYTES("\x30\x06\xa2\x04\x04\x03\x61\x62"),
		    false, false },
		{ "five levels",
		    BYTES("\x30\x0e\xa2\x0c\x24\x0a\x24\x08\x24\x06\x24\x04"
			  "\x24\x02\x04\x00"),
		    false, true },
		{ "six levels",
		    BYTES("\x30\x10\xa2\x0e\x24\x0c\x24\x0a\x24\x08\x24\x06"
			  "\x24\x04\x24\x02\x04\x00"),
		    false, false },
		{ "in a name",
		    BYTES("\x30\x13\xa4\x11\x30\x0f\x31\x0d\x30\x0b\x06\x03"
			  "\x55\x04\x03\x2c\x04\x0c\x02\x61\x62"),
		    false, true },
		{ "unknown choice", BYTES("\x30\x02\xa9\x00"), false, false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		cr_expect_eq(dt_shape_fits(names, rows[i].value, NULL),
		    rows[i].fits, "%s", rows[i].what);
		cr_expect_eq(dt_shape_fits_in_pieces(names, rows[i].value),
		    rows[i].in_pieces, "%s, pieces", rows[i].what);
	}
}
