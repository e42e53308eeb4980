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
	ok = bench_send_extended(
		 &input->bench, SUBJECT_ALT_NAME, &names, &ca) &&
	     bench_trust(&input->bench, dir, &bench_root);
	dt_buffer_clear(&names);
	dt_buffer_clear(&constraint);
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
	.wanted = { end, code }, .times = 4, .more = 512
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
	{ BENCH("480 policies in leaf and CA", BENCH_POLICIES, 0, 0,
	      BOUNDS_ACCEPTED, 0),
	    LIMIT(DT_MAX_POLICY_NODES) },
	{ BENCH("mappings that double the policy tree", BENCH_MAPPINGS, 0, 0,
	      BOUNDS_REFUSED, DICOMTLS_V_ERR_OUT_OF_MEM),
	    LIMIT(DT_MAX_POLICY_NODES) },
	{ .attack = NULL },
};
