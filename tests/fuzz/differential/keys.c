/*
 * Signing with OpenSSL. Its random numbers are replaced by those of the case,
 * so that a seed gives the same signatures again.
 */
#define OPENSSL_SUPPRESS_DEPRECATED /* RAND_METHOD */
#include "keys.h"

#include "base/der.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/sha.h>
#include <openssl/x509.h>

enum kind { RSA_KEY, PSS_KEY, EC_KEYS, ED25519_KEY, ED448_KEY, DSA_KEY };

static const enum kind kinds[KEYS] = {
	[KEY_P256] = EC_KEYS,
	[KEY_P256 + 1] = EC_KEYS,
	[KEY_P384] = EC_KEYS,
	[KEY_P521] = EC_KEYS,
	[KEY_P224] = EC_KEYS,
	[KEY_ED25519] = ED25519_KEY,
	[KEY_ED448] = ED448_KEY,
	[KEY_PSS] = PSS_KEY,
	[KEY_PSS_SHA256] = PSS_KEY,
	[KEY_BRAINPOOL] = EC_KEYS,
	[KEY_K256] = EC_KEYS,
	[KEY_DSA] = DSA_KEY,
};

static struct {
	EVP_PKEY *pair;
	unsigned char *public_key;
	size_t size;
	uint8_t identifier[SHA_DIGEST_LENGTH];
} keys[KEYS];

/* The usual algorithm of a kind stands before its others. Parameters in DER;
 * those of PSS spell hash, mask and salt (RFC 4055 3.1). */
#define NULL_PARAMETERS "\x05\x00", 2
#define PSS_HASH "\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02"
#define PSS_PARAMETERS(hash, salt)                                             \
	"\x30\x34\xa0\x0f" PSS_HASH hash "\x05\x00\xa1\x1c\x30\x1a\x06\x09"    \
	"\x2a\x86\x48\x86\xf7\x0d\x01\x01\x08" PSS_HASH hash                   \
	"\x05\x00\xa2\x03\x02\x01" salt,                                       \
	    54
static const struct algorithm {
	enum kind kind;
	const char *oid;
	const char *digest;
	const char *parameters;
	size_t parameters_size;
	int salt; /* -1: not PSS */
} algorithms[] = {
	{ RSA_KEY, "1.2.840.113549.1.1.11", "SHA256", NULL_PARAMETERS, -1 },
	{ RSA_KEY, "1.2.840.113549.1.1.12", "SHA384", NULL_PARAMETERS, -1 },
	{ RSA_KEY, "1.2.840.113549.1.1.13", "SHA512", NULL_PARAMETERS, -1 },
	{ RSA_KEY, "1.2.840.113549.1.1.14", "SHA224", NULL_PARAMETERS, -1 },
	{ RSA_KEY, "1.2.840.113549.1.1.5", "SHA1", NULL_PARAMETERS, -1 },
	{ RSA_KEY, "1.2.840.113549.1.1.4", "MD5", NULL_PARAMETERS, -1 },
	{ RSA_KEY, "1.2.840.113549.1.1.11", "SHA256", "", 0, -1 },
	{ RSA_KEY, "1.2.840.113549.1.1.10", "SHA256",
	    PSS_PARAMETERS("\x01", "\x20"), 32 },
	{ RSA_KEY, "1.2.840.113549.1.1.10", "SHA384",
	    PSS_PARAMETERS("\x02", "\x30"), 48 },
	{ RSA_KEY, "1.2.840.113549.1.1.10", "SHA1", "\x30\x00", 2, 20 },
	{ PSS_KEY, "1.2.840.113549.1.1.10", "SHA256",
	    PSS_PARAMETERS("\x01", "\x20"), 32 },
	{ PSS_KEY, "1.2.840.113549.1.1.10", "SHA384",
	    PSS_PARAMETERS("\x02", "\x30"), 48 },
	{ PSS_KEY, "1.2.840.113549.1.1.10", "SHA1", "\x30\x00", 2, 20 },
	{ EC_KEYS, "1.2.840.10045.4.3.2", "SHA256", "", 0, -1 },
	{ EC_KEYS, "1.2.840.10045.4.3.3", "SHA384", "", 0, -1 },
	{ EC_KEYS, "1.2.840.10045.4.3.4", "SHA512", "", 0, -1 },
	{ EC_KEYS, "1.2.840.10045.4.3.1", "SHA224", "", 0, -1 },
	{ EC_KEYS, "1.2.840.10045.4.1", "SHA1", "", 0, -1 },
	{ EC_KEYS, "1.2.840.10045.4.3.2", "SHA256", NULL_PARAMETERS, -1 },
	{ ED25519_KEY, "1.3.101.112", NULL, "", 0, -1 },
	{ ED448_KEY, "1.3.101.113", NULL, "", 0, -1 },
	{ DSA_KEY, "2.16.840.1.101.3.4.3.2", "SHA256", "", 0, -1 },
	{ DSA_KEY, "1.2.840.10040.4.3", "SHA1", "", 0, -1 },
};

