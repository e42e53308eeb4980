/*
 * A TLS server and a client that composes its octets itself, in clear as far
 * as TLS 1.2 has them so: ClientHello, Certificate, ClientKeyExchange, and a
 * CertificateVerify that nobody has computed (RFC 5246 7.3).
 */
#include "deep/bounds_flight.h"

#include "base/limits.h"
#include "hostile/alerts.h"

/* RFC 5246 7.4, RFC 8879 4. */
enum {
	CERTIFICATE = 11,
	CERTIFICATE_VERIFY = 15,
	KEY_EXCHANGE = 16,
	COMPRESSED_CERTIFICATE = 25
};

#define MOST_IN_RECORD 16384
#define X25519_SIZE 32
#define SIGNATURE_SIZE 256

static void
put_be24(struct dt_buffer *out, size_t value)
{
	dt_buffer_byte(out, (uint8_t)(value >> 16));
	dt_buffer_be16(out, (uint16_t)value);
}

/* A handshake message, in as many records as it takes. Consumes the body. */
static void
put_message(struct dt_buffer *out, uint8_t type, struct dt_buffer *body)
{
	struct dt_buffer message = { 0 };
	struct dt_span left;

	dt_buffer_byte(&message, type);
	put_be24(&message, dt_buffer_size(body));
	dt_buffer_append(
	    &message, dt_buffer_span(body).data, dt_buffer_size(body));
	left = dt_buffer_span(&message);
	while (left.size > 0) {
		size_t size =
		    left.size < MOST_IN_RECORD ? left.size : MOST_IN_RECORD;

		record_append(
		    out, RECORD_HANDSHAKE, 0x0303, dt_span(left.data, size));
		left = dt_span_tail(left, size);
	}
	dt_buffer_clear(&message);
	dt_buffer_clear(body);
}

static void
put_hello(struct dt_buffer *out, const struct hello *hello)
{
	struct dt_buffer message = { 0 };

	hello_append(&message, hello);
	record_append(out, RECORD_HANDSHAKE, 0x0301, dt_buffer_span(&message));
	dt_buffer_clear(&message);
}

static void
put_key_exchange(struct dt_buffer *out)
{
	struct dt_buffer body = { 0 };

	dt_buffer_byte(&body, X25519_SIZE);
	for (int i = 0; i < X25519_SIZE; i++)
		dt_buffer_byte(&body, BENCH_FORGED);
	put_message(out, KEY_EXCHANGE, &body);
}

static void
put_verify(struct dt_buffer *out, unsigned algorithm, size_t size)
{
	struct dt_buffer body = { 0 };

	dt_buffer_be16(&body, (uint16_t)algorithm);
	dt_buffer_be16(&body, (uint16_t)size);
	while (size-- > 0)
		dt_buffer_byte(&body, BENCH_FORGED);
	put_message(out, CERTIFICATE_VERIFY, &body);
}

static void
put_certificates(struct dt_buffer *out, const struct bench_input *bench)
{
	struct dt_buffer list = { 0 }, body = { 0 };

	for (unsigned i = 0; i < bench->chain_size; i++) {
		struct dt_span der = dt_buffer_span(&bench->chain[i]);

		put_be24(&list, der.size);
		dt_buffer_append(&list, der.data, der.size);
	}
	put_be24(&body, dt_buffer_size(&list));
	dt_buffer_append(&body, list.data, dt_buffer_size(&list));
	dt_buffer_clear(&list);
	put_message(out, CERTIFICATE, &body);
}

bool
bounds_put_flight(struct bounds_input *input, unsigned algorithm)
{
	static const struct hello usual = { 0 };
	const struct bench_input *bench = &input->bench;

	put_hello(&input->wire, &usual);
	put_certificates(&input->wire, bench);
	input->again = dt_buffer_size(&input->wire);
	put_key_exchange(&input->wire);
	put_verify(&input->wire, algorithm,
	    bench->modulus_size != 0 ? bench->modulus_size : SIGNATURE_SIZE);
	return !dt_buffer_failed(&input->wire);
}

bool
bounds_add_own(struct bench_input *bench, const struct mint_dir *dir)
{
	const struct mint_spec *own[] = { &bench_leaf, &bench_ca, NULL };

	if (bench->own == NULL)
		bench->own = mint_dir_certificates(dir, "own.pem", own);
	if (bench->own_key == NULL)
		bench->own_key =
		    mint_dir_key(dir, "own.key", &bench_leaf, NULL);
	return bench->own != NULL && bench->own_key != NULL &&
	       (bench->anchors != NULL || bench_trust(bench, dir, &bench_root));
}

/* A chain of tests/bench in the message. */
static bool
make_chain(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	return bounds_make_bench(input, row, size, dir) &&
	       bounds_add_own(&input->bench, dir) &&
	       bounds_put_flight(input, SIGN_ECDSA);
}

/* Entries that could not be certificates, but so many. */
static bool
make_tiny(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	struct bench_input *bench = &input->bench;

	(void)row;
	bench->chain_size = size;
	for (unsigned i = 0; i < size; i++)
		dt_buffer_be16(&bench->chain[i], 0x3000);
	return bounds_add_own(bench, dir) &&
	       bounds_put_flight(input, SIGN_ECDSA);
}

static const struct hello usual_hello = { 0 };
static const struct hello old_deflate = { .compression = "01 00" };
static const struct hello new_deflate = { .modern = true,
	.compression = "01 00" };
