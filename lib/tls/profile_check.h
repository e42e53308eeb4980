/*
 * Whether a session that has finished its handshake keeps to a profile.
 *
 * The priority string says what may be offered; this looks at what came of it,
 * by the lists the profile has: nothing that GnuTLS composed, and no program
 * that set a priority of its own, gets past it. Where the profile was asked
 * for by name the peer's certificates have to satisfy it too, whatever VERIFY
 * said of them.
 */
#ifndef DICOMTLS_TLS_PROFILE_CHECK_H
#define DICOMTLS_TLS_PROFILE_CHECK_H

#include "tls/profile.h"

#include <gnutls/gnutls.h>

/* What was negotiated: a version as on the wire, and its suite (NULL: none in
 * the registry). */
int dt_negotiated_version(gnutls_session_t session);
const struct dt_suite *dt_negotiated_suite(gnutls_session_t session);

struct dt_outside {
	int alert; /* that tells the peer */
	struct dt_message message;
};

/* False: why says what is outside the profile. */
bool dt_profile_holds(const struct dt_profile *profile,
    gnutls_session_t session, struct dt_outside *why);

/* Whether a certificate satisfies a profile; else why names it, with its place
 * ("certificate 2 of the peer") in front. */
bool dt_profile_takes_certificate(const struct dt_profile_rules *rules,
    const struct dt_cert *cert, const char *place, struct dt_message *why);

/* The same for an encoded one, and for several; whose is "the peer" or a
 * file. */
bool dt_profile_takes_item(const struct dt_profile_rules *rules,
    const gnutls_datum_t *item, const char *place, struct dt_message *why);
bool dt_profile_takes_chain(const struct dt_profile_rules *rules,
    const gnutls_datum_t *items, unsigned count, const char *whose,
    struct dt_message *why);

#endif
