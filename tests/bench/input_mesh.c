/*
 * A mesh: layers of cross-signed CAs, where each certificate has all of the
 * layer above for its issuer by name. What a search that goes back on its
 * choices would try is layers to the power of their size.
 */
#include "bench/input.h"

#include <stdio.h>

#define MAX_SIDE 12

/* The name and key of one certificate: all of a layer share them, but for
 * BENCH_MESH_KEYS, where only the last has the key that signs. */
struct cell {
	struct mint_spec spec;
	char name[16];
	char key[32];
	char serial[8];
};

static void
fill(struct cell *cell, enum bench_kind kind, unsigned layer, unsigned column,
    unsigned size)
{
	bool signs = kind != BENCH_MESH_KEYS || column + 1 == size;

	snprintf(cell->name, sizeof(cell->name), "Layer %u", layer);
	snprintf(cell->key, sizeof(cell->key), "%s/%u.%u",
	    kind == BENCH_MESH_RSA ? "rsa2048" : "p256", layer,
	    signs ? size : column);
	snprintf(
	    cell->serial, sizeof(cell->serial), "4%01x%02x", layer, column);
	cell->spec = bench_ca;
	cell->spec.subject[0].value = cell->name;
	cell->spec.key = cell->key;
	cell->spec.serial = cell->serial;
	/* Key identifiers would tell which one signs. */
	cell->spec.no_subject_key_id = true;
	cell->spec.no_authority_key_id = true;
}

/* From the top down; the last of each layer signs the one below. */
static bool
send_layers(struct bench_input *input, enum bench_kind kind, unsigned size)
{
	static struct cell cells[MAX_SIDE][MAX_SIDE];
	const struct mint_spec *issuer = &bench_root;
	struct mint_spec leaf = bench_leaf;
	bool ok;

	for (unsigned layer = 0; layer < size; layer++) {
		for (unsigned column = 0; column < size; column++) {
			fill(&cells[layer][column], kind, layer, column, size);
			cells[layer][column].spec.issuer = issuer;
		}
		issuer = &cells[layer][size - 1].spec;
	}
	leaf.issuer = issuer;
	leaf.no_authority_key_id = true;
	ok = bench_send(input, &leaf);
	for (unsigned layer = size; ok && layer-- > 0;)
		for (unsigned column = 0; ok && column < size; column++)
			ok = bench_send(input, &cells[layer][column].spec);
	return ok;
}

bool
bench_make_mesh(struct bench_input *input, enum bench_kind kind, unsigned size,
    const struct mint_dir *dir)
{
	struct mint_spec stranger = bench_root;

	stranger.subject[0].value = "Stranger";
	return size <= MAX_SIDE && send_layers(input, kind, size) &&
	       bench_trust(input, dir,
		   kind == BENCH_MESH_LOST ? &stranger : &bench_root);
}
