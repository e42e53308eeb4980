/*
 * GnuTLS's own verification, for comparison: the trust list that
 * gnutls_certificate_verify_peers3 uses. It knows no policies.
 */
#include "bench/peer.h"

#include <gnutls/x509.h>

static bool
import(gnutls_x509_crt_t *cert, const struct dt_buffer *der)
{
	struct dt_span span = dt_buffer_span(der);
	const gnutls_datum_t datum = { (unsigned char *)span.data,
		(unsigned)span.size };

	if (gnutls_x509_crt_init(cert) < 0)
		return false;
	if (gnutls_x509_crt_import(*cert, &datum, GNUTLS_X509_FMT_DER) == 0)
		return true;
	gnutls_x509_crt_deinit(*cert);
	return false;
}

static bool
gnutls_parse(const struct bench_input *input)
{
	gnutls_x509_crt_t cert;

	if (!import(&cert, &input->chain[0]))
		return false;
	gnutls_x509_crt_deinit(cert);
	return true;
}

static void
gnutls_unload(void *trust)
{
	gnutls_x509_trust_list_deinit(trust, 1);
}

static void *
gnutls_load(const struct bench_input *input)
{
	gnutls_x509_trust_list_t trust = NULL;

	if (gnutls_x509_trust_list_init(&trust, 0) < 0)
		return NULL;
	if (gnutls_x509_trust_list_add_trust_file(trust, input->anchors,
		input->crl, GNUTLS_X509_FMT_PEM, 0, 0) > 0)
		return trust;
	gnutls_x509_trust_list_deinit(trust, 1);
	return NULL;
}

static bool
gnutls_verify(
    void *trust, const struct bench_input *input, struct bench_verdict *verdict)
{
	gnutls_typed_vdata_st data = { GNUTLS_DT_KEY_PURPOSE_OID,
		(unsigned char *)GNUTLS_KP_TLS_WWW_SERVER, 0 };
	gnutls_x509_crt_t chain[BENCH_CHAIN];
	unsigned status = 0;
	unsigned n = 0;
	bool ok = false;

	while (n < input->chain_size && import(&chain[n], &input->chain[n]))
		n++;
	if (n == input->chain_size &&
	    gnutls_x509_trust_list_verify_crt2(
		trust, chain, n, &data, 1, 0, &status, NULL) == 0)
		ok = true;
	*verdict = (struct bench_verdict){ status == 0, 0 };
	while (n > 0)
		gnutls_x509_crt_deinit(chain[--n]);
	return ok;
}

const struct bench_peer bench_gnutls = {
	"gnutls",
	gnutls_parse,
	gnutls_load,
	gnutls_unload,
	gnutls_verify,
};
