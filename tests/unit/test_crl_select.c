/* Which CRL is chosen for a certificate. The path is root, CA, leaf; nothing
 * is signed, for no signature is looked at here. */
#include "verify/crl_select.h"

#include "tools/mint.h"
#include "tests/unit/der_text.h"
#include "verify/issuer.h"

#define NOW 1748736000 /* 2025-06-01 */
#define CA NAME("CA")
#define AUTHORITY NAME("CRL Author")
#define OLD CRL_AT(CA, "200301000000Z", "210301000000Z", "", "")

/* cRLDistributionPoints: URI a, issued by the name below. */
static const uint8_t other_point[] = { 0x30, 0x24, 0x30, 0x22, 0xa0, 0x05, 0xa0,
	0x03, 0x86, 0x01, 'a', 0xa2, 0x19, 0xa4, 0x17, 0x30, 0x15, 0x31, 0x13,
	0x30, 0x11, 0x06, 0x03, 0x55, 0x04, 0x03, 0x0c, 0x0a, 'C', 'R', 'L',
	' ', 'A', 'u', 't', 'h', 'o', 'r' };

static const struct mint_spec root = {
	.subject = { { "CN", "Root", 0 } },
	.constraints = MINT_CA,
};
static const struct mint_spec ca = {
	.subject = { { "CN", "CA", 0 } },
	.issuer = &root,
	.constraints = MINT_CA,
};
static const struct mint_spec leaf = {
	.subject = { { "CN", "Archive", 0 } },
	.issuer = &ca,
	.extensions = { { "2.5.29.46", false, { (const uint8_t *)"0", 1 } } },
};
static const struct mint_spec indirect_leaf = {
	.subject = { { "CN", "Archive", 0 } },
	.issuer = &ca,
	.extensions = { { "2.5.29.31", false,
	    { other_point, sizeof(other_point) } } },
};
static const struct mint_spec authority = {
	.subject = { { "CN", "CRL Author", 0 } },
	.issuer = &root,
};

static struct dt_cert *certs[5];
static bool decoded[1];
static struct dicomtls_store *store;
static struct dicomtls_params *params;
static struct dt_verify v;

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

static void
setup(void)
{
	static const struct mint_spec *const specs[] = { &leaf, &ca, &root,
		&indirect_leaf, &authority };

	for (size_t i = 0; i < 5; i++)
		certs[i] = minted(specs[i]);
	cr_assert_eq(dicomtls_store_new(&store), 0);
	cr_assert_eq(dicomtls_params_new(&params), 0);
	cr_assert_eq(dicomtls_params_set_time(params, NOW), 0);
	v = (struct dt_verify){
		.store = store, .params = params, .now = NOW, .decoded = decoded
	};
	for (size_t i = 0; i < 3; i++)
		cr_assert_eq(dt_array_push(&v.path, certs[i]), 0);
}

static void
teardown(void)
{
	dt_array_clear(&v.path);
	dt_array_clear(&v.untrusted);
	dicomtls_params_free(params);
	dicomtls_store_free(store);
	for (size_t i = 0; i < 5; i++)
		dt_cert_free(certs[i]);
}

TestSuite(crl_select, .init = setup, .fini = teardown);

/* Adds a CRL to the params and returns it. */
static const struct dt_crl *
give(const char *text)
{
	struct dt_buffer der = der_from_text(text);
	struct dt_span bytes = dt_buffer_span(&der);

	cr_assert_eq(
	    dicomtls_params_add_crl_der(params, bytes.data, bytes.size), 0,
	    "%s", text);
	dt_buffer_clear(&der);
	return params->crls.items[params->crls.count - 1];
}

static void
store_crl(const char *text)
{
	struct dt_buffer der = der_from_text(text);
	struct dt_span bytes = dt_buffer_span(&der);

	cr_assert_eq(
	    dicomtls_store_add_crl_der(store, bytes.data, bytes.size), 0);
	dt_buffer_clear(&der);
}

