/*
 * Names, constraints and policies: what is compared with what multiplies, or
 * doubles with every certificate.
 */
#include "deep/bounds_remake.h"

#include "base/der.h"
#include "base/limits.h"
#include "dicomtls.h"
#include "tools/der_writer.h"

#include <stdio.h>

#define SUBJECT_ALT_NAME "2.5.29.17"
#define NAME_CONSTRAINTS "2.5.29.30"

static void
put_names(struct dt_buffer *out, unsigned count)
{
	size_t list = der_begin(out);
	char text[40];

	for (unsigned i = 0; i < count; i++) {
		snprintf(text, sizeof(text), "h%u.last.example", i);
		der_put_text(out, DT_DER_CONTEXT | MINT_DNS, text);
	}
	der_end(out, list, DT_DER_SEQUENCE);
}

static void
put_constraint(struct dt_buffer *out, const char *domain)
{
	size_t whole = der_begin(out), list = der_begin(out);
	size_t subtree = der_begin(out);

	der_put_text(out, DT_DER_CONTEXT | MINT_DNS, domain);
	der_end(out, subtree, DT_DER_SEQUENCE);
	der_end(out, list, DT_DER_CONTEXT_CONSTRUCTED | 0);
	der_end(out, whole, DT_DER_SEQUENCE);
}

/* Each name is under the one subtree that the CA permits. */
static bool
make_permitted(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	struct dt_buffer names = { 0 }, constraint = { 0 };
	struct mint_spec ca = bench_ca;
	bool ok;

	(void)row;
	put_names(&names, size);
	put_constraint(&constraint, "last.example");
	ca.extensions[0] = (struct mint_extension){ NAME_CONSTRAINTS, true,
		dt_buffer_span(&constraint) };
	ok =
	    bench_send_extended(&input->bench, SUBJECT_ALT_NAME, &names, &ca) &&
	    bench_trust(&input->bench, dir, &bench_root);
	dt_buffer_clear(&names);
	dt_buffer_clear(&constraint);
	return ok;
}

/* SmtpUTF8Mailbox (RFC 8398 3), which is held against rfc822Name subtrees in
 * Unicode. */
static void
put_mailboxes(struct dt_buffer *out, unsigned count)
{
	size_t list = der_begin(out);

	for (unsigned i = 0; i < count; i++) {
		size_t name = der_begin(out), value;

		der_put_oid(out, "1.3.6.1.5.5.7.8.9");
		value = der_begin(out);
		der_put_text(out, DT_DER_UTF8_STRING, "a@example");
		der_end(out, value, DT_DER_CONTEXT_CONSTRUCTED | 0);
		der_end(out, name, DT_DER_CONTEXT_CONSTRUCTED | 0);
	}
	der_end(out, list, DT_DER_SEQUENCE);
}

/* Excluded domains of 126 letters beyond ASCII (RFC 3492). */
static void
put_domains(struct dt_buffer *out, unsigned count)
{
	size_t whole = der_begin(out), list = der_begin(out);

	for (unsigned i = 0; i < count; i++) {
		size_t subtree = der_begin(out), base = der_begin(out);

		dt_buffer_text(out, "xn--");
		bounds_fill(out, 'a', 126);
		der_end(out, base, DT_DER_CONTEXT | MINT_EMAIL);
		der_end(out, subtree, DT_DER_SEQUENCE);
	}
	der_end(out, list, DT_DER_CONTEXT_CONSTRUCTED | 1);
	der_end(out, whole, DT_DER_SEQUENCE);
}

static bool
make_mailboxes(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	struct dt_buffer names = { 0 }, domains = { 0 };
	struct mint_spec ca = bench_ca;
	bool ok;

	(void)row;
	put_mailboxes(&names, size);
	put_domains(&domains, size);
	ca.extensions[0] = (struct mint_extension){ NAME_CONSTRAINTS, true,
		dt_buffer_span(&domains) };
	ok =
	    bench_send_extended(&input->bench, SUBJECT_ALT_NAME, &names, &ca) &&
	    bench_trust(&input->bench, dir, &bench_root);
	dt_buffer_clear(&names);
	dt_buffer_clear(&domains);
	return ok;
}

/* Address families with a subsequent identifier (RFC 3779 2.2.3.3), in order,
 * each inherited. */
static void
put_families(struct dt_buffer *out, unsigned count)
{
	size_t list = der_begin(out);

	for (unsigned i = 0; i < count; i++) {
		const uint8_t key[] = { (uint8_t)(i >> 16), (uint8_t)(i >> 8),
			(uint8_t)i };
		size_t family = der_begin(out);

		der_put(out, DT_DER_OCTET_STRING, dt_span(key, sizeof(key)));
		der_put(out, DT_DER_NULL, dt_span(NULL, 0));
		der_end(out, family, DT_DER_SEQUENCE);
	}
	der_end(out, list, DT_DER_SEQUENCE);
}

static void
put_policies(struct dt_buffer *out, unsigned count)
{
	size_t list = der_begin(out);
	char text[24];

	for (unsigned i = 0; i < count; i++) {
		size_t policy = der_begin(out);

		snprintf(text, sizeof(text), "1.2.3.%u", i);
		der_put_oid(out, text);
		der_end(out, policy, DT_DER_SEQUENCE);
	}
	der_end(out, list, DT_DER_SEQUENCE);
}

static void
put_usages(struct dt_buffer *out, unsigned count)
{
	size_t list = der_begin(out);

	der_put_oid(out, "1.3.6.1.5.5.7.3.1");
	for (unsigned i = 1; i < count; i++)
		der_put_oid(out, "1.2.3.4");
	der_end(out, list, DT_DER_SEQUENCE);
}

