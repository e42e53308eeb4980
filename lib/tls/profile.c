/*
 * What a context may negotiate, as a GnuTLS priority string: from a DICOM
 * secure transport profile (PS3.15 Annex B), narrowed by versions and a list
 * of suites.
 *
 * A priority string names key exchanges, ciphers and MACs separately and
 * GnuTLS offers every combination, so what came of it is looked at again when
 * the handshake is over (profile_check.h).
 */
#include "tls/profile.h"

#include <stdio.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* TLS 1.0 and 1.1 know none of the suites of B.12. A caller that asks for
 * nothing newer gets what the retired profiles demanded, forward secrecy
 * first. */
static const uint16_t old_suites[] = { 0x0039, 0x0016, 0x002f, 0x000a };

/* Offered with a list that names suites of TLS 1.2 only. */
static const uint16_t default_1_3[] = { 0x1302, 0x1301, 0x1303 };

/* Offered with any suite of DHE. */
static const uint16_t finite_groups[] = { 0x0100, 0x0101, 0x0102, 0 };

static const struct {
	int number;
	const char *token;
} versions[] = { { TLS_V1_3, "VERS-TLS1.3" }, { TLS_V1_2, "VERS-TLS1.2" },
	{ TLS_V1_1, "VERS-TLS1.1" }, { TLS_V1_0, "VERS-TLS1.0" } };

/* OpenSSL's security level 0..5 as GnuTLS's name for the same strength; it
 * bounds the Diffie-Hellman parameters. */
static const char *const level_tokens[] = { "", ":%PROFILE_LOW",
	":%PROFILE_MEDIUM", ":%PROFILE_HIGH", ":%PROFILE_ULTRA",
	":%PROFILE_FUTURE" };

/* The least for a profile that asks for certificates of 2048 bits: DHE of
 * 2048 bits. */
#define PROFILE_LEVEL 2

static bool
has(const uint16_t *list, size_t room, uint16_t number)
{
	for (size_t i = 0; i < room && list[i] != 0; i++)
		if (list[i] == number)
			return true;
	return false;
}

static bool
is_listed(const struct dt_profile *profile, uint16_t suite)
{
	return has(profile->suites, profile->count, suite);
}

bool
dt_profile_allows(const struct dt_profile *profile, uint16_t suite)
{
	if (dt_suite_is_1_3(suite) && !profile->limits_1_3)
		return profile->max_version >= TLS_V1_3;
	return is_listed(profile, suite);
}

bool
dt_profile_allows_group(const struct dt_profile *profile, uint16_t group)
{
	return has(profile->rules->groups, SIZE_MAX, group) ||
	       (profile->finite && has(finite_groups, SIZE_MAX, group));
}

bool
dt_profile_allows_signature(const struct dt_profile *profile, uint16_t scheme)
{
	return has(profile->rules->signatures, SIZE_MAX, scheme);
}

/* A list of suites chooses from a profile that was asked for. */
static bool
is_available(const struct dt_profile *profile, uint16_t suite)
{
	return dt_suite_by_number(suite) != NULL &&
	       (!profile->named ||
		   has(profile->rules->suites, DT_PROFILE_SUITES, suite));
}

/* Adds the numbers up to the ending 0 or room. Suites we do not have are
 * passed over, as SSL_CTX_set_cipher_list does, if any other remains. */
static int
add_suites(struct dt_profile *profile, const uint16_t *list, size_t room,
    struct dt_message *why)
{
	for (size_t i = 0; i < room && list[i] != 0; i++) {
		if (!is_available(profile, list[i]) ||
		    is_listed(profile, list[i]))
			continue;
		profile->limits_1_3 |= dt_suite_is_1_3(list[i]);
		profile->suites[profile->count++] = list[i];
	}
	if (profile->count == 0) {
		dt_message_set(why,
		    "none of the cipher suites is available, the first is "
		    "0x%04x",
		    list[0]);
		return DICOMTLS_E_UNSUPPORTED;
	}
	return 0;
}

static int
choose_suites(struct dt_profile *profile, const struct tls_config *config,
    struct dt_message *why)
{
	const struct dt_profile_rules *rules = profile->rules;

	if (config->suites[0] != 0)
		return add_suites(profile, config->suites, TLS_MAX_SUITES, why);
	if (!profile->named && profile->max_version < TLS_V1_2)
		return add_suites(profile, old_suites, COUNT(old_suites), why);
	return add_suites(profile, rules->suites, DT_PROFILE_SUITES, why);
}

static bool
names_older_suite(const struct dt_profile *profile)
{
	for (size_t i = 0; i < profile->count; i++)
		if (!dt_suite_is_1_3(profile->suites[i]))
			return true;
	return false;
}

static int
choose_versions(struct dt_profile *profile, const struct tls_config *config,
    struct dt_message *why)
{
	const struct dt_profile_rules *rules = profile->rules;
	int min = config->min_version;
	int max = config->max_version;

	profile->min_version = min != 0 ? min : rules->min_version;
	profile->max_version = max != 0 ? max : rules->max_version;
	if (profile->named && (profile->min_version < rules->min_version ||
				  profile->max_version > rules->max_version)) {
		dt_message_set(why,
		    "profile %s is for TLS 1.%d to 1.%d, and other versions "
		    "are asked for",
		    rules->name, rules->min_version - TLS_V1_0,
		    rules->max_version - TLS_V1_0);
		return DICOMTLS_E_INVALID;
	}
	if (profile->min_version < TLS_V1_0 ||
	    profile->max_version > TLS_V1_3 ||
	    profile->min_version > profile->max_version) {
		dt_message_set(why, "no TLS version between 0x%04x and 0x%04x",
		    (unsigned)profile->min_version,
		    (unsigned)profile->max_version);
		return DICOMTLS_E_INVALID;
	}
	return 0;
}

