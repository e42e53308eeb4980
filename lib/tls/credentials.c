/*
 * Loading our own certificate, its chain and its key.
 *
 * A chain goes out as the file has it, byte for byte; only the first
 * certificate must be one that GnuTLS can use. A file with nothing but that
 * certificate is completed from the CA file, root included, as OpenSSL's
 * ssl_add_cert_chain does. Keys and digests too weak for the security level
 * are refused here, before the peer is bothered with them, as
 * SSL_CTX_use_certificate does.
 */
#include "config.h"

#include "tls/credentials.h"

#include "base/der.h"
#include "base/limits.h"
#include "tls/profile_check.h"
#include "x509/level.h"
#include "x509/pem.h"

#include <gnutls/abstract.h>
#include <gnutls/x509.h>

#include <stdlib.h>

/* As OpenSSL's PEM_BUFSIZE. */
#define PASSWORD_ROOM 1024

struct chain {
	gnutls_pcert_st items[DT_MAX_CHAIN];
	unsigned count;
};

static gnutls_datum_t
datum(struct dt_span span)
{
	return (
	    gnutls_datum_t){ (unsigned char *)span.data, (unsigned)span.size };
}

static void
clear_chain(struct chain *chain)
{
	for (unsigned i = 0; i < chain->count; i++)
		gnutls_pcert_deinit(&chain->items[i]);
	chain->count = 0;
}

/* Adds the encoding alone; GnuTLS needs no more of any but the first. What
 * follows the certificate is OpenSSL's auxiliary trust. */
static int
add_certificate(struct chain *chain, struct dt_span der)
{
	gnutls_pcert_st *item = &chain->items[chain->count];
	struct dt_der whole;

	if (chain->count == DT_MAX_CHAIN)
		return DICOMTLS_E_LIMIT;
	if (!dt_der_take(&der, DT_DER_SEQUENCE, &whole))
		return DICOMTLS_E_FORMAT;
	memset(item, 0, sizeof(*item));
	item->type = GNUTLS_CRT_X509;
	item->cert.data = gnutls_malloc(whole.whole.size);
	if (item->cert.data == NULL)
		return DICOMTLS_E_NOMEM;
	memcpy(item->cert.data, whole.whole.data, whole.whole.size);
	item->cert.size = (unsigned)whole.whole.size;
	chain->count++;
	return 0;
}

static int
add_pem(struct chain *chain, struct dt_span text)
{
	struct dt_pem_iter iter = dt_pem_iter(text);
	struct dt_pem block = { 0 };
	int e;

	while ((e = dt_pem_next(&iter, &block)) > 0) {
		/* DER is another type of file. */
		e = dt_span_is_set(block.label) ? 0 : DICOMTLS_E_FORMAT;
		if (e == 0 && dt_pem_is_certificate(&block))
			e = add_certificate(chain, dt_buffer_span(&block.der));
		if (e != 0)
			break;
	}
	dt_pem_clear(&block);
	return e;
}

static int
add_all(struct chain *chain, const char *path, struct dt_span bytes,
    enum tls_file_type type, struct dt_message *why)
{
	int e = type == TLS_FILE_DER ? add_certificate(chain, bytes)
				     : add_pem(chain, bytes);

	if (e == 0 && chain->count == 0)
		e = DICOMTLS_E_FORMAT;
	if (e != 0)
		dt_message_set(why, "%s: certificate %u: %s", path,
		    chain->count + 1,
		    e == DICOMTLS_E_LIMIT   ? "too many in one file"
		    : e == DICOMTLS_E_NOMEM ? "no memory"
					    : "not found or damaged");
	return e;
}

/* The certificates of a file. */
static int
add_file(struct chain *chain, const char *path, enum tls_file_type type,
    struct dt_message *why)
{
	struct dt_buffer bytes = { 0 };
	int e = dt_file_read(path, &bytes, why);

	if (e == 0)
		e = add_all(chain, path, dt_buffer_span(&bytes), type, why);
	dt_buffer_wipe(&bytes);
	return e;
}

/* Want of memory is no finding about the file. */
static int
code_of(int e, int otherwise)
{
	return e == GNUTLS_E_MEMORY_ERROR ? DICOMTLS_E_NOMEM : otherwise;
}

/* GnuTLS's own reading of the first certificate, with its key. */
static int
import_first(struct chain *chain, const char *path, struct dt_message *why)
{
	gnutls_pcert_st first;
	int e = gnutls_pcert_import_x509_raw(
	    &first, &chain->items[0].cert, GNUTLS_X509_FMT_DER, 0);

	if (e != 0) {
		dt_message_set(why, "%s: GnuTLS cannot use the certificate: %s",
		    path, gnutls_strerror(e));
		return code_of(e, DICOMTLS_E_FORMAT);
	}
	gnutls_pcert_deinit(&chain->items[0]);
	chain->items[0] = first;
	return 0;
}

