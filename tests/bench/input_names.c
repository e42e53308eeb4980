/*
 * A leaf with many names, and a CA with as many name constraints of which only
 * the last fits: each name is compared with each subtree.
 */
#include "bench/input.h"

#include "base/der.h"
#include "tools/der_writer.h"

#include <stdio.h>

static void
put_dns(struct dt_buffer *out, const char *text, bool subtree)
{
	size_t begin = der_begin(out);

	der_put_text(out, DT_DER_CONTEXT | MINT_DNS, text);
	if (subtree)
		der_end(out, begin, DT_DER_SEQUENCE);
}

static void
put_constraints(struct dt_buffer *out, bool permitted, unsigned count)
{
	size_t whole = der_begin(out);
	size_t list = der_begin(out);
	char text[40];

	for (unsigned i = 1; i < count; i++) {
		snprintf(text, sizeof(text), "s%u.bench.example", i);
		put_dns(out, text, true);
	}
	put_dns(out, permitted ? "last.example" : "none.example", true);
	der_end(out, list, DT_DER_CONTEXT_CONSTRUCTED | (permitted ? 0 : 1));
	der_end(out, whole, DT_DER_SEQUENCE);
}

static void
put_names(struct dt_buffer *out, unsigned count)
{
	size_t list = der_begin(out);
	char text[40];

	for (unsigned i = 1; i < count; i++) {
		snprintf(text, sizeof(text), "host%u.last.example", i);
		put_dns(out, text, false);
	}
	put_dns(out, "asked-for.last.example", false);
	der_end(out, list, DT_DER_SEQUENCE);
}

bool
bench_make_names(struct bench_input *input, enum bench_kind kind, unsigned size,
    const struct mint_dir *dir)
{
	struct dt_buffer names = { 0 };
	struct dt_buffer constraints = { 0 };
	struct mint_spec ca = bench_ca;
	bool ok;

	put_names(&names, size);
	if (kind == BENCH_NAMES) {
		input->host = "asked-for.last.example";
	} else {
		put_constraints(&constraints, kind == BENCH_PERMITTED, size);
		ca.extensions[0] = (struct mint_extension){ "2.5.29.30", true,
			dt_buffer_span(&constraints) };
	}
	ok = bench_send_extended(input, "2.5.29.17", &names, &ca) &&
	     bench_trust(input, dir, &bench_root);
	dt_buffer_clear(&names);
	dt_buffer_clear(&constraints);
	return ok;
}
