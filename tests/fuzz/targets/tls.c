/*
 * A TLS session of ours with a peer that says anything: octets of its own; a
 * real handshake in which octets are changed, left out, doubled or cut off on
 * the way; or certificates of its own choosing.
 *
 * The first octet is what the peer does, which role is ours and how VERIFY
 * answers; the second is how our context is set. The rest are, one of
 *   octets as they come;
 *   messages: content type, size, contents, in records of their own; of a
 *   handshake message the contents start with its type, whose length follows;
 *   changes of four octets each: which run of octets on the way, where, what
 *   is done, with what;
 *   certificates as tls_peer.h has them.
 */
#include "target.h"

#include "tls_peer.h"
#include "tools/mint.h"

#define MAX_ROUNDS 24
#define HANDSHAKE 22

enum change { FLIP, LEAVE_OUT, DOUBLE, CUT, CHANGES };

/* Bits of the first octet; the last two are for a program that has a session
 * of GnuTLS in our place, and is shown certificates. */
enum {
	PEER = 3,
	ROLE = 4,
	ACCEPT = 8,
	AGAIN = 16,
	PROGRAM = 32,
	WITHOUT_HOOK = 64
};

struct peer {
	struct tls_session *session;
	bool accepts; /* VERIFY answers 1 to all */
	bool shaken;
	bool over;
	bool judged; /* VERIFY let the peer's own certificate pass */
};

static const struct tls_backend *const tls = &dt_gnutls_backend;

static const struct setting {
	int min, max;
	unsigned mode;
	const char *profile;
	const char *name;
	const char *asked; /* by a client, of a server */
	bool alpn, resume;
	uint32_t flags;
} settings[] = {
	{ 0, TLS_V1_3, 3, NULL, NULL, NULL, false, false, 0 },
	{ 0, TLS_V1_2, 3, NULL, NULL, NULL, false, false, 0 },
	{ 0, 0, 3, "bcp195-8996", "leaf.example", "leaf.example", true, false,
	    DICOMTLS_F_X509_STRICT },
	{ 0, 0, 3, "bcp195-8996-mod", "127.0.0.1", NULL, true, false,
	    DICOMTLS_F_CRL_CHECK },
	{ 0, TLS_V1_3, 3, NULL, "leaf.example", NULL, false, true, 0 },
	{ 0, TLS_V1_2, 3, NULL, NULL, "leaf.example", true, true, 0 },
	{ 0, 0, TLS_VERIFY_NONE, NULL, NULL, NULL, false, false, 0 },
	{ TLS_V1_0, TLS_V1_1, TLS_VERIFY_PEER, NULL, NULL, NULL, false, false,
	    0 },
};

#define SETTINGS (sizeof(settings) / sizeof(settings[0]))

static struct tls_context *contexts[SETTINGS];

static void
make_context(size_t at, struct tls_config config)
{
	const struct setting *setting = &settings[at];
	struct dt_message why;

	config.min_version = setting->min;
	config.max_version = setting->max;
	config.verify_mode = setting->mode;
	config.profile = setting->profile;
	config.host_name = setting->name;
	config.server_name = setting->asked;
	config.alpn = setting->alpn;
	config.resume = setting->resume;
	config.questions.flags = setting->flags;
	REQUIRE(tls->context_new(&contexts[at], &config, &why) == 0);
}

/* Made once; the process ends with them. */
static void
make_contexts(void)
{
	static const struct mint_spec root = {
		.subject = { { "CN", "Root", 0 } },
		.constraints = MINT_CA,
		.key_usage = MINT_KEY_CERT_SIGN | MINT_CRL_SIGN,
	};
	static const struct mint_spec leaf = {
		.subject = { { "CN", "Leaf", 0 } },
		.issuer = &root,
		.names = { { MINT_DNS, "leaf.example" },
		    { MINT_IP, "127.0.0.1" } },
	};
	static const struct mint_crl_spec crl = { .issuer = &root };
	const struct mint_spec *roots[] = { &root, NULL };
	const struct mint_spec *leaves[] = { &leaf, NULL };
	struct tls_config config = {
		.verify_depth = -1, .auth_level = -1, .file_type = TLS_FILE_PEM
	};
	struct mint_dir dir;
	const char *crls[2] = { NULL, NULL };
	char *files[4];

	REQUIRE(mint_dir_make(&dir) == 0);
	files[0] = mint_dir_certificates(&dir, "ca.pem", roots);
	files[1] = mint_dir_certificates(&dir, "leaf.pem", leaves);
	files[2] = mint_dir_key(&dir, "key.pem", &leaf, NULL);
	files[3] = mint_dir_crl(&dir, "crl.pem", &crl);
	config.ca_file = files[0];
	config.certificate_file = files[1];
	config.key_file = files[2];
	crls[0] = files[3];
	config.questions.crl_files = crls;
	for (size_t i = 0; i < SETTINGS; i++)
		make_context(i, config);
	tls_peer_load(files[1], files[2], files[0]);
	for (size_t i = 0; i < 4; i++)
		free(files[i]);
	mint_dir_remove(&dir);
}

