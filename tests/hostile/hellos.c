/*
 * What is in a ClientHello: its form, versions and fallbacks, extensions. An
 * extension in these tables is its type, its length and its body.
 */
#include "hostile/script.h"

#define SNI 0x0000
#define ALPN 0x0010
#define UNKNOWN 0xfafa
#define FOUR(text) text text text text
#define SIXTEEN(text) FOUR(FOUR(text))

/* RFC 5246 7.4.1.2, RFC 8446 4.1.2. */
const struct row hello_rows[] = {
	{ "TLS 1.3", "RFC 8446 4.1.1", ENDED_ANSWERED,
	    .steps = { HELLO(.modern = true) } },
	{ "empty", "RFC 8446 6.2", DECODE_ERROR,
	    .steps = { OCTETS(.text = "16 0303 0004 01000000") } },
	{ "of a version alone", "RFC 8446 6.2", DECODE_ERROR,
	    .steps = { OCTETS(.text = "16 0303 0006 01000002 0303") } },
	{ "a session of 33 octets", "RFC 8446 4.1.2", DECODE_ERROR,
	    .steps = { HELLO(.session =
				 "000102030405060708090a0b0c0d0e0f"
				 "000102030405060708090a0b0c0d0e0f 10") } },
	{ "no suites", "RFC 8446 4.1.2", DECODE_ERROR,
	    .steps = { HELLO(.suites = "") }, .openssl = ILLEGAL_PARAMETER },
	{ "suites of an odd length", "RFC 8446 4.1.2", DECODE_ERROR,
	    .steps = { HELLO(.suites = "c02b c0") } },
	{ "suites nobody knows", "RFC 8446 4.1.1", HANDSHAKE_FAILURE,
	    .steps = { HELLO(.suites = "fafa caca") } },
	{ "suites without encryption", "RFC 9325 4.1", HANDSHAKE_FAILURE,
	    .steps = { HELLO(.suites = "0000 0001 0002 003b c006") } },
	{ "anonymous suites", "RFC 9325 4.1", HANDSHAKE_FAILURE,
	    .steps = { HELLO(.suites = "0018 0034 006c c018 c019") } },
	{ "export and RC4 suites", "RFC 9325 4.1", HANDSHAKE_FAILURE,
	    .steps = { HELLO(.suites = "0003 0004 0005 0008 c007") } },
	{ "no compression method, not even null", "RFC 5246 7.4.1.2",
	    DECODE_ERROR, .steps = { HELLO(.compression = "") } },
	{ "DEFLATE alone", "RFC 5246 7.4.1.2", ILLEGAL_PARAMETER,
	    .steps = { HELLO(.compression = "01") }, .openssl = DECODE_ERROR },
	{ "DEFLATE beside null", "RFC 5246 7.4.1.2", ENDED_ANSWERED,
	    .steps = { HELLO(.compression = "01 00") } },
	{ "DEFLATE in TLS 1.3", "RFC 8446 4.1.2", ILLEGAL_PARAMETER,
	    .steps = { HELLO(.modern = true, .compression = "01 00") } },
	{ "octets after it in its record", "RFC 5246 6.2.1", ENDED_ANSWERED,
	    .steps = { { .act = send_hello_and, .text = "01 000000" } } },
	{ "extensions of 60 KiB", "RFC 8446 4.2", ENDED_ANSWERED,
	    .steps = { HELLO(.padded = UNKNOWN, .padded_size = 61440) } },
	{ .name = NULL },
};

