/* Extensions of a ClientHello, each with its body alone. */
#include "tls/hello_form.h"

#include <criterion/criterion.h>
#include <gnutls/gnutls.h>

#define BODY(text) dt_span(text, sizeof(text) - 1)
#define MALFORMED GNUTLS_E_UNEXPECTED_PACKET_LENGTH

enum {
	SERVER_NAME = 0,
	MAX_FRAGMENT_LENGTH = 1,
	STATUS_REQUEST = 5,
	SUPPORTED_GROUPS = 10,
	EC_POINT_FORMATS = 11,
	USE_SRTP = 14,
	ALPN = 16,
	PRE_SHARED_KEY = 41,
	EARLY_DATA = 42,
	PSK_KEY_EXCHANGE_MODES = 45,
	CERTIFICATE_AUTHORITIES = 47,
	POST_HANDSHAKE_AUTH = 49,
	SIGNATURE_ALGORITHMS_CERT = 50
};

static int
any(unsigned type, struct dt_span body)
{
	return dt_hello_form(DT_HELLO_ANY, type, body);
}

static int
in_1_3(unsigned type, struct dt_span body)
{
	return dt_hello_form(DT_HELLO_1_3, type, body);
}

Test(hello_form, what_nobody_knows_has_any_form)
{
	cr_expect_eq(any(0xfafa, BODY("\0\1")), 0);
	cr_expect_eq(dt_hello_form(DT_HELLO_1_2, 0xfafa, BODY("")), 0);
	cr_expect_eq(in_1_3(0xfafa, BODY("")), 0);
}

Test(hello_form, rules_of_one_version_are_not_those_of_another)
{
	cr_expect_eq(dt_hello_form(DT_HELLO_1_2, EC_POINT_FORMATS, BODY("\0")),
	    MALFORMED);
	cr_expect_eq(in_1_3(EC_POINT_FORMATS, BODY("\0")), 0);
	cr_expect_eq(any(EC_POINT_FORMATS, BODY("\0")), 0);
	cr_expect_eq(in_1_3(EARLY_DATA, BODY("\0")), MALFORMED);
	cr_expect_eq(dt_hello_form(DT_HELLO_1_2, EARLY_DATA, BODY("\0")), 0);
}

Test(hello_form, lists_of_octets_fill_the_body)
{
	cr_expect_eq(in_1_3(PSK_KEY_EXCHANGE_MODES, BODY("\2\0\1")), 0);
	cr_expect_eq(in_1_3(PSK_KEY_EXCHANGE_MODES, BODY("")), MALFORMED);
	cr_expect_eq(in_1_3(PSK_KEY_EXCHANGE_MODES, BODY("\0")), MALFORMED);
	cr_expect_eq(in_1_3(PSK_KEY_EXCHANGE_MODES, BODY("\2\1")), MALFORMED);
	cr_expect_eq(in_1_3(PSK_KEY_EXCHANGE_MODES, BODY("\1\1x")), MALFORMED);
}

Test(hello_form, lists_of_numbers_fill_the_body)
{
	static const unsigned types[] = { SUPPORTED_GROUPS,
		SIGNATURE_ALGORITHMS_CERT };

	for (size_t i = 0; i < 2; i++) {
		cr_expect_eq(any(types[i], BODY("\0\2\0\x1d")), 0);
		cr_expect_eq(any(types[i], BODY("")), MALFORMED);
		cr_expect_eq(any(types[i], BODY("\0")), MALFORMED);
		cr_expect_eq(any(types[i], BODY("\0\0")), MALFORMED);
		cr_expect_eq(any(types[i], BODY("\0\1x")), MALFORMED);
		cr_expect_eq(any(types[i], BODY("\0\3xyz")), MALFORMED);
		cr_expect_eq(any(types[i], BODY("\0\4xy")), MALFORMED);
		cr_expect_eq(any(types[i], BODY("\0\2xyz")), MALFORMED);
	}
}

Test(hello_form, one_host_name_fills_the_body)
{
	cr_expect_eq(any(SERVER_NAME, BODY("\0\4\0\0\1a")), 0);
	cr_expect_eq(any(SERVER_NAME, BODY("\0\4\0\0\1ax")), MALFORMED);
	cr_expect_eq(any(SERVER_NAME, BODY("\0\4\1\0\1a")), MALFORMED);
	cr_expect_eq(any(SERVER_NAME, BODY("\0\0")), MALFORMED);
	cr_expect_eq(any(SERVER_NAME, BODY("")), MALFORMED);
}

