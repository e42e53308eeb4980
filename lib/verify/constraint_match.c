/*
 * Name against subtree; see constraint_match.h. The rules are those of
 * OpenSSL's nc_dn, nc_dns, nc_email, nc_email_eai, nc_uri and nc_ip; where
 * they are not RFC 5280's, the line says so. x400Address, ediPartyName and
 * registeredID have no rule (RFC 5280 leaves them undefined).
 */
#include "verify/constraint_match.h"

#include "dicomtls.h"

enum {
	WITHIN = DICOMTLS_V_OK,
	OUTSIDE = DICOMTLS_V_ERR_PERMITTED_VIOLATION,
	BAD_SYNTAX = DICOMTLS_V_ERR_UNSUPPORTED_NAME_SYNTAX,
	NO_RULE = DICOMTLS_V_ERR_UNSUPPORTED_CONSTRAINT_TYPE,
	NO_ANSWER = DICOMTLS_V_ERR_UNSPECIFIED
};

static struct dt_span
head(struct dt_span s, size_t size)
{
	return dt_span(s.data, size);
}

/* Position of the first or last such octet, the size if there is none. */
static size_t
find_first(struct dt_span s, uint8_t c)
{
	const uint8_t *at = s.size > 0 ? memchr(s.data, c, s.size) : NULL;

	return at == NULL ? s.size : (size_t)(at - s.data);
}

static size_t
find_last(struct dt_span s, uint8_t c)
{
	const uint8_t *at = s.size > 0 ? memrchr(s.data, c, s.size) : NULL;

	return at == NULL ? s.size : (size_t)(at - s.data);
}

static bool
has(struct dt_span s, uint8_t c)
{
	return find_first(s, c) < s.size;
}

static bool
starts_with_dot(struct dt_span s)
{
	return s.size > 0 && s.data[0] == '.';
}

/* There is more of s than its end, which is this. */
static bool
is_below(struct dt_span s, struct dt_span end)
{
	return s.size > end.size &&
	       dt_span_equal_nocase(dt_span_tail(s, s.size - end.size), end);
}

static int
answer(bool within)
{
	return within ? WITHIN : OUTSIDE;
}

/* The comparison form has no outer header: a shorter name is a prefix. */
static int
match_directory(struct dt_span base, struct dt_span name)
{
	return answer(base.size <= name.size &&
		      dt_span_equal(base, head(name, base.size)));
}

/* A leading dot, which RFC 5280 does not have here, leaves only what is
 * below; an empty base takes all. */
static int
match_dns(struct dt_span base, struct dt_span name)
{
	if (base.size == 0 || dt_span_equal_nocase(base, name))
		return WITHIN;
	if (!is_below(name, base))
		return OUTSIDE;
	return answer(starts_with_dot(base) ||
		      name.data[name.size - base.size - 1] == '.');
}

/* A mailbox, a host or, with a leading dot, the hosts below it. */
static int
match_email(struct dt_span base, struct dt_span name)
{
	size_t base_at = find_last(base, '@');
	size_t at = find_last(name, '@');

	if (at == name.size)
		return BAD_SYNTAX;
	if (base_at == base.size)
		return answer(starts_with_dot(base)
				  ? is_below(name, base)
				  : dt_span_equal_nocase(
					base, dt_span_tail(name, at + 1)));
	/* "@host" has no mailbox to compare. */
	if (base_at > 0) {
		struct dt_span local = head(name, at);

		if (base_at != at)
			return OUTSIDE;
		if (has(head(base, at), '\0') || has(local, '\0'))
			return BAD_SYNTAX;
		if (!dt_span_equal(head(base, at), local))
			return OUTSIDE;
	}
	return answer(dt_span_equal_nocase(
	    dt_span_tail(base, base_at + 1), dt_span_tail(name, at + 1)));
}

/*
 * RFC 8398 6: the ASCII domain of the base has been turned into Unicode. For
 * hosts below a domain the reference puts a second dot before the one that is
 * there, and so finds only "user@host..domain".
 */