/* Where OpenSSL's random numbers come from. */
static struct draw source;

static int
random_bytes(unsigned char *bytes, int size)
{
	draw_bytes(&source, bytes, (size_t)size);
	return 1;
}

static int
random_status(void)
{
	return 1;
}

static bool
load(int key)
{
	BIO *text = BIO_new_mem_buf(keys_pem[key], -1);
	keys[key].pair = PEM_read_bio_PrivateKey(text, NULL, NULL, NULL);
	BIO_free(text);
	int size = keys[key].pair
		       ? i2d_PUBKEY(keys[key].pair, &keys[key].public_key)
		       : -1;
	X509_PUBKEY *public_key = NULL;
	const unsigned char *at = keys[key].public_key;
	if (size <= 0 || !d2i_X509_PUBKEY(&public_key, &at, size))
		return false;
	keys[key].size = (size_t)size;
	const unsigned char *bits;
	int bits_size;
	X509_PUBKEY_get0_param(NULL, &bits, &bits_size, NULL, public_key);
	SHA1(bits, (size_t)bits_size, keys[key].identifier);
	X509_PUBKEY_free(public_key);
	return true;
}

bool
keys_load(void)
{
	static const RAND_METHOD method = {
		.bytes = random_bytes,
		.pseudorand = random_bytes,
		.status = random_status,
	};
	for (int i = 0; i < KEYS; i++) {
		if (!load(i))
			return false;
	}
	return RAND_set_rand_method(&method) == 1;
}

void
keys_clear(void)
{
	for (int i = 0; i < KEYS; i++) {
		EVP_PKEY_free(keys[i].pair);
		OPENSSL_free(keys[i].public_key);
		keys[i].pair = NULL;
		keys[i].public_key = NULL;
	}
}

struct dt_span
keys_public(int key)
{
	return dt_span(keys[key].public_key, keys[key].size);
}

int
keys_find(struct dt_span public_key)
{
	for (int i = 0; i < KEYS; i++) {
		if (dt_span_equal(keys_public(i), public_key))
			return i;
	}
	return KEY_NONE;
}

const uint8_t *
keys_identifier(int key)
{
	return keys[key].identifier;
}

int
keys_draw(struct draw *d)
{
	if (draw_chance(d, 80))
		return KEY_RSA_1024 + (int)draw_below(d, 3);
	if (draw_chance(d, 60))
		return KEY_P256 + (int)draw_below(d, 2);
	return (int)draw_below(d, KEYS);
}

static struct node *
algorithm_node(struct draw *d, const struct algorithm *algorithm)
{
	struct node *node =
	    tree_of(d, DT_DER_SEQUENCE, tree_oid(d, algorithm->oid), NULL);
	struct node *parameters = tree_parse(d,
	    dt_span(algorithm->parameters, algorithm->parameters_size), NULL);
	if (parameters)
		tree_append(node, parameters);
	return node;
}

struct node *
keys_algorithm(struct draw *d, int key, bool usual)
{
	const struct algorithm *found[DRAW_COUNT(algorithms)];
	size_t count = 0;
	for (size_t i = 0; i < DRAW_COUNT(algorithms); i++) {
		if (algorithms[i].kind == kinds[key])
			found[count++] = &algorithms[i];
	}
	return algorithm_node(d, found[usual ? 0 : draw_below(d, count)]);
}

static const struct algorithm *
find_algorithm(struct draw *d, int key, struct dt_span encoded)
{
	for (size_t i = 0; i < DRAW_COUNT(algorithms); i++) {
		if (algorithms[i].kind != kinds[key])
			continue;
		struct node *node = algorithm_node(d, &algorithms[i]);
		if (dt_span_equal(tree_encode(d, node), encoded))
			return &algorithms[i];
	}
	return NULL;
}

static bool
start(EVP_MD_CTX *context, int key, const struct algorithm *algorithm)
{
	EVP_PKEY_CTX *options;
	const EVP_MD *digest =
	    algorithm->digest ? EVP_get_digestbyname(algorithm->digest) : NULL;
	if (EVP_DigestSignInit(
		context, &options, digest, NULL, keys[key].pair) != 1)
		return false;
	return algorithm->salt < 0 || (EVP_PKEY_CTX_set_rsa_padding(options,
					   RSA_PKCS1_PSS_PADDING) > 0 &&
					  EVP_PKEY_CTX_set_rsa_pss_saltlen(
					      options, algorithm->salt) > 0);
}

bool
keys_sign(struct draw *d, int key, struct dt_span encoded, struct dt_span data,
    struct dt_span *signature)
{
	const struct algorithm *algorithm = find_algorithm(d, key, encoded);
	if (!algorithm)
		return false;
	size_t size = 512;
	uint8_t *bytes = draw_alloc(d, size);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	source.state = draw_number(d);
	bool done =
	    context && start(context, key, algorithm) &&
	    EVP_DigestSign(context, bytes, &size, data.data, data.size) == 1;
	EVP_MD_CTX_free(context);
	if (done)
		*signature = dt_span(bytes, size);
	return done;
}
