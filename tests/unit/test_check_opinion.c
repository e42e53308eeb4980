/*
 * The second opinion: what GnuTLS alone finds becomes an event, what the walk
 * has said is not said twice. The expectations come from GnuTLS's documented
 * rules (gnutls_certificate_status_t), seen beside OpenSSL's.
 */
#include "dicomtls.h"

#include "tools/mint.h"

#include <criterion/criterion.h>

#include <stdio.h>

#define NOW 1768478400 /* 2026-01-15 12:00 UTC */

#define DATES .not_before = "200101000000Z", .not_after = "400101000000Z"

static const uint8_t null[] = { 0x05, 0x00 };

#define UNKNOWN_CRITICAL                                                       \
	{                                                                      \
		"1.2.3.4", true,                                               \
		{                                                              \
			null, sizeof(null)                                     \
		}                                                              \
	}

static const struct mint_spec ca = { .subject = { { "CN", "Test CA", 0 } },
	DATES,
	.constraints = MINT_CA,
	.key_usage = MINT_KEY_CERT_SIGN };

static const struct mint_spec inner = { .subject = { { "CN", "Inner CA", 0 } },
	.issuer = &ca,
	DATES,
	.constraints = MINT_CA,
	.key_usage = MINT_KEY_CERT_SIGN };

#define LEAF                                                                   \
	.subject = { { "CN", "Leaf", 0 } }, .issuer = &inner, DATES,           \
	.constraints = MINT_NOT_CA, .key_usage = MINT_DIGITAL_SIGNATURE,       \
	.purposes = { "clientAuth" }

static const struct mint_spec leaf = { LEAF };

static struct dicomtls_store *store;
static struct dicomtls_params *params;
static struct dicomtls_verdict verdict;
static char events[512];

static void
setup(void)
{
	cr_assert_eq(dicomtls_store_new(&store), 0);
	cr_assert_eq(dicomtls_params_new(&params), 0);
	cr_assert_eq(dicomtls_params_set_time(params, NOW), 0);
	cr_assert_eq(
	    dicomtls_params_set_flags(params, DICOMTLS_F_GNUTLS_OPINION), 0);
}

static void
teardown(void)
{
	dicomtls_store_free(store);
	dicomtls_params_free(params);
}

TestSuite(check_opinion, .init = setup, .fini = teardown);

static int
record(int ok, const struct dicomtls_event *event, void *arg)
{
	size_t used = strlen(events);

	snprintf(events + used, sizeof(events) - used, "%d/%d/%d ",
	    dicomtls_event_depth(event), dicomtls_event_ok(event),
	    dicomtls_event_error(event));
	return arg == NULL ? ok : 1;
}

static void
trust(const struct mint_spec *spec)
{
	struct dt_buffer der = { 0 };
	struct dt_span s;

	cr_assert_eq(mint_certificate(spec, MINT_DER, &der), 0);
	s = dt_buffer_span(&der);
	cr_assert_eq(dicomtls_store_add_der(store, s.data, s.size), 0);
	dt_buffer_clear(&der);
}

/* Judges the chain of specs, leaf first; the last is trusted and not sent.
 * arg: NULL, or anything to override every failure. */
static const char *
judge(const struct mint_spec *spec, void *arg)
{
	struct dt_buffer der[8] = { { 0 } };
	gnutls_datum_t chain[8];
	unsigned count = 0;
	int rc;

	events[0] = '\0';
	for (; spec->issuer != NULL; spec = spec->issuer) {
		cr_assert_eq(mint_certificate(spec, MINT_DER, &der[count]), 0);
		chain[count].data = der[count].data + der[count].start;
		chain[count].size = (unsigned)dt_buffer_size(&der[count]);
		count++;
	}
	trust(spec);
	rc = dicomtls_verify(
	    store, params, chain, count, record, arg, &verdict, NULL, 0);
	cr_assert_eq(rc, 0);
	while (count-- > 0)
		dt_buffer_clear(&der[count]);
	return events;
}

