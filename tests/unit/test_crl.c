/* What is read of a CRL, and what is refused (RFC 5280 5.1 to 5.3). Which
 * malformed parts count as absent is recorded from the reference in
 * tests/conformance/cases/crl-*. */
#include "x509/crl.h"

#include "base/limits.h"
#include "dicomtls.h"
#include "tools/mint.h"
#include "tests/unit/der_text.h"

#include <stdlib.h>

#define CA NAME("CA")

static struct dt_crl *
parse(const char *text)
{
	struct dt_buffer der = der_from_text(text);
	struct dt_message message = { "" };
	struct dt_crl *crl = NULL;

	cr_assert_eq(dt_crl_parse(&crl, dt_buffer_span(&der), NULL, &message),
	    0, "%s: %s", text, message.text);
	dt_buffer_clear(&der);
	return crl;
}

static int
refusal(const char *text)
{
	struct dt_buffer der = der_from_text(text);
	struct dt_crl *crl = NULL;
	int rc = dt_crl_parse(&crl, dt_buffer_span(&der), NULL, NULL);

	if (rc == 0)
		dt_crl_free(crl);
	dt_buffer_clear(&der);
	return rc;
}

/* What the entry for a serial number of issuer says. */
static enum dt_crl_answer
ask_for(const char *text, const char *issuer, const char *serial)
{
	struct dt_crl *crl = parse(text);
	struct dt_buffer name_der = der_from_text(issuer);
	struct dt_buffer number = der_from_text(serial);
	uint8_t canonical[256];
	struct dt_name name;
	enum dt_crl_answer answer;

	cr_assert_eq(
	    dt_name_parse(&name, dt_buffer_span(&name_der), canonical), 0);
	answer = dt_crl_find(crl, dt_buffer_span(&number), &name);
	dt_buffer_clear(&number);
	dt_buffer_clear(&name_der);
	dt_crl_free(crl);
	return answer;
}

static uint32_t
flags(const char *text)
{
	struct dt_crl *crl = parse(text);
	uint32_t found = crl->flags;

	dt_crl_free(crl);
	return found;
}

static unsigned
reasons(const char *text)
{
	struct dt_crl *crl = parse(text);
	unsigned found = crl->reasons;

	dt_crl_free(crl);
	return found;
}

Test(crl, fields_are_read)
{
	struct dt_crl *crl = parse(CRL(CA, ENTRY("05", ""), NUMBER("07")));

	cr_expect_eq(crl->entry_count, 1);
	cr_expect_eq(crl->issuer.entry_count, 1);
	cr_expect(crl->has_next_update);
	cr_expect_eq(crl->number.size, 1);
	cr_expect_eq(crl->number.data[0], 7);
	cr_expect_not(dt_span_is_set(crl->base_number));
	cr_expect_eq(crl->flags, 0);
	cr_expect_eq(crl->reasons, DT_ALL_REASONS);
	dt_crl_free(crl);
}

Test(crl, optional_fields_may_be_missing)
{
	struct dt_crl *crl = parse(
	    "30{30{" ALGORITHM CA "17{'250301000000Z'}}" ALGORITHM "03{00}}");

	cr_expect_eq(crl->entry_count, 0);
	cr_expect_not(crl->has_next_update);
	dt_crl_free(crl);
}

