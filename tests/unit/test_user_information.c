/* User information on the wire and in the object. The bytes are those of
 * PS3.7 D.3.3.3 (window), D.3.3.4 (roles), D.3.3.5 (extended negotiation). */
#include "dicom/user_information.h"

#include "base/limits.h"
#include "dicomtls.h"

#include <criterion/criterion.h>

#define BYTES(s) dt_span(s, sizeof(s) - 1)

static struct dt_association request;
static struct dt_association answer;

static struct dt_presentation *
add(struct dt_association *a, uint8_t id, const char *abstract)
{
	struct dt_presentation *p;

	cr_assert_eq(dt_association_add(a, id, 0, &p), 0);
	if (abstract != NULL)
		dt_presentation_set_abstract(
		    p, dt_span(abstract, strlen(abstract)));
	return p;
}

static void
set_up(void)
{
	dt_association_init_empty(&request, true);
	dt_association_init_empty(&answer, false);
}

static void
tear_down(void)
{
	dt_association_clear(&request);
	dt_association_clear(&answer);
}

TestSuite(user_information, .init = set_up, .fini = tear_down);

static void
expect_put(const struct dt_association *a, struct dt_span want)
{
	struct dt_buffer got = { 0 };

	dt_user_information_put(a, &got);
	cr_expect(dt_span_equal(dt_buffer_span(&got), want));
	dt_buffer_clear(&got);
}

Test(user_information, window_has_the_bytes_of_the_standard)
{
	request.has_window = true;
	request.invoked = 0x0102;
	request.performed = 3;
	expect_put(&request, BYTES("\x53\0\0\4\1\2\0\3"));
}

Test(user_information, roles_are_put_once_for_an_abstract_syntax)
{
	for (uint8_t id = 1; id <= 5; id += 2) {
		struct dt_presentation *p =
		    add(&request, id, id == 5 ? "2.5" : "1.2");

		p->has_roles = true;
		p->provider_role = 1;
	}
	expect_put(&request, BYTES("\x54\0\0\7\0\3"
				   "1.2\0\1"
				   "\x54\0\0\7\0\3"
				   "2.5\0\1"));
}

Test(user_information, extended_negotiation_follows_the_uid)
{
	struct dt_presentation *p = add(&request, 1, "1.2");

	dt_buffer_text(&p->extended, "\1\2");
	expect_put(&request, BYTES("\x56\0\0\7\0\3"
				   "1.2\1\2"));
}

Test(user_information, other_items_are_put_as_they_are)
{
	cr_expect_eq(dt_user_item_add(&request, 0x58, BYTES("abc")), 0);
	cr_expect_eq(dt_user_item_add(&request, 0x59, BYTES("")), 0);
	expect_put(&request, BYTES("\x58\0\0\3"
				   "abc\x59\0\0\0"));
}

Test(user_information, what_was_put_is_read)
{
	struct dt_presentation *p = add(&request, 1, "1.2");

	cr_assert_eq(
	    dt_user_information_read(&request, BYTES("\x53\0\0\4\0\5\0\0"
						     "\x54\0\0\7\0\3"
						     "1.2\0\1"
						     "\x56\0\0\6\0\3"
						     "1.2z"
						     "\x58\0\0\2id")),
	    0);
	cr_assert_eq(dt_user_information_place(&request), 0);
	cr_expect(request.has_window);
	cr_expect_eq(request.invoked, 5);
	cr_expect_eq(request.performed, 0);
	cr_expect(p->has_roles);
	cr_expect_eq(p->user_role, 0);
	cr_expect_eq(p->provider_role, 1);
	cr_expect(dt_span_equal(dt_buffer_span(&p->extended), BYTES("z")));
	cr_assert_eq(request.items.count, 1, "the identity");
	cr_expect_eq(dt_user_item_at(&request, 0)->type, 0x58);
}

/* An answer does not carry abstract syntaxes (PS3.8 9.3.3.2). */
Test(user_information, an_answer_waits_for_the_names_of_its_contexts)
{
	struct dt_presentation *p = add(&answer, 1, NULL);

	add(&request, 1, "1.2");
	cr_assert_eq(dt_user_information_read(&answer, BYTES("\x54\0\0\7\0\3"
							     "1.2\1\1")),
	    0);
	cr_expect_not(p->has_roles);
	cr_assert_eq(dt_association_name_contexts(&answer, &request), 0);
	cr_expect(p->has_roles);
	cr_expect_eq(p->user_role, 1);
	cr_expect_eq(answer.items.count, 0);
}