static int
match_mailbox(const struct dt_subtree *subtree, struct dt_span other)
{
	struct dt_span domain = subtree->unicode, type, name;
	struct dt_der mailbox;
	size_t at;

	if (has(subtree->base.value, '\0') ||
	    !dt_general_name_other(other, &type, &mailbox) ||
	    mailbox.tag != DT_DER_UTF8_STRING)
		return BAD_SYNTAX;
	name = mailbox.content;
	at = find_last(name, '@');
	if (at == name.size)
		return BAD_SYNTAX;
	if (!dt_span_is_set(domain))
		return NO_ANSWER;
	if (!starts_with_dot(subtree->base.value))
		return answer(
		    dt_span_equal_nocase(domain, dt_span_tail(name, at + 1)));
	return answer(name.size > domain.size + 1 && is_below(name, domain) &&
		      name.data[name.size - domain.size - 1] == '.');
}

/*
 * "scheme://host", then the end, a port or a path. The reference ends the
 * host at the first colon, even if a slash stands before it, and does not
 * know of user names.
 */
static bool
take_uri_host(struct dt_span uri, struct dt_span *host)
{
	size_t colon = find_first(uri, ':'), end;

	if (uri.size - colon < 3 || uri.data[colon + 1] != '/' ||
	    uri.data[colon + 2] != '/')
		return false;
	uri = dt_span_tail(uri, colon + 3);
	end = find_first(uri, ':');
	if (end == uri.size)
		end = find_first(uri, '/');
	*host = head(uri, end);
	return end > 0;
}

static int
match_uri(struct dt_span base, struct dt_span name)
{
	struct dt_span host;

	if (!take_uri_host(name, &host))
		return BAD_SYNTAX;
	return answer(starts_with_dot(base) ? is_below(host, base)
					    : dt_span_equal_nocase(base, host));
}

/* Address and mask; the mask may have any bits. */
static int
match_ip(struct dt_span base, struct dt_span name)
{
	if ((name.size != 4 && name.size != 16) ||
	    (base.size != 8 && base.size != 32))
		return BAD_SYNTAX;
	if (base.size != 2 * name.size)
		return OUTSIDE;
	for (size_t i = 0; i < name.size; i++)
		if (((name.data[i] ^ base.data[i]) &
			base.data[name.size + i]) != 0)
			return OUTSIDE;
	return WITHIN;
}

/* The OID of an otherName, unset for other types. */
static struct dt_span
other_type(const struct dt_general_name *name)
{
	struct dt_span oid = { NULL, 0 };
	struct dt_der value;

	if (name->type == DT_GN_OTHER)
		(void)dt_general_name_other(name->value, &oid, &value);
	return oid;
}

/* An e-mail address in UTF-8 is an otherName and constrained by rfc822Name
 * subtrees (RFC 8398 6). The types of the others say all: a peer may have this
 * asked a million times. */
bool
dt_constraint_concerns(
    const struct dt_general_name *base, const struct dt_general_name *name)
{
	struct dt_span other;

	if (name->type != DT_GN_OTHER)
		return base->type == name->type;
	other = other_type(name);
	if (dt_span_equal(other, dt_oid_smtp_utf8_mailbox))
		return base->type == DT_GN_EMAIL;
	return base->type == DT_GN_OTHER &&
	       dt_span_equal(other, other_type(base));
}

int
dt_constraint_match(
    const struct dt_subtree *subtree, const struct dt_general_name *name)
{
	static int (*const rules[DT_GN_REGISTERED_ID + 1])(
	    struct dt_span base, struct dt_span name) = {
		[DT_GN_EMAIL] = match_email,
		[DT_GN_DNS] = match_dns,
		[DT_GN_DIRECTORY] = match_directory,
		[DT_GN_URI] = match_uri,
		[DT_GN_IP] = match_ip,
	};
	const struct dt_general_name *base = &subtree->base;

	if (base->type == DT_GN_EMAIL && name->type == DT_GN_OTHER)
		return match_mailbox(subtree, name->value);
	if (rules[name->type] == NULL)
		return NO_RULE;
	return rules[name->type](base->value, name->value);
}
