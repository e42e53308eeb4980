/*
 * Inputs of the TLS target, in its own form (tls.c): whole handshakes with each
 * setting, certificates for a peer to show, hellos and flights as messages.
 */
#include "target.h"

#include "hostile/wire.h"
#include "seeds.h"
#include "tools/mint.h"

#define SETTINGS 8

/* First octets: the peer, and our role. */
enum { CHANGED = 0, OCTETS = 1, SHOWN = 2, MESSAGES = 3 };
enum { SERVER = 4, ACCEPT = 8, AGAIN = 16, PROGRAM = 32, WITHOUT_HOOK = 64 };

static void
begin(struct dt_buffer *seed, unsigned kind, unsigned setting)
{
	uint8_t head[2] = { (uint8_t)kind, (uint8_t)setting };

	dt_buffer_clear(seed);
	REQUIRE(dt_buffer_append(seed, head, sizeof(head)) == 0);
}

/* Nothing changed, something changed, and after a first session. */
static void
write_handshakes(seeds_write_fn write)
{
	static const uint8_t changes[] = { 5, 20, 0, 1, 9, 3, 1, 0 };
	struct dt_buffer seed = { 0 };

	for (unsigned i = 0; i < SETTINGS; i++) {
		begin(&seed, CHANGED, i);
		write("tls", dt_buffer_span(&seed));
		dt_buffer_append(&seed, changes, sizeof(changes));
		write("tls", dt_buffer_span(&seed));
		begin(&seed, CHANGED | AGAIN, i);
		write("tls", dt_buffer_span(&seed));
	}
	dt_buffer_clear(&seed);
}

static void
append_sized(struct dt_buffer *out, unsigned octets, struct dt_span content)
{
	while (octets-- > 0) {
		uint8_t octet = (uint8_t)(content.size >> (8 * octets));

		REQUIRE(dt_buffer_append(out, &octet, 1) == 0);
	}
	REQUIRE(dt_buffer_append(out, content.data, content.size) == 0);
}

static void
mint(const struct mint_spec *spec, struct dt_buffer *der)
{
	dt_buffer_clear(der);
	REQUIRE(mint_certificate(spec, MINT_DER, der) == 0);
}

static const struct mint_spec root = {
	.subject = { { "CN", "Root", 0 } },
	.constraints = MINT_CA,
	.key_usage = MINT_KEY_CERT_SIGN | MINT_CRL_SIGN,
	.no_subject_key_id = true,
};
static const struct mint_spec leaf = {
	.subject = { { "CN", "Leaf", 0 } },
	.issuer = &root,
	.names = { { MINT_DNS, "leaf.example" }, { MINT_IP, "127.0.0.1" } },
	.no_authority_key_id = true,
};
static const struct mint_spec strong = {
	.subject = { { "CN", "Strong", 0 } },
	.key = "rsa2048",
};

/* Of the name of the true one, for profiles to refuse. */
static const struct mint_spec weak = {
	.subject = { { "CN", "Root", 0 } },
	.key = "rsa1024/weak",
	.constraints = MINT_CA,
	.no_subject_key_id = true,
};

static void
write_certificates(seeds_write_fn write)
{
	static const struct mint_spec *const specs[] = { &leaf, &root,
		&strong };
	struct dt_buffer seed = { 0 }, der = { 0 };

	for (unsigned i = 0; i < SETTINGS * 8; i++) {
		begin(&seed,
		    SHOWN | (i & 1 ? SERVER : 0) | (i & 2 ? ACCEPT : 0), i / 8);
		mint(specs[i / 4 % 2 * 2], &der);
		append_sized(&seed, 2, dt_buffer_span(&der));
		mint(&root, &der);
		append_sized(&seed, 2, dt_buffer_span(&der));
		write("tls", dt_buffer_span(&seed));
	}
	/* The peer's own, by itself and with one that helps nobody. */
	for (unsigned i = 0; i < SETTINGS * 8; i++) {
		begin(&seed,
		    SHOWN | (i & 1 ? SERVER : 0) | (i & 2 ? ACCEPT : 0), i / 8);
		append_sized(&seed, 2, dt_span(NULL, 0));
		mint(&weak, &der);
		if ((i & 4) != 0)
			append_sized(&seed, 2, dt_buffer_span(&der));
		write("tls", dt_buffer_span(&seed));
	}
	for (unsigned i = 0; i < 16; i++) {
		begin(&seed,
		    SHOWN | PROGRAM | (i & 1 ? SERVER : 0) |
			(i & 2 ? WITHOUT_HOOK : 0),
		    0);
		mint(&leaf, &der);
		append_sized(&seed, 2,
		    (i & 4) != 0 ? dt_span(NULL, 0) : dt_buffer_span(&der));
		mint(&weak, &der);
		if ((i & 8) != 0)
			append_sized(&seed, 2, dt_buffer_span(&der));
		write("tls", dt_buffer_span(&seed));
	}
	/* None at all. */
	begin(&seed, SHOWN | SERVER, 0);
	write("tls", dt_buffer_span(&seed));
	dt_buffer_clear(&der);
	dt_buffer_clear(&seed);
}

