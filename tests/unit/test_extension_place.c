/* Blocks of extensions, as messages have them: their length, then each. */
#include "tls/extension_place.h"

#include <criterion/criterion.h>
#include <gnutls/gnutls.h>

#define ILLEGAL GNUTLS_E_RECEIVED_ILLEGAL_PARAMETER

static int
check(enum dt_extension_place place, const char *block, size_t size)
{
	return dt_extension_places(place, dt_reader(dt_span(block, size)));
}

#define CHECK(place, block) check(place, block, sizeof(block) - 1)

/* Alone and empty. */
static int
check_one(enum dt_extension_place place, unsigned type)
{
	const char block[] = { 0, 4, (char)(type >> 8), (char)type, 0, 0 };

	return check(place, block, sizeof(block));
}

static const enum dt_extension_place places[] = { DT_IN_SERVER_HELLO_1_2,
	DT_IN_SERVER_HELLO_1_3, DT_IN_RETRY_REQUEST, DT_IN_ENCRYPTED_EXTENSIONS,
	DT_IN_CERTIFICATE_REQUEST };

/* Columns of RFC 8446 4.2, and ServerHellos before it. */
static const struct {
	unsigned type;
	const char *in; /* SH of 1.2, SH of 1.3, HRR, EE, CR */
} table[] = {
	{ 0, "x--x-" },
	{ 1, "x--x-" },
	{ 5, "x---x" },
	{ 10, "x--x-" },
	{ 11, "x----" },
	{ 13, "----x" },
	{ 16, "x--x-" },
	{ 18, "x---x" },
	{ 21, "-----" },
	{ 23, "x----" },
	{ 35, "x----" },
	{ 41, "-x---" },
	{ 42, "---x-" },
	{ 43, "-xx--" },
	{ 44, "--x--" },
	{ 45, "-----" },
	{ 47, "----x" },
	{ 49, "-----" },
	{ 50, "----x" },
	{ 51, "-xx--" },
	{ 0xff01, "x----" },
	{ 0xfafa, "xxxxx" },
};

Test(extension_place, extensions_are_where_the_table_has_them)
{
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		for (size_t j = 0; j < sizeof(places) / sizeof(places[0]); j++)
			cr_expect_eq(check_one(places[j], table[i].type),
			    table[i].in[j] == 'x' ? 0 : ILLEGAL,
			    "%u in column %zu", table[i].type, j);
}

Test(extension_place, a_client_may_ask_for_each)
{
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		cr_expect_eq(check_one(DT_IN_CLIENT_HELLO, table[i].type), 0);
}

Test(extension_place, none_is_there_twice)
{
	for (size_t j = 0; j < sizeof(places) / sizeof(places[0]); j++) {
		cr_expect_eq(CHECK(places[j], "\0\x0d\xfa\xfa\0\0"
					      "\xfa\xfb\0\1x\xfa\xfc\0\0"),
		    0);
		cr_expect_eq(CHECK(places[j], "\0\x0d\xfa\xfa\0\0"
					      "\xfa\xfb\0\1x\xfa\xfa\0\0"),
		    ILLEGAL);
	}
	cr_expect_eq(
	    CHECK(DT_IN_CLIENT_HELLO, "\0\x08\xff\xff\0\0\xff\xff\0\0"),
	    ILLEGAL);
}

/* GnuTLS refuses it. */
Test(extension_place, a_block_cut_anywhere_comes_to_an_end)
{
	static const char block[] = "\0\x09\xfa\xfa\0\1x\xfa\xfb\0\0";

	for (size_t size = 0; size < sizeof(block); size++)
		cr_expect_eq(check(DT_IN_SERVER_HELLO_1_2, block, size), 0);
}
