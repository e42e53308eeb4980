#include "conformance/case.h"

#include "dicomtls.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define OBJECT(label)                                                          \
	"-----BEGIN " label "-----\nMAMC\nAQU=\n-----END " label "-----\n"
#define LEAF "[leaf]\n" OBJECT("CERTIFICATE")

static char path[] = "/tmp/test_case_XXXXXX";

static void
open_text(struct case_file *file, const char *text)
{
	strcpy(path + sizeof(path) - 7, "XXXXXX");
	int fd = mkstemp(path);
	cr_assert_geq(fd, 0);
	cr_assert_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
	int opened = case_file_open(file, path);
	unlink(path);
	cr_assert_eq(opened, 0, "%s", file->message.text);
}

static void
expect_refusal(const char *text, int line, const char *reason)
{
	struct case_file file;
	char place[64];

	open_text(&file, text);
	snprintf(place, sizeof(place), "%s:%d: ", path, line);
	cr_expect_eq(case_file_next(&file), -1, "%s", text);
	cr_expect_eq(strncmp(file.message.text, place, strlen(place)), 0,
	    "%s: place in \"%s\"", reason, file.message.text);
	cr_expect(strstr(file.message.text, reason), "%s in \"%s\"", reason,
	    file.message.text);
	case_file_close(&file);
}

Test(case, reads_what_the_header_asks)
{
	struct case_file file;

	open_text(&file,
	    "id: s/a\npurpose: sslserver\ntime: -5\ndepth: 3\n"
	    "flags: x509_strict,partial_chain\nclear_flags: trusted_first\n"
	    "hostflags: no_wildcards\n"
	    "hostname: a.example\nhostname: b.example\nip: ::1\n"
	    "crl_source: stack\n" LEAF);
	cr_assert_eq(case_file_next(&file), 1, "%s", file.message.text);
	cr_expect_str_eq(file.data.id, "s/a");
	cr_expect_str_eq(file.data.purpose, "sslserver");
	cr_expect(file.data.has_time);
	cr_expect_eq(file.data.time, -5);
	cr_expect_eq(file.data.depth, 3);
	cr_expect_eq(file.data.auth_level, -1);
	cr_expect_eq(file.data.flags, 0x80020);
	cr_expect_eq(file.data.cleared, 0x8000);
	cr_expect_eq(file.data.host_flags, 0x2);
	cr_assert_eq(file.data.hosts.count, 2);
	cr_expect_str_eq(file.data.hosts.items[1], "b.example");
	cr_expect_str_eq(file.data.ip, "::1");
	cr_expect_null(file.data.email);
	cr_expect(file.data.crls_on_stack);
	cr_expect_eq(case_file_next(&file), 0);
	case_file_close(&file);
}

Test(case, keeps_objects_in_order_with_kind_and_index)
{
	static const uint8_t der[] = { 0x30, 0x03, 0x02, 0x01, 0x05 };
	struct case_file file;

	open_text(&file,
	    "id: s/a\n" LEAF "[trusted]\n" OBJECT("CERTIFICATE")
		OBJECT("TRUSTED CERTIFICATE") "[crl]\n" OBJECT("X509 CRL"));
	cr_assert_eq(case_file_next(&file), 1, "%s", file.message.text);
	cr_assert_eq(file.data.object_count, 4);
	const struct case_object *second = &file.data.objects[2];
	cr_expect_eq(second->section, CASE_TRUSTED);
	cr_expect_eq(second->kind, CASE_TRUSTED_CERTIFICATE);
	cr_expect_eq(second->index, 1);
	cr_expect(dt_span_equal(second->der, dt_span(der, sizeof(der))));
	cr_expect_eq(file.data.objects[3].kind, CASE_X509_CRL);
	case_file_close(&file);
}

Test(case, begins_the_next_one_at_its_id_with_nothing_left_over)
{
	struct case_file file;

	open_text(&file, "id: s/a\nflags: crl_check\nhostname: a.example\n" LEAF
			 "id: s/b\npurpose: none\n" LEAF);
	cr_assert_eq(case_file_next(&file), 1);
	cr_assert_eq(case_file_next(&file), 1);
	cr_expect_str_eq(file.data.id, "s/b");
	cr_expect_null(file.data.purpose);
	cr_expect_eq(file.data.flags, 0);
	cr_expect_eq(file.data.hosts.count, 0);
	cr_expect_eq(file.data.object_count, 1);
	cr_expect_eq(case_file_next(&file), 0);
	case_file_close(&file);
}

