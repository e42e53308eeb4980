/* ClientHellos of RFC 8446 4.1.2, with what GnuTLS does not mind. */
#include "base/buffer.h"
#include "tls/hello_rules.h"

#include <criterion/criterion.h>
#include <gnutls/gnutls.h>

#define PIECE(text) text, sizeof(text) - 1
#define NULL_ALONE PIECE("\1\0")

static struct dt_buffer hello;

static void
make(const char *compression, size_t compression_size, const char *extensions,
    size_t extensions_size)
{
	static const uint8_t start[2 + 32 + 1] = { 3, 3 };

	dt_buffer_clear(&hello);
	dt_buffer_append(&hello, start, sizeof(start));
	dt_buffer_append(&hello, PIECE("\0\2\x13\1"));
	dt_buffer_append(&hello, compression, compression_size);
	dt_buffer_be16(&hello, (uint16_t)extensions_size);
	dt_buffer_append(&hello, extensions, extensions_size);
}

static int
check(const char *extensions, size_t size)
{
	make(NULL_ALONE, extensions, size);
	return dt_hello_check(dt_buffer_span(&hello));
}

static void
forget(void)
{
	dt_buffer_clear(&hello);
}

TestSuite(hello_rules, .fini = forget);

Test(hello_rules, extensions_of_different_types_pass)
{
	cr_expect_eq(check(PIECE("")), 0);
	cr_expect_eq(check(PIECE("\xfa\xfa\0\0"
				 "\xfa\xfb\0\1x"
				 "\xff\xff\0\0")),
	    0);
}

Test(hello_rules, an_extension_twice_does_not)
{
	const int illegal = GNUTLS_E_RECEIVED_ILLEGAL_PARAMETER;

	cr_expect_eq(check(PIECE("\xfa\xfa\0\0"
				 "\xfa\xfa\0\0")),
	    illegal);
	cr_expect_eq(check(PIECE("\xff\xff\0\1x"
				 "\0\x0a\0\0"
				 "\xff\xff\0\0")),
	    illegal);
}

Test(hello_rules, one_host_name_passes)
{
	cr_expect_eq(check(PIECE("\0\0\0\6\0\4\0\0\1a")), 0);
}

Test(hello_rules, other_lists_of_names_do_not)
{
	const int malformed = GNUTLS_E_UNEXPECTED_PACKET_LENGTH;

	/* two, another kind, none, octets after the list, a list cut short */
	cr_expect_eq(check(PIECE("\0\0\0\x0a\0\x08\0\0\1a\0\0\1b")), malformed);
	cr_expect_eq(check(PIECE("\0\0\0\6\0\4\7\0\1a")), malformed);
	cr_expect_eq(check(PIECE("\0\0\0\2\0\0")), malformed);
	cr_expect_eq(check(PIECE("\0\0\0\7\0\4\0\0\1ax")), malformed);
	cr_expect_eq(check(PIECE("\0\0\0\6\0\7\0\0\1a")), malformed);
}

Test(hello_rules, a_name_is_no_longer_than_dns_has)
{
	static const char start[] = { 0, 0, 1, 4, 1, 2, 0, 0, (char)255 };
	static const char longer[] = { 0, 0, 1, 5, 1, 3, 0, 1, 0 };
	char names[9 + 256];

	memset(names, 'a', sizeof(names));
	memcpy(names, start, sizeof(start));
	cr_expect_eq(check(names, 9 + 255), 0);
	memcpy(names, longer, sizeof(longer));
	cr_expect_eq(check(names, 9 + 256), GNUTLS_E_UNRECOGNIZED_NAME);
}

Test(hello_rules, compression_is_null_alone_in_tls_1_3)
{
	make(NULL_ALONE, PIECE(""));
	cr_expect_eq(dt_hello_check_1_3(dt_buffer_span(&hello)), 0);
	make(PIECE("\2\1\0"), PIECE(""));
	cr_expect_eq(dt_hello_check(dt_buffer_span(&hello)), 0,
	    "TLS 1.2 leaves the choice to the server");
	cr_expect_eq(dt_hello_check_1_3(dt_buffer_span(&hello)),
	    GNUTLS_E_RECEIVED_ILLEGAL_PARAMETER);
}

