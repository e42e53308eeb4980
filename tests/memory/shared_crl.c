/*
 * A plain program for ThreadSanitizer: sixteen threads verify with one CRL that
 * none of them has verified before, all at the same moment, and each finds out
 * by itself who has signed it. Again and again with a CRL that is new.
 *
 * Half of them ask with the key that signed it, the others with the key of
 * another CA of the same name: neither may learn from the other. Exit status
 * 0, or 1 and a line that says what was different.
 */
#include "dicomtls.h"

#include "tools/mint.h"

#include <pthread.h>
#include <stdio.h>

#define THREADS 16
#define ROUNDS 24
#define NOW 1768478400 /* 2026-01-15 12:00 UTC */

#define DATES .not_before = "200101000000Z", .not_after = "400101000000Z"

#define CA(k)                                                                  \
	{                                                                      \
		.subject = { { "CN", "CA", 0 } }, .key = k, DATES,             \
		.constraints = MINT_CA,                                        \
		.key_usage = MINT_KEY_CERT_SIGN | MINT_CRL_SIGN,               \
		.no_subject_key_id = true                                      \
	}
#define PEER(ca)                                                               \
	{                                                                      \
		.subject = { { "CN", "Peer", 0 } }, .issuer = ca,              \
		.serial = "05", DATES, .no_authority_key_id = true             \
	}

static const struct mint_spec cas[] = { CA("p256/one"), CA("p256/other") };
static const struct mint_spec peers[] = { PEER(&cas[0]), PEER(&cas[1]) };
static const int wanted[] = { DICOMTLS_V_OK,
	DICOMTLS_V_ERR_CRL_SIGNATURE_FAILURE };

static struct dicomtls_store *stores[2];
static struct dt_buffer chains[2], list;
static struct dicomtls_params *params; /* with the CRL of the round */
static pthread_barrier_t begin, end;

static int
judge(size_t which)
{
	struct dt_span der = dt_buffer_span(&chains[which]);
	gnutls_datum_t chain = { (unsigned char *)(uintptr_t)der.data,
		(unsigned)der.size };
	struct dicomtls_verdict verdict;

	if (dicomtls_verify(stores[which], params, &chain, 1, NULL, NULL,
		&verdict, NULL, 0) < 0)
		return -1;
	return verdict.error;
}

struct worker {
	pthread_t thread;
	size_t which;
	unsigned wrong;
};

static void *
work(void *arg)
{
	struct worker *worker = arg;

	for (unsigned i = 0; i < ROUNDS; i++) {
		pthread_barrier_wait(&begin);
		for (unsigned again = 0; again < 2; again++)
			if (judge(worker->which) != wanted[worker->which])
				worker->wrong++;
		pthread_barrier_wait(&end);
	}
	return NULL;
}

static int
fail(const char *what)
{
	fprintf(stderr, "shared_crl: %s\n", what);
	return 1;
}

static bool
make_store(size_t i)
{
	struct dt_buffer der = { 0 };
	bool ok = mint_certificate(&peers[i], MINT_DER, &chains[i]) == 0 &&
		  mint_certificate(&cas[i], MINT_DER, &der) == 0 &&
		  dicomtls_store_new(&stores[i]) == 0 &&
		  dicomtls_store_add_der(stores[i], dt_buffer_span(&der).data,
		      dt_buffer_span(&der).size) == 0;

	dt_buffer_clear(&der);
	return ok;
}

/* The CRL is parsed anew, so that nobody knows anything of it. */
static bool
begin_round(void)
{
	struct dt_span der = dt_buffer_span(&list);

	return dicomtls_params_new(&params) == 0 &&
	       dicomtls_params_set_time(params, NOW) == 0 &&
	       dicomtls_params_set_flags(params, DICOMTLS_F_CRL_CHECK) == 0 &&
	       dicomtls_params_add_crl_der(params, der.data, der.size) == 0;
}

static bool
set_up(void)
{
	const struct mint_crl_spec spec = {
		.issuer = &cas[0],
		.this_update = "200101000000Z",
		.next_update = "400101000000Z",
		.revoked = { { "07", NULL, 0 } },
	};

	return make_store(0) && make_store(1) &&
	       mint_crl(&spec, MINT_DER, &list) == 0 &&
	       pthread_barrier_init(&begin, NULL, THREADS + 1) == 0 &&
	       pthread_barrier_init(&end, NULL, THREADS + 1) == 0;
}

static void
tear_down(void)
{
	for (size_t i = 0; i < 2; i++) {
		dicomtls_store_free(stores[i]);
		dt_buffer_clear(&chains[i]);
	}
	dt_buffer_clear(&list);
	pthread_barrier_destroy(&begin);
	pthread_barrier_destroy(&end);
}

int
main(void)
{
	struct worker workers[THREADS];
	unsigned wrong = 0;

	if (!set_up())
		return fail("the certificates could not be made");
	for (unsigned i = 0; i < THREADS; i++) {
		workers[i] = (struct worker){ .which = i % 2 };
		if (pthread_create(
			&workers[i].thread, NULL, work, &workers[i]) != 0)
			return fail("a thread could not be started");
	}
	for (unsigned i = 0; i < ROUNDS; i++) {
		if (!begin_round())
			return fail("a CRL could not be read");
		pthread_barrier_wait(&begin);
		pthread_barrier_wait(&end);
		dicomtls_params_free(params);
	}
	for (unsigned i = 0; i < THREADS; i++) {
		pthread_join(workers[i].thread, NULL);
		wrong += workers[i].wrong;
	}
	tear_down();
	if (wrong > 0)
		return fail("a verdict was not what it should be");
	printf("1..1\nok 1 - %d threads find out at once who signed a CRL\n",
	    THREADS);
	return 0;
}