Test(case, refuses_what_it_does_not_understand_naming_file_and_line)
{
	expect_refusal("time: 1\nid: s/a\n" LEAF, 1, "no id");
	expect_refusal("id: s/a\ncolour: red\n" LEAF, 2, "unknown key");
	expect_refusal("id: s/a\nflags: crl_check,x\n", 2, "unknown flag");
	expect_refusal("id: s/a\nclear_flags: x\n", 2, "unknown flag");
	expect_refusal("id: s/a\nhostflags: x\n", 2, "unknown flag");
	expect_refusal("id: s/a\ntime: 12h\n", 2, "not a number");
	expect_refusal("id: s/a\ntime: \n", 2, "not a number");
	expect_refusal("id: s/a\ndepth: -2\n", 2, "out of range");
	expect_refusal("id: s/a\ndepth: 4294967296\n", 2, "out of range");
	expect_refusal("id: s/a\ncrl_source: web\n", 2, "crl_source");
	expect_refusal("id: s/a\nwords\n", 2, "neither header nor section");
	expect_refusal("id: s/a\n[leafs]\n", 2, "unknown section");
	expect_refusal("id: s/a\n[\n", 2, "unknown section");
}

Test(case, refuses_damaged_objects_naming_file_and_line)
{
	expect_refusal("id: s/a\n" OBJECT("CERTIFICATE"), 2, "outside");
	expect_refusal(
	    "id: s/a\n[leaf]\n" OBJECT("PRIVATE KEY"), 3, "unknown object");
	expect_refusal("id: s/a\n[leaf]\n-----BEGIN CERTIFICATE-----\nM*==\n",
	    4, "not base64");
	expect_refusal("id: s/a\n[leaf]\n-----BEGIN CERTIFICATE-----\nMAM\n"
		       "-----END CERTIFICATE-----\n",
	    5, "cut short");
	expect_refusal("id: s/a\n[leaf]\n-----BEGIN CERTIFICATE-----\nMAMC\n",
	    4, "no end");
	expect_refusal("id: s/a\n[leaf]\n-----BEGIN CERTIFICATE-----\nMAMC\n"
		       "-----END X509 CRL-----\n",
	    5, "no end");
	expect_refusal("id: s/a\npurpose: any\n", 2, "exactly one leaf");
	expect_refusal(
	    "id: s/a\n" LEAF OBJECT("CERTIFICATE"), 10, "exactly one leaf");
}

Test(case, names_a_file_that_cannot_be_read)
{
	struct case_file file;

	cr_expect_eq(case_file_open(&file, "/nonexistent/x.case"), -1);
	cr_expect(strstr(file.message.text, "/nonexistent/x.case: "));
	case_file_close(&file);
}

Test(case, what_is_written_reads_the_same)
{
	const char *text =
	    "id: s/a\npurpose: sslserver\ntime: -5\ndepth: 3\n"
	    "auth_level: 2\n"
	    "flags: suiteb_128,x509_strict\nclear_flags: trusted_first\n"
	    "hostflags: no_wildcards\npolicy: 1.2.3\n"
	    "hostname: a.example\nhostname: b.example\n"
	    "email: a@b.example\nip: ::1\n"
	    "crl_source: stack\n" LEAF "[crl]\n" OBJECT("X509 CRL");
	struct case_file file;
	char *once, *twice;
	size_t size;

	open_text(&file, text);
	cr_assert_eq(case_file_next(&file), 1, "%s", file.message.text);
	FILE *out = open_memstream(&once, &size);
	case_write(&file.data, out);
	fclose(out);
	case_file_close(&file);
	cr_expect(strstr(once, "flags: x509_strict,suiteb_128\n"), "%s", once);
	cr_expect(strstr(once, "clear_flags: trusted_first\n"), "%s", once);
	cr_expect(strstr(once, "MAMCAQU=\n-----END CERTIFICATE"), "%s", once);
	cr_expect(strstr(once, "\n[crl]\n-----BEGIN X509 CRL"), "%s", once);

	open_text(&file, once);
	cr_assert_eq(case_file_next(&file), 1, "%s", file.message.text);
	cr_expect_eq(file.data.time, -5);
	cr_expect_eq(file.data.auth_level, 2);
	cr_expect_eq(file.data.hosts.count, 2);
	cr_expect(file.data.crls_on_stack);
	out = open_memstream(&twice, &size);
	case_write(&file.data, out);
	fclose(out);
	case_file_close(&file);
	cr_expect_str_eq(once, twice);
	free(once);
	free(twice);
}
