/*
 * What is left of a profile once GnuTLS has read its priority string. The
 * system's crypto policy (GNUTLS_SYSTEM_PRIORITY_FILE) takes versions, suites,
 * groups and signature schemes away without a word; whoever wonders why a
 * peer is not understood wants to know.
 */
#ifndef DICOMTLS_TLS_PROFILE_OFFER_H
#define DICOMTLS_TLS_PROFILE_OFFER_H

#include "tls/profile.h"

#include <gnutls/gnutls.h>

/*
 * Makes the priority of a profile. 0 with text in missing about what was taken
 * away (empty: nothing), or DICOMTLS_E_UNSUPPORTED with the reason in why:
 * nothing is left to agree on.
 */
int dt_profile_offer(gnutls_priority_t *priority,
    const struct dt_profile *profile, struct dt_message *missing,
    struct dt_message *why);

#endif