Test(hello_rules, elliptic_curves_of_tls_1_2_are_listed)
{
	make(NULL_ALONE, PIECE("\xfa\xfa\0\1x"));
	cr_expect_eq(dt_hello_check_1_2(dt_buffer_span(&hello), false), 0);
	cr_expect_eq(dt_hello_check_1_2(dt_buffer_span(&hello), true),
	    GNUTLS_E_ECC_NO_SUPPORTED_CURVES);
	make(NULL_ALONE, PIECE("\0\x0a\0\4\0\2\0\x17"));
	cr_expect_eq(dt_hello_check_1_2(dt_buffer_span(&hello), true), 0);
}

Test(hello_rules, a_session_of_tls_1_3_has_its_modes_in_tls_1_2_too)
{
	make(NULL_ALONE, PIECE("\0\x2d\0\2\1\1\0\x29\0\0"));
	cr_expect_eq(dt_hello_check_1_2(dt_buffer_span(&hello), false), 0);
	make(NULL_ALONE, PIECE("\0\x29\0\0"));
	cr_expect_eq(dt_hello_check_1_2(dt_buffer_span(&hello), false),
	    GNUTLS_E_UNWANTED_ALGORITHM);
}

Test(hello_rules, forms_are_checked_by_version)
{
	make(NULL_ALONE, PIECE("\xfa\xfa\0\1x\0\x0b\0\1\0"));
	cr_expect_eq(dt_hello_check(dt_buffer_span(&hello)), 0);
	cr_expect_eq(dt_hello_check_1_3(dt_buffer_span(&hello)), 0);
	cr_expect_eq(dt_hello_check_1_2(dt_buffer_span(&hello), false),
	    GNUTLS_E_UNEXPECTED_PACKET_LENGTH);
}

#define X25519_AND_P256 "\0\x0a\0\6\0\4\0\x1d\0\x17"

Test(hello_rules, groups_that_are_shared_are_listed)
{
	make(NULL_ALONE, PIECE(X25519_AND_P256 "\0\x33\0\x0c\0\x0a"
					       "\0\x17\0\1x\0\x1d\0\1x"));
	cr_expect_eq(dt_hello_check_1_3(dt_buffer_span(&hello)), 0);
	make(NULL_ALONE, PIECE(X25519_AND_P256 "\0\x33\0\x0c\0\x0a"
					       "\0\x17\0\1x\0\x18\0\1x"));
	cr_expect_eq(dt_hello_check_1_3(dt_buffer_span(&hello)),
	    GNUTLS_E_RECEIVED_ILLEGAL_PARAMETER);
	make(NULL_ALONE, PIECE("\0\x33\0\7\0\5\0\x17\0\1x"));
	cr_expect_eq(dt_hello_check_1_3(dt_buffer_span(&hello)),
	    GNUTLS_E_RECEIVED_ILLEGAL_PARAMETER);
}

/* Suites: TLS_AES_128_GCM_SHA256 alone. */
Test(hello_rules, a_second_hello_shares_one_group)
{
	make(NULL_ALONE, PIECE(X25519_AND_P256 "\0\x33\0\7\0\5"
					       "\0\x17\0\1x"));
	cr_expect_eq(dt_hello_check_again(dt_buffer_span(&hello), 0x1301), 0);
	make(NULL_ALONE, PIECE(X25519_AND_P256 "\0\x33\0\x0c\0\x0a"
					       "\0\x17\0\1x\0\x1d\0\1x"));
	cr_expect_eq(dt_hello_check_again(dt_buffer_span(&hello), 0x1301),
	    GNUTLS_E_RECEIVED_ILLEGAL_PARAMETER);
}

Test(hello_rules, a_second_hello_has_the_suite_that_was_chosen)
{
	make(NULL_ALONE, PIECE("\xfa\xfa\0\1x"));
	cr_expect_eq(dt_hello_check_again(dt_buffer_span(&hello), 0x1301), 0);
	cr_expect_eq(dt_hello_check_again(dt_buffer_span(&hello), 0x1302),
	    GNUTLS_E_RECEIVED_ILLEGAL_PARAMETER);
}

Test(hello_rules, a_second_hello_does_not_announce_early_data)
{
	make(NULL_ALONE, PIECE("\xfa\xfa\0\1x\0\x2a\0\0"));
	cr_expect_eq(dt_hello_check_again(dt_buffer_span(&hello), 0x1301),
	    GNUTLS_E_RECEIVED_ILLEGAL_PARAMETER);
	make(NULL_ALONE, PIECE("\xfa\xfa\0\2\0\x2a"));
	cr_expect_eq(dt_hello_check_again(dt_buffer_span(&hello), 0x1301), 0);
}

