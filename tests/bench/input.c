/*
 * Chains, anchors and CRLs for the bench; see input.h. The worst cases have the
 * sizes that base/limits.h (and OpenSSL) still allow.
 */
#include "bench/input.h"

#include "base/der.h"
#include "tools/der_writer.h"

#include "dicomtls.h"

#include <stdio.h>
#include <stdlib.h>

#define NAMES 1000     /* times as many subtrees: below 2^20 */
#define POLICIES 480   /* in two certificates: below 1000 nodes */
#define MAPPING_CAS 10 /* doubling this often goes beyond 1000 nodes */

static const struct mint_spec rsa_root = {
	.subject = { { "CN", "Bench RSA Root", 0 } },
	.key = "rsa2048/root",
	.constraints = MINT_CA,
	.key_usage = MINT_KEY_CERT_SIGN | MINT_CRL_SIGN,
};

static const struct mint_spec rsa_ca = {
	.subject = { { "CN", "Bench RSA CA", 0 } },
	.issuer = &rsa_root,
	.key = "rsa2048/ca",
	.constraints = MINT_CA,
	.key_usage = MINT_KEY_CERT_SIGN | MINT_CRL_SIGN,
};

static const struct mint_spec rsa_leaf = {
	.subject = { { "CN", "leaf.bench.example", 0 } },
	.issuer = &rsa_ca,
	.key = "rsa2048/leaf",
	.key_usage = MINT_DIGITAL_SIGNATURE,
	.purposes = { "serverAuth", "clientAuth" },
	.names = { { MINT_DNS, "leaf.bench.example" } },
};

static const struct mint_spec root = {
	.subject = { { "CN", "Bench Root", 0 } },
	.constraints = MINT_CA,
	.key_usage = MINT_KEY_CERT_SIGN | MINT_CRL_SIGN,
};

static const struct mint_spec ca = {
	.subject = { { "CN", "Bench CA", 0 } },
	.issuer = &root,
	.constraints = MINT_CA,
	.key_usage = MINT_KEY_CERT_SIGN | MINT_CRL_SIGN,
};

static const struct mint_spec leaf = {
	.subject = { { "CN", "leaf.bench.example", 0 } },
	.issuer = &ca,
	.key_usage = MINT_DIGITAL_SIGNATURE,
	.purposes = { "serverAuth", "clientAuth" },
	.names = { { MINT_DNS, "leaf.bench.example" } },
};

/* The next certificate of the chain. */
static bool
send(struct bench_input *input, const struct mint_spec *spec)
{
	return mint_certificate(
		   spec, MINT_DER, &input->chain[input->chain_size++]) == 0;
}

static bool
trust(struct bench_input *input, const struct mint_dir *dir, const char *name,
    const struct mint_spec *anchor)
{
	const struct mint_spec *list[] = { anchor, NULL };

	input->anchors = mint_dir_certificates(dir, name, list);
	return input->anchors != NULL;
}

static bool
make_rsa(struct bench_input *input, const struct bench_sizes *sizes,
    const struct mint_dir *dir)
{
	(void)sizes;
	return send(input, &rsa_leaf) && send(input, &rsa_ca) &&
	       send(input, &rsa_root) && trust(input, dir, "rsa", &rsa_root);
}

static bool
send_p256(struct bench_input *input)
{
	return send(input, &leaf) && send(input, &ca) && send(input, &root);
}

static bool
make_p256(struct bench_input *input, const struct bench_sizes *sizes,
    const struct mint_dir *dir)
{
	(void)sizes;
	return send_p256(input) && trust(input, dir, "p256", &root);
}

/* Anchors with one key, of other names than the right one or of its name; the
 * right one comes last. */
