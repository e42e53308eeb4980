/*
 * A CRL in the manner of the documented certificate string: issuer, dates,
 * number, scope, and the serial number of each revoked certificate, in their
 * order. Whether it is signed by that issuer is not judged here.
 */
#include "tools/crl_print.h"

#include "compat/name_print.h"
#include "compat/serial_print.h"
#include "compat/time_print.h"

/* RFC 5280 5.2.5, the issuing distribution point. */
static const struct {
	uint32_t flag;
	const char *text;
} scopes[] = {
	{ DT_CRL_ONLY_USER, "end entities only" },
	{ DT_CRL_ONLY_CA, "CA certificates only" },
	{ DT_CRL_ONLY_ATTRIBUTE, "attribute certificates only" },
	{ DT_CRL_INDIRECT, "certificates of other issuers too" },
	{ DT_CRL_REASONS, "some reasons only" },
};

static void
print_serial(const char *label, struct dt_span serial, struct dt_buffer *out)
{
	if (!dt_span_is_set(serial))
		return;
	dt_buffer_text(out, label);
	dt_serial_print(serial, out);
	dt_buffer_text(out, "\n");
}

static void
print_scope(const struct dt_crl *crl, struct dt_buffer *out)
{
	for (size_t i = 0; i < sizeof(scopes) / sizeof(scopes[0]); i++)
		if ((crl->flags & scopes[i].flag) != 0)
			dt_buffer_printf(out, "Scope: %s\n", scopes[i].text);
}

void
crl_print(const struct dt_crl *crl, struct dt_buffer *out)
{
	struct dt_span revoked = crl->revoked;
	struct dt_crl_entry entry;

	dt_buffer_text(out, "CRL Issuer Name: ");
	dt_name_print(&crl->issuer, out);
	dt_buffer_text(out, "\nThis Update: ");
	dt_time_print(crl->this_update, out);
	dt_buffer_text(out, "\nNext Update: ");
	if (crl->has_next_update)
		dt_time_print(crl->next_update, out);
	else
		dt_buffer_text(out, "none");
	dt_buffer_text(out, "\n");
	print_serial("CRL Number: ", crl->number, out);
	print_serial("Delta to CRL Number: ", crl->base_number, out);
	print_scope(crl, out);
	dt_buffer_printf(out, "Revoked Certificates: %zu\n", crl->entry_count);
	while (dt_crl_next(crl, &revoked, &entry))
		print_serial(
		    entry.removed ? "\tno longer " : "\t", entry.serial, out);
}
