/*
 * Keys whose arithmetic a peer would have us do: too large RSA, DSA and EC keys
 * in the CA that is said to have signed, and in the leaf, which a client shows.
 * Nobody has such keys: what they signed is forged. To find that out by
 * computing is what the attacker is after.
 */
#include "deep/bounds_flight.h"
#include "deep/bounds_remake.h"

#include "base/der.h"
#include "base/limits.h"
#include "dicomtls.h"
#include "hostile/alerts.h"
#include "tools/der_writer.h"

/* RFC 3279 2.3, RFC 5758 3. */
#define DSA "1.2.840.10040.4.1"
#define DSA_SHA256 "2.16.840.1.101.3.4.3.2"
#define EC "1.2.840.10045.2.1"
#define ECDSA_SHA256 "1.2.840.10045.4.3.2"
#define PRIME_FIELD "1.2.840.10045.1.1"
#define BINARY_FIELD "1.2.840.10045.1.2"
#define PENTANOMIAL "1.2.840.10045.1.2.3.3"
#define SECT571R1 "1.3.132.0.39"

/* Octets of a number that is over the limit in bits, and of the largest that is
 * not. */
#define OVER(bits) ((bits) / 8 + 1)
#define BELOW(bits) ((bits) / 8)

enum { COMPRESSED = 2, PLAIN = 4 };

/* p, q, g and y, which is the key. */
static void
put_dsa(struct dt_buffer *out, size_t octets)
{
	struct dt_buffer key = { 0 };
	size_t whole = der_begin(out);
	size_t algorithm = der_begin(out);
	size_t numbers;

	der_put_oid(out, DSA);
	numbers = der_begin(out);
	bounds_put_number(out, octets);
	bounds_put_number(out, 32);
	bounds_put_number(out, octets - 1);
	der_end(out, numbers, DT_DER_SEQUENCE);
	der_end(out, algorithm, DT_DER_SEQUENCE);
	bounds_put_number(&key, octets - 1);
	der_put_bits(out, dt_buffer_span(&key));
	der_end(out, whole, DT_DER_SEQUENCE);
	dt_buffer_clear(&key);
}

static void
fill_point(struct dt_buffer *out, uint8_t form, size_t octets)
{
	dt_buffer_byte(out, form);
	bounds_fill(out, 0x2b, form == PLAIN ? 2 * octets : octets);
}

/* FieldID (X9.62): the prime, or a polynomial of this degree. */
static void
put_field(struct dt_buffer *out, bool binary, size_t octets)
{
	size_t whole = der_begin(out), part, terms;

	der_put_oid(out, binary ? BINARY_FIELD : PRIME_FIELD);
	if (!binary) {
		bounds_put_number(out, octets);
	} else {
		part = der_begin(out);
		der_put_unsigned(out, (unsigned)octets * 8);
		der_put_oid(out, PENTANOMIAL);
		terms = der_begin(out);
		der_put_unsigned(out, 2);
		der_put_unsigned(out, 5);
		der_put_unsigned(out, 10);
		der_end(out, terms, DT_DER_SEQUENCE);
		der_end(out, part, DT_DER_SEQUENCE);
	}
	der_end(out, whole, DT_DER_SEQUENCE);
}

/* SpecifiedECDomain: version, field, coefficients, generator, order. */
static void
put_curve(struct dt_buffer *out, bool binary, uint8_t form, size_t octets)
{
	struct dt_buffer point = { 0 }, coefficient = { 0 };
	size_t whole = der_begin(out), part;

	fill_point(&point, form, octets);
	bounds_fill(&coefficient, 0x2b, octets);
	der_put_unsigned(out, 1);
	put_field(out, binary, octets);
	part = der_begin(out);
	der_put(out, DT_DER_OCTET_STRING, dt_buffer_span(&coefficient));
	der_put(out, DT_DER_OCTET_STRING, dt_buffer_span(&coefficient));
	der_end(out, part, DT_DER_SEQUENCE);
	der_put(out, DT_DER_OCTET_STRING, dt_buffer_span(&point));
	bounds_put_number(out, octets);
	der_end(out, whole, DT_DER_SEQUENCE);
	dt_buffer_clear(&point);
	dt_buffer_clear(&coefficient);
}