Test(user_information, items_of_nobody_are_dropped)
{
	struct dt_presentation *p = add(&request, 1, "1.2");

	cr_assert_eq(dt_user_information_read(
			 &request, BYTES("\x54\0\0\7\0\3"
					 "9.9\1\1" /* another syntax */
					 "\x54\0\0\6\0\3"
					 "1.2\1" /* one role */
					 "\x54\0\0\3\0\7"
					 "1" /* a UID past the end */
					 "\x56\0\0\0")), /* nothing */
	    0);
	cr_assert_eq(dt_user_information_place(&request), 0);
	cr_expect_not(p->has_roles);
	cr_expect_eq(dt_buffer_size(&p->extended), 0);
	cr_expect_eq(request.items.count, 0);
}

/* So many contexts of one abstract syntax, and one item of 60,000 octets. */
static int
place_long_item(unsigned contexts)
{
	struct dt_buffer item = { 0 };

	for (unsigned i = 0; i < contexts; i++)
		add(&request, (uint8_t)(2 * i + 1), "1.2");
	dt_buffer_append(&item,
	    "\0\003"
	    "1.2",
	    5);
	for (int i = 0; i < 60000; i++)
		dt_buffer_byte(&item, 1);
	cr_assert_eq(
	    dt_user_item_add(&request, 0x56, dt_buffer_span(&item)), 0);
	dt_buffer_clear(&item);
	return dt_user_information_place(&request);
}

Test(user_information, extended_negotiation_goes_to_each_context)
{
	cr_assert_eq(place_long_item(4), 0);
	for (unsigned i = 0; i < 4; i++)
		cr_expect_eq(
		    dt_buffer_size(&dt_association_at(&request, i)->extended),
		    60000);
}

Test(user_information, extended_negotiation_does_not_multiply_without_limit)
{
	cr_expect_eq(place_long_item(5), DICOMTLS_E_LIMIT);
}

Test(user_information, malformed_information_is_refused)
{
	cr_expect_eq(
	    dt_user_information_read(&request, BYTES("\x53\0\0\3\0\1\0")),
	    DICOMTLS_E_FORMAT, "a short window");
	cr_expect_eq(dt_user_information_read(&request, BYTES("\x58\0\0\5"
							      "abc")),
	    DICOMTLS_E_FORMAT, "an item past the end");
	cr_expect_eq(
	    dt_user_information_read(&request, BYTES("\x51\0\0\2\0\1")),
	    DICOMTLS_E_FORMAT, "a short length");
}

Test(user_information, more_items_than_are_kept_are_passed_over)
{
	struct dt_buffer many = { 0 };

	for (size_t i = 0; i < DT_MAX_USER_ITEMS + 10; i++)
		dt_buffer_append(&many, "\x58\0\0\0", 4);
	cr_expect_eq(
	    dt_user_information_read(&request, dt_buffer_span(&many)), 0);
	cr_expect_eq(request.items.count, DT_MAX_USER_ITEMS);
	dt_buffer_clear(&many);
}

/* PS3.7 D.3.3.3.2, D.3.3.4.2, D.3.3.5.2 */
Test(user_information, an_answer_takes_up_only_what_was_proposed)
{
	struct dt_presentation *asked = add(&request, 1, "1.2");
	struct dt_presentation *given = add(&answer, 1, "1.2");
	struct dt_presentation *unasked = add(&answer, 3, "2.5");

	add(&request, 3, "2.5");
	request.has_window = answer.has_window = true;
	request.invoked = 4;
	answer.invoked = 0;
	request.performed = 0;
	answer.performed = 7;
	asked->has_roles = given->has_roles = unasked->has_roles = true;
	asked->provider_role = 1;
	given->user_role = given->provider_role = 1;
	dt_buffer_text(&unasked->extended, "x");
	dt_user_information_limit(&answer, &request);
	cr_expect_eq(answer.invoked, 4, "any number is more than 4");
	cr_expect_eq(answer.performed, 7);
	cr_expect_eq(given->user_role, 0);
	cr_expect_eq(given->provider_role, 1);
	cr_expect_not(unasked->has_roles);
	cr_expect_eq(dt_buffer_size(&unasked->extended), 0);
	request.has_window = false;
	dt_user_information_limit(&answer, &request);
	cr_expect_not(answer.has_window);
}

