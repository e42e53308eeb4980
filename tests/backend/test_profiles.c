/*
 * Profiles of PS3.15 at work: our backend keeps to one by name, OpenSSL offers
 * what it is told to. Each row is run with our end as client and as server. A
 * plain program that speaks TAP.
 *
 * What each profile allows is the standard's; the alerts are RFC 8446's.
 */
#include "handshake.h"
#include "openssl.h"
#include "tools/mint.h"

#include <stdio.h>
#include <stdlib.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define CN(text) .subject = { { "CN", text, 0 } }

typedef const struct mint_spec spec;

static spec root = { CN("Root"), .constraints = MINT_CA };
static spec small_root = { CN("Small root"), .key = "rsa1024",
	.constraints = MINT_CA };
static spec p256 = { CN("P-256"), .issuer = &root };
static spec rsa = { CN("RSA-2048"), .issuer = &root, .key = "rsa2048" };
static spec rsa1024 = { CN("RSA-1024"), .issuer = &root, .key = "rsa1024" };
static spec sha1 = { CN("SHA-1"), .issuer = &root, .digest = "sha1" };
static spec edwards = { CN("Ed25519"), .issuer = &root, .key = "ed25519" };
static spec under_small = { CN("Under it"), .issuer = &small_root };

enum { RSA_AES_128_CBC = 0x002f, ECDHE_RSA_256 = 0xc030, DHE_RSA_256 = 0x009f };
enum { ECDSA_256 = 0xc02c, ECDSA_CCM = 0xc0ac, ECDSA_CHACHA = 0xcca9 };

/* The peer's side, and how it ends: a suite, or an alert of ours with words
 * of the sentence. Alert -1: whoever notices first. */
