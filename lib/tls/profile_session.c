/*
 * Profiles for programs that have a gnutls_session_t of their own; declared in
 * dicomtls.h. The same offer and the same checks as for sessions of this
 * library, which do not come through here.
 */
#include "tls/profile_check.h"
#include "tls/profile_offer.h"

#include <stdio.h>
#include <stdlib.h>

struct dicomtls_profile {
	struct dt_profile profile;
	gnutls_priority_t priority;
	struct dt_message missing;
};

const char *
dicomtls_profile_name(unsigned index)
{
	const struct dt_profile_rules *rules = dt_profile_rules_at(index);

	return rules == NULL ? NULL : rules->name;
}

int
dicomtls_profile_is_retired(const char *name)
{
	const struct dt_profile_rules *rules =
	    name == NULL ? NULL : dt_profile_rules_find(name);

	return rules == NULL ? DICOMTLS_E_INVALID : rules->retired;
}

static int
tell(int error, const struct dt_message *why, char *message, size_t room)
{
	if (message != NULL && room > 0)
		snprintf(message, room, "%s", error == 0 ? "" : why->text);
	return error;
}

static int
make(struct dicomtls_profile *profile, const char *name, struct dt_message *why)
{
	const struct tls_config config = {
		.auth_level = -1,
		.profile = name != NULL ? name : dt_profile_rules_at(0)->name,
	};
	int e = dt_profile_resolve(&profile->profile, &config, why);

	return e != 0 ? e
		      : dt_profile_offer(&profile->priority, &profile->profile,
			    &profile->missing, why);
}

int
dicomtls_profile_new(struct dicomtls_profile **profile, const char *name,
    char *message, size_t room)
{
	struct dt_message why = { "no memory" };
	struct dicomtls_profile *made;
	int e;

	if (profile == NULL)
		return DICOMTLS_E_INVALID;
	made = calloc(1, sizeof(*made));
	e = made == NULL ? DICOMTLS_E_NOMEM : make(made, name, &why);
	if (e == 0)
		*profile = made;
	else
		free(made);
	return tell(e, &why, message, room);
}

void
dicomtls_profile_free(struct dicomtls_profile *profile)
{
	if (profile == NULL)
		return;
	gnutls_priority_deinit(profile->priority);
	free(profile);
}

const char *
dicomtls_profile_missing(const struct dicomtls_profile *profile)
{
	return profile == NULL ? "" : profile->missing.text;
}

int
dicomtls_profile_apply(
    const struct dicomtls_profile *profile, gnutls_session_t session)
{
	gnutls_datum_t alpn = { (unsigned char *)DT_ALPN_NAME,
		sizeof(DT_ALPN_NAME) - 1 };

	if (profile == NULL || session == NULL)
		return DICOMTLS_E_INVALID;
	return gnutls_priority_set(session, profile->priority) == 0 &&
		       gnutls_alpn_set_protocols(
			   session, &alpn, 1, GNUTLS_ALPN_MANDATORY) == 0
		   ? 0
		   : DICOMTLS_E_TLS;
}

int
dicomtls_profile_check(const struct dicomtls_profile *profile,
    gnutls_session_t session, char *message, size_t room)
{
	struct dt_outside why = { .message = { "" } };

	if (profile == NULL || session == NULL)
		return DICOMTLS_E_INVALID;
	if (dt_profile_holds(&profile->profile, session, &why))
		return tell(0, &why.message, message, room);
	gnutls_alert_send(
	    session, GNUTLS_AL_FATAL, (gnutls_alert_description_t)why.alert);
	return tell(DICOMTLS_E_PROFILE, &why.message, message, room);
}

/* Credentials hold pairs of a key and a chain: on to the next pair where a
 * chain ends. */
int
dicomtls_profile_check_own(const struct dicomtls_profile *profile,
    gnutls_certificate_credentials_t credentials, char *message, size_t room)
{
	struct dt_message why = { "" };
	unsigned pair = 0, i = 0;
	gnutls_datum_t der;
	bool holds = true;
	char place[48];

	if (profile == NULL || credentials == NULL)
		return DICOMTLS_E_INVALID;
	while (holds && gnutls_certificate_get_crt_raw(
			    credentials, pair, i, &der) == 0) {
		snprintf(place, sizeof(place), "our own certificate %u", ++i);
		holds = dt_profile_takes_item(
		    profile->profile.rules, &der, place, &why);
		if (holds && gnutls_certificate_get_crt_raw(
				 credentials, pair, i, &der) != 0) {
			pair++;
			i = 0;
		}
	}
	return tell(holds ? 0 : DICOMTLS_E_PROFILE, &why, message, room);
}
