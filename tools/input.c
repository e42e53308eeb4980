/*
 * Certificates in files; see input.h. What OpenSSL appends to a trusted
 * certificate is cut off; blocks of other kinds are passed over.
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
keep_all(struct input *input, struct dt_span content)
{
	struct dt_pem_iter iter = dt_pem_iter(content);
	struct dt_pem block = { 0 };
	int rc;

	while ((rc = dt_pem_next(&iter, &block)) > 0) {
		if (!dt_pem_is_certificate(&block))
			continue;
		rc = keep(input, dt_buffer_span(&block.der));
		if (rc < 0)
			break;
	}
	dt_pem_clear(&block);
	return rc == 0 && input->count == 0 ? DICOMTLS_E_FORMAT : rc;
}

int
input_load(struct input *input, const char *path, struct dt_message *why)
{
	struct dt_buffer content = { 0 };
	int rc;

	memset(input, 0, sizeof(*input));
	rc = dt_file_read(path, &content, why);
	if (rc == 0) {
		rc = keep_all(input, dt_buffer_span(&content));
		if (rc < 0)
			dt_message_set(why, "%s: certificate %u: %s", path,
			    input->count + 1,
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
	memset(input, 0, sizeof(*input));
}
