/*
 * Keys for minted certificates; see mint_key.h. What a combination of key and
 * digest is called in a certificate is one table (RFC 3279 2.2, RFC 4055 5,
 * RFC 5758 3.2, RFC 8410 3).
 */
#include "tools/mint_key.h"

#include "base/der.h"
#include "tools/der_writer.h"

#include "dicomtls.h"

#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <gnutls/x509.h>

#include <stdio.h>
#include <stdlib.h>

struct mint_key {
	struct mint_key *next;
	char *name;
	gnutls_pk_algorithm_t algorithm;
	gnutls_x509_privkey_t private_key;
};

static const struct {
	gnutls_pk_algorithm_t key;
	const char *digest;
	gnutls_sign_algorithm_t sign;
	const char *oid;
	bool null_parameters;
} schemes[] = {
	{ GNUTLS_PK_RSA, "sha256", GNUTLS_SIGN_RSA_SHA256,
	    "1.2.840.113549.1.1.11", true },
	{ GNUTLS_PK_RSA, "sha1", GNUTLS_SIGN_RSA_SHA1, "1.2.840.113549.1.1.5",
	    true },
	{ GNUTLS_PK_EC, "sha256", GNUTLS_SIGN_ECDSA_SHA256,
	    "1.2.840.10045.4.3.2", false },
	{ GNUTLS_PK_EC, "sha384", GNUTLS_SIGN_ECDSA_SHA384,
	    "1.2.840.10045.4.3.3", false },
	{ GNUTLS_PK_EC, "sha1", GNUTLS_SIGN_ECDSA_SHA1, "1.2.840.10045.4.1",
	    false },
	{ GNUTLS_PK_EDDSA_ED25519, "sha256", GNUTLS_SIGN_EDDSA_ED25519,
	    "1.3.101.112", false },
};

static int
find_scheme(const struct mint_key *key, const char *digest)
{
	if (digest == NULL)
		digest = "sha256";
	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
		if (schemes[i].key == key->algorithm &&
		    strcmp(schemes[i].digest, digest) == 0)
			return (int)i;
	return DICOMTLS_E_INVALID;
}

/* What the part of a key's name before the slash means. */
static bool
read_kind(const char *name, gnutls_pk_algorithm_t *algorithm, unsigned *bits)
{
	size_t kind = strcspn(name, "/");

	if (kind == 4 && strncmp(name, "p256", kind) == 0) {
		*algorithm = GNUTLS_PK_EC;
		*bits = GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1);
		return true;
	}
	if (kind == 4 && strncmp(name, "p224", kind) == 0) {
		*algorithm = GNUTLS_PK_EC;
		*bits = GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP224R1);
		return true;
	}
	if (kind == 4 && strncmp(name, "p384", kind) == 0) {
		*algorithm = GNUTLS_PK_EC;
		*bits = GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP384R1);
		return true;
	}
	if (kind == 7 && strncmp(name, "ed25519", kind) == 0) {
		*algorithm = GNUTLS_PK_EDDSA_ED25519;
		*bits = GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_ED25519);
		return true;
	}
	if (kind > 3 && strncmp(name, "rsa", 3) == 0) {
		*algorithm = GNUTLS_PK_RSA;
		*bits = (unsigned)strtoul(name + 3, NULL, 10);
		return *bits >= 512 && *bits <= 8192;
	}
	return false;
}

static void
free_key(struct mint_key *key)
{
	if (key == NULL)
		return;
	gnutls_x509_privkey_deinit(key->private_key);
	free(key->name);
	free(key);
}

static const char *kept_in;

void
mint_keys_keep(const char *folder)
{
	kept_in = folder;
}

/* The file of a key: its name with another letter for the slash. */
static bool
file_of(const char *name, char *path, size_t room)
{
	int prefix = snprintf(path, room, "%s/", kept_in);

	if (prefix < 0 || (size_t)prefix + strlen(name) >= room)
		return false;
	strcpy(path + prefix, name);
	for (char *at = path + prefix; *at != '\0'; at++)
		if (*at == '/')
			*at = '_';
	return true;
}

/* A file that is none, or of another kind of key, is as good as absent. */
static bool
read_kept(struct mint_key *key)
{
	gnutls_datum_t bytes = { NULL, 0 };
	char path[512];
	bool ok = kept_in != NULL && file_of(key->name, path, sizeof(path)) &&
		  gnutls_load_file(path, &bytes) == 0;

	if (ok)
		ok = gnutls_x509_privkey_import(
			 key->private_key, &bytes, GNUTLS_X509_FMT_PEM) == 0 &&
		     gnutls_x509_privkey_get_pk_algorithm(key->private_key) ==
			 (int)key->algorithm;
	gnutls_free(bytes.data);
	return ok;
}

/* Keeping fails without a word: the key itself is there. */
static void
keep(const struct mint_key *key)
{
	gnutls_datum_t text = { NULL, 0 };
	char path[512];
	FILE *file;

	if (kept_in == NULL || !file_of(key->name, path, sizeof(path)) ||
	    gnutls_x509_privkey_export2(
		key->private_key, GNUTLS_X509_FMT_PEM, &text) != 0)
		return;
	file = fopen(path, "we");
	if (file != NULL) {
		fwrite(text.data, 1, text.size, file);
		fclose(file);
	}
	gnutls_free(text.data);
}

static bool
generate(struct mint_key *key, unsigned bits)
{
	if (gnutls_x509_privkey_generate(
		key->private_key, key->algorithm, bits, 0) < 0)
		return false;
	keep(key);
	return true;
}

