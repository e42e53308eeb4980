#include "compat/certificate_string.h"

#include "base/buffer.h"
#include "base/der.h"
#include "dicomtls.h"
#include "x509/cert.h"

#include <criterion/criterion.h>
#include <stdlib.h>

/* The lines before the purposes, without names. */
#define HEAD(ca)                                                               \
	"Subject Name: \n"                                                     \
	"Issuer Name: \n"                                                      \
	"Valid From: Jun  1 21:31:35 2020 GMT\n"                               \
	"Valid To: Bad time value\n"                                           \
	"Serial Number: 4660 (0x1234)\n"                                       \
	"Basic Constraints:" ca " (Certificate Authority)\n"                   \
	"Certificate purposes:\n"

static struct dt_cert
sample(uint32_t flags)
{
	return (struct dt_cert){
		.not_before = { DT_DER_UTC_TIME, dt_span("200601213135Z", 13) },
		.not_after = { DT_DER_UTC_TIME, dt_span("never", 5) },
		.serial = dt_span("\x12\x34", 2),
		.subject.der = dt_span("\x30\0", 2),
		.issuer.der = dt_span("\x30\0", 2),
		.flags = flags,
	};
}

static char *
text_of(struct dt_cert cert)
{
	struct dt_buffer out = { 0 };

	cr_assert_eq(dt_certificate_string(&cert, &out), 0);
	return dt_buffer_take_text(&out);
}

Test(certificate_string, certificate_without_extensions)
{
	char *text = text_of(sample(0));

	cr_expect_str_eq(text,
	    HEAD("Not a CA") "\tSSL client : Yes\n"
			     "\tSSL client CA : No\n"
			     "\tSSL server : Yes\n"
			     "\tSSL server CA : No\n"
			     "\tNetscape SSL server : Yes\n"
			     "\tNetscape SSL server CA : No\n"
			     "\tS/MIME signing : Yes\n"
			     "\tS/MIME signing CA : No\n"
			     "\tS/MIME encryption : Yes\n"
			     "\tS/MIME encryption CA : No\n"
			     "\tCRL signing : Yes\n"
			     "\tCRL signing CA : No\n"
			     "\tAny Purpose : Yes\n"
			     "\tAny Purpose CA : Yes\n"
			     "\tOCSP helper : Yes\n"
			     "\tOCSP helper CA : No\n"
			     "\tTime Stamp signing : No\n");
	free(text);
}

Test(certificate_string, ca_is_told_by_basic_constraints_alone)
{
	char *ca = text_of(sample(DT_CERT_BCONS | DT_CERT_CA));
	char *v1 = text_of(sample(DT_CERT_V1 | DT_CERT_SELF_SIGNED));

	cr_expect_eq(strncmp(ca, HEAD("CA"), strlen(HEAD("CA"))), 0);
	cr_expect_eq(
	    strncmp(v1, HEAD("Not a CA"), strlen(HEAD("Not a CA"))), 0);
	cr_expect_not_null(strstr(v1, "\tCRL signing CA : Yes\n"));
	free(ca);
	free(v1);
}

Test(certificate_string, undecodable_extension_is_yes_on_every_line)
{
	char *text = text_of(sample(DT_CERT_INVALID));

	cr_expect_null(strstr(text, " : No\n"));
	cr_expect_not_null(strstr(text, "\tTime Stamp signing : Yes\n"));
	free(text);
}

Test(certificate_string, public_function_refuses_what_is_no_certificate)
{
	char *text = NULL;

	cr_expect_eq(
	    dicomtls_certificate_string(NULL, 0, &text), DICOMTLS_E_INVALID);
	cr_expect_eq(
	    dicomtls_certificate_string("\x30\0", 2, NULL), DICOMTLS_E_INVALID);
	cr_expect_eq(
	    dicomtls_certificate_string("\x30\0", 2, &text), DICOMTLS_E_FORMAT);
	cr_expect_eq(
	    dicomtls_certificate_string("", 0, &text), DICOMTLS_E_FORMAT);
	cr_expect_null(text, "nothing is written on failure");
}
