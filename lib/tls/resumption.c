/* Offering, keeping and giving sessions; see resumption.h. */
#include "tls/resumption.h"

#include "base/limits.h"

#include <time.h>

unsigned
dt_resumption_flags(const struct dt_session_cache *cache)
{
	/* Whether there is a ticket for the peer is decided when it has been
	 * judged. */
	return cache != NULL ? GNUTLS_NO_AUTO_SEND_TICKET : GNUTLS_NO_TICKETS;
}

/* The answer that a resumption would rest on stands. */
static bool
may_be_resumed(const struct dt_resumption *resumption)
{
	return gnutls_session_is_resumed(resumption->gnutls) ||
	       resumption->unasked ||
	       dicomtls_session_lasts(resumption->gnutls, DT_RESUME_SECONDS);
}

/* TLS 1.2 alone: in 1.3 the server remembers nothing. */
static int
keep_identified(void *arg, gnutls_datum_t name, gnutls_datum_t data)
{
	struct dt_resumption *resumption = arg;
	const struct dt_kept_session session = { data, resumption->judged };

	if (!gnutls_session_is_resumed(resumption->gnutls) &&
	    may_be_resumed(resumption))
		dt_session_cache_keep(
		    resumption->cache, dt_span(name.data, name.size), &session);
	return 0;
}

static gnutls_datum_t
find_identified(void *arg, gnutls_datum_t name)
{
	struct dt_resumption *resumption = arg;
	struct dt_kept_session session = { { NULL, 0 }, 0 };

	dt_session_cache_find(resumption->cache, dt_span(name.data, name.size),
	    time(NULL), &session);
	return session.data;
}

static int
forget_identified(void *arg, gnutls_datum_t name)
{
	const struct dt_resumption *resumption = arg;

	dt_session_cache_forget(
	    resumption->cache, dt_span(name.data, name.size));
	return 0;
}

void
dt_resumption_begin(struct dt_resumption *resumption, gnutls_session_t gnutls)
{
	resumption->gnutls = gnutls;
	resumption->judged = time(NULL);
	if (resumption->cache == NULL)
		return;
	gnutls_db_set_cache_expiration(gnutls, DT_RESUME_SECONDS);
	if (resumption->role == TLS_CLIENT)
		return;
	gnutls_db_set_ptr(gnutls, resumption);
	gnutls_db_set_store_function(gnutls, keep_identified);
	gnutls_db_set_retrieve_function(gnutls, find_identified);
	gnutls_db_set_remove_function(gnutls, forget_identified);
}

void
dt_resumption_clear(struct dt_resumption *resumption)
{
	dt_buffer_clear(&resumption->peer);
}

static bool
is_tls13(const struct dt_resumption *resumption)
{
	return gnutls_protocol_get_version(resumption->gnutls) >= GNUTLS_TLS1_3;
}

int
dt_resumption_hello(struct dt_resumption *resumption)
{
	if (resumption->cache == NULL || !is_tls13(resumption))
		return 0;
	return dt_session_cache_enable_tickets(
	    resumption->cache, resumption->gnutls, time(NULL));
}

void
dt_resumption_offer(struct dt_resumption *resumption, const char *peer)
{
	struct dt_kept_session session;

	if (resumption->cache == NULL ||
	    dt_buffer_text(&resumption->peer, peer) != 0 ||
	    !dt_session_cache_find(resumption->cache,
		dt_buffer_span(&resumption->peer), time(NULL), &session))
		return;
	/* What GnuTLS does not take makes a full handshake. */
	if (gnutls_session_set_data(
		resumption->gnutls, session.data.data, session.data.size) == 0)
		resumption->offered = session.judged;
	dt_kept_session_wipe(&session);
}

/* A client's. Tickets of a resumed session last no longer than the first. A
 * ticket may be used again: who watches sees the same two hosts anyway. */
static void
keep_session(const struct dt_resumption *resumption)
{
	struct dt_kept_session session = { { NULL, 0 }, resumption->judged };

	if (dt_buffer_size(&resumption->peer) == 0 ||
	    !may_be_resumed(resumption) ||
	    gnutls_session_get_data2(resumption->gnutls, &session.data) != 0)
		return;
	dt_session_cache_keep(
	    resumption->cache, dt_buffer_span(&resumption->peer), &session);
	dt_kept_session_wipe(&session);
}

void
dt_resumption_shaken(struct dt_resumption *resumption)
{
	if (resumption->cache == NULL)
		return;
	if (gnutls_session_is_resumed(resumption->gnutls))
		resumption->judged = resumption->offered;
	if (resumption->role == TLS_CLIENT && !is_tls13(resumption))
		keep_session(resumption);
	/* Without a ticket the peer makes a full handshake next time. */
	if (resumption->role == TLS_SERVER && is_tls13(resumption) &&
	    may_be_resumed(resumption))
		gnutls_session_ticket_send(resumption->gnutls, 1, 0);
}

void
dt_resumption_heard(struct dt_resumption *resumption)
{
	if (resumption->cache == NULL || resumption->role == TLS_SERVER ||
	    resumption->kept || !is_tls13(resumption) ||
	    (gnutls_session_get_flags(resumption->gnutls) &
		GNUTLS_SFLAGS_SESSION_TICKET) == 0)
		return;
	keep_session(resumption);
	resumption->kept = true;
}

void
dt_resumption_failed(struct dt_resumption *resumption)
{
	if (resumption->cache == NULL)
		return;
	if (resumption->role == TLS_CLIENT)
		dt_session_cache_forget(
		    resumption->cache, dt_buffer_span(&resumption->peer));
	else
		gnutls_db_remove_session(resumption->gnutls);
}
