/*
 * Our side of the bench: the public functions, and the parser by itself. The
 * verify function reads what each event has to say, without its texts.
 */
#include "bench/peer.h"

#include "x509/cert.h"

#include "dicomtls.h"

#include <stdlib.h>

struct trust {
	struct dicomtls_store *store;
	struct dicomtls_params *params;
};

static bool
ours_parse(const struct bench_input *input)
{
	struct dt_cert *cert;

	if (dt_cert_parse(&cert, dt_buffer_span(&input->chain[0]), NULL, NULL) <
	    0)
		return false;
	dt_cert_free(cert);
	return true;
}

static void
ours_unload(void *arg)
{
	struct trust *trust = arg;

	if (trust == NULL)
		return;
	dicomtls_params_free(trust->params);
	dicomtls_store_free(trust->store);
	free(trust);
}

static void *
ours_load(const struct bench_input *input)
{
	struct trust *trust = calloc(1, sizeof(*trust));

	if (trust == NULL || dicomtls_store_new(&trust->store) < 0 ||
	    dicomtls_params_new(&trust->params) < 0 ||
	    dicomtls_params_set_purpose(
		trust->params, DICOMTLS_PURPOSE_SSL_SERVER) < 0 ||
	    dicomtls_params_set_flags(trust->params, input->flags) < 0 ||
	    dicomtls_store_add_file(trust->store, input->anchors) < 0 ||
	    (input->crl != NULL &&
		dicomtls_store_add_crl_file(trust->store, input->crl) < 0)) {
		ours_unload(trust);
		return NULL;
	}
	return trust;
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
ours_verify(
    void *arg, const struct bench_input *input, struct bench_verdict *verdict)
{
	const struct trust *trust = arg;
	gnutls_datum_t chain[BENCH_CHAIN];
	struct dicomtls_verdict found;
	long sum = 0;

	for (unsigned i = 0; i < input->chain_size; i++) {
		struct dt_span der = dt_buffer_span(&input->chain[i]);

		chain[i].data = (unsigned char *)der.data;
		chain[i].size = (unsigned)der.size;
	}
	if (dicomtls_verify(trust->store, trust->params, chain,
		input->chain_size, read_event, &sum, &found, NULL, 0) < 0)
		return false;
	*verdict = (struct bench_verdict){ found.result, found.error };
	return sum != 0;
}

const struct bench_peer bench_ours = {
	"ours",
	ours_parse,
	ours_load,
	ours_unload,
	ours_verify,
};
