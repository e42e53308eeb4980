#include "x509/pem.h"

#include "base/limits.h"
#include "dicomtls.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define TEXT(s) dt_span(s, sizeof(s) - 1)

static void
expect_block(struct dt_pem_iter *iter, const char *label, const char *bytes)
{
	struct dt_pem block = { 0 };

	cr_assert_eq(dt_pem_next(iter, &block), 1);
	cr_expect(dt_pem_has_label(&block, label), "%s", label);
	cr_expect(dt_span_equal(dt_buffer_span(&block.der),
		      dt_span(bytes, strlen(bytes))),
	    "%s", bytes);
	dt_pem_clear(&block);
}

static void
expect_result(struct dt_span text, int result)
{
	struct dt_pem_iter iter = dt_pem_iter(text);
	struct dt_pem block = { 0 };

	cr_expect_eq(dt_pem_next(&iter, &block), result, "%.*s", (int)text.size,
	    (const char *)text.data);
	dt_pem_clear(&block);
}

Test(pem, finds_blocks_between_other_text)
{
	struct dt_pem_iter iter = dt_pem_iter(TEXT(
	    "subject=CN=Room 4\n"
	    "-----BEGIN CERTIFICATE-----\nYWJj\nZGU=\n-----END "
	    "CERTIFICATE-----\n"
	    "some words\r\n"
	    "-----BEGIN X509 CRL-----\r\nZg==\r\n-----END X509 CRL-----\r\n"));
	struct dt_pem block = { 0 };

	expect_block(&iter, "CERTIFICATE", "abcde");
	expect_block(&iter, "X509 CRL", "f");
	cr_expect_eq(dt_pem_next(&iter, &block), 0);
}

Test(pem, passes_over_header_lines)
{
	struct dt_pem_iter iter =
	    dt_pem_iter(TEXT("-----BEGIN X-----\nProc-Type: 4,MIC-CLEAR\n"
			     "Info: X\n more\n\nYWJj\n-----END X-----"));

	expect_block(&iter, "X", "abc");
}

/* PEM_get_EVP_CIPHER_INFO. */
Test(pem, certificates_and_crls_with_a_header_are_refused)
{
	expect_result(TEXT("-----BEGIN X509 CRL-----\nInfo: X\n\nYWJj\n"
			   "-----END X509 CRL-----\n"),
	    DICOMTLS_E_FORMAT);
	expect_result(TEXT("-----BEGIN CERTIFICATE-----\nYWJj\n\nYWJj\n"
			   "-----END CERTIFICATE-----\n"),
	    DICOMTLS_E_FORMAT);
	expect_result(TEXT("-----BEGIN CERTIFICATE-----\n\nYWJj\n"
			   "-----END CERTIFICATE-----\n"),
	    1);
}

/* RFC 1421 4.3.2.4, where OpenSSL insists on it: behind a header. */
Test(pem, behind_a_header_only_the_last_line_may_be_short)
{
	expect_result(TEXT("-----BEGIN A-----\nInfo: X\n\n"
			   "YWJjYWJjYWJjYWJjYWJjYWJjYWJjYWJj"
			   "YWJjYWJjYWJjYWJjYWJjYWJjYWJjYWJj\nYWJj\n"
			   "-----END A-----\n"),
	    1);
	expect_result(TEXT("-----BEGIN A-----\nInfo: X\n\nYWJj\nYWJj\n"
			   "-----END A-----\n"),
	    DICOMTLS_E_FORMAT);
	expect_result(TEXT("-----BEGIN A-----\nInfo: X\n\n"
			   "YWJjYWJjYWJjYWJjYWJjYWJjYWJjYWJj"
			   "YWJjYWJjYWJjYWJjYWJjYWJjYWJjYWJjYWJj\n"
			   "-----END A-----\n"),
	    DICOMTLS_E_FORMAT);
}

Test(pem, a_byte_order_mark_in_front_is_passed_over)
{
	struct dt_pem_iter iter = dt_pem_iter(
	    TEXT("\xef\xbb\xbf-----BEGIN A-----\nYWJj\n-----END A-----\n"));

	expect_block(&iter, "A", "abc");
}

Test(pem, keys_are_passed_over_without_being_decoded)
{
	struct dt_pem_iter iter = dt_pem_iter(TEXT(
	    "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n"
	    "DEK-Info: X\n\nYWJj\n-----END RSA PRIVATE KEY-----\n"
	    "-----BEGIN PRIVATE KEY-----\nYWJj\nZA==\n"
	    "-----END PRIVATE KEY-----\n"
	    "-----BEGIN CERTIFICATE-----\nYWJj\n-----END CERTIFICATE-----"));

	expect_block(&iter, "RSA PRIVATE KEY", "");
	expect_block(&iter, "PRIVATE KEY", "");
	expect_block(&iter, "CERTIFICATE", "abc");
}

Test(pem, text_without_blocks_is_empty)
{
	expect_result(TEXT(""), 0);
	expect_result(TEXT("-----BEGIN CERTIFICATE\nYWJj\n"), 0);
	expect_result(TEXT("x-----BEGIN CERTIFICATE-----\nYWJj\n"), 0);
}

