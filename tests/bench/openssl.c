/*
 * OpenSSL's side of the bench, through the calls that libssl makes for a peer's
 * certificates: d2i_X509 for each, X509_verify_cert.
 */
#include "bench/peer.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>

static X509 *
decode(const struct dt_buffer *der)
{
	struct dt_span span = dt_buffer_span(der);
	const unsigned char *at = span.data;

	return d2i_X509(NULL, &at, (long)span.size);
}

/* Extensions are decoded when first asked for. */
static bool
openssl_parse(const struct bench_input *input)
{
	X509 *cert = decode(&input->chain[0]);
	bool ok = cert != NULL && X509_check_purpose(cert, -1, 0) == 1;

	X509_free(cert);
	return ok;
}

static void
openssl_unload(void *trust)
{
	X509_STORE_free(trust);
}

static bool
load_crl(X509_STORE *store, const char *path)
{
	X509_LOOKUP *lookup = X509_STORE_add_lookup(store, X509_LOOKUP_file());

	return lookup != NULL &&
	       X509_load_crl_file(lookup, path, X509_FILETYPE_PEM) == 1;
}

static void *
openssl_load(const struct bench_input *input)
{
	X509_STORE *store = X509_STORE_new();

	if (store == NULL || X509_STORE_load_file(store, input->anchors) != 1 ||
	    (input->crl != NULL && !load_crl(store, input->crl)) ||
	    X509_STORE_set_purpose(store, X509_PURPOSE_SSL_SERVER) != 1 ||
	    X509_STORE_set_flags(store, input->flags) != 1) {
		X509_STORE_free(store);
		return NULL;
	}
	return store;
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

static bool
openssl_verify(
    void *store, const struct bench_input *input, struct bench_verdict *verdict)
{
	X509_STORE_CTX *ctx = X509_STORE_CTX_new();
	STACK_OF(X509) *chain = decode_chain(input);
	long sum = 0;
	bool ok = false;

	if (ctx == NULL || chain == NULL ||
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
	sk_X509_pop_free(chain, X509_free);
	ERR_clear_error();
	return ok;
}

const struct bench_peer bench_openssl = {
	"openssl",
	openssl_parse,
	openssl_load,
	openssl_unload,
	openssl_verify,
};
