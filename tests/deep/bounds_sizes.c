/*
 * Certificates of up to 16 MiB: one field of a leaf grows without end. Sizes
 * are in KiB.
 */
#include "deep/bounds_remake.h"

#include "base/der.h"
#include "base/limits.h"
#include "dicomtls.h"
#include "tools/der_writer.h"

#include <inttypes.h>

#define KIB 1024u

/* What no one knows, not critical. */
#define UNKNOWN "1.2.3.4"

static bool
make_extension(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	struct dt_buffer value = { 0 };
	bool ok;

	(void)row;
	bounds_fill(&value, 0, (size_t)size * KIB);
	ok = bounds_send_extended(input, UNKNOWN, &value, dir);
	dt_buffer_clear(&value);
	return ok;
}

/* As many extensions as go in, each of a dozen octets. */
static bool
make_extensions(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	struct mint_spec leaf = bench_leaf;
	struct dt_buffer list = { 0 };
	size_t outer = der_begin(&list), inner = der_begin(&list);
	bool ok;

	(void)row;
	while (dt_buffer_size(&list) < (size_t)size * KIB) {
		size_t begin = der_begin(&list);

		der_put_oid(&list, UNKNOWN);
		der_put(&list, DT_DER_OCTET_STRING, dt_span("value", 5));
		der_end(&list, begin, DT_DER_SEQUENCE);
	}
	der_end(&list, inner, DT_DER_SEQUENCE);
	der_end(&list, outer, DT_DER_CONTEXT_CONSTRUCTED | 3);
	ok = bench_send(&input->bench, &leaf) &&
	     bounds_replace(
		 &input->bench.chain[0], FIELD_EXTENSIONS, &list, &bench_ca) &&
	     bench_send_authorities(&input->bench) &&
	     bench_trust(&input->bench, dir, &bench_root);
	dt_buffer_clear(&list);
	return ok;
}

/* The leaf with another field. Consumes it. */
static bool
send_with(struct bounds_input *input, unsigned field, struct dt_buffer *element,
    const struct mint_dir *dir)
{
	struct bench_input *bench = &input->bench;
	bool ok = bench_send(bench, &bench_leaf) &&
		  bounds_replace(&bench->chain[0], field, element, &bench_ca) &&
		  bench_send_authorities(bench) &&
		  bench_trust(bench, dir, &bench_root);

	dt_buffer_clear(element);
	return ok;
}

static bool
make_serial(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	struct dt_buffer serial = { 0 };

	(void)row;
	bounds_put_number(&serial, (size_t)size * KIB);
	return send_with(input, FIELD_SERIAL, &serial, dir);
}

static void
put_attribute(struct dt_buffer *name, const struct dt_buffer *oid, size_t value)
{
	size_t set = der_begin(name), pair = der_begin(name), text;

	if (oid != NULL)
		der_put(name, DT_DER_OID, dt_buffer_span(oid));
	else
		der_put_oid(name, "2.5.4.3");
	text = der_begin(name);
	bounds_fill(name, 'A', value);
	der_end(name, text, DT_DER_UTF8_STRING);
	der_end(name, pair, DT_DER_SEQUENCE);
	der_end(name, set, DT_DER_SET);
}

static bool
make_name(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	struct dt_buffer name = { 0 };
	size_t begin = der_begin(&name);

	(void)row;
	put_attribute(&name, NULL, (size_t)size * KIB);
	der_end(&name, begin, DT_DER_SEQUENCE);
	return send_with(input, FIELD_SUBJECT, &name, dir);
}

/* As many attributes as go in. */
static bool
make_attributes(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	struct dt_buffer name = { 0 };
	size_t begin = der_begin(&name);

	(void)row;
	while (dt_buffer_size(&name) < (size_t)size * KIB)
		put_attribute(&name, NULL, 1);
	der_end(&name, begin, DT_DER_SEQUENCE);
	return send_with(input, FIELD_SUBJECT, &name, dir);
}

/* One RDN of as many attributes as go in, in no order. */
static bool
make_relative(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	struct dt_buffer name = { 0 };
	size_t begin = der_begin(&name), set = der_begin(&name);

	(void)row;
	for (uint32_t i = 1; dt_buffer_size(&name) < (size_t)size * KIB; i++) {
		size_t pair = der_begin(&name), text;

		der_put_oid(&name, "2.5.4.3");
		text = der_begin(&name);
		dt_buffer_printf(&name, "%08" PRIx32, i * UINT32_C(2654435761));
		der_end(&name, text, DT_DER_UTF8_STRING);
		der_end(&name, pair, DT_DER_SEQUENCE);
	}
	der_end(&name, set, DT_DER_SET);
	der_end(&name, begin, DT_DER_SEQUENCE);
	return send_with(input, FIELD_SUBJECT, &name, dir);
}

