/*
 * The reference's side: the calls that libssl makes for a peer's certificates,
 * and a verify callback that prints what a certificate string has of names,
 * times and serial number.
 */
#include "deep/bounds_flight.h"

#include "backend/openssl.h"

#include "dicomtls.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <stdlib.h>

struct theirs {
	const struct bounds_input *input;
	X509_STORE *store;
	BIO *text;
};

const char *
bounds_reference(void)
{
	return OpenSSL_version(OPENSSL_VERSION);
}

static void
close_theirs(void *state)
{
	struct theirs *theirs = state;

	if (theirs == NULL)
		return;
	X509_STORE_free(theirs->store);
	BIO_free(theirs->text);
	free(theirs);
}

static bool
prepare(struct theirs *theirs)
{
	const struct bench_input *bench = &theirs->input->bench;
	X509_VERIFY_PARAM *param;

	theirs->store = X509_STORE_new();
	theirs->text = BIO_new(BIO_s_null());
	if (theirs->store == NULL || theirs->text == NULL ||
	    X509_STORE_load_file(theirs->store, bench->anchors) != 1)
		return false;
	param = X509_STORE_get0_param(theirs->store);
	return X509_VERIFY_PARAM_set_purpose(param, X509_PURPOSE_SSL_SERVER) ==
		   1 &&
	       X509_VERIFY_PARAM_set_flags(param, bench->flags) == 1 &&
	       (bench->host == NULL ||
		   X509_VERIFY_PARAM_set1_host(param, bench->host, 0) == 1);
}

static void *
open_theirs(const struct bounds_input *input)
{
	struct theirs *theirs = calloc(1, sizeof(*theirs));

	if (theirs == NULL)
		return NULL;
	theirs->input = input;
	if (prepare(theirs))
		return theirs;
	close_theirs(theirs);
	return NULL;
}

static int
read_event(int ok, X509_STORE_CTX *ctx)
{
	BIO *out = X509_STORE_CTX_get_app_data(ctx);
	X509 *cert = X509_STORE_CTX_get_current_cert(ctx);

	if (cert == NULL)
		return ok;
	X509_NAME_print_ex(
	    out, X509_get_subject_name(cert), 0, XN_FLAG_ONELINE);
	X509_NAME_print_ex(out, X509_get_issuer_name(cert), 0, XN_FLAG_ONELINE);
	ASN1_TIME_print(out, X509_get0_notBefore(cert));
	ASN1_TIME_print(out, X509_get0_notAfter(cert));
	i2a_ASN1_INTEGER(out, X509_get0_serialNumber(cert));
	X509_check_purpose(cert, X509_PURPOSE_SSL_CLIENT, 0);
	return ok;
}

static STACK_OF(X509) * decode_chain(const struct bench_input *bench)
{
	STACK_OF(X509) *chain = sk_X509_new_null();

	for (unsigned i = 0; chain != NULL && i < bench->chain_size; i++) {
		struct dt_span der = dt_buffer_span(&bench->chain[i]);
		const unsigned char *at = der.data;
		X509 *cert = d2i_X509(NULL, &at, (long)der.size);

		if (cert == NULL || at != der.data + der.size ||
		    sk_X509_push(chain, cert) == 0) {
			X509_free(cert);
			sk_X509_pop_free(chain, X509_free);
			return NULL;
		}
	}
	return chain;
}

static STACK_OF(X509_CRL) * read_crl(const char *path)
{
	STACK_OF(X509_CRL) *list = sk_X509_CRL_new_null();
	BIO *in = BIO_new_file(path, "r");
	X509_CRL *crl = PEM_read_bio_X509_CRL(in, NULL, NULL, NULL);

	if (crl != NULL)
		sk_X509_CRL_push(list, crl);
	BIO_free(in);
	return list;
}

static void
judge(const struct theirs *theirs, STACK_OF(X509) * chain,
    STACK_OF(X509_CRL) * crls, struct bounds_outcome *outcome)
{
	X509_STORE_CTX *ctx = X509_STORE_CTX_new();

	if (ctx != NULL &&
	    X509_STORE_CTX_init(
		ctx, theirs->store, sk_X509_value(chain, 0), chain) == 1 &&
	    X509_STORE_CTX_set_app_data(ctx, theirs->text) == 1) {
		X509_STORE_CTX_set0_crls(ctx, crls);
		X509_STORE_CTX_set_verify_cb(ctx, read_event);
		if (X509_verify_cert(ctx) == 1)
			*outcome =
			    (struct bounds_outcome){ BOUNDS_ACCEPTED, 0 };
		else
			*outcome = (struct bounds_outcome){ BOUNDS_REFUSED,
				X509_STORE_CTX_get_error(ctx) };
	}
	X509_STORE_CTX_free(ctx);
}

static bool
run_verify(void *state, struct bounds_outcome *outcome)
{
	const struct theirs *theirs = state;
	const struct bench_input *bench = &theirs->input->bench;
	STACK_OF(X509) *chain = decode_chain(bench);
	STACK_OF(X509_CRL) *crls =
	    bench->crl != NULL ? read_crl(bench->crl) : NULL;

	*outcome = (struct bounds_outcome){ BOUNDS_FAILED, DICOMTLS_E_FORMAT };
	if (chain != NULL)
		judge(theirs, chain, crls, outcome);
	sk_X509_pop_free(chain, X509_free);
	sk_X509_CRL_pop_free(crls, X509_CRL_free);
	ERR_clear_error();
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
	X509_STORE *store = X509_STORE_new();
	bool loaded;

	if (store == NULL)
		return false;
	loaded = X509_STORE_load_file(store, input->bench.anchors) == 1;
	X509_STORE_free(store);
	ERR_clear_error();
	*outcome =
	    (struct bounds_outcome){ loaded ? BOUNDS_ACCEPTED : BOUNDS_FAILED,
		    loaded ? 0 : DICOMTLS_E_FORMAT };
	return true;
}

static void *
open_server(const struct bounds_input *input)
{
	return bounds_server_open(&openssl_backend, input);
}

const struct bounds_side bounds_openssl_tls = { open_server, bounds_server_run,
	bounds_server_close };
const struct bounds_side bounds_openssl_renegotiated = { open_server,
	bounds_server_renegotiated, bounds_server_close };
const struct bounds_side bounds_openssl_verify = { open_theirs, run_verify,
	close_theirs };
const struct bounds_side bounds_openssl_load = { borrow, run_load, NULL };
