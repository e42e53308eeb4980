#include "tls/profile.h"

#include <criterion/criterion.h>
#include <gnutls/gnutls.h>
#include <string.h>

static struct dt_profile
resolve(const struct tls_config *config)
{
	struct dt_profile profile;
	struct dt_message why = { "" };

	cr_assert_eq(
	    dt_profile_resolve(&profile, config, &why), 0, "%s", why.text);
	return profile;
}

/* Numbers of the suites GnuTLS makes of a priority string. */
static size_t
offered(const char *text, uint16_t *numbers, size_t room)
{
	const char *at;
	gnutls_priority_t priority;
	size_t n = 0;
	unsigned index;

	cr_assert_eq(gnutls_priority_init(&priority, text, &at), 0,
	    "%s: error at %s", text, at);
	for (unsigned i = 0;; i++) {
		unsigned char id[2];
		int e =
		    gnutls_priority_get_cipher_suite_index(priority, i, &index);

		if (e == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE)
			break;
		if (e != 0)
			continue;
		cr_assert_not_null(gnutls_cipher_suite_info(
		    index, id, NULL, NULL, NULL, NULL));
		cr_assert_lt(n, room);
		numbers[n++] = (uint16_t)(id[0] << 8 | id[1]);
	}
	gnutls_priority_deinit(priority);
	return n;
}

static bool
has(const uint16_t *list, size_t n, uint16_t number)
{
	for (size_t i = 0; i < n; i++)
		if (list[i] == number)
			return true;
	return false;
}

/* PS3.15 B.12 and RFC 9325 4.2: exactly these. */
Test(profile, default_is_b12)
{
	static const uint16_t want[] = { 0x1301, 0x1302, 0xc02b, 0xc02c, 0xc02f,
		0xc030 };
	const struct tls_config config = { .auth_level = -1 };
	struct dt_profile profile = resolve(&config);
	uint16_t got[64];
	size_t n = offered(profile.priority, got, 64);

	cr_expect_eq(profile.min_version, TLS_V1_2);
	cr_expect_eq(profile.max_version, TLS_V1_3);
	cr_expect_eq(n, sizeof(want) / sizeof(want[0]));
	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++) {
		cr_expect(has(got, n, want[i]), "0x%04x offered", want[i]);
		cr_expect(dt_profile_allows(&profile, want[i]));
	}
	cr_expect_not(dt_profile_allows(&profile, 0x002f));
	cr_expect_not(dt_profile_allows(&profile, 0x1303));
}

Test(profile, b13_has_its_ten_required_suites_and_all_of_tls13)
{
	static const uint16_t want[] = { 0xc02b, 0xc02c, 0xc02f, 0xc030, 0xcca8,
		0xcca9, 0xc0ac, 0xc0ad, 0xc0ae, 0xc0af, 0x1301, 0x1302, 0x1303,
		0x1304, 0x1305 };
	const struct tls_config config = { .auth_level = -1,
		.profile = "B.13" };
	struct dt_profile profile = resolve(&config);
	uint16_t got[64];
	size_t n = offered(profile.priority, got, 64);

	cr_expect_eq(n, sizeof(want) / sizeof(want[0]));
	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++)
		cr_expect(has(got, n, want[i]), "0x%04x offered", want[i]);
}

Test(profile, unknown_profile_is_refused)
{
	const struct tls_config config = { .profile = "B.99" };
	struct dt_profile profile = { .count = 7 };
	struct dt_message why = { "" };

	cr_expect_eq(
	    dt_profile_resolve(&profile, &config, &why), DICOMTLS_E_INVALID);
	cr_expect_str_neq(why.text, "");
	cr_expect_eq(profile.count, 7, "untouched");
}

Test(profile, versions_bound_the_offer)
{
	const struct tls_config config = { .min_version = TLS_V1_2,
		.max_version = TLS_V1_2 };
	struct dt_profile profile = resolve(&config);
	uint16_t got[64];
	size_t n = offered(profile.priority, got, 64);

	cr_expect_eq(n, 4);
	cr_expect_null(strstr(profile.priority, "TLS1.3"));
	cr_expect_not(has(got, n, 0x1301));
}

Test(profile, crossed_versions_are_refused)
{
	const struct tls_config config = { .min_version = TLS_V1_3,
		.max_version = TLS_V1_2 };
	struct dt_profile profile;
	struct dt_message why;

	cr_expect_eq(
	    dt_profile_resolve(&profile, &config, &why), DICOMTLS_E_INVALID);
}

