/* Any octets as a file of PEM blocks or DER. */
#include "target.h"

#include "x509/cert.h"
#include "x509/crl.h"
#include "x509/pem.h"

static void
look_at(const struct dt_pem *block)
{
	struct dt_span der = dt_buffer_span(&block->der);
	struct dt_cert *cert;
	struct dt_crl *crl;

	if (dt_pem_is_trusted_certificate(block) &&
	    dt_cert_parse_aux(&cert, der, NULL) == 0)
		dt_cert_free(cert);
	else if (dt_pem_is_certificate(block) &&
		 dt_cert_parse(&cert, der, NULL, NULL) == 0)
		dt_cert_free(cert);
	if (dt_pem_is_crl(block) && dt_crl_parse(&crl, der, NULL, NULL) == 0)
		dt_crl_free(crl);
	/* A key is for GnuTLS to decode; here no copy of it is made. */
	if (dt_pem_has_label(block, "PRIVATE KEY"))
		REQUIRE(der.size == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *copy = fuzz_copy(dt_span(data, size));
	struct dt_pem_iter iter = dt_pem_iter(dt_span(copy, size));
	struct dt_pem block = { 0 };
	size_t left = size + 1;

	while (dt_pem_next(&iter, &block) == 1) {
		look_at(&block);
		/* Each block takes something, so that the walk ends. */
		REQUIRE(iter.left.size < left);
		left = iter.left.size;
	}
	dt_pem_clear(&block);
	free(copy);
	return 0;
}