static void *const override = events;

Test(check_opinion, adds_nothing_to_a_good_chain)
{
	dicomtls_params_set_purpose(params, DICOMTLS_PURPOSE_SSL_CLIENT);
	cr_expect_str_eq(judge(&leaf, NULL), "2/1/0 1/1/0 0/1/0 ");
	cr_expect_eq(verdict.result, 1);
}

Test(check_opinion, is_off_unless_asked)
{
	const struct mint_spec weak = { LEAF, .digest = "sha1" };

	dicomtls_params_clear_flags(params, DICOMTLS_F_GNUTLS_OPINION);
	cr_expect_str_eq(judge(&weak, NULL), "2/1/0 1/1/0 0/1/0 ");
}

/* OpenSSL judges digests by security level, and level 0 asks for none. */
Test(check_opinion, finds_a_digest_that_level_0_lets_pass)
{
	const struct mint_spec weak = { LEAF, .digest = "sha1" };

	dicomtls_params_set_auth_level(params, 0);
	cr_expect_str_eq(judge(&weak, NULL), "2/1/0 1/1/0 0/1/0 0/0/68 ");
	cr_expect_eq(verdict.result, 0);
	cr_expect_eq(verdict.error, DICOMTLS_V_ERR_CA_MD_TOO_WEAK);
	cr_expect_eq(verdict.depth, 0);
	cr_expect_eq(verdict.alert, 42);
}

Test(check_opinion, does_not_repeat_a_weak_digest)
{
	const struct mint_spec weak = { LEAF, .digest = "sha1" };

	dicomtls_params_set_auth_level(params, 2);
	cr_expect_str_eq(
	    judge(&weak, override), "0/0/68 2/1/68 1/1/68 0/1/68 ");
}

Test(check_opinion, can_be_overridden)
{
	const struct mint_spec weak = { LEAF, .digest = "sha1" };

	cr_expect_str_eq(judge(&weak, override), "2/1/0 1/1/0 0/1/0 0/0/68 ");
	cr_expect_eq(verdict.result, 1);
	cr_expect_eq(verdict.error, DICOMTLS_V_ERR_CA_MD_TOO_WEAK);
}

Test(check_opinion, sees_a_critical_extension_that_was_to_be_ignored)
{
	const struct mint_spec strange = { LEAF,
		.extensions = { UNKNOWN_CRITICAL } };

	dicomtls_params_set_flags(params, DICOMTLS_F_IGNORE_CRITICAL);
	cr_expect_str_eq(judge(&strange, NULL), "2/1/0 1/1/0 0/1/0 0/0/34 ");
}

Test(check_opinion, does_not_repeat_a_critical_extension)
{
	const struct mint_spec strange = { LEAF,
		.extensions = { UNKNOWN_CRITICAL } };
	const struct mint_spec strange_ca = {
		.subject = { { "CN", "Strange CA", 0 } },
		.issuer = &ca,
		DATES,
		.constraints = MINT_CA,
		.key_usage = MINT_KEY_CERT_SIGN,
		.extensions = { UNKNOWN_CRITICAL }
	};
	struct mint_spec below = leaf;

	below.issuer = &strange_ca;
	cr_expect_str_eq(
	    judge(&strange, override), "0/0/34 2/1/34 1/1/34 0/1/34 ");
	cr_expect_str_eq(
	    judge(&below, override), "1/0/34 2/1/34 1/1/34 0/1/34 ");
}

/* An anchor by old custom, key usage without basic constraints, that is not
 * self-signed: OpenSSL takes it unless strict, GnuTLS does not. */
Test(check_opinion, blames_an_anchor_that_is_no_ca)
{
	const struct mint_spec old = { .subject = { { "CN", "Old CA", 0 } },
		.issuer_name = { { "CN", "Root", 0 } },
		.issuer_key = "p256/Root",
		DATES,
		.key_usage = MINT_KEY_CERT_SIGN };
	struct mint_spec below = leaf;

	below.issuer = &old;
	dicomtls_params_set_flags(params, DICOMTLS_F_PARTIAL_CHAIN);
	cr_expect_str_eq(judge(&below, NULL), "1/1/0 0/1/0 1/0/79 ");
	cr_expect_eq(verdict.depth, 1);
}

