/*
 * PEM blocks and files; see pem.h. A file may hold a key: what was read is in
 * one piece of memory, and the blocks of keys are not decoded.
 */
#include "x509/pem.h"

#include "base/base64.h"
#include "base/der.h"
#include "base/limits.h"
#include "dicomtls.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const char begin_mark[] = "-----BEGIN ";
static const char end_mark[] = "-----END ";
static const char dashes[] = "-----";

/* Moves what was read to more room, and wipes where it was. Just as much room
 * as asked for: all of it is wiped in the end. */
static int
grow(struct dt_buffer *buffer, size_t room)
{
	struct dt_span held = dt_buffer_span(buffer);
	struct dt_buffer larger = { .data = malloc(room), .room = room };

	if (larger.data == NULL)
		return DICOMTLS_E_NOMEM;
	dt_buffer_append(&larger, held.data, held.size);
	dt_buffer_wipe(buffer);
	*buffer = larger;
	return 0;
}

/* expected: the size if it is a file; a pipe has none. */
static int
read_all(int fd, size_t expected, struct dt_buffer *out)
{
	int rc = grow(out, expected + 1); /* one more, to see the end */

	while (rc == 0) {
		size_t room = out->room - out->end;
		ssize_t size = read(fd, out->data + out->end, room);

		if (size == 0)
			return 0;
		if (size < 0 && errno == EINTR)
			continue;
		if (size < 0)
			return DICOMTLS_E_IO;
		dt_buffer_commit(out, (size_t)size);
		if (dt_buffer_size(out) > DT_MAX_FILE_SIZE)
			return DICOMTLS_E_LIMIT;
		if ((size_t)size == room)
			rc = grow(out, 2 * out->room);
	}
	return rc;
}

static int
read_file(int fd, struct dt_buffer *out)
{
	struct stat status;

	if (fstat(fd, &status) != 0)
		return DICOMTLS_E_IO;
	if (status.st_size > (off_t)DT_MAX_FILE_SIZE)
		return DICOMTLS_E_LIMIT;
	return read_all(fd, (size_t)status.st_size, out);
}

int
dt_file_read(const char *path, struct dt_buffer *out, struct dt_message *why)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int rc;

	if (fd < 0) {
		dt_message_set(why, "%s: %m", path);
		return DICOMTLS_E_IO;
	}
	rc = read_file(fd, out);
	if (rc == DICOMTLS_E_IO)
		dt_message_set(why, "%s: %m", path);
	else if (rc == DICOMTLS_E_LIMIT)
		dt_message_set(
		    why, "%s: larger than %u bytes", path, DT_MAX_FILE_SIZE);
	else if (rc < 0)
		dt_message_set(why, "%s: no memory", path);
	close(fd);
	return rc;
}

/* What OpenSSL drops at the end of a line: whatever a signed char has not above
 * the blank. */
