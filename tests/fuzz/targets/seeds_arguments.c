/*
 * Inputs of the arguments target, in its own form (arguments.c): each command
 * with each of its options, and the files that belong to them.
 */
#include "target.h"

#include "dicom/association.h"
#include "dicom/part10.h"
#include "seeds.h"
#include "tools/mint.h"

/* What a letter stands for. */
static struct dt_buffer files[128];

static const struct mint_spec root = {
	.subject = { { "CN", "Root", 0 } },
	.constraints = MINT_CA,
	.key_usage = MINT_KEY_CERT_SIGN | MINT_CRL_SIGN,
};
static const struct mint_spec leaf = {
	.subject = { { "CN", "Leaf", 0 } },
	.issuer = &root,
	.names = { { MINT_DNS, "leaf.example" }, { MINT_IP, "127.0.0.1" } },
};

static void
make_files(void)
{
	static const struct mint_crl_spec crl = { .issuer = &root,
		.revoked = { { "01", NULL, 1 } } };
	static const struct dt_part10 meta = { "1.2.840.10008.5.1.4.1.1.2",
		"1.2.3.4", DT_UID_IMPLICIT_LE };

	REQUIRE(mint_certificate(&root, MINT_PEM, &files['A']) == 0);
	REQUIRE(mint_certificate(&leaf, MINT_PEM, &files['C']) == 0);
	REQUIRE(mint_certificate(&leaf, MINT_DER, &files['D']) == 0);
	REQUIRE(mint_certificate(&leaf, MINT_PEM, &files['B']) == 0);
	REQUIRE(mint_private_key(&leaf, MINT_PEM, NULL, &files['B']) == 0);
	REQUIRE(mint_private_key(&leaf, MINT_PEM, NULL, &files['K']) == 0);
	REQUIRE(mint_private_key(&leaf, MINT_DER, NULL, &files['L']) == 0);
	REQUIRE(mint_private_key(&leaf, MINT_PEM, "word", &files['E']) == 0);
	REQUIRE(dt_buffer_text(&files['P'], "word\n") == 0);
	REQUIRE(mint_crl(&crl, MINT_PEM, &files['R']) == 0);
	REQUIRE(mint_crl(&crl, MINT_DER, &files['S']) == 0);
	REQUIRE(dt_part10_write(&meta, &files['F']) == 0);
	REQUIRE(dt_buffer_append(&files['F'],
		    "\x08\0\x18\0\x08\0\0\0"
		    "1.2.3.4",
		    16) == 0);
}

/* Words with blanks between them, and the files by their letters. */
static const struct {
	const char *words, *files;
} seeds[] = {
	{ "", "" },
	{ "--help", "" },
	{ "--version", "" },
	{ "nothing", "" },
	{ "demo", "" },
	{ "codes", "" },
	{ "codes --json", "" },
	{ "codes 10 CERT_HAS_EXPIRED X509_V_ERR_INVALID_CA", "" },
	{ "show 0", "C" },
	{ "show --json 0 1 2", "ACR" },
	{ "show 0 1", "DS" },
	{ "verify --ca-file 0 1", "AC" },
	{ "verify --ca-file 0 --untrusted 0 --purpose sslserver --hostname "
	  "leaf.example --ip 127.0.0.1 --email a@b.example --json 1",
	    "AC" },
	{ "verify --ca-file=0 --crl-file 1 --crl-check-all --crl-extended "
	  "--crl-deltas --policy 1.2.3 --depth 3 --auth-level 1 --at-time "
	  "20300101000000Z 2",
	    "ARC" },
	{ "verify --ca-file 0 --x509-strict --second-opinion --explicit-policy "
	  "--accept-anyway "
	  "--signature-cache 10 --partial-chain --at-time 1900000000 1",
	    "AD" },
	{ "verify --purpose any --no-check-time 0", "C" },
	{ "echo --ca-file 0 --cert 1 --key 2 127.0.0.1 104", "ACK" },
	{ "echo --ca-file 0 --cert 1 --key 2 --key-password-file 3 --profile "
	  "B.12 --tls-min 1.2 --tls-max 1.3 --sni leaf.example --verify peer "
	  "--calling A --called B --json --timeout 1 localhost 2762",
	    "ACEP" },
	{ "echo --cert 0 --key 1 --verify none host 1", "DL" },
	{ "echo --ca-file 0 --cert 1 --hostname leaf.example --crl-file 2 "
	  "--crl-check host 1",
	    "ABR" },
	{ "send --ca-file 0 --cert 1 2 127.0.0.1 104", "ABF" },
	{ "send --ca-file 0 --recurse . 127.0.0.1 104", "AFF" },
	{ "send --json 0 1 2 host 11112", "FCF" },
	{ "listen --ca-file 0 --cert 1 --key 2 --port 0 --verify peer --aet X "
	  "--once --json --resume",
	    "ACK" },
	{ "listen --cert 0 --output-dir . --max-size 100 --bind *", "B" },
	{ "listen --cert 0 --port 99999", "B" },
	{ "send --help", "" },
	{ "listen --help", "" },
	{ "verify --help", "" },
};

static void
write(seeds_write_fn write_seed, const char *words, const char *letters)
{
	struct dt_buffer seed = { 0 };

	for (const char *at = words; *at != '\0'; at++)
		REQUIRE(dt_buffer_append(&seed, *at == ' ' ? "" : at, 1) == 0);
	REQUIRE(dt_buffer_append(&seed, "\0\0", words[0] == '\0' ? 1 : 2) == 0);
	for (const char *at = letters; *at != '\0'; at++) {
		struct dt_span file = dt_buffer_span(&files[(int)*at]);

		REQUIRE(dt_buffer_append(&seed, file.data, file.size) == 0);
		REQUIRE(
		    dt_buffer_text(&seed, at[1] == '\0' ? "" : "\n@@\n") == 0);
	}
	write_seed("arguments", dt_buffer_span(&seed));
	dt_buffer_clear(&seed);
}

void
seeds_arguments(seeds_write_fn write_seed)
{
	make_files();
	for (size_t i = 0; i < sizeof(seeds) / sizeof(seeds[0]); i++)
		write(write_seed, seeds[i].words, seeds[i].files);
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		dt_buffer_clear(&files[i]);
}
