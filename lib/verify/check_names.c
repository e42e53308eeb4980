/*
 * Names along the path: the subject of a proxy certificate (RFC 3820 3.4) and
 * name constraints (RFC 5280 4.2.1.10). The algorithm of the latter is not
 * part of this version: a path in which a certificate constrains those below
 * it is refused, never taken as if it did not.
 */
#include "base/der.h"
#include "verify/report.h"
#include "verify/stages.h"

static const uint8_t common_name[] = { 0x55, 0x04, 0x03 };

/* The last two entries of a name with at least two. */
static void
last_entries(const struct dt_name *name, struct dt_name_entry *before,
    struct dt_name_entry *last)
{
	struct dt_name_iter iter = dt_name_iter(name);
	struct dt_name_entry entry;

	*before = *last = (struct dt_name_entry){ 0 };
	while (dt_name_next(&iter, &entry)) {
		*before = *last;
		*last = entry;
	}
}

/* The comparison form is a row of SETs: the subject's is the issuer's and one
 * more. */
static bool
extends_issuer(const struct dt_cert *cert)
{
	struct dt_span subject = cert->subject.canonical;
	struct dt_span issuer = cert->issuer.canonical;
	struct dt_der rdn;

	if (subject.size <= issuer.size ||
	    !dt_span_equal(dt_span(subject.data, issuer.size), issuer))
		return false;
	subject =
	    dt_span(subject.data + issuer.size, subject.size - issuer.size);
	return dt_der_next(&subject, &rdn) && subject.size == 0;
}

/* RFC 3820 3.4: the issuer's name and one RDN more, a single commonName. */
static bool
proxy_name_is_valid(const struct dt_cert *cert)
{
	struct dt_name_entry before, last;

	if (cert->subject.entry_count < 2 ||
	    cert->subject.entry_count != cert->issuer.entry_count + 1)
		return false;
	last_entries(&cert->subject, &before, &last);
	return before.set != last.set &&
	       dt_span_equal(
		   last.oid, dt_span(common_name, sizeof(common_name))) &&
	       extends_issuer(cert);
}

static bool
check_proxy_name(struct dt_verify *v, size_t depth)
{
	const struct dt_cert *cert = dt_path_cert(v, depth);

	if ((cert->flags & DT_CERT_PROXY) == 0 || proxy_name_is_valid(cert))
		return true;
	return dt_report_at(v, depth,
		   DICOMTLS_V_ERR_PROXY_SUBJECT_NAME_VIOLATION) == DT_CONTINUE;
}

static bool
is_constrained(const struct dt_verify *v, size_t depth)
{
	for (size_t i = depth + 1; i < v->path.count; i++)
		if (dt_path_cert(v, i)->has_name_constraints)
			return true;
	return false;
}

/* From the anchor down. Self-issued certificates, other than the leaf, are
 * exempt (RFC 5280 6.1.3 (b)). */
enum dt_outcome
dt_check_names(struct dt_verify *v)
{
	for (size_t depth = v->path.count; depth-- > 0;) {
		const struct dt_cert *cert = dt_path_cert(v, depth);

		if (depth != 0 && (cert->flags & DT_CERT_SELF_ISSUED) != 0)
			continue;
		if (!check_proxy_name(v, depth))
			return DT_STOP;
		if (is_constrained(v, depth))
			return dt_verify_fail(v, DICOMTLS_E_UNSUPPORTED,
			    "a CA of the path carries name constraints, which "
			    "this version does not judge");
	}
	return DT_CONTINUE;
}