/* What is cut is GnuTLS's to refuse; nothing behind it is read. */
Test(hello_rules, a_hello_cut_anywhere_is_left_to_gnutls)
{
	make(NULL_ALONE, PIECE("\0\0\0\6\0\4\0\0\1a\xfa\xfa\0\1x"));
	for (size_t size = 0; size < dt_buffer_size(&hello); size++) {
		struct dt_buffer part = { 0 };

		dt_buffer_append(&part, hello.data + hello.start, size);
		dt_buffer_trim(&part);
		cr_expect_eq(dt_hello_check(dt_buffer_span(&part)), 0);
		cr_expect_eq(
		    dt_hello_check_1_2(dt_buffer_span(&part), false), 0);
		cr_expect_eq(dt_hello_check_1_3(dt_buffer_span(&part)), 0);
		dt_buffer_clear(&part);
	}
}

static const struct dt_own_hello own = { "abc", 3, { 0x001d, 0x0017 }, 2 };

static int
check_answer(unsigned suite, const char *last, size_t last_size, bool tls13)
{
	static const uint8_t start[2 + 24] = { 3, 3 };

	dt_buffer_clear(&hello);
	dt_buffer_append(&hello, start, sizeof(start));
	dt_buffer_append(&hello, last, last_size);
	dt_buffer_append(&hello, PIECE("\3abc"));
	dt_buffer_be16(&hello, (uint16_t)suite);
	dt_buffer_append(&hello, PIECE("\0\0\x09\0\x33\0\0\xff\1\0\1\0"));
	return dt_server_hello_check(dt_buffer_span(&hello), &own, tls13);
}

#define ANY_END PIECE("12345678")
#define ILLEGAL GNUTLS_E_RECEIVED_ILLEGAL_PARAMETER

/* The mark of TLS 1.3 for 1.2 is GnuTLS's to see: it knows what was offered. */
Test(hello_rules, tls_1_2_has_no_mark_of_an_older_version)
{
	cr_expect_eq(check_answer(0xc02b, ANY_END, false), 0);
	cr_expect_eq(check_answer(0xc02b, PIECE("DOWNGRD\2"), false), 0);
	cr_expect_eq(check_answer(0xc02b, PIECE("DOWNGRD\0"), false), ILLEGAL);
}

Test(hello_rules, tls_1_2_has_secure_renegotiation)
{
	cr_expect_eq(check_answer(0xc02b, ANY_END, false), 0);
	hello.data[hello.end - 4]--;
	cr_expect_eq(dt_server_hello_check(dt_buffer_span(&hello), &own, false),
	    GNUTLS_E_SAFE_RENEGOTIATION_FAILED);
	cr_expect_eq(
	    dt_server_hello_check(dt_buffer_span(&hello), &own, true), ILLEGAL);
	check_answer(0x1301, ANY_END, true);
	hello.data[hello.end - 4]--;
	cr_expect_eq(
	    dt_server_hello_check(dt_buffer_span(&hello), &own, true), 0);
}

/* TLS 1.3 is what selects a version, 43. */
Test(hello_rules, extensions_of_an_answer_are_those_of_its_version)
{
	check_answer(0x1301, ANY_END, true);
	cr_expect_eq(dt_server_hello_places(dt_buffer_span(&hello)), ILLEGAL,
	    "key_share in TLS 1.2");
	hello.data[hello.end - 8] = 0x17;
	cr_expect_eq(dt_server_hello_places(dt_buffer_span(&hello)), 0);
	hello.data[hello.end - 8] = 0x2b;
	cr_expect_eq(dt_server_hello_places(dt_buffer_span(&hello)), ILLEGAL,
	    "renegotiation_info in TLS 1.3");
}

Test(hello_rules, tls_1_3_has_suites_of_its_own)
{
	cr_expect_eq(check_answer(0x1301, ANY_END, true), 0);
	cr_expect_eq(check_answer(0xc02b, ANY_END, true), ILLEGAL);
}

Test(hello_rules, a_server_of_tls_1_3_names_the_session_of_the_client)
{
	static const struct dt_own_hello others[] = { { "abd", 3, { 0 }, 0 },
		{ "ab", 2, { 0 }, 0 }, { "", 0, { 0 }, 0 } };

	cr_expect_eq(check_answer(0x1301, ANY_END, true), 0);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		cr_expect_eq(dt_server_hello_check(
				 dt_buffer_span(&hello), &others[i], true),
		    ILLEGAL);
		cr_expect_eq(dt_server_hello_check(
				 dt_buffer_span(&hello), &others[i], false),
		    0, "before, a server has names of its own");
	}
}

