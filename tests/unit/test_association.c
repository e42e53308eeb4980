#include "dicom/association.h"

#include "dicomtls.h"

#include <criterion/criterion.h>

static struct dt_span
text(const char *s)
{
	return dt_span(s, strlen(s));
}

/* A context with an abstract syntax (may be NULL) and one transfer syntax. */
static void
add(struct dt_association *a, uint8_t id, uint8_t result, const char *abstract,
    const char *transfer)
{
	struct dt_presentation *p;

	cr_assert_eq(dt_association_add(a, id, result, &p), 0);
	if (abstract != NULL)
		cr_assert_eq(
		    dt_presentation_set_abstract(p, text(abstract)), 0);
	if (transfer != NULL)
		cr_assert_eq(
		    dt_presentation_add_transfer(p, text(transfer)), 0);
}

Test(association, new_one_has_application_context_and_our_implementation)
{
	struct dt_association a;

	dt_association_init(&a, true);
	cr_expect(a.request);
	cr_expect_eq(a.version, 1);
	cr_expect_str_eq(a.application, "1.2.840.10008.3.1.1.1");
	cr_expect(a.has_max_length);
	cr_expect(a.has_class);
	cr_expect(dt_uid_is_valid(text(a.class_uid)));
	cr_expect(a.has_version_name);
	cr_expect_leq(strlen(a.version_name), 16);
	cr_expect_str_empty(a.called);
	cr_expect_eq(a.contexts.count, 0);
}

Test(association, titles_lose_padding_and_keep_blanks_inside)
{
	char title[DT_TITLE_MAX + 1];

	cr_expect_eq(
	    dt_association_set_title(title, text("  MY SCP         ")), 0);
	cr_expect_str_eq(title, "MY SCP");
	cr_expect_eq(dt_association_set_title(title, dt_span("A\0\0", 3)), 0);
	cr_expect_str_eq(title, "A");
}

Test(association, refused_titles_change_nothing)
{
	char title[DT_TITLE_MAX + 1] = "KEPT";

	cr_expect_eq(dt_association_set_title(title, text("12345678901234567")),
	    DICOMTLS_E_LIMIT);
	cr_expect_eq(
	    dt_association_set_title(title, text("A\\B")), DICOMTLS_E_FORMAT);
	cr_expect_eq(
	    dt_association_set_title(title, text("A\nB")), DICOMTLS_E_FORMAT);
	cr_expect_eq(dt_association_set_title(title, text("\xc3\x84")),
	    DICOMTLS_E_FORMAT);
	cr_expect_str_eq(title, "KEPT");
}

Test(association, identifiers_are_unique_and_odd)
{
	struct dt_association a;

	dt_association_init(&a, true);
	add(&a, 1, 0, "1.1", "1.2");
	cr_expect_eq(dt_association_add(&a, 1, 0, NULL), DICOMTLS_E_INVALID);
	cr_expect_eq(dt_association_add(&a, 2, 0, NULL), DICOMTLS_E_INVALID);
	cr_expect_eq(dt_association_add(&a, 0, 0, NULL), DICOMTLS_E_INVALID);
	cr_expect_eq(a.contexts.count, 1);
	dt_association_remove(&a, 3);
	cr_expect_eq(a.contexts.count, 1, "3 was never there");
	dt_association_remove(&a, 1);
	cr_expect_null(dt_association_find(&a, 1));
	dt_association_clear(&a);
}

Test(association, all_128_identifiers_fit)
{
	struct dt_association a;

	dt_association_init(&a, true);
	for (unsigned id = 1; id < 256; id += 2)
		add(&a, (uint8_t)id, 0, "1.1", "1.2");
	cr_expect_eq(a.contexts.count, 128);
	dt_association_clear(&a);
}

Test(association, request_is_complete_with_titles_and_contexts)
{
	struct dt_association a;

	dt_association_init(&a, true);
	cr_expect_not(dt_association_is_complete_request(&a));
	dt_association_set_title(a.called, text("SCP"));
	dt_association_set_title(a.calling, text("SCU"));
	cr_expect_not(dt_association_is_complete_request(&a), "no context");
	add(&a, 1, 0, "1.1", "1.2");
	cr_expect(dt_association_is_complete_request(&a));
	add(&a, 3, 0, "1.1", NULL);
	cr_expect_not(dt_association_is_complete_request(&a), "no transfer");
	dt_association_remove(&a, 3);
	add(&a, 3, 0, NULL, "1.2");
	cr_expect_not(dt_association_is_complete_request(&a), "no abstract");
	dt_association_clear(&a);
}