Test(profile, versions_that_do_not_exist_are_refused)
{
	const struct tls_config ssl3 = { .min_version = TLS_V1_0 - 1 };
	const struct tls_config next = { .max_version = TLS_V1_3 + 1 };
	struct dt_profile profile;
	struct dt_message why;

	cr_expect_eq(
	    dt_profile_resolve(&profile, &ssl3, &why), DICOMTLS_E_INVALID);
	cr_expect_eq(
	    dt_profile_resolve(&profile, &next, &why), DICOMTLS_E_INVALID);
}

/* SSL_CTX_set_security_level: 0 to 5. */
Test(profile, security_levels_end_with_five)
{
	struct tls_config config = { .auth_level = 5 };
	struct dt_profile profile = resolve(&config);
	struct dt_message why;

	cr_expect_not_null(strstr(profile.priority, ":%PROFILE_FUTURE"));
	config.auth_level = 6;
	cr_expect_eq(
	    dt_profile_resolve(&profile, &config, &why), DICOMTLS_E_INVALID);
	cr_expect_not_null(strstr(why.text, "level"));
}

/* RFC 8446 B.4: suites of TLS 1.3 say nothing about key exchange, and are
 * none of an older list's business. */
Test(profile, a_list_of_old_suites_leaves_tls13)
{
	const struct tls_config config = { .suites = { 0x002f } };
	struct dt_profile profile = resolve(&config);
	uint16_t got[64];
	size_t n = offered(profile.priority, got, 64);

	cr_expect(has(got, n, 0x002f));
	cr_expect(has(got, n, 0x1301));
	cr_expect(has(got, n, 0x1302));
	cr_expect(has(got, n, 0x1303));
	cr_expect(dt_profile_allows(&profile, 0x1303));
	cr_expect_not(dt_profile_allows(&profile, 0x009c),
	    "what GnuTLS composes of both is not in the list");
}

Test(profile, a_list_restricts_tls12_and_leaves_tls13)
{
	const struct tls_config config = { .suites = { 0xc030 } };
	struct dt_profile profile = resolve(&config);
	uint16_t got[64];
	size_t n = offered(profile.priority, got, 64);

	cr_expect(has(got, n, 0xc030));
	cr_expect(has(got, n, 0x1302));
	cr_expect_not(has(got, n, 0xc02f));
	cr_expect(dt_profile_allows(&profile, 0x1301));
	cr_expect_not(dt_profile_allows(&profile, 0xc02f));
}

Test(profile, a_list_with_a_tls13_suite_restricts_tls13)
{
	const struct tls_config config = { .suites = { 0xc030, 0x1302 } };
	struct dt_profile profile = resolve(&config);

	cr_expect(dt_profile_allows(&profile, 0x1302));
	cr_expect_not(dt_profile_allows(&profile, 0x1301));
}

Test(profile, only_tls13_suites_raise_the_minimum)
{
	const struct tls_config config = { .suites = { 0x1303 } };
	const struct tls_config old = { .suites = { 0x1303 },
		.max_version = TLS_V1_2 };
	struct dt_profile profile = resolve(&config);
	struct dt_message why;

	cr_expect_eq(profile.min_version, TLS_V1_3);
	cr_expect_eq(
	    dt_profile_resolve(&profile, &old, &why), DICOMTLS_E_INVALID);
}

Test(profile, unavailable_suites_are_passed_over)
{
	const struct tls_config config = { .suites = { 0x0015, 0xc030 } };
	struct dt_profile profile = resolve(&config);

	cr_expect_not(dt_profile_allows(&profile, 0x0015));
	cr_expect(dt_profile_allows(&profile, 0xc030));
}

Test(profile, a_list_of_unavailable_suites_is_refused_by_number)
{
	const struct tls_config config = { .suites = { 0x0015 } };
	struct dt_profile profile;
	struct dt_message why;

	cr_expect_eq(dt_profile_resolve(&profile, &config, &why),
	    DICOMTLS_E_UNSUPPORTED);
	cr_expect_not_null(strstr(why.text, "0x0015"));
}

Test(profile, tls10_alone_gets_suites_it_knows)
{
	const struct tls_config config = { .min_version = TLS_V1_0,
		.max_version = TLS_V1_0,
		.auth_level = 0 };
	struct dt_profile profile = resolve(&config);
	uint16_t got[64];
	size_t n = offered(profile.priority, got, 64);

	cr_expect(has(got, n, 0x002f));
	cr_expect(has(got, n, 0x0016));
}

Test(profile, negotiated_suites_are_found_again)
{
	const struct dt_suite *old =
	    dt_suite_find(TLS_V1_2, "ECDHE-RSA", "AES-128-GCM", "AEAD");
	const struct dt_suite *new =
	    dt_suite_find(TLS_V1_3, "ECDHE-RSA", "AES-128-GCM", "AEAD");

	cr_assert(old && new);
	cr_expect_eq(old->number, 0xc02f);
	cr_expect_eq(new->number, 0x1301);
	cr_expect_null(dt_suite_find(TLS_V1_2, "RSA", "AES-128-GCM", "AEAD"));
	cr_expect_null(dt_suite_find(TLS_V1_2, NULL, NULL, NULL));
}