static void
put_ec(struct dt_buffer *out, const struct dt_buffer *parameters, uint8_t form,
    size_t octets)
{
	struct dt_buffer point = { 0 };
	size_t whole = der_begin(out);
	size_t algorithm = der_begin(out);

	der_put_oid(out, EC);
	dt_buffer_append(out, parameters->data, dt_buffer_size(parameters));
	der_end(out, algorithm, DT_DER_SEQUENCE);
	fill_point(&point, form, octets);
	der_put_bits(out, dt_buffer_span(&point));
	der_end(out, whole, DT_DER_SEQUENCE);
	dt_buffer_clear(&point);
}

static void
put_ec_explicit(struct dt_buffer *out, bool binary, uint8_t form, size_t octets)
{
	struct dt_buffer curve = { 0 };

	put_curve(&curve, binary, form, octets);
	put_ec(out, &curve, form, octets);
	dt_buffer_clear(&curve);
}

/* Dss-Sig-Value, Ecdsa-Sig-Value. */
static bool
forge(struct dt_buffer *der, const char *algorithm)
{
	struct dt_buffer pair = { 0 };
	size_t begin = der_begin(&pair);
	bool ok;

	bounds_put_number(&pair, 31);
	bounds_put_number(&pair, 31);
	der_end(&pair, begin, DT_DER_SEQUENCE);
	ok = bounds_forge(der, algorithm, dt_buffer_span(&pair));
	dt_buffer_clear(&pair);
	return ok;
}

/* The CA has the key and is said to have signed the leaf; in a handshake the
 * leaf has it. Consumes the key. */
static bool
send_key(struct bounds_input *input, const struct bounds_row *row,
    struct dt_buffer *key, const char *algorithm, const struct mint_dir *dir)
{
	const bool of_leaf = row->ours == &bounds_ours_tls;
	const bool dsa = strcmp(algorithm, DSA_SHA256) == 0;
	struct bench_input *bench = &input->bench;
	struct mint_spec ca = bench_ca, leaf = bench_leaf;
	bool ok;

	leaf.issuer = &ca;
	leaf.issuer_key = "p256/Bench CA";
	*(of_leaf ? &leaf.public_key : &ca.public_key) = dt_buffer_span(key);
	ok = !dt_buffer_failed(key) && bench_send(bench, &leaf) &&
	     bench_send(bench, &ca) && bench_send(bench, &bench_root) &&
	     bounds_add_own(bench, dir) &&
	     (of_leaf ? bounds_put_flight(input, dsa ? SIGN_DSA : SIGN_ECDSA)
		      : forge(&bench->chain[0], algorithm));
	dt_buffer_clear(key);
	return ok;
}

static bool
make_rsa_shown(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	return bounds_make_bench(input, row, size, dir) &&
	       bounds_put_flight(input, SIGN_RSA);
}

static bool
make_dsa(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	struct dt_buffer key = { 0 };

	(void)size;
	put_dsa(&key, OVER(DT_MAX_DSA_MODULUS_BITS));
	return send_key(input, row, &key, DSA_SHA256, dir);
}

static bool
make_ec(struct bounds_input *input, const struct bounds_row *row, unsigned size,
    const struct mint_dir *dir)
{
	struct dt_buffer key = { 0 };

	(void)size;
	put_ec_explicit(&key, false, PLAIN, OVER(DT_MAX_EC_FIELD_BITS));
	return send_key(input, row, &key, ECDSA_SHA256, dir);
}

/* A root of a number is looked for that has none: the modulus is no prime. */
static bool
make_ec_composite(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	struct dt_buffer key = { 0 };

	(void)size;
	put_ec_explicit(&key, false, COMPRESSED, BELOW(DT_MAX_EC_FIELD_BITS));
	return send_key(input, row, &key, ECDSA_SHA256, dir);
}

static bool
make_ec_binary(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	struct dt_buffer key = { 0 };

	(void)size;
	put_ec_explicit(&key, true, PLAIN, OVER(DT_MAX_EC_FIELD_BITS));
	return send_key(input, row, &key, ECDSA_SHA256, dir);
}

