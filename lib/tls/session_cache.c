/* Sessions and the ticket secret of a context; see session_cache.h. */
#include "tls/session_cache.h"

#include "base/limits.h"

#include "dicomtls.h"

#include <pthread.h>
#include <stdlib.h>

struct entry {
	struct dt_kept_session session;
	size_t size;
	uint8_t name[];
};

struct dt_session_cache {
	pthread_mutex_t lock;
	struct entry *entries[DT_MAX_SESSIONS];
	size_t count;
	gnutls_datum_t secret;
	int64_t secret_made;
};

int
dt_session_cache_new(struct dt_session_cache **cache)
{
	struct dt_session_cache *made = calloc(1, sizeof(*made));

	if (made == NULL)
		return DICOMTLS_E_NOMEM;
	pthread_mutex_init(&made->lock, NULL);
	*cache = made;
	return 0;
}

static void
wipe(gnutls_datum_t *secret)
{
	if (secret->data != NULL)
		gnutls_memset(secret->data, 0, secret->size);
	gnutls_free(secret->data);
	*secret = (gnutls_datum_t){ NULL, 0 };
}

static bool
copy_secret(gnutls_datum_t *copy, const gnutls_datum_t *secret)
{
	copy->data = gnutls_malloc(secret->size);
	if (copy->data == NULL)
		return false;
	memcpy(copy->data, secret->data, secret->size);
	copy->size = secret->size;
	return true;
}

static void
free_entry(struct entry *entry)
{
	if (entry == NULL)
		return;
	wipe(&entry->session.data);
	free(entry);
}

void
dt_session_cache_free(struct dt_session_cache *cache)
{
	if (cache == NULL)
		return;
	for (size_t i = 0; i < cache->count; i++)
		free_entry(cache->entries[i]);
	wipe(&cache->secret);
	pthread_mutex_destroy(&cache->lock);
	free(cache);
}

static struct entry *
make_entry(struct dt_span name, const struct dt_kept_session *session)
{
	struct entry *entry = malloc(sizeof(*entry) + name.size);

	if (entry == NULL)
		return NULL;
	if (!copy_secret(&entry->session.data, &session->data)) {
		free(entry);
		return NULL;
	}
	entry->session.judged = session->judged;
	entry->size = name.size;
	memcpy(entry->name, name.data, name.size);
	return entry;
}

/* Under the lock; the count if there is none. */
static size_t
find(const struct dt_session_cache *cache, struct dt_span name)
{
	size_t i = 0;

	while (i < cache->count &&
	       !dt_span_equal(name,
		   dt_span(cache->entries[i]->name, cache->entries[i]->size)))
		i++;
	return i;
}

static size_t
oldest(const struct dt_session_cache *cache)
{
	size_t found = 0;

	for (size_t i = 1; i < cache->count; i++)
		if (cache->entries[i]->session.judged <
		    cache->entries[found]->session.judged)
			found = i;
	return found;
}

void
dt_session_cache_keep(struct dt_session_cache *cache, struct dt_span name,
    const struct dt_kept_session *session)
{
	struct entry *entry = make_entry(name, session);
	struct entry *before = NULL;
	size_t place;

	if (entry == NULL)
		return;
	pthread_mutex_lock(&cache->lock);
	place = find(cache, name);
	if (place == DT_MAX_SESSIONS)
		place = oldest(cache);
	if (place == cache->count)
		cache->count++;
	else
		before = cache->entries[place];
	cache->entries[place] = entry;
	pthread_mutex_unlock(&cache->lock);
	free_entry(before);
}

/* A clock that was set back does not make anything younger. */
static bool
is_in_time(int64_t begun, int64_t now, int64_t limit)
{
	return begun <= now && now - begun <= limit;
}

bool
dt_session_cache_find(struct dt_session_cache *cache, struct dt_span name,
    int64_t now, struct dt_kept_session *session)
{
	bool found = false;
	size_t place;

	pthread_mutex_lock(&cache->lock);
	place = find(cache, name);
	if (place < cache->count) {
		const struct dt_kept_session *kept =
		    &cache->entries[place]->session;

		session->judged = kept->judged;
		found = is_in_time(kept->judged, now, DT_RESUME_SECONDS) &&
			copy_secret(&session->data, &kept->data);
	}
	pthread_mutex_unlock(&cache->lock);
	return found;
}

void
dt_session_cache_forget(struct dt_session_cache *cache, struct dt_span name)
{
	struct entry *forgotten = NULL;
	size_t place;

	pthread_mutex_lock(&cache->lock);
	place = find(cache, name);
	if (place < cache->count) {
		forgotten = cache->entries[place];
		cache->entries[place] = cache->entries[--cache->count];
	}
	pthread_mutex_unlock(&cache->lock);
	free_entry(forgotten);
}

void
dt_kept_session_wipe(struct dt_kept_session *session)
{
	wipe(&session->data);
}

/* Under the lock. */
static int
renew_secret(struct dt_session_cache *cache, int64_t now)
{
	gnutls_datum_t made;
	int e;

	if (cache->secret.data != NULL &&
	    is_in_time(cache->secret_made, now, DT_TICKET_SECRET_SECONDS))
		return 0;
	e = gnutls_session_ticket_key_generate(&made);
	if (e != 0)
		return e;
	wipe(&cache->secret);
	cache->secret = made;
	cache->secret_made = now;
	return 0;
}

int
dt_session_cache_enable_tickets(
    struct dt_session_cache *cache, gnutls_session_t session, int64_t now)
{
	int e;

	pthread_mutex_lock(&cache->lock);
	e = renew_secret(cache, now);
	if (e == 0)
		e = gnutls_session_ticket_enable_server(
		    session, &cache->secret);
	pthread_mutex_unlock(&cache->lock);
	return e;
}
