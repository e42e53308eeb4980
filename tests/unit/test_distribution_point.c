/* Distribution points, and which of their names meet (RFC 5280 4.2.1.13,
 * 5.2.5, 6.3.3). */
#include "x509/distribution_point.h"

#include "tests/unit/der_text.h"

#define URI(text) "86{'" text "'}"
#define DIRECTORY(name) "a4{" name "}"
#define FULL(names) "a0{" names "}"
/* Fragments of a name: the attribute alone. */
#define ATTRIBUTE(cn) "30{06{550403}0c{'" cn "'}}"
#define RELATIVE(attributes) "a1{" attributes "}"
#define RDN(cn) "31{" ATTRIBUTE(cn) "}"
#define POINT(name) "30{a0{" name "}}"

static uint8_t canonical[256];
static struct dt_name base;
static struct dt_buffer base_der;
static struct dt_arena arena;

static void
setup(void)
{
	base_der = der_from_text("30{" RDN("CA") "}");
	cr_assert_eq(
	    dt_name_parse(&base, dt_buffer_span(&base_der), canonical), 0);
}

static void
teardown(void)
{
	dt_arena_clear(&arena);
	dt_buffer_clear(&base_der);
}

TestSuite(distribution_point, .init = setup, .fini = teardown);

/* Whether a certificate that asks for one finds it in a CRL that gives the
 * other; NULL: no name. */
static bool
meet(const char *asked, const char *given)
{
	const char *texts[] = { asked, given };
	struct dt_buffer der[2] = { { 0 } };
	struct dt_point_name names[2] = { { 0 } };
	bool answer;

	for (size_t i = 0; i < 2; i++) {
		if (texts[i] == NULL)
			continue;
		der[i] = der_from_text(texts[i]);
		(void)dt_point_name_decode(
		    &arena, &names[i], dt_buffer_span(&der[i]), &base);
	}
	answer = dt_point_names_meet(&names[0], &names[1]);
	for (size_t i = 0; i < 2; i++)
		dt_buffer_clear(&der[i]);
	return answer;
}

Test(distribution_point, no_name_meets_every_name)
{
	cr_expect(meet(NULL, NULL));
	cr_expect(meet(NULL, FULL(URI("a"))));
	cr_expect(meet(FULL(URI("a")), NULL));
	cr_expect(meet(RELATIVE(ATTRIBUTE("x")), NULL));
}

Test(distribution_point, one_common_name_is_enough)
{
	cr_expect(meet(FULL(URI("a") URI("b")), FULL(URI("c") URI("b"))));
	cr_expect_not(meet(FULL(URI("a")), FULL(URI("b"))));
	cr_expect_not(meet(FULL(URI("a")), FULL(URI("A"))));
	cr_expect_not(meet(FULL(""), FULL("")));
}

Test(distribution_point, kinds_of_names_do_not_mix)
{
	cr_expect_not(meet(FULL(URI("a")), FULL("82{'a'}")));
}

Test(distribution_point, directory_names_meet_as_names_do)
{
	cr_expect(meet(FULL(DIRECTORY("30{" RDN("Point  1") "}")),
	    FULL(DIRECTORY("30{" RDN("point 1") "}"))));
	cr_expect_not(meet(FULL(DIRECTORY("30{" RDN("p") "}")),
	    FULL(DIRECTORY("30{" RDN("q") "}"))));
}

Test(distribution_point, other_names_meet_by_type_and_value)
{
	cr_expect(meet(
	    FULL("a0{06{2a03}a0{0c{'x'}}}"), FULL("a0{06{2a03}a0{0c{'x'}}}")));
	cr_expect_not(meet(
	    FULL("a0{06{2a03}a0{0c{'x'}}}"), FULL("a0{06{2a04}a0{0c{'x'}}}")));
	cr_expect_not(meet(
	    FULL("a0{06{2a03}a0{0c{'x'}}}"), FULL("a0{06{2a03}a0{16{'x'}}}")));
}

Test(distribution_point, unused_bits_do_not_count)
{
	cr_expect(meet(FULL("a0{06{2a03}a0{03{04f0}}}"),
		      FULL("a0{06{2a03}a0{03{03ff}}}")) == false);
	cr_expect(meet(FULL("a0{06{2a03}a0{03{04f0}}}"),
	    FULL("a0{06{2a03}a0{03{04ff}}}")));
	cr_expect(meet(
	    FULL("a0{06{2a03}a0{03{00}}}"), FULL("a0{06{2a03}a0{03{00}}}")));
}