Test(crl, what_is_no_crl_is_refused)
{
	static const char *const refused[] = { "", "02{01}", "30{}",
		/* no time of issue */
		"30{30{02{01}" ALGORITHM CA "}" ALGORITHM "03{00}}",
		/* padded serial number */ CRL(CA, ENTRY("0005", ""), ""),
		/* empty serial number */ CRL(CA, ENTRY("", ""), ""),
		/* no date of revocation */ CRL(CA, "30{02{05}}", ""),
		/* an entry that is none */ CRL(CA, "0500", ""),
		/* something behind the entry's extensions */
		CRL(CA, "30{02{05}17{'250201000000Z'}30{}05{}}", ""),
		/* an extension without a value */
		CRL(CA, "", "30{06{551d14}}"),
		/* an entry's extension without a value */
		CRL(CA, ENTRY("05", "30{06{551d15}}"), ""),
		/* an issuer that is no name */ CRL("30{30{}}", "", ""),
		/* no issuer */ CRL("", "", ""),
		/* an entry that is cut off */ CRL(CA, "3005", ""),
		/* extensions that are no list */
		"30{30{" ALGORITHM CA "17{'250301000000Z'}a0{02{01}}}" ALGORITHM
		"03{00}}",
		/* nine unused bits */
		"30{30{" ALGORITHM CA "17{'250301000000Z'}}" ALGORITHM
		"03{09}}",
		/* something behind the signature */
		"30{30{" ALGORITHM CA "17{'250301000000Z'}}" ALGORITHM
		"03{00}05{}}",
		/* something behind the CRL */ CRL(CA, "", "") "05{}" };

	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
		cr_expect_eq(
		    refusal(refused[i]), DICOMTLS_E_FORMAT, "%s", refused[i]);
}

Test(crl, a_caller_that_asks_gets_the_length)
{
	struct dt_buffer der = der_from_text(CRL(CA, "", "") "05{}");
	struct dt_crl *crl;
	size_t consumed;

	cr_assert_eq(
	    dt_crl_parse(&crl, dt_buffer_span(&der), &consumed, NULL), 0);
	cr_expect_eq(consumed, dt_buffer_size(&der) - 2);
	dt_crl_free(crl);
	dt_buffer_clear(&der);
}

Test(crl, a_giant_is_refused_before_it_is_copied)
{
	struct dt_crl *crl;
	uint8_t byte = 0x30;

	cr_expect_eq(dt_crl_parse(&crl, dt_span(&byte, DT_MAX_FILE_SIZE + 1u),
			 NULL, NULL),
	    DICOMTLS_E_LIMIT);
}

Test(crl, entries_are_found_whatever_their_order)
{
	static const char text[] = CRL(CA,
	    ENTRY("7f", "") ENTRY("0102", "") ENTRY("05", "") ENTRY("00ff", "")
		ENTRY("03", ""),
	    "");
	static const char *const there[] = { "03", "05", "7f", "00ff", "0102" };
	static const char *const not_there[] = { "04", "00", "0103", "7e", "01",
		"010203" };

	for (size_t i = 0; i < sizeof(there) / sizeof(there[0]); i++)
		cr_expect_eq(ask_for(text, CA, there[i]), DT_CRL_REVOKED, "%s",
		    there[i]);
	for (size_t i = 0; i < sizeof(not_there) / sizeof(not_there[0]); i++)
		cr_expect_eq(ask_for(text, CA, not_there[i]), DT_CRL_ABSENT,
		    "%s", not_there[i]);
}

Test(crl, the_sign_of_a_serial_number_counts)
{
	cr_expect_eq(
	    ask_for(CRL(CA, ENTRY("fb", ""), ""), CA, "fb"), DT_CRL_REVOKED);
	cr_expect_eq(
	    ask_for(CRL(CA, ENTRY("fb", ""), ""), CA, "05"), DT_CRL_ABSENT);
	cr_expect_eq(
	    ask_for(CRL(CA, ENTRY("0080", ""), ""), CA, "80"), DT_CRL_ABSENT);
}

Test(crl, reason_8_removes)
{
	cr_expect_eq(ask_for(CRL(CA, ENTRY("05", REASON("08")), ""), CA, "05"),
	    DT_CRL_REMOVED);
	cr_expect_eq(ask_for(CRL(CA, ENTRY("05", REASON("06")), ""), CA, "05"),
	    DT_CRL_REVOKED);
}

Test(crl, of_equal_serial_numbers_the_first_entry_counts)
{
	cr_expect_eq(
	    ask_for(CRL(CA, ENTRY("05", REASON("08")) ENTRY("05", REASON("01")),
			""),
		CA, "05"),
	    DT_CRL_REMOVED);
	cr_expect_eq(
	    ask_for(CRL(CA, ENTRY("05", REASON("01")) ENTRY("05", REASON("08")),
			""),
		CA, "05"),
	    DT_CRL_REVOKED);
}