static bool
is_dropped(uint8_t octet)
{
	return octet <= ' ' || octet >= 0x80;
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
	while (line->size > 0 && is_dropped(line->data[line->size - 1]))
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

/* The text between the marks, on its way to bytes. What stands before an empty
 * line is a header (RFC 1421 4.4), with or without a colon in it; without an
 * empty line or a colon, all is data (get_header_and_data). */
struct body {
	enum { UNDECIDED, HEADER, DATA } part;
	bool has_header;
	bool ended;  /* a short line behind a header is the last one */
	size_t size; /* of the lines so far */
	struct dt_base64 base64;
	struct dt_buffer *der;
	bool is_key; /* whose bytes are not made */
	size_t pads;
};

/* Lines of data behind a header have this length. */
#define LINE_SIZE 64

static int
decode_line(struct body *body, struct dt_span line)
{
	uint8_t *at = dt_buffer_reserve(body->der, dt_base64_room(line.size));
	size_t size;

	if (at == NULL)
		return DICOMTLS_E_NOMEM;
	if (!dt_base64_decode(&body->base64, line, at, &size))
		return DICOMTLS_E_FORMAT;
	dt_buffer_commit(body->der, size);
	return 0;
}

static bool
is_base64(uint8_t letter)
{
	return (letter >= 'A' && letter <= 'Z') ||
	       (letter >= 'a' && letter <= 'z') ||
	       (letter >= '0' && letter <= '9') || letter == '+' ||
	       letter == '/';
}

/* A damaged block ends the walk, whatever it holds: PEM_read_bio decodes
 * each on its way to the one it looks for. */
static int
check_line(struct body *body, struct dt_span line)
{
	for (size_t i = 0; i < line.size; i++) {
		bool pad = line.data[i] == '=';

		if (!pad && (body->pads > 0 || !is_base64(line.data[i])))
			return DICOMTLS_E_FORMAT;
		body->pads += pad;
	}
	return 0;
}

static bool
is_complete(const struct body *body)
{
	if (body->part == HEADER)
		return false;
	if (body->is_key)
		return body->size > 0 && body->size % 4 == 0 && body->pads <= 2;
	return dt_buffer_size(body->der) > 0 &&
	       dt_base64_is_complete(&body->base64);
}

/* What was taken for data was a header. */
static int
begin_data(struct body *body)
{
	if (body->part == DATA)
		return DICOMTLS_E_FORMAT;
	body->has_header = body->part == HEADER || body->size > 0;
	body->part = DATA;
	body->size = 0;
	body->pads = 0;
	body->base64 = (struct dt_base64){ 0 };
	dt_buffer_consume(body->der, dt_buffer_size(body->der));
	return 0;
}

static int
take_body_line(struct body *body, struct dt_span line)
{
	if (line.size == 0)
		return begin_data(body);
	if (body->part == HEADER)
		return 0;
	if (body->ended || (body->part == DATA && line.size > LINE_SIZE))
		return DICOMTLS_E_FORMAT;
	body->ended = body->part == DATA && line.size < LINE_SIZE;
	body->size += line.size;
	return body->is_key ? check_line(body, line) : decode_line(body, line);
}

/* "PRIVATE KEY" and all that ends so: "RSA PRIVATE KEY", "ENCRYPTED ...". */
static bool
is_key(struct dt_span label)
{
	static const char tail[] = "PRIVATE KEY";
	size_t size = sizeof(tail) - 1;

	return label.size >= size &&
	       memcmp(label.data + label.size - size, tail, size) == 0;
}

/* A header says how a key is encrypted. Any other, and any in front of what is
 * no secret, is refused (PEM_get_EVP_CIPHER_INFO). */
static bool
may_have_header(const struct dt_pem *block)
{
	return !dt_pem_is_certificate(block) && !dt_pem_is_crl(block);
}

static int
end_body(
    const struct body *body, struct dt_span mark, const struct dt_pem *block)
{
	struct dt_span name;

	return read_mark(mark, end_mark, &name) &&
		       dt_span_equal(name, block->label) && is_complete(body) &&
		       (!body->has_header || may_have_header(block))
		   ? 1
		   : DICOMTLS_E_FORMAT;
}

/* Room for the whole block at once: base64 has no dash, the end mark has. */
static bool
reserve_body(const struct body *body, struct dt_span text)
{
	const uint8_t *dash = memchr(text.data, '-', text.size);

	return body->is_key || dash == NULL ||
	       dt_buffer_reserve(body->der,
		   dt_base64_room((size_t)(dash - text.data))) != NULL;
}

/* Reads up to the end mark, which must carry the same name. */
static int
read_body(struct dt_span *text, struct dt_pem *block)
{
	struct body body = { .der = &block->der,
		.is_key = is_key(block->label) };
	struct dt_span line;

	if (!reserve_body(&body, *text))
		return DICOMTLS_E_NOMEM;
	while (take_line(text, &line)) {
		int rc;

		if (body.part == UNDECIDED && line.size > 0 &&
		    memchr(line.data, ':', line.size) != NULL)
			body.part = HEADER;
		if (starts_with(line, end_mark, sizeof(end_mark) - 1))
			return end_body(&body, line, block);
		rc = take_body_line(&body, line);
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

/* Some editors put it in front of UTF-8, and OpenSSL passes over it. */
static void
skip_byte_order_mark(struct dt_span *text)
{
	static const uint8_t mark[] = { 0xef, 0xbb, 0xbf };

	if (starts_with(*text, (const char *)mark, sizeof(mark)))
		*text = dt_span_tail(*text, sizeof(mark));
}

int
dt_pem_next(struct dt_pem_iter *iter, struct dt_pem *block)
{
	struct dt_span input = iter->left, line;
	bool first = !iter->started;

	dt_pem_clear(block);
	skip_byte_order_mark(&iter->left);
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
	/* DER that is no certificate may be a key. */
	dt_buffer_wipe(&block->der);
	block->label = dt_span(NULL, 0);
}