/* RFC 8446 4.2.1 and D.5, RFC 8996, RFC 7507. */
const struct row version_rows[] = {
	{ "SSL 2.0's hello", "RFC 6176 3", PROTOCOL_VERSION,
	    .steps = { OCTETS(
		    .text = "802e 01 0002 0015 0000 0010 010080 020080 030080"
			    "040080 050080 060040 0700c0"
			    "000102030405060708090a0b0c0d0e0f") } },
	{ "SSL 3.0", "RFC 7568 3", PROTOCOL_VERSION,
	    .steps = { HELLO(.version = 0x0300) },
	    .openssl = HANDSHAKE_FAILURE },
	{ "TLS 1.0", "RFC 8996 4", PROTOCOL_VERSION,
	    .steps = { HELLO(.version = 0x0301) } },
	{ "TLS 1.1", "RFC 8996 5", PROTOCOL_VERSION,
	    .steps = { HELLO(.version = 0x0302) } },
	{ "version 2.0", "RFC 5246 E.1", PROTOCOL_VERSION,
	    .steps = { HELLO(.version = 0x0200) } },
	{ "a version to come is answered with TLS 1.2", "RFC 8446 4.2.1",
	    ENDED_ANSWERED, .steps = { HELLO(.version = 0x0399) } },
	{ "a fallback from TLS 1.3", "RFC 7507 3", INAPPROPRIATE_FALLBACK,
	    .steps = { HELLO(.suites = "c02b c02c 5600") } },
	{ "a fallback to TLS 1.0", "RFC 8996 4", PROTOCOL_VERSION,
	    .steps = { HELLO(.version = 0x0301, .suites = "c009 5600") } },
	{ "supported_versions with TLS 1.1 alone", "RFC 8446 4.2.1",
	    PROTOCOL_VERSION,
	    .steps = { HELLO(.extensions = "002b 0003 02 0302") } },
	{ "supported_versions with nothing known", "RFC 8446 4.2.1",
	    PROTOCOL_VERSION,
	    .steps = { HELLO(.extensions = "002b 0005 04 fafa 7f1c") } },
	{ "supported_versions with SSL 3.0", "RFC 8446 D.5", PROTOCOL_VERSION,
	    .steps = { HELLO(.extensions = "002b 0003 02 0300") } },
	{ "an empty supported_versions", "RFC 8446 4.2.1", PROTOCOL_VERSION,
	    .steps = { HELLO(.extensions = "002b 0001 00") } },
	{ "supported_versions of an odd length", "RFC 8446 4.2.1", DECODE_ERROR,
	    .steps = { HELLO(.extensions = "002b 0004 03 0304 03") },
	    .openssl = PROTOCOL_VERSION },
	{ .name = NULL },
};