static bool
make_ec_named(struct bounds_input *input, const struct bounds_row *row,
    unsigned size, const struct mint_dir *dir)
{
	struct dt_buffer key = { 0 }, name = { 0 };

	(void)size;
	der_put_oid(&name, SECT571R1);
	put_ec(&key, &name, PLAIN, 72);
	dt_buffer_clear(&name);
	return send_key(input, row, &key, ECDSA_SHA256, dir);
}

#define LIMIT(name) .limit = #name, .value = name
#define IN_CHAIN(what)                                                         \
	.ours = &bounds_ours_verify, .theirs = &bounds_openssl_verify,         \
	.wanted = { BOUNDS_REFUSED, what }, .more = 128
#define IN_HANDSHAKE(when, alert)                                              \
	.ours = &bounds_ours_tls, .theirs = &bounds_openssl_tls,               \
	.wanted = { when, alert }, .more = 512

const struct bounds_row bounds_keys[] = {
	{ "RSA modulus, in the chain", LIMIT(DT_MAX_RSA_MODULUS_BITS),
	    bounds_make_bench, BENCH_RSA_MODULUS,
	    IN_CHAIN(DICOMTLS_V_ERR_CERT_SIGNATURE_FAILURE) },
	{ "RSA exponent, in the chain", LIMIT(DT_MAX_RSA_EXPONENT_BITS),
	    bounds_make_bench, BENCH_RSA_EXPONENT,
	    IN_CHAIN(DICOMTLS_V_ERR_CERT_SIGNATURE_FAILURE) },
	{ "RSA, all as large as may be", LIMIT(DT_MAX_RSA_SMALL_MODULUS_BITS),
	    bounds_make_bench, BENCH_RSA_LARGEST,
	    IN_CHAIN(DICOMTLS_V_ERR_CERT_SIGNATURE_FAILURE) },
	{ "DSA modulus, in the chain", LIMIT(DT_MAX_DSA_MODULUS_BITS), make_dsa,
	    IN_CHAIN(DICOMTLS_V_ERR_CERT_SIGNATURE_FAILURE) },
	{ "EC explicit, its field, in the chain", LIMIT(DT_MAX_EC_FIELD_BITS),
	    make_ec,
	    IN_CHAIN(DICOMTLS_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY) },
	{ "EC explicit, compressed, p not prime", LIMIT(DT_MAX_EC_FIELD_BITS),
	    make_ec_composite,
	    IN_CHAIN(DICOMTLS_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY) },
	{ "EC explicit, binary field, in the chain", NULL, 0, make_ec_binary,
	    IN_CHAIN(DICOMTLS_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY) },
	{ "EC named, binary field, in the chain", NULL, 0, make_ec_named,
	    IN_CHAIN(DICOMTLS_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY) },
	{ "RSA modulus, client's own", LIMIT(DT_MAX_RSA_MODULUS_BITS),
	    make_rsa_shown, BENCH_LEAF_MODULUS,
	    IN_HANDSHAKE(BOUNDS_EARLY, DECRYPT_ERROR) },
	{ "RSA exponent, client's own", LIMIT(DT_MAX_RSA_EXPONENT_BITS),
	    make_rsa_shown, BENCH_LEAF_EXPONENT,
	    IN_HANDSHAKE(BOUNDS_EARLY, DECRYPT_ERROR) },
	/* No profile has DSA: its signature is refused by its name. */
	{ "DSA modulus, client's own", LIMIT(DT_MAX_DSA_MODULUS_BITS), make_dsa,
	    IN_HANDSHAKE(BOUNDS_ALERT, HANDSHAKE_FAILURE) },
	{ "EC explicit, its field, client's own", LIMIT(DT_MAX_EC_FIELD_BITS),
	    make_ec, IN_HANDSHAKE(BOUNDS_EARLY, BAD_CERTIFICATE) },
	{ "EC explicit, binary field, client's own", NULL, 0, make_ec_binary,
	    IN_HANDSHAKE(BOUNDS_EARLY, BAD_CERTIFICATE) },
	{ "EC named, binary field, client's own", NULL, 0, make_ec_named,
	    IN_HANDSHAKE(BOUNDS_EARLY, BAD_CERTIFICATE) },
	{ .attack = NULL },
};
