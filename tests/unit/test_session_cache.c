/* What is remembered of sessions, for how long, and the ticket secret. The
 * linker gives our objects these functions of GnuTLS (--wrap), so that secrets
 * can be looked at. */
#include "tls/session_cache.h"

#include "base/limits.h"

#include <criterion/criterion.h>
#include <stdio.h>

#define NOW 1767225600

static uint8_t secret[64];
static unsigned enabled, wiped;

int __wrap_gnutls_session_ticket_enable_server(
    gnutls_session_t session, const gnutls_datum_t *key);
void __real_gnutls_memset(void *data, int c, size_t size);
void __wrap_gnutls_memset(void *data, int c, size_t size);

int
__wrap_gnutls_session_ticket_enable_server(
    gnutls_session_t session, const gnutls_datum_t *key)
{
	(void)session;
	cr_assert_eq(key->size, sizeof(secret));
	memcpy(secret, key->data, sizeof(secret));
	enabled++;
	return 0;
}

static bool no_secrets;

int __real_gnutls_session_ticket_key_generate(gnutls_datum_t *key);
int __wrap_gnutls_session_ticket_key_generate(gnutls_datum_t *key);
int
__wrap_gnutls_session_ticket_key_generate(gnutls_datum_t *key)
{
	return no_secrets ? GNUTLS_E_RANDOM_FAILED
			  : __real_gnutls_session_ticket_key_generate(key);
}

/* Counts the secrets that go. */
void
__wrap_gnutls_memset(void *data, int c, size_t size)
{
	if (size == sizeof(secret) && memcmp(data, secret, size) == 0)
		wiped++;
	__real_gnutls_memset(data, c, size);
}

static struct dt_session_cache *
make_cache(void)
{
	struct dt_session_cache *cache;

	cr_assert_eq(dt_session_cache_new(&cache), 0);
	return cache;
}

static struct dt_span
text(const char *string)
{
	return dt_span(string, strlen(string));
}

static void
keep(struct dt_session_cache *cache, const char *name, const char *data,
    int64_t judged)
{
	const struct dt_kept_session session = {
		{ (unsigned char *)data, (unsigned)strlen(data) }, judged
	};

	dt_session_cache_keep(cache, text(name), &session);
}

/* True if that is what is found. */
static bool
finds(struct dt_session_cache *cache, const char *name, int64_t now,
    const char *data)
{
	struct dt_kept_session session;
	bool same;

	if (!dt_session_cache_find(cache, text(name), now, &session))
		return false;
	same = dt_span_equal(
	    dt_span(session.data.data, session.data.size), text(data));
	dt_kept_session_wipe(&session);
	cr_expect_null(session.data.data);
	return same;
}

Test(session_cache, finds_what_was_kept_by_its_name)
{
	struct dt_session_cache *cache = make_cache();

	keep(cache, "one", "first", NOW);
	keep(cache, "two", "second", NOW);
	cr_expect(finds(cache, "one", NOW, "first"));
	cr_expect(finds(cache, "two", NOW, "second"));
	cr_expect_not(finds(cache, "three", NOW, ""));
	cr_expect_not(finds(cache, "on", NOW, "first"));
	cr_expect(finds(cache, "one", NOW, "first"), "it stays");
	dt_session_cache_free(cache);
}

Test(session_cache, forgets_when_the_answer_is_too_old)
{
	struct dt_session_cache *cache = make_cache();

	keep(cache, "one", "first", NOW);
	cr_expect(finds(cache, "one", NOW + DT_RESUME_SECONDS, "first"));
	cr_expect_not(
	    finds(cache, "one", NOW + DT_RESUME_SECONDS + 1, "first"));
	dt_session_cache_free(cache);
}

Test(session_cache, forgets_one_when_told_to)
{
	struct dt_session_cache *cache = make_cache();

	keep(cache, "one", "first", NOW);
	keep(cache, "two", "second", NOW);
	dt_session_cache_forget(cache, text("one"));
	dt_session_cache_forget(cache, text("three"));
	cr_expect_not(finds(cache, "one", NOW, "first"));
	cr_expect(finds(cache, "two", NOW, "second"));
	dt_session_cache_free(cache);
}

Test(session_cache, a_clock_set_back_makes_nothing_younger)
{
	struct dt_session_cache *cache = make_cache();

	keep(cache, "one", "first", NOW);
	cr_expect_not(finds(cache, "one", NOW - 1, "first"));
	dt_session_cache_free(cache);
}

Test(session_cache, the_later_of_one_name_replaces_the_earlier)
{
	struct dt_session_cache *cache = make_cache();

	keep(cache, "one", "first", NOW);
	keep(cache, "one", "again", NOW + 1);
	cr_expect(finds(cache, "one", NOW + 1, "again"));
	cr_expect_not(finds(cache, "one", NOW, "again"));
	dt_session_cache_free(cache);
}

