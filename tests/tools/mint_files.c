/*
 * Writes the certificates, keys and CRLs that the script tests of the command
 * use into the current directory. Usage: mint_files
 */
#include "tools/mint.h"

#include <stdio.h>
#include <stdlib.h>

/* Nothing else has these letters: a test looks for them in memory. */
#define PASSWORD "correct-horse-battery-staple"

static const struct mint_spec ca = {
	.subject = { { "CN", "Test CA", 0 } },
	.constraints = MINT_CA,
	.key_usage = MINT_KEY_CERT_SIGN | MINT_CRL_SIGN,
};

#define LEAF(name, purpose)                                                    \
	.subject = { { "CN", name, 0 } }, .issuer = &ca,                       \
	.constraints = MINT_NOT_CA, .key_usage = MINT_DIGITAL_SIGNATURE,       \
	.purposes = { purpose }

static const struct mint_spec server = {
	LEAF("SCP", "serverAuth"),
	.names = { { MINT_DNS, "pacs.example" }, { MINT_IP, "127.0.0.1" } },
	.serial = "11",
};
static const struct mint_spec good = { LEAF("SCU", "clientAuth"),
	.serial = "12" };
static const struct mint_spec bad = { LEAF("Signer", "codeSigning"),
	.serial = "13" };
static const struct mint_spec expired = { LEAF("Old SCU", "clientAuth"),
	.serial = "14", .not_before = "200101000000Z",
	.not_after = "210101000000Z" };
static const struct mint_spec stranger = {
	.subject = { { "CN", "Stranger", 0 } },
	.purposes = { "clientAuth" },
};

static const struct mint_spec revoked = { LEAF("Lost SCU", "clientAuth"),
	.serial = "15" };
static const struct mint_spec weak = { LEAF("Weak SCU", "clientAuth"),
	.serial = "16", .digest = "sha1" };

/* certificatePolicies { 1.2.3.4 } */
static const uint8_t policies[] = { 0x30, 0x07, 0x30, 0x05, 0x06, 0x03, 0x2a,
	0x03, 0x04 };
static const struct mint_spec policy = {
	LEAF("Policy SCU", "clientAuth"), .serial = "17",
	.extensions = { { "2.5.29.32", false, { policies, sizeof(policies) } } }
};
static const struct mint_spec wild = { LEAF("Any SCP", "serverAuth"),
	.names = { { MINT_DNS, "*.hospital.example" } }, .serial = "18" };
static const struct mint_spec inner = {
	.subject = { { "CN", "Inner CA", 0 } },
	.issuer = &ca,
	.constraints = MINT_CA,
	.key_usage = MINT_KEY_CERT_SIGN | MINT_CRL_SIGN,
	.serial = "20",
};
static const struct mint_spec below = { .subject = { { "CN", "Far SCU", 0 } },
	.issuer = &inner,
	.constraints = MINT_NOT_CA,
	.key_usage = MINT_DIGITAL_SIGNATURE,
	.purposes = { "clientAuth" },
	.serial = "21" };

static const struct mint_spec small = { LEAF("Small SCU", "clientAuth"),
	.key = "rsa1024", .serial = "23" };
static const struct mint_spec rsa = { LEAF("RSA SCU", "clientAuth"),
	.key = "rsa2048", .serial = "24" };
/* Good for key transport too. */
static const struct mint_spec rsa_server = {
	.subject = { { "CN", "RSA SCP", 0 } },
	.issuer = &ca,
	.key = "rsa2048",
	.constraints = MINT_NOT_CA,
	.key_usage = MINT_DIGITAL_SIGNATURE | MINT_KEY_ENCIPHERMENT,
	.purposes = { "serverAuth" },
	.names = { { MINT_IP, "127.0.0.1" } },
	.serial = "25",
};

/* An archive that opens and accepts links with one certificate. */
static const struct mint_spec pacs = {
	.subject = { { "CN", "Archive", 0 } },
	.issuer = &ca,
	.constraints = MINT_NOT_CA,
	.key_usage = MINT_DIGITAL_SIGNATURE,
	.purposes = { "serverAuth", "clientAuth" },
	.serial = "26",
};

/* Signs CRLs in the CA's name, and nobody knows its issuer. */
static const struct mint_spec signer = {
	.subject = { { "CN", "Test CA", 0 } },
	.issuer = &stranger,
	.key = "p256/signer",
	.constraints = MINT_CA,
	.key_usage = MINT_CRL_SIGN,
	.serial = "22",
};