Test(distribution_point, parties_meet_with_the_same_fields)
{
	cr_expect(meet(FULL("a5{a1{13{'p'}}}"), FULL("a5{a1{13{'p'}}}")));
	cr_expect_not(
	    meet(FULL("a5{a1{13{'p'}}}"), FULL("a5{a0{13{'q'}}a1{13{'p'}}}")));
	cr_expect_not(meet(FULL("a5{a1{13{'p'}}}"), FULL("a5{a1{0c{'p'}}}")));
}

Test(distribution_point, relative_name_continues_its_base)
{
	cr_expect(meet(RELATIVE(ATTRIBUTE("x")), RELATIVE(ATTRIBUTE("X "))));
	cr_expect_not(meet(RELATIVE(ATTRIBUTE("x")), RELATIVE(ATTRIBUTE("y"))));
	cr_expect(meet(RELATIVE(ATTRIBUTE("x")),
	    FULL(DIRECTORY("30{" RDN("CA") RDN("x") "}"))));
	cr_expect(meet(FULL(URI("a") DIRECTORY("30{" RDN("CA") RDN("x") "}")),
	    RELATIVE(ATTRIBUTE("x"))));
	cr_expect_not(meet(
	    RELATIVE(ATTRIBUTE("x")), FULL(DIRECTORY("30{" RDN("x") "}"))));
}

/* An oddity of the reference: RFC 5280 has them in one set. */
Test(distribution_point, attributes_of_a_relative_name_become_sets)
{
	cr_expect(meet(RELATIVE(ATTRIBUTE("x") ATTRIBUTE("y")),
	    FULL(DIRECTORY("30{" RDN("CA") RDN("x") RDN("y") "}"))));
	cr_expect_not(meet(RELATIVE(ATTRIBUTE("x") ATTRIBUTE("y")),
	    FULL(DIRECTORY(
		"30{" RDN("CA") "31{" ATTRIBUTE("x") ATTRIBUTE("y") "}}"))));
}

Test(distribution_point, broken_relative_name_meets_nothing_that_is_asked)
{
	/* No UTF-8. */
	static const char broken[] = RELATIVE("30{06{550403}0c{fffe}}");

	cr_expect_not(meet(broken, broken));
	cr_expect_not(meet(broken, NULL));
	cr_expect_not(meet(FULL(DIRECTORY("30{" RDN("CA") "}")), broken));
	cr_expect(meet(NULL, broken));
}

static bool
decode(const char *text, struct dt_distribution_points *points)
{
	static struct dt_buffer der;

	dt_buffer_clear(&der);
	der = der_from_text(text);
	*points = (struct dt_distribution_points){ 0 };
	return dt_distribution_points_decode(
	    &arena, points, dt_buffer_span(&der), &base);
}

Test(distribution_point, points_without_reasons_cover_all)
{
	struct dt_distribution_points points;

	cr_assert(decode(POINT(FULL(URI("a"))) "30{81{0160}a2{" DIRECTORY(
			     "30{" RDN("X") "}") "}}",
	    &points));
	cr_assert_eq(points.count, 2);
	cr_expect_eq(points.items[0].reasons, DT_ALL_REASONS);
	cr_expect_not(points.items[0].has_crl_issuer);
	cr_expect_eq(points.items[1].reasons, 0x60);
	cr_expect(points.items[1].has_crl_issuer);
	cr_expect_eq(points.items[1].name.kind, DT_POINT_NONE);
}

Test(distribution_point, a_point_that_says_nothing_spoils_those_behind)
{
	struct dt_distribution_points points;

	cr_expect_not(
	    decode(POINT(FULL(URI("a"))) "30{81{0160}}" POINT(FULL(URI("b"))),
		&points));
	cr_assert_eq(points.count, 3);
	cr_expect_eq(points.items[0].reasons, DT_ALL_REASONS);
	cr_expect_eq(points.items[1].reasons, 0);
	cr_expect_eq(points.items[2].reasons, 0);
	cr_expect_eq(points.items[2].name.kind, DT_POINT_FULL);
}

Test(distribution_point, a_relative_name_continues_its_crl_issuer)
{
	struct dt_distribution_points points;
	struct dt_buffer other =
	    der_from_text(FULL(DIRECTORY("30{" RDN("X") RDN("p") "}")));
	struct dt_point_name given = { 0 };

	cr_assert(decode("30{a0{" RELATIVE(ATTRIBUTE("p")) "}a2{" URI("u")
			     DIRECTORY("30{" RDN("X") "}") "}}",
	    &points));
	cr_assert(dt_point_name_decode(
	    &arena, &given, dt_buffer_span(&other), &base));
	cr_expect(dt_point_names_meet(&points.items[0].name, &given));
	dt_buffer_clear(&other);
}
