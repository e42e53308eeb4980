/*
 * What one context remembers of sessions that may be resumed: their data by
 * name (a server's session identifiers, a client's peers), and the secret that
 * a server's tickets are encrypted with.
 *
 * It belongs to one snapshot of settings and files and goes with it, so that
 * nothing that was judged by other CAs, CRLs or rules can be found here or
 * decrypted. From any thread.
 */
#ifndef DICOMTLS_TLS_SESSION_CACHE_H
#define DICOMTLS_TLS_SESSION_CACHE_H

#include "base/span.h"

#include <gnutls/gnutls.h>

struct dt_session_cache;

/* 0 or DICOMTLS_E_NOMEM. */
int dt_session_cache_new(struct dt_session_cache **cache);
/* Wipes it. NULL is fine. */
void dt_session_cache_free(struct dt_session_cache *cache);

/* A session, and when its peer was judged, in seconds since 1970. */
struct dt_kept_session {
	gnutls_datum_t data; /* a secret */
	int64_t judged;
};

/* Copies it in the place of an older one of that name, or of the oldest of
 * all. Without memory it is not kept. */
void dt_session_cache_keep(struct dt_session_cache *cache, struct dt_span name,
    const struct dt_kept_session *session);

/* A copy for the caller, who wipes it with dt_kept_session_wipe; false if
 * there is none, or its time is over. */
bool dt_session_cache_find(struct dt_session_cache *cache, struct dt_span name,
    int64_t now, struct dt_kept_session *session);
void dt_kept_session_wipe(struct dt_kept_session *session);
void dt_session_cache_forget(
    struct dt_session_cache *cache, struct dt_span name);

/* Lets a server's session take and give tickets. 0 or what GnuTLS says. */
int dt_session_cache_enable_tickets(
    struct dt_session_cache *cache, gnutls_session_t session, int64_t now);

#endif
