/* Anchors and CRLs are found by name, all of one name in the order they were
 * added, and what is there already is not added again. */
#include "verify/store.h"

#include "dicomtls.h"
#include "tools/mint.h"

#include <criterion/criterion.h>

#include <stdio.h>
#include <stdlib.h>

#define COUNT 40

static struct dicomtls_store *store;

static void
set_up(void)
{
	cr_assert_eq(dicomtls_store_new(&store), 0);
}

static void
tear_down(void)
{
	dicomtls_store_free(store);
}

TestSuite(store, .init = set_up, .fini = tear_down);

/* A certificate of a subject, with a serial number that tells it. */
static struct dt_buffer
make(const char *subject, unsigned number, enum mint_form form)
{
	char serial[16];
	const struct mint_spec spec = {
		.subject = { { "CN", subject, 0 } },
		.key = "ed25519",
		.serial = serial,
	};
	struct dt_buffer out = { 0 };

	snprintf(serial, sizeof(serial), "40%04x", number);
	cr_assert_eq(mint_certificate(&spec, form, &out), 0);
	return out;
}

static void
add(const struct dt_buffer *der)
{
	struct dt_span bytes = dt_buffer_span(der);

	cr_assert_eq(dicomtls_store_add_der(store, bytes.data, bytes.size), 0);
}

/* The anchors of a subject; the serial numbers must ascend. */
static size_t
find(const char *subject)
{
	struct dt_buffer der = make(subject, 0, MINT_DER);
	struct dt_cert *like;
	struct dt_run found;

	cr_assert_eq(dt_cert_parse(&like, dt_buffer_span(&der), NULL, NULL), 0);
	found = dt_store_find(store, &like->subject);
	for (size_t i = 0; i < found.count; i++) {
		const struct dt_cert *cert = found.items[i];

		cr_expect_eq(
		    dt_name_compare(&cert->subject, &like->subject), 0);
		cr_expect(
		    i == 0 ||
		    dt_span_compare(cert->serial,
			((const struct dt_cert *)found.items[i - 1])->serial) >
			0);
	}
	dt_cert_free(like);
	dt_buffer_clear(&der);
	return found.count;
}

Test(store, anchors_of_one_name_keep_the_order_of_adding)
{
	for (unsigned i = 0; i < COUNT; i++) {
		struct dt_buffer der =
		    make(i % 4 == 0 ? "One" : "Other", i, MINT_DER);

		add(&der);
		dt_buffer_clear(&der);
	}
	cr_expect_eq(find("One"), COUNT / 4);
	cr_expect_eq(find("Other"), COUNT - COUNT / 4);
	cr_expect_eq(find("Nobody"), 0);
}

/* X509_NAME_cmp: case and blanks do not matter. */
Test(store, names_are_compared_in_their_canonical_form)
{
	struct dt_buffer der = make("  Some  NAME ", 1, MINT_DER);

	add(&der);
	cr_expect_eq(find("some name"), 1);
	dt_buffer_clear(&der);
}

Test(store, what_is_there_is_not_added_again)
{
	struct dt_buffer der = make("One", 1, MINT_DER);

	add(&der);
	add(&der);
	cr_expect_eq(find("One"), 1);
	cr_expect_eq(store->trusted.all.count, 1);
	dt_buffer_clear(&der);
}

Test(store, a_file_is_added_to_what_is_there)
{
	struct dt_buffer pem = { 0 }, der = make("Subject 3", 3, MINT_DER);
	struct mint_dir dir;
	char subject[16], *path;

	add(&der);
	for (unsigned i = 0; i < COUNT; i++) {
		struct dt_buffer one;

		snprintf(subject, sizeof(subject), "Subject %u", i / 2);
		one = make(subject, i, MINT_PEM);
		dt_buffer_append(&pem, one.data, dt_buffer_size(&one));
		dt_buffer_clear(&one);
	}
	cr_assert_eq(mint_dir_make(&dir), 0);
	path = mint_dir_write(&dir, "anchors", dt_buffer_span(&pem));
	cr_assert_eq(dicomtls_store_add_file(store, path), 0);
	cr_expect_eq(store->trusted.all.count, COUNT + 1);
	cr_assert_eq(dicomtls_store_add_file(store, path), 0);
	cr_expect_eq(store->trusted.all.count, COUNT + 1, "all were there");
	for (unsigned i = 0; i < COUNT / 2; i++) {
		snprintf(subject, sizeof(subject), "Subject %u", i);
		cr_expect_eq(find(subject), i == 3 ? 3 : 2, "%s", subject);
	}
	mint_dir_remove(&dir);
	free(path);
	dt_buffer_clear(&pem);
	dt_buffer_clear(&der);
}

