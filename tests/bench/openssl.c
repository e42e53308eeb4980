/*
 * OpenSSL's side of the bench, through the calls that libssl makes for a peer's
 * certificates: d2i_X509 for each, X509_verify_cert.
 */
#include "bench/side.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <stdlib.h>

struct theirs {
	const struct bench_input *input;
	X509_STORE *store;
	STACK_OF(X509) * chain; /* for those who start from a parsed one */
	BIO *text;
};

static X509 *
decode(const struct dt_buffer *der)
{
	struct dt_span span = dt_buffer_span(der);
	const unsigned char *at = span.data;

	return d2i_X509(NULL, &at, (long)span.size);
}

static STACK_OF(X509) * decode_chain(const struct bench_input *input)
{
	STACK_OF(X509) *chain = sk_X509_new_null();

	for (unsigned i = 0; chain != NULL && i < input->chain_size; i++)
		if (sk_X509_push(chain, decode(&input->chain[i])) == 0) {
			sk_X509_pop_free(chain, X509_free);
			return NULL;
		}
	return chain;
}

static void
unload(void *state)
{
	struct theirs *theirs = state;

	X509_STORE_free(theirs->store);
	theirs->store = NULL;
}

static void
close_theirs(void *state)
{
	struct theirs *theirs = state;

	if (theirs == NULL)
		return;
	unload(theirs);
	sk_X509_pop_free(theirs->chain, X509_free);
	BIO_free(theirs->text);
	free(theirs);
}

static bool
load_crl(X509_STORE *store, const char *path)
{
	X509_LOOKUP *lookup = X509_STORE_add_lookup(store, X509_LOOKUP_file());

	return lookup != NULL &&
	       X509_load_crl_file(lookup, path, X509_FILETYPE_PEM) == 1;
}

static bool
load(struct theirs *theirs)
{
	const struct bench_input *input = theirs->input;
	X509_VERIFY_PARAM *param;

	theirs->store = X509_STORE_new();
	if (theirs->store == NULL ||
	    X509_STORE_load_file(theirs->store, input->anchors) != 1 ||
	    (input->crl != NULL && !load_crl(theirs->store, input->crl)))
		return false;
	param = X509_STORE_get0_param(theirs->store);
	return X509_VERIFY_PARAM_set_purpose(param, X509_PURPOSE_SSL_SERVER) ==
		   1 &&
	       X509_VERIFY_PARAM_set_flags(param, input->flags) == 1 &&
	       (input->host == NULL ||
		   X509_VERIFY_PARAM_set1_host(param, input->host, 0) == 1);
}

static void *
open_empty(const struct bench_input *input)
{
	struct theirs *theirs = calloc(1, sizeof(*theirs));

	if (theirs != NULL)
		theirs->input = input;
	return theirs;
}

static void *
open_loaded(const struct bench_input *input)
{
	struct theirs *theirs = open_empty(input);

	if (theirs != NULL && load(theirs))
		return theirs;
	close_theirs(theirs);
	return NULL;
}

static void *
open_parsed(const struct bench_input *input)
{
	struct theirs *theirs = open_loaded(input);

	if (theirs == NULL)
		return NULL;
	theirs->chain = decode_chain(input);
	theirs->text = BIO_new(BIO_s_mem());
	if (theirs->chain != NULL && theirs->text != NULL)
		return theirs;
	close_theirs(theirs);
	return NULL;
}

/* Extensions are decoded when first asked for. */
static bool
run_parse(void *state, struct bench_verdict *verdict)
{
	const struct theirs *theirs = state;
	X509 *cert = decode(&theirs->input->chain[0]);
	bool ok = cert != NULL && X509_check_purpose(cert, -1, 0) == 1;

	(void)verdict;
	X509_free(cert);
	return ok;
}

static int
read_event(int ok, X509_STORE_CTX *ctx)
{
	long *sum = X509_STORE_CTX_get_app_data(ctx);

	*sum += X509_STORE_CTX_get_error(ctx) +
		X509_STORE_CTX_get_error_depth(ctx) +
		(X509_STORE_CTX_get_current_cert(ctx) != NULL);
	return ok;
}