static gnutls_x509_crt_t
import_certificate(const gnutls_datum_t *der)
{
	gnutls_x509_crt_t crt;

	if (gnutls_x509_crt_init(&crt) != 0)
		return NULL;
	if (gnutls_x509_crt_import(crt, der, GNUTLS_X509_FMT_DER) == 0)
		return crt;
	gnutls_x509_crt_deinit(crt);
	return NULL;
}

/* Takes the first certificate of others that issued crt out of them. */
static gnutls_x509_crt_t
take_issuer(struct chain *others, gnutls_x509_crt_t crt, gnutls_pcert_st *item)
{
	for (unsigned i = 0; i < others->count; i++) {
		gnutls_x509_crt_t candidate =
		    import_certificate(&others->items[i].cert);

		if (candidate == NULL)
			continue;
		if (gnutls_x509_crt_check_issuer(crt, candidate) != 0) {
			*item = others->items[i];
			others->items[i] = others->items[--others->count];
			return candidate;
		}
		gnutls_x509_crt_deinit(candidate);
	}
	return NULL;
}

/* Moves issuer after issuer from others to the chain, up to the root. */
static void
append_issuers(struct chain *chain, struct chain *others)
{
	gnutls_x509_crt_t crt = import_certificate(&chain->items[0].cert);

	while (crt != NULL && chain->count < DT_MAX_CHAIN) {
		gnutls_x509_crt_t issuer = NULL;

		if (!gnutls_x509_crt_check_issuer(crt, crt))
			issuer = take_issuer(
			    others, crt, &chain->items[chain->count]);
		gnutls_x509_crt_deinit(crt);
		if (issuer != NULL)
			chain->count++;
		crt = issuer;
	}
	if (crt != NULL)
		gnutls_x509_crt_deinit(crt);
}

/* A CA file that cannot be read is the store's to complain about. */
static int
complete_chain(struct chain *chain, const char *ca_file)
{
	struct chain *others = calloc(1, sizeof(*others));
	int e = DICOMTLS_E_NOMEM;

	if (others != NULL) {
		e = add_file(others, ca_file, TLS_FILE_PEM, NULL);
		append_issuers(chain, others);
		clear_chain(others);
	}
	free(others);
	return e == DICOMTLS_E_NOMEM ? e : 0;
}

/* ssl_security_cert: what is wrong with it, or NULL. The signature of a
 * self-signed certificate does not count. */
static const char *
weakness(const struct dt_cert *cert, int level)
{
	if (!dt_level_takes_key(level, cert))
		return "its key is";
	if ((cert->flags & DT_CERT_SELF_SIGNED) == 0 &&
	    !dt_level_takes_signature(level, cert))
		return "the digest it was signed with is";
	return NULL;
}

static int
check_level(const struct chain *chain, const struct tls_config *config,
    struct dt_message *why)
{
	const int level =
	    config->auth_level < 0 ? TLS_DEFAULT_LEVEL : config->auth_level;

	for (unsigned i = 0; level > 0 && i < chain->count; i++) {
		const gnutls_datum_t *der = &chain->items[i].cert;
		struct dt_cert *cert;
		const char *what;
		int e = dt_cert_parse(
		    &cert, dt_span(der->data, der->size), NULL, why);

		if (e != 0)
			return e;
		what = weakness(cert, level);
		dt_cert_free(cert);
		if (what == NULL)
			continue;
		dt_message_set(why,
		    "%s: certificate %u of the chain: %s too weak for "
		    "security level %d",
		    config->certificate_file, i + 1, what, level);
		return DICOMTLS_E_UNSUPPORTED;
	}
	return 0;
}

/* Of a profile that was asked for by name. */
static int
check_profile(const struct chain *chain, const struct tls_config *config,
    struct dt_message *why)
{
	const struct dt_profile_rules *rules =
	    config->profile == NULL ? NULL
				    : dt_profile_rules_find(config->profile);
	gnutls_datum_t items[DT_MAX_CHAIN];

	for (unsigned i = 0; i < chain->count; i++)
		items[i] = chain->items[i].cert;
	return rules == NULL || dt_profile_takes_chain(rules, items,
				    chain->count, config->certificate_file, why)
		   ? 0
		   : DICOMTLS_E_UNSUPPORTED;
}

/* Of all that will be sent. */
static int
check_strength(const struct chain *chain, const struct tls_config *config,
    struct dt_message *why)
{
	int e = check_level(chain, config, why);

	return e != 0 ? e : check_profile(chain, config, why);
}

static int
load_chain(struct chain *chain, const struct tls_config *config,
    struct dt_message *why)
{
	const char *path = config->certificate_file;
	int e = add_file(chain, path, config->file_type, why);

