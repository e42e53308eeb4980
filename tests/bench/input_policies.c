/*
 * Deep policies: nearly as many as DT_MAX_POLICY_NODES, and mappings that
 * double the tree with every CA until it is over that limit.
 */
#include "bench/input.h"

#include "base/der.h"
#include "tools/der_writer.h"

#include "dicomtls.h"

#include <stdio.h>

#define POLICIES 480   /* in each of two certificates */
#define MAPPING_CAS 10 /* doubling this often goes beyond 1000 nodes */

static void
put_policy(struct dt_buffer *out, unsigned number)
{
	char text[24];

	snprintf(text, sizeof(text), "1.2.3.%u", number);
	der_put_oid(out, text);
}

static void
put_policies(struct dt_buffer *out, unsigned count)
{
	size_t list = der_begin(out);

	for (unsigned i = 0; i < count; i++) {
		size_t begin = der_begin(out);

		put_policy(out, i);
		der_end(out, begin, DT_DER_SEQUENCE);
	}
	der_end(out, list, DT_DER_SEQUENCE);
}

/* Each of two policies is mapped to both. */
static void
put_mappings(struct dt_buffer *out)
{
	size_t list = der_begin(out);

	for (unsigned i = 0; i < 4; i++) {
		size_t begin = der_begin(out);

		put_policy(out, i / 2);
		put_policy(out, i % 2);
		der_end(out, begin, DT_DER_SEQUENCE);
	}
	der_end(out, list, DT_DER_SEQUENCE);
}

static bool
send_many(struct bench_input *input)
{
	struct dt_buffer policies = { 0 };
	struct mint_spec ca = bench_ca;
	bool ok;

	put_policies(&policies, POLICIES);
	ca.extensions[0] = (struct mint_extension){ "2.5.29.32", false,
		dt_buffer_span(&policies) };
	ok = bench_send_extended(input, "2.5.29.32", &policies, &ca);
	dt_buffer_clear(&policies);
	return ok;
}

static bool
send_below(struct bench_input *input, const struct mint_extension *policies,
    const struct mint_extension *mappings)
{
	struct mint_spec cas[MAPPING_CAS];
	char names[MAPPING_CAS][24];
	struct mint_spec end = bench_leaf;
	bool ok;

	end.issuer = &bench_root;
	end.extensions[0] = *policies;
	for (size_t i = 0; i < MAPPING_CAS; i++) {
		snprintf(names[i], sizeof(names[i]), "Mapping CA %zu", i);
		cas[i] = bench_ca;
		cas[i].subject[0].value = names[i];
		cas[i].issuer = end.issuer;
		cas[i].extensions[0] = *policies;
		cas[i].extensions[1] = *mappings;
		end.issuer = &cas[i];
	}
	ok = bench_send(input, &end);
	for (size_t i = MAPPING_CAS; ok && i-- > 0;)
		ok = bench_send(input, &cas[i]);
	return ok;
}

static bool
send_mapped(struct bench_input *input)
{
	struct dt_buffer policies = { 0 };
	struct dt_buffer mappings = { 0 };
	bool ok;

	put_policies(&policies, 2);
	put_mappings(&mappings);
	ok = send_below(input,
	    &(struct mint_extension){
		"2.5.29.32", false, dt_buffer_span(&policies) },
	    &(struct mint_extension){
		"2.5.29.33", true, dt_buffer_span(&mappings) });
	dt_buffer_clear(&policies);
	dt_buffer_clear(&mappings);
	return ok;
}

bool
bench_make_policies(struct bench_input *input, enum bench_kind kind,
    unsigned size, const struct mint_dir *dir)
{
	(void)size;
	input->flags = DICOMTLS_F_POLICY_CHECK;
	return (kind == BENCH_POLICIES ? send_many(input)
				       : send_mapped(input)) &&
	       bench_trust(input, dir, &bench_root);
}