static int
judge(int ok, const struct dicomtls_event *event, void *arg)
{
	struct peer *peer = arg;
	int answer = peer->accepts ? 1 : ok;

	REQUIRE(!peer->shaken);
	if (dicomtls_event_depth(event) == 0)
		peer->judged = answer != 0;
	return answer;
}

/* Whether nobody gets through without having been judged. */
static bool
must_judge(
    const struct peer *peer, const struct setting *setting, enum tls_role role)
{
	struct tls_info info;

	tls->info(peer->session, &info);
	REQUIRE(info.version != 0 && info.suite_name != NULL);
	return !info.resumed &&
	       (role == TLS_CLIENT ? setting->mode != TLS_VERIFY_NONE
				   : (setting->mode &
					 TLS_VERIFY_FAIL_IF_NO_PEER_CERT) != 0);
}

struct talk {
	const struct setting *setting;
	struct tls_context *context;
	bool accepts;
};

/* Handshake, then reading; a session that is over stays over. */
static void
step(struct peer *peer, const struct talk *talk, enum tls_role role)
{
	uint8_t data[256];
	size_t size = sizeof(data);
	enum tls_status status;

	status = peer->shaken ? tls->read(peer->session, data, &size)
			      : tls->handshake(peer->session);
	if (peer->over)
		REQUIRE(status != TLS_OK);
	if (status == TLS_FAILED) {
		peer->over = true;
		REQUIRE(tls->failure(peer->session)->message.text[0] != '\0');
	}
	if (status != TLS_OK || peer->shaken)
		return;
	REQUIRE(peer->judged || !must_judge(peer, talk->setting, role));
	peer->shaken = true;
	(void)tls->write(peer->session, (const uint8_t *)"octets", 6);
}

static void
start(struct peer *peer, const struct talk *talk, enum tls_role role)
{
	*peer = (struct peer){ .accepts = talk->accepts };
	REQUIRE(tls->session_new(
		    &peer->session, talk->context, role, judge, peer) == 0);
	if (role == TLS_CLIENT && talk->setting->resume)
		tls->resume(peer->session, "peer");
}

static void
finish(struct peer *peer, const struct talk *talk, enum tls_role role)
{
	tls->feed_eof(peer->session);
	step(peer, talk, role);
	tls->close(peer->session);
	tls->session_free(peer->session);
}

static void
say(struct peer *peer, struct dt_span octets)
{
	uint8_t *copy = fuzz_copy(octets);

	REQUIRE(tls->feed(peer->session, copy, octets.size) == 0);
	free(copy);
}

static struct dt_span
next_octets(struct dt_span *input, struct dt_buffer *record)
{
	(void)record;
	return fuzz_take(input, 512);
}

static struct dt_span
next_message(struct dt_span *input, struct dt_buffer *record)
{
	uint8_t type = fuzz_octet(input);
	size_t size = (size_t)fuzz_octet(input) << 8;
	struct dt_span contents;
	uint8_t head[9] = { type, 3, 3 };
	size_t head_size = 5;

	size |= fuzz_octet(input);
	contents = fuzz_take(input, size);
	size = contents.size;
	if (type == HANDSHAKE && contents.size > 0) {
		head[5] = fuzz_octet(&contents);
		head[7] = (uint8_t)(contents.size >> 8);
		head[8] = (uint8_t)contents.size;
		head_size = sizeof(head);
		size += 3;
	}
	head[3] = (uint8_t)(size >> 8);
	head[4] = (uint8_t)size;
	dt_buffer_clear(record);
	REQUIRE(dt_buffer_append(record, head, head_size) == 0);
	REQUIRE(dt_buffer_append(record, contents.data, contents.size) == 0);
	return dt_buffer_span(record);
}

static void
talk_alone(const struct talk *talk, enum tls_role role, struct dt_span input,
    struct dt_span (*next)(struct dt_span *input, struct dt_buffer *record))
{
	struct dt_buffer record = { 0 };
	struct peer ours;

	start(&ours, talk, role);
	step(&ours, talk, role);
	while (input.size > 0) {
		say(&ours, next(&input, &record));
		step(&ours, talk, role);
	}
	REQUIRE(!ours.shaken);
	finish(&ours, talk, role);
	dt_buffer_clear(&record);
}

