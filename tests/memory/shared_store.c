/*
 * A plain program for sanitizers: sixteen threads at once verify with one store
 * and one signature cache, put another store in its place, and let go of what
 * they had taken. A store is made anew from files, as dicomtls.h has it: other
 * anchors, another CRL in the store or in the params. Whoever lets go last
 * frees it; in the end that holds for the cache too.
 *
 * Every answer has to be that of the store that was taken, event for event: a
 * mixture of two is none, and who is revoked or foreign by a reload that was
 * over when the verification began is not accepted. What the answers are is
 * stated below, not recorded. Exit status 0, or 1 and a line that says why.
 */
#include "dicomtls.h"

#include "tools/mint.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#define THREADS 16
#define ROUNDS 48
#define RELOAD_EVERY 4 /* rounds */
#define NOW 1768478400 /* 2026-01-15 12:00 UTC */

#define DATES .not_before = "200101000000Z", .not_after = "400101000000Z"
#define LIST_DATES                                                             \
	.this_update = "200101000000Z", .next_update = "400101000000Z"

#define ROOT(name)                                                             \
	{                                                                      \
		.subject = { { "CN", name, 0 } }, DATES,                       \
		.constraints = MINT_CA,                                        \
		.key_usage = MINT_KEY_CERT_SIGN | MINT_CRL_SIGN                \
	}
#define CA(name, root)                                                         \
	{                                                                      \
		.subject = { { "CN", name, 0 } }, .issuer = root, DATES,       \
		.constraints = MINT_CA,                                        \
		.key_usage = MINT_KEY_CERT_SIGN | MINT_CRL_SIGN                \
	}
#define PEER(name, number, ca)                                                 \
	{                                                                      \
		.subject = { { "CN", name, 0 } }, .serial = number,            \
		.issuer = ca, DATES, .key_usage = MINT_DIGITAL_SIGNATURE       \
	}

enum { OURS, THEIRS, PARTIES };
enum { GOOD, LOST, GUEST, PEERS };
enum { OPEN, LISTED, ASKED, MOVED, EDITIONS };

static const struct mint_spec roots[] = { ROOT("Ours"), ROOT("Theirs") };
static const struct mint_spec cas[] = { CA("Our CA", &roots[OURS]),
	CA("Their CA", &roots[THEIRS]) };
static const struct mint_spec peers[] = { PEER("Good", "05", &cas[OURS]),
	PEER("Lost", "03", &cas[OURS]), PEER("Guest", "05", &cas[THEIRS]) };

static const struct mint_crl_spec empty_lists[] = {
	{ .issuer = &cas[OURS], LIST_DATES, .number = 1 },
	{ .issuer = &cas[THEIRS], LIST_DATES, .number = 1 }
};
static const struct mint_crl_spec lost_list = {
	.issuer = &cas[OURS],
	LIST_DATES,
	.number = 2,
	.revoked = { { "03", NULL, 0 } },
};

/* Whom a store trusts, and which lists come with it. */
static struct mint_dir dir;
static char *root_files[PARTIES], *empty_files[PARTIES], *lost_file;
static const struct edition {
	char *const *anchor;
	char *const *list;
	char *const *asked; /* list of the params: before those of the store */
	int answers[PEERS];
} editions[] = {
	[OPEN] = { &root_files[OURS], &empty_files[OURS], NULL,
	    { DICOMTLS_V_OK, DICOMTLS_V_OK,
		DICOMTLS_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY } },
	[LISTED] = { &root_files[OURS], &lost_file, NULL,
	    { DICOMTLS_V_OK, DICOMTLS_V_ERR_CERT_REVOKED,
		DICOMTLS_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY } },
	[ASKED] = { &root_files[OURS], &empty_files[OURS], &lost_file,
	    { DICOMTLS_V_OK, DICOMTLS_V_ERR_CERT_REVOKED,
		DICOMTLS_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY } },
	[MOVED] = { &root_files[THEIRS], &empty_files[THEIRS], NULL,
	    { DICOMTLS_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
		DICOMTLS_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
		DICOMTLS_V_OK } },
};

static struct dt_buffer sent[PEERS], intermediates[PARTIES];
static unsigned long traces[EDITIONS][PEERS]; /* alone, without a cache */