/* The fault of the upper certificate does not hide that of the lower, nor
 * explain it. */
Test(check_opinion, judges_each_certificate)
{
	struct mint_spec weak_inner = inner;
	struct mint_spec weak_leaf = { LEAF, .digest = "sha1" };

	weak_inner.digest = "sha1";
	weak_leaf.issuer = &weak_inner;
	weak_leaf.extensions[0] = (struct mint_extension)UNKNOWN_CRITICAL;
	dicomtls_params_set_flags(params, DICOMTLS_F_IGNORE_CRITICAL);
	cr_expect_str_eq(
	    judge(&weak_leaf, override), "2/1/0 1/1/0 0/1/0 1/0/68 0/0/34 ");
}

Test(check_opinion, does_not_repeat_what_the_walk_found)
{
	struct mint_spec bad = leaf;

	bad.damaged_signature = true;
	dicomtls_params_set_purpose(params, DICOMTLS_PURPOSE_SSL_SERVER);
	cr_expect_str_eq(
	    judge(&bad, override), "0/0/26 2/1/26 1/1/26 0/0/7 0/1/7 ");
	bad = leaf;
	bad.not_after = "250101000000Z";
	dicomtls_params_set_purpose(params, DICOMTLS_PURPOSE_SSL_CLIENT);
	cr_expect_str_eq(judge(&bad, override), "2/1/0 1/1/0 0/0/10 0/1/10 ");
	bad.not_after = leaf.not_after;
	bad.not_before = "300101000000Z";
	cr_expect_str_eq(judge(&bad, override), "2/1/0 1/1/0 0/0/9 0/1/9 ");
}

Test(check_opinion, does_not_repeat_a_path_length)
{
	struct mint_spec short_ca = ca;
	struct mint_spec below = inner;
	struct mint_spec end = leaf;

	short_ca.has_path_length = true;
	below.issuer = &short_ca;
	end.issuer = &below;
	cr_expect_str_eq(judge(&end, override), "2/0/25 2/1/25 1/1/25 0/1/25 ");
}

/* permittedSubtrees or excludedSubtrees with one name, "example.com" */
#define ONE_SUBTREE(list, tag)                                                 \
	{                                                                      \
		0x30, 0x11, list, 0x0f, 0x30, 0x0d, tag, 0x0b, 'e', 'x', 'a',  \
		    'm', 'p', 'l', 'e', '.', 'c', 'o', 'm'                     \
	}

static const uint8_t permitted_hosts[] = ONE_SUBTREE(0xa0, 0x82);
static const uint8_t excluded_uris[] = ONE_SUBTREE(0xa1, 0x86);

/* A leaf of this name below a CA with these constraints. */
static const char *
judge_constrained(const uint8_t *constraints, struct mint_name name)
{
	struct mint_spec limited = inner;
	struct mint_spec end = leaf;

	limited.extensions[0] = (struct mint_extension){ "2.5.29.30", true,
		{ constraints, sizeof(permitted_hosts) } };
	end.issuer = &limited;
	end.names[0] = name;
	return judge(&end, override);
}

/* GnuTLS cannot compare URIs and refuses what it cannot compare (RFC 5280
 * 4.2.1.10 leaves that to it). */
Test(check_opinion, sees_a_constraint_that_gnutls_cannot_judge)
{
	const struct mint_name allowed = { MINT_URI,
		"http://pacs.example.net/" };

	cr_expect_str_eq(judge_constrained(excluded_uris, allowed),
	    "2/1/0 1/1/0 0/1/0 0/0/25 ");
}

