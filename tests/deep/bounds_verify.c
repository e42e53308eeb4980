/*
 * Our side: the public functions, with a verify function that asks for the
 * certificate string of each event, as VERIFY of ltdic.h is given it.
 */
#include "deep/bounds.h"

#include "dicomtls.h"

#include <stdlib.h>

struct ours {
	const struct bounds_input *input;
	struct dicomtls_store *store;
	struct dicomtls_params *params;
};

static void
close_ours(void *state)
{
	struct ours *ours = state;

	if (ours == NULL)
		return;
	dicomtls_params_free(ours->params);
	dicomtls_store_free(ours->store);
	free(ours);
}

static bool
prepare(struct ours *ours)
{
	const struct bench_input *bench = &ours->input->bench;

	return dicomtls_store_new(&ours->store) == 0 &&
	       dicomtls_params_new(&ours->params) == 0 &&
	       dicomtls_params_set_purpose(
		   ours->params, DICOMTLS_PURPOSE_SSL_SERVER) == 0 &&
	       dicomtls_params_set_flags(ours->params, bench->flags) == 0 &&
	       (bench->host == NULL ||
		   dicomtls_params_add_host(ours->params, bench->host) == 0) &&
	       dicomtls_store_add_file(ours->store, bench->anchors) == 0;
}

static void *
open_ours(const struct bounds_input *input)
{
	struct ours *ours = calloc(1, sizeof(*ours));

	if (ours == NULL)
		return NULL;
	ours->input = input;
	if (prepare(ours))
		return ours;
	close_ours(ours);
	return NULL;
}

static int
read_event(int ok, const struct dicomtls_event *event, void *arg)
{
	const char *text = dicomtls_event_certificate_string(event);
	size_t *octets = arg;

	*octets += text != NULL ? strlen(text) : 0;
	return ok;
}

static int
judge(const struct ours *ours, const struct dicomtls_params *params,
    struct dicomtls_verdict *verdict)
{
	const struct bench_input *bench = &ours->input->bench;
	gnutls_datum_t chain[BENCH_CHAIN];
	size_t octets = 0;

	for (unsigned i = 0; i < bench->chain_size; i++) {
		struct dt_span der = dt_buffer_span(&bench->chain[i]);

		chain[i].data = (unsigned char *)der.data;
		chain[i].size = (unsigned)der.size;
	}
	return dicomtls_verify(ours->store, params, chain, bench->chain_size,
	    read_event, &octets, verdict, NULL, 0);
}

static bool
run_verify(void *state, struct bounds_outcome *outcome)
{
	const struct ours *ours = state;
	const char *crl = ours->input->bench.crl;
	struct dicomtls_params *params = NULL;
	struct dicomtls_verdict verdict = { 0 };
	int rc = dicomtls_params_copy(&params, ours->params);

	if (rc == 0 && crl != NULL)
		rc = dicomtls_params_add_crl_file(params, crl);
	if (rc == 0)
		rc = judge(ours, params, &verdict);
	dicomtls_params_free(params);
	if (rc < 0)
		*outcome = (struct bounds_outcome){ BOUNDS_FAILED, rc };
	else if (verdict.result != 1)
		*outcome =
		    (struct bounds_outcome){ BOUNDS_REFUSED, verdict.error };
	else
		*outcome = (struct bounds_outcome){ BOUNDS_ACCEPTED, 0 };
	return true;
}

static void *
borrow(const struct bounds_input *input)
{
	return (void *)input;
}

static bool
run_load(void *state, struct bounds_outcome *outcome)
{
	const struct bounds_input *input = state;
	struct dicomtls_store *store;
	int rc = dicomtls_store_new(&store);

	if (rc < 0)
		return false;
	rc = dicomtls_store_add_file(store, input->bench.anchors);
	dicomtls_store_free(store);
	*outcome =
	    (struct bounds_outcome){ rc < 0 ? BOUNDS_FAILED : BOUNDS_ACCEPTED,
		    rc };
	return true;
}

const struct bounds_side bounds_ours_verify = { open_ours, run_verify,
	close_ours };
const struct bounds_side bounds_ours_load = { borrow, run_load, NULL };