Test(user_information, copies_are_independent)
{
	struct dt_presentation *p = add(&request, 1, "1.2");
	struct dt_association copy;

	p->has_roles = true;
	p->provider_role = 1;
	dt_buffer_text(&p->extended, "x");
	cr_assert_eq(dt_user_item_add(&request, 0x58, BYTES("abc")), 0);
	cr_assert_eq(dt_association_copy(&copy, &request), 0);
	cr_assert_eq(dt_user_item_remove(&request, 0), 0);
	dt_buffer_clear(&p->extended);
	cr_assert_eq(copy.items.count, 1);
	cr_expect(dt_span_equal(
	    dt_buffer_span(&dt_user_item_at(&copy, 0)->bytes), BYTES("abc")));
	p = dt_association_find(&copy, 1);
	cr_expect(p->has_roles);
	cr_expect_eq(p->provider_role, 1);
	cr_expect_eq(dt_buffer_size(&p->extended), 1);
	dt_association_clear(&copy);
}

Test(user_information, items_have_limits)
{
	static const char longest[0x10000];

	cr_expect_eq(
	    dt_user_item_add(&request, 0x58, dt_span(longest, sizeof(longest))),
	    DICOMTLS_E_LIMIT);
	cr_expect_eq(dt_user_item_set(&request, 0, 0x58, BYTES("a")),
	    DICOMTLS_E_INVALID);
	cr_expect_eq(dt_user_item_remove(&request, 0), DICOMTLS_E_INVALID);
	cr_expect_null(dt_user_item_at(&request, 0));
	cr_assert_eq(dt_user_item_add(&request, 0x58, BYTES("a")), 0);
	cr_expect_eq(dt_user_item_set(
			 &request, 0, 0x58, dt_span(longest, sizeof(longest))),
	    DICOMTLS_E_LIMIT);
	cr_expect_eq(dt_buffer_size(&dt_user_item_at(&request, 0)->bytes), 1);
	cr_expect_eq(dt_user_item_set(&request, 0, 0x58,
			 dt_span(longest, sizeof(longest) - 1)),
	    0);
}

/* PS3.7 D.3.3 numbers them; 0x50 is the user information itself. */
Test(user_information, six_items_have_a_meaning_of_their_own)
{
	cr_expect_not(dt_user_item_is_special(0x50));
	for (uint8_t type = 0x51; type <= 0x56; type++)
		cr_expect(dt_user_item_is_special(type), "0x%x", type);
	cr_expect_not(dt_user_item_is_special(0x57));
}

/* The items name an abstract syntax: without one there is nothing to say. */
Test(user_information, roles_belong_to_contexts_that_have_them)
{
	struct dt_presentation *p;

	add(&request, 1, "1.2");
	p = add(&request, 3, "1.2");
	p->has_roles = true;
	p->user_role = 1;
	p = add(&request, 5, NULL);
	p->has_roles = true;
	dt_buffer_text(&p->extended, "x");
	expect_put(&request, BYTES("\x54\0\0\7\0\3"
				   "1.2\1\0"));
}

Test(user_information, an_answer_does_not_refuse_what_it_was_not_asked)
{
	struct dt_presentation *asked = add(&request, 1, "1.2");
	struct dt_presentation *given = add(&answer, 1, "1.2");

	asked->has_roles = given->has_roles = true;
	asked->user_role = given->provider_role = 1;
	dt_user_information_limit(&answer, &request);
	cr_expect(given->has_roles);
	cr_expect_eq(given->user_role, 0, "proposed, not taken up");
	cr_expect_eq(given->provider_role, 0, "not proposed");
	given->has_roles = false;
	dt_user_information_limit(&answer, &request);
	cr_expect_not(given->has_roles);
}
