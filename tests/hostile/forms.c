/*
 * The form of extensions in a ClientHello: what is cut, too long, empty or out
 * of place. These hellos have the extensions that are written here and no
 * others.
 */
#include "hostile/script.h"

#define GROUPS "000a 0006 0004 001d 0017"
#define P256 "000a 0004 0002 0017"
#define SCHEMES "000d 0006 0004 0403 0804"
#define VERSIONS "002b 0003 02 0304"
#define OCTETS_32                                                              \
	"0102030405060708090a0b0c0d0e0f10"                                     \
	"1112131415161718191a1b1c1d1e1f20"
#define SHARE "001d 0020" OCTETS_32
#define KEY_SHARE "0033 0026 0024" SHARE
#define IDENTITY "0004 aabbccdd 00000000"
#define BINDER "20" OCTETS_32

#define BARE(extensions_)                                                      \
	.steps = { HELLO(.bare = true, .extensions = extensions_) }
#define FORM_1_2(extensions_) BARE(GROUPS SCHEMES extensions_)
#define FORM_1_3(extensions_)                                                  \
	BARE(GROUPS SCHEMES VERSIONS KEY_SHARE extensions_)

const struct row form_rows[] = {
	{ "1.2: no supported_groups", "RFC 8422 5.1.1", HANDSHAKE_FAILURE,
	    BARE(SCHEMES) },
	{ "1.2: no signature_algorithms", "RFC 5246 7.4.1.4.1",
	    HANDSHAKE_FAILURE, BARE(GROUPS) },
	{ "1.2: supported_groups, octets after the list", "RFC 8446 4.2",
	    DECODE_ERROR, BARE("000a 0007 0004 001d 0017 00" SCHEMES) },
	{ "1.2: supported_groups, an empty list", "RFC 8422 5.1.1",
	    DECODE_ERROR, BARE("000a 0002 0000" SCHEMES) },
	{ "1.2: signature_algorithms, an empty list", "RFC 5246 7.4.1.4.1",
	    DECODE_ERROR, BARE(GROUPS "000d 0002 0000") },
	{ "1.2: signature_algorithms, octets after the list", "RFC 8446 4.2",
	    DECODE_ERROR, BARE(GROUPS "000d 0007 0004 0403 0804 00") },
	{ "1.2: ec_point_formats, an empty list", "RFC 8422 5.1.2",
	    DECODE_ERROR, FORM_1_2("000b 0001 00") },
	{ "1.2: ec_point_formats whose length lies", "RFC 8422 5.1.2",
	    DECODE_ERROR, FORM_1_2("000b 0002 02 00") },
	{ "1.2: ec_point_formats without a list", "RFC 8422 5.1.2",
	    DECODE_ERROR, FORM_1_2("000b 0000"),
	    .ours = UNSUPPORTED_EXTENSION },
	{ "1.3: ec_point_formats mean nothing", "RFC 8446 4.2", ENDED_ANSWERED,
	    FORM_1_3("000b 0001 00") },
	{ "max_fragment_length of two octets", "RFC 6066 4", DECODE_ERROR,
	    FORM_1_2("0001 0002 0101") },
	{ "max_fragment_length, empty", "RFC 6066 4", DECODE_ERROR,
	    FORM_1_2("0001 0000") },
	{ "max_fragment_length that nobody knows", "RFC 6066 4",
	    ILLEGAL_PARAMETER, FORM_1_2("0001 0001 07") },
	{ "record_size_limit of 16", "RFC 8449 4", ILLEGAL_PARAMETER,
	    FORM_1_2("001c 0002 0010"), .openssl = ENDED_ANSWERED },
	{ "status_request for anything", "RFC 6066 8", ENDED_ANSWERED,
	    FORM_1_2("0005 0005 01 0000 0000") },
	{ "status_request whose length lies", "RFC 6066 8", DECODE_ERROR,
	    FORM_1_2("0005 0005 01 00ff 0000") },
	{ "status_request, octets after it", "RFC 6066 8", DECODE_ERROR,
	    FORM_1_2("0005 0006 01 0000 0000 00") },
	{ "status_request of a responder that is no DER", "RFC 6066 8",
	    DECODE_ERROR, FORM_1_2("0005 0009 01 0004 0002 ffff 0000") },
	{ "status_request with extensions that are no DER", "RFC 6066 8",
	    DECODE_ERROR, FORM_1_2("0005 0009 01 0000 0004 ffffffff") },
	{ "use_srtp, which is of DTLS", "RFC 5764 4.1", ILLEGAL_PARAMETER,
	    FORM_1_2("000e 0005 0002 0001 00") },
	{ "ALPN, octets after the list", "RFC 7301 3.1", DECODE_ERROR,
	    FORM_1_2("0010 0009 0006 05 6469636f6d 00") },
	{ "extended_master_secret that is not empty", "RFC 7627 5.1",
	    DECODE_ERROR, FORM_1_2("0017 0001 00") },
	{ "encrypt_then_mac that is not empty", "RFC 7366 2", ILLEGAL_PARAMETER,
	    FORM_1_2("0016 0001 00"), .openssl = ENDED_ANSWERED },
	{ "1.2: signature_algorithms_cert of an odd length", "RFC 8446 4.2.3",
	    DECODE_ERROR, FORM_1_2("0032 0005 0003 0403 08") },
	{ "1.3: signature_algorithms_cert, an empty list", "RFC 8446 4.2.3",
	    DECODE_ERROR, FORM_1_3("0032 0002 0000") },
	{ "1.3: psk_key_exchange_modes, an empty list", "RFC 8446 4.2.9",
	    DECODE_ERROR, FORM_1_3("002d 0001 00") },
	{ "1.3: psk_key_exchange_modes whose length lies", "RFC 8446 4.2.9",
	    DECODE_ERROR, FORM_1_3("002d 0002 02 01") },
	{ "1.2: psk_key_exchange_modes mean nothing", "RFC 8446 4.2",
	    ENDED_ANSWERED, FORM_1_2("002d 0001 00") },
	{ "1.2: pre_shared_key without psk_key_exchange_modes",
	    "RFC 8446 4.2.9", HANDSHAKE_FAILURE,
	    FORM_1_2("0029 002f 000a" IDENTITY "0021" BINDER) },
	{ "1.2: a session of TLS 1.3", "RFC 8446 4.2", ENDED_ANSWERED,
	    FORM_1_2("002d 0002 01 01"
		     "0029 002f 000a" IDENTITY "0021" BINDER) },
	{ "1.3: a session that nobody knows", "RFC 8446 4.2.11", ENDED_ANSWERED,
	    FORM_1_3("002d 0002 01 01"
		     "0029 002f 000a" IDENTITY "0021" BINDER) },
	{ "1.3: a session without a name", "RFC 8446 4.2.11", DECODE_ERROR,
	    FORM_1_3("002d 0002 01 01"
		     "0029 002b 0006 0000 00000000 0021" BINDER) },
	{ "1.3: pre_shared_key, empty", "RFC 8446 4.2.11", DECODE_ERROR,
	    FORM_1_3("002d 0002 01 01  0029 0000") },
	{ "1.3: pre_shared_key without psk_key_exchange_modes",
	    "RFC 8446 4.2.9", MISSING_EXTENSION,
	    FORM_1_3("0029 002f 000a" IDENTITY "0021" BINDER),
	    .ours = UNSUPPORTED_EXTENSION },
	{ "1.3: early_data that is not empty", "RFC 8446 4.2.10", DECODE_ERROR,
	    FORM_1_3("002a 0001 00") },
	{ "1.3: certificate_authorities without a list", "RFC 8446 4.2.4",
	    DECODE_ERROR, FORM_1_3("002f 0000") },
	{ "1.3: certificate_authorities whose length lies", "RFC 8446 4.2.4",
	    DECODE_ERROR, FORM_1_3("002f 0006 00ff 0002 ffff") },
	{ "1.3: certificate_authorities that are no DER", "RFC 8446 4.2.4",
	    DECODE_ERROR, FORM_1_3("002f 0006 0004 0002 ffff") },
	{ "1.3: post_handshake_auth that is not empty", "RFC 8446 4.2.6",
	    DECODE_ERROR, FORM_1_3("0031 0001 00") },
	{ "1.3: no supported_groups", "RFC 8446 9.2", MISSING_EXTENSION,
	    BARE(SCHEMES VERSIONS KEY_SHARE), .ours = HANDSHAKE_FAILURE },
	{ "1.3: no signature_algorithms", "RFC 8446 9.2", MISSING_EXTENSION,
	    BARE(GROUPS VERSIONS KEY_SHARE), .ours = HANDSHAKE_FAILURE },
	{ "1.3: a key_share of a group that is not in supported_groups",
	    "RFC 8446 4.2.8", ILLEGAL_PARAMETER,
	    BARE("000a 0004 0002 0017" SCHEMES VERSIONS KEY_SHARE) },
	{ "1.3: key_share, octets after the list", "RFC 8446 4.2", DECODE_ERROR,
	    BARE(GROUPS SCHEMES VERSIONS "0033 0027 0024" SHARE "00") },
	{ "1.3: a key_share whose length lies", "RFC 8446 4.2.8", DECODE_ERROR,
	    BARE(
		GROUPS SCHEMES VERSIONS "0033 0026 0024 001d 0021" OCTETS_32) },
	{ "1.3: a group shared twice", "RFC 8446 4.2.8", ENDED_ANSWERED,
	    BARE(GROUPS SCHEMES VERSIONS "0033 004a 0048" SHARE SHARE) },
	{ "1.3: a point that is not on its curve", "RFC 8446 4.2.8.2",
	    ILLEGAL_PARAMETER,
	    BARE(P256 SCHEMES VERSIONS
		"0033 0047 0045 0017 0041 04" OCTETS_32 OCTETS_32) },
	{ "1.3: a point at infinity", "RFC 8446 4.2.8.2", ILLEGAL_PARAMETER,
	    BARE(P256 SCHEMES VERSIONS "0033 0007 0005 0017 0001 00") },
	{ "1.3: a compressed point", "RFC 8446 4.2.8.2", ILLEGAL_PARAMETER,
	    BARE(P256 SCHEMES VERSIONS
		"0033 0027 0025 0017 0021 02" OCTETS_32) },
	{ "1.3: a point in hybrid form", "RFC 8446 4.2.8.2", ILLEGAL_PARAMETER,
	    BARE(P256 SCHEMES VERSIONS
		"0033 0047 0045 0017 0041 06" OCTETS_32 OCTETS_32) },
	{ "1.3: legacy_version of TLS 1.0", "RFC 8446 4.1.2", ENDED_ANSWERED,
	    .steps = { HELLO(.version = 0x0301, .modern = true) },
	    .ours = PROTOCOL_VERSION },
	{ .name = NULL },
};