/* RFC 5280 5.3.3. */
Test(crl, an_issuer_holds_until_the_next_one)
{
	static const char text[] = CRL(CA,
	    ENTRY("01", "") ENTRY("02", ENTRY_ISSUER(NAME("B"))) ENTRY("03", "")
		ENTRY("04", ENTRY_ISSUER(NAME("C"))),
	    "");

	cr_expect_eq(ask_for(text, CA, "01"), DT_CRL_REVOKED);
	cr_expect_eq(ask_for(text, NAME("B"), "01"), DT_CRL_ABSENT);
	cr_expect_eq(ask_for(text, NAME("B"), "02"), DT_CRL_REVOKED);
	cr_expect_eq(ask_for(text, NAME("B"), "03"), DT_CRL_REVOKED);
	cr_expect_eq(ask_for(text, CA, "03"), DT_CRL_ABSENT);
	cr_expect_eq(ask_for(text, NAME("C"), "04"), DT_CRL_REVOKED);
	cr_expect_eq(ask_for(text, NAME("B"), "04"), DT_CRL_ABSENT);
}

Test(crl, the_same_serial_number_of_another_issuer_is_passed_over)
{
	static const char text[] = CRL(CA,
	    ENTRY("05", ENTRY_ISSUER(NAME("B")) REASON("08"))
		ENTRY("05", ENTRY_ISSUER(CA)),
	    "");

	cr_expect_eq(ask_for(text, CA, "05"), DT_CRL_REVOKED);
	cr_expect_eq(ask_for(text, NAME("B"), "05"), DT_CRL_REMOVED);
}

Test(crl, what_is_behind_a_malformed_reason_is_not_understood)
{
	static const char text[] = CRL(CA,
	    ENTRY("01", REASON("08")) ENTRY("02", EXTENSION("551d15", "02{08}"))
		ENTRY("03", REASON("08")),
	    "");

	cr_expect_eq(ask_for(text, CA, "01"), DT_CRL_REMOVED);
	cr_expect_eq(ask_for(text, CA, "02"), DT_CRL_REVOKED);
	cr_expect_eq(ask_for(text, CA, "03"), DT_CRL_REVOKED);
}

Test(crl, critical_extensions_are_noted)
{
	cr_expect_eq(flags(CRL(CA, "", CRITICAL("2a03", ""))), DT_CRL_CRITICAL);
	cr_expect_eq(flags(CRL(CA, ENTRY("05", CRITICAL("2a03", "")), "")),
	    DT_CRL_CRITICAL);
	cr_expect_eq(flags(CRL(CA, ENTRY("05", EXTENSION("2a03", "")), "")), 0);
	cr_expect_eq(
	    flags(CRL(CA, "", CRITICAL("551d14", "02{01}"))), DT_CRL_CRITICAL);
}

Test(crl, handled_critical_extensions_are_no_harm)
{
	cr_expect_eq(flags(CRL(CA, "", DELTA("01") NUMBER("02"))), 0);
	cr_expect_eq(flags(CRL(CA, "", CRITICAL("551d23", "30{}"))), 0);
	cr_expect_eq(
	    flags(CRL(CA, ENTRY("05", ENTRY_ISSUER(NAME("B"))), "")), 0);
}

Test(crl, freshest_is_noted_unless_something_critical_is_in_front)
{
	cr_expect_eq(flags(CRL(CA, "", FRESHEST CRITICAL("2a03", ""))),
	    DT_CRL_FRESHEST | DT_CRL_CRITICAL);
	cr_expect_eq(
	    flags(CRL(CA, "", CRITICAL("2a03", "") FRESHEST)), DT_CRL_CRITICAL);
}

