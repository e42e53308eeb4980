/*
 * Our side of the bench: the public functions, and the parser and the
 * certificate string by themselves.
 */
#include "bench/side.h"

#include "compat/certificate_string.h"
#include "x509/cert.h"

#include "dicomtls.h"

#include <stdlib.h>

#define REMEMBERED 4096

struct ours {
	const struct bench_input *input;
	struct dicomtls_store *store;
	struct dicomtls_params *params;
	struct dt_cert *cert; /* for those who start from a parsed one */
};

static void
unload(void *state)
{
	struct ours *ours = state;

	dicomtls_params_free(ours->params);
	dicomtls_store_free(ours->store);
	ours->params = NULL;
	ours->store = NULL;
}

static void
close_ours(void *state)
{
	struct ours *ours = state;

	if (ours == NULL)
		return;
	unload(ours);
	dt_cert_free(ours->cert);
	free(ours);
}

static bool
load(struct ours *ours)
{
	const struct bench_input *input = ours->input;

	return dicomtls_store_new(&ours->store) == 0 &&
	       dicomtls_params_new(&ours->params) == 0 &&
	       dicomtls_params_set_purpose(
		   ours->params, DICOMTLS_PURPOSE_SSL_SERVER) == 0 &&
	       dicomtls_params_set_flags(ours->params, input->flags) == 0 &&
	       (input->host == NULL ||
		   dicomtls_params_add_host(ours->params, input->host) == 0) &&
	       dicomtls_store_add_file(ours->store, input->anchors) == 0 &&
	       (input->crl == NULL ||
		   dicomtls_store_add_crl_file(ours->store, input->crl) == 0);
}

static bool
remember(struct ours *ours)
{
	struct dicomtls_signature_cache *cache;
	bool ok;

	if (dicomtls_signature_cache_new(&cache, REMEMBERED) != 0)
		return false;
	ok = dicomtls_params_set_signature_cache(ours->params, cache) == 0;
	dicomtls_signature_cache_free(cache);
	return ok;
}

static void *
open_empty(const struct bench_input *input)
{
	struct ours *ours = calloc(1, sizeof(*ours));

	if (ours != NULL)
		ours->input = input;
	return ours;
}

static void *
open_cold(const struct bench_input *input)
{
	struct ours *ours = open_empty(input);

	if (ours != NULL && load(ours))
		return ours;
	close_ours(ours);
	return NULL;
}

static void *
open_warm(const struct bench_input *input)
{
	struct ours *ours = open_cold(input);

	if (ours != NULL && remember(ours))
		return ours;
	close_ours(ours);
	return NULL;
}

static void *
open_parsed(const struct bench_input *input)
{
	struct ours *ours = open_empty(input);

	if (ours != NULL &&
	    dt_cert_parse(
		&ours->cert, dt_buffer_span(&input->chain[0]), NULL, NULL) == 0)
		return ours;
	close_ours(ours);
	return NULL;
}

static bool
run_parse(void *state, struct bench_verdict *verdict)
{
	const struct ours *ours = state;
	struct dt_cert *cert;

	(void)verdict;
	if (dt_cert_parse(
		&cert, dt_buffer_span(&ours->input->chain[0]), NULL, NULL) != 0)
		return false;
	dt_cert_free(cert);
	return true;
}

static bool
verify(const struct ours *ours, dicomtls_verify_fn fn, void *arg,
    struct bench_verdict *verdict)
{
	const struct bench_input *input = ours->input;
	gnutls_datum_t chain[BENCH_CHAIN];
	struct dicomtls_verdict found;

	for (unsigned i = 0; i < input->chain_size; i++) {
		struct dt_span der = dt_buffer_span(&input->chain[i]);

		chain[i].data = (unsigned char *)der.data;
		chain[i].size = (unsigned)der.size;
	}
	if (dicomtls_verify(ours->store, ours->params, chain, input->chain_size,
		fn, arg, &found, NULL, 0) < 0)
		return false;
	*verdict = (struct bench_verdict){ found.result, found.error };
	return true;
}

static int
read_event(int ok, const struct dicomtls_event *event, void *arg)
{
	gnutls_datum_t der;
	long *sum = arg;

	dicomtls_event_certificate(event, &der);
	*sum += dicomtls_event_error(event) + dicomtls_event_depth(event) +
		der.data[0];
	return ok;
}

static bool
run_verify(void *state, struct bench_verdict *verdict)
{
	long sum = 0;

	return verify(state, read_event, &sum, verdict) && sum != 0;
}

static int
read_nothing(int ok, const struct dicomtls_event *event, void *arg)
{
	(void)event;
	(void)arg;
	return ok;
}

static bool
run_unread(void *state, struct bench_verdict *verdict)
{
	return verify(state, read_nothing, NULL, verdict);
}

static bool
run_quiet(void *state, struct bench_verdict *verdict)
{
	return verify(state, NULL, NULL, verdict);
}

static bool
run_string(void *state, struct bench_verdict *verdict)
{
	const struct ours *ours = state;
	struct dt_buffer text = { 0 };
	bool ok = dt_certificate_string(ours->cert, &text) == 0;

	(void)verdict;
	dt_buffer_clear(&text);
	return ok;
}

static bool
run_load(void *state, struct bench_verdict *verdict)
{
	(void)verdict;
	return load(state);
}

static bool
run_load_use(void *state, struct bench_verdict *verdict)
{
	return load(state) && remember(state) && run_verify(state, verdict);
}

const struct bench_side bench_ours_parse = { "ours", open_empty, close_ours,
	run_parse, NULL };
const struct bench_side bench_ours_cold = { "ours", open_cold, close_ours,
	run_verify, NULL };
const struct bench_side bench_ours_warm = { "ours", open_warm, close_ours,
	run_verify, NULL };
const struct bench_side bench_ours_unread = { "ours", open_warm, close_ours,
	run_unread, NULL };
const struct bench_side bench_ours_quiet = { "without", open_warm, close_ours,
	run_quiet, NULL };
const struct bench_side bench_ours_string = { "ours", open_parsed, close_ours,
	run_string, NULL };
const struct bench_side bench_ours_load = { "ours", open_empty, close_ours,
	run_load, unload };
const struct bench_side bench_ours_load_use = { "ours", open_empty, close_ours,
	run_load_use, unload };
