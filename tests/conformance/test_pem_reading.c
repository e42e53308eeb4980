/*
 * Which PEM texts are read, beside OpenSSL's own reader: each text below, and
 * each with one octet changed, added or left out. What we read is what OpenSSL
 * reads, octet for octet; where we refuse, nothing is claimed.
 */
#include "x509/pem.h"

#include <criterion/criterion.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <stdlib.h>

#define CERTIFICATE(body)                                                      \
	"-----BEGIN CERTIFICATE-----\n" body "-----END CERTIFICATE-----\n"
#define KEY(body)                                                              \
	"-----BEGIN RSA PRIVATE KEY-----\n" body                               \
	"-----END RSA PRIVATE KEY-----\n"
#define LINE                                                                   \
	"TWFuIGlzIGRpc3Rpbmd1aXNoZWQsIG5vdCBvbmx5IGJ5IGhpcyByZWFzb24sIGJ1\n"
#define HEADER "Proc-Type: 4,ENCRYPTED\nDEK-Info: DES-CBC,0123456789ABCDEF\n"

static const char *const texts[] = {
	CERTIFICATE("YWJj\n"),
	CERTIFICATE("YWJjZA==\n"),
	CERTIFICATE("YWJjZGU=\r\n"),
	CERTIFICATE("\nYWJj\n"),
	CERTIFICATE("YW\nJj\n"),
	CERTIFICATE(LINE "YWJj\n"),
	CERTIFICATE("\n" LINE "YWJj\n"),
	CERTIFICATE("\nYWJj\nYWJj\n"),
	CERTIFICATE("YWJj\n\nYWJj\n"),
	CERTIFICATE("YW\n\nYWJj\n"),
	CERTIFICATE("YWJj\n\n"),
	CERTIFICATE(HEADER "\nYWJj\n"),
	CERTIFICATE("Info: x\n\nYWJj\n"),
	CERTIFICATE(""),
	KEY("YWJj\n"),
	KEY(HEADER "\n" LINE "YWJj\n"),
	KEY(HEADER "\nYWJj\nYWJj\n"),
	KEY(""),
	"some text\n" CERTIFICATE("YWJj\n") "more: text\n"
					    "-----BEGIN X509 CRL-----\nZg==\n"
					    "-----END X509 CRL-----\n",
	KEY("YWJj\n") CERTIFICATE("YWJj\n"),
	"-----BEGIN X-----\nInfo: x\n\nYWJj\n-----END X-----",
	"\xef\xbb\xbf" CERTIFICATE("YWJj\n"),
	"-----BEGIN -----\nYWJj\n-----END -----\n",
};

#define TEXTS (sizeof(texts) / sizeof(texts[0]))

/* Labels and contents of all blocks; good: the walk came to the end. */
struct reading {
	struct dt_buffer blocks;
	bool good;
};

static void
keep(struct reading *reading, struct dt_span label, struct dt_span bytes)
{
	dt_buffer_append(&reading->blocks, label.data, label.size);
	dt_buffer_be32(&reading->blocks, (uint32_t)bytes.size);
	dt_buffer_append(&reading->blocks, bytes.data, bytes.size);
}

static struct reading
read_ours(struct dt_span text)
{
	struct dt_pem_iter iter = dt_pem_iter(text);
	struct dt_pem block = { 0 };
	struct reading reading = { 0 };
	int rc;

	while ((rc = dt_pem_next(&iter, &block)) > 0)
		keep(&reading, block.label, dt_buffer_span(&block.der));
	reading.good = rc == 0;
	dt_pem_clear(&block);
	return reading;
}

static bool
ends_with(const char *text, const char *tail)
{
	size_t size = strlen(text), end = strlen(tail);

	return size >= end && strcmp(text + size - end, tail) == 0;
}

/* PEM_X509_INFO_read_bio looks at the header of what it takes; the contents of
 * a key are none of ours. */
static bool
keep_theirs(struct reading *reading, const char *name, char *header,
    struct dt_span bytes)
{
	EVP_CIPHER_INFO cipher;
	bool key = ends_with(name, "PRIVATE KEY");
	bool taken =
	    ends_with(name, "CERTIFICATE") || strcmp(name, "X509 CRL") == 0;