Test(crl, issuing_point_says_what_is_covered)
{
	cr_expect_eq(flags(CRL(CA, "", ISSUING_POINT(""))), DT_CRL_IDP);
	cr_expect_eq(flags(CRL(CA, "", ISSUING_POINT("81{ff}"))),
	    DT_CRL_IDP | DT_CRL_ONLY_USER);
	cr_expect_eq(flags(CRL(CA, "", ISSUING_POINT("82{01}"))),
	    DT_CRL_IDP | DT_CRL_ONLY_CA);
	cr_expect_eq(flags(CRL(CA, "", ISSUING_POINT("82{00}"))), DT_CRL_IDP);
	cr_expect_eq(flags(CRL(CA, "", ISSUING_POINT("84{ff}85{ff}"))),
	    DT_CRL_IDP | DT_CRL_INDIRECT | DT_CRL_ONLY_ATTRIBUTE);
}

/* RFC 5280 5.2.5. */
Test(crl, issuing_point_cannot_cover_two_kinds_only)
{
	cr_expect(flags(CRL(CA, "", ISSUING_POINT("81{ff}82{ff}"))) &
		  DT_CRL_IDP_CONTRADICTION);
	cr_expect(flags(CRL(CA, "", ISSUING_POINT("82{ff}85{ff}"))) &
		  DT_CRL_IDP_CONTRADICTION);
}

Test(crl, an_extension_that_is_there_twice_is_not_there)
{
	cr_expect_eq(
	    flags(CRL(CA, "", ISSUING_POINT("81{ff}") ISSUING_POINT("81{ff}"))),
	    0);
}

/* What OpenSSL can read and we cannot must not count as absent. */
Test(crl, strings_in_pieces_are_refused_and_not_passed_over)
{
	static const char *const refused[] = {
		CRL(CA, "", ISSUING_POINT("a0{a0{a6{04{'a'}04{'b'}}}}")),
		CRL(CA, "", ISSUING_POINT("a3{03{07ff80}}")),
		CRL(CA, "", ISSUING_POINT("a0{a1{30{06{550403}2c{0c{'a'}}}}}")),
		CRL(CA, "", EXTENSION("551d23", "30{a0{04{01}}}")),
		CRL(CA, ENTRY("05", EXTENSION("551d1d", "30{a2{16{'a'}}}")),
		    ""),
		CRL(CA,
		    ENTRY("05",
			ENTRY_ISSUER("30{31{30{06{550403}2c{0c{'B'}}}}}")),
		    "")
	};

	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
		cr_expect_eq(
		    refusal(refused[i]), DICOMTLS_E_FORMAT, "%s", refused[i]);
}

Test(crl, a_malformed_issuing_point_is_not_there)
{
	cr_expect_eq(flags(CRL(CA, "", ISSUING_POINT("86{ff}"))), 0);
	cr_expect_eq(flags(CRL(CA, "", ISSUING_POINT("82{ff}81{ff}"))), 0);
	cr_expect_eq(
	    flags(CRL(CA, "", ISSUING_POINT("a0{a0{a4{30{30{}}}}}"))), 0);
	/* More nesting than OpenSSL reads. */
	cr_expect_eq(flags(CRL(CA, "",
			 ISSUING_POINT("a0{a0{a6{24{24{24{24{24{24{04{'a'}}}}}"
				       "}}}}}"))),
	    0);
}

Test(crl, reasons_are_packed_with_the_first_octet_low)
{
	cr_expect_eq(reasons(CRL(CA, "", ISSUING_POINT("83{0560}"))), 0x60);
	cr_expect_eq(
	    reasons(CRL(CA, "", ISSUING_POINT("83{07ff80}"))), 0x80ff & 0x807f);
	cr_expect_eq(
	    reasons(CRL(CA, "", ISSUING_POINT("83{00}"))), DT_ALL_REASONS);
	cr_expect_eq(reasons(CRL(CA, "", ISSUING_POINT("83{0000}"))), 0);
}

static char *
write_file(const struct mint_dir *dir, const char *text)
{
	char *path =
	    mint_dir_write(dir, "crl.pem", dt_span(text, strlen(text)));

	cr_assert_not_null(path);
	return path;
}