/* The same extension in leaf and CA. */
static bool
send_twice(struct bounds_input *input, const char *oid,
    void (*put)(struct dt_buffer *, unsigned), unsigned count,
    const struct mint_dir *dir)
{
	struct dt_buffer value = { 0 };
	struct mint_spec ca = bench_ca;
	bool ok;

	put(&value, count);
	ca.extensions[0] =
	    (struct mint_extension){ oid, false, dt_buffer_span(&value) };
	ok = bench_send_extended(&input->bench, oid, &value, &ca) &&
	     bench_trust(&input->bench, dir, &bench_root);
	dt_buffer_clear(&value);
	return ok;
}

static bool
make_families(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	(void)row;
	return send_twice(input, "1.3.6.1.5.5.7.1.7", put_families, size, dir);
}

static bool
make_policies(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	(void)row;
	input->bench.flags = DICOMTLS_F_POLICY_CHECK;
	return send_twice(input, "2.5.29.32", put_policies, size, dir);
}

/* Of the leaf. */
static bool
make_usages(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	struct bench_input *bench = &input->bench;
	struct mint_spec leaf = bench_leaf;
	struct dt_buffer value = { 0 };
	bool ok;

	(void)row;
	put_usages(&value, size);
	leaf.purposes[0] = NULL;
	leaf.extensions[0] = (struct mint_extension){ "2.5.29.37", false,
		dt_buffer_span(&value) };
	ok = bench_send(bench, &leaf) && bench_send_authorities(bench) &&
	     bench_trust(bench, dir, &bench_root);
	dt_buffer_clear(&value);
	return ok;
}

/* None of the names is the one that is asked for. */
static bool
make_missed(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	struct dt_buffer names = { 0 };
	bool ok;

	(void)row;
	put_names(&names, size);
	ok = bounds_send_extended(input, SUBJECT_ALT_NAME, &names, dir);
	input->bench.host = "missing.last.example";
	dt_buffer_clear(&names);
	return ok;
}

#define ROW(text, maker, of, many, few, end, code)                             \
	.attack = text, .make = maker, .kind = of, .size = many, .quick = few, \
	.ours = &bounds_ours_verify, .theirs = &bounds_openssl_verify,         \
	.wanted = { end, code }, .times = 8, .more = 512
#define BENCH(text, of, many, few, end, code)                                  \
	ROW(text, bounds_make_bench, of, many, few, end, code)
#define LIMIT(name) .limit = #name, .value = name

const struct bounds_row bounds_names[] = {
	{ ROW("1,000,000 names, one permitted subtree", make_permitted, 0,
	      1000000, 1000, BOUNDS_ACCEPTED, 0),
	    LIMIT(DT_MAX_NAME_COMPARISONS) },
	{ BENCH("1,000,000 names, host asked for is the last", BENCH_NAMES,
	    1000000, 1000, BOUNDS_ACCEPTED, 0) },
	{ ROW("1,000,000 names, host is not there", make_missed, 0, 1000000,
	    1000, BOUNDS_REFUSED, DICOMTLS_V_ERR_HOSTNAME_MISMATCH) },
	{ BENCH("1000 names, 1000 permitted subtrees", BENCH_PERMITTED, 1000,
	      100, BOUNDS_ACCEPTED, 0),
	    LIMIT(DT_MAX_NAME_COMPARISONS) },
	{ BENCH("1000 names, 1000 excluded subtrees", BENCH_EXCLUDED, 1000, 100,
	      BOUNDS_ACCEPTED, 0),
	    LIMIT(DT_MAX_NAME_COMPARISONS) },
	{ BENCH("30,000 names, 30,000 permitted subtrees", BENCH_PERMITTED,
	      30000, 2000, BOUNDS_REFUSED, DICOMTLS_V_ERR_UNSPECIFIED),
	    LIMIT(DT_MAX_NAME_COMPARISONS) },
	{ BENCH("30,000 names, 30,000 excluded subtrees", BENCH_EXCLUDED, 30000,
	      2000, BOUNDS_REFUSED, DICOMTLS_V_ERR_UNSPECIFIED),
	    LIMIT(DT_MAX_NAME_COMPARISONS) },
	{ ROW("1000 mailboxes in UTF-8, 1000 domains", make_mailboxes, 0, 1000,
	      50, BOUNDS_ACCEPTED, 0),
	    LIMIT(DT_MAX_DOMAIN) },
	{ BENCH("480 policies in leaf and CA", BENCH_POLICIES, 0, 0,
	      BOUNDS_ACCEPTED, 0),
	    LIMIT(DT_MAX_POLICY_NODES) },
	{ BENCH("mappings that double the policy tree", BENCH_MAPPINGS, 0, 0,
	      BOUNDS_REFUSED, DICOMTLS_V_ERR_OUT_OF_MEM),
	    LIMIT(DT_MAX_POLICY_NODES) },
	{ ROW("4000 policies in leaf and CA", make_policies, 0, 4000, 1000,
	      BOUNDS_REFUSED, DICOMTLS_V_ERR_OUT_OF_MEM),
	    LIMIT(DT_MAX_POLICY_NODES) },
	{ ROW("10,000 address families in leaf and CA", make_families, 0, 10000,
	    300, BOUNDS_ACCEPTED, 0) },
	{ ROW("200,000 extended key usages", make_usages, 0, 200000, 1000,
	    BOUNDS_ACCEPTED, 0) },
	{ .attack = NULL },
};
