/* Which names meet which subtrees, and what comes first. The rule of each type
 * is tested in test_constraint_match.c. */
#include "verify/name_constraints.h"

#include "base/limits.h"
#include "dicomtls.h"
#include "tools/mint.h"

#include <criterion/criterion.h>

#include <stdlib.h>

#define DNS(text)                                                              \
	DT_GN_DNS,                                                             \
	{                                                                      \
		(const uint8_t *)(text), sizeof(text) - 1                      \
	}
#define EMAIL(text)                                                            \
	DT_GN_EMAIL,                                                           \
	{                                                                      \
		(const uint8_t *)(text), sizeof(text) - 1                      \
	}
#define URI(text)                                                              \
	DT_GN_URI,                                                             \
	{                                                                      \
		(const uint8_t *)(text), sizeof(text) - 1                      \
	}

static struct dt_cert *
minted(const struct mint_spec *spec)
{
	struct dt_buffer der = { 0 };
	struct dt_cert *cert = NULL;

	cr_assert_eq(mint_certificate(spec, MINT_DER, &der), 0);
	cr_assert_eq(dt_cert_parse(&cert, dt_buffer_span(&der), NULL, NULL), 0);
	dt_buffer_clear(&der);
	return cert;
}

static int
check(const struct mint_spec *spec, struct dt_subtree *items, size_t permitted,
    size_t excluded)
{
	struct dt_subtrees subtrees = { items, permitted, excluded };
	struct dt_cert *cert = minted(spec);
	int rv = dt_name_constraints_check(&subtrees, cert);

	dt_cert_free(cert);
	return rv;
}

static int
check_hosts(const struct mint_spec *spec, const char *permitted)
{
	struct dt_subtree item = {
		.base = { DT_GN_DNS, dt_span(permitted, strlen(permitted)) },
	};
	struct dt_subtrees subtrees = { &item, 1, 0 };
	struct dt_cert *cert = minted(spec);
	int rv = dt_name_constraints_check_hosts(&subtrees, &cert->subject);

	dt_cert_free(cert);
	return rv;
}

static const struct mint_spec server = {
	.subject = { { "CN", "Server", 0 } },
	.names = { { MINT_DNS, "a.example" }, { MINT_DNS, "b.example" } },
};

Test(name_constraints, every_name_lies_within_one_permitted_subtree)
{
	struct dt_subtree items[] = { { .base = { DNS("a.example") } },
		{ .base = { DNS("b.example") } } };

	cr_expect_eq(check(&server, items, 2, 0), DICOMTLS_V_OK);
	cr_expect_eq(
	    check(&server, items, 1, 0), DICOMTLS_V_ERR_PERMITTED_VIOLATION);
}

Test(name_constraints, no_name_lies_within_an_excluded_subtree)
{
	struct dt_subtree items[] = { { .base = { DNS("example") } },
		{ .base = { DNS("c.example") } },
		{ .base = { DNS("b.example") } } };

	cr_expect_eq(check(&server, items, 1, 1), DICOMTLS_V_OK);
	cr_expect_eq(
	    check(&server, items, 1, 2), DICOMTLS_V_ERR_EXCLUDED_VIOLATION);
	cr_expect_eq(
	    check(&server, items, 0, 1), DICOMTLS_V_ERR_EXCLUDED_VIOLATION);
}

Test(name_constraints, subtrees_of_other_types_say_nothing)
{
	struct dt_subtree items[] = { { .base = { URI("x") }, .bounded = true },
		{ .base = { URI("x") }, .bounded = true } };

	cr_expect_eq(check(&server, items, 1, 1), DICOMTLS_V_OK);
	cr_expect_eq(check(&server, items, 0, 0), DICOMTLS_V_OK);
}

/* RFC 5280 4.2.1.10: minimum 0 and no maximum, or it cannot be judged. */
Test(name_constraints, limits_are_found_even_behind_a_match)
{
	struct dt_subtree items[] = { { .base = { DNS("example") } },
		{ .base = { DNS("other") }, .bounded = true } };

	cr_expect_eq(
	    check(&server, items, 2, 0), DICOMTLS_V_ERR_SUBTREE_MINMAX);
	cr_expect_eq(
	    check(&server, items, 1, 1), DICOMTLS_V_ERR_SUBTREE_MINMAX);
}