static void
set_flags(uint32_t flags)
{
	cr_assert_eq(dicomtls_params_set_flags(params, flags), 0);
}

static const struct dt_crl *
chosen(void)
{
	struct dt_crl_choice choice = { 0 };

	return dt_crl_select(&v, 0, &choice) ? choice.crl : NULL;
}

static const struct dt_crl *
chosen_delta(void)
{
	struct dt_crl_choice choice = { 0 };

	return dt_crl_select(&v, 0, &choice) ? choice.delta : NULL;
}

/* The leaf with a distribution point, and its CRL issuer among the untrusted
 * certificates. */
static void
use_indirect_leaf(void)
{
	v.path.items[0] = certs[3];
	cr_assert_eq(dt_array_push(&v.untrusted, certs[4]), 0);
}

Test(crl_select, finds_nothing_where_there_is_nothing)
{
	struct dt_crl_choice choice = { .reasons = 2 };

	cr_expect_not(dt_crl_select(&v, 0, &choice));
	cr_expect_eq(choice.reasons, 2);
	cr_expect_null(choice.crl);
}

Test(crl_select, takes_the_crl_of_the_issuer)
{
	const struct dt_crl *crl = give(CRL(CA, "", ""));
	struct dt_crl_choice choice = { 0 };

	give(CRL(NAME("Stranger"), "", ""));
	cr_assert(dt_crl_select(&v, 0, &choice));
	cr_expect_eq(choice.crl, crl);
	cr_expect_eq(choice.issuer, certs[1]);
	cr_expect_eq(choice.reasons, DT_ALL_REASONS);
	cr_expect_eq(
	    choice.score, DT_CRL_SCORE_GOOD | DT_CRL_SCORE_ISSUER_NAME |
			      DT_CRL_SCORE_ISSUER_CERT |
			      DT_CRL_SCORE_SAME_PATH | DT_CRL_SCORE_AKID);
}

Test(crl_select, last_of_the_path_is_its_own_issuer)
{
	const struct dt_crl *crl = give(CRL(NAME("Root"), "", ""));
	struct dt_crl_choice choice = { 0 };

	cr_assert(dt_crl_select(&v, 2, &choice));
	cr_expect_eq(choice.crl, crl);
	cr_expect_eq(choice.issuer, certs[2]);
}

Test(crl_select, of_equals_takes_the_newest)
{
	const struct dt_crl *newest;

	give(CRL(CA, "", ""));
	newest = give(CRL_AT(CA, "250401000000Z", "350301000000Z", "", ""));
	give(CRL_AT(CA, "250302000000Z", "350301000000Z", "", ""));
	cr_expect_eq(chosen(), newest);
}

Test(crl_select, of_equals_with_unreadable_times_takes_the_first)
{
	const struct dt_crl *first =
	    give(CRL_AT(CA, "x", "350301000000Z", "", ""));

	give(CRL_AT(CA, "y", "350301000000Z", "", ""));
	cr_expect_eq(chosen(), first);
}

Test(crl_select, prefers_scope_to_currency)
{
	const struct dt_crl *old = give(OLD);

	give(CRL(CA, "", ISSUING_POINT("82{ff}")));
	cr_expect_eq(chosen(), old);
}

Test(crl_select, prefers_what_it_understands_to_scope)
{
	const struct dt_crl *understood =
	    give(CRL(CA, "", ISSUING_POINT("82{ff}")));

	give(CRL(CA, "", CRITICAL("2a03", "")));
	cr_expect_eq(chosen(), understood);
}

Test(crl_select, passes_over_a_contradiction)
{
	give(CRL(CA, "", ISSUING_POINT("81{ff}82{ff}")));
	cr_expect_null(chosen());
}

Test(crl_select, passes_over_a_crl_by_another_key)
{
	give(CRL(CA, "", KEY_ID("0102")));
	cr_expect_null(chosen());
}