/* One arc of so many octets, or arcs of one octet. */
static bool
send_oid(struct bounds_input *input, uint8_t octet, unsigned size,
    const struct mint_dir *dir)
{
	struct dt_buffer oid = { 0 }, name = { 0 };
	size_t begin = der_begin(&name);

	dt_buffer_byte(&oid, 0x2a);
	bounds_fill(&oid, octet, (size_t)size * KIB);
	dt_buffer_byte(&oid, 1);
	put_attribute(&name, &oid, 1);
	der_end(&name, begin, DT_DER_SEQUENCE);
	dt_buffer_clear(&oid);
	return send_with(input, FIELD_SUBJECT, &name, dir);
}

static bool
make_long_arc(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	(void)row;
	return send_oid(input, 0xff, size, dir);
}

static bool
make_many_arcs(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	(void)row;
	return send_oid(input, 1, size, dir);
}

static bool
make_signature(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	struct dt_buffer forged = { 0 };
	struct bench_input *bench = &input->bench;
	bool ok;

	(void)row;
	bounds_fill(&forged, BENCH_FORGED, (size_t)size * KIB);
	ok = bench_send(bench, &bench_leaf) &&
	     bounds_forge(&bench->chain[0], NULL, dt_buffer_span(&forged)) &&
	     bench_send_authorities(bench) &&
	     bench_trust(bench, dir, &bench_root);
	dt_buffer_clear(&forged);
	return ok;
}

/* The leaf's key is a number that long. */
static bool
make_key(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	struct dt_buffer key = { 0 }, spki = { 0 };
	size_t whole = der_begin(&spki), algorithm = der_begin(&spki);
	size_t numbers = der_begin(&key);

	(void)row;
	der_put_oid(&spki, "1.2.840.113549.1.1.1");
	der_put(&spki, DT_DER_NULL, dt_span(NULL, 0));
	der_end(&spki, algorithm, DT_DER_SEQUENCE);
	bounds_put_number(&key, (size_t)size * KIB);
	bounds_put_number(&key, 3);
	der_end(&key, numbers, DT_DER_SEQUENCE);
	der_put_bits(&spki, dt_buffer_span(&key));
	der_end(&spki, whole, DT_DER_SEQUENCE);
	dt_buffer_clear(&key);
	return send_with(input, FIELD_KEY, &spki, dir);
}

#define ROW(text, maker, kib, few, end, number)                                \
	.attack = text, .make = maker, .size = kib, .quick = few,              \
	.ours = &bounds_ours_verify, .theirs = &bounds_openssl_verify,         \
	.wanted = { end, number }, .more = 256
#define LIMIT(name) .limit = #name, .value = name

const struct bounds_row bounds_sizes[] = {
	{ ROW("extension of 64 KiB", make_extension, 64, 64, BOUNDS_ACCEPTED,
	      0),
	    .times = 3 },
	{ ROW("extension of 1 MiB", make_extension, 1024, 64, BOUNDS_ACCEPTED,
	      0),
	    .times = 3 },
	{ ROW("extension of 16 MiB", make_extension, 16384, 64, BOUNDS_ACCEPTED,
	      0),
	    .times = 3 },
	{ ROW("extensions, 1 MiB of them", make_extensions, 1024, 64,
	      BOUNDS_ACCEPTED, 0),
	    .times = 8 },
	{ ROW("serial number of 1 MiB", make_serial, 1024, 64, BOUNDS_ACCEPTED,
	      0),
	    .times = 8 },
	{ ROW("serial number of 16 MiB", make_serial, 16384, 64,
	      BOUNDS_ACCEPTED, 0),
	    .times = 8 },
	{ ROW("name of 1000 KiB", make_name, 1000, 64, BOUNDS_ACCEPTED, 0),
	    LIMIT(DT_MAX_NAME_SIZE), .times = 8 },
	{ ROW("name of 1 MiB and more", make_name, 1025, 1025, BOUNDS_FAILED,
	      DICOMTLS_E_FORMAT),
	    LIMIT(DT_MAX_NAME_SIZE), .times = 4 },
	{ ROW("name, attributes of 1000 KiB", make_attributes, 1000, 64,
	      BOUNDS_ACCEPTED, 0),
	    LIMIT(DT_MAX_NAME_SIZE), .times = 8 },
	{ ROW("name, one RDN of 1000 KiB", make_relative, 1000, 64,
	      BOUNDS_ACCEPTED, 0),
	    LIMIT(DT_MAX_NAME_SIZE), .times = 8 },
	{ ROW("OID, one arc of 512 KiB", make_long_arc, 512, 64,
	      BOUNDS_ACCEPTED, 0),
	    LIMIT(DT_MAX_OID_SIZE), .times = 8 },
	{ ROW("OID, 524,288 arcs", make_many_arcs, 512, 64, BOUNDS_ACCEPTED, 0),
	    LIMIT(DT_MAX_OID_SIZE), .times = 8 },
	{ ROW("signature of 16 MiB", make_signature, 16384, 64, BOUNDS_REFUSED,
	      DICOMTLS_V_ERR_CERT_SIGNATURE_FAILURE),
	    .times = 3 },
	{ ROW("RSA modulus of 16 MiB", make_key, 16384, 64, BOUNDS_ACCEPTED, 0),
	    LIMIT(DT_MAX_RSA_MODULUS_BITS), .times = 3 },
	{ .attack = NULL },
};