static bool
trust_many(struct bench_input *input, unsigned count, bool namesakes,
    const struct mint_dir *dir)
{
	struct dt_buffer pem = { 0 };
	char name[32], serial[16];
	struct mint_spec anchor = root;
	int rc = 0;

	anchor.key = "p256/others";
	anchor.serial = serial;
	for (unsigned i = 1; rc == 0 && i < count; i++) {
		snprintf(name, sizeof(name), "Anchor %u", i);
		snprintf(serial, sizeof(serial), "4%07x", i);
		if (!namesakes)
			anchor.subject[0].value = name;
		rc = mint_certificate(&anchor, MINT_PEM, &pem);
	}
	if (rc == 0)
		rc = mint_certificate(&root, MINT_PEM, &pem);
	if (rc == 0)
		input->anchors = mint_dir_write(dir,
		    namesakes ? "namesakes" : "many", dt_buffer_span(&pem));
	dt_buffer_clear(&pem);
	return input->anchors != NULL;
}

static bool
make_many(struct bench_input *input, const struct bench_sizes *sizes,
    const struct mint_dir *dir)
{
	return send_p256(input) &&
	       trust_many(input, sizes->anchors, false, dir);
}

static bool
make_namesakes(struct bench_input *input, const struct bench_sizes *sizes,
    const struct mint_dir *dir)
{
	(void)sizes;
	return send_p256(input) && trust_many(input, NAMES, true, dir);
}

static bool
make_crl(struct bench_input *input, const struct bench_sizes *sizes,
    const struct mint_dir *dir)
{
	const struct mint_crl_spec crl = {
		.issuer = &ca,
		.more = sizes->crl_entries,
	};

	input->flags = DICOMTLS_F_CRL_CHECK;
	input->crl = mint_dir_crl(dir, "crl", &crl);
	return input->crl != NULL && make_p256(input, sizes, dir);
}

static void
put_dns(struct dt_buffer *out, const char *text, bool subtree)
{
	size_t begin = der_begin(out);

	der_put_text(out, DT_DER_CONTEXT | MINT_DNS, text);
	if (subtree)
		der_end(out, begin, DT_DER_SEQUENCE);
}

/* Subtrees of which only the last has the names below, and then it would be
 * the permitted one: each name is compared with each subtree. */
static void
put_constraints(struct dt_buffer *out, bool permitted)
{
	size_t whole = der_begin(out);
	size_t list = der_begin(out);
	char text[40];

	for (unsigned i = 1; i < NAMES; i++) {
		snprintf(text, sizeof(text), "s%u.bench.example", i);
		put_dns(out, text, true);
	}
	put_dns(out, permitted ? "last.example" : "none.example", true);
	der_end(out, list, DT_DER_CONTEXT_CONSTRUCTED | (permitted ? 0 : 1));
	der_end(out, whole, DT_DER_SEQUENCE);
}

static void
put_names(struct dt_buffer *out)
{
	size_t list = der_begin(out);
	char text[40];

	for (unsigned i = 0; i < NAMES; i++) {
		snprintf(text, sizeof(text), "host%u.last.example", i);
		put_dns(out, text, false);
	}
	der_end(out, list, DT_DER_SEQUENCE);
}

/* Leaf and CA with one extension more each, and the root. */
static bool
make_extended(struct bench_input *input, const struct mint_extension *of_leaf,
    const struct mint_extension *of_ca, const struct mint_dir *dir)
{
	struct mint_spec own_ca = ca;
	struct mint_spec own_leaf = leaf;

	own_ca.extensions[0] = *of_ca;
	own_leaf.issuer = &own_ca;
	own_leaf.extensions[0] = *of_leaf;
	memset(own_leaf.names, 0, sizeof(own_leaf.names));
	return send(input, &own_leaf) && send(input, &own_ca) &&
	       send(input, &root) && trust(input, dir, "p256", &root);
}

static bool
make_constrained(
    struct bench_input *input, bool permitted, const struct mint_dir *dir)
{
	struct dt_buffer names = { 0 };
	struct dt_buffer constraints = { 0 };
	bool ok;