Test(pem, broken_blocks_are_errors)
{
	expect_result(TEXT("-----BEGIN A-----\nYWJj\n"), DICOMTLS_E_FORMAT);
	expect_result(TEXT("-----BEGIN A-----\nYWJj\n-----END B-----\n"),
	    DICOMTLS_E_FORMAT);
	expect_result(TEXT("-----BEGIN A-----\nYW!j\n-----END A-----\n"),
	    DICOMTLS_E_FORMAT);
	expect_result(TEXT("-----BEGIN A-----\nYWJ\n-----END A-----\n"),
	    DICOMTLS_E_FORMAT);
	expect_result(
	    TEXT("-----BEGIN A-----\n-----END A-----\n"), DICOMTLS_E_FORMAT);
	expect_result(TEXT("-----BEGIN A-----\nYWJj\n\n-----END A-----\n"),
	    DICOMTLS_E_FORMAT);
}

#define KEY_OF(body)                                                           \
	TEXT("-----BEGIN PRIVATE KEY-----\n" body "-----END PRIVATE "          \
	     "KEY-----\n")

Test(pem, broken_keys_are_errors_too)
{
	expect_result(KEY_OF("YWJj\nYQ==\n"), 1);
	expect_result(KEY_OF("YW!j\n"), DICOMTLS_E_FORMAT);
	expect_result(KEY_OF("YWJ\n"), DICOMTLS_E_FORMAT);
	expect_result(KEY_OF("Y===\n"), DICOMTLS_E_FORMAT);
	expect_result(KEY_OF("YQ==YWJj\n"), DICOMTLS_E_FORMAT);
	expect_result(KEY_OF(""), DICOMTLS_E_FORMAT);
	expect_result(KEY_OF("YWJj\n\n"), DICOMTLS_E_FORMAT);
	expect_result(
	    TEXT("-----BEGIN PRIVATE KEY-----\nYWJj\n"), DICOMTLS_E_FORMAT);
}

Test(pem, der_is_one_block_without_label)
{
	struct dt_pem_iter iter = dt_pem_iter(TEXT("0\x03\x02\x01\x05"));
	struct dt_pem block = { 0 };

	cr_assert_eq(dt_pem_next(&iter, &block), 1);
	cr_expect_not(dt_span_is_set(block.label));
	cr_expect_eq(dt_buffer_size(&block.der), 5);
	cr_expect(dt_pem_is_certificate(&block));
	cr_expect_not(dt_pem_is_trusted_certificate(&block));
	cr_expect_eq(dt_pem_next(&iter, &block), 0, "and no second one");
}

Test(pem, labels_tell_the_kind)
{
	struct dt_pem block = { .label = TEXT("X509 CERTIFICATE") };

	cr_expect(dt_pem_is_certificate(&block));
	cr_expect_not(dt_pem_is_crl(&block));
	block.label = TEXT("TRUSTED CERTIFICATE");
	cr_expect(dt_pem_is_certificate(&block));
	cr_expect(dt_pem_is_trusted_certificate(&block));
	block.label = TEXT("X509 CRL");
	cr_expect(dt_pem_is_crl(&block));
	block.label = TEXT("CERTIFICATE REQUEST");
	cr_expect_not(dt_pem_is_certificate(&block));
	cr_expect_not(dt_pem_is_crl(&block));
}

Test(pem, file_is_read_whole)
{
	char path[] = "test-pem-XXXXXX";
	struct dt_buffer got = { 0 };
	int fd = mkstemp(path);

	cr_assert_geq(fd, 0);
	cr_assert_eq(write(fd, "hello", 5), 5);
	close(fd);
	cr_expect_eq(dt_file_read(path, &got, NULL), 0);
	cr_expect(dt_span_equal(dt_buffer_span(&got), TEXT("hello")));
	dt_buffer_clear(&got);
	unlink(path);
}

Test(pem, failures_name_the_file)
{
	struct dt_buffer got = { 0 };
	struct dt_message why = { "" };

	cr_expect_eq(
	    dt_file_read("no-such-file.pem", &got, &why), DICOMTLS_E_IO);
	cr_expect_eq(
	    strncmp(why.text, "no-such-file.pem: ", 18), 0, "%s", why.text);
	cr_expect_eq(
	    dt_file_read("/", &got, &why), DICOMTLS_E_IO, "a directory");
	dt_buffer_clear(&got);
}

Test(pem, endless_files_are_refused)
{
	struct dt_buffer got = { 0 };
	struct dt_message why = { "" };

	cr_expect_eq(dt_file_read("/dev/zero", &got, &why), DICOMTLS_E_LIMIT);
	dt_buffer_clear(&got);
}

/* One without contents on the disk; it is refused before it is read. */
Test(pem, files_over_the_limit_are_refused)
{
	char path[] = "pem-over-the-limit-XXXXXX";
	int fd = mkstemp(path);
	struct dt_buffer got = { 0 };
	struct dt_message why = { "" };

	cr_assert(fd >= 0);
	cr_assert_eq(ftruncate(fd, (off_t)DT_MAX_FILE_SIZE + 1), 0);
	close(fd);
	cr_expect_eq(dt_file_read(path, &got, &why), DICOMTLS_E_LIMIT);
	cr_expect_eq(strncmp(why.text, path, strlen(path)), 0, "%s", why.text);
	cr_expect_eq(got.room, 0);
	unlink(path);
}
