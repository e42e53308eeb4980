/*
 * Chains of one kind of key, the depths of chains, and a long CRL; see input.h.
 * The other kinds are in input_*.c.
 */
#include "bench/input.h"

#include "dicomtls.h"

#include <stdio.h>
#include <stdlib.h>

#define FROM "240101000000Z"
#define TO "491231235959Z"

/* What names in a hospital look like; the first tells them apart. */
#define PLACE                                                                  \
	{ "OU", "Radiology", 0 }, { "O", "Bench General Hospital", 0 },        \
	{                                                                      \
		"C", "XX", 0                                                   \
	}

const struct mint_spec bench_root = {
	.subject = { { "CN", "Bench Root", 0 }, PLACE },
	.not_before = FROM,
	.not_after = TO,
	.constraints = MINT_CA,
	.key_usage = MINT_KEY_CERT_SIGN | MINT_CRL_SIGN,
};

const struct mint_spec bench_ca = {
	.subject = { { "CN", "Bench CA", 0 }, PLACE },
	.issuer = &bench_root,
	.not_before = FROM,
	.not_after = TO,
	.constraints = MINT_CA,
	.key_usage = MINT_KEY_CERT_SIGN | MINT_CRL_SIGN,
};

const struct mint_spec bench_leaf = {
	.subject = { { "CN", "leaf.bench.example", 0 }, PLACE },
	.issuer = &bench_ca,
	.not_before = FROM,
	.not_after = TO,
	.key_usage = MINT_DIGITAL_SIGNATURE,
	.purposes = { "serverAuth", "clientAuth" },
	.names = { { MINT_DNS, "leaf.bench.example" } },
};

bool
bench_send(struct bench_input *input, const struct mint_spec *spec)
{
	return input->chain_size < BENCH_CHAIN &&
	       mint_certificate(
		   spec, MINT_DER, &input->chain[input->chain_size++]) == 0;
}

bool
bench_send_authorities(struct bench_input *input)
{
	return bench_send(input, &bench_ca) && bench_send(input, &bench_root);
}

bool
bench_trust(struct bench_input *input, const struct mint_dir *dir,
    const struct mint_spec *anchor)
{
	const struct mint_spec *list[] = { anchor, NULL };

	input->anchors = mint_dir_certificates(dir, "root.pem", list);
	return input->anchors != NULL;
}

bool
bench_send_extended(struct bench_input *input, const char *leaf_oid,
    const struct dt_buffer *leaf_value, const struct mint_spec *ca)
{
	struct mint_spec leaf = bench_leaf;

	leaf.issuer = ca;
	leaf.extensions[0] = (struct mint_extension){ leaf_oid, false,
		dt_buffer_span(leaf_value) };
	memset(leaf.names, 0, sizeof(leaf.names));
	return bench_send(input, &leaf) && bench_send(input, ca) &&
	       bench_send(input, &bench_root);
}

/* What a program has that shows this chain itself. */
static bool
write_own(struct bench_input *input, const struct mint_dir *dir,
    const struct mint_spec *leaf)
{
	const struct mint_spec *list[] = { leaf, leaf->issuer, NULL };

	input->own = mint_dir_certificates(dir, "own.pem", list);
	input->own_key = mint_dir_key(dir, "own.key", leaf, NULL);
	return input->own != NULL && input->own_key != NULL;
}

static const struct {
	const char *key;
	const char *digest;
} algorithms[] = {
	[BENCH_RSA2048] = { "rsa2048", "sha256" },
	[BENCH_P256] = { "p256", "sha256" },
	[BENCH_P384] = { "p384", "sha384" },
	[BENCH_ED25519] = { "ed25519", "sha256" },
};

static bool
make_chain(struct bench_input *input, enum bench_kind kind, unsigned size,
    const struct mint_dir *dir)
{
	static const char *const roles[] = { "root", "ca", "leaf" };
	struct mint_spec specs[] = { bench_root, bench_ca, bench_leaf };
	char keys[3][24];

	(void)size;
	for (size_t i = 0; i < 3; i++) {
		snprintf(keys[i], sizeof(keys[i]), "%s/%s",
		    algorithms[kind].key, roles[i]);
		specs[i].key = keys[i];
		specs[i].digest = algorithms[kind].digest;
		specs[i].issuer = i > 0 ? &specs[i - 1] : NULL;
	}
	return bench_send(input, &specs[2]) && bench_send(input, &specs[1]) &&
	       bench_send(input, &specs[0]) &&
	       bench_trust(input, dir, &specs[0]) &&
	       write_own(input, dir, &specs[2]);
}

