/*
 * Sessions that are resumed, and those that must not be: our backend as client
 * and as server, against itself and against OpenSSL, in TLS 1.2 and 1.3. Each
 * scene connects twice with the same contexts; the second time tells. A plain
 * program that speaks TAP, so that sanitizers and valgrind see it whole.
 */
#include "faults.h"
#include "handshake.h"
#include "openssl.h"
#include "tools/mint.h"

#include <stdio.h>
#include <stdlib.h>

#define VALID .not_before = "250101000000Z", .not_after = "270101000000Z"
#define CN(text) .subject = { { "CN", text, 0 } }
#define BOTH_ROLES .purposes = { "serverAuth", "clientAuth" }

static spec root = { CN("Root"), .constraints = MINT_CA,
	.key_usage = MINT_KEY_CERT_SIGN | MINT_CRL_SIGN, VALID };
static spec good = { CN("Good"), .issuer = &root, BOTH_ROLES, VALID };
static spec email_only = { CN("E-mail only"), .issuer = &root,
	.purposes = { "emailProtection" }, VALID };
/* Half an hour after NOW. */
static spec ending = { CN("Ending"), .issuer = &root, BOTH_ROLES,
	.not_before = "250101000000Z", .not_after = "260101003000Z" };
/* Two hours after NOW. */
static spec staying = { CN("Staying"), .issuer = &root, BOTH_ROLES,
	.not_before = "250101000000Z", .not_after = "260101020000Z" };

static list lasting_crl = { .issuer = &root,
	.this_update = "251231000000Z",
	.next_update = "260102000000Z" };
static list ending_crl = { .issuer = &root,
	.this_update = "251231000000Z",
	.next_update = "260101003000Z" };

/* What happens between the two connections. */
enum { NOTHING, NEW_SERVER, NEW_CLIENT };

static const struct scene {
	const char *name;
	spec *client, *server; /* certificates */
	list *crl;	       /* of both */
	unsigned client_mode, server_mode;
	bool off;    /* our side was not asked to resume */
	bool accept; /* VERIFY overrides */
	int between;
	bool resumed;
} scenes[] = {
	{ "a good session is resumed", &good, &good, NULL, .client_mode = 1,
	    .server_mode = 3, .resumed = true },
	{ "so is one whose path is good for longer than an hour", &staying,
	    &staying, NULL, .client_mode = 1, .server_mode = 3,
	    .resumed = true },
	{ "and one with a revocation list that is", &good, &good, &lasting_crl,
	    .client_mode = 1, .server_mode = 3, .resumed = true },
	{ "and one of a client nobody asks for a certificate", &good, &good,
	    NULL, .client_mode = 1, .server_mode = 0, .resumed = true },
	{ "none unless it was asked for", &good, &good, NULL, .client_mode = 1,
	    .server_mode = 3, .off = true },
	{ "none with a server whose certificate was overridden", &good,
	    &email_only, NULL, .client_mode = 1, .server_mode = 3,
	    .accept = true },
	{ "none with a client whose certificate was overridden", &email_only,
	    &good, NULL, .client_mode = 1, .server_mode = 3, .accept = true },
	{ "none where the verdict on the server did not matter", &good,
	    &email_only, NULL, .client_mode = 0, .server_mode = 3 },
	{ "none with a server whose time ends", &good, &ending, NULL,
	    .client_mode = 1, .server_mode = 3 },
	{ "none with a client whose time ends", &ending, &good, NULL,
	    .client_mode = 1, .server_mode = 3 },
	{ "none with a revocation list whose time ends", &good, &good,
	    &ending_crl, .client_mode = 1, .server_mode = 3 },
	{ "none of a client without a certificate", NULL, &good, NULL,
	    .client_mode = 1, .server_mode = 1 },
	{ "none after the server has read its files again", &good, &good, NULL,
	    .client_mode = 1, .server_mode = 3, .between = NEW_SERVER },
	{ "none after the client has read its files again", &good, &good, NULL,
	    .client_mode = 1, .server_mode = 3, .between = NEW_CLIENT },
};

static struct mint_dir dir;
static char *trust_file;

static bool failed;

static void
expect(bool ok, const char *row, const char *what)
{
	if (ok)
		return;
	failed = true;
	printf("# %s: %s\n", row, what);
}