Test(profile, is_found_by_name_and_by_section)
{
	const struct dt_profile_rules *rules;
	size_t n = 0;

	for (; (rules = dt_profile_rules_at(n)) != NULL; n++) {
		cr_expect_eq(dt_profile_rules_find(rules->name), rules);
		cr_expect_eq(dt_profile_rules_find(rules->section), rules);
	}
	cr_expect_eq(n, 7);
	cr_expect_str_eq(dt_profile_rules_at(0)->name, "bcp195-8996");
	cr_expect_null(dt_profile_rules_find("B.2"), "ISCL is no TLS");
	cr_expect_null(dt_profile_rules_find(""));
}

/* The live ones are B.12 and B.13. */
Test(profile, five_are_retired)
{
	unsigned retired = 0;

	for (size_t i = 0; dt_profile_rules_at(i) != NULL; i++)
		retired += dt_profile_rules_at(i)->retired;
	cr_expect_eq(retired, 5);
	cr_expect_not(dt_profile_rules_find("B.12")->retired);
	cr_expect_not(dt_profile_rules_find("B.13")->retired);
}

/* What a profile names is what GnuTLS can offer of it. */
Test(profile, every_suite_of_every_profile_is_offered)
{
	for (size_t i = 0; dt_profile_rules_at(i) != NULL; i++) {
		const struct dt_profile_rules *rules = dt_profile_rules_at(i);
		const struct tls_config config = { .auth_level = -1,
			.profile = rules->name };
		struct dt_profile profile = resolve(&config);
		uint16_t got[64];
		size_t n = offered(profile.priority, got, 64);

		for (size_t k = 0; rules->suites[k] != 0; k++)
			cr_expect(has(got, n, rules->suites[k]), "%s 0x%04x",
			    rules->name, rules->suites[k]);
		cr_expect_eq(profile.min_version, rules->min_version);
		cr_expect_eq(profile.max_version, rules->max_version);
	}
}

static void
expect_refused(const struct tls_config *config, int error, const char *words)
{
	struct dt_profile profile;
	struct dt_message why = { "" };

	cr_expect_eq(dt_profile_resolve(&profile, config, &why), error);
	cr_expect_not_null(strstr(why.text, words), "%s", why.text);
}

Test(profile, versions_outside_a_named_profile_are_refused)
{
	const struct tls_config low = { .min_version = TLS_V1_1,
		.profile = "bcp195-8996" };
	const struct tls_config high = { .max_version = TLS_V1_3,
		.profile = "bcp195-ex" };
	const struct tls_config within = { .min_version = TLS_V1_3,
		.auth_level = -1,
		.profile = "bcp195-8996" };

	expect_refused(
	    &low, DICOMTLS_E_INVALID, "bcp195-8996 is for TLS 1.2 to 1.3");
	expect_refused(
	    &high, DICOMTLS_E_INVALID, "bcp195-ex is for TLS 1.2 to 1.2");
	cr_expect_eq(resolve(&within).min_version, TLS_V1_3);
}

Test(profile, a_list_chooses_from_a_named_profile)
{
	const struct tls_config some = { .auth_level = -1,
		.profile = "B.13",
		.suites = { 0xc0ac, 0x002f } };
	const struct tls_config none = { .profile = "B.13",
		.suites = { 0x002f } };
	struct dt_profile profile = resolve(&some);

	cr_expect(dt_profile_allows(&profile, 0xc0ac));
	cr_expect_not(dt_profile_allows(&profile, 0x002f));
	expect_refused(&none, DICOMTLS_E_UNSUPPORTED, "0x002f");
}

/* PS3.15 B.13: ECDHE of 256 bits or more, RSA and ECDSA alone. */
Test(profile, b13_keeps_to_its_groups_and_signatures)
{
	const struct tls_config config = { .auth_level = 0, .profile = "B.13" };
	struct dt_profile profile = resolve(&config);

	cr_expect(dt_profile_allows_group(&profile, 0x0017));
	cr_expect_not(dt_profile_allows_group(&profile, 0x001d));
	cr_expect(dt_profile_allows_signature(&profile, 0x0403));
	cr_expect_not(dt_profile_allows_signature(&profile, 0x0807));
	cr_expect_not(dt_profile_allows_signature(&profile, 0x0201));
	cr_expect_null(strstr(profile.priority, "25519"));
	cr_expect_not_null(strstr(profile.priority, "%PROFILE_MEDIUM"),
	    "a low level does not weaken it");
}
