/*
 * A plain program for ThreadSanitizer: sixteen threads verify chains with one
 * store, one set of params and one signature cache, each with references of
 * its own, and give them back at no particular time; the last one frees them.
 *
 * The cache is smaller than what goes through it, so that entries come and go.
 * Every thread must see the same events for a chain, whoever verified it
 * before. Exit status 0, or 1 and a line that says what was different.
 */
#include "dicomtls.h"

#include "tools/mint.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#define THREADS 16
#define ROUNDS 8
#define PEERS 6
#define NOW 1768478400 /* 2026-01-15 12:00 UTC */

#define DATES .not_before = "200101000000Z", .not_after = "400101000000Z"

static const struct mint_spec root = {
	.subject = { { "CN", "Root", 0 } },
	DATES,
	.constraints = MINT_CA,
	.key_usage = MINT_KEY_CERT_SIGN | MINT_CRL_SIGN,
};

static const struct mint_spec ca = {
	.subject = { { "CN", "CA", 0 } },
	.issuer = &root,
	.key = "ed25519",
	DATES,
	.constraints = MINT_CA,
	.key_usage = MINT_KEY_CERT_SIGN | MINT_CRL_SIGN,
};

/* What each thread has references to. */
static struct dicomtls_store *store;
static struct dicomtls_params *params;
static struct dicomtls_signature_cache *cache;
static struct dt_buffer leaves[PEERS], intermediate;
static unsigned long expected[PEERS];

/* Events in their order, as one number. */
static int
note(int ok, const struct dicomtls_event *event, void *arg)
{
	unsigned long *seen = arg;

	*seen = *seen * 31 + (unsigned long)ok * 7 +
		(unsigned long)dicomtls_event_depth(event) * 3 +
		(unsigned long)dicomtls_event_error(event);
	return 1;
}

static unsigned long
judge(unsigned peer, const struct dicomtls_store *with,
    const struct dicomtls_params *by)
{
	const struct dt_buffer *sent[] = { &leaves[peer], &intermediate };
	struct dicomtls_verdict verdict;
	gnutls_datum_t chain[2];
	unsigned long seen = 1;

	for (size_t i = 0; i < 2; i++) {
		struct dt_span der = dt_buffer_span(sent[i]);

		chain[i].data = (unsigned char *)(uintptr_t)der.data;
		chain[i].size = (unsigned)der.size;
	}
	if (dicomtls_verify(
		with, by, chain, 2, note, &seen, &verdict, NULL, 0) < 0)
		return 0;
	return seen;
}

struct worker {
	pthread_t thread;
	unsigned number;
	struct dicomtls_store *store;
	struct dicomtls_params *params;
	struct dicomtls_signature_cache *cache;
	unsigned wrong;
};

static void *
work(void *arg)
{
	struct worker *worker = arg;
	uint64_t found, computed;

	for (unsigned i = 0; i < ROUNDS * PEERS; i++) {
		unsigned peer = (i * (worker->number | 1u) + i / PEERS) % PEERS;

		if (judge(peer, worker->store, worker->params) !=
		    expected[peer])
			worker->wrong++;
		dicomtls_signature_cache_counts(
		    worker->cache, &found, &computed);
	}
	dicomtls_params_free(worker->params);
	dicomtls_store_free(worker->store);
	dicomtls_signature_cache_free(worker->cache);
	return NULL;
}

static int
fail(const char *what)
{
	fprintf(stderr, "shared_cache: %s\n", what);
	return 1;
}

static bool
make_peers(void)
{
	for (unsigned i = 0; i < PEERS; i++) {
		struct mint_spec leaf = {
			.subject = { { "CN", "Peer", 0 } },
			.issuer = &ca,
			DATES,
			.key_usage = MINT_DIGITAL_SIGNATURE,
			/* One is expired, one is not signed by its CA. */
			.damaged_signature = i == 1,
		};
		char serial[8];

		snprintf(serial, sizeof(serial), "%02x", i + 1);
		leaf.serial = serial;
		if (i == 0)
			leaf.not_after = "210101000000Z";
		if (mint_certificate(&leaf, MINT_DER, &leaves[i]) != 0)
			return false;
	}
	return mint_certificate(&ca, MINT_DER, &intermediate) == 0;
}

static bool
set_up(void)
{
	const struct mint_crl_spec list = {
		.issuer = &ca,
		.this_update = "200101000000Z",
		.next_update = "400101000000Z",
		.revoked = { { "03", NULL, 0 } },
	};
	struct dt_buffer anchor = { 0 }, crl = { 0 };
	bool ok =
	    make_peers() && mint_certificate(&root, MINT_DER, &anchor) == 0 &&
	    mint_crl(&list, MINT_DER, &crl) == 0 &&
	    dicomtls_store_new(&store) == 0 &&
	    dicomtls_store_add_der(store, dt_buffer_span(&anchor).data,
		dt_buffer_span(&anchor).size) == 0 &&
	    dicomtls_store_add_crl_der(store, dt_buffer_span(&crl).data,
		dt_buffer_span(&crl).size) == 0 &&
	    dicomtls_params_new(&params) == 0 &&
	    dicomtls_params_set_time(params, NOW) == 0 &&
	    dicomtls_params_set_flags(params, DICOMTLS_F_CRL_CHECK) == 0 &&
	    dicomtls_signature_cache_new(&cache, 3) == 0;

	dt_buffer_clear(&anchor);
	dt_buffer_clear(&crl);
	return ok;
}

/* The first answers come without a cache. */
static bool
expect(void)
{
	for (unsigned i = 0; i < PEERS; i++) {
		expected[i] = judge(i, store, params);
		if (expected[i] == 0)
			return false;
	}
	/* Good, expired, badly signed, revoked: all different. */
	return expected[0] != expected[1] && expected[1] != expected[2] &&
	       expected[2] != expected[3] && expected[3] == expected[4] &&
	       dicomtls_params_set_signature_cache(params, cache) == 0;
}

static void
drop(void)
{
	dicomtls_store_free(store);
	dicomtls_params_free(params);
	dicomtls_signature_cache_free(cache);
}

int
main(void)
{
	struct worker workers[THREADS];
	unsigned wrong = 0;

	if (!set_up() || !expect())
		return fail("the chains could not be judged alone");
	for (unsigned i = 0; i < THREADS; i++) {
		workers[i] = (struct worker){
			.number = i,
			.store = dicomtls_store_ref(store),
			.cache = dicomtls_signature_cache_ref(cache),
		};
		if (dicomtls_params_copy(&workers[i].params, params) != 0 ||
		    pthread_create(
			&workers[i].thread, NULL, work, &workers[i]) != 0)
			return fail("a thread could not be started");
	}
	drop();
	for (unsigned i = 0; i < THREADS; i++) {
		pthread_join(workers[i].thread, NULL);
		wrong += workers[i].wrong;
	}
	for (unsigned i = 0; i < PEERS; i++)
		dt_buffer_clear(&leaves[i]);
	dt_buffer_clear(&intermediate);
	if (wrong > 0)
		return fail("a verdict was not what it was alone");
	printf("1..1\nok 1 - %d threads judge with one store and one cache\n",
	    THREADS);
	return 0;
}
