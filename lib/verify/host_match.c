/* Host names and e-mail addresses; see host_match.h. */
#include "verify/host_match.h"

#include "dicomtls.h"

static bool
is_alphanumeric(uint8_t c)
{
	c = dt_ascii_lower(c);
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* A NUL in the certificate's name never matches: it is there to deceive. */
static bool
equal_without_case(struct dt_span pattern, struct dt_span name)
{
	return dt_span_equal_nocase(pattern, name) &&
	       (pattern.size == 0 ||
		   memchr(pattern.data, '\0', pattern.size) == NULL);
}

/* For a name ".example.org": what of the pattern is to be compared with it.
 * The part in front must not hold a NUL or, if only one label may stand
 * there, a dot. */
static struct dt_span
skip_subdomains(struct dt_span pattern, struct dt_span name, unsigned flags)
{
	struct dt_span rest = pattern;

	if (name.size < 2 || name.data[0] != '.')
		return pattern;
	while (rest.size > name.size && rest.data[0] != '\0') {
		if ((flags & DICOMTLS_HOST_SINGLE_LABEL_SUBDOMAINS) != 0 &&
		    rest.data[0] == '.')
			break;
		rest = dt_span_tail(rest, 1);
	}
	return rest.size == name.size ? rest : pattern;
}

static bool
equal_host(struct dt_span pattern, struct dt_span name, unsigned flags)
{
	return equal_without_case(skip_subdomains(pattern, name, flags), name);
}

static bool
starts_idna(struct dt_span label)
{
	return label.size >= 4 &&
	       equal_without_case(dt_span(label.data, 4), dt_span("xn--", 4));
}

/* Walk over the labels of a pattern. */
struct labels {
	bool at_start; /* of a label */
	bool after_hyphen;
	bool idna;
	size_t dots;
};

/* One wildcard, in the first label, at its start or end (or all of it). */
static bool
star_is_allowed(
    const struct labels *l, struct dt_span pattern, size_t at, unsigned flags)
{
	bool at_end = at + 1 == pattern.size || pattern.data[at + 1] == '.';

	if (l->idna || l->dots > 0 || (!l->at_start && !at_end))
		return false;
	return (flags & DICOMTLS_HOST_NO_PARTIAL_WILDCARDS) == 0 ||
	       (l->at_start && at_end);
}

/* Takes one character that is no wildcard. */
static bool
take_character(struct labels *l, struct dt_span rest)
{
	uint8_t c = rest.data[0];

	if (is_alphanumeric(c)) {
		if (l->at_start && starts_idna(rest))
			l->idna = true;
		l->at_start = false;
		l->after_hyphen = false;
		return true;
	}
	if (c == '.') {
		if (l->at_start || l->after_hyphen)
			return false;
		*l = (struct labels){ .at_start = true, .dots = l->dots + 1 };
		return true;
	}
	if (c != '-' || l->at_start)
		return false;
	l->after_hyphen = true;
	return true;
}

/* Position of the one legal wildcard; false if there is none or the pattern
 * is no host name. At least two dots stand behind it. */
static bool
find_star(struct dt_span pattern, unsigned flags, size_t *star)
{
	struct labels l = { .at_start = true };
	bool found = false;

	for (size_t i = 0; i < pattern.size; i++) {
		if (pattern.data[i] != '*') {
			if (!take_character(&l, dt_span_tail(pattern, i)))
				return false;
			continue;
		}
		if (found || !star_is_allowed(&l, pattern, i, flags))
			return false;
		found = true;
		*star = i;
		l.at_start = false;
	}
	return found && !l.at_start && !l.after_hyphen && l.dots >= 2;
}

static bool
wildcard_covers(struct dt_span covered, bool dots)
{
	if (covered.size == 1 && covered.data[0] == '*')
		return true;
	for (size_t i = 0; i < covered.size; i++)
		if (!is_alphanumeric(covered.data[i]) &&
		    covered.data[i] != '-' && !(dots && covered.data[i] == '.'))
			return false;
	return true;
}

static bool
matches_around(
    struct dt_span pattern, size_t star, struct dt_span name, unsigned flags)
{
	struct dt_span before = dt_span(pattern.data, star);
	struct dt_span after = dt_span_tail(pattern, star + 1);
	bool whole_label =
	    before.size == 0 && after.size > 0 && after.data[0] == '.';
	struct dt_span covered, end;

	if (name.size < before.size + after.size ||
	    !equal_host(before, dt_span(name.data, before.size), flags))
		return false;
	covered = dt_span(
	    name.data + before.size, name.size - before.size - after.size);
	end = dt_span_tail(name, name.size - after.size);
	if (!equal_without_case(end, after))
		return false;
	if (whole_label && covered.size == 0)
		return false;
	/* A partial wildcard says nothing about an encoded label. */
	if (!whole_label && starts_idna(name))
		return false;
	return wildcard_covers(covered,
	    whole_label && (flags & DICOMTLS_HOST_MULTI_LABEL_WILDCARDS) != 0);
}

bool
dt_host_matches(struct dt_span pattern, struct dt_span name, unsigned flags)
{
	bool below = name.size > 1 && name.data[0] == '.';
	size_t star = 0;

	if ((flags & DICOMTLS_HOST_NO_WILDCARDS) != 0 || below ||
	    !find_star(pattern, flags, &star))
		return equal_host(pattern, name, flags);
	return matches_around(pattern, star, name, flags);
}

/* The last @ of either address divides both. */
bool
dt_email_matches(struct dt_span a, struct dt_span b)
{
	size_t at = a.size;

	if (a.size != b.size)
		return false;
	while (at > 0 && a.data[at - 1] != '@' && b.data[at - 1] != '@')
		at--;
	if (at <= 1)
		return dt_span_equal(a, b);
	return equal_without_case(
		   dt_span_tail(a, at - 1), dt_span_tail(b, at - 1)) &&
	       dt_span_equal(dt_span(a.data, at - 1), dt_span(b.data, at - 1));
}