/* What is taken as a whole, with references. */
struct snapshot {
	size_t edition;
	struct dicomtls_store *store; /* NULL: nothing */
	struct dicomtls_params *params;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct snapshot current;
static pthread_barrier_t begin, end;

struct worker {
	pthread_t thread;
	unsigned number;
	struct dicomtls_signature_cache *cache;
	struct snapshot kept;
	unsigned wrong;
	unsigned failed;
};

static void
let_go(struct snapshot *snapshot)
{
	dicomtls_store_free(snapshot->store);
	dicomtls_params_free(snapshot->params);
	*snapshot = (struct snapshot){ .store = NULL };
}

static bool
load(struct snapshot *made, size_t number,
    struct dicomtls_signature_cache *cache)
{
	const struct edition *edition = &editions[number];
	bool ok;

	*made = (struct snapshot){ .edition = number };
	ok =
	    dicomtls_store_new(&made->store) == 0 &&
	    dicomtls_store_add_file(made->store, *edition->anchor) == 0 &&
	    dicomtls_store_add_crl_file(made->store, *edition->list) == 0 &&
	    dicomtls_params_new(&made->params) == 0 &&
	    dicomtls_params_set_time(made->params, NOW) == 0 &&
	    dicomtls_params_set_flags(made->params, DICOMTLS_F_CRL_CHECK) ==
		0 &&
	    dicomtls_params_set_signature_cache(made->params, cache) == 0 &&
	    (edition->asked == NULL || dicomtls_params_add_crl_file(
					   made->params, *edition->asked) == 0);
	if (!ok)
		let_go(made);
	return ok;
}

static bool
reload(size_t number, struct dicomtls_signature_cache *cache)
{
	struct snapshot made, old;

	if (!load(&made, number, cache))
		return false;
	pthread_mutex_lock(&lock);
	old = current;
	current = made;
	pthread_mutex_unlock(&lock);
	let_go(&old);
	return true;
}

static bool
take(struct snapshot *taken)
{
	bool ok;

	pthread_mutex_lock(&lock);
	*taken = (struct snapshot){ .edition = current.edition };
	ok = dicomtls_params_copy(&taken->params, current.params) == 0;
	if (ok)
		taken->store = dicomtls_store_ref(current.store);
	pthread_mutex_unlock(&lock);
	return ok;
}

/* Events in their order, as one number. */
static int
note(int ok, const struct dicomtls_event *event, void *arg)
{
	unsigned long *seen = arg;

	*seen = *seen * 31 + (unsigned long)ok * 7 +
		(unsigned long)dicomtls_event_depth(event) * 3 +
		(unsigned long)dicomtls_event_error(event);
	return ok;
}

/* Whether the answer is what it should be; its events go to trace. */
static bool
judge(const struct snapshot *with, size_t peer, unsigned long *trace)
{
	const struct dt_span der[] = { dt_buffer_span(&sent[peer]),
		dt_buffer_span(&intermediates[peer == GUEST ? THEIRS : OURS]) };
	int answer = editions[with->edition].answers[peer];
	struct dicomtls_verdict verdict;
	gnutls_datum_t chain[2];

	for (size_t i = 0; i < 2; i++) {
		chain[i].data = (unsigned char *)(uintptr_t)der[i].data;
		chain[i].size = (unsigned)der[i].size;
	}
	*trace = 1;
	return dicomtls_verify(with->store, with->params, chain, 2, note, trace,
		   &verdict, NULL, 0) == 0 &&
	       verdict.error == answer &&
	       verdict.result == (answer == DICOMTLS_V_OK);
}

static void
check(struct worker *worker, const struct snapshot *with, size_t peer)
{
	unsigned long trace;

	if (!judge(with, peer, &trace) || trace != traces[with->edition][peer])
		worker->wrong++;
}

/* What was kept is judged with once more: it has been replaced meanwhile. */
static void
round_of(struct worker *worker, unsigned round)
{
	struct snapshot taken;

	if ((round + worker->number) % RELOAD_EVERY == 0 &&
	    !reload((round / RELOAD_EVERY + worker->number) % EDITIONS,
		worker->cache))
		worker->failed++;
	if (!take(&taken)) {
		worker->failed++;
		return;
	}
	check(worker, &taken, (round + worker->number) % PEERS);
	if (worker->kept.store != NULL)
		check(worker, &worker->kept, LOST);
	let_go(&worker->kept);
	worker->kept = taken;
}

/* In the end all have the same store, which is no longer in its place. */
static void *
work(void *arg)
{
	struct worker *worker = arg;
	struct snapshot last = { .store = NULL };

	pthread_barrier_wait(&begin);
	for (unsigned round = 0; round < ROUNDS; round++)
		round_of(worker, round);
	let_go(&worker->kept);
	pthread_barrier_wait(&end);
	if (!take(&last))
		worker->failed++;
	pthread_barrier_wait(&end);
	if (worker->number == 0)
		let_go(&current);
	for (size_t peer = 0; peer < PEERS && last.store != NULL; peer++)
		check(worker, &last, peer);
	let_go(&last);
	dicomtls_signature_cache_free(worker->cache);
	return NULL;
}

static int
fail(const char *what)
{
	fprintf(stderr, "shared_store: %s\n", what);
	return 1;
}

static bool
make_party(size_t i)
{
	const struct mint_spec *anchor[] = { &roots[i], NULL };
	const char *names[] = { "ours", "theirs" };

	root_files[i] = mint_dir_certificates(&dir, names[i], anchor);
	empty_files[i] = mint_dir_crl(
	    &dir, i == OURS ? "ours.crl" : "theirs.crl", &empty_lists[i]);
	return root_files[i] != NULL && empty_files[i] != NULL &&
	       mint_certificate(&cas[i], MINT_DER, &intermediates[i]) == 0;
}

static bool
make_files(void)
{
	if (mint_dir_make(&dir) != 0 || !make_party(OURS) ||
	    !make_party(THEIRS))
		return false;
	for (size_t i = 0; i < PEERS; i++)
		if (mint_certificate(&peers[i], MINT_DER, &sent[i]) != 0)
			return false;
	lost_file = mint_dir_crl(&dir, "lost.crl", &lost_list);
	return lost_file != NULL;
}

/* One thread, no cache. */
static bool
judge_alone(void)
{
	for (size_t i = 0; i < EDITIONS; i++) {
		struct snapshot alone;
		bool ok = load(&alone, i, NULL);

		for (size_t peer = 0; peer < PEERS && ok; peer++)
			ok = judge(&alone, peer, &traces[i][peer]);
		let_go(&alone);
		if (!ok)
			return false;
	}
	return true;
}

static void
tear_down(void)
{
	for (size_t i = 0; i < PARTIES; i++) {
		free(root_files[i]);
		free(empty_files[i]);
		dt_buffer_clear(&intermediates[i]);
	}
	for (size_t i = 0; i < PEERS; i++)
		dt_buffer_clear(&sent[i]);
	free(lost_file);
	mint_dir_remove(&dir);
	pthread_barrier_destroy(&begin);
	pthread_barrier_destroy(&end);
}

/* The cache is smaller than what goes through it; each thread has a reference
 * to it, and nobody else. */
static bool
start(struct worker *workers)
{
	struct dicomtls_signature_cache *cache;

	if (dicomtls_signature_cache_new(&cache, 5) != 0)
		return false;
	if (!reload(OPEN, cache) ||
	    pthread_barrier_init(&begin, NULL, THREADS) != 0 ||
	    pthread_barrier_init(&end, NULL, THREADS) != 0)
		return false;
	for (unsigned i = 0; i < THREADS; i++) {
		workers[i] = (struct worker){ .number = i,
			.cache = dicomtls_signature_cache_ref(cache) };
		if (pthread_create(
			&workers[i].thread, NULL, work, &workers[i]) != 0)
			return false;
	}
	dicomtls_signature_cache_free(cache);
	return true;
}

int
main(void)
{
	struct worker workers[THREADS];
	unsigned wrong = 0, failed = 0;

	if (!make_files() || !judge_alone())
		return fail("the chains could not be judged alone");
	if (!start(workers))
		return fail("a thread could not be started");
	for (unsigned i = 0; i < THREADS; i++) {
		pthread_join(workers[i].thread, NULL);
		wrong += workers[i].wrong;
		failed += workers[i].failed;
	}
	tear_down();
	if (wrong > 0)
		return fail("a verdict was not that of the store it came from");
	if (failed > 0)
		return fail("a store could not be loaded or taken");
	printf("1..1\nok 1 - %d threads verify with, replace and free one "
	       "store\n",
	    THREADS);
	return 0;
}