struct pair {
	const struct scene *scene;
	bool ours_is_client, ours_is_server;
	int version;
	char name[192];
	struct hs_side client, server;
	char *crl_file;
	const char *crl_files[2];
	char *files[4];
};

static struct tls_config
config_of(struct pair *pair, bool ours, spec *own, char **files)
{
	const bool is_client = files == pair->files;
	struct tls_config config = hs_config();
	spec *const chain[] = { own, NULL };

	config.min_version = config.max_version = pair->version;
	config.ca_file = trust_file;
	config.time = NOW;
	config.resume = !(ours && pair->scene->off);
	if (pair->scene->crl != NULL) {
		config.questions.flags = DICOMTLS_F_CRL_CHECK;
		config.questions.crl_files = pair->crl_files;
	}
	if (own == NULL)
		return config;
	files[0] = mint_dir_certificates(
	    &dir, is_client ? "client.pem" : "server.pem", chain);
	files[1] = mint_dir_key(
	    &dir, is_client ? "client.key" : "server.key", own, NULL);
	hs_require(files[0] != NULL && files[1] != NULL, "files");
	config.certificate_file = files[0];
	config.key_file = files[1];
	return config;
}

static struct tls_context *
make_context(const struct hs_side *side)
{
	struct tls_context *context;
	struct dt_message why = { "" };

	hs_require(
	    side->backend->context_new(&context, &side->config, &why) == 0,
	    why.text);
	return context;
}

static void
renew(struct hs_side *side)
{
	side->backend->context_free(side->context);
	side->context = make_context(side);
}

static const struct tls_backend *
backend(bool ours)
{
	return ours ? &dt_gnutls_backend : &openssl_backend;
}

static void
set_up(struct pair *pair)
{
	const struct scene *scene = pair->scene;

	if (scene->crl != NULL) {
		pair->crl_file = mint_dir_crl(&dir, "a.crl", scene->crl);
		pair->crl_files[0] = pair->crl_file;
	}
	pair->client.backend = backend(pair->ours_is_client);
	pair->client.config =
	    config_of(pair, pair->ours_is_client, scene->client, pair->files);
	pair->client.config.verify_mode = scene->client_mode;
	pair->client.accept = scene->accept;
	pair->client.context = make_context(&pair->client);
	pair->server.backend = backend(pair->ours_is_server);
	pair->server.config = config_of(
	    pair, pair->ours_is_server, scene->server, pair->files + 2);
	pair->server.config.verify_mode = scene->server_mode;
	pair->server.accept = scene->accept;
	pair->server.context = make_context(&pair->server);
}

static void
tear_down(struct pair *pair)
{
	pair->client.backend->context_free(pair->client.context);
	pair->server.backend->context_free(pair->server.context);
	for (int i = 0; i < 4; i++)
		free(pair->files[i]);
	free(pair->crl_file);
}

static void
connect_twice(struct pair *pair)
{
	unsigned client_events, server_events;
	const bool resumed = pair->scene->resumed;

	hs_run(&pair->client, &pair->server);
	client_events = pair->client.count;
	server_events = pair->server.count;
	expect(pair->client.linked && pair->server.linked, pair->name,
	    "the first connection works");
	expect(!pair->client.info.resumed && !pair->server.info.resumed,
	    pair->name, "the first connection resumes nothing");
	if (pair->scene->between == NEW_SERVER)
		renew(&pair->server);
	if (pair->scene->between == NEW_CLIENT)
		renew(&pair->client);
	hs_run(&pair->client, &pair->server);
	expect(pair->client.linked && pair->server.linked, pair->name,
	    "the second connection works");
	expect(pair->client.info.resumed == resumed &&
		   pair->server.info.resumed == resumed,
	    pair->name, resumed ? "it is not resumed" : "it is resumed");
	expect(pair->client.count == (resumed ? 0 : client_events) &&
		   pair->server.count == (resumed ? 0 : server_events),
	    pair->name, "VERIFY is called unless it is resumed, and then not");
}

/* OpenSSL keeps what we would not: the rules are those of our side, and of
 * our side as the judge in question. */
