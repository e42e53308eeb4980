/*
 * The documented certificate string: names, validity, serial number, what
 * basicConstraints says and the answers for 17 purposes. "Time Stamp signing
 * CA" is not among the documented lines.
 */
#include "compat/certificate_string.h"

#include "base/buffer.h"
#include "compat/name_print.h"
#include "compat/purpose.h"
#include "compat/serial_print.h"
#include "compat/time_print.h"
#include "dicomtls.h"
#include "x509/cert.h"

#include <stdlib.h>
#include <string.h>

/* Room that is mostly enough, and room that is always enough for the lines of
 * the 17 purposes: the longest title has 19 characters. */
#define USUAL_SIZE 1000
#define PURPOSES_SIZE (17 * sizeof("\tNetscape SSL server CA : Yes\n"))

/* Any answer but 0 is a Yes, that for an undecodable extension too. */
static char *
put_purpose(char *at, const struct dt_cert *cert, int purpose, bool ca)
{
	*at++ = '\t';
	at = stpcpy(at, dt_purpose_title(purpose));
	at = stpcpy(at, ca ? " CA : " : " : ");
	return stpcpy(
	    at, dt_purpose_check(cert, purpose, ca) != 0 ? "Yes\n" : "No\n");
}

static void
print_purposes(const struct dt_cert *cert, struct dt_buffer *out)
{
	char *start, *at;

	dt_buffer_text(out, "Certificate purposes:\n");
	start = (char *)dt_buffer_reserve(out, PURPOSES_SIZE);
	if (start == NULL)
		return;
	at = start;
	for (int purpose = DICOMTLS_PURPOSE_SSL_CLIENT;
	     purpose <= DICOMTLS_PURPOSE_TIMESTAMP_SIGN; purpose++) {
		at = put_purpose(at, cert, purpose, false);
		if (purpose != DICOMTLS_PURPOSE_TIMESTAMP_SIGN)
			at = put_purpose(at, cert, purpose, true);
	}
	dt_buffer_commit(out, (size_t)(at - start));
}

int
dt_certificate_string(const struct dt_cert *cert, struct dt_buffer *out)
{
	(void)dt_buffer_reserve(out, USUAL_SIZE);
	dt_buffer_text(out, "Subject Name: ");
	dt_name_print(&cert->subject, out);
	dt_buffer_text(out, "\nIssuer Name: ");
	dt_name_print(&cert->issuer, out);
	dt_buffer_text(out, "\nValid From: ");
	dt_time_print(cert->not_before, out);
	dt_buffer_text(out, "\nValid To: ");
	dt_time_print(cert->not_after, out);
	dt_buffer_text(out, "\nSerial Number: ");
	dt_serial_print(cert->serial, out);
	dt_buffer_text(out, "\nBasic Constraints:");
	dt_buffer_text(
	    out, (cert->flags & DT_CERT_CA) != 0 ? "CA" : "Not a CA");
	dt_buffer_text(out, " (Certificate Authority)\n");
	print_purposes(cert, out);
	return dt_buffer_failed(out) ? DICOMTLS_E_NOMEM : 0;
}

int
dicomtls_certificate_string(const void *der, size_t size, char **text)
{
	struct dt_buffer out = { 0 };
	struct dt_cert *cert = NULL;
	int error;

	if (der == NULL || text == NULL)
		return DICOMTLS_E_INVALID;
	error = dt_cert_parse(&cert, dt_span(der, size), NULL, NULL);
	if (error != 0)
		return error;
	error = dt_certificate_string(cert, &out);
	if (error == 0) {
		*text = dt_buffer_take_text(&out);
		error = *text == NULL ? DICOMTLS_E_NOMEM : 0;
	}
	dt_buffer_clear(&out);
	dt_cert_free(cert);
	return error;
}