/* A record's type and contents; a handshake message starts with its type. */
static void
append_message(struct dt_buffer *seed, uint8_t type, struct dt_span contents)
{
	REQUIRE(dt_buffer_append(seed, &type, 1) == 0);
	append_sized(seed, 2, contents);
}

static void
append_hex(struct dt_buffer *seed, uint8_t type, const char *text)
{
	struct dt_buffer contents = { 0 };

	hex_append(&contents, text);
	append_message(seed, type, dt_buffer_span(&contents));
	dt_buffer_clear(&contents);
}

/* The hello without the three octets of its length. */
static void
append_hello(struct dt_buffer *seed, const struct hello *hello)
{
	struct dt_buffer whole = { 0 }, contents = { 0 };
	struct dt_span span;

	hello_append(&whole, hello);
	span = dt_buffer_span(&whole);
	dt_buffer_append(&contents, span.data, 1);
	dt_buffer_append(&contents, span.data + 4, span.size - 4);
	append_message(seed, RECORD_HANDSHAKE, dt_buffer_span(&contents));
	dt_buffer_clear(&contents);
	dt_buffer_clear(&whole);
}

static void
write_hellos(seeds_write_fn write)
{
	static const struct hello hellos[] = { { .version = 0 },
		{ .modern = true },
		{ .extensions = "0000 0011 000f 00 000c "
				"6c6561662e6578616d706c65",
		    .modern = true },
		{ .extensions = "0010 0008 0006 05 6469636f6d" },
		{ .extensions = "0023 0000 ff01 0001 00 0017 0000" },
		{ .version = 0x0301, .suites = "c009 002f 5600" },
		{ .padded = 21, .padded_size = 300 } };
	struct dt_buffer seed = { 0 };

	for (size_t i = 0; i < sizeof(hellos) / sizeof(hellos[0]); i++)
		for (unsigned setting = 0; setting < SETTINGS; setting += 3) {
			begin(&seed, MESSAGES | SERVER, setting);
			append_hello(&seed, &hellos[i]);
			append_hex(&seed, RECORD_ALERT, "01 00");
			write("tls", dt_buffer_span(&seed));
		}
	dt_buffer_clear(&seed);
}

/* A server of TLS 1.2 up to the end of its first flight. */
static void
write_flight(seeds_write_fn write)
{
	struct dt_buffer seed = { 0 }, der = { 0 }, list = { 0 },
			 contents = { 0 };

	begin(&seed, MESSAGES | ACCEPT, 1);
	append_hex(&seed, RECORD_HANDSHAKE,
	    "02 0303 "
	    "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f "
	    "00 c02b 00 0005 ff01 0001 00");
	mint(&leaf, &der);
	append_sized(&list, 3, dt_buffer_span(&der));
	mint(&root, &der);
	append_sized(&list, 3, dt_buffer_span(&der));
	REQUIRE(dt_buffer_append(&contents, "\013", 1) == 0);
	append_sized(&contents, 3, dt_buffer_span(&list));
	append_message(&seed, RECORD_HANDSHAKE, dt_buffer_span(&contents));
	append_hex(&seed, RECORD_HANDSHAKE, "0c 03 0017 41 04");
	append_hex(&seed, RECORD_HANDSHAKE, "0e");
	append_hex(&seed, RECORD_CHANGE_CIPHER, "01");
	append_hex(&seed, RECORD_ALERT, "02 28");
	write("tls", dt_buffer_span(&seed));
	dt_buffer_clear(&contents);
	dt_buffer_clear(&list);
	dt_buffer_clear(&der);
	dt_buffer_clear(&seed);
}

static void
write_octets(seeds_write_fn write)
{
	static const char *const texts[] = { "15 0303 0002 02 28",
		"16 0303 0004 00 000000", "47 45 54 20 2f", "01 00 00000064",
		"15 0303 0002 01 00", "80 2e 01 00 02", "17 0303 0001 00" };
	struct dt_buffer seed = { 0 };

	for (unsigned i = 0; i < 2 * sizeof(texts) / sizeof(texts[0]); i++) {
		begin(&seed, OCTETS | (i % 2 ? SERVER : 0), i % SETTINGS);
		hex_append(&seed, texts[i / 2]);
		write("tls", dt_buffer_span(&seed));
	}
	dt_buffer_clear(&seed);
}

void
seeds_tls(seeds_write_fn write)
{
	write_handshakes(write);
	write_certificates(write);
	write_hellos(write);
	write_flight(write);
	write_octets(write);
}
