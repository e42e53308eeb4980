/*
 * Identity of the peer: host names, e-mail address and IP address that were
 * asked for, against subjectAltName and, where that says nothing of the kind,
 * the subject (OpenSSL's check_id, do_x509_check; RFC 6125 6).
 */
#include "base/der.h"
#include "verify/host_match.h"
#include "verify/report.h"
#include "verify/stages.h"
#include "x509/general_name.h"

enum match {
	MATCH_ERROR = -1, /* a name that cannot be read: the search ends */
	MATCH_NO = 0,
	MATCH_YES = 1
};

/* One question about the leaf. */
struct question {
	enum dt_general_name_type type;
	struct dt_span wanted;
	struct dt_span attribute; /* OID in the subject, unset: none */
	unsigned flags;		  /* DICOMTLS_HOST_* */
};

static bool
equals(const struct question *q, struct dt_span found)
{
	if (found.size == 0)
		return false;
	switch (q->type) {
	case DT_GN_DNS:
		return dt_host_matches(found, q->wanted, q->flags);
	case DT_GN_EMAIL:
		return dt_email_matches(found, q->wanted);
	default:
		return dt_span_equal(found, q->wanted);
	}
}

/* Compares after conversion to UTF-8. tag: string type of the value. */
static enum match
match_text(const struct question *q, uint8_t tag, struct dt_span value)
{
	const struct dt_name_entry entry = { .tag = tag, .value = value };
	struct dt_buffer text = { 0 };
	enum match match = MATCH_ERROR;

	/* The first octet of a BIT STRING only counts unused bits. */
	if (value.size <= (tag == DT_DER_BIT_STRING ? 1 : 0))
		return MATCH_NO;
	if (dt_name_value_utf8(&entry, &text))
		match = equals(q, dt_buffer_span(&text)) ? MATCH_YES : MATCH_NO;
	dt_buffer_clear(&text);
	return match;
}

/* The UTF8String inside an otherName of type SmtpUTF8Mailbox. */
static bool
take_utf8_mailbox(struct dt_span other, struct dt_span *mailbox)
{
	struct dt_span oid;
	struct dt_der value;

	if (!dt_general_name_other(other, &oid, &value) ||
	    !dt_span_equal(oid, dt_oid_smtp_utf8_mailbox) ||
	    value.tag != DT_DER_UTF8_STRING)
		return false;
	*mailbox = value.content;
	return true;
}

/* True if the name is of the kind asked for; *tag becomes UTF8String where
 * the value is one. */
static bool
is_relevant(
    const struct question *q, struct dt_general_name *name, uint8_t *tag)
{
	if (name->type != DT_GN_OTHER)
		return name->type == q->type;
	if (q->type != DT_GN_EMAIL ||
	    !take_utf8_mailbox(name->value, &name->value))
		return false;
	*tag = DT_DER_UTF8_STRING;
	return true;
}

/* Once a mailbox in UTF-8 has been met, the reference converts the names
 * behind it too: an octet above 0x7f in an rfc822Name is Latin-1 there. */
static enum match
match_alt_names(
    const struct dt_cert *cert, const struct question *q, bool *present)
{
	struct dt_span list = cert->san;
	struct dt_general_name name;
	enum match match = MATCH_NO;
	bool converts = false;

	*present = false;
	while (match == MATCH_NO && dt_general_name_next(&list, &name)) {
		uint8_t tag = DT_DER_IA5_STRING;

		if (!is_relevant(q, &name, &tag))
			continue;
		*present = true;
		converts |= tag == DT_DER_UTF8_STRING;
		if (converts)
			match = match_text(q, tag, name.value);
		else if (equals(q, name.value))
			match = MATCH_YES;
	}
	return match;
}

static enum match
match_subject(const struct dt_cert *cert, const struct question *q)
{
	struct dt_name_iter iter = dt_name_iter(&cert->subject);
	enum match match = MATCH_NO;
	struct dt_name_entry entry;

	while (match == MATCH_NO && dt_name_next(&iter, &entry))
		if (dt_span_equal(entry.oid, q->attribute))
			match = match_text(q, entry.tag, entry.value);
	return match;
}

static bool
answers(const struct dt_cert *cert, const struct question *q)
{
	bool present;
	enum match match = match_alt_names(cert, q, &present);

	if (match != MATCH_NO)
		return match == MATCH_YES;
	if (present && (q->flags & DICOMTLS_HOST_ALWAYS_CHECK_SUBJECT) == 0)
		return false;
	if (!dt_span_is_set(q->attribute) ||
	    (q->flags & DICOMTLS_HOST_NEVER_CHECK_SUBJECT) != 0)
		return false;
	return match_subject(cert, q) == MATCH_YES;
}

static bool
matches_a_host(const struct dt_verify *v, const struct dt_cert *leaf)
{
	for (size_t i = 0; i < v->params->hosts.count; i++) {
		const char *host = v->params->hosts.items[i];
		struct question q = { DT_GN_DNS, dt_span(host, strlen(host)),
			dt_oid_common_name, v->params->host_flags };

		if (answers(leaf, &q))
			return true;
	}
	return v->params->hosts.count == 0;
}

static bool
matches_email(const struct dt_verify *v, const struct dt_cert *leaf)
{
	const char *email = v->params->email;
	struct question q = { .type = DT_GN_EMAIL };

	if (email == NULL)
		return true;
	q.wanted = dt_span(email, strlen(email));
	q.attribute = dt_oid_email_address;
	return answers(leaf, &q);
}

static bool
matches_ip(const struct dt_verify *v, const struct dt_cert *leaf)
{
	struct question q = { .type = DT_GN_IP };

	if (v->params->ip_size == 0)
		return true;
	q.wanted = dt_span(v->params->ip, v->params->ip_size);
	return answers(leaf, &q);
}

enum dt_outcome
dt_check_identity(struct dt_verify *v)
{
	static const struct {
		bool (*matches)(
		    const struct dt_verify *v, const struct dt_cert *leaf);
		int error;
	} checks[] = {
		{ matches_a_host, DICOMTLS_V_ERR_HOSTNAME_MISMATCH },
		{ matches_email, DICOMTLS_V_ERR_EMAIL_MISMATCH },
		{ matches_ip, DICOMTLS_V_ERR_IP_ADDRESS_MISMATCH },
	};

	for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++)
		if (!checks[i].matches(v, dt_path_cert(v, 0)) &&
		    dt_report_at(v, 0, checks[i].error) != DT_CONTINUE)
			return DT_STOP;
	return DT_CONTINUE;
}