/* RFC 6066 3, RFC 7301, RFC 6520, RFC 5746, RFC 8446 4.2. */
const struct row extension_rows[] = {
	{ "one nobody knows", "RFC 8446 4.1.2", ENDED_ANSWERED,
	    .steps = { HELLO(.extensions = "fafa 0002 0000") } },
	{ "one nobody knows, twice", "RFC 8446 4.2", ILLEGAL_PARAMETER,
	    .steps = { HELLO(.extensions = "fafa 0002 0000 fafa 0002 0000") },
	    .openssl = ENDED_ANSWERED },
	{ "supported_groups twice", "RFC 8446 4.2", ILLEGAL_PARAMETER,
	    .steps = { HELLO(.extensions = "000a 0004 0002 0017") } },
	{ "longer than the list", "RFC 8446 4.2", DECODE_ERROR,
	    .steps = { HELLO(.extensions = "fafa 00ff 0000") } },
	{ "half a header", "RFC 8446 4.2", DECODE_ERROR,
	    .steps = { HELLO(.extensions = "fafa 00") } },
	{ "server_name, empty list", "RFC 6066 3", DECODE_ERROR,
	    .steps = { HELLO(.extensions = "0000 0002 0000") } },
	{ "server_name without a list", "RFC 6066 3", DECODE_ERROR,
	    .steps = { HELLO(.extensions = "0000 0000") } },
	{ "server_name, empty name", "RFC 6066 3", DECODE_ERROR,
	    .steps = { HELLO(.extensions = "0000 0005 0003 00 0000") },
	    .openssl = ENDED_ANSWERED },
	{ "server_name with NUL inside", "RFC 6066 3", ILLEGAL_PARAMETER,
	    .steps = { HELLO(.extensions = "0000 0008 0006 00 0003 610062") },
	    .openssl = UNRECOGNIZED_NAME },
	{ "server_name, two of a kind", "RFC 6066 3", DECODE_ERROR,
	    .steps = { HELLO(.extensions =
				 "0000 000a 0008 00 0001 61 00 0001 62") } },
	{ "server_name of 60 KiB of zero octets", "RFC 6066 3", DECODE_ERROR,
	    .steps = { HELLO(.padded = SNI, .padded_size = 61440) } },
	{ "server_name longer than its list", "RFC 6066 3", DECODE_ERROR,
	    .steps = { HELLO(.extensions = "0000 0006 0004 00 00ff 61") } },
	{ "server_name of another kind", "RFC 6066 3", DECODE_ERROR,
	    .steps = { HELLO(.extensions = "0000 0006 0004 07 0001 61") } },
	{ "ALPN, empty list", "RFC 7301 3.1", DECODE_ERROR,
	    .steps = { HELLO(.extensions = "0010 0002 0000") } },
	{ "ALPN, empty name", "RFC 7301 3.1", DECODE_ERROR,
	    .steps = { HELLO(.extensions = "0010 0003 0001 00") } },
	{ "ALPN, other protocols only", "RFC 7301 3.2", NO_APPLICATION_PROTOCOL,
	    .steps = { HELLO(.extensions = "0010 0005 0003 02 6832") } },
	{ "ALPN of 60 KiB of empty names", "RFC 7301 3.1", DECODE_ERROR,
	    .steps = { HELLO(.padded = ALPN, .padded_size = 61440) } },
	{ "ALPN longer than its list", "RFC 7301 3.1", DECODE_ERROR,
	    .steps = { HELLO(.extensions = "0010 0004 0002 ff 61") } },
	{ "heartbeat is not taken up", "RFC 6520 2", ENDED_ANSWERED,
	    .steps = { HELLO(.extensions = "000f 0001 01") } },
	{ "renegotiation_info of another handshake", "RFC 5746 3.6",
	    HANDSHAKE_FAILURE,
	    .steps = { HELLO(.extensions = "ff01 0003 02 0000") } },
	{ "renegotiation_info whose length lies", "RFC 5746 3.2", DECODE_ERROR,
	    .steps = { HELLO(.extensions = "ff01 0001 05") } },
	{ "supported_groups of an odd length, TLS 1.3", "RFC 8446 4.2",
	    ILLEGAL_PARAMETER,
	    .steps = { HELLO(.modern = true,
		.extensions = "000a 0003 0001 00") } },
	{ "a key_share of another size", "RFC 8446 4.2.8", ILLEGAL_PARAMETER,
	    .steps = { HELLO(.extensions =
				 "002b 0003 02 0304"
				 "0033 0009 0007 001d 0003 010203") } },
	{ "a key_share of zeros", "RFC 8446 7.4.2", ILLEGAL_PARAMETER,
	    .steps = { HELLO(.extensions =
				 "002b 0003 02 0304  0033 0026 0024 001d 0020"
				 "0000000000000000000000000000000000000000"
				 "000000000000000000000000") } },
	{ "TLS 1.3 without key_share", "RFC 8446 9.2", MISSING_EXTENSION,
	    .steps = { HELLO(.extensions = "002b 0003 02 0304") } },
	{ "pre_shared_key is not the last", "RFC 8446 4.2.11",
	    ILLEGAL_PARAMETER,
	    .steps = { HELLO(.modern = true,
		.extensions = "002d 0002 01 01  0029 0008 0000 0000 0000 0000"
			      "fafa 0000") } },
	{ "compress_certificate is not taken up", "RFC 8879 3", ENDED_ANSWERED,
	    .steps = { HELLO(.modern = true,
		.extensions = "001b 0003 02 0001") } },
	{ "compress_certificate, an odd list", "RFC 8446 4.1.2", ENDED_ANSWERED,
	    .steps = { HELLO(.modern = true,
		.extensions = "001b 0004 03 000100") } },
	{ "server_name of an address", "RFC 6066 3", ENDED_ANSWERED,
	    .steps = { HELLO(
		    .extensions =
			"0000 000e 000c 00 0009 3132372e302e302e31") } },
	{ "server_name of 256 octets", "RFC 6066 3", UNRECOGNIZED_NAME,
	    .steps = { HELLO(.extensions = "0000 0105 0103 00 0100" SIXTEEN(
				 SIXTEEN("61"))) } },
	{ "ALPN, http/1.1", "RFC 7301 3.2", NO_APPLICATION_PROTOCOL,
	    .steps = { HELLO(.extensions =
				 "0010 000b 0009 08 687474702f312e31") } },
	{ "ALPN, dicom among others", "RFC 7301 3.2", ENDED_ANSWERED,
	    .steps = { HELLO(.extensions =
				 "0010 000b 0009 02 6832 05 6469636f6d") } },
	{ "heartbeat of a mode nobody knows", "RFC 6520 2", ENDED_ANSWERED,
	    .steps = { HELLO(.extensions = "000f 0001 07") } },
	{ "post_handshake_auth is not taken up", "RFC 8446 4.2.6",
	    ENDED_ANSWERED,
	    .steps = { HELLO(.modern = true, .extensions = "0031 0000") } },
	{ "early_data without a session", "RFC 8446 4.2.10", ENDED_ANSWERED,
	    .steps = { HELLO(.modern = true, .extensions = "002a 0000") } },
	{ .name = NULL },
};

