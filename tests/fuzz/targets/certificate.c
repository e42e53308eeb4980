/* Any octets as a certificate, its auxiliary trust and its text. */
#include "target.h"

#include "compat/certificate_string.h"
#include "x509/cert.h"

static void
look_at(struct dt_cert *cert)
{
	struct dt_buffer text = { 0 };
	struct dt_cert *again;

	REQUIRE(dt_certificate_string(cert, &text) == 0);
	REQUIRE(dt_buffer_size(&text) > 0);
	dt_buffer_clear(&text);
	REQUIRE(dt_cert_equal(cert, cert));
	/* What was taken for a certificate is one by itself. */
	REQUIRE(dt_cert_parse(&again, cert->der, NULL, NULL) == 0);
	REQUIRE(dt_cert_equal(cert, again));
	REQUIRE(again->flags == cert->flags);
	dt_cert_free(again);
	dt_cert_free(cert);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *copy = fuzz_copy(dt_span(data, size));
	struct dt_cert *cert;
	struct dt_cert *trusted;
	struct dt_message why;
	size_t consumed = 0;
	int rc = dt_cert_parse(&cert, dt_span(copy, size), &consumed, &why);
	int aux = dt_cert_parse_aux(&trusted, dt_span(copy, size), &why);

	free(copy);
	if (rc == 0) {
		REQUIRE(consumed > 0 && consumed <= size);
		look_at(cert);
	}
	if (aux == 0) {
		REQUIRE(rc == 0);
		look_at(trusted);
	}
	return 0;
}