Test(hello_form, a_length_of_fragments_is_one_octet)
{
	cr_expect_eq(any(MAX_FRAGMENT_LENGTH, BODY("\1")), 0);
	cr_expect_eq(any(MAX_FRAGMENT_LENGTH, BODY("")), MALFORMED);
	cr_expect_eq(any(MAX_FRAGMENT_LENGTH, BODY("\1\1")), MALFORMED);
}

Test(hello_form, protocols_fill_the_body)
{
	cr_expect_eq(any(ALPN, BODY("\0\6\5dicom")), 0);
	cr_expect_eq(any(ALPN, BODY("\0\6\5dicomx")), MALFORMED);
	cr_expect_eq(any(ALPN, BODY("\0\0")), MALFORMED);
}

Test(hello_form, what_is_announced_by_its_presence_is_empty)
{
	cr_expect_eq(in_1_3(EARLY_DATA, BODY("")), 0);
	cr_expect_eq(in_1_3(POST_HANDSHAKE_AUTH, BODY("")), 0);
	cr_expect_eq(in_1_3(POST_HANDSHAKE_AUTH, BODY("\0")), MALFORMED);
}

Test(hello_form, what_is_of_dtls_is_not_of_tls)
{
	cr_expect_eq(any(USE_SRTP, BODY("\0\2\0\1\0")),
	    GNUTLS_E_RECEIVED_ILLEGAL_PARAMETER);
}

/* A responder by the hash of its key; extensions, none of them. */
Test(hello_form, a_status_is_asked_for_of_responders_with_extensions)
{
	cr_expect_eq(any(STATUS_REQUEST, BODY("\1\0\0\0\0")), 0);
	cr_expect_eq(
	    any(STATUS_REQUEST, BODY("\1\0\6\0\4\xa2\2\4\0\0\2\x30\0")), 0);
	cr_expect_eq(any(STATUS_REQUEST, BODY("\1\0\0\0\0x")), MALFORMED);
	cr_expect_eq(any(STATUS_REQUEST, BODY("\1\0\0\0")), MALFORMED);
	cr_expect_eq(any(STATUS_REQUEST, BODY("\1\0\2\0\0\0\0")), MALFORMED);
	cr_expect_eq(any(STATUS_REQUEST, BODY("\1\0\1\0\0\0")), MALFORMED);
	cr_expect_eq(
	    any(STATUS_REQUEST, BODY("\1\0\4\0\2\xff\xff\0\0")), MALFORMED);
	cr_expect_eq(any(STATUS_REQUEST, BODY("\1\0\0\0\3\x30\0x")), MALFORMED);
}

Test(hello_form, a_status_of_another_kind_is_not_ours)
{
	cr_expect_eq(any(STATUS_REQUEST, BODY("\2")), 0);
	cr_expect_eq(any(STATUS_REQUEST, BODY("\2xyz")), 0);
}

Test(hello_form, authorities_are_elements_and_may_be_none)
{
	cr_expect_eq(in_1_3(CERTIFICATE_AUTHORITIES, BODY("\0\0")), 0);
	cr_expect_eq(
	    in_1_3(CERTIFICATE_AUTHORITIES, BODY("\0\4\0\2\x30\0")), 0);
	cr_expect_eq(in_1_3(CERTIFICATE_AUTHORITIES, BODY("")), MALFORMED);
	cr_expect_eq(in_1_3(CERTIFICATE_AUTHORITIES, BODY("\0\0x")), MALFORMED);
	cr_expect_eq(
	    in_1_3(CERTIFICATE_AUTHORITIES, BODY("\0\4\0\2\x30\1")), MALFORMED);
	cr_expect_eq(
	    in_1_3(CERTIFICATE_AUTHORITIES, BODY("\0\2\0\0")), MALFORMED);
}

Test(hello_form, sessions_have_names)
{
	cr_expect_eq(in_1_3(PRE_SHARED_KEY, BODY("\0\7\0\1x\0\0\0\0")), 0);
	cr_expect_eq(in_1_3(PRE_SHARED_KEY, BODY("\0\0\0\0")), 0);
	cr_expect_eq(
	    in_1_3(PRE_SHARED_KEY, BODY("\0\6\0\0\0\0\0\0")), MALFORMED);
	cr_expect_eq(in_1_3(PRE_SHARED_KEY, BODY("\0\4\0\1x\0")), MALFORMED);
	cr_expect_eq(in_1_3(PRE_SHARED_KEY, BODY("")), MALFORMED);
	cr_expect_eq(in_1_3(PRE_SHARED_KEY, BODY("\0\x63\0")), MALFORMED);
}