Test(hello_rules, tls_1_3_exchanges_keys)
{
	cr_expect_eq(check_answer(0x1301, ANY_END, true), 0);
	hello.data[hello.end - 8]--;
	cr_expect_eq(dt_server_hello_check(dt_buffer_span(&hello), &own, true),
	    GNUTLS_E_MISSING_EXTENSION);
	cr_expect_eq(
	    dt_server_hello_check(dt_buffer_span(&hello), &own, false), 0);
}

Test(hello_rules, an_answer_cut_anywhere_is_left_to_gnutls)
{
	check_answer(0xc02b, PIECE("DOWNGRD\0"), false);
	for (size_t size = 0; size < 2 + 32 + 4 + 2; size++) {
		struct dt_buffer part = { 0 };

		dt_buffer_append(&part, hello.data + hello.start, size);
		dt_buffer_trim(&part);
		cr_expect_eq(
		    dt_server_hello_check(dt_buffer_span(&part), &own, true),
		    0);
		dt_buffer_clear(&part);
	}
}

Test(hello_rules, an_answer_cut_in_its_first_extension_has_none)
{
	struct dt_span whole;

	check_answer(0x1301, ANY_END, true);
	whole = dt_buffer_span(&hello);
	cr_expect_eq(dt_server_hello_check(
			 dt_span(whole.data, whole.size - 8), &own, true),
	    GNUTLS_E_MISSING_EXTENSION);
}

static int
check_retry(const char *key_share, size_t size)
{
	check_answer(0x1301, ANY_END, true);
	hello.end -= 11;
	dt_buffer_be16(&hello, (uint16_t)size);
	dt_buffer_append(&hello, key_share, size);
	return dt_retry_check(dt_buffer_span(&hello), &own);
}

Test(hello_rules, a_server_asks_for_a_group_that_was_not_shared)
{
	cr_expect_eq(check_retry(PIECE("\0\x33\0\2\0\x18")), 0);
	cr_expect_eq(check_retry(PIECE("\0\x33\0\2\0\x1d")), ILLEGAL);
	cr_expect_eq(check_retry(PIECE("\0\x33\0\2\0\x17")), ILLEGAL);
}

/* Or sends a cookie alone. What is cut is GnuTLS's to refuse. */
Test(hello_rules, a_server_need_not_ask_for_a_group)
{
	cr_expect_eq(check_retry(PIECE("\0\x2c\0\3\0\1x")), 0);
	cr_expect_eq(check_retry(PIECE("\0\x33\0\2\0")), 0);
	cr_expect_eq(check_retry(PIECE("\0\x33\0")), 0);
	cr_expect_eq(check_retry(PIECE("")), 0);
}

/* Of a client: session "abc", shares of x25519 and secp256r1. */
Test(hello_rules, session_and_groups_of_a_client_are_kept)
{
	static const uint8_t start[2 + 32] = { 3, 3 };
	struct dt_own_hello kept = { .group_count = 4 };

	dt_buffer_clear(&hello);
	dt_buffer_append(&hello, start, sizeof(start));
	dt_buffer_append(&hello, PIECE("\3abc\0\2\x13\1\1\0\0\x15"
				       "\xfa\xfa\0\1x"
				       "\0\x33\0\x0c\0\x0a"
				       "\0\x1d\0\1x\0\x17\0\1y"));
	dt_own_hello_keep(&kept, dt_buffer_span(&hello));
	cr_expect_eq(kept.session_size, 3);
	cr_expect_arr_eq(kept.session, "abc", 3);
	cr_assert_eq(kept.group_count, 2);
	cr_expect_eq(kept.groups[0], 0x001d);
	cr_expect_eq(kept.groups[1], 0x0017);
}

Test(hello_rules, four_groups_of_a_client_are_kept)
{
	static const uint8_t start[2 + 32] = { 3, 3 };
	struct dt_own_hello kept = { .group_count = 0 };

	dt_buffer_clear(&hello);
	dt_buffer_append(&hello, start, sizeof(start));
	dt_buffer_append(&hello, PIECE("\0\0\2\x13\1\1\0\0\x1a"
				       "\0\x33\0\x16\0\x14"
				       "\0\1\0\0\0\2\0\0\0\3\0\0"
				       "\0\4\0\0\0\5\0\0"));
	dt_own_hello_keep(&kept, dt_buffer_span(&hello));
	cr_expect_eq(kept.session_size, 0);
	cr_assert_eq(kept.group_count, 4);
	cr_expect_eq(kept.groups[3], 4);
}
