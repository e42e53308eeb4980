/* The trust anchors of the system, as GnuTLS was built to find them. */
#ifndef DICOMTLS_X509_SYSTEM_TRUST_H
#define DICOMTLS_X509_SYSTEM_TRUST_H

#include "base/message.h"
#include "base/span.h"

#include <gnutls/x509.h>

/* Takes the DER of one anchor; anything but 0 ends the walk. */
typedef int (*dt_anchor_fn)(struct dt_span der, void *arg);

/* Gives each anchor of the system to fn. 0, what fn answered, or
 * DICOMTLS_E_IO (there is none, or the list cannot be read) with the reason in
 * why. */
int dt_system_trust_each(dt_anchor_fn fn, void *arg, struct dt_message *why);

/* The same for a list of GnuTLS's. */
int dt_trust_list_each(gnutls_x509_trust_list_t list, dt_anchor_fn fn,
    void *arg, struct dt_message *why);

#endif
