/* Which lists of GeneralNames (RFC 5280 4.2.1.6) have a name in common; what
 * makes two names equal is OpenSSL's GENERAL_NAME_cmp. */
#include "x509/name_list.h"

#include "tests/unit/der_text.h"

#define OTHER(oid, value) "a0{06{" oid "}a0{" value "}}"
#define DIRECTORY(cn) "a4{" NAME(cn) "}"
#define EDI(assigner, party) "a5{a0{0c{'" assigner "'}}a1{0c{'" party "'}}}"
#define DNS(name) "82{'" name "'}"

static bool
meet(const char *one, const char *other)
{
	struct dt_buffer a = der_from_text(one), b = der_from_text(other);
	struct dt_name_list x = { 0 }, y = { 0 };
	struct dt_arena arena = { 0 };
	bool result;

	cr_assert(dt_name_list_decode(&arena, &x, dt_buffer_span(&a)));
	cr_assert(dt_name_list_decode(&arena, &y, dt_buffer_span(&b)));
	result = dt_name_list_meets(&x, &y);
	cr_expect_eq(dt_name_list_meets(&y, &x), result, "%s: exchanged", one);
	dt_arena_clear(&arena);
	dt_buffer_clear(&a);
	dt_buffer_clear(&b);
	return result;
}

Test(name_list, one_name_in_common_is_enough)
{
	cr_expect(meet(DNS("a") DNS("b"), DNS("c") DNS("b")));
	cr_expect_not(meet(DNS("a") DNS("b"), DNS("c") DNS("d")));
	cr_expect_not(meet("", DNS("a")));
	cr_expect_not(meet("", ""));
}

Test(name_list, names_of_different_kinds_differ)
{
	cr_expect_not(meet(DNS("a"), "86{'a'}"));
	cr_expect_not(meet(DIRECTORY("a"), "82{" NAME("a") "}"));
}

/* RFC 5280 7.1. */
Test(name_list, directory_names_are_equal_in_their_comparison_form)
{
	cr_expect(meet(DIRECTORY("Some  CA"), DIRECTORY("some ca")));
	cr_expect_not(meet(DIRECTORY("Some CA"), DIRECTORY("Other CA")));
	cr_expect_not(meet(DNS("Some"), DNS("some")));
}

Test(name_list, other_names_need_the_same_type_and_value)
{
	cr_expect(meet(OTHER("2a03", "02{05}"), OTHER("2a03", "02{05}")));
	cr_expect_not(meet(OTHER("2a03", "02{05}"), OTHER("2a04", "02{05}")));
	cr_expect_not(meet(OTHER("2a03", "02{05}"), OTHER("2a03", "02{06}")));
	cr_expect_not(meet(OTHER("2a03", "02{05}"), OTHER("2a03", "0a{05}")));
	cr_expect(meet(OTHER("2a03", "03{04f5}"), OTHER("2a03", "03{03f0}")));
}

Test(name_list, edi_parties_need_the_same_assigner)
{
	cr_expect(meet(EDI("a", "p"), EDI("a", "p")));
	cr_expect_not(meet(EDI("a", "p"), EDI("b", "p")));
	cr_expect_not(meet(EDI("a", "p"), EDI("a", "q")));
	cr_expect_not(meet(EDI("a", "p"), "a5{a1{0c{'p'}}}"));
}

Test(name_list, a_name_is_found_in_it)
{
	struct dt_buffer der =
	    der_from_text(DNS("a") DIRECTORY("Some CA") DNS("b"));
	struct dt_buffer wanted = der_from_text(NAME("some ca"));
	struct dt_buffer missing = der_from_text(NAME("other"));
	struct dt_name_list list = { 0 };
	struct dt_arena arena = { 0 };
	struct dt_name name;

	cr_assert(dt_name_list_decode(&arena, &list, dt_buffer_span(&der)));
	cr_expect_eq(list.count, 3);
	cr_assert_eq(dt_name_take(&arena, &name, dt_buffer_span(&wanted)), 0);
	cr_expect(dt_name_list_has(&list, &name));
	cr_assert_eq(dt_name_take(&arena, &name, dt_buffer_span(&missing)), 0);
	cr_expect_not(dt_name_list_has(&list, &name));
	dt_arena_clear(&arena);
	dt_buffer_clear(&der);
	dt_buffer_clear(&wanted);
	dt_buffer_clear(&missing);
}
