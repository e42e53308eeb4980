/*
 * Which names of a certificate are held against which subtrees, and in which
 * order; see name_constraints.h. The first finding ends the walk, so the
 * order decides the number: the subject, its e-mail addresses, then the
 * alternative names; for each name the permitted subtrees before the excluded
 * ones. How one name compares to one subtree is in constraint_match.c.
 */
#include "verify/name_constraints.h"

#include "base/limits.h"
#include "verify/constraint_match.h"

#include "dicomtls.h"

#include <stdlib.h>

/* If any permitted subtree concerns the name, one of them must hold it. A
 * subtree with limits is found even behind the one that does. */
static int
check_permitted(
    const struct dt_subtrees *subtrees, const struct dt_general_name *name)
{
	bool concerned = false, within = false;

	for (size_t i = 0; i < subtrees->permitted; i++) {
		const struct dt_subtree *s = &subtrees->items[i];
		int rv;

		if (!dt_constraint_concerns(&s->base, name))
			continue;
		if (s->bounded)
			return DICOMTLS_V_ERR_SUBTREE_MINMAX;
		concerned = true;
		if (within)
			continue;
		rv = dt_constraint_match(s, name);
		within = rv == DICOMTLS_V_OK;
		if (!within && rv != DICOMTLS_V_ERR_PERMITTED_VIOLATION)
			return rv;
	}
	return concerned && !within ? DICOMTLS_V_ERR_PERMITTED_VIOLATION
				    : DICOMTLS_V_OK;
}

static int
check_excluded(
    const struct dt_subtrees *subtrees, const struct dt_general_name *name)
{
	for (size_t i = 0; i < subtrees->excluded; i++) {
		const struct dt_subtree *s =
		    &subtrees->items[subtrees->permitted + i];
		int rv;

		if (!dt_constraint_concerns(&s->base, name))
			continue;
		if (s->bounded)
			return DICOMTLS_V_ERR_SUBTREE_MINMAX;
		rv = dt_constraint_match(s, name);
		if (rv == DICOMTLS_V_OK)
			return DICOMTLS_V_ERR_EXCLUDED_VIOLATION;
		if (rv != DICOMTLS_V_ERR_PERMITTED_VIOLATION)
			return rv;
	}
	return DICOMTLS_V_OK;
}

static int
check_name(
    const struct dt_subtrees *subtrees, const struct dt_general_name *name)
{
	int rv = check_permitted(subtrees, name);

	return rv != DICOMTLS_V_OK ? rv : check_excluded(subtrees, name);
}

static int
check_value(const struct dt_subtrees *subtrees, enum dt_general_name_type type,
    struct dt_span value)
{
	struct dt_general_name name = { type, value };

	return check_name(subtrees, &name);
}

static bool
are_too_many(const struct dt_subtrees *subtrees, const struct dt_cert *cert)
{
	size_t names = cert->subject.entry_count;
	struct dt_span list = cert->san;
	struct dt_general_name name;

	while (dt_general_name_next(&list, &name))
		names++;
	return names > 0 && subtrees->permitted + subtrees->excluded >
				DT_MAX_NAME_COMPARISONS / names;
}

/* Addresses there are rfc822Names and must be of their string type. */
static int
check_emails(const struct dt_subtrees *subtrees, const struct dt_name *subject)
{
	struct dt_name_iter iter = dt_name_iter(subject);
	struct dt_name_entry entry;
	int rv = DICOMTLS_V_OK;

	while (rv == DICOMTLS_V_OK && dt_name_next(&iter, &entry)) {
		if (!dt_span_equal(entry.oid, dt_oid_email_address))
			continue;
		if (entry.tag != DT_DER_IA5_STRING)
			return DICOMTLS_V_ERR_UNSUPPORTED_NAME_SYNTAX;
		rv = check_value(subtrees, DT_GN_EMAIL, entry.value);
	}
	return rv;
}

