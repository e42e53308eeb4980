/*
 * What an end may send itself: at each security level our backend takes the
 * certificates, and the chains behind them, that OpenSSL takes. A plain
 * program that speaks TAP.
 */
#include "openssl.h"
#include "tools/mint.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#define HIGHEST 3
#define CN(text) .subject = { { "CN", text, 0 } }
#define IS_CA .constraints = MINT_CA, .key_usage = MINT_KEY_CERT_SIGN

typedef const struct mint_spec spec;

static spec root = { CN("Root"), IS_CA };
static spec p256 = { CN("P-256"), .issuer = &root };
static spec rsa1024 = { CN("RSA-1024"), .issuer = &root, .key = "rsa1024" };
static spec rsa2048 = { CN("RSA-2048"), .issuer = &root, .key = "rsa2048" };
static spec sha1 = { CN("SHA-1"), .issuer = &root, .digest = "sha1" };
static spec self_sha1 = { CN("Self-signed with SHA-1"), .digest = "sha1" };
static spec ed25519 = { CN("Ed25519"), .issuer = &root, .key = "ed25519" };
static spec small_mid = { CN("Small mid"), .issuer = &root, .key = "rsa1024",
	IS_CA };
static spec under_small = { CN("Under it"), .issuer = &small_mid };
static spec sha1_mid = { CN("SHA-1 mid"), .issuer = &root, .digest = "sha1",
	IS_CA };
static spec under_sha1 = { CN("Under that"), .issuer = &sha1_mid };

/* A chain and the highest level it may be sent at. */
static const struct {
	const char *name;
	spec *chain[4];
	int highest;
} rows[] = {
	{ "P-256", { &p256 }, 3 },
	{ "Ed25519", { &ed25519 }, 3 },
	{ "RSA-2048", { &rsa2048 }, 2 },
	{ "RSA-1024", { &rsa1024 }, 1 },
	{ "SHA-1 signature", { &sha1 }, 0 },
	{ "SHA-1 signature of its own", { &self_sha1 }, 3 },
	{ "a good chain", { &p256, &root }, 3 },
	{ "RSA-1024 in the chain", { &under_small, &small_mid }, 1 },
	{ "SHA-1 in the chain", { &under_sha1, &sha1_mid }, 0 },
};

static bool
takes(const struct tls_backend *backend, const struct tls_config *config)
{
	struct tls_context *context = NULL;
	struct dt_message why = { "" };

	if (backend->context_new(&context, config, &why) != 0)
		return false;
	backend->context_free(context);
	return true;
}

/* The first level at which either is wrong, -1: none. */
static int
find_fault(const char *certificate, const char *key, int highest)
{
	struct tls_config config = { .certificate_file = certificate,
		.key_file = key,
		.file_type = TLS_FILE_PEM,
		.verify_depth = -1 };

	for (int level = 0; level <= HIGHEST; level++) {
		config.auth_level = level;
		if (takes(&openssl_backend, &config) != (level <= highest) ||
		    takes(&dt_gnutls_backend, &config) != (level <= highest))
			return level;
	}
	return -1;
}

int
main(void)
{
	const size_t count = sizeof(rows) / sizeof(rows[0]);
	struct mint_dir dir;
	int bad = 0;

	if (mint_dir_make(&dir) != 0)
		return 1;
	for (size_t i = 0; i < count; i++) {
		char *certificate =
		    mint_dir_certificates(&dir, "own.pem", rows[i].chain);
		char *key =
		    mint_dir_key(&dir, "own.key", rows[i].chain[0], NULL);
		int level = find_fault(certificate, key, rows[i].highest);

		printf("%sok %zu - %s: up to level %d\n",
		    level < 0 ? "" : "not ", i + 1, rows[i].name,
		    rows[i].highest);
		if (level >= 0)
			printf("# not at level %d\n", level);
		bad += level >= 0;
		free(certificate);
		free(key);
	}
	mint_dir_remove(&dir);
	printf("1..%zu\n", count);
	return bad != 0;
}