/* compress_certificate: zlib, brotli, zstd (RFC 8879 7.3). */
static const struct hello compressing = { .modern = true,
	.extensions = "001b 0007 06 0001 0002 0003" };

static bool
make_hello(struct bounds_input *input, const struct hello *hello,
    const struct mint_dir *dir)
{
	put_hello(&input->wire, hello);
	input->again = dt_buffer_size(&input->wire);
	return bounds_add_own(&input->bench, dir);
}

static bool
make_old_deflate(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	(void)row;
	(void)size;
	return make_hello(input, &old_deflate, dir);
}

static bool
make_new_deflate(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	(void)row;
	(void)size;
	return make_hello(input, &new_deflate, dir);
}

static bool
make_compressing(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	(void)row;
	(void)size;
	return make_hello(input, &compressing, dir);
}

/* It would be 16 MiB. */
static bool
make_compressed(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	struct dt_buffer body = { 0 };

	(void)row;
	(void)size;
	put_hello(&input->wire, &usual_hello);
	dt_buffer_be16(&body, 1);
	put_be24(&body, 0xffffff);
	put_be24(&body, 0);
	put_message(&input->wire, COMPRESSED_CERTIFICATE, &body);
	input->again = dt_buffer_size(&input->wire);
	return bounds_add_own(&input->bench, dir);
}

/* After a hello, the start of a message of 16 MiB, and records of it. */
static bool
send_endless(struct bounds_input *input, bool greets, uint8_t type,
    const struct mint_dir *dir)
{
	static const uint8_t zeros[MOST_IN_RECORD];
	const uint8_t start[] = { type, 0xff, 0xff, 0xff };

	if (greets)
		put_hello(&input->wire, &usual_hello);
	record_append(&input->wire, RECORD_HANDSHAKE, 0x0303,
	    dt_span(start, sizeof(start)));
	input->again = dt_buffer_size(&input->wire);
	record_append(&input->wire, RECORD_HANDSHAKE, 0x0303,
	    dt_span(zeros, sizeof(zeros)));
	input->times = 1023;
	input->octets = DT_MAX_HANDSHAKE;
	return bounds_add_own(&input->bench, dir);
}

static bool
make_endless_hello(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	(void)row;
	(void)size;
	return send_endless(input, false, 1, dir);
}

static bool
make_endless_certificate(struct bounds_input *input,
    const struct bounds_row *row, unsigned size, const struct mint_dir *dir)
{
	(void)row;
	(void)size;
	return send_endless(input, true, CERTIFICATE, dir);
}

/* A client and a server that are good. */
static bool
make_good(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	(void)row;
	(void)size;
	return bounds_add_own(&input->bench, dir);
}

#define ROW(text, maker, sent, outcome, code)                                  \
	.attack = text, .make = maker, .kind = BENCH_DEPTH, .size = sent,      \
	.quick = sent, .ours = &bounds_ours_tls,                               \
	.theirs = &bounds_openssl_tls, .wanted = { outcome, code },            \
	.times = 5, .more = 256
#define LIMIT(name) .limit = #name, .value = name

const struct bounds_row bounds_tls[] = {
	{ ROW("Certificate message, chain of 100", make_chain, 100,
	    BOUNDS_ALERT, DECRYPT_ERROR) },
	{ ROW("Certificate message, chain of 200", make_chain, 200,
	      BOUNDS_EARLY, UNKNOWN_CA),
	    LIMIT(DT_MAX_CERTIFICATE_MESSAGE) },
	{ ROW("Certificate message, chain of 300, 130 KiB", make_chain, 300,
	      BOUNDS_EARLY, BAD_CERTIFICATE),
	    LIMIT(DT_MAX_CERTIFICATE_MESSAGE) },
	{ ROW("Certificate message, 256 tiny", make_tiny, 256, BOUNDS_EARLY,
	      BAD_CERTIFICATE),
	    LIMIT(DT_MAX_CHAIN) },
	{ ROW("Certificate message, 300 tiny", make_tiny, 300, BOUNDS_EARLY,
	      BAD_CERTIFICATE),
	    LIMIT(DT_MAX_CHAIN) },
	{ ROW("ClientHello of 16 MiB", make_endless_hello, 0, BOUNDS_ALERT,
	      ILLEGAL_PARAMETER),
	    LIMIT(DT_MAX_HANDSHAKE) },
	{ ROW("Certificate message of 16 MiB", make_endless_certificate, 0,
	      BOUNDS_ALERT, ILLEGAL_PARAMETER),
	    LIMIT(DT_MAX_HANDSHAKE) },
	{ ROW("DEFLATE offered, TLS 1.2", make_old_deflate, 0, BOUNDS_ACCEPTED,
	    0) },
	{ ROW("DEFLATE offered, TLS 1.3", make_new_deflate, 0, BOUNDS_ALERT,
	    ILLEGAL_PARAMETER) },
	{ ROW("compress_certificate offered", make_compressing, 0,
	    BOUNDS_ACCEPTED, 0) },
	{ ROW("CompressedCertificate of 16 MiB", make_compressed, 0,
	    BOUNDS_ALERT, UNEXPECTED_MESSAGE) },
	{ "renegotiation, TLS 1.2", .make = make_good,
	    .ours = &bounds_ours_renegotiated,
	    .theirs = &bounds_openssl_renegotiated,
	    .wanted = { BOUNDS_ALERT, NO_RENEGOTIATION }, .more = 512 },
	{ .attack = NULL },
};