	if (e == 0)
		e = import_first(chain, path, why);
	if (e == 0 && chain->count == 1 && config->ca_file != NULL)
		e = complete_chain(chain, config->ca_file);
	if (e == 0)
		e = check_strength(chain, config, why);
	return e;
}

/* PKCS#8 (RFC 5208): EncryptedPrivateKeyInfo starts with an
 * AlgorithmIdentifier, every unencrypted key with a version. */
static bool
is_encrypted(struct dt_span bytes, enum tls_file_type type)
{
	static const char word[] = "ENCRYPTED";
	struct dt_der outer;

	if (type == TLS_FILE_PEM)
		return memmem(bytes.data, bytes.size, word, sizeof(word) - 1) !=
		       NULL;
	return dt_der_take(&bytes, DT_DER_SEQUENCE, &outer) &&
	       dt_der_peek(outer.content, DT_DER_SEQUENCE);
}

/* A key on its way from a file to GnuTLS. */
struct source {
	const char *path;
	struct dt_span bytes;
	const struct tls_config *config;
};

static int
import_key(gnutls_privkey_t key, const struct source *source,
    const char *password, struct dt_message *why)
{
	const gnutls_datum_t bytes = datum(source->bytes);
	int e = gnutls_privkey_import_x509_raw(key, &bytes,
	    source->config->file_type == TLS_FILE_DER ? GNUTLS_X509_FMT_DER
						      : GNUTLS_X509_FMT_PEM,
	    password, 0);

	if (e == 0)
		return 0;
	if (password != NULL)
		dt_message_set(why,
		    "%s: the password does not open the private key: %s",
		    source->path, gnutls_strerror(e));
	else
		dt_message_set(why, "%s: private key: %s", source->path,
		    gnutls_strerror(e));
	return code_of(e, DICOMTLS_E_FORMAT);
}

static int
import_encrypted_key(
    gnutls_privkey_t key, const struct source *source, struct dt_message *why)
{
	const struct tls_config *config = source->config;
	char password[PASSWORD_ROOM + 1] = "";
	int n = 0;
	int e;

	if (config->password != NULL)
		n = config->password(
		    password, PASSWORD_ROOM, 0, config->password_arg);
	if (n > 0 && n <= PASSWORD_ROOM) {
		password[n] = '\0';
		e = import_key(key, source, password, why);
	} else {
		dt_message_set(why,
		    "%s: the private key is encrypted and there is no "
		    "password",
		    source->path);
		e = DICOMTLS_E_FORMAT;
	}
	gnutls_memset(password, 0, sizeof(password));
	return e;
}

static int
load_key(gnutls_privkey_t key, const struct tls_config *config,
    struct dt_message *why)
{
	struct dt_buffer bytes = { 0 };
	struct source source = { .path = config->key_file != NULL
					     ? config->key_file
					     : config->certificate_file,
		.config = config };
	int e = dt_file_read(source.path, &bytes, why);

	source.bytes = dt_buffer_span(&bytes);
	if (e == 0)
		e = is_encrypted(source.bytes, config->file_type)
			? import_encrypted_key(key, &source, why)
			: import_key(key, &source, NULL, why);
	dt_buffer_wipe(&bytes);
	return e;
}

/* On success chain and key belong to the credentials. */
static int
set_pair(gnutls_certificate_credentials_t credentials, struct chain *chain,
    gnutls_privkey_t key, const struct tls_config *config,
    struct dt_message *why)
{
	const char *certificate = config->certificate_file;
	int e = gnutls_certificate_set_key(
	    credentials, NULL, 0, chain->items, (int)chain->count, key);

	if (e >= 0) {
		chain->count = 0;
		return 0;
	}
	if (e == GNUTLS_E_MEMORY_ERROR)
		return DICOMTLS_E_NOMEM;
	if (e == GNUTLS_E_CERTIFICATE_KEY_MISMATCH)
		dt_message_set(why,
		    "%s: the private key does not belong to the certificate "
		    "in %s",
		    config->key_file != NULL ? config->key_file : certificate,
		    certificate);
	else
		dt_message_set(why, "%s: %s", certificate, gnutls_strerror(e));
	return code_of(e, DICOMTLS_E_INVALID);
}

int
dt_credentials_load(gnutls_certificate_credentials_t credentials,
    const struct tls_config *config, struct dt_message *why)
{
	struct chain *chain;
	gnutls_privkey_t key = NULL;
	int e;

	if (config->certificate_file == NULL)
		return 0;
	chain = calloc(1, sizeof(*chain));
	if (chain == NULL || gnutls_privkey_init(&key) != 0) {
		free(chain);
		return DICOMTLS_E_NOMEM;
	}
	e = load_chain(chain, config, why);
	if (e == 0)
		e = load_key(key, config, why);
	if (e == 0)
		e = set_pair(credentials, chain, key, config, why);
	if (e != 0)
		gnutls_privkey_deinit(key);
	clear_chain(chain);
	free(chain);
	return e;
}