	if (taken && (PEM_get_EVP_CIPHER_INFO(header, &cipher) == 0 ||
			 cipher.cipher != NULL))
		return false;
	keep(reading, dt_span(name, strlen(name)),
	    key ? dt_span(NULL, 0) : bytes);
	return true;
}

static struct reading
read_theirs(struct dt_span text)
{
	BIO *in = BIO_new_mem_buf(text.data, (int)text.size);
	struct reading reading = { .good = true };
	char *name, *header;
	unsigned char *data;
	long size;

	while (reading.good && PEM_read_bio(in, &name, &header, &data, &size)) {
		reading.good = keep_theirs(
		    &reading, name, header, dt_span(data, (size_t)size));
		OPENSSL_free(name);
		OPENSSL_free(header);
		OPENSSL_free(data);
	}
	reading.good = reading.good && ERR_GET_REASON(ERR_peek_last_error()) ==
					   PEM_R_NO_START_LINE;
	ERR_clear_error();
	BIO_free(in);
	return reading;
}

/* True if we read it. */
static bool
compare(struct dt_span text)
{
	struct reading ours = read_ours(text), theirs = read_theirs(text);
	bool good = ours.good;

	if (good) {
		cr_expect(theirs.good, "only we read: %.*s", (int)text.size,
		    (const char *)text.data);
		cr_expect(dt_span_equal(dt_buffer_span(&ours.blocks),
			      dt_buffer_span(&theirs.blocks)),
		    "read differently: %.*s", (int)text.size,
		    (const char *)text.data);
	}
	dt_buffer_clear(&ours.blocks);
	dt_buffer_clear(&theirs.blocks);
	return good;
}

/* The text with size octets at a place replaced by others. */
static void
compare_changed(struct dt_span text, size_t at, size_t size, struct dt_span by)
{
	struct dt_buffer changed = { 0 };

	dt_buffer_append(&changed, text.data, at);
	dt_buffer_append(&changed, by.data, by.size);
	dt_buffer_append(
	    &changed, text.data + at + size, text.size - at - size);
	(void)compare(dt_buffer_span(&changed));
	dt_buffer_clear(&changed);
}

static void
compare_variants(struct dt_span text)
{
	static const char octets[] = "Z9+/=-: \t\r\n\v\f\0\x7f\x80\xa0\xff";
	struct dt_span none = dt_span(octets, 0);

	for (size_t at = 0; at < text.size; at++) {
		compare_changed(text, at, 1, none);
		for (size_t i = 0; i < sizeof(octets) - 1; i++) {
			struct dt_span octet = dt_span(octets + i, 1);

			compare_changed(text, at, 0, octet);
			compare_changed(text, at, 1, octet);
		}
	}
}

Test(pem_reading, what_we_read_openssl_reads_too)
{
	for (size_t i = 0; i < TEXTS; i++)
		compare_variants(dt_span(texts[i], strlen(texts[i])));
}

/* The sound ones among the texts are read by both. */
Test(pem_reading, what_openssl_reads_we_read_too)
{
	unsigned read = 0;

	for (size_t i = 0; i < TEXTS; i++) {
		struct dt_span text = dt_span(texts[i], strlen(texts[i]));
		struct reading theirs = read_theirs(text);

		cr_expect_eq(compare(text), theirs.good, "%s", texts[i]);
		read += theirs.good;
		dt_buffer_clear(&theirs.blocks);
	}
	cr_expect_gt(read, 10);
}

/* BIO_gets hands out long lines in pieces. */
Test(pem_reading, lines_of_any_length)
{
	for (size_t size = 240; size <= 1040; size += 4) {
		struct dt_buffer text = { 0 };

		dt_buffer_text(&text, "-----BEGIN CERTIFICATE-----\n");
		for (size_t i = 0; i < size; i += 4)
			dt_buffer_text(&text, "YWJj");
		dt_buffer_text(&text, "\n-----END CERTIFICATE-----\n");
		cr_expect(compare(dt_buffer_span(&text)), "%zu", size);
		dt_buffer_clear(&text);
	}
}
