/* What the system takes away from a profile, and who is said to have done it.
 * Lists of GnuTLS stand for a crypto policy; policies in files are tried in
 * tests/tools/profile.sh. */
#include "tls/profile_offer.h"

#include "dicomtls.h"

#include <criterion/criterion.h>
#include <string.h>

/* So many of a list are left; the file that says so. */
static int groups_left = -1, schemes_left = -1;
static const char *file = "/dev/null";

int __real_gnutls_priority_group_list(
    gnutls_priority_t priority, const unsigned **list);
int __wrap_gnutls_priority_group_list(
    gnutls_priority_t priority, const unsigned **list);
int
__wrap_gnutls_priority_group_list(
    gnutls_priority_t priority, const unsigned **list)
{
	int n = __real_gnutls_priority_group_list(priority, list);

	return groups_left < 0 ? n : groups_left;
}

int __real_gnutls_priority_sign_list(
    gnutls_priority_t priority, const unsigned **list);
int __wrap_gnutls_priority_sign_list(
    gnutls_priority_t priority, const unsigned **list);
int
__wrap_gnutls_priority_sign_list(
    gnutls_priority_t priority, const unsigned **list)
{
	int n = __real_gnutls_priority_sign_list(priority, list);

	return schemes_left < 0 ? n : schemes_left;
}

const char *__wrap_gnutls_get_system_config_file(void);
const char *
__wrap_gnutls_get_system_config_file(void)
{
	return file;
}

static struct dt_message missing, why;

static int
offer(const char *name)
{
	const struct tls_config config = { .profile = name, .auth_level = -1 };
	struct dt_profile profile;
	gnutls_priority_t priority = NULL;
	int e;

	missing.text[0] = why.text[0] = '\0';
	cr_assert_eq(dt_profile_resolve(&profile, &config, &why), 0);
	e = dt_profile_offer(&priority, &profile, &missing, &why);
	cr_expect_eq(priority != NULL, e == 0);
	if (priority != NULL)
		gnutls_priority_deinit(priority);
	return e;
}

static void
expect_has(const char *text, const char *piece)
{
	cr_expect_not_null(
	    strstr(text, piece), "\"%s\" in \"%s\"", piece, text);
}

Test(profile_offer, of_a_system_that_takes_nothing_lacks_nothing)
{
	cr_expect_eq(offer("B.12"), 0);
	cr_expect_str_empty(missing.text);
}

Test(profile_offer, some_groups_less_are_named)
{
	groups_left = 1;
	cr_expect_eq(offer("B.11"), 0);
	expect_has(missing.text, "/dev/null");
	expect_has(missing.text, "profile bcp195-ex");
	expect_has(missing.text, "SECP521R1");
}

/* RFC 8446 4.2.7: an ECDHE handshake is about one of them. */
Test(profile_offer, without_groups_nothing_is_left)
{
	groups_left = 0;
	cr_expect_eq(offer("B.12"), DICOMTLS_E_UNSUPPORTED);
	expect_has(why.text, "groups");
	expect_has(why.text, "the system crypto policy (/dev/null)");
}

/* PS3.15 B.1 transports the key under RSA: no group comes into it. */
Test(profile_offer, key_transport_needs_no_groups)
{
	groups_left = 0;
	cr_expect_eq(offer("B.1"), 0);
}

Test(profile_offer, without_signatures_nothing_is_left)
{
	schemes_left = 0;
	cr_expect_eq(offer("B.13"), DICOMTLS_E_UNSUPPORTED);
	expect_has(why.text, "signature algorithms");
}

Test(profile_offer, a_long_list_of_what_is_missing_is_cut)
{
	schemes_left = 1;
	cr_expect_eq(offer("B.12"), 0);
	expect_has(missing.text, ", ...");
	cr_expect_null(strstr(strstr(missing.text, "...") + 3, "..."),
	    "once: %s", missing.text);
}

Test(profile_offer, without_a_policy_the_library_is_to_blame)
{
	groups_left = 0;
	file = "/nowhere/at/all";
	cr_expect_eq(offer("B.12"), DICOMTLS_E_UNSUPPORTED);
	expect_has(why.text, "the GnuTLS of this system");
	file = NULL;
	cr_expect_eq(offer("B.12"), DICOMTLS_E_UNSUPPORTED);
	expect_has(why.text, "the GnuTLS of this system");
}
