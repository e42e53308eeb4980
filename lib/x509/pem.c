/*
 * PEM blocks and files; see pem.h. Encrypted blocks are found like others;
 * their contents are what their base64 says.
 */
#include "x509/pem.h"

#include "base/der.h"
#include "base/limits.h"
#include "dicomtls.h"

#include <nettle/base64.h>

#include <stdio.h>

static const char begin_mark[] = "-----BEGIN ";
static const char end_mark[] = "-----END ";
static const char dashes[] = "-----";

static int
read_stream(FILE *file, struct dt_buffer *out)
{
	static const size_t step = 64 * 1024;

	for (;;) {
		uint8_t *at = dt_buffer_reserve(out, step);
		size_t size;

		if (at == NULL)
			return DICOMTLS_E_NOMEM;
		size = fread(at, 1, step, file);
		if (ferror(file))
			return DICOMTLS_E_IO;
		if (size == 0)
			return 0;
		dt_buffer_commit(out, size);
		if (dt_buffer_size(out) > DT_MAX_FILE_SIZE)
			return DICOMTLS_E_LIMIT;
	}
}

int
dt_file_read(const char *path, struct dt_buffer *out, struct dt_message *why)
{
	FILE *file = fopen(path, "rbe");
	int rc;

	if (file == NULL) {
		dt_message_set(why, "%s: %m", path);
		return DICOMTLS_E_IO;
	}
	rc = read_stream(file, out);
	if (rc == DICOMTLS_E_IO)
		dt_message_set(why, "%s: %m", path);
	else if (rc == DICOMTLS_E_LIMIT)
		dt_message_set(
		    why, "%s: larger than %u bytes", path, DT_MAX_FILE_SIZE);
	else if (rc < 0)
		dt_message_set(why, "%s: no memory", path);
	fclose(file);
	return rc;
}

/* Takes one line; its end and blanks before that are not part of it. */
static bool
take_line(struct dt_span *text, struct dt_span *line)
{
	const uint8_t *end;
	size_t size;

	if (text->size == 0)
		return false;
	end = memchr(text->data, '\n', text->size);
	size = end ? (size_t)(end - text->data) + 1 : text->size;
	*line = dt_span(text->data, size);
	text->data += size;
	text->size -= size;
	while (line->size > 0 && line->data[line->size - 1] <= ' ')
		line->size--;
	return true;
}

static bool
starts_with(struct dt_span line, const char *text, size_t size)
{
	return line.size >= size && memcmp(line.data, text, size) == 0;
}

/* The name in "-----BEGIN name-----", and likewise at the end. */
static bool
read_mark(struct dt_span line, const char *mark, struct dt_span *name)
{
	size_t size = strlen(mark), tail = sizeof(dashes) - 1;

	if (!starts_with(line, mark, size) || line.size < size + tail ||
	    memcmp(line.data + line.size - tail, dashes, tail) != 0)
		return false;
	*name = dt_span(line.data + size, line.size - size - tail);
	return true;
}

static int
decode_line(struct base64_decode_ctx *base64, struct dt_span line,
    struct dt_buffer *der)
{
	uint8_t *at = dt_buffer_reserve(der, BASE64_DECODE_LENGTH(line.size));
	size_t size;

	if (at == NULL)
		return DICOMTLS_E_NOMEM;
	if (!base64_decode_update(
		base64, &size, at, line.size, (const char *)line.data))
		return DICOMTLS_E_FORMAT;
	dt_buffer_commit(der, size);
	return 0;
}

/* RFC 1421 header lines have a colon, and lines that continue them start with
 * a blank; base64 has neither. */
static bool
is_header(struct dt_span line)
{
	return line.size > 0 &&
	       (memchr(line.data, ':', line.size) != NULL ||
		   line.data[0] == ' ' || line.data[0] == '\t');
}

/* Reads up to the end mark, which must carry the same name. */
static int
read_body(struct dt_span *text, struct dt_pem *block)
{
	struct base64_decode_ctx base64;
	struct dt_span line, name;
	bool in_header = true;

	base64_decode_init(&base64);
	while (take_line(text, &line)) {
		int rc;

		if (starts_with(line, end_mark, sizeof(end_mark) - 1)) {
			return read_mark(line, end_mark, &name) &&
				       dt_span_equal(name, block->label) &&
				       base64_decode_final(&base64)
				   ? 1
				   : DICOMTLS_E_FORMAT;
		}
		in_header = in_header && is_header(line);
		if (in_header)
			continue;
		rc = decode_line(&base64, line, &block->der);
		if (rc < 0)
			return rc;
	}
	return DICOMTLS_E_FORMAT;
}

struct dt_pem_iter
dt_pem_iter(struct dt_span text)
{
	return (struct dt_pem_iter){ text, false };
}

/* The whole input as one block. */
static int
take_der(struct dt_span input, struct dt_pem *block)
{
	block->label = dt_span(NULL, 0);
	return dt_buffer_append(&block->der, input.data, input.size) < 0
		   ? DICOMTLS_E_NOMEM
		   : 1;
}

int
dt_pem_next(struct dt_pem_iter *iter, struct dt_pem *block)
{
	struct dt_span input = iter->left, line;
	bool first = !iter->started;

	dt_pem_clear(block);
	iter->started = true;
	while (take_line(&iter->left, &line)) {
		if (read_mark(line, begin_mark, &block->label))
			return read_body(&iter->left, block);
	}
	return first && dt_der_peek(input, DT_DER_SEQUENCE)
		   ? take_der(input, block)
		   : 0;
}

bool
dt_pem_has_label(const struct dt_pem *block, const char *label)
{
	return dt_span_equal(block->label, dt_span(label, strlen(label)));
}

bool
dt_pem_is_trusted_certificate(const struct dt_pem *block)
{
	return dt_pem_has_label(block, "TRUSTED CERTIFICATE");
}

bool
dt_pem_is_certificate(const struct dt_pem *block)
{
	return !dt_span_is_set(block->label) ||
	       dt_pem_has_label(block, "CERTIFICATE") ||
	       dt_pem_has_label(block, "X509 CERTIFICATE") ||
	       dt_pem_is_trusted_certificate(block);
}

bool
dt_pem_is_crl(const struct dt_pem *block)
{
	return !dt_span_is_set(block->label) ||
	       dt_pem_has_label(block, "X509 CRL");
}

void
dt_pem_clear(struct dt_pem *block)
{
	dt_buffer_clear(&block->der);
	block->label = dt_span(NULL, 0);
}
