/*
 * DICOM secure transport profiles (PS3.15 Annex B) and suite lists as GnuTLS
 * priority strings.
 *
 * A priority string names key exchanges, ciphers and MACs separately and
 * GnuTLS offers every combination, so the exact list is checked again when
 * the handshake is over (dt_profile_allows). Certificates are not judged
 * here: the engine does it by security level.
 */
#include "tls/profile.h"

#include <stdio.h>

#define AEAD "AEAD"
#define GCM_128 "AES-128-GCM"
#define GCM_256 "AES-256-GCM"
#define CHACHA "CHACHA20-POLY1305"

static const struct dt_suite suites[] = {
	{ 0x1301, "TLS_AES_128_GCM_SHA256", NULL, GCM_128, AEAD },
	{ 0x1302, "TLS_AES_256_GCM_SHA384", NULL, GCM_256, AEAD },
	{ 0x1303, "TLS_CHACHA20_POLY1305_SHA256", NULL, CHACHA, AEAD },
	{ 0x1304, "TLS_AES_128_CCM_SHA256", NULL, "AES-128-CCM", AEAD },
	{ 0x1305, "TLS_AES_128_CCM_8_SHA256", NULL, "AES-128-CCM-8", AEAD },
	{ 0xc02b, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "ECDHE-ECDSA",
	    GCM_128, AEAD },
	{ 0xc02c, "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "ECDHE-ECDSA",
	    GCM_256, AEAD },
	{ 0xc02f, "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "ECDHE-RSA", GCM_128,
	    AEAD },
	{ 0xc030, "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", "ECDHE-RSA", GCM_256,
	    AEAD },
	{ 0xcca8, "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "ECDHE-RSA",
	    CHACHA, AEAD },
	{ 0xcca9, "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
	    "ECDHE-ECDSA", CHACHA, AEAD },
	{ 0xc0ac, "TLS_ECDHE_ECDSA_WITH_AES_128_CCM", "ECDHE-ECDSA",
	    "AES-128-CCM", AEAD },
	{ 0xc0ad, "TLS_ECDHE_ECDSA_WITH_AES_256_CCM", "ECDHE-ECDSA",
	    "AES-256-CCM", AEAD },
	{ 0xc0ae, "TLS_ECDHE_ECDSA_WITH_AES_128_CCM_8", "ECDHE-ECDSA",
	    "AES-128-CCM-8", AEAD },
	{ 0xc0af, "TLS_ECDHE_ECDSA_WITH_AES_256_CCM_8", "ECDHE-ECDSA",
	    "AES-256-CCM-8", AEAD },
	{ 0x009e, "TLS_DHE_RSA_WITH_AES_128_GCM_SHA256", "DHE-RSA", GCM_128,
	    AEAD },
	{ 0x009f, "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384", "DHE-RSA", GCM_256,
	    AEAD },
	{ 0x0039, "TLS_DHE_RSA_WITH_AES_256_CBC_SHA", "DHE-RSA", "AES-256-CBC",
	    "SHA1" },
	{ 0x0016, "TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA", "DHE-RSA", "3DES-CBC",
	    "SHA1" },
	{ 0x002f, "TLS_RSA_WITH_AES_128_CBC_SHA", "RSA", "AES-128-CBC",
	    "SHA1" },
	{ 0x000a, "TLS_RSA_WITH_3DES_EDE_CBC_SHA", "RSA", "3DES-CBC", "SHA1" }
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct preset {
	const char *name;
	int min_version;
	int max_version;
	uint16_t suites[DT_PROFILE_SUITES];
} presets[] = {
	/* BCP 195 RFC 8996, 9325: the suites of RFC 9325 4.2. */
	{ "B.12", TLS_V1_2, TLS_V1_3,
	    { 0xc02c, 0xc030, 0xc02b, 0xc02f, 0x1302, 0x1301 } },
	/* Modified BCP 195: no suite weaker than its ten; all of TLS 1.3. */
	{ "B.13", TLS_V1_2, TLS_V1_3,
	    { 0xc02c, 0xc030, 0xcca9, 0xcca8, 0xc02b, 0xc02f, 0xc0ad, 0xc0ac,
		0xc0af, 0xc0ae, 0x1302, 0x1303, 0x1301, 0x1304, 0x1305 } },
	/* Retired. */
	{ "B.10", TLS_V1_2, TLS_V1_3,
	    { 0xc030, 0xc02f, 0x009f, 0x009e, 0x1302, 0x1301 } },
	{ "B.3", TLS_V1_0, TLS_V1_2, { 0x002f, 0x000a } }
};

/* TLS 1.0 and 1.1 know none of the suites of B.12. A caller that asks for
 * nothing newer gets what the retired profiles demanded, forward secrecy
 * first. */
static const uint16_t old_suites[] = { 0x0039, 0x0016, 0x002f, 0x000a };

/* Offered with a list that names suites of TLS 1.2 only. */
static const uint16_t default_1_3[] = { 0x1302, 0x1301, 0x1303 };

static const char signatures[] =
    ":+SIGN-RSA-SHA256:+SIGN-RSA-SHA384:+SIGN-RSA-SHA512"
    ":+SIGN-RSA-PSS-SHA256:+SIGN-RSA-PSS-SHA384:+SIGN-RSA-PSS-SHA512"
    ":+SIGN-RSA-PSS-RSAE-SHA256:+SIGN-RSA-PSS-RSAE-SHA384"
    ":+SIGN-RSA-PSS-RSAE-SHA512:+SIGN-ECDSA-SHA256:+SIGN-ECDSA-SHA384"
    ":+SIGN-ECDSA-SHA512:+SIGN-ECDSA-SECP256R1-SHA256"
    ":+SIGN-ECDSA-SECP384R1-SHA384:+SIGN-ECDSA-SECP521R1-SHA512"
    ":+SIGN-EDDSA-ED25519:+SIGN-EDDSA-ED448";

static const char groups[] =
    ":+GROUP-X25519:+GROUP-SECP256R1:+GROUP-X448:+GROUP-SECP384R1"
    ":+GROUP-SECP521R1";

static const char finite_groups[] =
    ":+GROUP-FFDHE2048:+GROUP-FFDHE3072:+GROUP-FFDHE4096";

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

const struct dt_suite *
dt_suite_by_number(uint16_t number)
{
	for (size_t i = 0; i < COUNT(suites); i++)
		if (suites[i].number == number)
			return &suites[i];
	return NULL;
}

static bool
same(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

const struct dt_suite *
dt_suite_find(int version, const char *kx, const char *cipher, const char *mac)
{
	for (size_t i = 0; i < COUNT(suites); i++) {
		const struct dt_suite *s = &suites[i];
		bool new = version >= TLS_V1_3;

		if (same(s->cipher, cipher) && same(s->mac, mac) &&
		    (new ? s->kx == NULL : same(s->kx, kx)))
			return s;
	}
	return NULL;
}

static bool
is_listed(const struct dt_profile *profile, uint16_t suite)
{
	for (size_t i = 0; i < profile->count; i++)
		if (profile->suites[i] == suite)
			return true;
	return false;
}

static bool
is_1_3(uint16_t suite)
{
	return suite >> 8 == 0x13;
}

bool
dt_profile_allows(const struct dt_profile *profile, uint16_t suite)
{
	if (is_1_3(suite) && !profile->limits_1_3)
		return profile->max_version >= TLS_V1_3;
	return is_listed(profile, suite);
}

/* Adds the numbers up to the ending 0 or room. Suites we do not have are
 * passed over, as SSL_CTX_set_cipher_list does, if any other remains. */
static int
add_suites(struct dt_profile *profile, const uint16_t *list, size_t room,
    struct dt_message *why)
{
	for (size_t i = 0; i < room && list[i] != 0; i++) {
		if (dt_suite_by_number(list[i]) == NULL ||
		    is_listed(profile, list[i]))
			continue;
		profile->limits_1_3 |= is_1_3(list[i]);
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

static const struct preset *
find_preset(const char *name)
{
	for (size_t i = 0; i < COUNT(presets); i++)
		if (name == NULL || strcmp(presets[i].name, name) == 0)
			return &presets[i];
	return NULL;
}

static int
choose_suites(struct dt_profile *profile, const struct tls_config *config,
    const struct preset *preset, struct dt_message *why)
{
	if (config->suites[0] != 0)
		return add_suites(profile, config->suites, TLS_MAX_SUITES, why);
	if (config->profile == NULL && profile->max_version < TLS_V1_2)
		return add_suites(profile, old_suites, COUNT(old_suites), why);
	return add_suites(profile, preset->suites, DT_PROFILE_SUITES, why);
}

static bool
names_older_suite(const struct dt_profile *profile)
{
	for (size_t i = 0; i < profile->count; i++)
		if (!is_1_3(profile->suites[i]))
			return true;
	return false;
}

static int
choose_versions(struct dt_profile *profile, const struct tls_config *config,
    const struct preset *preset, struct dt_message *why)
{
	int min = config->min_version;
	int max = config->max_version;

	profile->min_version = min != 0 ? min : preset->min_version;
	profile->max_version = max != 0 ? max : preset->max_version;
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
	    strstr(start, ":+" AEAD) != NULL)
		return;
	for (size_t i = 0; i < COUNT(default_1_3); i++)
		put_suite(text, start, default_1_3[i]);
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
	put(&text, signatures);
	put(&text, groups);
	if (strstr(start, ":+DHE-") != NULL)
		put(&text, finite_groups);
	put(&text, ":+COMP-NULL:+CTYPE-X509");
	put(&text, level_tokens[level]);
	if (text.left == 0) {
		dt_message_set(why, "too many cipher suites");
		return DICOMTLS_E_LIMIT;
	}
	return 0;
}

int
dt_profile_resolve(struct dt_profile *profile, const struct tls_config *config,
    struct dt_message *why)
{
	const struct preset *preset = find_preset(config->profile);
	int level =
	    config->auth_level < 0 ? TLS_DEFAULT_LEVEL : config->auth_level;
	struct dt_profile made = { 0 };
	int e;

	if (preset == NULL || level >= (int)COUNT(level_tokens)) {
		dt_message_set(why, preset == NULL ? "unknown DICOM profile"
						   : "security level above 5");
		return DICOMTLS_E_INVALID;
	}
	if ((e = choose_versions(&made, config, preset, why)) != 0 ||
	    (e = choose_suites(&made, config, preset, why)) != 0 ||
	    (e = raise_minimum(&made, why)) != 0 ||
	    (e = write_priority(&made, level, why)) != 0)
		return e;
	*profile = made;
	return 0;
}
