/* Records by hand; see wire.h. */
#include "hostile/wire.h"

#include <ctype.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { SERVER_HELLO = 2, ALERT_FATAL = 2, HEADER = 5 };

static const char usual_suites[] = "1301 1302 c02b c02c";
/* X25519 and P-256; ECDSA and RSA-PSS with SHA-256. */
static const char usual_extensions[] =
    "000a 0006 0004 001d 0017  000d 0006 0004 0403 0804";
static const char modern_extensions[] =
    "002b 0003 02 0304  0033 0026 0024 001d 0020"
    "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20";

void
hex_append(struct dt_buffer *out, const char *text)
{
	char pair[3] = "";
	size_t held = 0;

	for (; text != NULL && *text != '\0'; text++) {
		if (isspace((unsigned char)*text))
			continue;
		pair[held++] = *text;
		if (held < 2)
			continue;
		dt_buffer_byte(out, (uint8_t)strtoul(pair, NULL, 16));
		held = 0;
	}
}

static void
append_span(struct dt_buffer *out, struct dt_span span)
{
	dt_buffer_append(out, span.data, span.size);
}

/* A vector: its length in this many octets, and the octets. */
static void
append_vector(struct dt_buffer *out, unsigned octets, struct dt_span span)
{
	for (unsigned i = octets; i-- > 0;)
		dt_buffer_byte(out, (uint8_t)(span.size >> 8 * i));
	append_span(out, span);
}

static void
append_hex_vector(struct dt_buffer *out, unsigned octets, const char *text)
{
	struct dt_buffer octets_of = { 0 };

	hex_append(&octets_of, text);
	append_vector(out, octets, dt_buffer_span(&octets_of));
	dt_buffer_clear(&octets_of);
}

static void
append_extensions(struct dt_buffer *out, const struct hello *hello)
{
	struct dt_buffer list = { 0 };
	uint8_t *zeros = calloc(1, hello->padded_size + 1);

	if (!hello->bare)
		hex_append(&list, usual_extensions);
	if (hello->modern)
		hex_append(&list, modern_extensions);
	hex_append(&list, hello->extensions);
	if (zeros != NULL && hello->padded_size > 0) {
		dt_buffer_be16(&list, (uint16_t)hello->padded);
		append_vector(&list, 2, dt_span(zeros, hello->padded_size));
	}
	append_vector(out, 2, dt_buffer_span(&list));
	dt_buffer_clear(&list);
	free(zeros);
}

void
hello_append(struct dt_buffer *out, const struct hello *hello)
{
	struct dt_buffer body = { 0 };
	unsigned version = hello->version != 0 ? hello->version : 0x0303;

	dt_buffer_be16(&body, (uint16_t)version);
	for (uint8_t i = 0; i < 32; i++)
		dt_buffer_byte(&body, i);
	append_hex_vector(&body, 1, hello->session);
	append_hex_vector(
	    &body, 2, hello->suites != NULL ? hello->suites : usual_suites);
	append_hex_vector(
	    &body, 1, hello->compression != NULL ? hello->compression : "00");
	append_extensions(&body, hello);
	dt_buffer_byte(out, 1);
	append_vector(out, 3, dt_buffer_span(&body));
	dt_buffer_clear(&body);
}

void
record_append(struct dt_buffer *out, unsigned type, unsigned version,
    struct dt_span payload)
{
	dt_buffer_byte(out, (uint8_t)type);
	dt_buffer_be16(out, (uint16_t)version);
	append_vector(out, 2, payload);
}

/* A server that says nothing for a minute has lost the thread. */
bool
wire_open(struct wire *wire, unsigned port)
{
	const struct sockaddr_in address = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr = { htonl(INADDR_LOOPBACK) } };
	const struct timeval minute = { .tv_sec = 60 };
	const int on = 1;

	*wire = (struct wire){ .fd = -1 };
	wire->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (wire->fd < 0)
		return false;
	setsockopt(wire->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	setsockopt(wire->fd, SOL_SOCKET, SO_RCVTIMEO, &minute, sizeof(minute));
	setsockopt(wire->fd, SOL_SOCKET, SO_SNDTIMEO, &minute, sizeof(minute));
	return connect(wire->fd, (const struct sockaddr *)&address,
		   sizeof(address)) == 0;
}