/* An empty subject names nothing and lies within all subtrees. */
static int
check_subject(const struct dt_subtrees *subtrees, const struct dt_name *subject)
{
	int rv;

	if (subject->entry_count == 0)
		return DICOMTLS_V_OK;
	rv = check_value(subtrees, DT_GN_DIRECTORY, subject->canonical);
	return rv != DICOMTLS_V_OK ? rv : check_emails(subtrees, subject);
}

/* Brought into comparison form once, not for each subtree. */
static int
check_directory(const struct dt_subtrees *subtrees, struct dt_span der)
{
	uint8_t *canonical = malloc(dt_name_canonical_room(der.size));
	struct dt_name name;
	int rv = DICOMTLS_E_NOMEM;

	if (canonical != NULL)
		rv = dt_name_parse(&name, der, canonical);
	if (rv == 0)
		rv = check_value(subtrees, DT_GN_DIRECTORY, name.canonical);
	free(canonical);
	return rv;
}

static int
check_alt_names(const struct dt_subtrees *subtrees, struct dt_span list)
{
	struct dt_general_name name;
	int rv = DICOMTLS_V_OK;

	while (rv == DICOMTLS_V_OK && dt_general_name_next(&list, &name))
		rv = name.type == DT_GN_DIRECTORY
			 ? check_directory(subtrees, name.value)
			 : check_name(subtrees, &name);
	return rv;
}

int
dt_name_constraints_check(
    const struct dt_subtrees *subtrees, const struct dt_cert *cert)
{
	int rv;

	if (are_too_many(subtrees, cert))
		return DICOMTLS_V_ERR_UNSPECIFIED;
	rv = check_subject(subtrees, &cert->subject);
	return rv != DICOMTLS_V_OK ? rv : check_alt_names(subtrees, cert->san);
}

static bool
is_letter_or_digit(uint8_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_';
}

/* Two labels or more of letters, digits, underscores and inner hyphens. Two
 * dots in a row are caught at the first, a hyphen beside a dot at the dot. */
static bool
is_host_name(struct dt_span s)
{
	bool has_dot = false;

	for (size_t i = 0; i < s.size; i++) {
		uint8_t c = s.data[i];

		if (is_letter_or_digit(c))
			continue;
		if (i == 0 || i + 1 == s.size || (c != '-' && c != '.'))
			return false;
		if (c == '-')
			continue;
		if (s.data[i + 1] == '.' || s.data[i + 1] == '-' ||
		    s.data[i - 1] == '-')
			return false;
		has_dot = true;
	}
	return has_dot;
}

/* NULs at the end are harmless and found in practice; inner ones are not. */
static int
check_host(const struct dt_subtrees *subtrees, struct dt_span text)
{
	while (text.size > 0 && text.data[text.size - 1] == '\0')
		text.size--;
	if (text.size > 0 && memchr(text.data, '\0', text.size) != NULL)
		return DICOMTLS_V_ERR_UNSUPPORTED_NAME_SYNTAX;
	return is_host_name(text) ? check_value(subtrees, DT_GN_DNS, text)
				  : DICOMTLS_V_OK;
}

int
dt_name_constraints_check_hosts(
    const struct dt_subtrees *subtrees, const struct dt_name *subject)
{
	struct dt_name_iter iter = dt_name_iter(subject);
	struct dt_name_entry entry;
	int rv = DICOMTLS_V_OK;

	while (rv == DICOMTLS_V_OK && dt_name_next(&iter, &entry)) {
		struct dt_buffer text = { 0 };

		if (!dt_span_equal(entry.oid, dt_oid_common_name))
			continue;
		rv = dt_name_value_utf8(&entry, &text)
			 ? check_host(subtrees, dt_buffer_span(&text))
			 : DICOMTLS_V_ERR_OUT_OF_MEM;
		dt_buffer_clear(&text);
	}
	return rv;
}
