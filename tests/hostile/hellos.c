/*
 * What is in a ClientHello: its form, versions and fallbacks, extensions. An
 * extension in these tables is its type, its length and its body.
 */
#include "hostile/script.h"

#define SNI 0x0000
#define ALPN 0x0010
#define UNKNOWN 0xfafa

/* RFC 5246 7.4.1.2, RFC 8446 4.1.2. */
const struct row hello_rows[] = { { "TLS 1.3", ENDED_ANSWERED,
				      { HELLO(.modern = true) } },
	{ "empty", DECODE_ERROR, { OCTETS(.text = "16 0303 0004 01000000") } },
	{ "of a version alone", DECODE_ERROR,
	    { OCTETS(.text = "16 0303 0006 01000002 0303") } },
	{ "a session of 33 octets", DECODE_ERROR,
	    { HELLO(.session = "000102030405060708090a0b0c0d0e0f"
			       "000102030405060708090a0b0c0d0e0f 10") } },
	{ "no suites", DECODE_ERROR, { HELLO(.suites = "") } },
	{ "suites of an odd length", DECODE_ERROR,
	    { HELLO(.suites = "c02b c0") } },
	{ "suites nobody knows", HANDSHAKE_FAILURE,
	    { HELLO(.suites = "fafa caca") } },
	{ "suites without encryption", HANDSHAKE_FAILURE,
	    { HELLO(.suites = "0000 0001 0002 003b c006") } },
	{ "anonymous suites", HANDSHAKE_FAILURE,
	    { HELLO(.suites = "0018 0034 006c c018 c019") } },
	{ "export and RC4 suites", HANDSHAKE_FAILURE,
	    { HELLO(.suites = "0003 0004 0005 0008 c007") } },
	{ "no compression method, not even null", DECODE_ERROR,
	    { HELLO(.compression = "") } },
	{ "DEFLATE alone", ILLEGAL_PARAMETER, { HELLO(.compression = "01") } },
	{ "DEFLATE beside null", ENDED_ANSWERED,
	    { HELLO(.compression = "01 00") } },
	{ "DEFLATE in TLS 1.3", ILLEGAL_PARAMETER,
	    { HELLO(.modern = true, .compression = "01 00") } },
	{ "octets after it in its record", ENDED_ANSWERED,
	    { { .act = send_hello_and, .text = "01 000000" } } },
	{ "extensions of 60 KiB", ENDED_ANSWERED,
	    { HELLO(.padded = UNKNOWN, .padded_size = 61440) } },
	{ .name = NULL } };

/* RFC 8446 4.2.1 and D.5, RFC 8996, RFC 7507. */
const struct row version_rows[] = {
	{ "SSL 2.0's hello", PROTOCOL_VERSION,
	    { OCTETS(.text = "802e 01 0002 0015 0000 0010 010080 020080 030080"
			     "040080 050080 060040 0700c0"
			     "000102030405060708090a0b0c0d0e0f") } },
	{ "SSL 3.0", PROTOCOL_VERSION, { HELLO(.version = 0x0300) } },
	{ "TLS 1.0", PROTOCOL_VERSION, { HELLO(.version = 0x0301) } },
	{ "TLS 1.1", PROTOCOL_VERSION, { HELLO(.version = 0x0302) } },
	{ "version 2.0", PROTOCOL_VERSION, { HELLO(.version = 0x0200) } },
	{ "a version to come is answered with TLS 1.2", ENDED_ANSWERED,
	    { HELLO(.version = 0x0399) } },
	{ "a fallback from TLS 1.3", INAPPROPRIATE_FALLBACK,
	    { HELLO(.suites = "c02b c02c 5600") } },
	{ "a fallback to TLS 1.0", PROTOCOL_VERSION,
	    { HELLO(.version = 0x0301, .suites = "c009 5600") } },
	{ "supported_versions with TLS 1.1 alone", PROTOCOL_VERSION,
	    { HELLO(.extensions = "002b 0003 02 0302") } },
	{ "supported_versions with nothing known", PROTOCOL_VERSION,
	    { HELLO(.extensions = "002b 0005 04 fafa 7f1c") } },
	{ "supported_versions with SSL 3.0", PROTOCOL_VERSION,
	    { HELLO(.extensions = "002b 0003 02 0300") } },
	{ "an empty supported_versions", PROTOCOL_VERSION,
	    { HELLO(.extensions = "002b 0001 00") } },
	{ "supported_versions of an odd length", DECODE_ERROR,
	    { HELLO(.extensions = "002b 0004 03 0304 03") } },
	{ .name = NULL }
};