Test(store, a_damaged_file_adds_nothing)
{
	struct dt_buffer pem = make("One", 1, MINT_PEM);
	struct mint_dir dir;
	char *path;

	dt_buffer_text(&pem, "-----BEGIN CERTIFICATE-----\nYWJj\n"
			     "-----END CERTIFICATE-----\n");
	cr_assert_eq(mint_dir_make(&dir), 0);
	path = mint_dir_write(&dir, "anchors", dt_buffer_span(&pem));
	cr_expect_eq(dicomtls_store_add_file(store, path), DICOMTLS_E_FORMAT);
	cr_expect_neq(
	    strstr(dicomtls_store_message(store), "certificate 2"), NULL);
	cr_expect_eq(store->trusted.all.count, 0);
	cr_expect_eq(find("One"), 0);
	mint_dir_remove(&dir);
	free(path);
	dt_buffer_clear(&pem);
}

/* Writes the content and adds the file; what the store says is compared by
 * the caller. */
static int
add_content(struct dt_span content)
{
	struct mint_dir dir;
	char *path;
	int rc;

	cr_assert_eq(mint_dir_make(&dir), 0);
	path = mint_dir_write(&dir, "anchors", content);
	rc = dicomtls_store_add_file(store, path);
	mint_dir_remove(&dir);
	free(path);
	return rc;
}

Test(store, a_file_may_hold_one_certificate_in_der)
{
	struct dt_buffer der = make("One", 1, MINT_DER);

	cr_expect_eq(add_content(dt_buffer_span(&der)), 0);
	cr_expect_eq(find("One"), 1);
	dt_buffer_clear(&der);
}

Test(store, a_file_says_what_is_wrong_with_it)
{
	struct dt_buffer pem = make("One", 1, MINT_PEM);

	cr_expect_eq(add_content(dt_span("nothing", 7)), DICOMTLS_E_FORMAT);
	cr_expect_neq(strstr(dicomtls_store_message(store),
			  "anchors: holds no certificate"),
	    NULL);
	dt_buffer_text(&pem, "-----BEGIN CERTIFICATE-----\nYWJj\n");
	cr_expect_eq(add_content(dt_buffer_span(&pem)), DICOMTLS_E_FORMAT);
	cr_expect_neq(strstr(dicomtls_store_message(store),
			  "anchors: a PEM block is damaged"),
	    NULL);
	cr_expect_eq(find("One"), 0);
	dt_buffer_clear(&pem);
}

Test(store, no_store_has_nothing)
{
	struct dt_name name = { 0 };

	cr_expect_eq(dicomtls_store_new(NULL), DICOMTLS_E_INVALID);
	cr_expect_null(dicomtls_store_ref(NULL));
	cr_expect_str_eq(dicomtls_store_message(NULL), "");
	cr_expect_eq(dicomtls_store_add_der(NULL, "", 0), DICOMTLS_E_INVALID);
	cr_expect_eq(
	    dicomtls_store_add_untrusted_der(NULL, "", 0), DICOMTLS_E_INVALID);
	cr_expect_eq(
	    dicomtls_store_add_crl_der(NULL, "", 0), DICOMTLS_E_INVALID);
	cr_expect_eq(dicomtls_store_add_file(NULL, "a"), DICOMTLS_E_INVALID);
	cr_expect_eq(
	    dicomtls_store_add_crl_file(NULL, "a"), DICOMTLS_E_INVALID);
	dicomtls_store_free(NULL);
	cr_expect_eq(dt_store_find(NULL, &name).count, 0);
	cr_expect_eq(dt_store_find_crls(NULL, &name).count, 0);
	cr_expect_eq(dt_store_find(store, &name).count, 0);
	cr_expect_eq(dt_store_find_crls(store, &name).count, 0);
}

Test(store, what_is_to_be_added_has_to_be_given)
{
	cr_expect_eq(
	    dicomtls_store_add_der(store, NULL, 0), DICOMTLS_E_INVALID);
	cr_expect_eq(dicomtls_store_add_untrusted_der(store, NULL, 0),
	    DICOMTLS_E_INVALID);
	cr_expect_eq(
	    dicomtls_store_add_crl_der(store, NULL, 0), DICOMTLS_E_INVALID);
	cr_expect_eq(dicomtls_store_add_file(store, NULL), DICOMTLS_E_INVALID);
	cr_expect_eq(
	    dicomtls_store_add_crl_file(store, NULL), DICOMTLS_E_INVALID);
	cr_expect_eq(store->trusted.all.count, 0);
}