Test(check_opinion, does_not_repeat_a_name_constraint)
{
	const struct mint_name inside = { MINT_DNS, "pacs.example.com" };
	const struct mint_name outside = { MINT_DNS, "pacs.example.net" };

	cr_expect_str_eq(
	    judge_constrained(permitted_hosts, inside), "2/1/0 1/1/0 0/1/0 ");
	cr_expect_str_eq(judge_constrained(permitted_hosts, outside),
	    "2/1/0 1/1/0 0/1/0 0/0/47 ");
}

/* permittedSubtrees { otherName 1.2.3 NULL }: not given to GnuTLS, see
 * check_opinion.c. */
Test(check_opinion, keeps_some_name_constraints_from_gnutls)
{
	static const uint8_t other[] = { 0x30, 0x0e, 0xa0, 0x0c, 0x30, 0x0a,
		0xa0, 0x08, 0x06, 0x02, 0x2a, 0x03, 0xa0, 0x02, 0x05, 0x00 };
	struct mint_spec limited = inner;
	struct mint_spec end = leaf;

	limited.extensions[0] = (struct mint_extension){ "2.5.29.30", true,
		{ other, sizeof(other) } };
	end.issuer = &limited;
	cr_expect_str_eq(judge(&end, override), "2/1/0 1/1/0 0/1/0 1/0/1 ");
}

/* The time of the params counts, not the time of day. */
Test(check_opinion, judges_at_the_time_asked_for)
{
	struct mint_spec old = leaf;

	old.not_after = "210101000000Z";
	dicomtls_params_set_time(params, 1600000000);
	cr_expect_str_eq(judge(&old, NULL), "2/1/0 1/1/0 0/1/0 ");
}

/* RFC 5280 4.2: an extension occurs once. GnuTLS cannot import what has it
 * twice; OpenSSL reads the first. */
Test(check_opinion, says_of_what_gnutls_cannot_read_that_it_is_wrong)
{
	struct mint_spec twice = leaf;
	const struct mint_extension plain = { "1.2.3.4", false,
		{ null, sizeof(null) } };

	twice.extensions[0] = plain;
	twice.extensions[1] = plain;
	cr_expect_str_eq(judge(&twice, NULL), "2/1/0 1/1/0 0/1/0 0/0/1 ");
	cr_expect_eq(verdict.error, DICOMTLS_V_ERR_UNSPECIFIED);
}

/* One certificate as the peer sends it, judged with all overrides. */
static const char *
judge_alone(const struct mint_spec *spec)
{
	struct dt_buffer der = { 0 };
	gnutls_datum_t chain;

	cr_assert_eq(mint_certificate(spec, MINT_DER, &der), 0);
	chain.data = der.data + der.start;
	chain.size = (unsigned)dt_buffer_size(&der);
	events[0] = '\0';
	cr_assert_eq(dicomtls_verify(store, params, &chain, 1, record, override,
			 &verdict, NULL, 0),
	    0);
	dt_buffer_clear(&der);
	return events;
}

/* Nothing is trusted: the walk has said so, and GnuTLS is not asked. */
Test(check_opinion, is_not_asked_about_a_path_without_an_anchor)
{
	const struct mint_spec weak = { LEAF, .digest = "sha1" };

	cr_expect_str_eq(judge_alone(&weak), "0/0/20 0/0/21 0/1/21 ");
}

/* The store has the issuer, but the issuer is no anchor (2). */
Test(check_opinion, is_not_asked_about_a_path_that_ends_too_early)
{
	const struct mint_spec weak = { LEAF, .digest = "sha1" };

	trust(&inner);
	cr_expect_str_eq(judge_alone(&weak), "1/0/2 0/1/2 ");
}

Test(check_opinion, judges_an_anchor_that_is_the_leaf)
{
	struct mint_spec own = leaf;

	own.issuer = NULL;
	trust(&own);
	cr_expect_str_eq(judge_alone(&own), "0/1/0 ");
	dicomtls_params_set_purpose(params, DICOMTLS_PURPOSE_SSL_SERVER);
	cr_expect_str_eq(judge_alone(&own), "0/0/26 0/1/26 ");
}
