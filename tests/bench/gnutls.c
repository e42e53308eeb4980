/*
 * GnuTLS's side of the bench: the trust list that gnutls_certificate_verify_-
 * peers3 uses, and the bare signatures. It knows no policies.
 */
#include "bench/side.h"

#include "x509/cert.h"

#include <gnutls/abstract.h>
#include <gnutls/x509.h>

#include <stdlib.h>

struct theirs {
	const struct bench_input *input;
	gnutls_x509_trust_list_t trust;
	/* Of each certificate but the last, and the key of the next. */
	struct dt_cert *certs[BENCH_CHAIN];
	gnutls_sign_algorithm_t algorithms[BENCH_CHAIN];
	gnutls_pubkey_t keys[BENCH_CHAIN];
};

static gnutls_datum_t
datum(struct dt_span span)
{
	return (
	    gnutls_datum_t){ (unsigned char *)span.data, (unsigned)span.size };
}

static bool
import(gnutls_x509_crt_t *cert, const struct dt_buffer *der)
{
	const gnutls_datum_t bytes = datum(dt_buffer_span(der));

	if (gnutls_x509_crt_init(cert) < 0)
		return false;
	if (gnutls_x509_crt_import(*cert, &bytes, GNUTLS_X509_FMT_DER) == 0)
		return true;
	gnutls_x509_crt_deinit(*cert);
	return false;
}

static void
unload(void *state)
{
	struct theirs *theirs = state;

	if (theirs->trust != NULL)
		gnutls_x509_trust_list_deinit(theirs->trust, 1);
	theirs->trust = NULL;
}

static void
close_theirs(void *state)
{
	struct theirs *theirs = state;

	if (theirs == NULL)
		return;
	unload(theirs);
	for (size_t i = 0; i < BENCH_CHAIN; i++) {
		dt_cert_free(theirs->certs[i]);
		if (theirs->keys[i] != NULL)
			gnutls_pubkey_deinit(theirs->keys[i]);
	}
	free(theirs);
}

static void *
open_empty(const struct bench_input *input)
{
	struct theirs *theirs = calloc(1, sizeof(*theirs));

	if (theirs != NULL)
		theirs->input = input;
	return theirs;
}

static bool
run_load(void *state, struct bench_verdict *verdict)
{
	struct theirs *theirs = state;

	verdict->error = BENCH_NO_ERROR;
	return gnutls_x509_trust_list_init(&theirs->trust, 0) == 0 &&
	       gnutls_x509_trust_list_add_trust_file(theirs->trust,
		   theirs->input->anchors, theirs->input->crl,
		   GNUTLS_X509_FMT_PEM, 0, 0) > 0;
}

static void *
open_loaded(const struct bench_input *input)
{
	struct theirs *theirs = open_empty(input);
	struct bench_verdict ignored;

	if (theirs != NULL && run_load(theirs, &ignored))
		return theirs;
	close_theirs(theirs);
	return NULL;
}

static bool
import_key(gnutls_pubkey_t *key, const struct dt_cert *issuer)
{
	const gnutls_datum_t spki = datum(issuer->spki);

	return gnutls_pubkey_init(key) == 0 &&
	       gnutls_pubkey_import(*key, &spki, GNUTLS_X509_FMT_DER) == 0;
}

static bool
read_algorithm(gnutls_sign_algorithm_t *algorithm, const struct dt_buffer *der)
{
	gnutls_x509_crt_t cert;

	if (!import(&cert, der))
		return false;
	*algorithm =
	    (gnutls_sign_algorithm_t)gnutls_x509_crt_get_signature_algorithm(
		cert);
	gnutls_x509_crt_deinit(cert);
	return true;
}

static void *
open_bare(const struct bench_input *input)
{
	struct theirs *theirs = open_empty(input);
	bool ok = theirs != NULL;

	for (unsigned i = 0; ok && i < input->chain_size; i++) {
		const struct dt_buffer *der = &input->chain[i];

		ok = dt_cert_parse(&theirs->certs[i], dt_buffer_span(der), NULL,
			 NULL) == 0 &&
		     read_algorithm(&theirs->algorithms[i], der);
		if (ok && i > 0)
			ok = import_key(&theirs->keys[i - 1], theirs->certs[i]);
	}
	if (ok)
		return theirs;
	close_theirs(theirs);
	return NULL;
}

static bool
run_bare(void *state, struct bench_verdict *verdict)
{
	const struct theirs *theirs = state;

	verdict->error = BENCH_NO_ERROR;
	for (unsigned i = 0; i + 1 < theirs->input->chain_size; i++) {
		const struct dt_cert *cert = theirs->certs[i];
		const gnutls_datum_t data = datum(cert->tbs);
		const gnutls_datum_t signature = datum(cert->signature);

		if (gnutls_pubkey_verify_data2(theirs->keys[i],
			theirs->algorithms[i], 0, &data, &signature) < 0)
			return false;
	}
	return true;
}

static bool
run_parse(void *state, struct bench_verdict *verdict)
{
	const struct theirs *theirs = state;
	gnutls_x509_crt_t cert;

	verdict->error = BENCH_NO_ERROR;
	if (!import(&cert, &theirs->input->chain[0]))
		return false;
	gnutls_x509_crt_deinit(cert);
	return true;
}

static bool
run_verify(void *state, struct bench_verdict *verdict)
{
	const struct theirs *theirs = state;
	const struct bench_input *input = theirs->input;
	gnutls_typed_vdata_st data = { GNUTLS_DT_KEY_PURPOSE_OID,
		(unsigned char *)GNUTLS_KP_TLS_WWW_SERVER, 0 };
	gnutls_x509_crt_t chain[BENCH_CHAIN];
	unsigned status = 0;
	unsigned n = 0;
	bool ok;

	while (n < input->chain_size && import(&chain[n], &input->chain[n]))
		n++;
	ok = n == input->chain_size &&
	     gnutls_x509_trust_list_verify_crt2(
		 theirs->trust, chain, n, &data, 1, 0, &status, NULL) == 0;
	*verdict = (struct bench_verdict){ status == 0, BENCH_NO_ERROR };
	while (n > 0)
		gnutls_x509_crt_deinit(chain[--n]);
	return ok;
}

const struct bench_side bench_gnutls_parse = { "gnutls", open_empty,
	close_theirs, run_parse, NULL };
const struct bench_side bench_gnutls_verify = { "gnutls", open_loaded,
	close_theirs, run_verify, NULL };
const struct bench_side bench_gnutls_bare = { "bare", open_bare, close_theirs,
	run_bare, NULL };
const struct bench_side bench_gnutls_load = { "gnutls", open_empty,
	close_theirs, run_load, unload };
