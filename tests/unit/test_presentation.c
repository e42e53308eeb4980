#include "dicom/presentation.h"

#include "base/limits.h"

#include "dicomtls.h"

#include <criterion/criterion.h>
#include <stdio.h>

static struct dt_span
text(const char *s)
{
	return dt_span(s, strlen(s));
}

Test(presentation, uid_is_digits_and_dots)
{
	cr_expect(dt_uid_is_valid(text("1.2.840.10008.1.1")));
	cr_expect(dt_uid_is_valid(text("2")));
	cr_expect_not(dt_uid_is_valid(text("")));
	cr_expect_not(dt_uid_is_valid(text(".1")));
	cr_expect_not(dt_uid_is_valid(text("1.")));
	cr_expect_not(dt_uid_is_valid(text("1..2")));
	cr_expect_not(dt_uid_is_valid(text("1.2a")));
	cr_expect_not(dt_uid_is_valid(text("1.2 ")));
	cr_expect_not(dt_uid_is_valid(dt_span("1.2\0", 4)));
}

Test(presentation, uid_has_at_most_64_bytes)
{
	char digits[66];

	memset(digits, '1', sizeof(digits));
	cr_expect(dt_uid_is_valid(dt_span(digits, 64)));
	cr_expect_not(dt_uid_is_valid(dt_span(digits, 65)));
}

Test(presentation, identifiers_are_odd_bytes)
{
	cr_expect(dt_presentation_id_is_valid(1));
	cr_expect(dt_presentation_id_is_valid(255));
	cr_expect_not(dt_presentation_id_is_valid(0));
	cr_expect_not(dt_presentation_id_is_valid(2));
	cr_expect_not(dt_presentation_id_is_valid(257));
}

Test(presentation, transfers_keep_their_order)
{
	struct dt_presentation *p = dt_presentation_new(1, 0);

	cr_assert_eq(dt_presentation_add_transfer(p, text("1.2")), 0);
	cr_assert_eq(dt_presentation_add_transfer(p, text("1.3")), 0);
	cr_expect_eq(dt_presentation_transfer_count(p), 2);
	cr_expect_str_eq(dt_presentation_transfer(p, 0), "1.2");
	cr_expect_str_eq(dt_presentation_transfer(p, 1), "1.3");
	cr_expect_null(dt_presentation_transfer(p, 2));
	cr_expect(dt_presentation_has_transfer(p, "1.3"));
	cr_expect_not(dt_presentation_has_transfer(p, "1"));
	cr_expect_eq(dt_presentation_remove_transfer(p, 0), 0);
	cr_expect_str_eq(dt_presentation_transfer(p, 0), "1.3");
	dt_presentation_free(p);
}

Test(presentation, refused_transfers_change_nothing)
{
	struct dt_presentation *p = dt_presentation_new(1, 0);

	cr_assert_eq(dt_presentation_add_transfer(p, text("1.2")), 0);
	cr_assert_eq(dt_presentation_add_transfer(p, text("1.3")), 0);
	cr_expect_eq(
	    dt_presentation_add_transfer(p, text("x")), DICOMTLS_E_FORMAT);
	cr_expect_eq(
	    dt_presentation_add_transfer(p, text("1.2")), DICOMTLS_E_LIMIT);
	cr_expect_eq(
	    dt_presentation_set_transfer(p, 0, text("1.3")), DICOMTLS_E_LIMIT);
	cr_expect_eq(dt_presentation_set_transfer(p, 2, text("1.4")),
	    DICOMTLS_E_INVALID);
	cr_expect_eq(
	    dt_presentation_set_transfer(p, 0, text("")), DICOMTLS_E_FORMAT);
	cr_expect_eq(dt_presentation_remove_transfer(p, 2), DICOMTLS_E_INVALID);
	cr_expect_eq(dt_presentation_transfer_count(p), 2);
	cr_expect_str_eq(dt_presentation_transfer(p, 0), "1.2");
	dt_presentation_free(p);
}

Test(presentation, number_of_transfers_is_limited)
{
	struct dt_presentation *p = dt_presentation_new(1, 0);
	char uid[16];

	for (int i = 0; i < DT_MAX_TRANSFER_SYNTAXES; i++) {
		snprintf(uid, sizeof(uid), "1.%d", i);
		cr_assert_eq(dt_presentation_add_transfer(p, text(uid)), 0);
	}
	cr_expect_eq(
	    dt_presentation_add_transfer(p, text("2.1")), DICOMTLS_E_LIMIT);
	dt_presentation_free(p);
}

Test(presentation, copy_is_independent)
{
	struct dt_presentation *p = dt_presentation_new(3, 2);
	struct dt_presentation *copy;

	cr_assert_eq(dt_presentation_set_abstract(p, text("1.9")), 0);
	cr_assert_eq(dt_presentation_add_transfer(p, text("1.2")), 0);
	copy = dt_presentation_copy(p);
	dt_presentation_free(p);
	cr_assert_not_null(copy);
	cr_expect_eq(copy->id, 3);
	cr_expect_eq(copy->result, 2);
	cr_expect_str_eq(copy->abstract, "1.9");
	cr_expect_str_eq(dt_presentation_transfer(copy, 0), "1.2");
	dt_presentation_free(copy);
}