static bool
is_ours_to_decide(const struct pair *pair)
{
	const struct scene *scene = pair->scene;
	const bool by_client = scene->server != &good || scene->off ||
			       scene->between == NEW_CLIENT ||
			       scene->crl == &ending_crl;
	const bool by_server = scene->client != &good || scene->off ||
			       scene->between == NEW_SERVER ||
			       scene->crl == &ending_crl;

	return scene->resumed || (by_client && pair->ours_is_client) ||
	       (by_server && pair->ours_is_server);
}

static void
run_pairs(const struct scene *scene)
{
	for (int i = 0; i < 6; i++) {
		struct pair pair = { .scene = scene,
			.ours_is_client = i % 3 != 1,
			.ours_is_server = i % 3 != 2,
			.version = i < 3 ? TLS_V1_2 : TLS_V1_3 };

		if (!is_ours_to_decide(&pair))
			continue;
		snprintf(pair.name, sizeof(pair.name), "%s, TLS 1.%d, %s to %s",
		    scene->name, i < 3 ? 2 : 3,
		    backend(pair.ours_is_client)->name,
		    backend(pair.ours_is_server)->name);
		set_up(&pair);
		connect_twice(&pair);
		tear_down(&pair);
	}
}

/* Refused once, refused again: nothing was left that could be resumed. */
static void
run_refused(int version)
{
	static const struct scene scene = { "a refused client", &email_only,
		&good, NULL, .client_mode = 1, .server_mode = 3 };
	struct pair pair = { .scene = &scene,
		.ours_is_client = true,
		.ours_is_server = true,
		.version = version };

	snprintf(pair.name, sizeof(pair.name), "%s", scene.name);
	set_up(&pair);
	for (int i = 0; i < 2; i++) {
		hs_run(&pair.client, &pair.server);
		expect(!pair.server.linked && pair.server.count > 0 &&
			   pair.server.failure.verify_error ==
			       DICOMTLS_V_ERR_INVALID_PURPOSE,
		    pair.name, "is refused each time");
	}
	tear_down(&pair);
}

/* The client meets another server at that place, which it refuses; the first
 * one's session is not offered any more. */
static void
run_forgotten(int version)
{
	static const struct scene honest = { "a good session", &good, &good,
		NULL, .client_mode = 1, .server_mode = 3 };
	static const struct scene other = { "another server", &good,
		&email_only, NULL, .client_mode = 1, .server_mode = 3 };
	struct pair first = { .scene = &honest,
		.ours_is_client = true,
		.ours_is_server = true,
		.version = version };
	struct pair second = first;

	second.scene = &other;
	snprintf(first.name, sizeof(first.name), "after a fatal alert");
	set_up(&first);
	set_up(&second);
	hs_run(&first.client, &first.server);
	hs_run(&first.client, &second.server);
	expect(!first.client.linked, first.name, "the other server is refused");
	hs_run(&first.client, &first.server);
	expect(first.client.linked && !first.client.info.resumed, first.name,
	    "the session is forgotten");
	hs_run(&first.client, &first.server);
	expect(first.client.info.resumed, first.name, "the next is not");
	tear_down(&first);
	tear_down(&second);
}

int
main(void)
{
	static spec *const trusted[] = { &root, NULL };
	const size_t count = sizeof(scenes) / sizeof(scenes[0]);
	int bad = 0;

	setvbuf(stdout, NULL, _IOLBF, 0);
	hs_require(mint_dir_make(&dir) == 0, "directory");
	trust_file = mint_dir_certificates(&dir, "trust.pem", trusted);
	hs_require(trust_file != NULL, "trust");
	for (size_t i = 0; i < count; i++) {
		failed = false;
		run_pairs(&scenes[i]);
		printf("%sok %zu - %s\n", failed ? "not " : "", i + 1,
		    scenes[i].name);
		bad += failed;
	}
	failed = false;
	run_refused(TLS_V1_2);
	run_refused(TLS_V1_3);
	printf("%sok %zu - none that was refused\n", failed ? "not " : "",
	    count + 1);
	bad += failed;
	failed = false;
	run_forgotten(TLS_V1_2);
	run_forgotten(TLS_V1_3);
	printf("%sok %zu - none that ended by a fatal alert\n1..%zu\n",
	    failed ? "not " : "", count + 2, count + 2);
	bad += failed;
	free(trust_file);
	mint_dir_remove(&dir);
	return bad != 0;
}