#define PEM_CRL                                                                \
	"-----BEGIN X509 CRL-----\n"                                           \
	"MDswKjAKBggqhkjOPQQDAjANMQswCQYDVQQDDAJDQRcNMjUwMzAxMDAwMDAwWjAK\n"   \
	"BggqhkjOPQQDAgMBAA==\n"                                               \
	"-----END X509 CRL-----\n"
#define PEM_OTHER                                                              \
	"-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n"

/* How many CRLs a file with this text has; a negative number is the error. */
static int
count_in_file(const char *text, struct dt_array *crls)
{
	struct mint_dir dir;
	struct dt_message why = { "" };
	char *path;
	int rc;

	cr_assert_eq(mint_dir_make(&dir), 0);
	path = write_file(&dir, text);
	rc = dt_crl_read_file(crls, path, &why);
	if (rc < 0)
		cr_expect_neq(strstr(why.text, path), NULL, "%s", why.text);
	free(path);
	mint_dir_remove(&dir);
	return rc < 0 ? rc : (int)crls->count;
}

Test(crl, a_file_may_have_any_number)
{
	struct dt_array crls = { 0 };

	cr_expect_eq(count_in_file(PEM_CRL PEM_OTHER PEM_CRL, &crls), 2);
	cr_expect_eq(count_in_file(PEM_CRL, &crls), 3);
	dt_crl_list_clear(&crls);
}

Test(crl, a_file_is_taken_whole_or_not_at_all)
{
	struct dt_array crls = { 0 };

	cr_expect_eq(count_in_file(PEM_CRL, &crls), 1);
	cr_expect_eq(count_in_file(PEM_CRL "-----BEGIN X509 CRL-----\nMAA=\n"
					   "-----END X509 CRL-----\n",
			 &crls),
	    DICOMTLS_E_FORMAT);
	cr_expect_eq(
	    count_in_file(PEM_CRL "-----BEGIN X509 CRL-----\nMAA=\n", &crls),
	    DICOMTLS_E_FORMAT);
	cr_expect_eq(count_in_file(PEM_OTHER, &crls), DICOMTLS_E_FORMAT);
	cr_expect_eq(crls.count, 1);
	dt_crl_list_clear(&crls);
}

Test(crl, copies_of_params_share_it)
{
	struct dt_buffer der = der_from_text(CRL(CA, "", ""));
	struct dt_span bytes = dt_buffer_span(&der);
	struct dicomtls_params *params, *copy;

	cr_assert_eq(dicomtls_params_new(&params), 0);
	cr_expect_eq(
	    dicomtls_params_add_crl_der(params, bytes.data, bytes.size), 0);
	cr_expect_eq(
	    dicomtls_params_add_crl_der(params, bytes.data, bytes.size - 1),
	    DICOMTLS_E_FORMAT);
	cr_assert_eq(dicomtls_params_copy(&copy, params), 0);
	dicomtls_params_free(params);
	dicomtls_params_free(copy);
	dt_buffer_clear(&der);
}

Test(crl, wrong_arguments_are_refused)
{
	struct dicomtls_store *store;

	cr_assert_eq(dicomtls_store_new(&store), 0);
	cr_expect_eq(
	    dicomtls_store_add_crl_der(NULL, "", 0), DICOMTLS_E_INVALID);
	cr_expect_eq(
	    dicomtls_store_add_crl_der(store, NULL, 0), DICOMTLS_E_INVALID);
	cr_expect_eq(
	    dicomtls_store_add_crl_file(store, NULL), DICOMTLS_E_INVALID);
	cr_expect_eq(
	    dicomtls_params_add_crl_file(NULL, ""), DICOMTLS_E_INVALID);
	cr_expect_eq(dicomtls_store_add_crl_file(store, "/nonexistent/crl"),
	    DICOMTLS_E_IO);
	cr_expect_neq(
	    strstr(dicomtls_store_message(store), "/nonexistent/crl"), NULL);
	dicomtls_store_free(store);
}
