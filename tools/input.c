/*
 * Certificates and CRLs in files; see input.h. What OpenSSL appends to a
 * trusted certificate is cut off; blocks of other kinds are passed over.
 */
#include "tools/input.h"

#include "base/der.h"
#include "x509/pem.h"

#include "dicomtls.h"

#include <stdlib.h>
#include <string.h>

/* Keeps the certificate at the start of der. */
static int
keep(struct input *input, struct dt_span der)
{
	gnutls_datum_t *grown;
	struct dt_der whole;
	unsigned char *copy;

	if (!dt_der_take(&der, DT_DER_SEQUENCE, &whole))
		return DICOMTLS_E_FORMAT;
	grown =
	    realloc(input->certificates, (input->count + 1) * sizeof(*grown));
	if (grown == NULL)
		return DICOMTLS_E_NOMEM;
	input->certificates = grown;
	copy = malloc(whole.whole.size);
	if (copy == NULL)
		return DICOMTLS_E_NOMEM;
	memcpy(copy, whole.whole.data, whole.whole.size);
	grown[input->count].data = copy;
	grown[input->count].size = (unsigned)whole.whole.size;
	input->count++;
	return 0;
}

static int
keep_crl(struct input *input, struct dt_buffer *der)
{
	struct dt_crl *crl;
	int rc = dt_crl_adopt(&crl, der, NULL);

	if (rc == 0 && (rc = dt_array_push(&input->crls, crl)) < 0)
		dt_crl_free(crl);
	return rc;
}

/* DER does not say what it is: what is no CRL may be a certificate. */
static int
keep_block(struct input *input, struct dt_pem *block, unsigned kinds)
{
	if ((kinds & INPUT_CRLS) != 0 && dt_pem_is_crl(block)) {
		int rc = keep_crl(input, &block->der);

		if (rc != DICOMTLS_E_FORMAT || dt_span_is_set(block->label))
			return rc;
	}
	return (kinds & INPUT_CERTIFICATES) != 0 && dt_pem_is_certificate(block)
		   ? keep(input, dt_buffer_span(&block->der))
		   : 0;
}

static int
keep_all(struct input *input, struct dt_span content, unsigned kinds)
{
	struct dt_pem_iter iter = dt_pem_iter(content);
	struct dt_pem block = { 0 };
	int rc;

	while ((rc = dt_pem_next(&iter, &block)) > 0) {
		rc = keep_block(input, &block, kinds);
		if (rc < 0)
			break;
	}
	dt_pem_clear(&block);
	return rc == 0 && input->count + input->crls.count == 0
		   ? DICOMTLS_E_FORMAT
		   : rc;
}

int
input_load(struct input *input, const char *path, unsigned kinds,
    struct dt_message *why)
{
	struct dt_buffer content = { 0 };
	int rc;

	memset(input, 0, sizeof(*input));
	rc = dt_file_read(path, &content, why);
	if (rc == 0) {
		rc = keep_all(input, dt_buffer_span(&content), kinds);
		if (rc < 0)
			dt_message_set(why, "%s: %s %zu: %s", path,
			    (kinds & INPUT_CRLS) != 0 ? "object"
						      : "certificate",
			    input->count + input->crls.count + 1,
			    rc == DICOMTLS_E_FORMAT ? "not PEM or DER"
						    : "no memory");
	}
	if (rc < 0)
		input_clear(input);
	dt_buffer_wipe(&content);
	return rc;
}

void
input_clear(struct input *input)
{
	for (unsigned i = 0; i < input->count; i++)
		free(input->certificates[i].data);
	free(input->certificates);
	dt_crl_list_clear(&input->crls);
	memset(input, 0, sizeof(*input));
}
