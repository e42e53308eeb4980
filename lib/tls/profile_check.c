/* What a handshake came to against a profile; see profile_check.h. */
#include "tls/profile_check.h"

#include "base/buffer.h"
#include "compat/name_print.h"
#include "tls/peer_verify.h"

#include <stdio.h>
#include <stdlib.h>

/* PS3.15 B.9 to B.13. */
#define DHE_BITS 2048

int
dt_negotiated_version(gnutls_session_t session)
{
	return TLS_V1_0 + (int)gnutls_protocol_get_version(session) -
	       (int)GNUTLS_TLS1_0;
}

const struct dt_suite *
dt_negotiated_suite(gnutls_session_t session)
{
	return dt_suite_find(dt_negotiated_version(session),
	    gnutls_kx_get_name(gnutls_kx_get(session)),
	    gnutls_cipher_get_name(gnutls_cipher_get(session)),
	    gnutls_mac_get_name(gnutls_mac_get(session)));
}

static bool
version_holds(const struct dt_profile *profile, gnutls_session_t session,
    struct dt_outside *why)
{
	int version = dt_negotiated_version(session);

	if (version >= profile->min_version && version <= profile->max_version)
		return true;
	why->alert = GNUTLS_A_PROTOCOL_VERSION;
	dt_message_set(&why->message,
	    "the peers agreed on TLS 1.%d, outside profile %s",
	    version - TLS_V1_0, profile->rules->name);
	return false;
}

static bool
suite_holds(const struct dt_profile *profile, gnutls_session_t session,
    struct dt_outside *why)
{
	const struct dt_suite *suite = dt_negotiated_suite(session);

	if (suite != NULL && dt_profile_allows(profile, suite->number))
		return true;
	why->alert = GNUTLS_A_HANDSHAKE_FAILURE;
	dt_message_set(&why->message,
	    "the peer chose %s, which is not in the list of cipher suites",
	    suite != NULL ? suite->name : "a cipher suite");
	return false;
}

static bool
refuse_weak(struct dt_outside *why, const struct dt_profile *profile,
    const char *kind, const char *name)
{
	why->alert = GNUTLS_A_INSUFFICIENT_SECURITY;
	dt_message_set(&why->message,
	    "the peers agreed on %s %s, outside profile %s", kind, name,
	    profile->rules->name);
	return false;
}

static bool
is_finite(gnutls_session_t session)
{
	return gnutls_kx_get(session) == GNUTLS_KX_DHE_RSA;
}

/* Parameters of a server's own have no name; they have a size. */
static bool
group_holds(const struct dt_profile *profile, gnutls_session_t session,
    struct dt_outside *why)
{
	const char *name = gnutls_group_get_name(gnutls_group_get(session));

	if (name != NULL)
		return dt_profile_allows_group(profile, dt_group_find(name)) ||
		       refuse_weak(why, profile, "group", name);
	if (!profile->named || !is_finite(session) ||
	    gnutls_dh_get_prime_bits(session) >= DHE_BITS)
		return true;
	return refuse_weak(
	    why, profile, "parameters of", "less than 2048 bits");
}

static bool
signature_holds(
    const struct dt_profile *profile, int algorithm, struct dt_outside *why)
{
	const char *name =
	    gnutls_sign_get_name((gnutls_sign_algorithm_t)algorithm);

	return name == NULL ||
	       dt_profile_allows_signature(profile, dt_signature_find(name)) ||
	       refuse_weak(why, profile, "signature algorithm", name);
}

/* Before TLS 1.2 there is nothing to choose. */
static bool
signatures_hold(const struct dt_profile *profile, gnutls_session_t session,
    struct dt_outside *why)
{
	return dt_negotiated_version(session) < TLS_V1_2 ||
	       (signature_holds(
		    profile, gnutls_sign_algorithm_get(session), why) &&
		   signature_holds(profile,
		       gnutls_sign_algorithm_get_client(session), why));
}

bool
dt_profile_takes_certificate(const struct dt_profile_rules *rules,
    const struct dt_cert *cert, const char *place, struct dt_message *why)
{
	struct dt_buffer subject = { 0 };
	struct dt_message lack;
	char *text;

	if (dt_strength_suffices(&rules->certificates, cert, &lack))
		return true;
	dt_name_print(&cert->subject, &subject);
	text = dt_buffer_take_text(&subject);
	dt_message_set(why, "%s, \"%.80s\", is outside profile %s: %s", place,
	    text != NULL ? text : "", rules->name, lack.text);
	free(text);
	return false;
}

bool
dt_profile_takes_item(const struct dt_profile_rules *rules,
    const gnutls_datum_t *item, const char *place, struct dt_message *why)
{
	struct dt_cert *cert;
	bool taken;
	int rc =
	    dt_cert_parse(&cert, dt_span(item->data, item->size), NULL, why);

	if (rc == DICOMTLS_E_NOMEM)
		dt_message_set(why, "%s: no memory", place);
	if (rc != 0)
		return false;
	taken = dt_profile_takes_certificate(rules, cert, place, why);
	dt_cert_free(cert);
	return taken;
}

bool
dt_profile_takes_chain(const struct dt_profile_rules *rules,
    const gnutls_datum_t *items, unsigned count, const char *whose,
    struct dt_message *why)
{
	char place[160];

	for (unsigned i = 0; items != NULL && i < count; i++) {
		snprintf(
		    place, sizeof(place), "certificate %u of %s", i + 1, whose);
		if (!dt_profile_takes_item(rules, &items[i], place, why))
			return false;
	}
	return true;
}

/* The chain that was sent, and what the walk saw of the path: the anchor is on
 * that alone. */
static bool
certificates_hold(const struct dt_profile *profile, gnutls_session_t session,
    struct dt_outside *why)
{
	const struct dt_peer_result *result = dt_peer_result(session);
	const gnutls_datum_t *items;
	unsigned count = 0;

	if (!profile->named)
		return true;
	why->alert = GNUTLS_A_BAD_CERTIFICATE;
	if (result != NULL && result->weak.text[0] != '\0') {
		why->message = result->weak;
		return false;
	}
	items = gnutls_certificate_get_peers(session, &count);
	return dt_profile_takes_chain(
	    profile->rules, items, count, "the peer", &why->message);
}

bool
dt_profile_holds(const struct dt_profile *profile, gnutls_session_t session,
    struct dt_outside *why)
{
	return version_holds(profile, session, why) &&
	       suite_holds(profile, session, why) &&
	       group_holds(profile, session, why) &&
	       signatures_hold(profile, session, why) &&
	       certificates_hold(profile, session, why);
}