void
wire_close(struct wire *wire)
{
	if (wire->fd >= 0)
		close(wire->fd);
	dt_buffer_clear(&wire->in);
}

bool
wire_send(struct wire *wire, struct dt_span octets)
{
	while (octets.size > 0) {
		ssize_t n =
		    send(wire->fd, octets.data, octets.size, MSG_NOSIGNAL);

		if (n < 0)
			return false;
		octets = dt_span_tail(octets, (size_t)n);
	}
	return true;
}

bool
wire_receive(struct wire *wire)
{
	uint8_t octets[16384];
	ssize_t n = recv(wire->fd, octets, sizeof(octets), 0);

	return n > 0 && dt_buffer_append(&wire->in, octets, (size_t)n) == 0;
}

void
wire_finish(struct wire *wire)
{
	shutdown(wire->fd, SHUT_WR);
}

/* Takes the next record off; its payload stays valid until the next call. */
static bool
next_record(struct wire *wire, unsigned *type, struct dt_buffer *payload)
{
	struct dt_span held;
	size_t size;

	for (;;) {
		held = dt_buffer_span(&wire->in);
		size =
		    held.size < HEADER
			? HEADER
			: HEADER + (size_t)(held.data[3] << 8 | held.data[4]);
		if (held.size >= size && held.size >= HEADER)
			break;
		if (!wire_receive(wire))
			return false;
	}
	*type = held.data[0];
	dt_buffer_consume(payload, dt_buffer_size(payload));
	dt_buffer_append(payload, held.data + HEADER, size - HEADER);
	dt_buffer_consume(&wire->in, size);
	return true;
}

static bool
ends_flight(struct dt_span payload)
{
	static const uint8_t hello_done[] = { 14, 0, 0, 0 };
	const size_t size = sizeof(hello_done);

	return payload.size >= size &&
	       memcmp(payload.data + payload.size - size, hello_done, size) ==
		   0;
}

bool
wire_await_flight(struct wire *wire)
{
	struct dt_buffer payload = { 0 };
	unsigned type;
	bool over = false;

	while (!over && next_record(wire, &type, &payload) &&
	       type == RECORD_HANDSHAKE)
		over = ends_flight(dt_buffer_span(&payload));
	dt_buffer_clear(&payload);
	return over;
}

bool
wire_await_retry(struct wire *wire)
{
	/* SHA-256 of its name begins with these (RFC 8446 4.1.3). */
	static const uint8_t mark[] = { 0xcf, 0x21, 0xad, 0x74 };
	const size_t at = 4 + 2; /* header, version */
	struct dt_buffer payload = { 0 };
	struct dt_span held;
	unsigned type;
	bool asked = false;

	if (next_record(wire, &type, &payload)) {
		held = dt_buffer_span(&payload);
		asked = type == RECORD_HANDSHAKE && held.size > at + 32 &&
			held.data[0] == SERVER_HELLO &&
			memcmp(held.data + at, mark, sizeof(mark)) == 0;
	}
	dt_buffer_clear(&payload);
	return asked;
}

/* What this record decides, -1: nothing. */
static int
outcome_of(unsigned type, struct dt_span payload)
{
	if (type == RECORD_ALERT && payload.size == 2 &&
	    payload.data[0] == ALERT_FATAL)
		return payload.data[1];
	if (type == RECORD_HANDSHAKE && payload.size > 0 &&
	    payload.data[0] == SERVER_HELLO)
		return ENDED_ANSWERED;
	return -1;
}

int
wire_outcome(struct wire *wire)
{
	struct dt_buffer payload = { 0 };
	int outcome = -1;
	unsigned type;

	errno = 0;
	while (outcome < 0 && next_record(wire, &type, &payload))
		outcome = outcome_of(type, dt_buffer_span(&payload));
	dt_buffer_clear(&payload);
	if (outcome >= 0)
		return outcome;
	return errno == EAGAIN ? ENDED_SILENT : ENDED_CLOSED;
}