static struct mint_key *
make_key(const char *name)
{
	struct mint_key *key = calloc(1, sizeof(*key));
	unsigned bits;

	if (key == NULL)
		return NULL;
	key->name = strdup(name);
	if (key->name == NULL || !read_kind(name, &key->algorithm, &bits) ||
	    gnutls_x509_privkey_init(&key->private_key) < 0 ||
	    (!read_kept(key) && !generate(key, bits))) {
		free_key(key);
		return NULL;
	}
	return key;
}

static struct mint_key *all_keys;

static void
free_all_keys(void)
{
	while (all_keys != NULL) {
		struct mint_key *key = all_keys;

		all_keys = key->next;
		free_key(key);
	}
}

const struct mint_key *
mint_key_find(const char *name)
{
	struct mint_key *key = all_keys;

	while (key != NULL && strcmp(key->name, name) != 0)
		key = key->next;
	if (key != NULL)
		return key;
	key = make_key(name);
	if (key == NULL)
		return NULL;
	if (all_keys == NULL)
		atexit(free_all_keys);
	key->next = all_keys;
	all_keys = key;
	return key;
}

static int
append_datum(struct dt_buffer *out, gnutls_datum_t *datum)
{
	int rc = dt_buffer_append(out, datum->data, datum->size);

	gnutls_free(datum->data);
	return rc;
}

int
mint_key_public(const struct mint_key *key, struct dt_buffer *out)
{
	gnutls_datum_t spki = { NULL, 0 };
	gnutls_privkey_t private_key = NULL;
	gnutls_pubkey_t public_key = NULL;
	int rc = DICOMTLS_E_NOMEM;

	if (gnutls_privkey_init(&private_key) < 0 ||
	    gnutls_pubkey_init(&public_key) < 0 ||
	    gnutls_privkey_import_x509(private_key, key->private_key, 0) < 0 ||
	    gnutls_pubkey_import_privkey(public_key, private_key, 0, 0) < 0 ||
	    gnutls_pubkey_export2(public_key, GNUTLS_X509_FMT_DER, &spki) < 0)
		goto out;
	rc = append_datum(out, &spki);
out:
	gnutls_pubkey_deinit(public_key);
	gnutls_privkey_deinit(private_key);
	return rc;
}

int
mint_key_id(const struct mint_key *key, struct dt_buffer *out)
{
	struct dt_buffer spki = { 0 };
	struct dt_der sequence, algorithm, bits;
	struct dt_span rest;
	uint8_t digest[20];
	int rc = mint_key_public(key, &spki);

	if (rc < 0)
		goto out;
	rc = DICOMTLS_E_FORMAT;
	rest = dt_buffer_span(&spki);
	if (!dt_der_take(&rest, DT_DER_SEQUENCE, &sequence) ||
	    !dt_der_next(&sequence.content, &algorithm) ||
	    !dt_der_take(&sequence.content, DT_DER_BIT_STRING, &bits) ||
	    gnutls_hash_fast(GNUTLS_DIG_SHA1, bits.content.data + 1,
		bits.content.size - 1, digest) < 0)
		goto out;
	rc = dt_buffer_append(out, digest, sizeof(digest));
out:
	dt_buffer_clear(&spki);
	return rc;
}

int
mint_key_algorithm(
    const struct mint_key *key, const char *digest, struct dt_buffer *out)
{
	int scheme = find_scheme(key, digest);
	size_t begin = der_begin(out);

	if (scheme < 0)
		return scheme;
	der_put_oid(out, schemes[scheme].oid);
	if (schemes[scheme].null_parameters)
		der_put(out, DT_DER_NULL, dt_span(NULL, 0));
	der_end(out, begin, DT_DER_SEQUENCE);
	return 0;
}

/* ECDSA without randomness (RFC 6979): the same spec gives the same bytes. */
static unsigned
sign_flags(const struct mint_key *key)
{
	return key->algorithm == GNUTLS_PK_EC ? GNUTLS_PRIVKEY_FLAG_REPRODUCIBLE
					      : 0;
}

int
mint_key_sign(const struct mint_key *key, const char *digest,
    struct dt_span data, struct dt_buffer *out)
{
	const gnutls_datum_t input = { (unsigned char *)data.data,
		(unsigned)data.size };
	gnutls_datum_t signature = { NULL, 0 };
	gnutls_privkey_t private_key = NULL;
	int scheme = find_scheme(key, digest);
	int rc = DICOMTLS_E_INVALID;

	if (scheme < 0)
		return scheme;
	if (gnutls_privkey_init(&private_key) < 0)
		return DICOMTLS_E_NOMEM;
	if (gnutls_privkey_import_x509(private_key, key->private_key, 0) < 0 ||
	    gnutls_privkey_sign_data2(private_key, schemes[scheme].sign,
		sign_flags(key), &input, &signature) < 0)
		goto out;
	rc = append_datum(out, &signature);
out:
	gnutls_privkey_deinit(private_key);
	return rc;
}

int
mint_key_export(const struct mint_key *key, enum mint_form form,
    const char *password, struct dt_buffer *out)
{
	gnutls_x509_crt_fmt_t format =
	    form == MINT_DER ? GNUTLS_X509_FMT_DER : GNUTLS_X509_FMT_PEM;
	unsigned flags =
	    password == NULL ? GNUTLS_PKCS_PLAIN : GNUTLS_PKCS_PBES2_AES_256;
	gnutls_datum_t text = { NULL, 0 };

	if (gnutls_x509_privkey_export2_pkcs8(
		key->private_key, format, password, flags, &text) < 0)
		return DICOMTLS_E_NOMEM;
	return append_datum(out, &text);
}