Test(name_constraints, addresses_in_the_subject_are_mail_addresses)
{
	struct dt_subtree items[] = { { .base = { EMAIL("example.com") } } };
	struct mint_spec spec = {
		.subject = { { "CN", "x", 0 },
		    { "emailAddress", "a@example.com", 0 },
		    { "emailAddress", "b@example.com", 0 } }
	};

	cr_expect_eq(check(&spec, items, 1, 0), DICOMTLS_V_OK);
	spec.subject[2].value = "b@example.net";
	cr_expect_eq(
	    check(&spec, items, 1, 0), DICOMTLS_V_ERR_PERMITTED_VIOLATION);
	spec.subject[2].tag = DT_DER_UTF8_STRING;
	cr_expect_eq(
	    check(&spec, items, 1, 0), DICOMTLS_V_ERR_UNSUPPORTED_NAME_SYNTAX);
}

/* Directory names are compared in the form in which case does not count. */
Test(name_constraints, the_subject_is_a_directory_name)
{
	/* permitted: directoryName with the one RDN O=CLINIC */
	static const uint8_t value[] = { 0xa0, 0x17, 0x30, 0x15, 0xa4, 0x13,
		0x30, 0x11, 0x31, 0x0f, 0x30, 0x0d, 0x06, 0x03, 0x55, 0x04,
		0x0a, 0x0c, 0x06, 'C', 'L', 'I', 'N', 'I', 'C' };
	struct mint_spec spec = { .subject = { { "O", "Clinic", 0 },
				      { "CN", "x", 0 } } };
	struct dt_arena arena = { 0 };
	struct dt_subtrees subtrees;
	struct dt_cert *cert = minted(&spec);

	cr_assert_eq(
	    dt_subtrees_parse(&arena, &subtrees, dt_span(value, sizeof(value))),
	    0);
	cr_expect_eq(dt_name_constraints_check(&subtrees, cert), DICOMTLS_V_OK);
	dt_cert_free(cert);
	spec.subject[0].value = "Klinik";
	cert = minted(&spec);
	cr_expect_eq(dt_name_constraints_check(&subtrees, cert),
	    DICOMTLS_V_ERR_PERMITTED_VIOLATION);
	dt_cert_free(cert);
	dt_arena_clear(&arena);
}

/* 2 names in the alternative names, 1 in the subject. */
Test(name_constraints, too_many_comparisons_are_refused)
{
	const size_t limit = DT_MAX_NAME_COMPARISONS / 3;
	struct dt_subtree *items = calloc(limit + 1, sizeof(*items));

	cr_assert_not_null(items);
	for (size_t i = 0; i <= limit; i++)
		items[i].base.type = DT_GN_X400;
	cr_expect_eq(check(&server, items, limit, 0), DICOMTLS_V_OK);
	cr_expect_eq(
	    check(&server, items, limit, 1), DICOMTLS_V_ERR_UNSPECIFIED);
	free(items);
}

Test(name_constraints, common_names_count_if_they_look_like_hosts)
{
	static const struct {
		const char *name;
		bool is_host;
	} rows[] = {
		{ "pacs.other", true },
		{ "a_b.c-d", true },
		{ "a--b.c", true },
		{ "pacs", false },
		{ "a b.c", false },
		{ "*.b.c", false },
		{ "-a.b", false },
		{ "a.b-", false },
		{ "a-.b", false },
		{ "a.-b", false },
		{ "a..b", false },
		{ ".a.b", false },
		{ "a.b.", false },
		{ "b\u00fccher.example", false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct mint_spec spec = { .subject = {
					      { "CN", rows[i].name, 0 } } };

		cr_expect_eq(check_hosts(&spec, "example"),
		    rows[i].is_host ? DICOMTLS_V_ERR_PERMITTED_VIOLATION
				    : DICOMTLS_V_OK,
		    "%s", rows[i].name);
	}
}

Test(name_constraints, every_common_name_is_looked_at)
{
	struct mint_spec spec = { .subject = { { "CN", "a.example", 0 },
				      { "CN", "pacs", 0 },
				      { "CN", "b.other", 0 } } };

	cr_expect_eq(
	    check_hosts(&spec, "example"), DICOMTLS_V_ERR_PERMITTED_VIOLATION);
	spec.subject[2].value = "b.example";
	cr_expect_eq(check_hosts(&spec, "example"), DICOMTLS_V_OK);
}

/* A BIT STRING has no characters. */
Test(name_constraints, a_common_name_without_characters_ends_the_verification)
{
	struct mint_spec spec = { .subject = {
				      { "CN", "\x01xy", DT_DER_BIT_STRING } } };

	cr_expect_eq(check_hosts(&spec, "example"), DICOMTLS_V_ERR_OUT_OF_MEM);
}