Test(association, request_needs_both_titles)
{
	struct dt_association a;

	dt_association_init(&a, true);
	add(&a, 1, 0, "1.1", "1.2");
	dt_association_set_title(a.called, text("SCP"));
	cr_expect_not(dt_association_is_complete_request(&a));
	dt_association_set_title(a.calling, text("SCU"));
	cr_expect(dt_association_is_complete_request(&a));
	a.called[0] = '\0';
	cr_expect_not(dt_association_is_complete_request(&a));
	dt_association_clear(&a);
}

Test(association, answer_chooses_from_what_was_proposed)
{
	struct dt_association request, answer;

	dt_association_init(&request, true);
	add(&request, 1, 0, "1.1", "1.2");
	dt_association_init(&answer, false);
	add(&answer, 1, 0, NULL, "1.2");
	cr_expect(dt_association_answers(&answer, &request));

	dt_association_remove(&answer, 1);
	add(&answer, 1, 0, NULL, "1.3");
	cr_expect_not(
	    dt_association_answers(&answer, &request), "transfer syntax");

	dt_association_remove(&answer, 1);
	add(&answer, 1, 0, NULL, NULL);
	cr_expect_not(dt_association_answers(&answer, &request), "none");

	dt_association_remove(&answer, 1);
	add(&answer, 1, DT_RESULT_ABSTRACT_SYNTAX, NULL, NULL);
	cr_expect(dt_association_answers(&answer, &request), "rejected");

	add(&answer, 3, DT_RESULT_ABSTRACT_SYNTAX, NULL, NULL);
	cr_expect_not(dt_association_answers(&answer, &request), "unknown id");
	dt_association_clear(&request);
	dt_association_clear(&answer);
}

Test(association, accepted_context_has_one_transfer_syntax)
{
	struct dt_association request, answer;

	dt_association_init(&request, true);
	add(&request, 1, 0, "1.1", "1.2");
	cr_assert_eq(dt_presentation_add_transfer(
			 dt_association_find(&request, 1), text("1.3")),
	    0);
	dt_association_init(&answer, false);
	add(&answer, 1, 0, NULL, "1.2");
	cr_assert_eq(dt_presentation_add_transfer(
			 dt_association_find(&answer, 1), text("1.3")),
	    0);
	cr_expect_not(dt_association_answers(&answer, &request));
	dt_association_clear(&request);
	dt_association_clear(&answer);
}

Test(association, completed_answer_has_titles_and_rejects_what_it_left_out)
{
	struct dt_association request, answer;

	dt_association_init(&request, true);
	dt_association_set_title(request.called, text("SCP"));
	dt_association_set_title(request.calling, text("SCU"));
	add(&request, 1, 0, "1.1", "1.2");
	add(&request, 3, 0, "1.5", "1.2");
	dt_association_init(&answer, false);
	add(&answer, 1, 0, NULL, "1.2");

	dt_association_name_contexts(&answer, &request);
	cr_assert_eq(dt_association_complete_answer(&answer, &request), 0);
	cr_expect_str_eq(answer.called, "SCP");
	cr_expect_str_eq(answer.calling, "SCU");
	cr_expect_str_eq(dt_association_find(&answer, 1)->abstract, "1.1");
	cr_expect_eq(dt_association_find(&answer, 1)->result, 0);
	cr_assert_not_null(dt_association_find(&answer, 3));
	cr_expect_eq(
	    dt_association_find(&answer, 3)->result, DT_RESULT_NO_REASON);
	dt_association_clear(&request);
	dt_association_clear(&answer);
}

Test(association, copy_is_independent)
{
	struct dt_association a, copy;

	dt_association_init(&a, true);
	dt_association_set_title(a.called, text("SCP"));
	add(&a, 5, 0, "1.1", "1.2");
	cr_assert_eq(dt_association_copy(&copy, &a), 0);
	dt_association_clear(&a);
	cr_expect_str_eq(copy.called, "SCP");
	cr_assert_not_null(dt_association_find(&copy, 5));
	cr_expect_str_eq(dt_association_find(&copy, 5)->abstract, "1.1");
	dt_association_clear(&copy);
}
