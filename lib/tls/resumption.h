/*
 * Resuming sessions of GnuTLS, opt-in, in both roles: tickets in TLS 1.3
 * (RFC 8446 4.6.1), identifiers that the server remembers in TLS 1.2
 * (RFC 5246 F.1.4); as a client also tickets of TLS 1.2 (RFC 5077).
 *
 * A resumed session has no Certificate message, so that nothing is judged and
 * VERIFY is not called; SSL_CTX's verify callback is not either. In its place
 * stands the earlier answer, and only where nothing speaks against it:
 *
 *   - the engine accepted the path and nothing had to be overridden;
 *   - it would accept it DT_RESUME_SECONDS later too, when this answer ends,
 *     the CRLs included;
 *   - context, and with it files, flags and levels, are the same: what is
 *     remembered belongs to the context (session_cache.h).
 *
 * Everything else is a full handshake.
 */
#ifndef DICOMTLS_TLS_RESUMPTION_H
#define DICOMTLS_TLS_RESUMPTION_H

#include "tls/backend.h"
#include "tls/session_cache.h"

struct dt_resumption {
	struct dt_session_cache *cache; /* NULL: sessions are not resumed */
	enum tls_role role;
	bool unasked; /* a server that wants no certificate */
	gnutls_session_t gnutls;
	struct dt_buffer peer; /* whom a client speaks to */
	bool kept;	       /* a ticket of this session */
	int64_t offered;       /* when the peer of that session was judged */
	int64_t judged;	       /* and the peer of this one, at the latest */
};

/* For gnutls_init. */
unsigned dt_resumption_flags(const struct dt_session_cache *cache);

/* Once, before the handshake. All but gnutls is set. */
void dt_resumption_begin(
    struct dt_resumption *resumption, gnutls_session_t gnutls);
void dt_resumption_clear(struct dt_resumption *resumption);

/* A client knows such a session: it is offered. */
void dt_resumption_offer(struct dt_resumption *resumption, const char *peer);

/* A server has read the ClientHello and has not looked at tickets yet. 0 or
 * an error of GnuTLS. */
int dt_resumption_hello(struct dt_resumption *resumption);

/* The handshake ended well. */
void dt_resumption_shaken(struct dt_resumption *resumption);
/* Something was read after it, perhaps a ticket. */
void dt_resumption_heard(struct dt_resumption *resumption);
/* A fatal alert ended the session: it is forgotten (RFC 5246 7.2.2). A ticket
 * that a server gave cannot be taken back. */
void dt_resumption_failed(struct dt_resumption *resumption);

#endif