Test(crl_select, store_is_asked_only_if_what_is_given_is_not_good)
{
	const struct dt_crl *given = give(CRL(CA, "", ""));

	store_crl(CRL_AT(CA, "250401000000Z", "350301000000Z", "", ""));
	cr_expect_eq(chosen(), given);
}

Test(crl_select, store_wins_where_both_are_equally_bad)
{
	give(CRL_AT(
	    CA, "250401000000Z", "350301000000Z", "", ISSUING_POINT("82{ff}")));
	store_crl(CRL(CA, "", ISSUING_POINT("82{ff}")));
	cr_expect_eq(chosen(), store->crls.all.items[0]);
}

Test(crl_select, old_crl_that_was_given_keeps_a_current_one_in_the_store_out)
{
	const struct dt_crl *given = give(OLD);

	store_crl(CRL(CA, "", ""));
	cr_expect_eq(chosen(), given);
}

Test(crl_select, store_keeps_one_of_the_same)
{
	store_crl(CRL(CA, "", ""));
	store_crl(CRL(NAME("Another"), "", ""));
	store_crl(CRL(CA, "", NUMBER("01")));
	store_crl(CRL(CA, "", ""));
	cr_expect_eq(store->crls.all.count, 3);
}

Test(crl_select, indirect_crl_needs_extended_support)
{
	const struct dt_crl *crl;

	use_indirect_leaf();
	crl = give(CRL(AUTHORITY, "", ISSUING_POINT("a0{a0{86{'a'}}}84{ff}")));
	cr_expect_null(chosen());
	set_flags(DICOMTLS_F_EXTENDED_CRL_SUPPORT);
	cr_expect_eq(chosen(), crl);
}

Test(crl_select, indirect_crl_is_not_found_in_the_store)
{
	use_indirect_leaf();
	set_flags(DICOMTLS_F_EXTENDED_CRL_SUPPORT);
	store_crl(CRL(AUTHORITY, "", ISSUING_POINT("a0{a0{86{'a'}}}84{ff}")));
	cr_expect_null(chosen());
}

Test(crl_select, crl_of_another_issuer_must_call_itself_indirect)
{
	use_indirect_leaf();
	set_flags(DICOMTLS_F_EXTENDED_CRL_SUPPORT);
	give(CRL(AUTHORITY, "", ISSUING_POINT("a0{a0{86{'a'}}}")));
	cr_expect_null(chosen());
}

Test(crl_select, point_names_must_meet)
{
	struct dt_crl_choice choice = { 0 };

	use_indirect_leaf();
	set_flags(DICOMTLS_F_EXTENDED_CRL_SUPPORT);
	give(CRL(AUTHORITY, "", ISSUING_POINT("a0{a0{86{'b'}}}84{ff}")));
	cr_assert(dt_crl_select(&v, 0, &choice));
	cr_expect_eq(choice.score & DT_CRL_SCORE_SCOPE, 0);
	cr_expect_eq(choice.reasons, 0);
}

Test(crl_select, key_of_an_issuer_counts_once_it_was_looked_at)
{
	use_indirect_leaf();
	set_flags(DICOMTLS_F_EXTENDED_CRL_SUPPORT);
	give(CRL(AUTHORITY, "",
	    ISSUING_POINT("a0{a0{86{'a'}}}84{ff}") KEY_ID("0102")));
	cr_expect_not_null(chosen());
	dt_issuer_mark_decoded(&v, certs[4]);
	cr_expect_null(chosen());
	decoded[0] = false;
}