/* Without a key_share the server has to ask for one (RFC 8446 4.1.4). */
#define NO_KEY_SHARE "002b 0003 02 0304  0033 0002 0000"
#define FIRST                                                                  \
	HELLO(.extensions = NO_KEY_SHARE),                                     \
	{                                                                      \
		.act = await_retry                                             \
	}
#define SECOND_BY(action, octets, ...)                                         \
	{                                                                      \
		.act = action, .text = octets, .hello = &(const struct hello)  \
		{                                                              \
			__VA_ARGS__                                            \
		}                                                              \
	}
#define SECOND(...) SECOND_BY(send_hello_again, NULL, __VA_ARGS__)
#define SECOND_AND(octets) SECOND_BY(send_hello_and, octets, .modern = true)

/* RFC 8446 4.1.2, 4.1.4, 5.1. */
const struct row retry_rows[] = {
	{ "a key_share in the second hello", "RFC 8446 4.1.4", ENDED_ANSWERED,
	    .steps = { FIRST, SECOND(.modern = true) } },
	{ "a message after the second hello in its record", "RFC 8446 5.1",
	    UNEXPECTED_MESSAGE,
	    .steps = { FIRST, SECOND_AND("14 00000c"
					 "000000000000000000000000") } },
	{ "a third hello in the record of the second", "RFC 8446 5.1",
	    UNEXPECTED_MESSAGE, .steps = { FIRST, SECOND_AND("01 000000") } },
	{ "no key_share again", "RFC 8446 4.1.2", ILLEGAL_PARAMETER,
	    .steps = { FIRST, SECOND(.extensions = NO_KEY_SHARE) },
	    .ours = HANDSHAKE_FAILURE },
	{ "a key_share of another group", "RFC 8446 4.1.4", ILLEGAL_PARAMETER,
	    .steps = { FIRST, SECOND(.extensions = "002b 0003 02 0304  0033"
						   "0009 0007 001e 0003"
						   "010203") },
	    .ours = HANDSHAKE_FAILURE },
	{ "the second hello is one of TLS 1.2", "RFC 8446 4.2.1",
	    PROTOCOL_VERSION, .steps = { FIRST, SECOND(.modern = false) } },
	{ "other suites in the second hello", "RFC 8446 4.1.1",
	    HANDSHAKE_FAILURE,
	    .steps = { FIRST, SECOND(.modern = true, .suites = "fafa") } },
	{ "another suite in the second hello", "RFC 8446 4.1.4",
	    ILLEGAL_PARAMETER,
	    .steps = { HELLO(.suites = "1301", .extensions = NO_KEY_SHARE),
		{ .act = await_retry },
		SECOND(.modern = true, .suites = "1302") } },
	{ "two key_shares in the second hello", "RFC 8446 4.1.2",
	    ILLEGAL_PARAMETER,
	    .steps = { FIRST,
		SECOND(.extensions =
			   "002b 0003 02 0304  0033 002d 002b 001d 0020"
			   "0102030405060708090a0b0c0d0e0f10"
			   "1112131415161718191a1b1c1d1e1f20"
			   "0017 0003 010203") } },
	{ "early_data in the second hello", "RFC 8446 4.1.2", ILLEGAL_PARAMETER,
	    .steps = { FIRST,
		SECOND(.modern = true, .extensions = "002a 0000") } },
	{ "early_data in both hellos", "RFC 8446 4.1.2", ILLEGAL_PARAMETER,
	    .steps = { HELLO(.extensions = NO_KEY_SHARE " 002a 0000"),
		{ .act = await_retry },
		SECOND(.modern = true, .extensions = "002a 0000") } },
	{ "Finished in place of the second hello", "RFC 8446 4.1.4",
	    UNEXPECTED_MESSAGE,
	    .steps = { FIRST, OCTETS(.text = "16 0303 0010 14 00000c"
					     "000000000000000000000000") } },
	{ .name = NULL },
};