/* What the change says is done to this run of octets. */
static void
spoil(uint8_t *data, size_t *size, struct dt_buffer *extra,
    const uint8_t change[4])
{
	size_t at = *size == 0 ? 0 : (size_t)(change[1] * 7u) % *size;

	if (*size == 0)
		return;
	switch (change[2] % CHANGES) {
	case FLIP:
		data[at] ^= change[3];
		break;
	case LEAVE_OUT:
		memmove(data + at, data + at + 1, *size - at - 1);
		--*size;
		break;
	case DOUBLE:
		REQUIRE(dt_buffer_append(extra, data + at, *size - at) == 0);
		break;
	default:
		*size = at;
		break;
	}
}

static bool
carry(struct peer *from, struct peer *to, unsigned run, struct dt_span changes)
{
	struct dt_buffer *out = tls->output(from->session);
	struct dt_buffer extra = { 0 };
	size_t size = dt_buffer_size(out);
	uint8_t *copy = fuzz_copy(dt_buffer_span(out));
	bool moved = size > 0;

	dt_buffer_consume(out, size);
	for (; changes.size >= 4; changes = dt_span_tail(changes, 4))
		if (changes.data[0] % MAX_ROUNDS == run)
			spoil(copy, &size, &extra, changes.data);
	REQUIRE(tls->feed(to->session, copy, size) == 0);
	say(to, dt_buffer_span(&extra));
	dt_buffer_clear(&extra);
	free(copy);
	return moved;
}

static void
talk_to_us(const struct talk *talk, struct dt_span changes)
{
	struct peer ends[2];

	start(&ends[TLS_CLIENT], talk, TLS_CLIENT);
	start(&ends[TLS_SERVER], talk, TLS_SERVER);
	for (unsigned run = 0; run < MAX_ROUNDS; run++) {
		unsigned from = run % 2;

		step(&ends[from], talk, (enum tls_role)from);
		if (!carry(&ends[from], &ends[1 - from], run, changes) &&
		    run > 0)
			break;
	}
	finish(&ends[TLS_CLIENT], talk, TLS_CLIENT);
	finish(&ends[TLS_SERVER], talk, TLS_SERVER);
}

static void
talk_to_gnutls(
    const struct talk *talk, enum tls_role role, struct dt_span certificates)
{
	struct tls_peer *theirs = tls_peer_new(
	    role == TLS_CLIENT ? TLS_SERVER : TLS_CLIENT, certificates);
	struct peer ours;

	start(&ours, talk, role);
	for (unsigned run = 0; run < MAX_ROUNDS; run++) {
		struct dt_buffer *out = tls->output(ours.session);

		step(&ours, talk, role);
		tls_peer_feed(theirs, dt_buffer_span(out));
		dt_buffer_consume(out, dt_buffer_size(out));
		tls_peer_step(theirs);
		out = tls_peer_output(theirs);
		say(&ours, dt_buffer_span(out));
		if (dt_buffer_size(out) == 0 && run > 1)
			break;
		dt_buffer_consume(out, dt_buffer_size(out));
	}
	finish(&ours, talk, role);
	tls_peer_free(theirs);
}

static void
talk_to_program(enum tls_role role, uint8_t kind, struct dt_span certificates)
{
	struct tls_peer *ends[2] = {
		tls_peer_new(role, dt_span("\0\0", 2)),
		tls_peer_new(
		    role == TLS_CLIENT ? TLS_SERVER : TLS_CLIENT, certificates),
	};

	tls_peer_attach(ends[0], (kind & WITHOUT_HOOK) == 0);
	for (unsigned run = 0; run < MAX_ROUNDS; run++) {
		struct dt_buffer *out = tls_peer_output(ends[run % 2]);

		tls_peer_step(ends[run % 2]);
		tls_peer_feed(ends[1 - run % 2], dt_buffer_span(out));
		dt_buffer_consume(out, dt_buffer_size(out));
	}
	tls_peer_free(ends[0]);
	tls_peer_free(ends[1]);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct dt_span input = dt_span(data, size);
	uint8_t kind = fuzz_octet(&input);
	size_t at = fuzz_octet(&input) % SETTINGS;
	enum tls_role role = (kind & ROLE) != 0 ? TLS_SERVER : TLS_CLIENT;
	struct talk talk = { &settings[at], NULL, (kind & ACCEPT) != 0 };

	if (contexts[0] == NULL)
		make_contexts();
	talk.context = contexts[at];
	/* So that there is a session to take up. */
	if ((kind & AGAIN) != 0)
		talk_to_us(&talk, dt_span(NULL, 0));
	switch (kind & PEER) {
	case 0:
		talk_to_us(&talk, input);
		break;
	case 1:
		talk_alone(&talk, role, input, next_octets);
		break;
	case 2:
		if ((kind & PROGRAM) != 0)
			talk_to_program(role, kind, input);
		else
			talk_to_gnutls(&talk, role, input);
		break;
	default:
		talk_alone(&talk, role, input, next_message);
		break;
	}
	return 0;
}
