/* What the system leaves of a profile; see profile_offer.h. */
#include "tls/profile_offer.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

/* Names under construction: as many as fit, and whether all are gone. */
struct names {
	char text[160];
	unsigned wanted;
	unsigned missing;
};

static void
note(struct names *names, const char *name, bool offered)
{
	size_t used = strlen(names->text);
	const char *comma = names->missing > 0 ? ", " : "";

	names->wanted++;
	if (offered)
		return;
	names->missing++;
	if (used + strlen(comma) + strlen(name) + sizeof(", ...") <
	    sizeof(names->text))
		snprintf(names->text + used, sizeof(names->text) - used, "%s%s",
		    comma, name);
	else if (strstr(names->text, "...") == NULL)
		snprintf(names->text + used, sizeof(names->text) - used,
		    "%s...", comma);
}

static bool
offers_suite(gnutls_priority_t priority, uint16_t number)
{
	unsigned index;
	int e = 0;

	for (unsigned i = 0; e != GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE; i++) {
		unsigned char id[2];

		e = gnutls_priority_get_cipher_suite_index(priority, i, &index);
		if (e != 0 || gnutls_cipher_suite_info(
				  index, id, NULL, NULL, NULL, NULL) == NULL)
			continue;
		if ((id[0] << 8 | id[1]) == number)
			return true;
	}
	return false;
}

static void
note_suites(struct names *names, gnutls_priority_t priority,
    const struct dt_profile *profile)
{
	for (size_t i = 0; i < profile->count; i++) {
		const struct dt_suite *suite =
		    dt_suite_by_number(profile->suites[i]);
		bool fits = suite->kx == NULL ? profile->max_version >= TLS_V1_3
					      : profile->min_version < TLS_V1_3;

		if (fits)
			note(names, suite->name,
			    offers_suite(priority, suite->number));
	}
}

static bool
has(const unsigned *list, int count, unsigned value)
{
	for (int i = 0; i < count; i++)
		if (list[i] == value)
			return true;
	return false;
}

static void
note_versions(struct names *names, gnutls_priority_t priority,
    const struct dt_profile *profile)
{
	const unsigned *list = NULL;
	int count = gnutls_priority_protocol_list(priority, &list);

	for (int v = profile->min_version; v <= profile->max_version; v++) {
		unsigned id = (unsigned)(v - TLS_V1_0) + GNUTLS_TLS1_0;

		note(names, gnutls_protocol_get_name((gnutls_protocol_t)id),
		    has(list, count, id));
	}
}

static void
note_groups(struct names *names, gnutls_priority_t priority,
    const struct dt_profile *profile)
{
	const unsigned *list = NULL;
	int count = gnutls_priority_group_list(priority, &list);

	for (size_t i = 0; i < dt_group_count; i++)
		if (dt_profile_allows_group(profile, dt_groups[i].number))
			note(names, dt_groups[i].name,
			    has(list, count,
				gnutls_group_get_id(dt_groups[i].name)));
}

static void
note_signatures(struct names *names, gnutls_priority_t priority,
    const struct dt_profile *profile)
{
	const unsigned *list = NULL;
	int count = gnutls_priority_sign_list(priority, &list);

	for (size_t i = 0; i < dt_signature_count; i++) {
		const struct dt_named *scheme = &dt_signatures[i];

		if (dt_profile_allows_signature(profile, scheme->number))
			note(names, scheme->name,
			    has(list, count, gnutls_sign_get_id(scheme->name)));
	}
}

typedef void (*note_fn)(struct names *names, gnutls_priority_t priority,
    const struct dt_profile *profile);

static const struct {
	note_fn note;
	const char *what;
} kinds[] = {
	{ note_versions, "TLS versions" },
	{ note_suites, "cipher suites" },
	{ note_groups, "groups" },
	{ note_signatures, "signature algorithms" },
};

/* A profile of key transport alone (B.1, B.3) needs no group. */
static bool
may_be_absent(const struct dt_profile *profile, note_fn kind)
{
	return kind == note_groups &&
	       strstr(profile->priority, "DHE-") == NULL &&
	       profile->max_version < TLS_V1_3;
}

/* Who leaves something out: a policy if there is one, else GnuTLS as it was
 * built. */
static const char *
blame(char *text, size_t room)
{
	const char *file = gnutls_get_system_config_file();

	if (file != NULL && access(file, R_OK) == 0)
		snprintf(text, room, "the system crypto policy (%s)", file);
	else
		snprintf(text, room, "the GnuTLS of this system");
	return text;
}

static void
add_missing(struct dt_message *missing, const char *names)
{
	size_t used = strlen(missing->text);

	snprintf(missing->text + used, sizeof(missing->text) - used, "%s%s",
	    used > 0 ? ", " : "", names);
}

static int
check_offer(gnutls_priority_t priority, const struct dt_profile *profile,
    struct dt_message *missing, struct dt_message *why)
{
	char who[128];

	missing->text[0] = '\0';
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		struct names names = { .wanted = 0 };

		kinds[i].note(&names, priority, profile);
		if (names.missing == 0 || may_be_absent(profile, kinds[i].note))
			continue;
		add_missing(missing, names.text);
		if (names.missing < names.wanted)
			continue;
		dt_message_set(why, "%s leaves none of the %s asked for",
		    blame(who, sizeof(who)), kinds[i].what);
		return DICOMTLS_E_UNSUPPORTED;
	}
	return 0;
}

static void
finish_missing(const struct dt_profile *profile, struct dt_message *missing)
{
	struct dt_message names = *missing;
	char who[128];

	if (names.text[0] == '\0')
		return;
	dt_message_set(missing, "%s leaves out of profile %s: %s",
	    blame(who, sizeof(who)), profile->rules->name, names.text);
}

int
dt_profile_offer(gnutls_priority_t *priority, const struct dt_profile *profile,
    struct dt_message *missing, struct dt_message *why)
{
	gnutls_priority_t made;
	int e;

	/* Where it cannot copy the text it calls that a wrong request. */
	errno = 0;
	e = gnutls_priority_init2(&made, profile->priority, NULL, 0);
	if (e == GNUTLS_E_MEMORY_ERROR || (e != 0 && errno == ENOMEM))
		return DICOMTLS_E_NOMEM;
	if (e != 0) {
		char who[128];

		dt_message_set(why,
		    "%s leaves none of the TLS versions and cipher suites "
		    "asked for: %s",
		    blame(who, sizeof(who)), gnutls_strerror(e));
		return DICOMTLS_E_UNSUPPORTED;
	}
	e = check_offer(made, profile, missing, why);
	if (e != 0) {
		gnutls_priority_deinit(made);
		return e;
	}
	finish_missing(profile, missing);
	*priority = made;
	return 0;
}
