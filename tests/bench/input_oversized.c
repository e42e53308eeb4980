/*
 * RSA keys that cost more arithmetic than a peer may ask for, and that nobody
 * can have: random numbers. What they are said to have signed is not signed by
 * them; to find that out takes as long as if it were.
 */
#include "bench/input.h"

#include "base/der.h"
#include "base/limits.h"
#include "tools/der_writer.h"

#include <gnutls/crypto.h>

#define MAX_OCTETS 2049

/* An odd number of so many bits. */
static bool
put_number(struct dt_buffer *out, unsigned bits)
{
	uint8_t octets[MAX_OCTETS + 1] = { 0 };
	size_t size = (bits + 7) / 8;

	if (gnutls_rnd(GNUTLS_RND_NONCE, octets + 1, size) != 0)
		return false;
	octets[1] = 0x80;
	octets[size] |= 1;
	der_put(out, DT_DER_INTEGER, dt_span(octets, size + 1));
	return true;
}

/* SubjectPublicKeyInfo with RSAPublicKey (RFC 3279 2.3.1). */
static bool
put_key(struct dt_buffer *out, unsigned modulus, unsigned exponent)
{
	struct dt_buffer key = { 0 };
	size_t whole = der_begin(out);
	size_t algorithm = der_begin(out);
	size_t numbers = der_begin(&key);
	bool ok = put_number(&key, modulus) && put_number(&key, exponent);

	der_end(&key, numbers, DT_DER_SEQUENCE);
	der_put_oid(out, "1.2.840.113549.1.1.1");
	der_put(out, DT_DER_NULL, dt_span(NULL, 0));
	der_end(out, algorithm, DT_DER_SEQUENCE);
	der_put_bits(out, dt_buffer_span(&key));
	der_end(out, whole, DT_DER_SEQUENCE);
	dt_buffer_clear(&key);
	return ok;
}

/* A certificate with another signature, as long as the modulus: GnuTLS and
 * OpenSSL look at the length before they compute. */
static bool
put_signature(struct dt_buffer *der, size_t size)
{
	struct dt_span from = dt_buffer_span(der);
	uint8_t forged[MAX_OCTETS];
	struct dt_buffer out = { 0 };
	struct dt_der whole, tbs, algorithm;
	size_t begin = der_begin(&out);

	if (!dt_der_take(&from, DT_DER_SEQUENCE, &whole) ||
	    !dt_der_take(&whole.content, DT_DER_SEQUENCE, &tbs) ||
	    !dt_der_take(&whole.content, DT_DER_SEQUENCE, &algorithm))
		return false;
	memset(forged, BENCH_FORGED, sizeof(forged));
	dt_buffer_append(&out, tbs.whole.data, tbs.whole.size);
	dt_buffer_append(&out, algorithm.whole.data, algorithm.whole.size);
	der_put_bits(&out, dt_span(forged, size));
	der_end(&out, begin, DT_DER_SEQUENCE);
	dt_buffer_clear(der);
	*der = out;
	return !dt_buffer_failed(der);
}

/* The leaf names an algorithm of RSA, and has what no key of the CA made. */
static bool
send_forged(struct bench_input *input, const struct dt_buffer *key)
{
	struct mint_spec ca = bench_ca;
	struct mint_spec leaf = bench_leaf;

	ca.public_key = dt_buffer_span(key);
	leaf.issuer = &ca;
	leaf.issuer_key = "rsa2048/forger";
	return bench_send(input, &leaf) &&
	       put_signature(&input->chain[0], input->modulus_size) &&
	       bench_send(input, &ca) && bench_send(input, &bench_root);
}

static bool
send_leaf(struct bench_input *input, const struct dt_buffer *key)
{
	struct mint_spec leaf = bench_leaf;

	leaf.public_key = dt_buffer_span(key);
	return bench_send(input, &leaf) && bench_send_authorities(input);
}

static const struct {
	unsigned modulus;
	unsigned exponent;
	bool of_leaf;
} keys[BENCH_KINDS] = {
	[BENCH_RSA_MODULUS] = { DT_MAX_RSA_MODULUS_BITS + 8,
	    DT_MAX_RSA_MODULUS_BITS, false },
	[BENCH_RSA_EXPONENT] = { DT_MAX_RSA_MODULUS_BITS,
	    DT_MAX_RSA_MODULUS_BITS - 8, false },
	[BENCH_RSA_LARGEST] = { DT_MAX_RSA_SMALL_MODULUS_BITS,
	    DT_MAX_RSA_SMALL_MODULUS_BITS - 8, false },
	[BENCH_LEAF_MODULUS] = { DT_MAX_RSA_MODULUS_BITS + 8,
	    DT_MAX_RSA_MODULUS_BITS, true },
	[BENCH_LEAF_EXPONENT] = { DT_MAX_RSA_MODULUS_BITS,
	    DT_MAX_RSA_MODULUS_BITS - 8, true },
};

/* Shown by a client, to a server with the chain of BENCH_P256. */
bool
bench_make_oversized(struct bench_input *input, enum bench_kind kind,
    unsigned size, const struct mint_dir *dir)
{
	const struct mint_spec *own[] = { &bench_leaf, &bench_ca, NULL };
	struct dt_buffer key = { 0 };
	bool ok;

	(void)size;
	input->modulus_size = keys[kind].modulus / 8;
	ok = put_key(&key, keys[kind].modulus, keys[kind].exponent) &&
	     (keys[kind].of_leaf ? send_leaf : send_forged)(input, &key);
	dt_buffer_clear(&key);
	input->own = mint_dir_certificates(dir, "own.pem", own);
	input->own_key = mint_dir_key(dir, "own.key", &bench_leaf, NULL);
	return ok && input->own != NULL && input->own_key != NULL &&
	       bench_trust(input, dir, &bench_root);
}