/* issuingDistributionPoint { onlyContainsCACerts TRUE } */
static const uint8_t only_cas[] = { 0x30, 0x03, 0x82, 0x01, 0xff };

static const struct {
	const char *name;
	struct mint_crl_spec spec;
} crls[] = {
	{ "ca.crl", { .issuer = &ca,
			.number = 5,
			.revoked = { { "15", "260301000000Z", 1 } } } },
	{ "inner.crl", { .issuer = &inner } },
	{ "server.crl", { .issuer = &ca, .revoked = { { .serial = "11" } } } },
	{ "inner-revoked.crl",
	    { .issuer = &ca, .revoked = { { .serial = "20" } } } },
	{ "old.crl", { .issuer = &ca,
			 .this_update = "200101000000Z",
			 .next_update = "200201000000Z" } },
	{ "early.crl", { .issuer = &ca,
			   .this_update = "490101000000Z",
			   .next_update = "490201000000Z" } },
	{ "signer.crl", { .issuer = &signer } },
	{ "damaged.crl", { .issuer = &ca, .damaged_signature = true } },
	{ "cas.crl", { .issuer = &ca,
			 .extensions = { { "2.5.29.28", true,
			     { only_cas, sizeof(only_cas) } } } } },
};

static const struct {
	const char *name;
	const struct mint_spec *spec;
} files[] = {
	{ "ca", &ca },
	{ "server", &server },
	{ "good", &good },
	{ "bad", &bad },
	{ "expired", &expired },
	{ "stranger", &stranger },
	{ "revoked", &revoked },
	{ "weak", &weak },
	{ "below", &below },
	{ "policy", &policy },
	{ "signer", &signer },
	{ "wild", &wild },
	{ "small", &small },
	{ "rsa", &rsa },
	{ "rsa-server", &rsa_server },
	{ "pacs", &pacs },
};

static int
write_text(const struct mint_dir *dir, const char *name, const char *text)
{
	char *path = mint_dir_write(dir, name, dt_span(text, strlen(text)));
	int failed = path == NULL;

	free(path);
	return failed;
}

static int
write_pair(
    const struct mint_dir *dir, const char *name, const struct mint_spec *spec)
{
	bool far = spec->issuer != NULL && spec->issuer->issuer != NULL;
	const struct mint_spec *const chain[] = { spec,
		far ? spec->issuer : NULL, NULL };
	struct dt_buffer der = { 0 };
	char text[64];
	char *paths[3];
	int failed;

	snprintf(text, sizeof(text), "%s.pem", name);
	paths[0] = mint_dir_certificates(dir, text, chain);
	snprintf(text, sizeof(text), "%s.key", name);
	paths[1] = mint_dir_key(dir, text, spec, NULL);
	snprintf(text, sizeof(text), "%s.der", name);
	failed = mint_certificate(spec, MINT_DER, &der) < 0;
	paths[2] = mint_dir_write(dir, text, dt_buffer_span(&der));
	for (size_t i = 0; i < 3; i++) {
		failed |= paths[i] == NULL;
		free(paths[i]);
	}
	dt_buffer_clear(&der);
	return failed;
}

static int
write_crls(const struct mint_dir *dir)
{
	struct dt_buffer der = { 0 };
	int failed = 0;
	char *path;

	for (size_t i = 0; i < sizeof(crls) / sizeof(crls[0]); i++) {
		path = mint_dir_crl(dir, crls[i].name, &crls[i].spec);
		failed |= path == NULL;
		free(path);
	}
	failed |= mint_crl(&crls[0].spec, MINT_DER, &der) < 0;
	path = mint_dir_write(dir, "ca-der.crl", dt_buffer_span(&der));
	failed |= path == NULL;
	free(path);
	dt_buffer_clear(&der);
	return failed;
}

int
main(void)
{
	const struct mint_spec *const two[] = { &good, &ca, NULL };
	struct mint_dir dir = { "." };
	char *path;
	int failed = 0;

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		failed |= write_pair(&dir, files[i].name, files[i].spec);
	path = mint_dir_certificates(&dir, "two.pem", two);
	failed |= path == NULL;
	free(path);
	path = mint_dir_key(&dir, "locked.key", &good, PASSWORD);
	failed |= path == NULL;
	free(path);
	failed |= write_crls(&dir);
	failed |= write_text(&dir, "password", PASSWORD "\n");
	failed |= write_text(&dir, "garbage", "this is no certificate\n");
	failed |= write_text(&dir, "empty", "");
	return failed;
}