Test(session_cache, is_bounded_and_forgets_the_oldest)
{
	struct dt_session_cache *cache = make_cache();
	char name[16];

	for (int i = 0; i <= DT_MAX_SESSIONS; i++) {
		snprintf(name, sizeof(name), "%d", i);
		keep(cache, name, name, NOW + i);
	}
	cr_expect_not(finds(cache, "0", NOW + DT_MAX_SESSIONS, "0"));
	cr_expect(finds(cache, "1", NOW + DT_MAX_SESSIONS, "1"));
	cr_expect(finds(cache, name, NOW + DT_MAX_SESSIONS, name));
	dt_session_cache_free(cache);
}

Test(session_cache, a_ticket_secret_is_made_once_and_renewed_when_old)
{
	struct dt_session_cache *cache = make_cache();
	uint8_t first[sizeof(secret)];

	dt_session_cache_enable_tickets(cache, NULL, NOW);
	memcpy(first, secret, sizeof(first));
	dt_session_cache_enable_tickets(
	    cache, NULL, NOW + DT_TICKET_SECRET_SECONDS);
	cr_expect_eq(memcmp(first, secret, sizeof(first)), 0, "it stays");
	cr_expect_eq(wiped, 0);
	dt_session_cache_enable_tickets(
	    cache, NULL, NOW + DT_TICKET_SECRET_SECONDS + 1);
	cr_expect_neq(memcmp(first, secret, sizeof(first)), 0, "it is new");
	cr_expect_eq(wiped, 1, "and the old one is gone");
	cr_expect_eq(enabled, 3);
	dt_session_cache_free(cache);
}

Test(session_cache, wipes_its_ticket_secret_at_the_end)
{
	struct dt_session_cache *cache = make_cache();

	dt_session_cache_enable_tickets(cache, NULL, NOW);
	cr_expect_eq(wiped, 0);
	dt_session_cache_free(cache);
	cr_expect_eq(wiped, 1);
}

Test(session_cache, wipes_the_sessions_it_forgets)
{
	struct dt_session_cache *cache = make_cache();

	memset(secret, 's', sizeof(secret));
	dt_session_cache_keep(cache, text("one"),
	    &(struct dt_kept_session){ { secret, sizeof(secret) }, NOW });
	cr_expect_eq(wiped, 0);
	keep(cache, "one", "another", NOW);
	cr_expect_eq(wiped, 1);
	dt_session_cache_free(cache);
}

Test(session_cache, the_caches_of_two_contexts_have_nothing_in_common)
{
	struct dt_session_cache *one = make_cache();
	struct dt_session_cache *other = make_cache();
	uint8_t first[sizeof(secret)];

	keep(one, "peer", "session", NOW);
	cr_expect_not(finds(other, "peer", NOW, "session"));
	dt_session_cache_enable_tickets(one, NULL, NOW);
	memcpy(first, secret, sizeof(first));
	dt_session_cache_enable_tickets(other, NULL, NOW);
	cr_expect_neq(memcmp(first, secret, sizeof(first)), 0);
	dt_session_cache_free(one);
	dt_session_cache_free(other);
}

/* In whatever order they came. */
Test(session_cache, the_oldest_that_is_forgotten_may_be_any)
{
	struct dt_session_cache *cache = make_cache();
	char name[16];

	for (int i = 0; i < DT_MAX_SESSIONS; i++) {
		snprintf(name, sizeof(name), "%d", i);
		keep(cache, name, name, i == 3 ? NOW : NOW + 1);
	}
	keep(cache, "next", "next", NOW + 1);
	cr_expect_not(finds(cache, "3", NOW + 1, "3"));
	cr_expect(finds(cache, "0", NOW + 1, "0"));
	cr_expect(finds(cache, "next", NOW + 1, "next"));
	dt_session_cache_free(cache);
	dt_session_cache_free(NULL);
}

static void *
no_memory(size_t size)
{
	(void)size;
	return NULL;
}

/* A full handshake does as well. */
Test(session_cache, without_memory_nothing_is_kept_or_found)
{
	struct dt_session_cache *cache = make_cache();
	gnutls_alloc_function before = gnutls_malloc;

	keep(cache, "one", "first", NOW);
	gnutls_malloc = no_memory;
	keep(cache, "two", "second", NOW);
	cr_expect_not(finds(cache, "one", NOW, "first"));
	gnutls_malloc = before;
	cr_expect(finds(cache, "one", NOW, "first"));
	cr_expect_not(finds(cache, "two", NOW, "second"));
	dt_session_cache_free(cache);
}

Test(session_cache, without_a_secret_there_are_no_tickets)
{
	struct dt_session_cache *cache = make_cache();

	no_secrets = true;
	cr_expect_eq(dt_session_cache_enable_tickets(cache, NULL, NOW),
	    GNUTLS_E_RANDOM_FAILED);
	cr_expect_eq(enabled, 0);
	no_secrets = false;
	cr_expect_eq(dt_session_cache_enable_tickets(cache, NULL, NOW), 0);
	no_secrets = true;
	cr_expect_eq(dt_session_cache_enable_tickets(cache, NULL, NOW), 0,
	    "one that is there serves on");
	cr_expect_eq(dt_session_cache_enable_tickets(
			 cache, NULL, NOW + DT_TICKET_SECRET_SECONDS + 1),
	    GNUTLS_E_RANDOM_FAILED, "not for ever");
	cr_expect_eq(enabled, 2);
	dt_session_cache_free(cache);
}