static const struct row {
	const char *name;
	const char *profile;
	spec *own;
	spec *peer;
	int version; /* the only one of the peer; 0: 1.2 and 1.3 */
	uint16_t peer_suite;
	uint16_t suite;
	int alert;
	const char *words;
} rows[] = {
	{ "B.12 prefers TLS 1.3", "bcp195-8996", &p256, &p256, 0, 0, 0x1302, 0,
	    NULL },
	{ "B.12 has TLS 1.2", "bcp195-8996", &p256, &p256, TLS_V1_2, 0,
	    ECDSA_256, 0, NULL },
	{ "B.12 takes RSA of 2048 bits", "bcp195-8996", &rsa, &rsa, TLS_V1_2, 0,
	    ECDHE_RSA_256, 0, NULL },
	{ "B.12 takes Ed25519", "bcp195-8996", &p256, &edwards, 0, 0, 0x1302, 0,
	    NULL },
	{ "B.12 has no TLS 1.1", "bcp195-8996", &rsa, &rsa, TLS_V1_1,
	    RSA_AES_128_CBC, 0, 70, "no TLS version in common" },
	{ "B.12 has no key transport", "bcp195-8996", &rsa, &rsa, TLS_V1_2,
	    RSA_AES_128_CBC, 0, 40, "" },
	{ "B.12 has no DHE", "bcp195-8996", &rsa, &rsa, TLS_V1_2, DHE_RSA_256,
	    0, 40, "" },
	{ "B.12 refuses RSA of 1024 bits", "bcp195-8996", &rsa, &rsa1024, 0, 0,
	    0, 42,
	    "outside profile bcp195-8996: its RSA key has 1024 bits, 2048 are "
	    "needed" },
	{ "B.12 refuses it in TLS 1.2", "B.12", &rsa, &rsa1024, TLS_V1_2, 0, 0,
	    42, "1024 bits" },
	{ "B.12 refuses SHA-1", "bcp195-8996", &rsa, &sha1, 0, 0, 0, 42,
	    "\"CN = SHA-1\", is outside profile bcp195-8996: it is signed with "
	    "a digest weaker than SHA-256" },
	{ "B.12 refuses a small anchor", "bcp195-8996", &rsa, &under_small, 0,
	    0, 0, 42, "\"CN = Small root\", is outside profile" },
	{ "B.13 prefers TLS 1.3", "bcp195-8996-mod", &p256, &p256, 0, 0, 0x1302,
	    0, NULL },
	{ "B.13 has CCM", "bcp195-8996-mod", &p256, &p256, TLS_V1_2, ECDSA_CCM,
	    ECDSA_CCM, 0, NULL },
	{ "B.13 has ChaCha20", "bcp195-8996-mod", &p256, &p256, TLS_V1_2,
	    ECDSA_CHACHA, ECDSA_CHACHA, 0, NULL },
	{ "B.13 refuses RSA of 1024 bits", "bcp195-8996-mod", &rsa, &rsa1024, 0,
	    0, 0, 42, "outside profile bcp195-8996-mod" },
	{ "B.13 has no Ed25519", "bcp195-8996-mod", &p256, &edwards, 0, 0, 0,
	    -1, NULL },
	{ "B.11 ends with TLS 1.2", "bcp195-ex", &p256, &p256, 0, 0, ECDSA_256,
	    0, NULL },
	{ "B.11 has DHE", "bcp195-ex", &rsa, &rsa, TLS_V1_2, DHE_RSA_256,
	    DHE_RSA_256, 0, NULL },
	{ "B.11 has no key transport", "bcp195-ex", &rsa, &rsa, TLS_V1_2,
	    RSA_AES_128_CBC, 0, 40, "" },
	{ "B.10 has DHE", "bcp195-nd", &rsa, &rsa, TLS_V1_2, DHE_RSA_256,
	    DHE_RSA_256, 0, NULL },
	{ "B.10 has no TLS 1.0", "bcp195-nd", &rsa, &rsa, TLS_V1_0,
	    RSA_AES_128_CBC, 0, 70, "no TLS version in common" },
	{ "B.9 goes down to TLS 1.0", "bcp195", &rsa, &rsa, TLS_V1_0,
	    RSA_AES_128_CBC, RSA_AES_128_CBC, 0, NULL },
	{ "B.3 has TLS 1.0", "aes", &rsa, &rsa, TLS_V1_0, RSA_AES_128_CBC,
	    RSA_AES_128_CBC, 0, NULL },
	{ "B.3 has TLS 1.2", "aes", &rsa, &rsa, TLS_V1_2, RSA_AES_128_CBC,
	    RSA_AES_128_CBC, 0, NULL },
	{ "B.3 has nothing newer", "aes", &rsa, &rsa, TLS_V1_2, ECDHE_RSA_256,
	    0, 40, "" },
	{ "B.3 takes RSA of 1024 bits", "aes", &rsa, &rsa1024, TLS_V1_2,
	    RSA_AES_128_CBC, RSA_AES_128_CBC, 0, NULL },
	{ "B.1 has 3DES alone", "basic", &rsa, &rsa, TLS_V1_2, RSA_AES_128_CBC,
	    0, 40, "" },
};

/* Server names (RFC 6066 3), ALPN (RFC 7301): both ends, in all pairings. */
static const struct name_row {
	const char *name;
	const char *asked; /* NULL: no name */
	const char *served;
	int alert; /* 0: they meet */
} name_rows[] = {
	{ "the server's name, in another case", "PACS.example", "pacs.example",
	    0 },
	{ "another server's name", "ris.example", "pacs.example", 112 },
	{ "no name", NULL, "pacs.example", 0 },
	{ "a name that the server does not insist on", "ris.example", NULL, 0 },
};

static struct mint_dir dir;
static char *trust;

static struct tls_config
config_of(spec *own, const char *name)
{
	spec *const chain[] = { own, NULL };
	struct tls_config config = hs_config();
	char file[32];

	snprintf(file, sizeof(file), "%s.pem", name);
	config.certificate_file = mint_dir_certificates(&dir, file, chain);
	snprintf(file, sizeof(file), "%s.key", name);
	config.key_file = mint_dir_key(&dir, file, own, NULL);
	hs_require(config.certificate_file && config.key_file, "files");
	config.ca_file = trust;
	config.auth_level = 0;
	config.verify_mode = TLS_VERIFY_PEER | TLS_VERIFY_FAIL_IF_NO_PEER_CERT;
	return config;
}