	put_names(&names);
	put_constraints(&constraints, permitted);
	ok = make_extended(input,
	    &(struct mint_extension){
		"2.5.29.17", false, dt_buffer_span(&names) },
	    &(struct mint_extension){
		"2.5.29.30", true, dt_buffer_span(&constraints) },
	    dir);
	dt_buffer_clear(&names);
	dt_buffer_clear(&constraints);
	return ok;
}

static bool
make_permitted(struct bench_input *input, const struct bench_sizes *sizes,
    const struct mint_dir *dir)
{
	(void)sizes;
	return make_constrained(input, true, dir);
}

static bool
make_excluded(struct bench_input *input, const struct bench_sizes *sizes,
    const struct mint_dir *dir)
{
	(void)sizes;
	return make_constrained(input, false, dir);
}

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
make_policies(struct bench_input *input, const struct bench_sizes *sizes,
    const struct mint_dir *dir)
{
	struct dt_buffer policies = { 0 };
	struct mint_extension extension = { "2.5.29.32", false, { 0 } };
	bool ok;

	(void)sizes;
	put_policies(&policies, POLICIES);
	extension.der = dt_buffer_span(&policies);
	input->flags = DICOMTLS_F_POLICY_CHECK;
	ok = make_extended(input, &extension, &extension, dir);
	dt_buffer_clear(&policies);
	return ok;
}

static bool
make_mappings(struct bench_input *input, const struct bench_sizes *sizes,
    const struct mint_dir *dir)
{
	struct dt_buffer policies = { 0 };
	struct dt_buffer mappings = { 0 };
	struct mint_spec cas[MAPPING_CAS];
	char names[MAPPING_CAS][24];
	struct mint_spec end = leaf;
	bool ok;

	(void)sizes;
	put_policies(&policies, 2);
	put_mappings(&mappings);
	end.extensions[0] = (struct mint_extension){ "2.5.29.32", false,
		dt_buffer_span(&policies) };
	for (size_t i = 0; i < MAPPING_CAS; i++) {
		snprintf(names[i], sizeof(names[i]), "Mapping CA %zu", i);
		cas[i] = ca;
		cas[i].subject[0].value = names[i];
		cas[i].issuer = i == 0 ? &root : &cas[i - 1];
		cas[i].extensions[0] = end.extensions[0];
		cas[i].extensions[1] = (struct mint_extension){ "2.5.29.33",
			true, dt_buffer_span(&mappings) };
	}
	end.issuer = &cas[MAPPING_CAS - 1];
	input->flags = DICOMTLS_F_POLICY_CHECK;
	ok = send(input, &end);
	for (size_t i = MAPPING_CAS; ok && i-- > 0;)
		ok = send(input, &cas[i]);
	ok = ok && trust(input, dir, "p256", &root);
	dt_buffer_clear(&policies);
	dt_buffer_clear(&mappings);
	return ok;
}

static bool (*const makers[BENCH_KINDS])(struct bench_input *,
    const struct bench_sizes *, const struct mint_dir *) = {
	[BENCH_RSA] = make_rsa,
	[BENCH_P256] = make_p256,
	[BENCH_MANY] = make_many,
	[BENCH_NAMESAKES] = make_namesakes,
	[BENCH_CRL] = make_crl,
	[BENCH_PERMITTED] = make_permitted,
	[BENCH_EXCLUDED] = make_excluded,
	[BENCH_POLICIES] = make_policies,
	[BENCH_MAPPINGS] = make_mappings,
};

bool
bench_input_make(struct bench_input *input, enum bench_kind kind,
    const struct bench_sizes *sizes, const struct mint_dir *dir)
{
	return makers[kind](input, sizes, dir);
}

void
bench_input_clear(struct bench_input *input)
{
	for (unsigned i = 0; i < input->chain_size; i++)
		dt_buffer_clear(&input->chain[i]);
	free(input->anchors);
	free(input->crl);
	*input = (struct bench_input){ 0 };
}
