/*
 * Certificates in files; see input.h. PEM labels are those that OpenSSL reads
 * as a certificate; what OpenSSL appends to a trusted one is cut off. Blocks
 * of other kinds are passed over.
 */
#include "tools/input.h"

#include "base/buffer.h"
#include "base/der.h"
#include "base/limits.h"

#include "dicomtls.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const labels[] = {
	"CERTIFICATE",
	"X509 CERTIFICATE",
	"TRUSTED CERTIFICATE",
};

static int
read_file(const char *path, struct dt_buffer *content, struct dt_message *why)
{
	FILE *file = fopen(path, "re");
	uint8_t block[4096];
	size_t n;
	int rc = 0;

	if (file == NULL) {
		dt_message_set(why, "%s: %s", path, strerror(errno));
		return DICOMTLS_E_IO;
	}
	while (rc == 0 && (n = fread(block, 1, sizeof(block), file)) > 0) {
		rc = dt_buffer_append(content, block, n);
		if (dt_buffer_size(content) > DT_MAX_FILE_SIZE)
			rc = DICOMTLS_E_LIMIT;
	}
	if (rc < 0)
		dt_message_set(why, "%s: too large", path);
	else if (ferror(file) != 0) {
		dt_message_set(why, "%s: %s", path, strerror(errno));
		rc = DICOMTLS_E_IO;
	}
	fclose(file);
	return rc;
}

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

static const char *
label_at(const char *begin)
{
	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
		size_t size = strlen(labels[i]);

		if (strncmp(begin, labels[i], size) == 0 &&
		    strncmp(begin + size, "-----", 5) == 0)
			return labels[i];
	}
	return NULL;
}

/* text ends with a NUL. */
static int
keep_pem(struct input *input, const char *text)
{
	static const char begin[] = "-----BEGIN ";
	int rc = 0;

	while (rc == 0 && (text = strstr(text, begin)) != NULL) {
		const char *label = label_at(text + strlen(begin));
		gnutls_datum_t block = { (unsigned char *)text,
			(unsigned)strlen(text) };
		gnutls_datum_t der = { NULL, 0 };

		text += strlen(begin);
		if (label == NULL)
			continue;
		if (gnutls_pem_base64_decode2(label, &block, &der) < 0)
			return DICOMTLS_E_FORMAT;
		rc = keep(input, dt_span(der.data, der.size));
		gnutls_free(der.data);
	}
	return rc;
}

static int
keep_all(struct input *input, struct dt_buffer *content)
{
	struct dt_span bytes = dt_buffer_span(content);
	char *text;
	int rc;

	if (dt_der_peek(bytes, DT_DER_SEQUENCE))
		return keep(input, bytes);
	text = dt_buffer_take_text(content);
	if (text == NULL)
		return DICOMTLS_E_NOMEM;
	rc = keep_pem(input, text);
	free(text);
	return rc == 0 && input->count == 0 ? DICOMTLS_E_FORMAT : rc;
}

int
input_load(struct input *input, const char *path, struct dt_message *why)
{
	struct dt_buffer content = { 0 };
	int rc;

	memset(input, 0, sizeof(*input));
	rc = read_file(path, &content, why);
	if (rc == 0) {
		rc = keep_all(input, &content);
		if (rc < 0)
			dt_message_set(why, "%s: certificate %u: %s", path,
			    input->count + 1,
			    rc == DICOMTLS_E_FORMAT ? "not PEM or DER"
						    : "no memory");
	}
	if (rc < 0)
		input_clear(input);
	dt_buffer_clear(&content);
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