static bool
ends_as_told(
    const struct row *row, const struct hs_side *ours, struct hs_side *peer)
{
	if (row->suite != 0)
		return ours->linked && peer->linked &&
		       ours->info.suite == row->suite;
	if (ours->linked && peer->linked)
		return false;
	return row->alert < 0 ||
	       (ours->failure.alert_sent == row->alert &&
		   peer->failure.alert_received == row->alert &&
		   strstr(ours->failure.message.text, row->words) != NULL);
}

/* A client cannot tell which suite or version a server would have wanted: it
 * is sent an alert instead of sending one. */
static bool
is_refused_by_peer(const struct row *row, const struct hs_side *ours,
    const struct hs_side *peer)
{
	return row->suite == 0 && (row->alert == 40 || row->alert == 70) &&
	       peer->failure.alert_sent == row->alert &&
	       ours->failure.alert_received == row->alert;
}

static void
free_config(const struct tls_config *config)
{
	free((char *)config->certificate_file);
	free((char *)config->key_file);
}

static bool
run(const struct row *row, bool client)
{
	struct hs_side ours = { .backend = &dt_gnutls_backend,
		.accept = true,
		.config = config_of(row->own, "ours") };
	struct hs_side peer = { .backend = &openssl_backend,
		.accept = true,
		.config = config_of(row->peer, "peer") };
	bool ok;

	ours.config.profile = row->profile;
	peer.config.min_version = peer.config.max_version = row->version;
	peer.config.suites[0] = row->peer_suite;
	hs_run(client ? &ours : &peer, client ? &peer : &ours);
	ok = ends_as_told(row, &ours, &peer) ||
	     (client && is_refused_by_peer(row, &ours, &peer));
	if (!ok)
		printf("# suite %04x, alert sent %d, received %d: %s | %s\n",
		    ours.info.suite, ours.failure.alert_sent,
		    ours.failure.alert_received, ours.failure.message.text,
		    peer.failure.message.text);
	free_config(&ours.config);
	free_config(&peer.config);
	return ok;
}

/* bits 0 and 1: which ends are OpenSSL's. */
static bool
run_names(const struct name_row *row, unsigned pairing)
{
	struct hs_side client = {
		.backend = pairing & 1 ? &openssl_backend : &dt_gnutls_backend,
		.config = config_of(&p256, "client"),
	};
	struct hs_side server = {
		.backend = pairing & 2 ? &openssl_backend : &dt_gnutls_backend,
		.config = config_of(&p256, "server"),
	};
	bool ok;

	client.config.alpn = server.config.alpn = true;
	client.config.server_name = row->asked;
	server.config.server_name = row->served;
	hs_run(&client, &server);
	ok = row->alert == 0
		 ? client.linked && server.linked
		 : !client.linked && server.failure.alert_sent == row->alert &&
		       client.failure.alert_received == row->alert;
	free_config(&client.config);
	free_config(&server.config);
	return ok;
}

static int
run_all_names(size_t number)
{
	int bad = 0;

	for (size_t i = 0; i < 4 * COUNT(name_rows); i++) {
		const struct name_row *row = &name_rows[i / 4];
		bool ok = run_names(row, i % 4);

		printf("%sok %zu - %s, %s client, %s server\n",
		    ok ? "" : "not ", ++number, row->name,
		    i & 1 ? "openssl" : "gnutls", i & 2 ? "openssl" : "gnutls");
		bad += !ok;
	}
	return bad;
}

int
main(void)
{
	spec *const anchors[] = { &root, &small_root, NULL };
	const size_t count = COUNT(rows);
	int bad = 0;

	setvbuf(stdout, NULL, _IOLBF, 0);
	hs_require(mint_dir_make(&dir) == 0, "directory");
	trust = mint_dir_certificates(&dir, "trust.pem", anchors);
	hs_require(trust != NULL, "trust.pem");
	printf("1..%zu\n", 2 * count + 4 * COUNT(name_rows));
	for (size_t i = 0; i < 2 * count; i++) {
		const struct row *row = &rows[i / 2];
		bool ok = run(row, i % 2 == 0);

		printf("%sok %zu - %s, as %s\n", ok ? "" : "not ", i + 1,
		    row->name, i % 2 == 0 ? "client" : "server");
		bad += !ok;
	}
	bad += run_all_names(2 * count);
	free(trust);
	mint_dir_remove(&dir);
	return bad != 0;
}
