/*
 * Renders a certificate as the contract's string, with OpenSSL's own
 * functions: what recorded certificate texts hold, without the aids.
 */
#include "reference.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

/* X509_print puts long numbers on a line of their own, indented by this. */
#define NEW_LINE "\n            "

static void
take_text(BIO *bio, struct dt_buffer *out)
{
	char *data;
	long size = BIO_get_mem_data(bio, &data);
	dt_buffer_append(out, data, (size_t)size);
	(void)BIO_reset(bio);
}

static void
put_name(
    struct dt_buffer *out, BIO *bio, const char *label, const X509_NAME *name)
{
	dt_buffer_text(out, label);
	X509_NAME_print_ex(bio, name, 0, XN_FLAG_ONELINE);
	take_text(bio, out);
}

static void
put_time(
    struct dt_buffer *out, BIO *bio, const char *label, const ASN1_TIME *time)
{
	dt_buffer_text(out, label);
	ASN1_TIME_print(bio, time);
	take_text(bio, out);
}

static void
put_serial(struct dt_buffer *out, BIO *bio, X509 *certificate)
{
	static const char label[] = "Serial Number:";
	unsigned long others = X509_FLAG_COMPAT ^ ~0UL;
	char *text;
	X509_print_ex(
	    bio, certificate, 0, others & ~(unsigned long)X509_FLAG_NO_SERIAL);
	BIO_write(bio, "", 1);
	BIO_get_mem_data(bio, &text);
	dt_buffer_printf(out, "\n%s ", label);
	char *at = strstr(text, label);
	if (at) {
		at += sizeof(label) - 1;
		at += strncmp(at, NEW_LINE, sizeof(NEW_LINE) - 1) == 0
			  ? sizeof(NEW_LINE) - 1
			  : 1;
		dt_buffer_append(out, at, strcspn(at, "\n"));
	}
	(void)BIO_reset(bio);
}

static void
put_purposes(struct dt_buffer *out, X509 *certificate)
{
	dt_buffer_text(out, "Certificate purposes:\n");
	for (int i = 0; i < X509_PURPOSE_get_count(); i++) {
		const X509_PURPOSE *purpose = X509_PURPOSE_get0(i);
		int id = X509_PURPOSE_get_id(purpose);
		for (int ca = 0; ca <= (id != X509_PURPOSE_TIMESTAMP_SIGN);
		     ca++)
			dt_buffer_printf(out, "\t%s%s : %s\n",
			    X509_PURPOSE_get0_name(purpose), ca ? " CA" : "",
			    X509_check_purpose(certificate, id, ca) != 0
				? "Yes"
				: "No");
	}
}

bool
reference_text(const struct case_object *object, struct dt_buffer *out)
{
	X509 *certificate = reference_certificate(object);
	BIO *bio = certificate ? BIO_new(BIO_s_mem()) : NULL;
	if (bio) {
		put_name(out, bio,
		    "Subject Name: ", X509_get_subject_name(certificate));
		put_name(out, bio,
		    "\nIssuer Name: ", X509_get_issuer_name(certificate));
		put_time(out, bio,
		    "\nValid From: ", X509_get0_notBefore(certificate));
		put_time(
		    out, bio, "\nValid To: ", X509_get0_notAfter(certificate));
		put_serial(out, bio, certificate);
		bool ca =
		    (X509_get_extension_flags(certificate) & EXFLAG_CA) != 0;
		dt_buffer_printf(out,
		    "\nBasic Constraints:%s (Certificate Authority)\n",
		    ca ? "CA" : "Not a CA");
		put_purposes(out, certificate);
	}
	BIO_free(bio);
	X509_free(certificate);
	ERR_clear_error();
	return certificate != NULL;
}
