/*
 * A TLS session of ours with a peer that says anything: octets of its own, or
 * a real handshake in which octets are changed, left out, doubled or cut off
 * on the way.
 *
 * First octet: which role is ours (bit 0), the highest version (bit 1), own
 * octets only (bit 2). With a real peer the rest are changes of four octets
 * each: which run of octets on the way, where, what is done, with what.
 */
#include "target.h"

#include "tls/backend.h"
#include "tools/mint.h"

#define MAX_ROUNDS 24

enum change { FLIP, LEAVE_OUT, DOUBLE, CUT, CHANGES };

struct peer {
	struct tls_session *session;
	bool shaken;
	bool over;
	bool judged; /* VERIFY was called for a trusted chain */
};

static const struct tls_backend *const tls = &dt_gnutls_backend;
static struct tls_context *contexts[2]; /* TLS 1.3, TLS 1.2 */

/* Made once; the process ends with them. */
static void
make_contexts(void)
{
	static const struct mint_spec root = {
		.subject = { { "CN", "Root", 0 } },
		.constraints = MINT_CA,
		.key_usage = MINT_KEY_CERT_SIGN,
	};
	static const struct mint_spec leaf = {
		.subject = { { "CN", "Leaf", 0 } },
		.issuer = &root,
	};
	const struct mint_spec *roots[] = { &root, NULL };
	const struct mint_spec *leaves[] = { &leaf, NULL };
	struct tls_config config = { .verify_depth = -1,
		.auth_level = -1,
		.verify_mode =
		    TLS_VERIFY_PEER | TLS_VERIFY_FAIL_IF_NO_PEER_CERT,
		.file_type = TLS_FILE_PEM };
	struct mint_dir dir;
	struct dt_message why;
	char *files[3];

	if (contexts[0] != NULL)
		return;
	REQUIRE(mint_dir_make(&dir) == 0);
	files[0] = mint_dir_certificates(&dir, "ca.pem", roots);
	files[1] = mint_dir_certificates(&dir, "leaf.pem", leaves);
	files[2] = mint_dir_key(&dir, "key.pem", &leaf, NULL);
	config.ca_file = files[0];
	config.certificate_file = files[1];
	config.key_file = files[2];
	for (int i = 0; i < 2; i++) {
		config.max_version = i == 0 ? TLS_V1_3 : TLS_V1_2;
		REQUIRE(tls->context_new(&contexts[i], &config, &why) == 0);
	}
	for (int i = 0; i < 3; i++)
		free(files[i]);
	mint_dir_remove(&dir);
}

static int
judge(int ok, const struct dicomtls_event *event, void *arg)
{
	struct peer *peer = arg;

	peer->judged = ok == 1 && dicomtls_event_depth(event) == 0;
	return ok;
}

/* Handshake, then reading; a session that is over stays over. */
static void
step(struct peer *peer)
{
	uint8_t data[256];
	size_t size = sizeof(data);
	enum tls_status status;

	status = peer->shaken ? tls->read(peer->session, data, &size)
			      : tls->handshake(peer->session);
	if (peer->over)
		REQUIRE(status != TLS_OK);
	if (status == TLS_FAILED)
		peer->over = true;
	if (status != TLS_OK || peer->shaken)
		return;
	peer->shaken = true;
	/* Nobody gets through without having been judged. */
	REQUIRE(peer->judged);
}

static void
start(struct peer *peer, enum tls_role role, uint8_t kind)
{
	struct tls_context *context = contexts[kind >> 1 & 1];

	*peer = (struct peer){ .session = NULL };
	REQUIRE(
	    tls->session_new(&peer->session, context, role, judge, peer) == 0);
}

static void
talk_alone(uint8_t kind, struct dt_span input)
{
	struct peer ours;

	start(&ours, (enum tls_role)(kind & 1), kind);
	step(&ours);
	while (input.size > 0) {
		struct dt_span piece = fuzz_take(&input, 512);

		REQUIRE(tls->feed(ours.session, piece.data, piece.size) == 0);
		step(&ours);
	}
	tls->feed_eof(ours.session);
	step(&ours);
	REQUIRE(!ours.shaken);
	tls->session_free(ours.session);
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
	REQUIRE(tls->feed(to->session, dt_buffer_span(&extra).data,
		    dt_buffer_size(&extra)) == 0);
	dt_buffer_clear(&extra);
	free(copy);
	return moved;
}

static void
talk_to_peer(uint8_t kind, struct dt_span changes)
{
	struct peer ends[2];

	start(&ends[0], TLS_CLIENT, kind);
	start(&ends[1], TLS_SERVER, kind);
	for (unsigned run = 0; run < MAX_ROUNDS; run++) {
		struct peer *from = &ends[run % 2];

		step(from);
		if (!carry(from, &ends[1 - run % 2], run, changes) && run > 0)
			break;
	}
	for (int i = 0; i < 2; i++) {
		tls->feed_eof(ends[i].session);
		step(&ends[i]);
		tls->session_free(ends[i].session);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct dt_span input = dt_span(data, size);
	uint8_t kind = fuzz_octet(&input);

	make_contexts();
	if ((kind & 4) != 0)
		talk_alone(kind, input);
	else
		talk_to_peer(kind, input);
	return 0;
}