/* A list that names only suites of TLS 1.3 leaves nothing for older
 * versions. */
static int
raise_minimum(struct dt_profile *profile, struct dt_message *why)
{
	if (names_older_suite(profile))
		return 0;
	if (profile->max_version < TLS_V1_3) {
		dt_message_set(why, "the cipher suites are for TLS 1.3 only, "
				    "which is not enabled");
		return DICOMTLS_E_INVALID;
	}
	profile->min_version = TLS_V1_3;
	return 0;
}

/* A text under construction; too small a room is noticed at the end. */
struct text {
	char *at;
	size_t left;
};

static void
put(struct text *text, const char *piece)
{
	size_t size = strlen(piece);

	if (size >= text->left) {
		text->left = 0;
		return;
	}
	memcpy(text->at, piece, size + 1);
	text->at += size;
	text->left -= size;
}

/* Adds ":+token" unless the string has it. start is the whole text. */
static void
put_token(struct text *text, const char *start, const char *token)
{
	char piece[64];
	size_t size;

	if (token == NULL)
		return;
	size = (size_t)snprintf(piece, sizeof(piece), ":+%s", token);
	for (const char *p = start; (p = strstr(p, piece)) != NULL; p += size)
		if (p[size] == ':' || p[size] == '\0')
			return;
	put(text, piece);
}

static void
put_suite(struct text *text, const char *start, uint16_t number)
{
	const struct dt_suite *suite = dt_suite_by_number(number);

	put_token(text, start, suite->kx);
	put_token(text, start, suite->cipher);
	put_token(text, start, suite->mac);
}

/* TLS 1.3 is not limited by a list that does not name its suites, but it has
 * to share the ciphers with TLS 1.2: only a list without any AEAD cipher gets
 * others, so that TLS 1.2 peers are not led to suites outside the list. */
static void
put_1_3(struct text *text, const char *start, const struct dt_profile *profile)
{
	if (profile->limits_1_3 || profile->max_version < TLS_V1_3 ||
	    strstr(start, ":+AEAD") != NULL)
		return;
	for (size_t i = 0; i < COUNT(default_1_3); i++)
		put_suite(text, start, default_1_3[i]);
}

/* The names that the table has for the numbers of a list. */
static void
put_named(struct text *text, const char *kind, const struct dt_named *table,
    size_t count, const uint16_t *list)
{
	for (; *list != 0; list++)
		for (size_t i = 0; i < count; i++) {
			if (table[i].number != *list)
				continue;
			put(text, kind);
			put(text, table[i].name);
		}
}

static void
put_groups(struct text *text, const uint16_t *list)
{
	put_named(text, ":+GROUP-", dt_groups, dt_group_count, list);
}

static int
write_priority(struct dt_profile *profile, int level, struct dt_message *why)
{
	const char *start = profile->priority;
	struct text text = { profile->priority, sizeof(profile->priority) };

	put(&text, "NONE");
	for (size_t i = 0; i < COUNT(versions); i++)
		if (versions[i].number >= profile->min_version &&
		    versions[i].number <= profile->max_version)
			put_token(&text, start, versions[i].token);
	for (size_t i = 0; i < profile->count; i++)
		put_suite(&text, start, profile->suites[i]);
	put_1_3(&text, start, profile);
	put_named(&text, ":+SIGN-", dt_signatures, dt_signature_count,
	    profile->rules->signatures);
	put_groups(&text, profile->rules->groups);
	profile->finite = strstr(start, ":+DHE-") != NULL;
	if (profile->finite)
		put_groups(&text, finite_groups);
	put(&text, ":+COMP-NULL:+CTYPE-X509");
	put(&text, level_tokens[level]);
	if (text.left == 0) {
		dt_message_set(why, "too many cipher suites");
		return DICOMTLS_E_LIMIT;
	}
	return 0;
}

static int
choose_level(const struct dt_profile *profile, int asked)
{
	int level = asked < 0 ? TLS_DEFAULT_LEVEL : asked;

	if (profile->named && profile->rules->certificates.rsa_bits != 0 &&
	    level < PROFILE_LEVEL)
		return PROFILE_LEVEL;
	return level;
}

static int
choose_rules(struct dt_profile *profile, const struct tls_config *config,
    struct dt_message *why)
{
	profile->named = config->profile != NULL;
	profile->rules = profile->named ? dt_profile_rules_find(config->profile)
					: dt_profile_rules_at(0);
	if (profile->rules != NULL)
		return 0;
	dt_message_set(
	    why, "there is no DICOM profile \"%s\"", config->profile);
	return DICOMTLS_E_INVALID;
}

int
dt_profile_resolve(struct dt_profile *profile, const struct tls_config *config,
    struct dt_message *why)
{
	struct dt_profile made = { 0 };
	int e = choose_rules(&made, config, why);

	if (e != 0)
		return e;
	if (config->auth_level >= (int)COUNT(level_tokens)) {
		dt_message_set(why, "security level above 5");
		return DICOMTLS_E_INVALID;
	}
	if ((e = choose_versions(&made, config, why)) != 0 ||
	    (e = choose_suites(&made, config, why)) != 0 ||
	    (e = raise_minimum(&made, why)) != 0 ||
	    (e = write_priority(
		 &made, choose_level(&made, config->auth_level), why)) != 0)
		return e;
	*profile = made;
	return 0;
}
