/*
 * Elements in elements without end, with lengths and with lengths left open
 * (X.690 8.1.3.6): stack, and time for finding ends again and again.
 */
#include "deep/bounds_remake.h"

#include "base/der.h"
#include "base/limits.h"
#include "dicomtls.h"
#include "tools/der_writer.h"

#include <stdlib.h>

#define SUBJECT_ALT_NAME "2.5.29.17"

/* Room for a header in front of up to 16 MiB. */
#define HEADER 5

/* So many elements of this tag, one in the other, from the innermost on. */
static void
put_nested(struct dt_buffer *out, uint8_t tag, size_t depth)
{
	const size_t room = depth * HEADER;
	uint8_t *octets = malloc(room);
	size_t at = room;

	for (size_t i = 0; octets != NULL && i < depth; i++) {
		size_t size = room - at, used = 0;

		do {
			octets[--at] = (uint8_t)(size >> 8 * used);
			used++;
		} while (size >= 0x80 && size >> 8 * used != 0);
		if (size >= 0x80)
			octets[--at] = (uint8_t)(0x80 | used);
		octets[--at] = tag;
	}
	if (octets != NULL)
		dt_buffer_append(out, octets + at, room - at);
	free(octets);
}

/* The same with lengths left open; closed: with ends. */
static void
put_open(struct dt_buffer *out, uint8_t tag, size_t depth, bool closed)
{
	for (size_t i = 0; i < depth; i++) {
		dt_buffer_byte(out, tag);
		dt_buffer_byte(out, 0x80);
	}
	if (closed)
		bounds_fill(out, 0, 2 * depth);
}

/* In the value of an otherName, which may be anything. Consumes the value. */
static bool
send_other_name(struct bounds_input *input, struct dt_buffer *value,
    const struct mint_dir *dir)
{
	struct dt_buffer names = { 0 };
	size_t list = der_begin(&names), name = der_begin(&names), any;
	bool ok;

	der_put_oid(&names, "1.2.3.4");
	any = der_begin(&names);
	dt_buffer_append(&names, value->data, dt_buffer_size(value));
	der_end(&names, any, DT_DER_CONTEXT_CONSTRUCTED | 0);
	der_end(&names, name, DT_DER_CONTEXT_CONSTRUCTED | 0);
	der_end(&names, list, DT_DER_SEQUENCE);
	dt_buffer_clear(value);
	ok = bounds_send_extended(input, SUBJECT_ALT_NAME, &names, dir);
	dt_buffer_clear(&names);
	return ok;
}

static bool
make_nested(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	struct dt_buffer value = { 0 };

	(void)row;
	put_nested(&value, DT_DER_SEQUENCE, size);
	return send_other_name(input, &value, dir);
}

static bool
make_open(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	struct dt_buffer value = { 0 };

	(void)row;
	put_open(&value, DT_DER_SEQUENCE, size, true);
	return send_other_name(input, &value, dir);
}

/* A dNSName put together of pieces of pieces (X.690 8.21, 8.7.3). */
static bool
make_pieces(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	struct dt_buffer names = { 0 };
	size_t list = der_begin(&names), name = der_begin(&names);
	bool ok;

	(void)row;
	put_nested(&names, DT_DER_OCTET_STRING | 0x20, size);
	der_end(&names, name, DT_DER_CONTEXT_CONSTRUCTED | MINT_DNS);
	der_end(&names, list, DT_DER_SEQUENCE);
	ok = bounds_send_extended(input, SUBJECT_ALT_NAME, &names, dir);
	dt_buffer_clear(&names);
	return ok;
}

/* Instead of a certificate. Consumes it. */
static bool
send_alone(struct bounds_input *input, struct dt_buffer *der,
    const struct mint_dir *dir)
{
	input->bench.chain[0] = *der;
	input->bench.chain_size = 1;
	return !dt_buffer_failed(der) &&
	       bench_trust(&input->bench, dir, &bench_root);
}

static bool
make_sequences(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	struct dt_buffer der = { 0 };

	(void)row;
	put_nested(&der, DT_DER_SEQUENCE, size);
	return send_alone(input, &der, dir);
}

static bool
make_never_closed(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	struct dt_buffer der = { 0 };

	(void)row;
	put_open(&der, DT_DER_SEQUENCE, size, false);
	return send_alone(input, &der, dir);
}

#define ROW(text, maker, depth, end, code)                                     \
	.attack = text, .make = maker, .size = depth, .quick = depth,          \
	.ours = &bounds_ours_verify, .theirs = &bounds_openssl_verify,         \
	.wanted = { end, code }, .times = 4, .more = 128
#define LIMIT(name) .limit = #name, .value = name

const struct bounds_row bounds_nesting[] = {
	{ ROW("31 deep in an otherName", make_nested, 31, BOUNDS_ACCEPTED, 0) },
	{ ROW("100,000 deep in an otherName", make_nested, 100000,
	    BOUNDS_ACCEPTED, 0) },
	{ ROW("31 deep, lengths open", make_open, 31, BOUNDS_ACCEPTED, 0) },
	{ ROW("100,000 deep, lengths open", make_open, 100000, BOUNDS_ACCEPTED,
	    0) },
	{ ROW("100,000 SEQUENCEs for a certificate", make_sequences, 100000,
	      BOUNDS_FAILED, DICOMTLS_E_FORMAT),
	    LIMIT(DT_MAX_DER_DEPTH) },
	{ ROW("100,000 of them, never closed", make_never_closed, 100000,
	      BOUNDS_FAILED, DICOMTLS_E_FORMAT),
	    LIMIT(DT_MAX_DER_DEPTH) },
	{ ROW("a string in pieces, 6 deep", make_pieces, 6, BOUNDS_REFUSED,
	      DICOMTLS_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY),
	    LIMIT(DT_MAX_STRING_NEST) },
	{ ROW("a string in pieces, 100,000 deep", make_pieces, 100000,
	      BOUNDS_REFUSED, DICOMTLS_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY),
	    LIMIT(DT_MAX_STRING_NEST) },
	{ .attack = NULL },
};