/* RFC 6066 3, RFC 7301, RFC 6520, RFC 5746, RFC 8446 4.2. */
const struct row extension_rows[] = {
	{ "one nobody knows", ENDED_ANSWERED,
	    { HELLO(.extensions = "fafa 0002 0000") } },
	{ "one nobody knows, twice", ILLEGAL_PARAMETER,
	    { HELLO(.extensions = "fafa 0002 0000 fafa 0002 0000") } },
	{ "supported_groups twice", ILLEGAL_PARAMETER,
	    { HELLO(.extensions = "000a 0004 0002 0017") } },
	{ "longer than the list", DECODE_ERROR,
	    { HELLO(.extensions = "fafa 00ff 0000") } },
	{ "half a header", DECODE_ERROR, { HELLO(.extensions = "fafa 00") } },
	{ "server_name, empty list", DECODE_ERROR,
	    { HELLO(.extensions = "0000 0002 0000") } },
	{ "server_name without a list", DECODE_ERROR,
	    { HELLO(.extensions = "0000 0000") } },
	{ "server_name, empty name", DECODE_ERROR,
	    { HELLO(.extensions = "0000 0005 0003 00 0000") } },
	{ "server_name with NUL inside", ILLEGAL_PARAMETER,
	    { HELLO(.extensions = "0000 0008 0006 00 0003 610062") } },
	{ "server_name, two of a kind", DECODE_ERROR,
	    { HELLO(.extensions = "0000 000a 0008 00 0001 61 00 0001 62") } },
	{ "server_name of 60 KiB of zero octets", DECODE_ERROR,
	    { HELLO(.padded = SNI, .padded_size = 61440) } },
	{ "server_name longer than its list", DECODE_ERROR,
	    { HELLO(.extensions = "0000 0006 0004 00 00ff 61") } },
	{ "server_name of another kind", DECODE_ERROR,
	    { HELLO(.extensions = "0000 0006 0004 07 0001 61") } },
	{ "ALPN, empty list", DECODE_ERROR,
	    { HELLO(.extensions = "0010 0002 0000") } },
	{ "ALPN, empty name", DECODE_ERROR,
	    { HELLO(.extensions = "0010 0003 0001 00") } },
	{ "ALPN, other protocols only", NO_APPLICATION_PROTOCOL,
	    { HELLO(.extensions = "0010 0005 0003 02 6832") } },
	{ "ALPN of 60 KiB of empty names", DECODE_ERROR,
	    { HELLO(.padded = ALPN, .padded_size = 61440) } },
	{ "ALPN longer than its list", DECODE_ERROR,
	    { HELLO(.extensions = "0010 0004 0002 ff 61") } },
	{ "heartbeat is not taken up", ENDED_ANSWERED,
	    { HELLO(.extensions = "000f 0001 01") } },
	{ "renegotiation_info of another handshake", HANDSHAKE_FAILURE,
	    { HELLO(.extensions = "ff01 0003 02 0000") } },
	{ "renegotiation_info whose length lies", DECODE_ERROR,
	    { HELLO(.extensions = "ff01 0001 05") } },
	{ "supported_groups of an odd length, TLS 1.3", ILLEGAL_PARAMETER,
	    { HELLO(.modern = true, .extensions = "000a 0003 0001 00") } },
	{ "a key_share of another size", ILLEGAL_PARAMETER,
	    { HELLO(.extensions = "002b 0003 02 0304"
				  "0033 0009 0007 001d 0003 010203") } },
	{ "a key_share of zeros", ILLEGAL_PARAMETER,
	    { HELLO(.extensions = "002b 0003 02 0304  0033 0026 0024 001d 0020"
				  "0000000000000000000000000000000000000000"
				  "000000000000000000000000") } },
	{ "TLS 1.3 without key_share", MISSING_EXTENSION,
	    { HELLO(.extensions = "002b 0003 02 0304") } },
	{ "pre_shared_key is not the last", ILLEGAL_PARAMETER,
	    { HELLO(.modern = true,
		.extensions = "002d 0002 01 01  0029 0008 0000 0000 0000 0000"
			      "fafa 0000") } },
	{ "early_data without a session", ENDED_ANSWERED,
	    { HELLO(.modern = true, .extensions = "002a 0000") } },
	{ .name = NULL }
};
