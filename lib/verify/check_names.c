/*
 * Names along the path: the subject of a proxy certificate (RFC 3820 3.4) and
 * name constraints (RFC 5280 6.1.3 (b), (c)), as OpenSSL's
 * check_name_constraints asks for them. What constraints say about a name is
 * decided in name_constraints.c.
 */
#include "base/der.h"
#include "verify/name_constraints.h"
#include "verify/report.h"
#include "verify/stages.h"

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
	       dt_span_equal(last.oid, dt_oid_common_name) &&
	       extends_issuer(cert);
}

static enum dt_outcome
check_proxy_name(struct dt_verify *v, size_t depth)
{
	const struct dt_cert *cert = dt_path_cert(v, depth);

	if ((cert->flags & DT_CERT_PROXY) == 0 || proxy_name_is_valid(cert))
		return DT_CONTINUE;
	return dt_report_at(
	    v, depth, DICOMTLS_V_ERR_PROXY_SUBJECT_NAME_VIOLATION);
}

/* Common names count as host names of the leaf only, and by default only if
 * it has no dNSName. */
static bool
is_named_by_subject(const struct dt_verify *v, size_t depth)
{
	unsigned flags = v->params->host_flags;

	if (depth != 0 || (flags & DICOMTLS_HOST_NEVER_CHECK_SUBJECT) != 0)
		return false;
	return (flags & DICOMTLS_HOST_ALWAYS_CHECK_SUBJECT) != 0 ||
	       !dt_cert_has_alt_name(dt_path_cert(v, 0), DT_GN_DNS);
}

/* Names of the certificate at depth under the constraints of one above. */
static enum dt_outcome
check_under(struct dt_verify *v, size_t depth, const struct dt_cert *above)
{
	const struct dt_cert *cert = dt_path_cert(v, depth);
	int rv = dt_name_constraints_check(&above->name_constraints, cert);

	if (rv == DICOMTLS_V_OK && is_named_by_subject(v, depth))
		rv = dt_name_constraints_check_hosts(
		    &above->name_constraints, &cert->subject);
	if (rv == DICOMTLS_V_OK)
		return DT_CONTINUE;
	if (rv == DICOMTLS_V_ERR_OUT_OF_MEM)
		return DT_FAILED;
	if (rv < 0)
		return dt_verify_fail(v, rv, "name constraints");
	return dt_report_at(v, depth, rv);
}

/* The anchor's own constraints count too, which RFC 5280 leaves open. */
static enum dt_outcome
check_constraints(struct dt_verify *v, size_t depth)
{
	for (size_t i = v->path.count; --i > depth;) {
		const struct dt_cert *above = dt_path_cert(v, i);
		enum dt_outcome outcome = DT_CONTINUE;

		if (above->has_name_constraints)
			outcome = check_under(v, depth, above);
		if (outcome != DT_CONTINUE)
			return outcome;
	}
	return DT_CONTINUE;
}

/* From the anchor down. Self-issued certificates, other than the leaf, are
 * exempt (RFC 5280 6.1.3 (b)). */
enum dt_outcome
dt_check_names(struct dt_verify *v)
{
	for (size_t above = v->path.count; above > 0; above--) {
		size_t depth = above - 1;
		const struct dt_cert *cert = dt_path_cert(v, depth);
		enum dt_outcome outcome;

		if (depth != 0 && (cert->flags & DT_CERT_SELF_ISSUED) != 0)
			continue;
		outcome = check_proxy_name(v, depth);
		if (outcome == DT_CONTINUE)
			outcome = check_constraints(v, depth);
		if (outcome != DT_CONTINUE)
			return outcome;
	}
	return DT_CONTINUE;
}