static bool
make_crl(struct bench_input *input, enum bench_kind kind, unsigned size,
    const struct mint_dir *dir)
{
	const struct mint_crl_spec crl = {
		.issuer = &bench_ca,
		.this_update = FROM,
		.next_update = TO,
		.more = size,
	};
	char name[32];

	(void)kind;
	snprintf(name, sizeof(name), "%u.crl", size);
	input->flags = DICOMTLS_F_CRL_CHECK;
	input->crl = mint_dir_crl(dir, name, &crl);
	return input->crl != NULL && bench_send(input, &bench_leaf) &&
	       bench_send_authorities(input) &&
	       bench_trust(input, dir, &bench_root);
}

/* A leaf, CAs one below the other, and the root: so many in all. */
static bool
make_depth(struct bench_input *input, enum bench_kind kind, unsigned size,
    const struct mint_dir *dir)
{
	struct mint_spec cas[BENCH_CHAIN];
	char names[BENCH_CHAIN][24];
	struct mint_spec end = bench_leaf;
	unsigned count = size - 2;
	bool ok;

	(void)kind;
	end.issuer = &bench_root;
	for (unsigned i = 0; i < count; i++) {
		snprintf(names[i], sizeof(names[i]), "CA %u", i);
		cas[i] = bench_ca;
		cas[i].subject[0].value = names[i];
		cas[i].issuer = end.issuer;
		end.issuer = &cas[i];
	}
	ok = bench_send(input, &end);
	for (unsigned i = count; ok && i-- > 0;)
		ok = bench_send(input, &cas[i]);
	return ok && bench_send(input, &bench_root) &&
	       bench_trust(input, dir, &bench_root);
}

typedef bool (*maker)(struct bench_input *input, enum bench_kind kind,
    unsigned size, const struct mint_dir *dir);

static const maker makers[BENCH_KINDS] = {
	[BENCH_RSA2048] = make_chain,
	[BENCH_P256] = make_chain,
	[BENCH_P384] = make_chain,
	[BENCH_ED25519] = make_chain,
	[BENCH_ANCHORS] = bench_make_anchors,
	[BENCH_BUNDLE] = bench_make_anchors,
	[BENCH_NAMESAKES] = bench_make_anchors,
	[BENCH_CRL] = make_crl,
	[BENCH_PERMITTED] = bench_make_names,
	[BENCH_EXCLUDED] = bench_make_names,
	[BENCH_NAMES] = bench_make_names,
	[BENCH_POLICIES] = bench_make_policies,
	[BENCH_MAPPINGS] = bench_make_policies,
	[BENCH_DEPTH] = make_depth,
	[BENCH_MESH] = bench_make_mesh,
	[BENCH_MESH_RSA] = bench_make_mesh,
	[BENCH_MESH_LOST] = bench_make_mesh,
	[BENCH_MESH_KEYS] = bench_make_mesh,
	[BENCH_RSA_MODULUS] = bench_make_oversized,
	[BENCH_RSA_EXPONENT] = bench_make_oversized,
	[BENCH_RSA_LARGEST] = bench_make_oversized,
	[BENCH_LEAF_MODULUS] = bench_make_oversized,
	[BENCH_LEAF_EXPONENT] = bench_make_oversized,
};

bool
bench_input_make(struct bench_input *input, enum bench_kind kind, unsigned size,
    const struct mint_dir *dir)
{
	return makers[kind](input, kind, size, dir);
}

void
bench_input_clear(struct bench_input *input)
{
	for (unsigned i = 0; i < input->chain_size; i++)
		dt_buffer_clear(&input->chain[i]);
	free(input->anchors);
	free(input->crl);
	free(input->own);
	free(input->own_key);
	*input = (struct bench_input){ 0 };
}