Test(crl_select, reasons_add_up)
{
	struct dt_crl_choice choice = { 0 };
	const struct dt_crl *first, *second;

	set_flags(DICOMTLS_F_EXTENDED_CRL_SUPPORT);
	first = give(CRL_AT(CA, "250401000000Z", "350301000000Z", "",
	    ISSUING_POINT("83{05e0}")));
	second = give(CRL(CA, "", ISSUING_POINT("83{071f80}")));
	cr_assert(dt_crl_select(&v, 0, &choice));
	cr_expect_eq(choice.crl, first);
	cr_expect_eq(choice.reasons, 0xe0 & DT_ALL_REASONS);
	cr_assert(dt_crl_select(&v, 0, &choice));
	cr_expect_eq(choice.crl, second);
	cr_expect_eq(choice.reasons, (0xe0 | 0x801f) & DT_ALL_REASONS);
	cr_expect_not(dt_crl_select(&v, 0, &choice));
}

Test(crl_select, crl_for_some_reasons_needs_extended_support)
{
	give(CRL(CA, "", ISSUING_POINT("83{07ff80}")));
	cr_expect_null(chosen());
}

Test(crl_select, delta_is_no_complete_crl)
{
	give(CRL(CA, "", NUMBER("06") DELTA("05")));
	cr_expect_null(chosen());
	set_flags(DICOMTLS_F_EXTENDED_CRL_SUPPORT | DICOMTLS_F_USE_DELTAS);
	cr_expect_null(chosen());
}

Test(crl_select, delta_is_found_where_it_is_announced)
{
	const struct dt_crl *delta;

	give(CRL(CA, "", NUMBER("05")));
	delta = give(CRL(CA, "", NUMBER("06") DELTA("05")));
	cr_expect_null(chosen_delta());
	set_flags(DICOMTLS_F_USE_DELTAS);
	cr_expect_eq(chosen_delta(), delta);
	v.path.items[0] = certs[3];
	cr_expect_null(chosen_delta());
}

/* RFC 5280 5.2.4, 6.3.3 (c). */
Test(crl_select, delta_must_fit_its_base)
{
	static const char *const others[] = {
		CRL(CA, "", NUMBER("06") DELTA("06")),
		CRL(CA, "", NUMBER("05") DELTA("05")),
		CRL(CA, "", DELTA("05")),
		CRL(NAME("Root"), "", NUMBER("06") DELTA("05")),
		CRL(CA, "", NUMBER("06") DELTA("05") KEY_ID("01")),
		CRL(CA, "", NUMBER("06") DELTA("05") ISSUING_POINT("")),
	};

	set_flags(DICOMTLS_F_USE_DELTAS);
	give(CRL(CA, "", NUMBER("05")));
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		give(others[i]);
		cr_expect_null(chosen_delta(), "%s", others[i]);
	}
}

Test(crl_select, numbers_are_compared_as_numbers)
{
	set_flags(DICOMTLS_F_USE_DELTAS);
	give(CRL(CA, "", NUMBER("7f")));
	give(CRL(CA, "", NUMBER("0080") DELTA("80")));
	cr_expect_not_null(chosen_delta());
}

Test(crl_select, first_delta_that_fits_is_taken)
{
	const struct dt_crl *first;

	set_flags(DICOMTLS_F_USE_DELTAS);
	give(CRL(CA, "", NUMBER("05")));
	first = give(CRL(CA, "", NUMBER("06") DELTA("05")));
	give(CRL_AT(CA, "250401000000Z", "350301000000Z", "",
	    NUMBER("07") DELTA("05")));
	cr_expect_eq(chosen_delta(), first);
}

Test(crl_select, current_delta_excuses_the_next_choice_too)
{
	struct dt_crl_choice choice = { .score = DT_CRL_SCORE_TIME_DELTA };

	give(OLD);
	cr_assert(dt_crl_select(&v, 0, &choice));
	cr_expect(choice.score & DT_CRL_SCORE_TIME);
	choice = (struct dt_crl_choice){ 0 };
	cr_assert(dt_crl_select(&v, 0, &choice));
	cr_expect_not(choice.score & DT_CRL_SCORE_TIME);
}
