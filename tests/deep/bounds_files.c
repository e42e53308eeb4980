/*
 * Files: CRLs with a million entries, PEM over the limit, in one line, and in
 * blocks without end.
 */
#include "deep/bounds_remake.h"

#include "base/der.h"
#include "base/limits.h"
#include "dicomtls.h"
#include "tools/der_writer.h"
#include "tools/mint_fields.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define KIB 1024u

/* entries, each with an issuer of its own (RFC 5280 5.3.3). */
static void
put_indirect(struct dt_buffer *out, unsigned count)
{
	size_t list = der_begin(out);
	char text[24];

	for (unsigned i = 0; i < count; i++) {
		const struct mint_attribute issuer[] = { { "CN", text, 0 },
			{ NULL, NULL, 0 } };
		size_t entry = der_begin(out), extensions, whole, value, names;
		size_t name;

		snprintf(text, sizeof(text), "Issuer %u", i);
		der_put_unsigned(out, i + 1);
		mint_put_time("240101000000Z", 0, out);
		extensions = der_begin(out);
		whole = der_begin(out);
		der_put_oid(out, "2.5.29.29");
		der_put_bool(out, true);
		value = der_begin(out);
		names = der_begin(out);
		name = der_begin(out);
		mint_put_name(issuer, out);
		der_end(out, name, DT_DER_CONTEXT_CONSTRUCTED | 4);
		der_end(out, names, DT_DER_SEQUENCE);
		der_end(out, value, DT_DER_OCTET_STRING);
		der_end(out, whole, DT_DER_SEQUENCE);
		der_end(out, extensions, DT_DER_SEQUENCE);
		der_end(out, entry, DT_DER_SEQUENCE);
	}
	der_end(out, list, DT_DER_SEQUENCE);
}

/* IssuingDistributionPoint with indirectCRL (RFC 5280 5.2.5). */
static const uint8_t indirect[] = { 0x30, 0x03, 0x84, 0x01, 0xff };

static bool
put_crl(unsigned count, struct dt_buffer *pem)
{
	const struct mint_crl_spec spec = {
		.issuer = &bench_ca,
		.this_update = "240101000000Z",
		.next_update = "491231235959Z",
		.revoked = { { "01", "240101000000Z", 0 } },
		.extensions = { { "2.5.29.28", true,
		    { indirect, sizeof(indirect) } } },
	};
	struct dt_buffer der = { 0 }, list = { 0 };
	bool ok;

	put_indirect(&list, count);
	ok = mint_crl(&spec, MINT_DER, &der) == 0 &&
	     bounds_replace(&der, FIELD_REVOKED, &list, &bench_ca) &&
	     mint_put_pem("X509 CRL", dt_buffer_span(&der), pem) == 0;
	dt_buffer_clear(&list);
	dt_buffer_clear(&der);
	return ok;
}

static bool
make_indirect(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	struct bench_input *bench = &input->bench;
	struct mint_spec leaf = bench_leaf;
	struct dt_buffer pem = { 0 };

	(void)row;
	leaf.serial = "7fffffff";
	bench->flags = DICOMTLS_F_CRL_CHECK | DICOMTLS_F_EXTENDED_CRL_SUPPORT;
	if (put_crl(size, &pem))
		bench->crl =
		    mint_dir_write(dir, "indirect.crl", dt_buffer_span(&pem));
	dt_buffer_clear(&pem);
	return bench->crl != NULL && bench_send(bench, &leaf) &&
	       bench_send_authorities(bench) &&
	       bench_trust(bench, dir, &bench_root);
}

static bool
write_anchors(struct bounds_input *input, struct dt_buffer *text,
    const struct mint_dir *dir)
{
	if (!dt_buffer_failed(text))
		input->bench.anchors =
		    mint_dir_write(dir, "anchors.pem", dt_buffer_span(text));
	dt_buffer_clear(text);
	return input->bench.anchors != NULL;
}

/* A hole in the file: it takes no room on the disk. */
static bool
make_over_limit(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	struct dt_buffer text = { 0 };

	(void)row;
	(void)size;
	dt_buffer_text(&text, "-----BEGIN CERTIFICATE-----\n");
	return write_anchors(input, &text, dir) &&
	       truncate(input->bench.anchors, DT_MAX_FILE_SIZE + 1) == 0;
}

static bool
make_line(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	struct dt_buffer text = { 0 };

	(void)row;
	dt_buffer_text(&text, "-----BEGIN CERTIFICATE-----\n");
	bounds_fill(&text, 'A', (size_t)size * KIB);
	dt_buffer_text(&text, "\n-----END CERTIFICATE-----\n");
	return write_anchors(input, &text, dir);
}

static bool
make_header(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	struct dt_buffer text = { 0 };

	(void)row;
	dt_buffer_text(&text, "-----BEGIN CERTIFICATE-----\n");
	while (dt_buffer_size(&text) < (size_t)size * KIB)
		dt_buffer_text(&text, "Comment: none\n");
	return write_anchors(input, &text, dir);
}

static bool
make_lines(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	struct dt_buffer text = { 0 };

	(void)row;
	bounds_fill(&text, '\n', (size_t)size * KIB);
	return write_anchors(input, &text, dir);
}

/* Blocks that hold no certificate and are passed over. */
static bool
make_blocks(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	struct dt_buffer text = { 0 };

	(void)row;
	while (dt_buffer_size(&text) < (size_t)size * KIB)
		dt_buffer_text(
		    &text, "-----BEGIN A-----\nAAAA\n-----END A-----\n");
	return write_anchors(input, &text, dir);
}

#define LIMIT .limit = "DT_MAX_FILE_SIZE", .value = DT_MAX_FILE_SIZE
#define CRL(text, maker, of, entries)                                          \
	.attack = text, LIMIT, .make = maker, .kind = of, .size = entries,     \
	.quick = 1000, .ours = &bounds_ours_verify,                            \
	.theirs = &bounds_openssl_verify, .wanted = { BOUNDS_ACCEPTED, 0 },    \
	.times = 4, .more = 256
/* In KiB. */
#define PEM(text, maker, kib, few, side, code)                                 \
	.attack = text, LIMIT, .make = maker, .size = kib, .quick = few,       \
	.ours = &bounds_ours_load, .theirs = side,                             \
	.wanted = { BOUNDS_FAILED, code }, .times = 3, .more = 128

const struct bounds_row bounds_files[] = {
	{ CRL("CRL of 1,000,000 entries", bounds_make_bench, BENCH_CRL,
	    1000000) },
	{ CRL("indirect CRL, 500,000 issuers", make_indirect, 0, 500000) },
	{ PEM("PEM of 64 MiB and one octet", make_over_limit, 0, 0, NULL,
	    DICOMTLS_E_LIMIT) },
	{ PEM("PEM, one line of 60 MiB", make_line, 61440, 64,
	    &bounds_openssl_load, DICOMTLS_E_FORMAT) },
	{ PEM("PEM, headers of 60 MiB", make_header, 61440, 64,
	    &bounds_openssl_load, DICOMTLS_E_FORMAT) },
	{ PEM("PEM, empty lines, 60 MiB", make_lines, 61440, 64,
	    &bounds_openssl_load, DICOMTLS_E_FORMAT) },
	{ PEM("PEM, blocks of nothing, 60 MiB", make_blocks, 61440, 64,
	    &bounds_openssl_load, DICOMTLS_E_FORMAT) },
	{ .attack = NULL },
};