static bool
verify(X509_STORE *store, STACK_OF(X509) * chain, struct bench_verdict *verdict)
{
	X509_STORE_CTX *ctx = X509_STORE_CTX_new();
	long sum = 0;
	bool ok = false;

	if (ctx == NULL ||
	    X509_STORE_CTX_init(ctx, store, sk_X509_value(chain, 0), chain) !=
		1 ||
	    X509_STORE_CTX_set_app_data(ctx, &sum) != 1)
		goto out;
	X509_STORE_CTX_set_verify_cb(ctx, read_event);
	verdict->result = X509_verify_cert(ctx);
	verdict->error = X509_STORE_CTX_get_error(ctx);
	ok = sum != 0;
out:
	X509_STORE_CTX_free(ctx);
	ERR_clear_error();
	return ok;
}

static bool
run_fresh(void *state, struct bench_verdict *verdict)
{
	const struct theirs *theirs = state;
	STACK_OF(X509) *chain = decode_chain(theirs->input);
	bool ok = chain != NULL && verify(theirs->store, chain, verdict);

	sk_X509_pop_free(chain, X509_free);
	return ok;
}

static bool
run_parsed(void *state, struct bench_verdict *verdict)
{
	const struct theirs *theirs = state;

	return verify(theirs->store, theirs->chain, verdict);
}

static bool
print_purposes(X509 *cert, BIO *out)
{
	bool ok = true;

	for (int i = 0; ok && i < X509_PURPOSE_get_count() * 2; i++) {
		X509_PURPOSE *purpose = X509_PURPOSE_get0(i / 2);
		int id = X509_PURPOSE_get_id(purpose);
		int ca = i % 2;

		ok = BIO_puts(out, X509_PURPOSE_get0_name(purpose)) > 0 &&
		     BIO_puts(out, ca ? " CA : " : " : ") > 0 &&
		     BIO_puts(out,
			 X509_check_purpose(cert, id, ca) ? "Yes\n" : "No\n") >
			 0;
	}
	return ok;
}

/* The parts of the documented string: two names, two times, the serial number,
 * what X509_check_ca and X509_check_purpose answer. */
static bool
print(X509 *cert, BIO *out)
{
	return X509_NAME_print_ex(
		   out, X509_get_subject_name(cert), 0, XN_FLAG_ONELINE) > 0 &&
	       X509_NAME_print_ex(
		   out, X509_get_issuer_name(cert), 0, XN_FLAG_ONELINE) > 0 &&
	       ASN1_TIME_print(out, X509_get0_notBefore(cert)) == 1 &&
	       ASN1_TIME_print(out, X509_get0_notAfter(cert)) == 1 &&
	       i2a_ASN1_INTEGER(out, X509_get0_serialNumber(cert)) > 0 &&
	       BIO_puts(out, X509_check_ca(cert) ? "CA\n" : "Not a CA\n") > 0 &&
	       print_purposes(cert, out);
}

static bool
run_string(void *state, struct bench_verdict *verdict)
{
	struct theirs *theirs = state;

	(void)verdict;
	(void)BIO_reset(theirs->text);
	return print(sk_X509_value(theirs->chain, 0), theirs->text);
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
	return load(state) && run_fresh(state, verdict);
}

const struct bench_side bench_openssl_parse = { "openssl", open_empty,
	close_theirs, run_parse, NULL };
const struct bench_side bench_openssl_fresh = { "openssl", open_loaded,
	close_theirs, run_fresh, NULL };
const struct bench_side bench_openssl_parsed = { "openssl", open_parsed,
	close_theirs, run_parsed, NULL };
const struct bench_side bench_openssl_string = { "openssl", open_parsed,
	close_theirs, run_string, NULL };
const struct bench_side bench_openssl_load = { "openssl", open_empty,
	close_theirs, run_load, unload };
const struct bench_side bench_openssl_load_use = { "openssl", open_empty,
	close_theirs, run_load_use, unload };
